"""Templates on disk: the project's, else the packaged ones; remembers which were read."""

from __future__ import annotations

from pathlib import Path as FilePath

import msgspec

from regelwerk.errors import RegelwerkError
from regelwerk.model.context import Template
from regelwerk.project.defaults import packaged
from regelwerk.project.reading import parse
from regelwerk.project.schemas import SchemaSet
from regelwerk.project.tree import Tree

_MAX_TEMPLATE_BYTES = 32 * 1024 * 1024


def is_text(name: str) -> bool:
    """Whether a file's name is UTF-8; no other name can be written into a manifest or a page."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


class TemplateFolder:
    """Reads templates below `templates/`; `used` maps a template's name for people to its bytes."""

    def __init__(self, root: FilePath) -> None:
        self._own = root / "templates"
        self._packaged = packaged("templates")
        self._schemas = SchemaSet(root)
        self.used: dict[str, bytes] = {}

    def read(self, area: str, name: str) -> Template | None:
        """The project's template, else the packaged one, else None."""
        for place, label in ((self._own, "templates"), (self._packaged, "<packaged templates>")):
            folder = (place / area).resolve()
            path = (folder / name).resolve()
            if not path.is_relative_to(folder) or not path.is_file():
                continue
            if path.stat().st_size > _MAX_TEMPLATE_BYTES:
                raise RegelwerkError(f"the template {label}/{area}/{name} is too large")
            file = f"{label}/{area}/{name}"
            self.used[file] = path.read_bytes()
            return Template(file, self.used[file])
        return None

    def names(self, area: str) -> tuple[str, ...]:
        """Every name there is in an area, sorted; `sub/name` for files in folders."""
        found = {
            path.relative_to(folder).as_posix()
            for folder in (self._own / area, self._packaged / area)
            if folder.is_dir()
            for path in folder.rglob("*")
            if path.is_file() and not path.name.startswith((".", "~$")) and is_text(str(path))
        }
        return tuple(sorted(found))

    def front_matter(self, area: str, text: str) -> Tree:
        """Read the YAML at the head of a template and check it against the area's schema."""
        tree = parse(text, is_json=False)
        if not tree.readable:
            return tree
        reported = {problem.path for problem in tree.problems}
        shape = [
            problem
            for problem in self._schemas.check(area, tree.data)
            if problem.path not in reported
        ]
        return msgspec.structs.replace(tree, problems=(*tree.problems, *shape))

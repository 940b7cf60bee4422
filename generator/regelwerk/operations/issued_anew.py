"""Documents that a change issues: whether their version, made again, gives the same.

What was issued is believed from then on (`verify`, every build). So before it becomes part of what
is trusted, it has to be shown that nobody put in another text.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from regelwerk.approvals.originals import stays_inside
from regelwerk.approvals.trust import Trust
from regelwerk.approvals.verdict import judge_process
from regelwerk.archive.read import OFFICE, open_archive
from regelwerk.archive.refused import ArchiveRefusedError
from regelwerk.artifacts.marks.read import marks_of
from regelwerk.diagnostics import Problem, Severity
from regelwerk.errors import RegelwerkError
from regelwerk.model.project import FrozenVersion, ProcessFolder
from regelwerk.operations.context import release_of
from regelwerk.operations.issued import FOLDER, Issued
from regelwerk.operations.kinds import KINDS
from regelwerk.operations.originals import OriginalFiles
from regelwerk.project.load import Loaded
from regelwerk.project.templates import TemplateFolder

_PICTURES = (".png",)  # packed by libraries and drawn with fonts that other machines may not have
_STAMPED = ("docProps/", "word/footer", "word/media/", "xl/media/")


def issued_anew_problems(
    loaded: Loaded, folder: ProcessFolder, frozen: FrozenVersion, issued: Issued, trust: Trust
) -> Iterator[Problem]:
    """A finding for each issued file that the version does not give: an error for another text.

    A warning where only pictures or properties differ, which can come from another machine.
    """
    for path, alike in otherwise(loaded, folder, frozen, issued, trust.as_of, trust):
        yield _differs(f"{frozen.folder}/{FOLDER}/{path}", trust, alike=alike)


def otherwise(
    loaded: Loaded,
    folder: ProcessFolder,
    frozen: FrozenVersion,
    issued: Issued,
    as_of: date,
    trust: Trust | None = None,
) -> Iterator[tuple[str, bool]]:
    """Each issued file that the version does not give, and whether its text is the same.

    What is not there is passed over; `check` tells it.
    """
    base = loaded.root / frozen.folder / FOLDER
    first = frozen.approvals.effective_from if frozen.approvals is not None else None
    days = dict.fromkeys(day for day in (first, as_of) if day is not None)
    made = [_made_on(day, loaded, folder, frozen, trust) for day in days]
    for path in sorted({path for files in issued.kinds.values() for path in files}):
        content = _content(base / path) if stays_inside(path) else None
        if content is None:
            continue
        same = max((_likeness(content, files.get(path), path) for files in made), default=0)
        if same < _SAME:
            yield path, same == _ALIKE


_OTHER, _ALIKE, _SAME = range(3)


def _likeness(issued: bytes, made: bytes | None, path: str) -> int:
    if made is None:
        return _OTHER
    if issued == made or path.endswith(_PICTURES):
        return _SAME if issued == made else _ALIKE
    try:
        ours, theirs = marks_of(made), marks_of(issued)
    except ArchiveRefusedError:
        return _OTHER
    if ours is None or theirs is None or not theirs.intact:
        return _OTHER
    if ours.build == theirs.build:
        return _SAME
    return _ALIKE if _texts(issued) == _texts(made) != {} else _OTHER


def _texts(content: bytes) -> Mapping[str, bytes]:
    """The parts of an office file but for pictures and what bears its build digest."""
    try:
        archive = open_archive(io.BytesIO(content), OFFICE)
        return {name: archive.read(name) for name in archive.names if not name.startswith(_STAMPED)}
    except ArchiveRefusedError:
        return {}


def _made_on(
    day: date, loaded: Loaded, folder: ProcessFolder, frozen: FrozenVersion, trust: Trust | None
) -> dict[str, bytes]:
    originals = OriginalFiles(loaded.root)
    judged = judge_process(folder, loaded.project, day, originals, trust)
    verdicts = {version: verdict for version, (verdict, _) in judged.items()}
    release = release_of(loaded.project, folder, verdicts, day, frozen.version)
    if release is None:
        return {}
    templates = TemplateFolder(loaded.root)
    made: dict[str, bytes] = {}
    for kind in KINDS:
        try:
            made |= {one.path: one.content for one in kind.render(release.context, templates)}
        except RegelwerkError:
            continue
    return made


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes() if path.is_file() and not path.is_symlink() else None
    except OSError:
        return None


def _differs(file: str, trust: Trust, *, alike: bool) -> Problem:
    if alike:
        message = "its pictures or properties are not those that its version gives here"
    else:
        message = "it is not what its version gives"
    return Problem(
        "approval/issued-otherwise",
        (),
        f"issued since {trust.name}: {message}",
        "look at it before it becomes trusted"
        if alike
        else "delete `issued/` and run `regelwerk versions issue` again",
        severity=Severity.WARNING if alike else None,
        file=file,
    )

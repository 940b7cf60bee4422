"""Definitions: whether a process.yaml is the text of a version, whatever its comments and order."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec

from regelwerk.approvals.digest import digest
from regelwerk.operations.verify_result import Checked, State
from regelwerk.operations.verify_world import World
from regelwerk.project.reading import decode, parse
from regelwerk.project.tree import ReadingError

SUFFIXES = (".yaml", ".yml", ".json")
_KEYS = frozenset({"id", "version", "steps", "ends"})


def verify_definition(path: Path, file: str, content: bytes, world: World) -> Checked | None:
    """What a definition is; None where the file is none, or of no process that is here."""
    try:
        tree = parse(decode(content), is_json=path.suffix.lower() == ".json")
    except ReadingError:
        return None
    data = tree.data
    if tree.problems or not isinstance(data, dict) or not data.keys() >= _KEYS:
        return None
    if not isinstance(data["id"], str) or world.folder(data["id"]) is None:
        return None
    return _compared(
        Checked(
            file=file,
            state=State.OTHER_TEXT,
            headline="OF ANOTHER TEXT",
            kind="definition",
            sha256=sha256(content).hexdigest(),
            process=data["id"],
            title=world.title(data["id"]),
            version=data["version"] if isinstance(data["version"], str) else "",
        ),
        data,
        world,
    )


def _compared(found: Checked, data: dict[str, Any], world: World) -> Checked:
    """Its digest, with the names that the version of its number was frozen with."""
    frozen = world.frozen(found.process, found.version)
    if frozen is not None:
        own = digest(data, frozen.context)
        verdict = world.verdicts(found.process)[found.version]
        if own == verdict.digest:
            state, headline = world.standing(found.process, found.version)
            return msgspec.structs.replace(
                found,
                state=state,
                headline=headline,
                digest=own,
                signatures=world.signatures(found.process, found.version),
                effective_from=verdict.effective_from,
                effective_until=verdict.effective_until,
                superseded_by=verdict.superseded_by or "",
                facts=("It says, but for comments and order, what people approved.",)
                if verdict.released
                else (),
                problems=world.errors(found.process, found.version),
            )
    own = digest(data, None)
    if own == world.working_digest(found.process):
        return msgspec.structs.replace(
            found,
            state=State.DRAFT,
            headline="DRAFT",
            digest=own,
            facts=("It is the working definition; nobody has approved it.",),
        )
    here = f"the text of version {found.version}" if frozen is not None else "any text kept here"
    return msgspec.structs.replace(found, digest=own, problems=(f"it is not {here}",))

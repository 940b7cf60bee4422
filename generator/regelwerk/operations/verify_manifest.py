"""Manifests: whether every file that one names is there, and still has its bytes."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

import msgspec

from regelwerk.approvals.originals import stays_inside
from regelwerk.operations.issued import Issued
from regelwerk.operations.manifest import Manifest, read_manifest
from regelwerk.operations.verify_result import Checked, State
from regelwerk.operations.verify_world import World
from regelwerk.operations.writing import sha256_of_file

_MOST_SHOWN = 10


def verify_manifest(path: Path, file: str, content: bytes, world: World) -> Checked | None:
    """What a manifest is worth; None where the file is none."""
    found = Checked(
        file=file, state=State.IN_ORDER, headline="", sha256=sha256(content).hexdigest()
    )
    try:
        issued = msgspec.json.decode(content, type=Issued)
    except (msgspec.MsgspecError, RecursionError):
        return _build(found, path, content)
    return _issued(found, path, issued, world)


def _build(found: Checked, path: Path, content: bytes) -> Checked | None:
    try:
        manifest = msgspec.json.decode(content, type=Manifest)
    except (msgspec.MsgspecError, RecursionError):
        return None
    if path.name == "manifest.json":
        manifest = read_manifest(path.parent)  # without outputs that would lie elsewhere
    outputs = {name: d for unit in manifest.units.values() for name, d in unit.outputs.items()}
    found = msgspec.structs.replace(found, kind="manifest of a build")
    made = f"{manifest.tool} built {len(outputs)} files in {len(manifest.units)} units."
    return _compared(found, path.parent, outputs, (made,))


def _issued(found: Checked, path: Path, issued: Issued, world: World) -> Checked:
    outputs = {name: digest for files in issued.kinds.values() for name, digest in files.items()}
    found = msgspec.structs.replace(
        found,
        kind="manifest of an issued version",
        process=issued.process,
        version=issued.version,
        digest=issued.digest,
    )
    frozen = world.frozen(issued.process, issued.version)
    if frozen is None:
        return msgspec.structs.replace(
            found,
            state=State.FOREIGN,
            headline="NOT OF THIS PROJECT",
            problems=(f"there is no version {issued.version} of {issued.process} here",),
        )
    verdict = world.verdicts(issued.process)[issued.version]
    compared = _compared(found, path.parent, outputs, (f"{issued.tool} issued it.",))
    if issued.digest != verdict.digest:
        return msgspec.structs.replace(
            compared,
            state=State.NOT_IN_ORDER,
            headline="OF ANOTHER TEXT",
            problems=(
                f"the definition of version {issued.version} has the digest {verdict.digest}",
                *compared.problems,
            ),
        )
    if compared.state is not State.IN_ORDER:
        return compared
    state, headline = world.standing(issued.process, issued.version)
    return msgspec.structs.replace(
        compared,
        state=state,
        headline=headline,
        title=world.title(issued.process),
        signatures=world.signatures(issued.process, issued.version),
        effective_from=verdict.effective_from,
        effective_until=verdict.effective_until,
        superseded_by=verdict.superseded_by or "",
        problems=world.errors(issued.process, issued.version),
    )


def _compared(
    found: Checked, folder: Path, outputs: Mapping[str, str], facts: tuple[str, ...]
) -> Checked:
    """The files beside a manifest against what it says of them."""
    wrong = []
    for name, digest in sorted(outputs.items()):
        there = sha256_of_file(folder / name) if stays_inside(name) else None
        if there is None:
            wrong.append(f"{name} is not there")
        elif there != digest:
            wrong.append(f"{name} is not as it was made")
    if not wrong:
        facts = (*facts, f"All {len(outputs)} files are there and as they were made.")
        return msgspec.structs.replace(found, headline="ALL AS IT WAS MADE", facts=facts)
    more = len(wrong) - _MOST_SHOWN
    shown = (*wrong[:_MOST_SHOWN], *([f"and {more} more"] if more > 0 else []))
    return msgspec.structs.replace(
        found,
        state=State.NOT_IN_ORDER,
        headline="NOT ALL AS IT WAS MADE",
        facts=facts,
        problems=shown,
    )

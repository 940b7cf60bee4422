"""Is this copy valid? Judge files by their bytes, whoever hands them in and wherever they lie."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import msgspec

from regelwerk.approvals.trust import Trust
from regelwerk.errors import ProjectNotFoundError, UsageError
from regelwerk.operations.day import Clock, zone_of
from regelwerk.operations.progress import Progress, silent
from regelwerk.operations.verify_definition import SUFFIXES as DEFINITIONS
from regelwerk.operations.verify_definition import verify_definition
from regelwerk.operations.verify_generated import refused, verify_generated
from regelwerk.operations.verify_manifest import verify_manifest
from regelwerk.operations.verify_pack import is_pack, read_keys, verify_pack
from regelwerk.operations.verify_record import SUFFIXES, RecordDesk
from regelwerk.operations.verify_result import Checked, State, Verification
from regelwerk.operations.verify_world import World
from regelwerk.project.load import load
from regelwerk.project.reading import require_regular
from regelwerk.project.root import find_root

_MOST_BYTES = 64 * 1024 * 1024


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """How files are judged.

    `folders` are output folders of builds besides `build/`; `from_sources`: the manifests of none
    of them are believed. `trust` is a git ref whose people, keys
    and rules count. `keys` is a file of public keys or fingerprints that signers in an audit pack
    must have.
    """

    folders: tuple[Path, ...] = ()
    from_sources: bool = False
    trust: str | None = None
    keys: Path | None = None


def verify(
    start: Path, paths: Sequence[Path], wish: Wish, clock: Clock, progress: Progress = silent
) -> Verification:
    """Judge every file, and every file below a folder; UsageError where there is none.

    An audit pack needs no project, and is judged as of the day on which it was made.
    """
    files = list(_files(paths))
    keys = read_keys(wish.keys) if wish.keys is not None else None
    desk: _Desk | None = None
    checked = []
    for done, path in enumerate(files):
        progress(done, len(files), path.name)
        if is_pack(path):
            checked.append(verify_pack(path, keys, progress))
            continue
        if desk is None:
            desk = _Desk(_world(start, wish, clock, path))
        checked.append(desk.verify(path))
    progress(len(files), len(files), "")
    return Verification(desk.as_of if desk is not None else None, tuple(checked))


def _world(start: Path, wish: Wish, clock: Clock, path: Path) -> World:
    try:
        root = find_root(start)
    except ProjectNotFoundError as error:
        raise ProjectNotFoundError(
            f"{path} can only be verified where the project is: {error.message}",
            "run it in the project, or with -C DIR; an audit pack needs no project",
        ) from error
    loaded = load(root)
    as_of = clock(zone_of(loaded.project.organization))
    trust: Trust | None = None
    if wish.trust is not None:
        from regelwerk.operations.trusted import trusted_state

        trust = trusted_state(root, wish.trust, as_of)
    folders = () if wish.from_sources else (*wish.folders, root / "build")
    return World(loaded, as_of, folders, trust)


class _Desk:
    """Takes one file after the other."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._records = RecordDesk(world)

    @property
    def as_of(self) -> date:
        """The day that files are judged by."""
        return self._world.as_of

    def verify(self, path: Path) -> Checked:
        """What a file is."""
        found = Checked(file=str(path), state=State.REFUSED, headline="")
        try:
            require_regular(path)
            with path.open("rb") as file:
                content = file.read(_MOST_BYTES + 1)
        except OSError as error:
            return refused(found, f"it cannot be read: {error.strerror or type(error).__name__}")
        if len(content) > _MOST_BYTES:
            return refused(found, f"it is larger than {_MOST_BYTES // 1024 // 1024} MiB")
        return self._told(path, content) or verify_generated(str(path), content, self._world)

    def _told(self, path: Path, content: bytes) -> Checked | None:
        """What manifests, records and definitions are; None for everything else."""
        suffix = path.suffix.lower()
        if suffix not in SUFFIXES:
            return None
        if suffix == ".json":
            manifest = verify_manifest(path, str(path), content, self._world)
            if manifest is not None:
                return manifest
        records = self._records.verify(path, str(path), content)
        if records is not None or suffix not in DEFINITIONS:
            return records
        return verify_definition(path, str(path), content, self._world)


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            below = sorted(one for one in path.rglob("*") if one.is_file())
            if not below:
                raise UsageError(f"there is no file in {path}")
            yield from below
        elif path.exists():
            yield path
        else:
            raise UsageError(f"there is no file {path}")

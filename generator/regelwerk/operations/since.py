"""Which records have to be judged again since a commit: those that changed, and those that look at
what changed. In doubt, one too many.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

import msgspec

from regelwerk.model.project import ORGANIZATION_FILE, PEOPLE_FILE, REGISTER_FILE, TRUST_FILE
from regelwerk.operations.git import Commit
from regelwerk.operations.record_selection import RecordFiles
from regelwerk.project.record_files import read_records, record_files, records_in

_BASIS: Final = frozenset({ORGANIZATION_FILE, PEOPLE_FILE, REGISTER_FILE, TRUST_FILE})
_PLAIN_TEXT = (".yaml", ".json", ".jsonl")
# Names that stand in a record letter by letter, however it is written.
_PLAIN_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_ESCAPES = (b"\\u", b"\\x", b"\\U")  # how letters may be written otherwise
_MOST_NAMES = 500
_BLOCK = 1024 * 1024


class Narrowed(msgspec.Struct, frozen=True):
    """The files to judge, and why it is all of them; "" where it is not."""

    files: RecordFiles
    reason: str = ""


def changed_since(root: Path, ref: str, files: RecordFiles) -> Narrowed:
    """Of the chosen records, those to be judged again; the others are read for their ids only.

    What a passing day brings, such as a step that is overdue now, is not among it. UsageError
    where git does not know the ref.
    """
    before = dict(Commit(root, ref).files())
    records = frozenset(record_files(root))
    changed = frozenset(_changed(root, before, records))
    basis = sorted(file for file in changed if _is_basis(file))
    if basis:
        return Narrowed(files, f"{basis[0]} changed")
    outside = frozenset(files.chosen) - records
    own = (changed & records) | (frozenset(before) & changed & _former(changed, records))
    names = _names(root, Commit(root, ref), before, own, changed - own)
    if names is None:
        return Narrowed(files, "too much changed to tell which records look at it")
    wanted = _pattern(names)
    chosen = [
        file
        for file in files.chosen
        if file in changed or file in outside or (wanted and _looks_at(root / file, wanted))
    ]
    among = frozenset(chosen)
    others = sorted({*files.others, *(file for file in files.chosen if file not in among)})
    return Narrowed(msgspec.structs.replace(files, chosen=tuple(chosen), others=tuple(others)))


def _changed(root: Path, before: Mapping[str, str], records: frozenset[str]) -> Iterator[str]:
    """Files whose content is not that of the commit: changed, new, gone."""
    now = {*before, *records}
    process = root / "process"
    now |= {path.relative_to(root).as_posix() for path in process.rglob("*") if path.is_file()}
    for file in now:
        known = before.get(file)
        if known is None or _object(root / file, len(known)) != known:
            yield file


def _object(path: Path, length: int) -> str | None:
    """The name that git gives a file's content; None where it cannot be read, or is a link.

    `length` is that of the names in this repository, which tells the kind of hash.
    """
    digest = hashlib.sha256() if length == 64 else hashlib.sha1(usedforsecurity=False)
    try:
        if path.is_symlink() or not path.is_file():
            return None
        with path.open("rb") as file:
            digest.update(b"blob %d\0" % path.stat().st_size)
            while block := file.read(_BLOCK):
                digest.update(block)
    except OSError:
        return None
    return digest.hexdigest()


def _is_basis(file: str) -> bool:
    """Whether records are judged by what the file says."""
    parts = file.split("/")
    return (
        file in _BASIS
        or file == "schemas/record.schema.json"
        or (parts[0] == "process" and len(parts) > 3 and parts[2] == "versions")
    )


def _former(changed: Iterable[str], records: frozenset[str]) -> frozenset[str]:
    """Files that were records and are gone."""
    return frozenset(
        file
        for file in changed
        if file not in records and "/records/" in file and "/evidence/" not in file
    )


def _names(
    root: Path,
    commit: Commit,
    before: Mapping[str, str],
    records: frozenset[str],
    others: frozenset[str],
) -> frozenset[str] | None:
    """What a record must name to look at what changed: case ids, and names of evidence files.

    None where that cannot be told.
    """
    found: set[str] = set()
    for file in others:
        found.add(file.rsplit("/", 1)[-1])
    for file in sorted(records):
        if not file.endswith(_PLAIN_TEXT):
            return None
        found.update(_ids(root, file))
        if len(found) > _MOST_NAMES:
            return None
    known = [file for file in sorted(records) if file in before]
    for file, content in zip(known, commit.contents(before[file] for file in known), strict=True):
        found.update(_cases(source.tree.data for source in records_in(file, content)))
        if len(found) > _MOST_NAMES:
            return None
    plain = all(_PLAIN_NAME.fullmatch(name) for name in found)
    return frozenset(found) if plain else None


def _ids(root: Path, file: str) -> Iterator[str]:
    if (root / file).exists():
        yield from _cases(source.tree.data for source in read_records(root, file))


def _cases(data: Iterable[object]) -> Iterator[str]:
    for one in data:
        case = one.get("case") if isinstance(one, dict) else None
        if isinstance(case, str):
            yield case


def _pattern(names: frozenset[str]) -> re.Pattern[bytes] | None:
    """Finds any of the names, or what may hide one."""
    if not names:
        return None
    words = [*(name.encode() for name in sorted(names)), *_ESCAPES]
    return re.compile(b"|".join(re.escape(word) for word in words))


def _looks_at(path: Path, wanted: re.Pattern[bytes]) -> bool:
    """Whether a record file names something; in doubt it does."""
    if not path.name.endswith(_PLAIN_TEXT):
        return True
    try:
        with path.open("rb") as file:
            rest = b""
            while block := file.read(_BLOCK):
                content = rest + block
                if wanted.search(content):
                    return True
                rest = content[-1024:]
    except OSError:
        return True
    return False

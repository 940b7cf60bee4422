"""A signature, review or withdrawal on its way into approvals.yaml: judged first, then added."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Literal

import msgspec

from regelwerk.approvals.append import CannotAppendError, append_item, append_key
from regelwerk.approvals.verdict import judge_process
from regelwerk.approvals.yaml_text import Value
from regelwerk.diagnostics import CODES, Problem, Severity
from regelwerk.model.project import FrozenVersion, ProcessFolder
from regelwerk.model.version import Approvals, Signature
from regelwerk.operations.durable import add_file, clear_leftovers, replace_unless_changed
from regelwerk.operations.lock import locked
from regelwerk.operations.originals import OriginalFiles
from regelwerk.operations.versions_find import Opened, RefusedError, open_process
from regelwerk.operations.versions_turn import require_turn
from regelwerk.operations.writing import sha256_of
from regelwerk.project.build_organization import build_approvals
from regelwerk.project.reading import decode, parse, read_limited
from regelwerk.project.tree import ReadingError

Place = Literal["signatures", "reviews", "withdrawn"]

_TRIES = 20


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be added, and where. `original` is the paper's name and content."""

    place: Place
    data: Mapping[str, Value]
    original: tuple[str, bytes] | None = None


class _Originals:
    """The originals on disk, and the one that is about to be put beside them."""

    def __init__(self, root: Path, original: tuple[str, bytes] | None) -> None:
        self._files = OriginalFiles(root)
        self._original = original

    def sha256(self, folder: str, name: str) -> str | None:
        """SHA-256 of an original, None where there is none."""
        if self._original is not None and self._original[0] == name:
            return sha256_of(self._original[1])
        return self._files.sha256(folder, name)


def approvals_of(opened: Opened, frozen: FrozenVersion) -> Approvals:
    """The approvals that an entry can be added to; RefusedError where they are not sound."""
    approvals = frozen.approvals
    if approvals is None or not approvals.sound:
        raise RefusedError(
            f"{frozen.approvals_file} is not there or has faults", "run `regelwerk check`"
        )
    if not opened.loaded.project.sound:
        raise RefusedError("organization, people or register have faults", "run `regelwerk check`")
    return approvals


def signature_in(opened: Opened, frozen: FrozenVersion, entry: Entry) -> Signature:
    """The entry's signature as it will be read back."""
    approvals = build_approvals(_with(_data(opened, frozen), entry))
    if entry.place == "withdrawn":
        assert approvals.withdrawn is not None  # noqa: S101 - it was just put there
        return approvals.withdrawn.signature
    if entry.place == "reviews":
        return approvals.reviews[-1].signature
    return approvals.signatures[-1]


def require_counting(opened: Opened, frozen: FrozenVersion, entry: Entry, as_of: date) -> None:
    """RefusedError with the reason where the entry would not count, or would break something."""
    data = _with(_data(opened, frozen), entry)
    problems = opened.loaded.schemas.check("approvals", data)
    if not problems:
        before = _errors(opened, opened.folder, frozen, entry, as_of)
        after = _errors(
            opened, _folder_with(opened.folder, frozen, build_approvals(data)), frozen, entry, as_of
        )
        problems = [problem for problem in after if problem not in before]
    if problems:
        first, *rest = problems
        also = "".join(f"\n       {one.message} ({one.code})" for one in rest)
        raise RefusedError(f"{first.message} ({first.code}){also}", first.hint)


def add(start: Path, process: str, version: str, entry: Entry, as_of: date, digest: str) -> str:
    """Add the entry under a lock and give the file's path; judged again by what is there then.

    `digest` is the one that was signed. The rest of the file stays as it is, character for
    character; what is written is read back before it takes the old file's place.
    """
    opened = open_process(start, process)
    with locked(opened.root / opened.version(version).folder):
        for _ in range(_TRIES):
            opened = open_process(start, process)
            frozen = opened.version(version)
            if approvals_of(opened, frozen).digest != digest:
                raise RefusedError("the version was frozen anew just now", "look at it again")
            if entry.place == "signatures":  # somebody may have completed the stage meanwhile
                require_turn(opened, frozen, str(entry.data["stage"]), as_of, review=False)
            require_counting(opened, frozen, entry, as_of)
            if _replaced(opened.root, frozen, entry):
                return frozen.approvals_file
    raise RefusedError(f"somebody else keeps changing {frozen.approvals_file}", "try again")


def _replaced(root: Path, frozen: FrozenVersion, entry: Entry) -> bool:
    path = root / frozen.approvals_file
    clear_leftovers(path.parent)
    try:
        before = read_limited(path)
        decoded = decode(before)
    except ReadingError as error:
        raise RefusedError(error.problem.message, error.problem.hint) from None
    text = before.decode()
    try:
        if entry.place == "withdrawn":
            text = append_key(text, entry.place, entry.data)
        else:
            text = append_item(text, entry.place, entry.data)
    except CannotAppendError as error:
        raise RefusedError(f"{frozen.approvals_file}: {error}", "add the entry by hand") from None
    after = text.encode()
    expected = _with(parse(decoded, is_json=False).data, entry)
    read_back = parse(decode(after), is_json=False)
    if read_back.problems or read_back.data != expected:
        raise RefusedError(
            f"{frozen.approvals_file} is written in a way that nothing can be added to safely",
            "end the file with a line break and write its lists as blocks, one entry a line",
        )
    if entry.original is not None:
        name, content = entry.original
        try:
            add_file(path.parent / name, content)
        except FileExistsError:
            raise RefusedError(
                f"{frozen.folder}/{name} is another file", "give the original another name"
            ) from None
    return replace_unless_changed(path, before, after)


def _data(opened: Opened, frozen: FrozenVersion) -> dict[str, Any]:
    data = opened.loaded.sources[frozen.approvals_file].tree.data
    return data if isinstance(data, dict) else {}


def _with(data: Mapping[str, Any], entry: Entry) -> dict[str, Any]:
    if entry.place == "withdrawn":
        if entry.place in data:
            raise RefusedError("the version is withdrawn already")
        return {**data, entry.place: dict(entry.data)}
    return {**data, entry.place: [*data.get(entry.place, ()), dict(entry.data)]}


def _folder_with(
    folder: ProcessFolder, frozen: FrozenVersion, approvals: Approvals
) -> ProcessFolder:
    signed = msgspec.structs.replace(frozen, approvals=approvals)
    versions = tuple(signed if one is frozen else one for one in folder.versions)
    return msgspec.structs.replace(folder, versions=versions)


def _errors(
    opened: Opened, folder: ProcessFolder, frozen: FrozenVersion, entry: Entry, as_of: date
) -> list[Problem]:
    originals = _Originals(opened.root, entry.original)
    judged = judge_process(folder, opened.loaded.project, as_of, originals)
    return list(_severe(judged[frozen.version][1]))


def _severe(problems: tuple[Problem, ...]) -> Iterator[Problem]:
    """Errors, but for stages that are still to be signed: no signature is to blame for those."""
    for problem in problems:
        if problem.code == "approval/missing-stage":
            continue
        if (problem.severity or CODES[problem.code].severity) is Severity.ERROR:
            yield problem

"""Find a few records among many: by the id of their case, or by their place."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from regelwerk.diagnostics import did_you_mean
from regelwerk.errors import UsageError
from regelwerk.model.case import CasePlace
from regelwerk.operations.record_selection import RecordFiles, select_records
from regelwerk.project.record_chunks import Raw, cut, holds_lines, read_chunk
from regelwerk.project.tree import Tree

_AT_LINE = re.compile(r"(.+?):([0-9]{1,12})(?::[0-9]{1,12})?")

Found = tuple[CasePlace, Tree]


def find_case(
    root: Path, start: Path, case: str, folders: Sequence[Path]
) -> tuple[RecordFiles, list[Found]]:
    """All record files, and the records meant by a case id, a path, or `path:line`.

    UsageError where there is none, or a path holds several records.
    """
    path, line = _path_meant(case, (Path.cwd(), start, root))
    if path is None:
        files = select_records(root, start, (), folders)
        found = list(with_ids(root, files.chosen, {case}))
        if not found:
            ids = {Path(file).name.partition(".")[0] for file in files.chosen}
            hint = did_you_mean(case, sorted(ids)) or "name its id, or the file of its record"
            raise UsageError(f"there is no case and no file `{case}`", hint)
        return files, found
    files = select_records(root, start, (path,), folders)
    records = [
        (raw.file, raw.line, raw)
        for chunk in cut(root, files.chosen)
        for raw in read_chunk(root, chunk)
        if line is None or raw.line in (0, line)
    ]
    if not records:
        raise UsageError(f"there is no record in {case}")
    if len(records) > 1:
        raise UsageError(
            f"{case} holds {len(records):,} records", f"name the case, or its line: {path}:1"
        )
    file, number, raw = records[0]
    every = RecordFiles((*files.chosen, *files.others), (), files.outside)
    return every, [((file, number), raw.tree())]


def with_ids(root: Path, files: Collection[str], ids: Collection[str]) -> Iterator[Found]:
    """The records of the cases with these ids."""
    if not ids:
        return
    wanted = re.compile(b"|".join(re.escape(id_.encode()) for id_ in sorted(ids)))
    for chunk in cut(root, files):
        for raw in read_chunk(root, chunk):
            if _may_hold(raw, wanted):
                tree = raw.tree()
                if isinstance(tree.data, dict) and tree.data.get("case") in ids:
                    yield (raw.file, raw.line), tree


def _may_hold(raw: Raw, wanted: re.Pattern[bytes]) -> bool:
    """Whether an id is in the text; escapes may hide it."""
    return wanted.search(raw.content) is not None or b"\\" in raw.content


def _path_meant(case: str, bases: Sequence[Path]) -> tuple[Path | None, int | None]:
    """The file that is meant, and its line; None, None where it is no file."""
    at = _AT_LINE.fullmatch(case)
    for text, line in ((case, None), (at[1], int(at[2])) if at else (case, None)):
        try:
            files = [base / text for base in bases if (base / text).is_file()]
        except (OSError, ValueError):
            continue
        if files:
            return Path(text), line if holds_lines(text) else None
    return None, None

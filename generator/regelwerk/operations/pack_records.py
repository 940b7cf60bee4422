"""The cases of an audit pack as tables, a row a case."""

from __future__ import annotations

import posixpath
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from regelwerk.artifacts.auditpack.data import Cell, Link, Table
from regelwerk.diagnostics import Severity
from regelwerk.operations.pack_format import PROJECT
from regelwerk.operations.pack_reports import Told
from regelwerk.project.load import Loaded
from regelwerk.project.record_chunks import holds_lines
from regelwerk.project.record_files import read_records, record_files
from regelwerk.records.mentions import proofs

_COLUMNS = ("Case", "Version", "Status", "Started", "Ended", "Departures", "Evidence")
_MOST_LINKS = 20


def record_tables(loaded: Loaded, told: Told, most: int) -> Iterator[Table]:
    """A table for each process with records."""
    errors = Counter(
        _place(one.file, one.line) for one in told.record_findings if one.severity is Severity.ERROR
    )
    rows: dict[str, list[tuple[Cell, ...]]] = defaultdict(list)
    for file in record_files(loaded.root):
        process = file.split("/")[1]
        for source in read_records(loaded.root, file):
            data = source.tree.data if isinstance(source.tree.data, dict) else {}
            number = errors[_place(file, source.line)]
            rows[process].append(_row(loaded, file, source.line, data, number))
    for process, its in rows.items():
        title = loaded.project.title_of_process(process) or process
        departing = sum(row[5].tone == "bad" for row in its)
        more = (
            f"The first {most} of {len(its)} cases; all are in project/." if len(its) > most else ""
        )
        yield Table(
            caption=f"{title}: {len(its)} cases, {departing} with departures",
            columns=_COLUMNS,
            rows=its[:most],
            more=more,
        )


def _place(file: str, line: int) -> tuple[str, int]:
    return file, line if holds_lines(file) else 0


def _row(
    loaded: Loaded, file: str, line: int, data: Mapping[str, Any], errors: int
) -> tuple[Cell, ...]:
    case, subject = _text(data.get("case")), _text(data.get("subject"))
    shown = case or f"{posixpath.basename(file)}:{line}"
    cancelled = data.get("cancelled")
    ended = data.get("closed") or (cancelled.get("on") if isinstance(cancelled, dict) else None)
    return (
        Cell((Link(shown, f"{PROJECT}{file}"), *([subject] if subject else []))),
        Cell((_text(data.get("version")),)),
        Cell((_text(data.get("status")),)),
        Cell((_text(data.get("started"))[:10],), "day"),
        Cell((_text(ended)[:10] or "–",), "day"),
        Cell((str(errors) if errors else "none",), "bad" if errors else "good"),
        Cell(list(_evidence(loaded, file, data)) or ["–"]),
    )


def _evidence(loaded: Loaded, file: str, data: Mapping[str, Any]) -> Iterator[str | Link]:
    """Links to the files that are here; how many references and files are not."""
    here, elsewhere = [], 0
    for proof in proofs(data):
        name = proof.get("file")
        inside = posixpath.normpath(posixpath.join(posixpath.dirname(file), str(name)))
        if (
            isinstance(name, str)
            and not inside.startswith((".", "/"))
            and (loaded.root / inside).is_file()
        ):
            here.append(Link(posixpath.basename(inside), f"{PROJECT}{inside}"))
        else:
            elsewhere += 1
    yield from here[:_MOST_LINKS]
    if elsewhere:
        yield f"{elsewhere} elsewhere"


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""

"""What runs in the processes of Spark: batches of records in, batches of what was found out."""

from __future__ import annotations

import pickle
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, partial
from typing import TYPE_CHECKING, Any, Final, Literal

import msgspec

from regelwerk.diagnostics import Diagnostic, Problem
from regelwerk.model.case import CasePlace
from regelwerk.operations.record_kernel import digest_of
from regelwerk.operations.spark_task import Task, Tool, record_name, tool_of
from regelwerk.project.arrow_records import records_of
from regelwerk.project.limits import MAX_BYTES
from regelwerk.project.record_chunks import Raw
from regelwerk.records.index import CaseEntry

if TYPE_CHECKING:
    import pyarrow as pa

# Columns of the lines or rows of a file that Spark has read: the file's URI; for lines, where their
# part of the file begins and the bytes; for rows, their number from 0.
URI: Final = "regelwerk_uri"
BLOCK: Final = "regelwerk_block"
CONTENT: Final = "regelwerk_content"
ROW: Final = "regelwerk_row"

Kind = Literal["finding", "case", "called", "pending", "read", "blank", "cause", "evidence"]
SCHEMA: Final = (
    "kind string, uri string, file string, line long, code string, severity string, "
    "process string, column int, path string, message string, hint string, number long, data binary"
)
"""What comes out: a finding, a case's id, a case that others call, a record that waits, how many
lines were read of a part of a file and how many are blank, a file at fault, how much evidence was
not looked at. `number` is the digest of an id, a count, or a finding's place among its record's."""

_BATCH = 5_000
# The lines of each part of a file before its first, by URI and where the part begins.
Offsets = Mapping[tuple[str, int], int]
Wanted = Mapping[str, frozenset[int]]


class Job(msgspec.Struct, frozen=True):
    """What a process is to do: the task, and where the parts of files stand in them.

    With `wanted` (lines by file) only those records are judged, and these `cases` are known to
    them; with `digests` as well, only the cases with such ids are told.
    """

    task: Task
    digest: str
    offsets: Offsets
    wanted: Wanted | None = None
    cases: Mapping[str, CaseEntry] = {}
    digests: frozenset[int] = frozenset()


def judge_batches(job: Job, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Judge the records of some batches, in their order."""
    tool = tool_of(job.task, job.digest)
    places = _Places(job)
    out = _Out()
    for batch in batches:
        rows = list(places.rows(batch))
        if job.wanted is None:
            _scan(tool, rows, out)
        elif job.digests:
            _look_up(tool, rows, job.digests, out)
        else:
            _judge(tool, rows, job, out)
        if len(out.rows) >= _BATCH:
            yield out.take()
    places.tell(out)
    unseen = tool.evidence.forget()
    if unseen:
        out.add("evidence", number=unseen)
    if out.rows:
        yield out.take()


def function_of(job: Job) -> Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    """What `mapInArrow` takes."""
    return partial(judge_batches, job)


def _scan(tool: Tool, rows: Sequence[Raw], out: _Out) -> None:
    found: list[Diagnostic] = []
    causes: set[str] = set()
    for raw in rows:
        place = {"file": raw.file, "line": raw.line}
        scan = tool.kernel.scan_raws((raw,), judging=True)
        for digest in scan.ids:
            out.add("case", number=signed(digest), **place)
        for entry in scan.entries:
            out.add("called", number=signed(digest_of(entry.case)), value=entry, **place)
        for pending in scan.pending:
            out.add("pending", value=pending, **place)
        found += scan.findings
        causes |= scan.causes
    _tell(found, rows, out)
    for cause in causes:
        out.add("cause", file=cause)


def _look_up(tool: Tool, rows: Sequence[Raw], digests: frozenset[int], out: _Out) -> None:
    for entry in tool.kernel.entries_in(rows, digests):
        number = signed(digest_of(entry.case))
        out.add("called", file=entry.place[0], line=entry.place[1], number=number, value=entry)


def _judge(tool: Tool, rows: Sequence[Raw], job: Job, out: _Out) -> None:
    places: frozenset[CasePlace] = frozenset((raw.file, raw.line) for raw in rows)
    findings, causes = tool.kernel.judge_raws(rows, places, job.cases)
    _tell(findings, rows, out)
    for cause in causes:
        out.add("cause", file=cause)


def _tell(findings: Sequence[Diagnostic], raws: Sequence[Raw], out: _Out) -> None:
    if not findings:
        return
    contents = {(raw.file, raw.line): raw for raw in raws}
    processes: dict[CasePlace, str] = {}
    for number, finding in enumerate(findings):
        place = (finding.file, finding.line)
        if place not in processes:
            processes[place] = _process_of(contents[place]) if place in contents else ""
        out.finding(finding, processes[place], number)


def _process_of(raw: Raw) -> str:
    """The process in whose folder the file lies, else the one that the record names."""
    parts = raw.file.split("/")
    if parts[0] == "process" and len(parts) > 2:
        return parts[1]
    data = raw.tree().data
    process = data.get("process") if isinstance(data, dict) else None
    return process if isinstance(process, str) else ""


class _Places:
    """Gives each record its file and line, and counts what was read of each part of a file."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._name = cache(partial(record_name, root=job.task.root))
        self._read: dict[tuple[str, int], int] = defaultdict(int)
        self._blank = 0

    def rows(self, batch: pa.RecordBatch) -> Iterator[Raw]:
        """The records of a batch, those that are wanted."""
        uris = batch.column(URI).to_pylist()
        if CONTENT in batch.schema.names:
            yield from self._lines(uris, batch)
        else:
            yield from self._rows(uris, batch)

    def _lines(self, uris: list[str], batch: pa.RecordBatch) -> Iterator[Raw]:
        blocks, contents = batch.column(BLOCK).to_pylist(), batch.column(CONTENT).to_pylist()
        for uri, block, content in zip(uris, blocks, contents, strict=True):
            part = (uri, block)
            self._read[part] += 1
            line = self._job.offsets[part] + self._read[part]
            name = self._name(uri)
            if not self._is_wanted(name, line):
                continue
            if len(content) > MAX_BYTES:
                message = f"the line is longer than {MAX_BYTES // 1024 // 1024} MiB"
                problem = Problem("yaml/too-large", (), message, "one record a line", line, 1)
                yield Raw(name, line, problem=problem)
            elif content.strip():
                yield Raw(name, line, content.rstrip(b"\r\n"))
            else:
                self._blank += 1

    def _rows(self, uris: list[str], batch: pa.RecordBatch) -> Iterator[Raw]:
        numbers = batch.column(ROW).to_pylist()
        record = batch.drop_columns([URI, ROW])
        for uri, number, content in zip(uris, numbers, records_of(record), strict=True):
            self._read[uri, 0] += 1
            name = self._name(uri)
            if not self._is_wanted(name, number + 1):
                continue
            problem = content if isinstance(content, Problem) else None
            if isinstance(content, bytes) and len(content) > MAX_BYTES:
                message = f"the row is longer than {MAX_BYTES // 1024 // 1024} MiB"
                problem = Problem("yaml/too-large", (), message, "one record a row")
            if problem is not None:
                problem = msgspec.structs.replace(problem, line=number + 1, column=1)
                yield Raw(name, number + 1, problem=problem)
            elif isinstance(content, bytes):
                yield Raw(name, number + 1, content)

    def _is_wanted(self, name: str, line: int) -> bool:
        wanted = self._job.wanted
        return wanted is None or line in wanted.get(name, ())

    def tell(self, out: _Out) -> None:
        """How many lines or rows were read of each part."""
        for (uri, block), lines in self._read.items():
            out.add("read", uri=uri, line=block, number=lines)
        if self._blank:
            out.add("blank", number=self._blank)


class _Out:
    """Rows of SCHEMA, gathered."""

    def __init__(self) -> None:
        self.rows: list[dict[str, Any]] = []

    def add(self, kind: Kind, *, value: object = None, **columns: object) -> None:
        """One row; a value is kept as bytes for the one who asked."""
        if value is not None:
            columns["data"] = pickle.dumps(value)
        self.rows.append({"kind": kind, **columns})

    def finding(self, finding: Diagnostic, process: str, number: int) -> None:
        """A row for a finding; the number keeps those at one place in their order."""
        found = {name: _clean(value) for name, value in msgspec.structs.asdict(finding).items()}
        self.rows.append({"kind": "finding", "process": _clean(process), "number": number, **found})

    def take(self) -> pa.RecordBatch:
        """The rows so far, which are then forgotten."""
        rows, self.rows = self.rows, []
        return _batch(rows)


def _clean(value: Any) -> Any:  # noqa: ANN401
    """Texts as UTF-8 can hold them."""
    if not isinstance(value, str):
        return value
    return value.encode("utf-8", "backslashreplace").decode("utf-8")


def _batch(rows: list[dict[str, Any]]) -> pa.RecordBatch:
    import pyarrow as pa

    kinds = {"string": pa.string(), "long": pa.int64(), "int": pa.int32(), "binary": pa.binary()}
    fields = [part.split() for part in SCHEMA.split(", ")]
    schema = pa.schema([(name, kinds[kind]) for name, kind in fields])
    return pa.RecordBatch.from_pylist(rows, schema)


def signed(digest: int) -> int:
    """A digest of 64 bits as Spark's numbers hold it."""
    return digest - (1 << 64) if digest >= 1 << 63 else digest


def unsigned(number: int) -> int:
    """The digest again."""
    return number + (1 << 64) if number < 0 else number

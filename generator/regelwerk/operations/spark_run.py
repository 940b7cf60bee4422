"""Judge records on Spark by the same kernel: in two rounds, as on one machine."""

from __future__ import annotations

import pickle
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec

from regelwerk.diagnostics import Diagnostic, Severity
from regelwerk.errors import RegelwerkError, UsageError
from regelwerk.model.case import CasePlace
from regelwerk.operations.check_result import is_cause
from regelwerk.operations.day import Clock, zone_of
from regelwerk.operations.examine import examine
from regelwerk.operations.record_judge import RecordJudge
from regelwerk.operations.record_kernel import Pending, RecordKernel, digest_of
from regelwerk.operations.spark_session import spark_session
from regelwerk.operations.spark_source import SparkSource, found_here, offsets_of
from regelwerk.operations.spark_task import record_name, task_of
from regelwerk.operations.spark_worker import (
    SCHEMA,
    URI,
    Job,
    function_of,
    signed,
    unsigned,
)
from regelwerk.project.load import Loaded, load
from regelwerk.project.record_chunks import cut, read_chunk
from regelwerk.project.record_files import record_files, record_files_below
from regelwerk.project.root import find_root
from regelwerk.records.index import CaseEntry, build_index

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

_COLUMNS: Final = (
    "code", "severity", "process", "file", "line", "column", "path", "message", "hint",
)  # fmt: skip
_MOST_FILES_NAMED = 500
_ORDER: Final = ("file", "line", "column", "code", "path", "number")
_FOUND: Final = (*_COLUMNS, "number")


class SparkResult(msgspec.Struct, frozen=True):
    """How often each severity, code and process was found, and the first findings of each.

    `unseen` is how many evidence files lie where only Spark can read, and were not looked at;
    `ignored` how many other files lie beside the records.
    """

    root: Path
    counts: tuple[tuple[Severity, str, str, int], ...]
    first: tuple[Diagnostic, ...]
    files: int
    records: int
    unseen: int
    ignored: int


def review_by_spark(
    start: Path,
    paths: Sequence[str],
    clock: Clock,
    master: str,
    *,
    folders: Sequence[Path] = (),
    report: str | None = None,
    most_of_each: int | None = 3,
) -> SparkResult:
    """Judge the records that Spark reads below the paths, beside the cases of the project.

    All findings go to the folder `report` as Parquet, where one is named; `most_of_each` None
    gives all of them back, too.
    """
    if not paths:
        raise UsageError("--engine spark needs a PATH", "name files or folders as Spark reads them")
    root = find_root(start)
    loaded = load(root)
    as_of = clock(zone_of(loaded.project.organization))
    with spark_session(master) as session:
        run = _Run(session, loaded, as_of, paths, folders, (Path.cwd(), start, root))
        findings = run.findings()
        if report is not None:
            _write(findings, report)
        return run.result(findings, most_of_each)


class _Run:
    def __init__(
        self,
        session: SparkSession,
        loaded: Loaded,
        as_of: date,
        paths: Sequence[str],
        folders: Sequence[Path],
        bases: Sequence[Path],
    ) -> None:
        self._session = session
        self._loaded = loaded
        self._as_of = as_of
        self._folders = tuple(folder.resolve() for folder in folders)
        outside = self._folders + tuple(_folder_of(path, bases) for path in paths)
        task = task_of(loaded, as_of, tuple(folder.as_posix() for folder in outside))
        self._source = SparkSource(session, [found_here(path, bases) for path in paths])
        self._parts = self._source.parts()
        self._job = Job(task, task.digest, offsets_of(self._parts))
        self._uris = {record_name(part.uri, task.root): part.uri for part in self._parts}
        self._kernel = RecordKernel(RecordJudge(loaded, as_of, outside))
        self._causes: set[str] = set()
        self.records = 0

    def findings(self) -> DataFrame:
        """A table of all findings with the columns _FOUND."""
        from pyspark import StorageLevel

        scanned = self._apply(self._job).persist(StorageLevel.DISK_ONLY)
        self._require_all(scanned)
        others = self._others()
        places, cases = self._work(scanned, others)
        found = scanned.where("kind = 'finding'").select(*_FOUND)
        if places:
            wanted = {file: frozenset(line for _, line in group) for file, group in places.items()}
            job = msgspec.structs.replace(self._job, wanted=wanted, cases=cases)
            anew = self._apply(job, tuple(wanted)).persist(StorageLevel.DISK_ONLY)
            marks = self._session.createDataFrame(
                [place for group in places.values() for place in group], "file string, line long"
            )
            kept = found.join(marks, ["file", "line"], "left_anti").select(*_FOUND)
            found = kept.union(anew.where("kind = 'finding'").select(*_FOUND))
            self._note(anew)
        self._note(scanned)
        more = [*self._changed(), *self._faults()]
        if more:
            found = found.union(self._session.createDataFrame(more, found.schema))
        self.unseen = self._number(scanned, "evidence")
        return found.orderBy(*_ORDER).persist(StorageLevel.DISK_ONLY)

    def _apply(self, job: Job, files: Sequence[str] = ()) -> DataFrame:
        """What the kernel finds out about the records, of some files only where any is named."""
        from pyspark.sql import functions as f

        tables = list(self._source.tables())
        if 0 < len(files) <= _MOST_FILES_NAMED:
            uris = [self._uris[file] for file in files]
            tables = [table.where(f.col(URI).isin(uris)) for table in tables]
        function = function_of(job)
        done = [table.drop("size").mapInArrow(function, SCHEMA) for table in tables]
        return reduce(lambda one, other: one.union(other), done)

    def _require_all(self, scanned: DataFrame) -> None:
        """Every line and row that was counted before was judged."""
        from pyspark.sql import functions as f

        read = scanned.where("kind = 'read'").groupBy("uri", "line").agg(f.sum("number"))
        judged = {(uri, block): lines for uri, block, lines in read.collect()}
        for part in self._parts:
            lines = judged.get((part.uri, part.block), 0)
            if lines != part.lines:
                raise RegelwerkError(
                    f"Spark judged {lines:,} of {part.lines:,} lines of {part.uri}",
                    "it may have been written to; check it again when nobody does",
                )
        self.records = sum(part.lines for part in self._parts) - self._number(scanned, "blank")

    def _number(self, table: DataFrame, kind: str) -> int:
        from pyspark.sql import functions as f

        ((number,),) = table.where(f.col("kind") == kind).agg(f.sum("number")).collect()
        return int(number or 0)

    def _others(self) -> tuple[dict[CasePlace, int], list[CaseEntry]]:
        """The ids of cases of the project and the folders that Spark does not read, and cases."""
        files = record_files(self._loaded.root)
        for folder in self._folders:
            files += record_files_below(folder)
        files = [file for file in dict.fromkeys(files) if file not in self._uris]
        ids: dict[CasePlace, int] = {}
        entries: list[CaseEntry] = []
        for chunk in cut(self._loaded.root, files):
            for raw in read_chunk(self._loaded.root, chunk):
                scan = self._kernel.scan_raws((raw,), judging=False)
                entries += scan.entries
                ids.update(((raw.file, raw.line), digest) for digest in scan.ids)
        return ids, entries

    def _work(
        self, scanned: DataFrame, others: tuple[dict[CasePlace, int], list[CaseEntry]]
    ) -> tuple[dict[str, list[CasePlace]], dict[str, CaseEntry]]:
        """By file, the records still to be judged, and the cases that they look at."""
        pending = [
            pickle.loads(data)  # noqa: S301 - what our own processes sent
            for (data,) in scanned.where("kind = 'pending'").select("data").toLocalIterator()
        ]
        entries = [*others[1], *_values(scanned)]
        repeated = self._repeated(scanned, others[0])
        calls = {one.place: one.calls for one in pending}
        known = {entry.case for entry in entries}
        missing = {call for one in pending for call in one.calls} - known
        wanted = {digest for digest, _ in repeated} | {digest_of(call) for call in missing}
        if wanted:
            entries += self._looked_up(scanned, others[0], frozenset(wanted))
        cases = build_index(entries).cases
        work: set[CasePlace] = {
            one.place for one in pending if one.right is None or not self._holds(one, cases)
        }
        ids = {digest_of(case): case for case in cases}
        looked_at: set[str] = set()
        for digest, place in repeated:
            case = ids.get(digest)
            if case is not None and cases[case].place != place and place not in others[0]:
                work.add(place)
                looked_at.add(case)
        looked_at |= {call for place in work for call in calls.get(place, ())}
        places: dict[str, list[CasePlace]] = defaultdict(list)
        for place in work:
            places[place[0]].append(place)
        return places, {case: cases[case] for case in looked_at if case in cases}

    def _holds(self, pending: Pending, cases: Mapping[str, CaseEntry]) -> bool:
        return pending.right is not None and self._kernel.holds(pending.right, cases)

    def _repeated(
        self, scanned: DataFrame, others: Mapping[CasePlace, int]
    ) -> list[tuple[int, CasePlace]]:
        """Digest and place of every record whose case id another has, too."""
        from pyspark.sql import functions as f

        cases = scanned.where("kind = 'case'").select("number", "file", "line")
        if others:
            rows = [(signed(digest), file, line) for (file, line), digest in others.items()]
            cases = cases.union(self._session.createDataFrame(rows, cases.schema))
        place = f.struct("file", "line")
        twice = cases.groupBy("number").agg(f.collect_list(place).alias("places"))
        found = twice.where(f.size("places") > 1).toLocalIterator()
        return [
            (unsigned(number), (file, line)) for number, places in found for file, line in places
        ]

    def _looked_up(
        self, scanned: DataFrame, others: Mapping[CasePlace, int], digests: frozenset[int]
    ) -> list[CaseEntry]:
        """The cases with these ids, read again."""
        numbers = self._session.createDataFrame([(signed(one),) for one in digests], "number long")
        rows = scanned.where("kind = 'case'").join(numbers, "number").select("file", "line")
        places: dict[str, set[int]] = defaultdict(set)
        for file, line in rows.toLocalIterator():
            places[file].add(line)
        found: list[CaseEntry] = []
        if places:
            wanted = {file: frozenset(lines) for file, lines in places.items()}
            job = msgspec.structs.replace(self._job, wanted=wanted, digests=digests)
            found += _values(self._apply(job, tuple(wanted)))
        files = sorted({file for (file, _), digest in others.items() if digest in digests})
        for chunk in cut(self._loaded.root, files):
            found += self._kernel.entries(chunk, digests)
        return found

    def _note(self, table: DataFrame) -> None:
        rows = table.where("kind = 'cause'").select("file").distinct().collect()
        self._causes |= {file for (file,) in rows}

    def _changed(self) -> Iterator[tuple[object, ...]]:
        """Findings about files that are no longer what they were when they were listed."""
        now = {one.path: one for one in self._source.listing()}
        for one in self._source.listed:
            if now.get(one.path) != one:
                name = record_name(one.path.replace("%", "%25"), self._job.task.root)
                yield ("yaml/syntax", "error", "", name, 1, 1, "$",
                       "the file was changed while it was read",
                       "check it again when nobody writes to it", 0)  # fmt: skip

    def _faults(self) -> Iterator[tuple[object, ...]]:
        """Errors in files on which the judgement of records rests."""
        if self._causes:
            for finding in examine(self._loaded, self._as_of).findings:
                if is_cause(finding, frozenset(self._causes)):
                    told = {**msgspec.structs.asdict(finding), "process": ""}
                    yield (*(told[name] for name in _COLUMNS), 0)

    def result(self, findings: DataFrame, most_of_each: int | None) -> SparkResult:
        """The counts, and the first findings of each code and process."""
        from pyspark.sql import Window
        from pyspark.sql import functions as f

        counted = findings.groupBy("severity", "code", "process").count().collect()
        rows = [(Severity(severity), code, process, n) for severity, code, process, n in counted]
        order = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}
        rows.sort(key=lambda row: (order[row[0]], -row[3], row[1], row[2]))
        shown = findings
        if most_of_each is not None:
            window = Window.partitionBy("code", "process").orderBy(*_ORDER)
            numbered = findings.withColumn("n", f.row_number().over(window))
            shown = numbered.where(f.col("n") <= most_of_each)
        return SparkResult(
            root=self._loaded.root,
            counts=tuple(rows),
            first=tuple(
                sorted(
                    (_diagnostic(row) for row in shown.select(*_FOUND).toLocalIterator()),
                    key=Diagnostic.sort_key,
                )
            ),
            files=self._source.files,
            records=self.records,
            unseen=self.unseen,
            ignored=self._source.ignored,
        )


def _values(table: DataFrame) -> list[CaseEntry]:
    rows = table.where("kind = 'called'").select("data").toLocalIterator()
    return [pickle.loads(data) for (data,) in rows]  # noqa: S301 - what our own processes sent


def _diagnostic(row: Any) -> Diagnostic:  # noqa: ANN401
    code, severity, _process, file, line, column, path, message, hint, _number = row
    return Diagnostic(code, Severity(severity), file, line, column, path, message, hint)


def _folder_of(path: str, bases: Sequence[Path]) -> Path:
    """The folder in which evidence of records at a path may lie, where it is on this machine."""
    local = next((base / path for base in bases if (base / path).exists()), Path(path))
    return (local if local.is_dir() else local.parent).resolve()


def _write(findings: DataFrame, report: str) -> None:
    """Two tables: how often what was found, and the findings themselves."""
    from pyspark.errors import AnalysisException

    counts = findings.groupBy("severity", "code", "process").count()
    try:
        findings.select(*_COLUMNS).write.mode("errorifexists").parquet(f"{report}/findings")
        counts.coalesce(1).orderBy("severity", "code").write.mode("errorifexists").parquet(
            f"{report}/counts"
        )
    except AnalysisException as error:
        if "PATH_ALREADY_EXISTS" not in str(error):
            raise
        raise UsageError(
            f"--report {report}: there is a report in this folder already", "name a new folder"
        ) from error

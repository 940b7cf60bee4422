"""The engine for very many cases: DuckDB, in memory, one pass over the files."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from regelwerk.errors import MissingExtraError, RegelwerkError
from regelwerk.figures.bulk.queries import moments, pending, query, undated
from regelwerk.figures.bulk.sources import line_count, relations
from regelwerk.figures.bulk.sql import moment_macros
from regelwerk.figures.bulk.tables import case_tables, codes_of, named, read_table
from regelwerk.figures.measure import Direct, Selector, Time
from regelwerk.figures.tally import Result, Scope, Tally
from regelwerk.model.calendar import BusinessCalendar

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


class Bulk:
    """The cases of one process in files, as they stood at the end of the day `until`.

    Only measures named at the start can be tallied. `departures` are the ids of the cases that do
    not conform, None where nobody has judged them; of those that were `erased` nobody can tell.
    A case without an id does not conform.
    """

    def __init__(
        self,
        files: Sequence[Path],
        process: str,
        measures: Iterable[Direct],
        zone: str,
        calendar: BusinessCalendar,
        until: date,
        departures: Collection[str] | None = None,
        erased: Collection[str] = (),
    ) -> None:
        measures = tuple(measures)
        self._codes = codes_of(measures)
        self._con = _connect()
        for setting in _SETTINGS:
            self._run(setting)
        for macro in moment_macros(zone):
            self._run(macro)
        self._run(read_table(process, self._codes, relations(self._run, files)))
        for statement in case_tables(until, self._codes):
            self._run(statement)
        self._judge(departures, erased)
        if any(isinstance(measure, Time) and measure.unit == "BD" for measure in measures):
            self._count_business_days(calendar)
        ((self.cases, self.records, self.unreadable, rows),) = self._run("FROM counts")
        lines = line_count(files)
        parquet = any(file.name.endswith(".parquet") for file in files)
        if lines is not None and not parquet and lines != rows:
            raise RegelwerkError(
                f"DuckDB read {rows} of {lines} lines; the figures would be wrong",
                "the files may have changed meanwhile; measure again",
            )

    def first_day(self, selectors: Iterable[Selector]) -> date | None:
        """The first day on which any of it happened; None where nothing did."""
        days = [
            found
            for what in selectors
            for (found,) in self._run(f"SELECT min(day) FROM ({moments(what, self._codes)})")
            if found is not None
        ]
        return min(days, default=None)

    def tally(self, measure: Direct, scope: Scope) -> Result:
        """Compute one measure, all periods of the scope at once."""
        rows = self._run(query(measure, scope, self._codes))
        return Result(
            tallies={
                key: Tally(float(value) if value is not None else None, cases, missing)
                for key, value, cases, missing in sorted(rows, key=lambda row: row[0])
            },
            undated=self._count(undated(measure, self._codes)),
            pending=self._count(pending(measure, self._codes)) if isinstance(measure, Time) else 0,
        )

    def _count(self, rows: str) -> int:
        ((number,),) = self._run(f"SELECT count(*) FROM ({rows})")
        return int(number)

    def _judge(self, departures: Collection[str] | None, erased: Collection[str]) -> None:
        self._run("ALTER TABLE cases ADD COLUMN conforms BOOLEAN")
        if departures is not None:
            self._run(
                f"""UPDATE cases SET conforms = CASE
                    WHEN NOT coalesce({named("id")}, false) THEN false
                    WHEN (id::JSON->>'$') IN (SELECT unnest($2::VARCHAR[])) THEN NULL
                    ELSE (id::JSON->>'$') NOT IN (SELECT unnest($1::VARCHAR[])) END""",
                [sorted(departures), sorted(erased)],
            )

    def _count_business_days(self, calendar: BusinessCalendar) -> None:
        """A table of every day there is with the number of business days since the first."""
        days = "SELECT started_on AS d FROM cases UNION ALL SELECT closed_on FROM cases"
        ((first, last),) = self._run(
            f"SELECT min(d), max(d) FROM ({days} UNION ALL SELECT day FROM done)"
        )
        every: list[date] = []
        worked: list[int] = []
        if first is not None:
            every = [first + timedelta(days=n) for n in range((last - first).days + 1)]
            total = 0
            for one in every:
                total += calendar.is_business_day(one)
                worked.append(total)
        self._run(
            "CREATE TEMP TABLE business AS "
            "SELECT unnest($1::DATE[]) AS on_day, unnest($2::INTEGER[]) AS worked",
            [every, worked],
        )

    def _run(self, statement: str, values: list[object] | None = None) -> list[tuple[Any, ...]]:
        from duckdb import Error

        try:
            return list(self._con.execute(statement, values).fetchall())
        except Error as error:
            reason = str(error).strip().splitlines()[0][:200]
            raise RegelwerkError(f"the records cannot be measured: {reason}") from error


_SETTINGS = (
    "SET autoinstall_known_extensions = false",
    "SET autoload_known_extensions = false",
    "SET TimeZone = 'UTC'",
    "SET preserve_insertion_order = true",
    "SET enable_progress_bar = false",
)


def _connect() -> DuckDBPyConnection:
    try:
        import duckdb
    except ImportError as error:
        raise MissingExtraError(
            "measuring in bulk needs the package duckdb", "install regelwerk[bulk]"
        ) from error
    return duckdb.connect(":memory:")

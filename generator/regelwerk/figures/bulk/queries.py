"""A query for each measure over the tables `cases` and `done`.

Every query gives rows of: first day of the period, value, cases, missing cases.
"""

from __future__ import annotations

from regelwerk.figures.bulk.sql import day
from regelwerk.figures.bulk.tables import Codes
from regelwerk.figures.measure import (
    Aggregate,
    Cases,
    Closed,
    Conformance,
    Count,
    Direct,
    Done,
    Selector,
    Share,
    Sum,
    Time,
    subject,
)
from regelwerk.figures.tally import Scope

_MICROSECONDS = {"min": 60_000_000, "h": 3_600_000_000, "d": 86_400_000_000}
_PER_DAY = {"min": 1440, "h": 24, "d": 1}
_RANK = {"median": "(n + 1) // 2", "p90": "(9 * n + 9) // 10", "max": "n"}


def query(measure: Direct, scope: Scope, codes: Codes) -> str:
    """The tallies of a measure."""
    match measure:
        case Count(what):
            return f"""SELECT {_key(scope)} AS key, count(*)::DOUBLE, count(DISTINCT row), 0
                FROM ({moments(what, codes)}) GROUP BY key HAVING key IS NOT NULL"""
        case Share(where, of):
            return f"""SELECT key, 100.0 * count(*) FILTER (also) / count(*), count(*), 0 FROM (
                SELECT key, row IN (SELECT row FROM ({moments(where, codes)})) AS also FROM (
                    SELECT DISTINCT {_key(scope)} AS key, row FROM ({moments(of, codes)}))
                WHERE key IS NOT NULL) GROUP BY key"""
        case Sum(step, field):
            number = f"n{codes.fields.index(field)}"
            return f"""SELECT {_key(scope)} AS key, fsum({number}),
                count(DISTINCT row) FILTER ({number} IS NOT NULL),
                count(DISTINCT row) FILTER ({number} IS NULL)
                FROM done WHERE {_chosen(step, codes)} AND day IS NOT NULL
                GROUP BY key HAVING key IS NOT NULL"""
        case Conformance():
            return f"""SELECT key, 100.0 * count(*) FILTER (conforms) / nullif(count(conforms), 0),
                count(conforms), count(*) - count(conforms) FROM (
                SELECT {_key(scope)} AS key, conforms FROM (
                    SELECT closed_on AS day, conforms FROM cases))
                WHERE key IS NOT NULL GROUP BY key"""
        case Time():
            return _time(measure, scope, codes)


def moments(what: Selector, codes: Codes) -> str:
    """Rows of case, day and moment for each time that something happened."""
    match what:
        case Cases():
            return """SELECT row, started_on AS day, started AS sort FROM cases
                WHERE started_on IS NOT NULL"""
        case Closed(end):
            wanted = "" if end is None else f" AND ending = {codes.ends.index(end) + 1}"
            return f"""SELECT row, closed_on AS day, closed AS sort FROM cases
                WHERE closed_on IS NOT NULL{wanted}"""
        case Done():
            return f"""SELECT row, day, sort FROM done
                WHERE {_chosen(what, codes)} AND day IS NOT NULL"""


def undated(measure: Direct, codes: Codes) -> str:
    """The cases that lack a date to be placed by."""
    match what := subject(measure):
        case Cases():
            return "SELECT row FROM cases WHERE start_undated"
        case Closed(end):
            wanted = "" if end is None else f" AND ending = {codes.ends.index(end) + 1}"
            return f"SELECT row FROM cases WHERE close_undated{wanted}"
        case Done():
            return f"SELECT DISTINCT row FROM done WHERE {_chosen(what, codes)} AND day IS NULL"


def pending(measure: Time, codes: Codes) -> str:
    """Open cases that have passed `first` and not reached `last`."""
    return f"""SELECT row FROM cases WHERE is_open
        AND row IN (SELECT row FROM ({moments(measure.first, codes)}))
        AND row NOT IN (SELECT row FROM ({moments(measure.last, codes)}))
        AND row NOT IN ({undated(measure, codes)})"""


def _chosen(what: Done, codes: Codes) -> str:
    steps = ", ".join(str(codes.steps.index(step) + 1) for step in sorted(what.steps))
    option = "" if what.option is None else f" AND option = {codes.options.index(what.option) + 1}"
    return f"step IN ({steps}){option}"


def _key(scope: Scope, column: str = "day") -> str:
    within = f"{column} BETWEEN {day(scope.first)} AND {day(scope.last)}"
    first = day(scope.first) if scope.kind == "range" else f"date_trunc('{scope.kind}', {column})"
    return f"CASE WHEN {within} THEN {first}::DATE END"


def _time(measure: Time, scope: Scope, codes: Codes) -> str:
    """From the first `first` to the last `last`; where the order is wrong, the time is missing."""
    return f"""WITH lasts AS NOT MATERIALIZED (
            SELECT row, max(sort) AS till, arg_max(day, sort) AS till_day
            FROM ({moments(measure.last, codes)}) GROUP BY row),
        firsts AS NOT MATERIALIZED (
            SELECT row, min(sort) AS since, arg_min(day, sort) AS since_day
            FROM ({moments(measure.first, codes)}) GROUP BY row),
        times AS NOT MATERIALIZED (
            SELECT {_key(scope, "till_day")} AS key, {_elapsed(measure)} AS value
            FROM lasts LEFT JOIN firsts USING (row)),
        ranked AS NOT MATERIALIZED (
            SELECT key, value, row_number() OVER (PARTITION BY key ORDER BY value) AS place,
                count(value) OVER (PARTITION BY key) AS n,
                count(*) OVER (PARTITION BY key) AS of_all
            FROM times WHERE key IS NOT NULL)
        SELECT key, {_aggregated(measure.aggregate)}, any_value(n), any_value(of_all - n)
        FROM ranked GROUP BY key"""


def _aggregated(kind: Aggregate) -> str:
    if kind == "mean":
        return "fsum(value) / nullif(count(value), 0)"
    return f"min(value) FILTER (place = {_RANK[kind]})"


def _elapsed(measure: Time) -> str:
    if measure.unit == "BD":
        value = """(SELECT worked FROM business WHERE on_day = till_day)
            - (SELECT worked FROM business WHERE on_day = since_day)"""
    else:
        unit = measure.unit
        value = f"""CASE WHEN timed(since) AND timed(till)
            THEN (us_of(till) - us_of(since)) / {_MICROSECONDS[unit]}.0
            ELSE (till_day - since_day) * {_PER_DAY[unit]}.0 END"""
    return f"""CASE WHEN since IS NULL OR till_day < since_day
        OR (timed(since) AND timed(till) AND till < since) THEN NULL ELSE {value} END"""

"""Three small tables made from the records in one pass: `cases`, `done` and `counts`.

Only what the measures look at is kept, as numbers: 1 million cases take some hundred MB.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import msgspec

from regelwerk.figures.bulk.sql import day, json_list, json_text, text
from regelwerk.figures.measure import (
    Closed,
    Count,
    Direct,
    Done,
    Selector,
    Share,
    Sum,
    Time,
)


class Codes(msgspec.Struct, frozen=True):
    """The numbers that stand for names: their place in these lists, from 1."""

    steps: tuple[str, ...]
    options: tuple[str, ...]
    ends: tuple[str, ...]
    fields: tuple[str, ...]


def codes_of(measures: Iterable[Direct]) -> Codes:
    """Every name that the measures look at, sorted."""
    measures = tuple(measures)
    selectors = [what for measure in measures for what in selectors_of(measure)]
    done = [what for what in selectors if isinstance(what, Done)]
    return Codes(
        steps=tuple(sorted({step for what in done for step in what.steps})),
        options=tuple(sorted({what.option for what in done if what.option is not None})),
        ends=tuple(sorted({w.end for w in selectors if isinstance(w, Closed) and w.end})),
        fields=tuple(sorted({m.field for m in measures if isinstance(m, Sum)})),
    )


def selectors_of(measure: Direct) -> tuple[Selector, ...]:
    """What a measure looks for."""
    match measure:
        case Count(what):
            return (what,)
        case Share(where, of):
            return (where, of)
        case Sum(step, _):
            return (step,)
        case Time():
            return (measure.first, measure.last)
        case _:
            return (Closed(),)


def read_table(process: str, codes: Codes, sources: Iterable[str]) -> str:
    """The first table: a row for each record of the process, still with cases that come twice."""
    numbers = "".join(f", n{i} := {_number(field)}" for i, field in enumerate(codes.fields))
    entry = (
        f"lambda e: struct_pack(step := list_position({json_list(codes.steps)}, e.step::VARCHAR)"
        f"::USMALLINT, option := list_position({json_list(codes.options)}, e.option::VARCHAR)"
        f"::USMALLINT, sort := sort_of(e.completed::VARCHAR){numbers})"
    )
    wanted = f"lambda e: list_contains({json_list(codes.steps)}, e.step::VARCHAR)"
    return f"""CREATE TEMP TABLE read AS
        SELECT "case"::VARCHAR AS id, status::VARCHAR AS status,
            sort_of(started::VARCHAR) AS started, sort_of(closed::VARCHAR) AS closed,
            list_position({json_list(codes.ends)}, "end"::VARCHAR)::USMALLINT AS ending,
            sort_of((cancelled->'on')::VARCHAR) AS cancelled,
            list_transform(list_filter(steps, {wanted}), {entry}) AS done,
            process::VARCHAR = {json_text(process)} AS ours,
            process IS NULL AND "case" IS NULL AND status IS NULL AND started IS NULL
                AND steps IS NULL AS unreadable
        FROM ({" UNION ALL ".join(sources)})"""


def _number(field: str) -> str:
    """A field's value where it was written as a number."""
    value = f"json_extract(e.fields, {text(_path(field))})"
    return (
        f"CASE WHEN json_type({value}) IN ('BIGINT', 'UBIGINT', 'HUGEINT', 'DOUBLE') "
        f"THEN TRY_CAST({value}::VARCHAR AS DOUBLE) END"
    )


def _path(field: str) -> str:
    return f'$."{field}"'


def named(column: str) -> str:
    """Whether the JSON of a case id is a text that is not blank."""
    return f"regexp_full_match({column}, '\".*[^\\s].*\"')"


def case_tables(until: date, codes: Codes) -> list[str]:
    """The statements that make `counts`, `cases` and `done` from `read`, and drop it.

    What lies after the day `until` is left out; what has no date that can be read is kept without.
    """
    last = day(until)
    numbers = "".join(f", e.n{i} AS n{i}" for i in range(len(codes.fields)))
    return [
        f"""CREATE TEMP TABLE first AS
            SELECT min(rowid) AS row FROM read WHERE ours
            GROUP BY CASE WHEN {named("id")} THEN id
                ELSE rowid::VARCHAR END""",
        """CREATE TEMP TABLE counts AS SELECT
            (SELECT count(*) FROM first) AS cases,
            (SELECT count(*) FROM read WHERE ours) AS records,
            (SELECT count(*) FROM read WHERE unreadable) AS unreadable,
            (SELECT count(*) FROM read) AS rows""",
        f"""CREATE TEMP TABLE cases AS
            WITH dated AS NOT MATERIALIZED (
                SELECT read.rowid AS row, id, status, ending, cancelled,
                    started, closed, day_at(started) AS started_on, day_at(closed) AS closed_on,
                    status = '"closed"' AS is_closed
                FROM read JOIN first ON read.rowid = first.row)
            SELECT row, id, ending,
                CASE WHEN started_on <= {last} THEN started END AS started,
                CASE WHEN started_on <= {last} THEN started_on END AS started_on,
                started IS NULL AS start_undated,
                CASE WHEN is_closed AND closed_on <= {last} THEN closed END AS closed,
                CASE WHEN is_closed AND closed_on <= {last} THEN closed_on END AS closed_on,
                coalesce(is_closed AND closed IS NULL, false) AS close_undated,
                coalesce(CASE status WHEN '"open"' THEN true WHEN '"on-hold"' THEN true
                    WHEN '"closed"' THEN closed_on > {last}
                    WHEN '"cancelled"' THEN day_at(cancelled) > {last} END, false) AS is_open
            FROM dated""",
        f"""CREATE TEMP TABLE done AS
            WITH entries AS NOT MATERIALIZED (
                SELECT read.rowid AS row, unnest(done) AS e
                FROM read JOIN first ON read.rowid = first.row),
            dated AS NOT MATERIALIZED (
                SELECT row, e.step AS step, e.option AS option, e.sort AS sort,
                    day_at(e.sort) AS day{numbers} FROM entries)
            SELECT * FROM dated WHERE day IS NULL OR day <= {last}""",
        "DROP TABLE read",
        "DROP TABLE first",
    ]

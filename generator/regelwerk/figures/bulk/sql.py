"""Pieces of SQL: literals, and records' moments as numbers.

A moment is a BIGINT `sort`: twice the microseconds since 1970 in UTC, plus one for a date-time. A
date stands at the beginning of its day in the organization's time zone.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date

_DATE = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_TIME = r"(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:\.[0-9]{1,6})?)?"
_OFFSET = "(?:[Zz]|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])"


def text(value: str) -> str:
    """A string literal."""
    return "'" + value.replace("'", "''") + "'"


def json_text(value: str) -> str:
    """A literal of the JSON of a string, as DuckDB writes it."""
    return text(json.dumps(value, ensure_ascii=False))


def json_list(values: Iterable[str]) -> str:
    """A list literal of the JSON of strings."""
    return "[" + ", ".join(json_text(value) for value in values) + "]::VARCHAR[]"


def day(value: date) -> str:
    """A date literal."""
    return f"DATE {text(value.isoformat())}"


def moment_macros(zone: str) -> list[str]:
    """Statements that make `sort_of(json)`, `day_at(sort)` and `timed(sort)`.

    `sort_of` takes a JSON string as a record writes a date or a date-time (RFC 3339) and gives NULL
    for everything else.
    """
    at = text(zone)
    return [
        f"""CREATE OR REPLACE TEMP MACRO midnight(d) AS
            epoch_us((d::TIMESTAMP) AT TIME ZONE {at}) * 2""",
        """CREATE OR REPLACE TEMP MACRO local_us(m) AS epoch_us(TRY_CAST(replace(
            CASE WHEN m[-2] IN ('Z', 'z') THEN m[2:-3] ELSE m[2:-8] END, 't', 'T')
            AS TIMESTAMP))""",
        """CREATE OR REPLACE TEMP MACRO offset_us(m) AS CASE WHEN m[-2] IN ('Z', 'z') THEN 0 ELSE
            (TRY_CAST(m[-6:-5] AS BIGINT) * 60 + TRY_CAST(m[-3:-2] AS BIGINT)) * 60000000
            * CASE WHEN m[-7] = '-' THEN -1 ELSE 1 END END""",
        f"""CREATE OR REPLACE TEMP MACRO sort_of(m) AS CASE
            WHEN m[2:5] = '0000' THEN NULL
            WHEN regexp_full_match(m, '"{_DATE}"') THEN midnight(TRY_CAST(m[2:-2] AS DATE))
            WHEN m[2:5] IN ('0001', '9999') THEN NULL
            WHEN regexp_full_match(m, '"{_DATE}[Tt]{_TIME}{_OFFSET}"')
            THEN (local_us(m) - offset_us(m)) * 2 + 1 END""",
        """CREATE OR REPLACE TEMP MACRO timed(s) AS s % 2 <> 0""",
        """CREATE OR REPLACE TEMP MACRO us_of(s) AS (s - CASE WHEN s % 2 <> 0 THEN 1 ELSE 0 END)
            // 2""",
        f"""CREATE OR REPLACE TEMP MACRO day_at(s) AS
            (make_timestamp(us_of(s)) AT TIME ZONE 'UTC' AT TIME ZONE {at})::DATE""",
    ]

"""How long a record has to be kept: as long as the documents whose evidence it holds.

ISO 9001:2015, 7.5.3.2 d: documented information is retained, and then disposed of.
"""

from __future__ import annotations

from datetime import date, tzinfo

import msgspec

from regelwerk.model.calendar import BusinessCalendar
from regelwerk.model.case import Case
from regelwerk.model.moment import Moment, day_of
from regelwerk.model.span import parse_span
from regelwerk.records.due import deadline
from regelwerk.records.tables import Compiled


class Kept(msgspec.Struct, frozen=True):
    """A document of a case, its retention as written, and the last day of it.

    `until` is None where the definition gives no retention, so that it is kept for good.
    """

    document: str
    title: str
    retention: str | None
    until: date | None


def closing(case: Case) -> Moment | None:
    """What the retention counts from: the day the case was closed or cancelled; None before."""
    if case.status == "closed":
        return case.closed
    return case.cancelled_on if case.status == "cancelled" else None


def kept(
    case: Case, compiled: Compiled, calendar: BusinessCalendar, zone: tzinfo
) -> tuple[Kept, ...]:
    """The documents of a case that has come to its end, in the order of the definition.

    They are those of which the record holds evidence; of a case that holds none, all documents of
    its process, for the record itself is then all there is.
    """
    base = closing(case)
    if base is None:
        return ()
    known = compiled.process.documents
    held = {document for entry in case.entries for document in entry.outputs} | set(case.inputs)
    named = [document for document in known if document in held] or list(known)
    return tuple(
        Kept(
            document=document,
            title=known[document].title or document,
            retention=known[document].retention,
            until=_until(known[document].retention, base, calendar, zone),
        )
        for document in named
    )


def _until(
    retention: str | None, base: Moment, calendar: BusinessCalendar, zone: tzinfo
) -> date | None:
    span = parse_span(retention) if retention is not None else None
    last = deadline(base, span, calendar, zone) if span is not None else None
    return day_of(last, zone) if last is not None else None


def over(documents: tuple[Kept, ...]) -> date | None:
    """The last day on which one of the documents has to be kept; None where one has no end."""
    days = [document.until for document in documents]
    known = [day for day in days if day is not None]
    return max(known) if known and len(known) == len(days) else None


def earliest(documents: tuple[Kept, ...]) -> date | None:
    """The first day on which the retention of one of the documents is over."""
    return min((one.until for one in documents if one.until is not None), default=None)

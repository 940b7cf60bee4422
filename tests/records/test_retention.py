"""How long the record of a case has to be kept, and what is said of one that was erased."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from records.support import compiled as compiled_of
from records.support import entry, judge, process, record, world
from regelwerk.diagnostics import Severity
from regelwerk.model.calendar import BusinessCalendar
from regelwerk.records.check import check_record
from regelwerk.records.reading import read_case
from regelwerk.records.retention import kept, over
from regelwerk.records.stone import stone_of

BERLIN = ZoneInfo("Europe/Berlin")
DOCUMENTS = {
    "offer": {"title": "Offer", "retention": "P1Y"},
    "contract": {"title": "Contract", "retention": "P10Y"},
    "note": {"title": "Note"},
}
DEFINITION = process(
    [{"id": "a", "outputs": ["offer"], "next": {"end": "done"}}],
    documents=DOCUMENTS,
    inputs=["contract"],
)
SHA = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def proofs(*documents: str) -> dict:
    return {document: {"reference": "there"} for document in documents}


def closed(*documents: str, **more: object) -> dict:
    done = entry("a", completed="2020-02-29", outputs=proofs(*documents))
    return record(done, closed_with="done", **{"closed": "2020-02-29", **more})


def until(data: dict, documents: dict = DOCUMENTS) -> tuple[list, date | None]:
    found = kept(
        read_case(data),
        compiled_of({**DEFINITION, "documents": documents}),
        BusinessCalendar("DE"),
        BERLIN,
    )
    return [(one.document, one.until) for one in found], over(found)


def test_retention_counts_from_the_closing_and_clamps_to_the_end_of_a_month() -> None:
    assert until(closed("offer")) == ([("offer", date(2021, 2, 28))], date(2021, 2, 28))


def test_the_day_of_closing_is_the_organizations() -> None:
    late = closed("offer", closed="2019-12-31T23:30:00Z")
    assert until(late)[1] == date(2021, 1, 1)


def test_the_document_that_is_kept_longest_decides() -> None:
    data = closed("offer", inputs=proofs("contract"))
    assert until(data)[1] == date(2030, 2, 28)


def test_a_document_without_retention_keeps_the_record_for_good() -> None:
    found, last = until(closed("offer", "note"))
    assert found == [("offer", date(2021, 2, 28)), ("note", None)]
    assert last is None


def test_a_record_without_evidence_is_kept_as_long_as_any_document_of_its_process() -> None:
    told = {key: DOCUMENTS[key] for key in ("offer", "contract")}
    assert until(closed(), told)[1] == date(2030, 2, 28)
    assert until(closed(), {}) == ([], None)


@pytest.mark.parametrize("status", ["open", "on-hold"])
def test_open_cases_have_no_end_of_retention(status: str) -> None:
    data = record(entry("a", outputs=proofs("offer")), status=status)
    assert until(data) == ([], None)


def test_a_cancelled_case_counts_from_its_cancelling() -> None:
    cancelled = {"on": "2020-03-01", "by": "ann", "reason": "…"}
    data = record(entry("a", outputs=proofs("offer")), status="cancelled", cancelled=cancelled)
    assert until(data)[1] == date(2021, 3, 1)
    stone = stone_of(data, sha256=SHA, on=date(2021, 4, 1), by="ann", reason="Over.")
    assert stone["cancelled"] == {"on": "2020-03-01"}


def stone(on: date = date(2026, 4, 1), **more: object) -> dict:
    data = closed("offer", subject="A person", **more)
    made = stone_of(data, sha256=SHA, on=on, by="ann", reason="The retention is over.")
    assert set(made) == {
        *("process", "version", "case", "status", "started", "closed", "end"),
        *("erased", "steps"),
    }
    return made


def said_of(data: dict, **more: object) -> list[tuple[str, str, str]]:
    table = compiled_of(DEFINITION)
    problems = check_record(data, ("process/p/records/c.yaml", 0), world(table, **more))
    return [(one.code, ".".join(map(str, one.path)), str(one.severity or "")) for one in problems]


def test_a_stone_is_told_and_no_departure() -> None:
    assert said_of(stone()) == [("record/erased", "erased", "")]
    table = compiled_of(DEFINITION)
    (told,) = check_record(stone(), ("c.yaml", 0), world(table))
    assert told.message == (
        "the record of case `C-1` was erased by ann on 2026-04-01: The retention is over; whether "
        "it departed from its process can no longer be checked"
    )


def test_a_stone_that_came_before_any_retention_was_over_is_an_error() -> None:
    early = stone(on=date(2021, 2, 28))
    assert said_of(early) == [("record/erased", "erased", Severity.ERROR)]
    assert said_of(stone(on=date(2021, 3, 1))) == [("record/erased", "erased", "")]
    table = compiled_of({**DEFINITION, "documents": {"note": DOCUMENTS["note"]}})
    (told,) = check_record(stone(), ("c.yaml", 0), world(table))
    assert told.severity is Severity.ERROR


def test_who_erased_is_somebody_known_and_on_a_day_that_has_come() -> None:
    assert said_of(stone(), people={})[:1] == [("record/unknown-person", "erased.by", "")]
    told = said_of(stone(on=date(2027, 1, 1)))
    assert ("record/in-future", "erased.on", "") in told


def test_what_a_stone_claims_of_its_head_is_still_judged() -> None:
    assert ("record/unknown-process", "process", "") in said_of(stone() | {"process": "q"})
    told = said_of(stone(), in_force=lambda _process, _day: None)
    assert ("record/version-not-effective", "version", "") in told


def test_a_record_with_steps_is_judged_as_ever() -> None:
    assert judge(DEFINITION, closed("offer", inputs=proofs("contract"), started="2020-02-01")) == []

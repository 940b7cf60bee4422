"""A case beside its definition: which rows there are, and where each finding stands."""

from __future__ import annotations

from records.support import PLACE, compiled, entry, process, record, world
from regelwerk.records.alignment import Alignment, align
from regelwerk.records.check import departures, replay_record
from regelwerk.records.finding import Finding

LINEAR = [{"id": "a"}, {"id": "b"}, {"id": "c"}, {"id": "d", "next": {"end": "done"}}]
CHOICE = [
    {"id": "a"},
    {
        "id": "ask",
        "decision": {
            "question": "?",
            "options": {
                "yes": {"label": "Yes", "next": "b"},
                "no": {"label": "No", "next": "c"},
                "again": {"label": "Again", "next": "a"},
            },
        },
    },
    {"id": "b", "next": {"end": "done"}},
    {"id": "c", "next": {"end": "off"}},
]
PARALLEL = [
    {"id": "p", "parallel": {"x": [{"id": "x1"}, {"id": "x2"}], "y": [{"id": "y1"}]}},
    {"id": "z", "next": {"end": "done"}},
]


def aligned(steps: list, data: dict) -> tuple[Alignment, list[Finding]]:
    table = compiled(process(steps))
    judged = replay_record(data, PLACE, world(table))
    assert judged is not None
    findings = departures(judged)
    return align(judged, findings), findings


def rows(steps: list, data: dict) -> list[str]:
    """The rows as `kind step`, with the codes of their findings behind."""
    alignment, findings = aligned(steps, data)
    assert alignment.whole_case == ()
    placed = [number for row in alignment.rows for number in row.findings]
    assert sorted(placed) == list(range(len(findings)))
    return [
        " ".join(
            [
                row.kind,
                row.step or row.meant or "",
                *(findings[number].code.removeprefix("record/") for number in row.findings),
            ]
        )
        for row in alignment.rows
    ]


def test_a_case_that_fits_has_both_sides_everywhere() -> None:
    data = record(*map(entry, "abcd"), closed_with="done")
    assert rows(LINEAR, data) == ["done a", "done b", "done c", "done d", "end done"]


def test_skipped_steps_stand_where_they_should_have_been_done() -> None:
    data = record(entry("a"), entry("d"), closed_with="done")
    assert rows(LINEAR, data) == [
        "done a",
        "skipped b skipped-step",
        "skipped c skipped-step",
        "done d",
        "end done",
    ]


def test_a_late_step_stands_twice_and_is_said_once() -> None:
    data = record(*map(entry, "acbd"), closed_with="done")
    assert rows(LINEAR, data) == [
        "done a",
        "only-later b",
        "done c",
        "late b order",
        "done d",
        "end done",
    ]


def test_repeated_unknown_and_belated_steps_are_extra() -> None:
    steps = map(entry, ["a", "a", "b", "bx", "c", "d", "a"])
    assert rows(LINEAR, record(*steps, closed_with="done")) == [
        "done a",
        "repeated a repeated-step",
        "done b",
        "unknown bx unknown-step",
        "done c",
        "done d",
        "after-end a after-end",
        "end done",
    ]


def test_a_step_to_which_no_way_leads_is_extra() -> None:
    data = record(entry("a"), entry("ask", "yes"), entry("b"), closed_with="done")
    assert rows(CHOICE, data) == ["done a", "done ask", "done b", "end done"]
    data = record(entry("a"), entry("ask", "no"), entry("b"), closed_with="done")
    assert rows(CHOICE, data)[2:] == ["other-way b branch-contradicts-decision", "end done"]


def test_an_open_case_tells_every_step_that_may_come_next() -> None:
    assert rows(CHOICE, record(entry("a"), entry("ask"))) == [
        "done a",
        "done ask missing-decision",
        "next a",
        "next b",
        "next c",
    ]
    assert rows(PARALLEL, record(entry("y1"))) == ["done y1", "next x1"]
    assert rows(PARALLEL, record(*map(entry, ["x1", "y1", "x2", "z"])))[-1] == "next done"


def test_a_closed_case_tells_what_is_missing_and_the_wrong_end() -> None:
    assert rows(LINEAR, record(*map(entry, "abc"), closed_with="done")) == [
        "done a",
        "done b",
        "done c",
        "not-done d",
        "end done not-ended",
    ]
    assert rows(LINEAR, record(*map(entry, "abcd"), closed_with="off"))[-1] == "end off wrong-end"


def test_what_lies_in_a_parallel_knows_its_branch() -> None:
    alignment, _ = aligned(PARALLEL, record(*map(entry, ["y1", "x1", "z"])))
    assert [(row.kind, row.step, row.within) for row in alignment.rows] == [
        ("done", "y1", (("p", "y"),)),
        ("done", "x1", (("p", "x"),)),
        ("skipped", "x2", (("p", "x"),)),
        ("done", "z", ()),
        ("next", "", ()),
    ]


def test_optional_steps_that_were_left_out_are_shown_and_are_no_fault() -> None:
    steps = [{"id": "a"}, {"id": "o", "optional": True}, {"id": "b", "next": {"end": "done"}}]
    assert rows(steps, record(entry("a"), entry("b"), closed_with="done")) == [
        "done a",
        "left-out o",
        "done b",
        "end done",
    ]


def test_findings_that_are_about_no_step_are_about_the_case() -> None:
    data = record(*map(entry, "abcd"), closed_with="done", started="2027-01-01")
    alignment, findings = aligned(LINEAR, data)
    assert [findings[number].code for number in alignment.whole_case] == ["record/in-future"]

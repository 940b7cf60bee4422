"""Accepted departures."""

from __future__ import annotations

from datetime import date

import pytest

from records.support import PEOPLE, Proofs, entry, index, judge, process, record, said
from regelwerk.model.organization import Person, RoleHolding
from regelwerk.records.evidence import EvidenceState

END = {"next": {"end": "done"}}
THREE = [{"id": "a"}, {"id": "b"}, {"id": "c", **END}]


def deviation(finding: str, step: str | None = None, **more) -> dict:
    found = {"finding": finding, "approved_by": "bob", "on": "2026-03-10", "reason": "Agreed."}
    return {**found, **({} if step is None else {"step": step}), **more}


def weighed(*deviations: dict, steps: list = THREE, walk: str = "a c", **more) -> list[str]:
    data = record(*map(entry, walk.split()), closed_with="done", deviations=list(deviations))
    return said(judge(process(steps), data, **more))


def test_an_accepted_departure_becomes_information() -> None:
    accepted = [deviation("record/skipped-step", "b")]
    data = record(entry("a"), entry("c"), closed_with="done", deviations=accepted)
    (problem,) = judge(process(THREE), data)
    assert said([problem]) == ["record/skipped-step steps.1 (info)"]
    assert problem.message.endswith("; accepted by bob on 2026-03-10: Agreed.")


@pytest.mark.parametrize(
    "wrong",
    [
        deviation("record/skipped-step", "a"),
        deviation("record/skipped-step", "b", occurrence=2),
        deviation("record/skipped-step"),
        deviation("record/order", "b"),
        deviation("record/no-such-code", "b"),
    ],
)
def test_a_deviation_turns_exactly_the_finding_it_names(wrong: dict) -> None:
    assert weighed(wrong) == [
        "record/skipped-step steps.1",
        "record/unused-deviation deviations.0",
    ]


def test_one_deviation_accepts_one_finding() -> None:
    fields = [{"id": name, "label": name, "type": "text", "required": True} for name in ("x", "y")]
    steps = [{"id": "a", "fields": fields, **END}]
    one = deviation("record/missing-field", "a")
    info, error = "record/missing-field steps.0 (info)", "record/missing-field steps.0"
    assert weighed(one, steps=steps, walk="a") == [info, error]
    assert weighed(one, one, steps=steps, walk="a") == [info, info]


def test_occurrence_is_the_entry_of_the_step_or_else_its_finding() -> None:
    walk = "a a a b c"
    second, third = (deviation("record/repeated-step", "a", occurrence=n) for n in (2, 3))
    first = deviation("record/repeated-step", "a", occurrence=1)
    accepted = "record/repeated-step steps.{} (info)"
    assert weighed(second, walk=walk)[0] == accepted.format(1)
    assert weighed(third, walk=walk)[1] == accepted.format(2)
    assert weighed(first, walk=walk)[0] == accepted.format(1)
    assert weighed(second, third, walk=walk) == [accepted.format(1), accepted.format(2)]


def test_a_step_skipped_in_two_rounds_is_accepted_round_by_round() -> None:
    options = {"ok": {"label": "…", "next": "c"}, "again": {"label": "…", "next": "b"}}
    steps = [
        {"id": "a"},
        {"id": "b"},
        {"id": "d", "decision": {"question": "?", "options": options}},
        {"id": "c", **END},
    ]
    second = deviation("record/skipped-step", "b", occurrence=2)
    data = record(
        entry("a"),
        entry("d", "again"),
        entry("d", "ok"),
        entry("c"),
        closed_with="done",
        deviations=[second],
    )
    assert said(judge(process(steps), data)) == [
        "record/skipped-step steps.1",
        "record/skipped-step steps.2 (info)",
    ]


@pytest.mark.parametrize(
    ("finding", "who"),
    [
        (deviation("record/skipped-step", "b", approved_by="ann"), "the wrong role"),
        (deviation("record/skipped-step", "b", approved_by="chef"), "not any more"),
    ],
)
def test_it_takes_the_accountable_role_on_that_day(finding: dict, who: str) -> None:
    chef = Person(id="chef", name="Chef", roles=(RoleHolding(role="boss", until=date(2026, 3, 9)),))
    found = weighed(finding, people={**PEOPLE, "chef": chef})
    assert found == [
        "record/skipped-step steps.1",
        "record/deviation-not-authorised deviations.0.approved_by",
    ], who
    in_time = {**finding, "approved_by": "chef", "on": "2026-03-09"}
    found = weighed(in_time, people={**PEOPLE, "chef": chef})
    assert found == ["record/skipped-step steps.1 (info)"]


def test_whoever_did_the_step_cannot_accept_its_departure() -> None:
    steps = [{"id": "a", "responsible": "boss"}, *THREE[1:]]
    walk = [entry("a", by="bob"), entry("a", by="bob"), entry("b"), entry("c")]
    data = record(*walk, closed_with="done", deviations=[deviation("record/repeated-step", "a")])
    assert said(judge(process(steps), data)) == [
        "record/repeated-step steps.1",
        "record/deviation-not-authorised deviations.0.approved_by",
    ]


def test_an_unknown_person_is_only_unknown_and_accepts_nothing() -> None:
    assert weighed(deviation("record/skipped-step", "b", approved_by="xy")) == [
        "record/skipped-step steps.1",
        "record/unknown-person deviations.0.approved_by",
    ]


def test_the_steps_own_accountable_role_comes_before_the_owner() -> None:
    steps = [THREE[0], {"id": "b", "accountable": "crew"}, THREE[2]]
    assert weighed(deviation("record/skipped-step", "b", approved_by="hal"), steps=steps) == [
        "record/skipped-step steps.1 (info)"
    ]
    assert "record/deviation-not-authorised deviations.0.approved_by" in weighed(
        deviation("record/skipped-step", "b"), steps=steps
    )


def test_departures_of_the_whole_case_are_the_owners_to_accept() -> None:
    assert weighed(deviation("record/not-ended"), walk="a b") == ["record/not-ended status (info)"]
    other = {"in_force": lambda _process, _day: "0.9"}
    assert weighed(deviation("record/version-not-effective"), walk="a b c", **other) == [
        "record/version-not-effective version (info)"
    ]
    found = weighed(deviation("record/version-not-effective", approved_by="ann"), **other)
    assert "record/deviation-not-authorised deviations.0.approved_by" in found


@pytest.mark.parametrize("step", [None, "c"])
def test_a_wrong_end_may_be_named_with_the_step_that_reached_it(step: str | None) -> None:
    data = record(
        *map(entry, "abc"), closed_with="off", deviations=[deviation("record/wrong-end", step)]
    )
    assert said(judge(process(THREE), data)) == ["record/wrong-end end (info)"]


def test_an_overdue_next_step_can_be_accepted() -> None:
    steps = [{"id": "a", "due": {"within": "P1D", "after": "start"}}, *THREE[1:]]
    data = record(deviations=[deviation("record/overdue", "a")])
    assert said(judge(process(steps), data)) == ["record/overdue steps (info)"]


@pytest.mark.parametrize(
    ("code", "change", "world"),
    [
        ("record/unknown-step", {"step": "zzz"}, {}),
        ("record/unknown-person", {"by": "xy"}, {}),
        ("record/in-future", {"completed": "2027-01-01"}, {}),
        (
            "record/evidence-changed",
            {"outputs": {"doc": {"file": "f", "sha256": "0" * 64}}},
            {"evidence": Proofs({"f": EvidenceState.CHANGED})},
        ),
    ],
)
def test_some_departures_nobody_can_accept(code: str, change: dict, world: dict) -> None:
    steps = [{"id": "a", "outputs": ["doc"]}, *THREE[1:]]
    proof = {"outputs": {"doc": {"reference": "…"}}}
    walk = [{**entry("a"), **proof, **change}]
    accepted = [deviation(code, walk[0]["step"])]
    found = judge(process(steps), record(*walk, deviations=accepted), **world)
    assert code in {problem.code for problem in found if problem.severity is None}
    assert "record/deviation-not-authorised deviations.0.finding" in said(found)


def test_a_case_id_given_twice_cannot_be_accepted() -> None:
    twice = record(*map(entry, "abc"), closed_with="done")
    data = {**twice, "deviations": [deviation("record/duplicate-case")]}
    found = judge(process(THREE), data, cases=index(twice))
    assert said(found) == [
        "record/duplicate-case case",
        "record/deviation-not-authorised deviations.0.finding",
    ]

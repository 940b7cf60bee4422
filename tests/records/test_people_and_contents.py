"""Who did a step in which role, and what its entry must hold."""

from __future__ import annotations

from datetime import date

import pytest

from records.support import PEOPLE, entry, index, judge, process, record, said
from regelwerk.records.evidence import EvidenceState

END = {"next": {"end": "done"}}


def one(step: dict, **fields) -> list[str]:
    """What is said of a closed case of a single step."""
    definition = process([{"id": "a", **END, **step}], documents={"doc": {"title": "Doc"}})
    return said(judge(definition, record(entry("a", **fields), closed_with="done")))


@pytest.mark.parametrize(
    ("responsible", "by", "role", "expected"),
    [
        ("doer", "ann", None, []),
        ("doer", "ann", "doer", []),
        ("crew", "ann", None, []),
        ("crew", "hal", "helper", []),
        ("crew", "hal", "crew", []),
        ("doer", "hal", None, ["wrong-role"]),
        ("doer", "bob", "boss", ["wrong-role"]),
        ("doer", "guest", None, ["wrong-role"]),
        ("doer", "ann", "no-such-role", ["wrong-role"]),
        ("doer", "old", None, ["role-not-held"]),
        ("doer", "old", "doer", ["role-not-held"]),
        ("doer", "bob", "doer", ["role-not-held"]),
        ("crew", "ann", "helper", ["role-not-held"]),
        ("doer", ["ann", "ben"], None, []),
        ("doer", ["ann", "hal"], None, ["wrong-role"]),
    ],
)
def test_the_role_fits_and_is_held_on_that_day(
    responsible: str, by: object, role: str | None, expected: list[str]
) -> None:
    stated = {} if role is None else {"role": role}
    found = one({"responsible": responsible}, by=by, **stated)
    assert found == [f"record/{code} steps.0" for code in expected]


def test_a_supporting_role_is_not_enough() -> None:
    assert one({"supporting": ["helper"]}, by="hal") == ["record/wrong-role steps.0"]


def test_the_day_is_the_one_in_the_organizations_time_zone() -> None:
    late = {"completed": "2026-02-28T23:30:00+00:00", "by": "old"}
    data = record(entry("a", **late), closed_with="done", started="2026-02-01")
    found = judge(process([{"id": "a", **END}]), data)
    assert said(found) == ["record/role-not-held steps.0"]


def test_somebody_unknown_is_unknown_and_nothing_else() -> None:
    steps = [{"id": "a"}, {"id": "b", "not_same_person_as": ["a"], **END}]
    data = record(entry("a", by=["ann", "xy"]), entry("b", by="xy", role="boss"))
    found = said(judge(process(steps), data))
    assert found == ["record/unknown-person steps.0.by.1", "record/unknown-person steps.1.by"]


def test_people_outside_the_steps_are_known_too() -> None:
    cancelled = {"on": "2026-03-09", "by": "xy", "reason": "…"}
    data = record(
        status="cancelled", cancelled=cancelled, source={"kind": "web", "entered_by": "z"}
    )
    found = said(judge(process([{"id": "a", **END}]), data))
    assert found == [
        "record/unknown-person cancelled.by",
        "record/unknown-person source.entered_by",
    ]


def test_four_eyes_look_at_the_latest_earlier_completion() -> None:
    steps = [
        {"id": "a"},
        {
            "id": "b",
            "not_same_person_as": ["a"],
            "decision": {
                "question": "?",
                "options": {
                    "ok": {"label": "…", "next": {"end": "done"}},
                    "again": {"label": "…", "next": "a"},
                },
            },
        },
    ]
    first = (entry("a", by="ann"), entry("b", "again", by="ben"))
    again = record(*first, entry("a", by="ben"), entry("b", "ok", by="ann"), closed_with="done")
    assert judge(process(steps), again) == []
    same = record(*first, entry("a", by="ben"), entry("b", "ok", by=["ann", "ben"]))
    assert said(judge(process(steps), same)) == ["record/four-eyes steps.3"]
    none_yet = record(entry("b", "ok", by="ann"), closed_with="done")
    assert said(judge(process(steps), none_yet)) == ["record/skipped-step steps.0"]


@pytest.mark.parametrize(
    ("step", "fields", "expected"),
    [
        ({"outputs": ["doc"]}, {}, ["missing-output steps.0"]),
        ({"outputs": ["doc"]}, {"outputs": {}}, ["missing-output steps.0.outputs"]),
        ({"outputs": ["doc"]}, {"outputs": {"doc": {"reference": "…"}}}, []),
        ({"outputs": ["doc"]}, {"outputs": 3}, []),
        ({"checks": [{"id": "c", "label": "C"}]}, {}, ["unchecked steps.0"]),
        ({"checks": [{"id": "c", "label": "C"}]}, {"checks": {}}, ["unchecked steps.0.checks"]),
        ({"checks": [{"id": "c", "label": "C"}]}, {"checks": {"c": "no"}}, []),
        ({"checks": [{"id": "c", "label": "C"}]}, {"checks": {"c": "not-applicable"}}, []),
    ],
)
def test_outputs_have_evidence_and_checks_an_answer(
    step: dict, fields: dict, expected: list[str]
) -> None:
    assert one(step, **fields) == [f"record/{line}" for line in expected]


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("text", "x", []),
        ("text", " ", ["record/missing-field steps.0.fields.f"]),
        ("text", 3, ["schema/type steps.0.fields.f"]),
        ("number", 3, []),
        ("number", 0, []),
        ("number", 2.5, []),
        ("number", "3", ["schema/type steps.0.fields.f"]),
        ("number", "", ["record/missing-field steps.0.fields.f"]),
        ("date", "2026-02-28", []),
        ("date", "2026-02-30", ["schema/value steps.0.fields.f"]),
        ("date", "2026-02-28T10:00:00Z", ["schema/value steps.0.fields.f"]),
        ("choice", "red", []),
        ("choice", "blue", ["schema/value steps.0.fields.f"]),
        ("yes-no", "yes", []),
        ("yes-no", "not-applicable", ["schema/value steps.0.fields.f"]),
        ("text", None, []),
    ],
)
def test_a_required_field_has_a_value_of_its_type(
    kind: str, value: object, expected: list[str]
) -> None:
    field = {"id": "f", "label": "F", "type": kind, "required": True, "options": ["red", "green"]}
    assert one({"fields": [field]}, fields={"f": value}) == expected


def test_a_missing_field_stands_at_its_mapping_and_only_if_required() -> None:
    field = {"id": "f", "label": "F", "type": "text"}
    needed = {**field, "required": True}
    assert one({"fields": [needed]}) == ["record/missing-field steps.0"]
    assert one({"fields": [needed]}, fields={}) == ["record/missing-field steps.0.fields"]
    assert one({"fields": [field]}) == one({"fields": [field]}, fields={"f": ""}) == []


def test_keys_that_the_definition_does_not_know_are_told() -> None:
    odd = {
        "fields": {"f": "x", "x-mine": 1},
        "checks": {"c": "yes"},
        "outputs": {"doc": {"reference": "…"}},
        "option": "o",
        "called_case": "C-2",
    }
    assert one({}, **odd) == [
        "schema/unknown-key steps.0.checks.c",
        "schema/unknown-key steps.0.fields.f",
        "schema/unknown-key steps.0.outputs.doc",
        "schema/unknown-key steps.0.option",
        "schema/unknown-key steps.0.called_case",
    ]


DOCUMENTS = {"documents": {"doc": {"title": "Doc"}, "given": {"title": "Given"}}}
MAKER = [{"id": "a", "outputs": ["doc"]}, {"id": "b", "inputs": ["doc", "given"], **END}]
PROOF = {"outputs": {"doc": {"reference": "…"}}}


@pytest.mark.parametrize(
    ("walk", "expected"),
    [
        ("a b", []),
        ("b a", ["record/input-before-output steps.0", "record/order steps.1"]),
        ("b", ["record/skipped-step steps.0"]),
    ],
)
def test_documents_are_there_before_they_are_needed(walk: str, expected: list[str]) -> None:
    entries = [entry(step, **(PROOF if step == "a" else {})) for step in walk.split()]
    definition = process(MAKER, inputs=["given"], **DOCUMENTS)
    assert said(judge(definition, record(*entries, closed_with="done"))) == expected


def test_a_document_without_evidence_is_missing_once() -> None:
    definition = process(MAKER, inputs=["given"], **DOCUMENTS)
    found = said(judge(definition, record(entry("a"), entry("b"), closed_with="done")))
    assert found == ["record/missing-output steps.0"]


def test_a_branch_may_need_what_its_sibling_has_left_behind() -> None:
    branches = {"l": [{"id": "a", "outputs": ["doc"]}], "r": [{"id": "b", "inputs": ["doc"]}]}
    steps = [{"id": "p", "parallel": branches, "next": {"end": "done"}}]
    definition = process(steps, **DOCUMENTS)
    right = record(entry("a", **PROOF), entry("b"), closed_with="done")
    assert judge(definition, right) == []
    wrong = record(entry("b"), entry("a", **PROOF), closed_with="done")
    assert said(judge(definition, wrong)) == ["record/input-before-output steps.0"]


CALLER = [
    {"id": "a", "calls": {"process": "q", "outcomes": {"good": "b", "bad": "c"}}},
    {"id": "b", **END},
    {"id": "c", "next": {"end": "off"}},
]


def called(**more) -> dict:
    return {
        "process": "q",
        "case": "Q-1",
        "status": "closed",
        "closed": "2026-03-03",
        "end": "good",
        **more,
    }


@pytest.mark.parametrize(
    ("case", "entries", "expected"),
    [
        (called(), ("Q-1", "b"), []),
        (called(), ("Q-1", "c"), ["record/branch-contradicts-decision steps.1"]),
        (called(end="bad"), ("Q-1", "c"), []),
        (called(), ("Q-2", "b"), ["record/called-case steps.0.called_case"]),
        (called(), ("Q-2", "c"), ["record/called-case steps.0.called_case"]),
        (called(process="z"), ("Q-1", "b"), ["record/called-case steps.0.called_case"]),
        (called(status="open"), ("Q-1", "b"), ["record/called-case steps.0.called_case"]),
        (called(closed="2026-03-04"), ("Q-1", "b"), ["record/called-case steps.0.called_case"]),
        (called(), ({"reference": "…"}, "b"), ["record/called-case steps.0.called_case"]),
        (called(), (None, "b"), ["record/called-case steps.0"]),
    ],
)
def test_a_called_case_exists_is_closed_and_leads_on_by_its_end(
    case: dict, entries: tuple, expected: list[str]
) -> None:
    given = {} if entries[0] is None else {"called_case": entries[0]}
    end = "done" if entries[1] == "b" else "off"
    data = record(entry("a", **given), entry(entries[1]), closed_with=end)
    assert said(judge(process(CALLER), data, cases=index(case))) == expected


def test_a_reference_will_do_for_what_is_not_kept_here_or_was_not_in_force() -> None:
    data = record(entry("a", called_case={"reference": "…"}), entry("b"), closed_with="done")
    outside = [{**CALLER[0], "calls": {"process": "q", "external": True}}, *CALLER[1:]]
    assert judge(process(outside), data) == []
    since = date(2026, 3, 3)
    in_force = lambda name, day: "1.0" if name == "p" or day >= since else None  # noqa: E731
    assert judge(process(CALLER), data, in_force=in_force) == []


def test_evidence_is_looked_up_wherever_the_record_names_a_file() -> None:
    from records.support import Proofs

    states = {"gone": EvidenceState.MISSING, "other": EvidenceState.CHANGED}
    definition = process([{"id": "a", "outputs": ["doc"], **END}], inputs=["given"], **DOCUMENTS)
    data = record(
        entry("a", outputs={"doc": {"file": "other", "sha256": "0" * 64}}),
        closed_with="done",
        inputs={"given": {"file": "gone"}},
        source={"kind": "web", "file": "there"},
    )
    assert said(judge(definition, data, evidence=Proofs(states))) == [
        "record/evidence-missing inputs.given.file",
        "record/evidence-changed steps.0.outputs.doc.file",
    ]


def test_nobody_known_means_everybody_is_unknown() -> None:
    definition = process([{"id": "a", **END}])
    data = record(entry("a"), closed_with="done")
    assert said(judge(definition, data, people={})) == ["record/unknown-person steps.0.by"]
    assert judge(definition, data, people=PEOPLE) == []

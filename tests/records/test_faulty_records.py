"""Thirty faulty records: one cause is one finding, in a sentence that a sales manager understands.

Each says who did what when, what was expected, and which line of the definition says so.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from records.support import PLACE, Proofs, world
from regelwerk.diagnostics import Problem
from regelwerk.model.organization import Organization, Person, Role, RoleHolding
from regelwerk.project.build_process import build_process
from regelwerk.project.reading import parse
from regelwerk.records.check import check_case
from regelwerk.records.compile import compile_definition
from regelwerk.records.evidence import EvidenceState

DEFINITION = """\
id: sales
title: Sales process
version: "1.3"
owner: manager
purpose: Customers are won.
start: {event: A contact exists}
documents:
  offer: {title: Offer}
  request: {title: Request}
steps:
  - id: meet
    title: Meet the customer
    responsible: seller
    fields: [{id: place, label: Place, type: text, required: true}]
    checks: [{id: slides, label: Slides are prepared}]
    due: {within: P5D, after: start}
  - id: assess
    title: Assess the chance
    responsible: seller
  - id: both
    title: Look at it from two sides
    parallel:
      money:
        - id: count
          title: Count the money
          responsible: seller
          outputs: [request]
      law:
        - id: read
          title: Read the contract
          responsible: seller
          inputs: [request]
  - id: decide
    title: Decide
    responsible: manager
    not_same_person_as: [meet]
    decision:
      question: Do we want it?
      options:
        interested: {label: "Yes", next: offer}
        not-interested: {label: "No", next: {end: dropped}}
        unclear: {label: More facts, next: assess, max_repeats: 1}
  - id: offer
    title: Make an offer
    responsible: seller
    outputs: [offer]
    next: {end: won}
ends:
  won: {event: The offer is out, success: true}
  dropped: {event: Nothing comes of it}
"""
ORGANIZATION = Organization(
    name="O",
    timezone="Europe/Berlin",
    roles={
        "seller": Role(id="seller", title="Sales Manager"),
        "manager": Role(id="manager", title="Management"),
    },
)


def person(id_: str, role: str, since: date | None = None) -> Person:
    return Person(id=id_, name=id_, roles=(RoleHolding(role=role, since=since),))


KNOWN = {
    "anna.beispiel": person("anna.beispiel", "seller"),
    "gerald.unger": person("gerald.unger", "manager"),
    "bo.th": Person(
        id="bo.th", name="B", roles=(RoleHolding(role="seller"), RoleHolding(role="manager"))
    ),
    "neu.hier": person("neu.hier", "seller", date(2026, 3, 20)),
}

STEPS = ("meet", "assess", "count", "read", "decide", "offer")
DAYS = dict(zip(STEPS, range(3, 9), strict=True))


def case() -> dict[str, Any]:
    """A case that departs from nothing."""
    steps: list[dict[str, Any]] = [
        {"step": step, "by": "anna.beispiel", "completed": f"2026-03-0{DAYS[step]}"}
        for step in STEPS
    ]
    meet, _, count, _, decide, offer = steps
    meet |= {"fields": {"place": "Dresden"}, "checks": {"slides": "yes"}}
    count |= {"outputs": {"request": {"reference": "CRM 4711"}}}
    decide |= {"by": "gerald.unger", "option": "interested"}
    offer |= {"outputs": {"offer": {"file": "evidence/offer.pdf", "sha256": "0" * 64}}}
    head = {"process": "sales", "version": "1.3", "case": "S-1", "started": "2026-03-02"}
    return {**head, "status": "closed", "closed": "2026-03-09", "end": "won", "steps": steps}


def judged(data: dict[str, Any], **more: Any) -> list[Problem]:
    tree = parse(DEFINITION, is_json=False)
    table = compile_definition(
        build_process(tree.data, "sales"), ORGANIZATION, line=lambda path: tree.place(path)[0]
    )
    given = {"organization": ORGANIZATION, "people": KNOWN, "in_force": lambda *_: "1.3"}
    return check_case(data, table, world(table, **{**given, **more}), PLACE)


def step(data: dict[str, Any], id_: str) -> dict[str, Any]:
    return next(one for one in data["steps"] if one["step"] == id_)


def change(id_: str, **more: Any) -> Callable[[dict[str, Any]], None]:
    """Set keys of a step; None takes a key away."""

    def fault(data: dict[str, Any]) -> None:
        entry = step(data, id_)
        entry |= more
        for key in [key for key, value in more.items() if value is None]:
            del entry[key]

    return fault


def leave_out(*ids: str) -> Callable[[dict[str, Any]], None]:
    def fault(data: dict[str, Any]) -> None:
        data["steps"] = [one for one in data["steps"] if one["step"] not in ids]

    return fault


def swap(first: str, second: str) -> Callable[[dict[str, Any]], None]:
    """The second step is done before the first, each on the day of the other."""

    def fault(data: dict[str, Any]) -> None:
        one, other = step(data, first), step(data, second)
        one["completed"], other["completed"] = other["completed"], one["completed"]
        steps = data["steps"]
        at, to = steps.index(one), steps.index(other)
        steps[at], steps[to] = other, one

    return fault


def again(id_: str, after: str, **more: Any) -> Callable[[dict[str, Any]], None]:
    """A step done once more behind another, on its day."""

    def fault(data: dict[str, Any]) -> None:
        entry = copy.deepcopy(step(data, id_)) | {"completed": step(data, after)["completed"]}
        data["steps"].insert(data["steps"].index(step(data, after)) + 1, entry | more)

    return fault


def head(**more: Any) -> Callable[[dict[str, Any]], None]:
    return lambda data: data.update(more)


def all_of(*faults: Callable[[dict[str, Any]], None]) -> Callable[[dict[str, Any]], None]:
    def fault(data: dict[str, Any]) -> None:
        for one in faults:
            one(data)

    return fault


def another_round(data: dict[str, Any]) -> None:
    """More facts are wanted, and everything from there on is done again on that day."""
    steps = [copy.deepcopy(step(data, id_)) for id_ in ("decide", "assess", "count", "read")]
    steps[0]["option"] = "unclear"
    at = data["steps"].index(step(data, "read")) + 1
    data["steps"][at:at] = [one | {"completed": "2026-03-07"} for one in steps]


def still_open(data: dict[str, Any]) -> None:
    data["status"] = "open"
    del data["closed"], data["end"]


def deviation(**more: Any) -> dict[str, Any]:
    given = {"finding": "record/skipped-step", "step": "assess", "reason": "There was no time."}
    return {"deviations": [given | {"approved_by": "gerald.unger", "on": "2026-03-05"} | more]}


FAULTS: dict[str, tuple[Callable[[dict[str, Any]], None], str]] = {
    "skipped": (
        leave_out("assess"),
        (
            "“Assess the chance” (`assess`) was skipped: it comes before “Count the money” "
            "(`count`), which was done by anna.beispiel on 2026-03-05 (process.yaml:17)"
        ),
    ),
    "order": (
        swap("meet", "assess"),
        (
            "“Meet the customer” (`meet`) was done by anna.beispiel on 2026-03-04 out of "
            "order: after “Assess the chance” (`assess`), the process no longer leads to it "
            "(process.yaml:11)"
        ),
    ),
    "parallel incomplete": (
        leave_out("read"),
        (
            "“Decide” (`decide`) was done by gerald.unger on 2026-03-07 before all branches "
            "of “Look at it from two sides” (`both`) were done; missing: “Read the contract” "
            "(`read`) (process.yaml:20)"
        ),
    ),
    "repeated": (
        again("assess", "assess"),
        (
            "“Assess the chance” (`assess`) was done by anna.beispiel on 2026-03-04, but it "
            "had been done already by anna.beispiel on 2026-03-04 and is not repeatable "
            "(process.yaml:17)"
        ),
    ),
    "repeated decision": (
        again("decide", "decide"),
        (
            "“Decide” (`decide`) was done by gerald.unger on 2026-03-07, but it had been done"
            " already by gerald.unger on 2026-03-07 and is not repeatable (process.yaml:33)"
        ),
    ),
    "contradiction": (
        change("decide", option="not-interested"),
        (
            "“Make an offer” (`offer`) was done by anna.beispiel on 2026-03-08 after the case"
            " had reached its end `dropped` (“Nothing comes of it”) (process.yaml:50)"
        ),
    ),
    "loop": (
        all_of(another_round, another_round),
        (
            "“Decide” (`decide`) was done by gerald.unger on 2026-03-07 with `unclear` (“More"
            " facts”) once more, which may be chosen once at most (process.yaml:42)"
        ),
    ),
    "missing decision": (
        change("decide", option=None),
        (
            "“Decide” (`decide`) was done by gerald.unger on 2026-03-07, but the record does "
            "not say what was decided (process.yaml:39)"
        ),
    ),
    "unknown option": (
        change("decide", option="intersted"),
        (
            "“Decide” (`decide`) was done by gerald.unger on 2026-03-07 with `intersted`, "
            "which is none of its options (process.yaml:39)"
        ),
    ),
    "after end": (
        again("meet", "offer", completed="2026-03-08"),
        (
            "“Meet the customer” (`meet`) was done by anna.beispiel on 2026-03-08 after the "
            "case had reached its end `won` (“The offer is out”) (process.yaml:49)"
        ),
    ),
    "not ended": (
        leave_out("offer"),
        (
            "the case is closed but has not reached an end; still to be done: “Make an offer”"
            " (`offer`) (process.yaml:43)"
        ),
    ),
    "wrong end": (
        head(end="dropped"),
        (
            "the case is said to have ended with `dropped`, but its steps, the last of which "
            "was “Make an offer” (`offer`) by anna.beispiel on 2026-03-08, lead to `won` "
            "(“The offer is out”) (process.yaml:49)"
        ),
    ),
    "unknown end": (
        head(end="wonn"),
        (
            "the case is said to have ended with `wonn`, but its steps, the last of which was"
            " “Make an offer” (`offer`) by anna.beispiel on 2026-03-08, lead to `won` (“The "
            "offer is out”) (process.yaml:49)"
        ),
    ),
    "unknown step": (
        again("assess", "assess", step="lunch"),
        (
            "`lunch` was done by anna.beispiel on 2026-03-04, but is not a step of version "
            "1.3 of “Sales process”"
        ),
    ),
    "misspelt step": (
        change("assess", step="asess"),
        (
            "`asess` was done by anna.beispiel on 2026-03-04, but is not a step of version "
            "1.3 of “Sales process”"
        ),
    ),
    "container": (
        again("assess", "assess", step="both"),
        (
            "“Look at it from two sides” (`both`) was done by anna.beispiel on 2026-03-04, "
            "but only holds steps that go on side by side and is not recorded itself"
        ),
    ),
    "wrong role stated": (
        change("decide", role="seller"),
        (
            "“Decide” (`decide`) was done by gerald.unger as Sales Manager on 2026-03-07; "
            "Management is responsible (process.yaml:35)"
        ),
    ),
    "wrong role": (
        change("decide", by="neu.hier"),
        (
            "“Decide” (`decide`) was done by neu.hier as Sales Manager on 2026-03-07; "
            "Management is responsible (process.yaml:35)"
        ),
    ),
    "role not held": (
        change("assess", by="neu.hier"),
        (
            "“Assess the chance” (`assess`) was done by neu.hier on 2026-03-04, but neu.hier "
            "did not hold the role Sales Manager on 2026-03-04; Sales Manager is responsible "
            "(process.yaml:19)"
        ),
    ),
    "unknown person": (
        change("assess", by="ana.beispiel"),
        (
            "“Assess the chance” (`assess`) was done by ana.beispiel on 2026-03-04, but "
            "`ana.beispiel` is not in people.yaml"
        ),
    ),
    "four eyes": (
        all_of(change("meet", by=["anna.beispiel", "bo.th"]), change("decide", by="bo.th")),
        (
            "“Decide” (`decide`) was done by bo.th on 2026-03-07; bo.th had also done “Meet "
            "the customer” (`meet`) on 2026-03-03, and the two need different people "
            "(process.yaml:36)"
        ),
    ),
    "missing output": (
        change("offer", outputs=None),
        (
            "“Make an offer” (`offer`) was done by anna.beispiel on 2026-03-08 without "
            "evidence of “Offer” (`offer`) (process.yaml:46)"
        ),
    ),
    "missing field": (
        change("meet", fields=None),
        (
            "“Meet the customer” (`meet`) was done by anna.beispiel on 2026-03-03, but the "
            "required field “Place” (`place`) is missing (process.yaml:14)"
        ),
    ),
    "unchecked": (
        change("meet", checks={}),
        (
            "“Meet the customer” (`meet`) was done by anna.beispiel on 2026-03-03, but "
            "“Slides are prepared” (`slides`) was not answered (process.yaml:15)"
        ),
    ),
    "evidence missing": (
        head(),
        (
            "the evidence `evidence/offer.pdf` of `offer`, which “Make an offer” (`offer`) "
            "left behind when it was done by anna.beispiel on 2026-03-08, is not there"
        ),
    ),
    "evidence changed": (
        head(),
        (
            "the evidence `evidence/offer.pdf` of `offer`, which “Make an offer” (`offer`) "
            "left behind when it was done by anna.beispiel on 2026-03-08, is no longer the "
            "file that was recorded: its SHA-256 differs"
        ),
    ),
    "input before output": (
        swap("count", "read"),
        (
            "“Read the contract” (`read`) was done by anna.beispiel on 2026-03-05 before "
            "“Request” (`request`) was there, which it needs (process.yaml:32)"
        ),
    ),
    "time order": (
        change("assess", completed="2026-03-02"),
        (
            "“Assess the chance” (`assess`) was done by anna.beispiel on 2026-03-02, but "
            "“Meet the customer” (`meet`), after which it comes, only on 2026-03-03 "
            "(process.yaml:17)"
        ),
    ),
    "before the case": (
        change("meet", completed="2026-03-01"),
        (
            "“Meet the customer” (`meet`) was done by anna.beispiel on 2026-03-01, before the"
            " case began on 2026-03-02"
        ),
    ),
    "closed too early": (
        head(closed="2026-03-05"),
        "the case was closed on 2026-03-05, but “Make an offer” (`offer`) was done on 2026-03-08",
    ),
    "in future": (
        change("offer", completed="2026-05-01"),
        (
            "“Make an offer” (`offer`) is said to have been done by anna.beispiel on "
            "2026-05-01, which is after 2026-04-30"
        ),
    ),
    "overdue": (
        head(started="2026-02-20"),
        (
            "“Meet the customer” (`meet`) was done by anna.beispiel on 2026-03-03; it was due"
            " by 2026-02-25, counted from the start of the case on 2026-02-20 "
            "(process.yaml:16)"
        ),
    ),
    "overdue and open": (
        all_of(still_open, head(steps=[])),
        (
            "“Meet the customer” (`meet`) had not been done by 2026-04-30; it was due by "
            "2026-03-07, counted from the start of the case on 2026-03-02 (process.yaml:16)"
        ),
    ),
    "unused deviation": (
        head(**deviation()),
        (
            "`record/skipped-step` at “Assess the chance” (`assess`) was accepted by "
            "gerald.unger, but there is no such finding (occurrence 1)"
        ),
    ),
}
CODES = [
    "skipped-step",
    "order",
    "parallel-incomplete",
    "repeated-step",
    "repeated-step",
    "after-end",
    "loop-limit",
    "missing-decision",
    "unknown-option",
    "after-end",
    "not-ended",
    "wrong-end",
    "wrong-end",
    "unknown-step",
    "unknown-step",
    "unknown-step",
    "wrong-role",
    "wrong-role",
    "role-not-held",
    "unknown-person",
    "four-eyes",
    "missing-output",
    "missing-field",
    "unchecked",
    "evidence-missing",
    "evidence-changed",
    "input-before-output",
    "time-order",
    "time-order",
    "time-order",
    "in-future",
    "overdue",
    "overdue",
    "unused-deviation",
]
EVIDENCE = {
    "evidence missing": EvidenceState.MISSING,
    "evidence changed": EvidenceState.CHANGED,
}


def test_the_case_without_a_fault_has_no_finding() -> None:
    assert judged(case()) == []


@pytest.mark.parametrize(("fault", "sentence"), FAULTS.values(), ids=FAULTS)
def test_one_fault_is_one_sentence(
    fault: Callable[[dict[str, Any]], None], sentence: str, request: pytest.FixtureRequest
) -> None:
    name = request.node.callspec.id
    data = case()
    fault(data)
    state = {"evidence/offer.pdf": EVIDENCE[name]} if name in EVIDENCE else None
    found = judged(data, evidence=Proofs(state))
    assert [one.message for one in found] == [sentence]
    assert all(one.hint for one in found)


def test_each_finding_is_told_under_its_code() -> None:
    codes = []
    for name, (fault, _) in FAULTS.items():
        data = case()
        fault(data)
        state = {"evidence/offer.pdf": EVIDENCE[name]} if name in EVIDENCE else None
        codes += [one.code.removeprefix("record/") for one in judged(data, evidence=Proofs(state))]
    assert codes == CODES

"""The seven rules of the replay, each with what it must and must not say."""

from __future__ import annotations

import pytest

from records.support import PLACE, compiled, judge, process, record, said, world
from records.support import entry as e
from regelwerk.records.check import check_case

LINE = [{"id": "a"}, {"id": "b"}, {"id": "c", "next": {"end": "done"}}]


def decision(id_: str, **options) -> dict:
    """`decision("d", ok="c", back=("a", 2))`: options with their target and limit."""
    built = {}
    for name, target in options.items():
        target, most = target if isinstance(target, tuple) else (target, None)
        built[name] = {"label": name, "next": target} | ({"max_repeats": most} if most else {})
    return {"id": id_, "decision": {"question": "?", "options": built}}


FORK = [
    {"id": "a"},
    decision("d", yes="x", no="y", stop={"end": "off"}),
    {"id": "x", "next": "z"},
    {"id": "y"},
    {"id": "z", "next": {"end": "done"}},
]
LOOP = [
    {"id": "a"},
    {"id": "b"},
    decision("d", ok="c", again=("b", 2)),
    {"id": "c", "next": {"end": "done"}},
]
PARALLEL = [
    {"id": "a"},
    {"id": "p", "parallel": {"l": [{"id": "l1"}, {"id": "l2"}], "r": [{"id": "r1"}]}},
    {"id": "b"},
    {"id": "c", "next": {"end": "done"}},
]
NESTED = [
    {
        "id": "p",
        "parallel": {
            "l": [
                {"id": "l1"},
                {"id": "q", "parallel": {"m": [{"id": "m1"}], "n": [{"id": "n1"}]}},
                {"id": "l2"},
            ],
            "r": [{"id": "r1", "optional": True}],
        },
    },
    {"id": "c", "next": {"end": "done"}},
]
OPTIONAL = [
    {"id": "a"},
    {"id": "o", "optional": True},
    {"id": "r", "repeatable": True},
    {"id": "c", "next": {"end": "done"}},
]
JOINS = [
    {
        "id": "p",
        "parallel": {
            "l": [decision("d", ok={"join": True}, more="l2", again="d"), {"id": "l2"}],
            "r": [{"id": "r1"}],
        },
    },
    {"id": "c", "next": {"end": "done"}},
]

# name, steps, walk (step or step.option), findings as `code index`, whether the case is closed
CASES = [
    ("a straight case", LINE, "a b c", []),
    ("a step not expected after the end", LINE, "a b c b a", ["after-end 3"]),
    ("nothing after the end is replayed", LINE, "a b c a a b", ["after-end 3"]),
    ("skipped", LINE, "a c", ["skipped-step 1"]),
    ("two skipped", LINE, "c", ["skipped-step 0", "skipped-step 0"]),
    ("an expected step that comes late", LINE, "b a c", ["order 1"]),
    ("late although the end is reached", LINE, "a c b", ["order 2"]),
    ("only the late one of two", [*LINE[:2], {"id": "k"}, LINE[2]], "a k c b", ["order 3"]),
    ("repeated", LINE, "a a b c", ["repeated-step 1"]),
    ("repeated later", LINE, "a b a c", ["repeated-step 2"]),
    ("late twice", LINE, "b a a c", ["order 1", "repeated-step 2"]),
    ("the other way", FORK, "a d.yes y z", ["branch-contradicts-decision 2"]),
    ("the way decided", FORK, "a d.no y z", []),
    ("no way forward", FORK, "a d.yes x y z", ["order 3"]),
    ("a decision skipped, the shortest way", FORK, "a z", ["skipped-step 1", "skipped-step 1"]),
    ("a decision skipped before its target", FORK, "a y z", ["skipped-step 1"]),
    ("decided again at once", FORK, "a d.no d.yes x z", ["repeated-step 2"]),
    ("decided again later", FORK, "a d.yes x d.no z", ["repeated-step 3"]),
    ("no option, any target", FORK, "a d y z", ["missing-decision 1"]),
    ("unknown option, any target", FORK, "a d.maybe x z", ["unknown-option 1.option"]),
    ("one loop", LOOP, "a b d.again b d.ok c", []),
    ("two loops", LOOP, "a b d.again b d.again b d.ok c", []),
    (
        "three loops",
        LOOP,
        "a b d.again b d.again b d.again b d.ok c",
        ["loop-limit 6"],
    ),
    ("a loop that skips its step", LOOP, "a b d.again d.ok c", ["skipped-step 3"]),
    ("back without saying so", LOOP, "a b d.ok b d.ok c", ["branch-contradicts-decision 3"]),
    ("no option may lead back", LOOP, "a b d b d.ok c", ["missing-decision 2"]),
    ("what leads back was never late", LOOP, "a d.again b d.ok c", ["skipped-step 1"]),
    ("late within the pass", LOOP, "b a d.ok c", ["order 1"]),
    ("late only in the next pass", LOOP, "a d.again b d.ok c", ["skipped-step 1"]),
    ("branches in any order", PARALLEL, "a l1 r1 l2 b c", []),
    ("branches one after the other", PARALLEL, "a r1 l1 l2 b c", []),
    ("a branch not done", PARALLEL, "a l1 l2 b c", ["parallel-incomplete 3"]),
    ("what was missing comes late", PARALLEL, "a l1 l2 b r1 c", ["parallel-incomplete 3"]),
    ("missing and late at the end", PARALLEL, "a l1 l2 b c r1", ["parallel-incomplete 3"]),
    ("behind the join, not at it", PARALLEL, "a l1 r1 c", ["parallel-incomplete 3"]),
    ("a parallel not reached", PARALLEL, "b c", ["skipped-step 0"] * 4),
    ("a parallel reached and left at once", PARALLEL, "a b c", ["parallel-incomplete 1"]),
    ("skipped within a branch", PARALLEL, "a l2 r1 b c", ["skipped-step 1"]),
    ("order within a branch", PARALLEL, "a l2 l1 r1 b c", ["order 2"]),
    ("repeated in a branch", PARALLEL, "a r1 r1 l1 l2 b c", ["repeated-step 2"]),
    ("a container recorded", PARALLEL, "a p l1 l2 r1 b c", ["unknown-step 1"]),
    ("nested", NESTED, "l1 n1 r1 m1 l2 c", []),
    ("nested, optional branch left out", NESTED, "l1 n1 m1 l2 c", []),
    ("nested, the inner one incomplete", NESTED, "l1 n1 l2 c", ["parallel-incomplete 2"]),
    ("nested, both incomplete", NESTED, "l1 n1 c", ["parallel-incomplete 2"]),
    ("skipped into the inner one", NESTED, "n1 m1 l2 c", ["skipped-step 0"]),
    ("late before the inner one", NESTED, "n1 l1 m1 l2 c", ["order 1"]),
    ("optional done", OPTIONAL, "a o r c", []),
    ("optional left out", OPTIONAL, "a r c", []),
    ("optional out of turn", OPTIONAL, "a r o c", ["order 2"]),
    ("optional twice", OPTIONAL, "a o o r c", ["repeated-step 2"]),
    ("optional is never skipped", OPTIONAL, "a c", ["skipped-step 1"]),
    ("repeated in a row", OPTIONAL, "a r r r c", []),
    ("repeatable, not in a row", [*OPTIONAL[:3], {"id": "k"}, LINE[2]], "a r k r c", ["order 3"]),
    ("joined by option", JOINS, "d.ok r1 c", []),
    ("not joined", JOINS, "d.more r1 c", ["parallel-incomplete 2"]),
    ("decided again in a branch", JOINS, "d.again r1 d.ok c", []),
    ("unknown", LINE, "a zzz b c", ["unknown-step 1"]),
    ("the next step misspelt", [{"id": "offer"}, *LINE], "ofer a b c", ["unknown-step 0"]),
]  # fmt: skip


@pytest.mark.parametrize(("steps", "walk", "expected"), [c[1:] for c in CASES],
                         ids=[c[0] for c in CASES])  # fmt: skip
def test_the_first_rule_that_fits_is_the_one_that_speaks(
    steps: list, walk: str, expected: list[str]
) -> None:
    entries = [e(*part.split(".")) for part in walk.split()]
    found = said(judge(process(steps), record(*entries, closed_with="done")))
    assert found == [f"record/{line.replace(' ', ' steps.')}" for line in expected]


@pytest.mark.parametrize("walk", ["", "a", "a b", "a b d.again", "a b d.again b"])
def test_an_open_case_is_judged_on_what_it_has_done(walk: str) -> None:
    entries = [e(*part.split(".")) for part in walk.split()]
    assert judge(process(LOOP), record(*entries)) == []
    held = {"status": "on-hold"}
    cancelled = {
        "status": "cancelled",
        "cancelled": {"on": "2026-03-20", "by": "ann", "reason": "…"},
    }
    for status in (held, cancelled):
        assert judge(process(LOOP), record(*entries, **status)) == []


def test_a_closed_case_must_have_ended() -> None:
    found = judge(process(LINE), record(e("a"), e("b"), closed_with="done"))
    assert said(found) == ["record/not-ended status"]
    assert "“C” (`c`)" in found[0].message


def test_a_closed_case_names_the_end_it_reached() -> None:
    walk = (e("a"), e("d", "stop"))
    assert said(judge(process(FORK), record(*walk, closed_with="off"))) == []
    assert said(judge(process(FORK), record(*walk, closed_with="done"))) == ["record/wrong-end end"]


def test_after_an_unknown_option_any_end_it_may_lead_to_is_right() -> None:
    steps = [decision("d", yes={"end": "done"}, no={"end": "off"})]
    for end in ("done", "off"):
        found = judge(process(steps), record(e("d"), closed_with=end))
        assert said(found) == ["record/missing-decision steps.0"]


def test_an_optional_last_step_does_not_keep_a_case_from_ending() -> None:
    steps = [{"id": "a"}, {"id": "o", "optional": True, "next": {"end": "done"}}]
    assert judge(process(steps), record(e("a"), closed_with="done")) == []
    assert judge(process(steps), record(e("a"), e("o"), closed_with="done")) == []


def test_an_inner_limit_counts_anew_in_each_round_of_the_outer_loop() -> None:
    steps = [
        {"id": "a"},
        {"id": "b"},
        decision("inner", on="outer", again=("b", 1)),
        decision("outer", end={"end": "done"}, again=("a", 1)),
    ]
    rounds = "a b inner.again b inner.on outer.again a b inner.again b inner.on outer.end"
    entries = [e(*part.split(".")) for part in rounds.split()]
    assert judge(process(steps), record(*entries, closed_with="done")) == []
    once_more = rounds.replace("inner.on outer.end", "inner.again b inner.on outer.end")
    entries = [e(*part.split(".")) for part in once_more.split()]
    found = said(judge(process(steps), record(*entries, closed_with="done")))
    assert found == ["record/loop-limit steps.10"]


def test_a_limit_counts_where_the_loop_closes_by_a_later_step() -> None:
    steps = [
        {"id": "a"},
        decision("d", ok={"end": "done"}, unclear=("ask", 1)),
        {"id": "ask", "next": "a"},
    ]
    walk = "a d.unclear ask a d.unclear ask a d.ok"
    entries = [e(*part.split(".")) for part in walk.split()]
    found = said(judge(process(steps), record(*entries, closed_with="done")))
    assert found == ["record/loop-limit steps.4"]


def test_a_decision_taken_back_at_once_does_not_count_for_its_limit() -> None:
    steps = [{"id": "a"}, decision("d", ok={"end": "done"}, x=("k", 1)), {"id": "k", "next": "a"}]
    walk = "a d.x d.x k a d.ok"
    entries = [e(*part.split(".")) for part in walk.split()]
    found = said(judge(process(steps), record(*entries, closed_with="done")))
    assert found == ["record/repeated-step steps.2"]


def test_faults_of_type_do_not_stop_the_replay_and_are_not_said_again() -> None:
    odd = [{"step": "a", "by": 3, "completed": 17, "fields": [], "checks": None}, 5, {"by": "ann"}]
    data = {**record(e("b"), e("c"), closed_with="done"), "started": 1, "deviations": "none"}
    data["steps"] = [*odd, *data["steps"]]
    assert judge(process(LINE), data) == []
    assert judge(process(LINE), {**data, "steps": "none"}) == []
    assert judge(process([decision("d", x={"end": "off"})]), record(e("d", option=4))) == []


def test_a_definition_that_leads_nowhere_is_not_the_cases_fault() -> None:
    steps = [{"id": "a", "next": "nowhere"}, {"id": "b"}]
    assert judge(process(steps), record(e("a"), e("b"), closed_with="done")) == []


def test_messages_say_who_did_what_when_and_which_line_says_so() -> None:
    table = compiled(process(LINE), line=lambda path: 40 + int(path[1]))
    data = record(e("a"), e("c", completed="2026-03-04"), closed_with="done")
    (problem,) = check_case(data, table, world(table), PLACE)
    assert problem.message == (
        "“B” (`b`) was skipped: it comes before “C” (`c`), which was done by ann on 2026-03-04 "
        "(process.yaml:41)"
    )

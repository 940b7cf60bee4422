"""Whatever stands in approvals.yaml: a verdict, no crash, and nothing counts that should not."""

from __future__ import annotations

import copy
from datetime import date
from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from approvals.worlds import TODAY, built, data, frozen, judge, three
from regelwerk.approvals.digest import digest
from regelwerk.diagnostics import CODES

WORDS = st.sampled_from(
    ["created", "examined", "approved", "aproved", "", "xenia", "quirin", "cora", "cleo", "carl",
     "frida", "nobody", "ceo", "qmb", "board", "pope", "paper", "ssh", "1.0", "1.1", "2022-03-01",
     "2022-03-02", "2022-03-03", "2022-02-30", "9999-12-31", "2022-03-03T12:00:00+14:00",
     "0002-01-01T00:00Z", "unchanged", "change-needed", "scan.pdf", "../x"]
)  # fmt: skip
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=6,
)
KEYS = (
    "stage", "by", "role", "deputy", "at", "method", "original", "signature", "result", "reason",
    "comment",
)  # fmt: skip
SIGNATURES = st.fixed_dictionaries(
    {},
    optional=dict.fromkeys(KEYS, WORDS | VALUES),
)
APPROVALS = st.fixed_dictionaries(
    {},
    optional={
        "version": WORDS | VALUES,
        "effective_from": WORDS | VALUES,
        "signatures": st.lists(SIGNATURES | VALUES, max_size=6) | VALUES,
        "reviews": st.lists(SIGNATURES | VALUES, max_size=2) | VALUES,
        "withdrawn": SIGNATURES | VALUES,
    },
)


@settings(max_examples=200, deadline=None)
@given(APPROVALS, st.dates(date(2021, 1, 1), date(2027, 1, 1)))
def test_any_approvals_have_a_verdict(approvals: dict[str, Any], as_of: date) -> None:
    approvals = {"digest": digest(data(), None)} | approvals
    version = msgspec.structs.replace(frozen(), approvals=built(approvals))
    verdicts, problems = judge(version, as_of=as_of)
    verdict = verdicts["1.0"]
    assert {problem.code for problem in problems} <= set(CODES)
    assert all(problem.file and problem.message for problem in problems)
    if verdict.released:
        assert all(stage.complete for stage in verdict.stages)
        assert len({sig.by for stage in verdict.stages for sig in stage.signatures}) >= 3
        assert verdict.effective_from is not None
        assert verdict.effective_from <= as_of


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_nothing_that_is_taken_away_or_exchanged_makes_an_approval(draw: Any) -> None:
    """From a sound approval: one stage's signer, role, day or stage made wrong, and it is none."""
    signatures = copy.deepcopy(three())
    index = draw.draw(st.integers(0, 2))
    change = draw.draw(st.sampled_from(["gone", "nobody", "external", "before", "ssh", "stage"]))
    if change == "gone":
        del signatures[index]
    elif change == "nobody":
        signatures[index]["by"] = "nobody"
    elif change == "external":
        index = max(index, 1)
        signatures[index]["by"] = "xenia"
    elif change == "before":
        index = max(index, 1)
        signatures[index]["at"] = "2021-01-01"
    elif change == "ssh":
        signatures[index]["method"] = "ssh"
    else:
        signatures[index]["stage"] = draw.draw(
            st.sampled_from(["other", "created", "examined", "approved"]).filter(
                lambda stage: stage != signatures[index]["stage"]
            )
        )
    verdicts, problems = judge(frozen("1.0", signatures), as_of=TODAY)
    assert not verdicts["1.0"].released
    assert (
        any(CODES[problem.code].severity == "error" for problem in problems) or change == "nobody"
    )

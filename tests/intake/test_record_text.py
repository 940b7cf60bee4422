"""Records as text: what is added stands where it belongs, what was there stays."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regelwerk.intake.merge import merge
from regelwerk.intake.record_text import changed_text, new_text
from regelwerk.project.yaml_tree import read_yaml

BY_HAND = """\
# yaml-language-server: $schema=../x.json
process: sales        # ours
version: "1.3"
case: S-1
status: open
started: 2026-11-02
# When it is closed:
# closed:
inputs: {customer-request: {reference: mail}}   # the mail
steps:
  # the beginning
  - step: make-appointment
    by: anna.beispiel
    completed: 2026-11-03T10:15:00+01:00   # a phone call
    checks: {a: "yes"}
    remarks: |
      two
      lines

  - step: prepare
    by: [anna.beispiel, bernd.muster]
    completed: 2026-11-04
    fields:
      note: =1+1
# the end
deviations: []
"""
SOURCE = {"file": "evidence/S-1/f.docx", "sha256": "0" * 64, "kind": "docx"}


def changed(text: str, new: dict[str, Any], *, overwrite: bool = False) -> str | None:
    data = read_yaml(text).data
    counts: dict[str, int] = {}
    rounds = []
    for entry in new.get("steps", ()):
        counts[entry["step"]] = counts.get(entry["step"], 0) + 1
        rounds.append((entry["step"], counts[entry["step"]]))
    merged = merge(data, new, rounds, overwrite=overwrite)
    result = changed_text(text, merged.changes, SOURCE)
    if result is not None:
        tree = read_yaml(result)
        assert tree.problems == ()
        assert tree.data == {**merged.data, "source": SOURCE}
    return result


def test_what_is_added_to_a_record_written_by_hand_leaves_the_rest_alone() -> None:
    new = {
        "status": "closed",
        "closed": "2026-11-20",
        "end": "transferred",
        "inputs": {"technical-requirements": {"reference": "R&D: #1"}},
        "steps": [
            {
                "step": "make-appointment",
                "checks": {"b": "no"},
                "fields": {"time": "1:30"},
                "by": "anna.beispiel",
            },
            {"step": "prepare", "fields": {"other": "yes"}},
            {"step": "conduct", "by": "bernd.muster", "completed": "2026-11-05", "remarks": "a\nb"},
        ],
    }
    result = changed(BY_HAND, new)
    assert result is not None
    for line in BY_HAND.splitlines():
        start = line.split(" {")[0].split(" [")[0]
        if not line.startswith(("status", "deviations")):
            assert start in result
    assert "# a phone call" in result
    assert result.index("# the end") > result.index("step: conduct")
    assert result.index("conduct") > result.index("prepare")


def test_a_step_done_earlier_stands_before_those_done_later() -> None:
    new = {"steps": [{"step": "early", "by": "a", "completed": "2026-11-01"}]}
    result = changed(BY_HAND, new)
    assert result is not None
    assert result.index("early") < result.index("make-appointment")


@pytest.mark.parametrize(
    "text",
    [
        "process: sales\ncase: S-1\nsteps: []\n# steps go here\n",
        "process: sales\ncase: S-1\nsteps: []   # none yet",
        "{process: sales, case: S-1, steps: []}\n",
        "process: sales\ncase: S-1\nsteps: [{step: a, by: x, completed: 2026-01-01}]\n",
        "process: sales\ncase: S-1\nsteps:\n- step: a\n  by: x\n  completed: 2026-01-01\n",
        "process: sales\ncase: S-1\nsource:\n  kind: web\nsteps:\n- {step: a, by: x}\n",
        "process: sales\ncase: S-1\nremarks:\nsteps:\n- step: a\n  fields:\n  by: x\n",
    ],
)
def test_other_ways_to_write_the_same(text: str) -> None:
    new = {
        "end": "done",
        "steps": [
            {"step": "a", "by": "x", "fields": {"f": "1:30"}, "outputs": {"d": {"file": "x y"}}},
            {"step": "b", "by": "y", "completed": "2026-02-01", "checks": {"c": "yes"}},
        ],
    }
    result = changed(text, new)
    assert result is not None
    assert ("#" in result) == ("#" in text)


@pytest.mark.parametrize(
    "text",
    [
        "process: sales\ncase: S-1\nsteps:\n- &a {step: a, by: x}\n- *a\n",
        "process: sales\ncase: S-1\nsteps: [  # all\n  {step: a, by: x}  # mine\n  ]\n",
    ],
)
def test_what_cannot_be_changed_without_loss_is_not_changed(text: str) -> None:
    new = {"steps": [{"step": "a", "remarks": "r"}, {"step": "b", "by": "x"}]}
    data = read_yaml(text).data
    merged = merge(data, new, [("a", 1), ("b", 1)], overwrite=False)
    result = changed_text(text, merged.changes, SOURCE)
    assert result is None or read_yaml(result).data != {**merged.data, "source": SOURCE}


def test_a_recorded_value_is_replaced_where_that_is_asked_for() -> None:
    new = {
        "started": "2026-11-01",
        "steps": [
            {"step": "make-appointment", "remarks": "other"},
            {"step": "prepare", "by": "anna.beispiel", "fields": {"note": "two\nlines"}},
        ],
    }
    result = changed(BY_HAND, new, overwrite=True)
    assert result is not None
    assert "remarks: other" in result


@pytest.mark.parametrize("sign", ["\u202e", "\u2066", "\u200f", "\u061c"])
def test_signs_that_turn_the_direction_are_shown_by_their_numbers(sign: str) -> None:
    data = {"process": "p", "version": "1.0", "case": "C", "subject": f"abc{sign}gnp.exe"}
    text = new_text(data, "P", None)
    assert sign not in text
    assert read_yaml(text).data["subject"] == data["subject"]


def test_a_number_sign_in_a_value_is_no_comment() -> None:
    first = {"step": "a", "completed": "2026-11-03", "fields": {"f": "lead #1"}}
    data = {"process": "p", "version": "1.0", "case": "S-1", "steps": [first]}
    added = {"step": "a", "completed": "2026-11-03", "fields": {"g": "no. # 2"}}
    result = changed(new_text(data, "T", None), {"steps": [added]})
    assert result is not None
    assert '{f: "lead #1", g: "no. # 2"}' in result


TEXT = st.text(
    st.characters(blacklist_categories=("Cs",), blacklist_characters="\ufffe\uffff"), max_size=30
).filter(lambda text: not any((ord(c) < 32 and c not in "\t\n") or ord(c) == 127 for c in text))
VALUES = st.one_of(
    TEXT, st.sampled_from(["yes", "no", "1:30", "=1+1", "0123", "~", "", "- a", "a: b"])
)
ENTRY = st.fixed_dictionaries(
    {"step": st.sampled_from("abc"), "completed": st.dates().map(lambda d: d.isoformat())},
    optional={
        "remarks": VALUES,
        "fields": st.dictionaries(
            st.sampled_from(["f", "g", "no", "1"]), VALUES | st.integers(-9, 9)
        ),
        "outputs": st.dictionaries(
            st.sampled_from("de"), st.fixed_dictionaries({"reference": VALUES})
        ),
    },
)


@settings(max_examples=60, deadline=None)
@given(subject=VALUES, entries=st.lists(ENTRY, max_size=3))
def test_whatever_is_recorded_reads_back_as_the_same(subject: str, entries: list[Any]) -> None:
    data = {"process": "p", "version": "1.10", "case": "S-1", "subject": subject, "steps": entries}
    tree = read_yaml(new_text(data, "Title # with: {marks}", "../x.json"))
    assert tree.problems == ()
    assert tree.data == data


@settings(max_examples=60, deadline=None)
@given(first=st.lists(ENTRY, max_size=3), second=st.lists(ENTRY, max_size=3), subject=VALUES)
def test_whatever_is_added_reads_back_or_is_refused(
    first: list[Any], second: list[Any], subject: str
) -> None:
    data = {"process": "p", "version": "1.0", "case": "S-1", "steps": first}
    text = new_text(data, "T", None)
    assert changed(text, {"subject": subject, "steps": second}, overwrite=True) is not None

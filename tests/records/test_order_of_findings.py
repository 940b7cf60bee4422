"""Findings of one record are said in the order of the process, whatever their words."""

from __future__ import annotations

from random import Random

from records.support import entry, judge, process, record
from regelwerk.diagnostics import Diagnostic
from regelwerk.project.json_tree import read_json
from regelwerk.project.source import place_in

STEPS = ["zeta", "mike", "alpha", "beta", "last"]


def test_skipped_steps_come_in_the_order_of_the_process() -> None:
    steps = [{"id": step} for step in STEPS]
    steps[-1]["next"] = {"end": "done"}
    problems = judge(process(steps), record(entry("last"), closed_with="done"))
    tree = read_json('{"steps": [{}]}')
    findings = [place_in(tree, problem, "case.json") for problem in problems]
    other = place_in(tree, problems[0], "another.json")
    for seed in range(20):
        mixed = [*findings]
        mixed.insert(Random(seed).randrange(len(mixed) + 1), other)  # noqa: S311
        told = sorted(mixed, key=Diagnostic.sort_key)
        assert [one.file for one in told] == ["another.json"] + ["case.json"] * 4
        assert [one.message.split("`")[1] for one in told[1:]] == STEPS[:-1]

"""Whether the steps of cases come in the right order: our table of the flow, or pm4py's replay.

Run by records.py: python order.py ours|pm4py FOLDER. Prints how many cases fit, and CPU seconds of
the check alone and of the whole process. `write_cases` makes the cases and the process for both.
"""

from __future__ import annotations

import json
import sys
import time
import warnings
from pathlib import Path
from typing import Any

DEFINITION, CASES, NET = "definition.json", "cases.json", "order.bpmn"
# Whoever records these steps wrongly is told by what it does to the order.
_ORDER = ("skipped-step", "repeated-step", "after-end", "parallel-incomplete", "not-ended")


def write_cases(folder: Path, count: int) -> None:
    """Cases with their steps and options, and the process without what a net cannot say.

    A net in BPMN says only in words that a step is optional or repeatable, so neither is here.
    """
    from made_records import definition, records

    data = definition()
    for step in data["steps"]:
        step.pop("optional", None)
        step.pop("repeatable", None)
    data["steps"] = [step for step in data["steps"] if step["id"] != "clarify"]
    cases = []
    for record, code in records(count):
        if code is not None and not code.endswith(_ORDER):
            continue
        case: list[tuple[str, str | None]] = []
        for entry in record["steps"]:
            step = entry["step"]
            again = step == "assemble" and case and case[-1][0] == step
            if step != "clarify" and not again:
                case.append((step, entry.get("option")))
        cases.append(case)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / DEFINITION).write_text(json.dumps(data), encoding="utf-8")
    (folder / CASES).write_text(json.dumps(cases), encoding="utf-8")


def ours(folder: Path) -> tuple[int, int, float]:
    """How many cases there are, how many fit, and CPU seconds for the check."""
    from regelwerk.model.organization import Organization, Role
    from regelwerk.project.build_process import build_process
    from regelwerk.records.compile import compile_definition
    from regelwerk.records.flow_table import FlowTable

    data = json.loads((folder / DEFINITION).read_text(encoding="utf-8"))
    cases = json.loads((folder / CASES).read_text(encoding="utf-8"))
    roles = {role: Role(id=role, title=role) for role in ("clerk", "engineer", "manager")}
    compiled = compile_definition(
        build_process(data, "order"), Organization(name="Works", roles=roles)
    )
    began = time.process_time()
    flow = FlowTable(compiled)
    fit = 0
    for case in cases:
        stand: Any = flow.start
        for step, option in case:
            stand = flow.move(stand, (step, option, None)) if stand is not None else None
        fit += stand is not None and bool(stand.ends)
    return len(cases), fit, time.process_time() - began


def pm4py(folder: Path) -> tuple[int, int, float]:
    """The same by token replay on the net of the exported BPMN."""
    warnings.simplefilter("ignore")
    import pm4py
    from pm4py.objects.log.obj import Event, EventLog, Trace

    cases = json.loads((folder / CASES).read_text(encoding="utf-8"))
    graph = pm4py.read_bpmn(str(folder / NET))
    net, initial, final = pm4py.convert_to_petri_net(graph)
    titles = {step: step.replace("-", " ").capitalize() for case in cases for step, _ in case}
    log = EventLog(
        [
            Trace(
                [Event({"concept:name": titles[step]}) for step, _ in case],
                attributes={"concept:name": str(n)},
            )
            for n, case in enumerate(cases)
        ]
    )
    began = time.process_time()
    replayed = pm4py.algo.conformance.tokenreplay.algorithm.apply(log, net, initial, final)
    fit = sum(bool(one["trace_is_fit"]) for one in replayed)
    return len(cases), fit, time.process_time() - began


def main() -> None:
    which, folder = sys.argv[1:]
    count, fit, seconds = {"ours": ours, "pm4py": pm4py}[which](Path(folder))
    print(json.dumps({"cases": count, "fit": fit, "check": seconds, "whole": time.process_time()}))


if __name__ == "__main__":
    main()

"""Processes to export: the example projects', one of forty steps, odd ones, and random ones."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from checks_support import World
from records.flows import random_process
from regelwerk.exchange.bpmn.write import write
from regelwerk.model.context import BuildContext, resolve_names
from regelwerk.model.version import Status, Verdict
from regelwerk.operations.context import releases
from regelwerk.operations.diagram import diagram_of
from regelwerk.operations.examine import examine
from regelwerk.project.load import load

Data = dict[str, Any]
REPOSITORY = Path(__file__).resolve().parents[2]
CONTRACT = REPOSITORY / "tests/examples/contract"
SACRED = 'R&D <Vertrieb> "quoted" {{ x }} ü 漢字'
SEEDS = range(30)
_DAY = date(2026, 11, 24)


def context_of(data: Data, *others: Data, status: Status = Status.EFFECTIVE) -> BuildContext:
    """A version of the first definition, in a project that also holds the others."""
    world = World()
    world.processes = {one["id"]: one for one in (data, *others)}
    project = world.project()
    working = project.processes[data["id"]].working
    assert working is not None
    return BuildContext(
        project=project,
        definition=working,
        verdict=Verdict(version=working.process.version, status=status),
        names=resolve_names(project, None),
        as_of=_DAY,
        working=status is Status.DRAFT,
    )


def process(steps: list[Data], **more: Any) -> Data:
    """A definition with these steps; its ends are `done` and `stopped`."""
    return {
        "id": "one",
        "title": "One",
        "version": "1.0",
        "purpose": "Something is made.",
        "start": {"event": "Something is needed"},
        "steps": steps,
        "ends": {"done": {"event": "It is made"}, "stopped": {"event": "It is stopped"}},
    } | more


def step(id_: str, **more: Any) -> Data:
    """A step of the clerk."""
    return {"id": id_, "title": f"Do {id_}", "responsible": "clerk"} | more


def decision(id_: str, question: str | None = None, **options: Any) -> Data:
    """A step that decides; each option by its label and where it leads."""
    made = {key: {"label": key.capitalize(), "next": target} for key, target in options.items()}
    return step(id_, decision={"options": made} | ({"question": question} if question else {}))


def bpmn_of(data: Data, *others: Data, status: Status = Status.EFFECTIVE) -> bytes:
    """A definition as BPMN."""
    return write(diagram_of(context_of(data, *others, status=status)))


def forty_steps() -> Data:
    """Forty steps and more with loops, parallels in parallels, calls, and several ends."""
    steps: list[Data] = []
    for part in range(4):
        on = f"side-{part}"
        inner = {
            "left": [step(f"left-{part}"), step(f"left-two-{part}", responsible="manager")],
            "right": [
                decision(f"sift-{part}", "Enough?", enough={"join": True}, more=f"dig-{part}"),
                step(f"dig-{part}"),
            ],
        }
        steps += [
            step(f"do-{part}", optional=part == 2),
            step(f"draw-{part}", responsible="manager", repeatable=part == 1),
            step(f"test-{part}", repeatable=part == 3, optional=part == 3),
            decision(
                f"judge-{part}",
                f"Is part {part} good enough to be shown to the customer?",
                yes=on,
                again=f"do-{part}",
                stop={"end": "stopped"},
            ),
            {
                "id": on,
                "title": f"Side by side {part}",
                "parallel": {
                    "inside": [{"id": f"in-{part}", "title": "Inside", "parallel": inner}],
                    "outside": [step(f"out-{part}", responsible="ceo"), step(f"after-{part}")],
                },
            },
            step(f"call-{part}", calls={"process": "two", "outcomes": {"done": f"close-{part}"}}),
            step(f"mend-{part}", responsible="manager"),
            step(f"close-{part}"),
        ]
    steps[-1]["next"] = {"end": "done"}
    return process(steps, title="Forty steps")


def odd() -> Data:
    """Everything that a definition may hold and that BPMN has no gateway for."""
    return process(
        [
            decision("ask", None, left="alone", right="alone"),
            decision("alone", "Only one?", sure="single"),
            {"id": "single", "title": "Single", "parallel": {"only": [step("within")]}},
            step("work", optional=True, repeatable=True),
            step("twice", next="twice-more"),
            step("twice-more", title=SACRED),
            decision("end", SACRED, again="twice", done={"end": "done"}),
        ],
        title=SACRED,
        start={"event": SACRED},
        ends={"done": {"event": SACRED}, "never": {"event": "Nobody comes here"}},
    )


def random_definition(seed: int) -> Data:
    """A random process in which every step can be reached and left."""
    data = next(_sound(Random(seed)))  # noqa: S311
    return data | {"id": "one", "title": f"Random {seed}"}


def _sound(random: Random) -> Iterator[Data]:
    while True:
        data = random_process(random)
        for place, one in enumerate(_all(data["steps"])):
            if "responsible" in one:
                one["responsible"] = ("clerk", "manager", "ceo")[place % 3]
            for option, text in one.get("decision", {}).get("options", {}).items():
                text["label"] = f"{one['id']} {option}"
        world = World()
        world.processes = {"p": data}
        codes = {code for code, _ in world.found()}
        if not codes & {"flow/unreachable-step", "flow/no-path-to-end", "flow/loop-without-exit"}:
            yield data


def _all(steps: list[Data]) -> Iterator[Data]:
    for one in steps:
        yield one
        for branch in one.get("parallel", {}).values():
            yield from _all(branch)


@cache
def project_files(root: Path) -> dict[str, bytes]:
    """What a build of a project makes, by folder."""
    loaded = load(root)
    verdicts = examine(loaded, _DAY).verdicts
    return {
        release.folder: write(diagram_of(release.context))
        for folder in loaded.project.processes.values()
        for release in releases(loaded.project, folder, verdicts[folder.id], _DAY)
    }


@cache
def all_files() -> dict[str, bytes]:
    """Every process above as BPMN, by a name that says which."""
    two = process([step("other", next={"end": "done"})], id="two", title="Two")
    return {
        **{f"example {name}": made for name, made in project_files(REPOSITORY).items()},
        **{f"contract {name}": made for name, made in project_files(CONTRACT).items()},
        "forty": bpmn_of(forty_steps(), two, status=Status.DRAFT),
        "odd": bpmn_of(odd()),
        **{f"random {seed}": bpmn_of(random_definition(seed)) for seed in SEEDS},
    }

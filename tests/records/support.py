"""A small world for judging cases, with everything given as plain data."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from regelwerk.model.calendar import BusinessCalendar
from regelwerk.model.organization import Organization, Person, Role, RoleHolding
from regelwerk.project.build_process import build_process
from regelwerk.records.check import check_case
from regelwerk.records.compile import compile_definition
from regelwerk.records.evidence import EvidenceState
from regelwerk.records.index import build_index, case_entry
from regelwerk.records.world import World

PLACE = ("process/p/records/case.yaml", 0)
START = date(2026, 3, 2)


class Proofs:
    """Evidence whose states are given; everything else is there."""

    def __init__(self, states: dict[str, EvidenceState] | None = None) -> None:
        self.states = states or {}

    def state(self, _record: str, file: str, _sha256: str | None) -> EvidenceState:
        return self.states.get(file, EvidenceState.PRESENT)


class OneDefinition:
    """The definitions of a project that has a single one."""

    def __init__(self, compiled) -> None:
        self._compiled = compiled

    def processes(self):
        return (self._compiled.process.id,)

    def versions(self, process):
        return (self._compiled.version,) if process == self._compiled.process.id else None

    def compiled(self, _process, _version):
        return self._compiled


ORGANIZATION = Organization(
    name="O",
    timezone="Europe/Berlin",
    country="DE",
    roles={
        "doer": Role(id="doer", title="Doer"),
        "boss": Role(id="boss", title="Boss"),
        "crew": Role(id="crew", title="Crew", includes=("doer", "helper")),
        "helper": Role(id="helper", title="Helper"),
    },
)
PEOPLE = {
    "ann": Person(id="ann", name="Ann", roles=(RoleHolding(role="doer"),)),
    "ben": Person(id="ben", name="Ben", roles=(RoleHolding(role="doer", since=date(2026, 1, 1)),)),
    "old": Person(id="old", name="Old", roles=(RoleHolding(role="doer", until=date(2026, 2, 28)),)),
    "bob": Person(id="bob", name="Bob", roles=(RoleHolding(role="boss"),)),
    "hal": Person(id="hal", name="Hal", roles=(RoleHolding(role="helper"),)),
    "guest": Person(id="guest", name="Guest", external=True),
}


def process(steps: list, **more) -> dict:
    """A definition: steps without a title or a role get one."""
    return {
        "id": "p",
        "title": "P",
        "version": "1.0",
        "owner": "boss",
        "purpose": "…",
        "start": {"event": "…"},
        "ends": {"done": {"event": "Done", "success": True}, "off": {"event": "Off"}},
        **more,
        "steps": [_filled(step) for step in steps],
    }


def _filled(step: dict) -> dict:
    if "parallel" in step:
        branches = {name: [_filled(s) for s in steps] for name, steps in step["parallel"].items()}
        return {"title": step["id"].upper(), **step, "parallel": branches}
    return {"title": step["id"].upper(), "responsible": "doer", **step}


def compiled(definition: dict, **more):
    return compile_definition(build_process(definition, "p"), ORGANIZATION, **more)


def entry(step: str, option: str | None = None, **more) -> dict:
    found = {"step": step, "by": "ann", "completed": "2026-03-03", **more}
    return found if option is None else {**found, "option": option}


def record(*steps: dict, **more) -> dict:
    """An open case; `closed="done"` closes it with that end."""
    end = more.pop("closed_with", None)
    status = {"status": "closed", "closed": "2026-03-30", "end": end} if end else {"status": "open"}
    return {
        "process": "p",
        "version": "1.0",
        "case": "C-1",
        "started": START.isoformat(),
        **status,
        "steps": list(steps),
        **more,
    }


def world(definition, **more) -> World:
    given = {
        "organization": ORGANIZATION,
        "people": PEOPLE,
        "zone": ZoneInfo("Europe/Berlin"),
        "calendar": BusinessCalendar("DE"),
        "as_of": date(2026, 4, 30),
        "definitions": OneDefinition(definition),
        "evidence": Proofs(),
        "in_force": lambda _process, _day: "1.0",
        **more,
    }
    return World(**given)


def index(*records: dict):
    return build_index(
        case_entry(data, (f"process/p/records/{number}.yaml", 0))
        for number, data in enumerate(records)
    )


def judge(definition: dict, data: dict, **more) -> list:
    """The problems of a record."""
    table = compiled(definition)
    return check_case(data, table, world(table, **more), PLACE)


def said(problems: list) -> list[str]:
    """Problems as `code at.path`, or `code at.path (info)`."""
    return [
        f"{problem.code} {'.'.join(map(str, problem.path))}"
        + (f" ({problem.severity.value})" if problem.severity else "")
        for problem in problems
    ]

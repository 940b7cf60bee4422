"""A project with any number of processes and records, 5 % of these with one fault of 18 kinds.

The same seed makes the same bytes; which record has which fault is the truth that a check is
measured against. Faults stand alone: a faulty record has that finding and no other.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from regelwerk.approvals.digest import digest

Record = dict[str, Any]
AS_OF = date(2026, 11, 24)
_PEOPLE = {
    "clerk": ["anna", "bert", "cleo"],
    "engineer": ["dora", "emil", "fred"],
    "manager": ["gerd", "hans"],
}
_TEXT = (
    "The customer asked for a binding date; the drawing was checked against the specification and "
    "the open points were settled by telephone."
)


def _step(id_: str, role: str, **more: Any) -> Record:
    return {"id": id_, "title": id_.replace("-", " ").capitalize(), "responsible": role, **more}


def name_of(number: int) -> str:
    """The id of a process; the first is `order`."""
    return "order" if number == 0 else f"order-{number}"


def definition(number: int = 0) -> Record:
    """Decisions, a loop, a parallel, fields, checks, evidence, due dates, four eyes."""
    checked = [{"id": name, "label": name.capitalize()} for name in ("complete", "signed")]
    return {
        "id": name_of(number),
        "document": f"P-ORD-{number + 1:02}",
        "title": "Order",
        "version": "1.0",
        "category": "core",
        "owner": "manager",
        "purpose": "Orders are fulfilled.",
        "start": {"event": "An order has come in"},
        "documents": {
            "confirmation": {"title": "Confirmation"},
            "report": {"title": "Test report"},
            "note": {"title": "Delivery note"},
        },
        "steps": [
            _step(
                "receive",
                "clerk",
                fields=[
                    {"id": "amount", "label": "Amount", "type": "number", "required": True},
                    {"id": "wanted", "label": "Wanted on", "type": "date", "required": True},
                    {"id": "customer", "label": "Customer", "type": "text"},
                ],
                checks=checked,
            ),
            _step("clarify", "clerk", optional=True),
            _step(
                "decide",
                "manager",
                due={"within": "P10D", "after": "receive"},
                decision={
                    "question": "Do we take it?",
                    "options": {
                        "accept": {"label": "Yes", "next": "confirm"},
                        "refuse": {"label": "No", "next": {"end": "refused"}},
                        "unclear": {"label": "Ask again", "next": "receive", "max_repeats": 2},
                    },
                },
            ),
            _step("confirm", "clerk", outputs=["confirmation"]),
            {
                "id": "make",
                "title": "Make",
                "parallel": {
                    "parts": [_step("order-parts", "clerk"), _step("store-parts", "clerk")],
                    "plan": [_step("plan-work", "engineer", checks=checked)],
                },
            },
            _step("assemble", "engineer", repeatable=True),
            _step(
                "test",
                "engineer",
                not_same_person_as=["assemble"],
                outputs=["report"],
                fields=[
                    {
                        "id": "result",
                        "label": "Result",
                        "type": "choice",
                        "options": ["good", "fair"],
                        "required": True,
                    }
                ],
            ),
            _step("deliver", "clerk", inputs=["report"], outputs=["note"]),
            _step("invoice", "clerk", next={"end": "delivered"}),
        ],
        "ends": {
            "delivered": {"event": "The order is delivered", "success": True},
            "refused": {"event": "The order is refused"},
        },
    }


def write_project(root: Path, definitions: int = 1) -> None:
    """organization.yaml, people.yaml and the processes, approved on paper; JSON is YAML too."""
    process = root / "process"
    roles = {role: {"title": role.capitalize()} for role in _PEOPLE}
    people = {
        person: {"name": person.capitalize(), "roles": [{"role": role}]}
        for role, names in _PEOPLE.items()
        for person in names
    }
    people["olga"] = {"name": "Olga", "roles": [{"role": "clerk", "until": "2019-12-31"}]}
    approval = [{"stage": "approved", "title": "Approval", "role": "manager"}]
    _write(
        process / "organization.yaml",
        {
            "name": "Works",
            "languages": ["en"],
            "standards": ["ISO 9001:2015"],
            "timezone": "Europe/Berlin",
            "country": "DE",
            "roles": roles,
            "approval": {"standard": approval},
            "paper_until": "2026-12-31",
        },
    )
    _write(process / "people.yaml", people)
    for number in range(definitions):
        _write_process(process / name_of(number), definition(number))
    (process / "order/records").mkdir()


def _write_process(folder: Path, data: Record) -> None:
    _write(folder / "process.yaml", data)
    _write(folder / "versions/1.0/process.yaml", data)
    signature = {
        "stage": "approved",
        "by": "gerd",
        "role": "manager",
        "at": "2019-12-01",
        "method": "paper",
    }
    _write(
        folder / "versions/1.0/approvals.yaml",
        {
            "version": "1.0",
            "digest": digest(data, None),
            "effective_from": "2020-01-01",
            "signatures": [signature],
        },
    )


def _write(path: Path, data: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")


def records(count: int, seed: int = 1, definitions: int = 1) -> Iterator[tuple[Record, str | None]]:
    """Each record, and the code of its fault or None; the definitions take turns."""
    random = Random(seed)
    kinds = list(FAULTS)
    faults = 0
    for number in range(count):
        record = _record(random, f"O-{number:07}")
        record["process"] = name_of(number % definitions)
        code = None
        if random.random() < 0.05:
            code = kinds[faults % len(kinds)]
            faults += 1
            FAULTS[code](record)
        yield record, code


def _record(random: Random, case: str) -> Record:
    day = date(2020, 1, 6) + timedelta(days=random.randrange(2000))
    steps: list[Record] = []

    def do(step: str, role: str, **more: Any) -> str:
        nonlocal day
        day += timedelta(days=random.randrange(4))
        by = more.pop("by", None) or random.choice(_PEOPLE[role])
        completed = day.isoformat()
        if random.random() < 0.3:
            completed += f"T{random.randrange(8, 17):02}:{random.randrange(60):02}:00+01:00"
            day += timedelta(days=1)
        entry = {"step": step, "by": by, "completed": completed, **more}
        entry["remarks"] = _TEXT
        steps.append(entry)
        return by

    started = day
    for _ in range(1 + (random.random() < 0.2)):
        if steps:
            steps[-1]["option"] = "unclear"
        do(
            "receive",
            "clerk",
            fields={
                "amount": random.randrange(1, 90_000),
                "wanted": day.isoformat(),
                "customer": "Müller Flugzeugbau GmbH & Co. KG",
            },
            checks={"complete": "yes", "signed": "yes"},
        )
        if random.random() < 0.5:
            do("clarify", "clerk")
        do("decide", "manager", option="accept")
    do("confirm", "clerk", outputs={"confirmation": {"reference": f"mail of {day}"}})
    checks = {"complete": "yes", "signed": "not-applicable"}
    order = [("order-parts", "clerk", {}), ("plan-work", "engineer", {"checks": checks})]
    for step, role, more in order if random.random() < 0.5 else reversed(order):
        do(step, role, **more)
    do("store-parts", "clerk")
    engineer = random.choice(_PEOPLE["engineer"])
    for _ in range(random.randrange(1, 3)):
        do("assemble", "engineer", by=engineer)
    other = random.choice([name for name in _PEOPLE["engineer"] if name != engineer])
    do(
        "test",
        "engineer",
        by=other,
        fields={"result": "good"},
        outputs={"report": {"reference": f"ERP {random.randrange(10**6)}", "system": "ERP"}},
    )
    do("deliver", "clerk", outputs={"note": {"reference": f"ERP {random.randrange(10**6)}"}})
    do("invoice", "clerk")
    return {
        "process": "order",
        "version": "1.0",
        "case": case,
        "subject": "Order of a control cabinet",
        "status": "closed",
        "started": started.isoformat(),
        "closed": (day + timedelta(days=1)).isoformat(),
        "end": "delivered",
        "steps": steps,
    }


def _entry(record: Record, step: str) -> Record:
    return next(entry for entry in reversed(record["steps"]) if entry["step"] == step)


def _skip(record: Record) -> None:
    record["steps"].remove(_entry(record, "confirm"))


def _unknown(record: Record) -> None:
    clerk = _entry(record, "confirm")
    record["steps"].insert(record["steps"].index(clerk), {**clerk, "step": "tidy", "outputs": {}})


def _again(record: Record) -> None:
    confirm = _entry(record, "confirm")
    record["steps"].insert(record["steps"].index(confirm), {**confirm})


def _set(step: str, key: str, value: Any) -> Callable[[Record], None]:
    def change(record: Record) -> None:
        _entry(record, step)[key] = value

    return change


def _drop(step: str, *keys: str) -> Callable[[Record], None]:
    def change(record: Record) -> None:
        holder: Any = _entry(record, step)
        for key in keys[:-1]:
            holder = holder[key]
        del holder[keys[-1]]

    return change


def _after_end(record: Record) -> None:
    invoice = _entry(record, "invoice")
    record["steps"].append({**invoice, "step": "assemble", "by": "dora"})


def _before_join(record: Record) -> None:
    record["steps"].remove(_entry(record, "store-parts"))


def _four_eyes(record: Record) -> None:
    _entry(record, "test")["by"] = _entry(record, "assemble")["by"]


def _early(record: Record) -> None:
    _entry(record, "invoice")["completed"] = record["started"]


def _not_ended(record: Record) -> None:
    record["steps"].pop()


def _end(record: Record) -> None:
    record["end"] = "refused"


def _future(record: Record) -> None:
    record["closed"] = "2030-01-01"


def _evidence(record: Record) -> None:
    _entry(record, "deliver")["outputs"]["note"] = {"file": "evidence/none.pdf"}


FAULTS: dict[str, Callable[[Record], None]] = {
    "record/skipped-step": _skip,
    "record/unknown-step": _unknown,
    "record/repeated-step": _again,
    "record/wrong-role": _set("confirm", "by", "dora"),
    "record/role-not-held": _set("confirm", "by", "olga"),
    "record/unknown-person": _set("confirm", "by", "nobody"),
    "record/four-eyes": _four_eyes,
    "record/missing-output": _drop("deliver", "outputs", "note"),
    "record/missing-field": _drop("test", "fields", "result"),
    "record/unchecked": _drop("plan-work", "checks", "signed"),
    "record/evidence-missing": _evidence,
    "record/after-end": _after_end,
    "record/parallel-incomplete": _before_join,
    "record/time-order": _early,
    "record/not-ended": _not_ended,
    "record/wrong-end": _end,
    "record/in-future": _future,
    "schema/value": _set("invoice", "completed", "2024-02-30"),
}

"""A project with one process of forty steps, and its form filled in from the first to the last."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from regelwerk.approvals.digest import digest
from regelwerk.artifacts.checklist.form import form_of
from regelwerk.artifacts.checklist.render import render_checklist
from regelwerk.artifacts.checklist.workbook import render_workbook
from regelwerk.model.context import BuildContext
from regelwerk.operations.import_form import Definitions
from regelwerk.project.load import load
from regelwerk.project.templates import TemplateFolder

DAY = date(2026, 11, 24)
REPOSITORY = Path(__file__).resolve().parents[2]
STEPS = 40


def write_project(folder: Path) -> Path:
    """A process in force, approved on paper by its only person."""
    steps = [
        {
            "id": f"step-{n}",
            "title": f"Do part {n}",
            "responsible": "clerk",
            "fields": [
                {"id": "note", "label": "Note", "type": "text"},
                {"id": "hours", "label": "Hours", "type": "number", "unit": "h"},
            ],
            "checks": [{"id": "done", "label": "It is done"}, {"id": "seen", "label": "Seen"}],
        }
        for n in range(1, STEPS + 1)
    ]
    steps[-1]["next"] = {"end": "done"}
    definition: dict[str, Any] = {
        "id": "forty",
        "document": "P-40",
        "title": "Forty steps",
        "version": "1.0",
        "category": "core",
        "owner": "clerk",
        "purpose": "Many steps.",
        "steps": steps,
        "start": {"event": "It begins"},
        "ends": {"done": {"event": "Done", "success": True}},
    }
    people = {"anna": {"name": "Anna Beispiel", "roles": [{"role": "clerk"}]}}
    organization = {
        "name": "Example",
        "timezone": "Europe/Berlin",
        "roles": {"clerk": {"title": "Clerk"}},
        "approval": {"standard": [{"stage": "created", "title": "Creation"}]},
    }
    approvals = {
        "version": "1.0",
        "digest": digest(definition, None),
        "effective_from": "2026-01-01",
        "signatures": [{"stage": "created", "by": "anna", "at": "2026-01-01", "method": "paper"}],
    }
    for file, data in (
        ("process/organization.yaml", organization),
        ("process/people.yaml", people),
        ("process/forty/process.yaml", definition),
        ("process/forty/versions/1.0/process.yaml", definition),
        ("process/forty/versions/1.0/approvals.yaml", approvals),
    ):
        path = folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(data), encoding="utf-8")
    return folder


def context_of(folder: Path) -> BuildContext:
    found = Definitions(load(folder), DAY).context("forty", "1.0")
    assert found is not None
    return found


def record(case: str) -> dict[str, Any]:
    """Everything that the form asks is answered."""
    return {
        "process": "forty",
        "version": "1.0",
        "case": case,
        "subject": "Many steps",
        "status": "closed",
        "started": "2026-02-02",
        "closed": "2026-03-13",
        "end": "done",
        "steps": [
            {
                "step": f"step-{n}",
                "by": "anna",
                "completed": date.fromordinal(date(2026, 2, 1).toordinal() + n).isoformat(),
                "checks": {"done": "yes", "seen": "not-applicable"},
                "fields": {"note": f"R&D <{n}>\nsecond line", "hours": n / 2},
                "remarks": "nothing",
            }
            for n in range(1, STEPS + 1)
        ],
    }


def filled(context: BuildContext, kind: str, case: str) -> bytes:
    """The filled form; what is filled in is what the record says."""
    if kind == "xlsx":
        return render_workbook(context, record(case)).content
    return render_checklist(context, TemplateFolder(REPOSITORY), record(case)).content


def fields(context: BuildContext) -> int:
    return len(form_of(context).all_fields())

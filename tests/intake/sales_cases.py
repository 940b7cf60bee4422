"""The sales process with version 1.4 frozen and signed on paper, and cases worked by it."""

from __future__ import annotations

import contextlib
import io
from datetime import date
from pathlib import Path
from typing import Any

from intake.form_files import SACRED, project
from regelwerk.cli.main import run
from regelwerk.model.context import BuildContext
from regelwerk.model.process import Step
from regelwerk.operations.import_form import Definitions
from regelwerk.project.load import load

DAY = date(2026, 11, 24)
TEXTS = ("yes", "1:30", "2026-11-24", "=1+1", "0123", SACRED, "one\ntwo", "&<>\"'", "äöü ß")
_SIGNED = (
    ("created", "christian.gabriel", ""),
    ("examined", "kavin.somasundaram", "role: qmb, "),
    ("approved", "gerald.unger", "role: ceo, "),
)
_ANSWERS = {"volume": 12000, "duration": 1.5, "hours": 40, "costs": 1234.5, "consent": "yes"}
_ANSWERS |= {"date": "2026-05-20", "valid-until": "2026-07-31", "origin": "Trade fair"}
_ANSWERS |= {"impression": "Open", "risk": "High", "member": "Legal"}


def project_14(folder: Path, language: str = "en") -> Path:
    """The example project without its cases; its version 1.4 is in force from 14 May 2026."""
    root = project(folder)
    organization = root / "process/organization.yaml"
    text = organization.read_text("utf-8")
    assert "languages: [en]" in text
    organization.write_text(text.replace("languages: [en]", f"languages: [{language}]"), "utf-8")
    _do(root, "versions", "submit", "sales", "--effective-from", "2026-05-14")
    approvals = root / "process/sales/versions/1.4/approvals.yaml"
    approvals.write_text(
        approvals.read_text("utf-8").partition("signatures:")[0]
        + "signatures:\n"
        + "".join(
            f"  - {{stage: {stage}, by: {by}, {role}at: 2026-05-11, method: paper}}\n"
            for stage, by, role in _SIGNED
        ),
        "utf-8",
    )
    return root


def context_14(root: Path) -> BuildContext:
    found = Definitions(load(root), DAY).context("sales", "1.4")
    assert found is not None
    return found


def case_14(root: Path, case: str, *, won: bool) -> dict[str, Any]:
    """A closed case in which the management asks for more facts twice; texts are of every kind."""
    steps = {step.id: step for step in context_14(root).definition.process.work_steps()}
    texts = iter(TEXTS * 9)

    def done(id_: str, day: str, **more: Any) -> dict[str, Any]:
        return _entry(steps[id_], day, texts, more)

    entries = [
        done("make-appointment", "05-18"),
        done("prepare", "05-19"),
        done("conduct-first-appointment", "05-20"),
        done("revise", "05-21"),
        done("assess", "05-22"),
        done("decide", "05-26", option="unclear"),
        done("assess", "05-26"),
        done("decide", "05-27", option="unclear"),
        done("assess", "05-28"),
        done("decide", "05-29", option="interested" if won else "not-interested"),
    ]
    if won:
        called = {"called_case": {"reference": "Q-1"}}
        entries += [
            done("qualify", "06-02", **called),
            done("offer-cooperation", "06-03"),
            done("receive-inquiry", "06-04"),
        ]
    else:
        entries.append(done("transfer", "06-04"))
    return {
        "process": "sales",
        "version": "1.4",
        "case": case,
        "subject": SACRED,
        "status": "closed",
        "started": "2026-05-16",
        "closed": "2026-06-04",
        "end": "inquiry-received" if won else "transferred",
        "inputs": {
            "customer-request": {"reference": "=1+1"},
            "technical-requirements": {"reference": "0123"},
        },
        "steps": entries,
    }


def _entry(step: Step, day: str, texts: Any, more: dict[str, Any]) -> dict[str, Any]:
    by = "magda.exempel" if step.responsible == "management" else "anna.beispiel"
    fields = {
        field.id: _ANSWERS[field.id] if field.id in _ANSWERS else next(texts)
        for field in step.fields
    }
    entry = {
        "step": step.id,
        "by": by,
        "completed": f"2026-{day}",
        **more,
        "checks": {check.id: "yes" for check in step.checks},
        "fields": fields,
        "outputs": {document: {"reference": _line(next(texts))} for document in step.outputs},
        "remarks": next(texts),
    }
    return {key: value for key, value in entry.items() if value != {}}


def _line(text: str) -> str:
    """References stand on one line."""
    return text.replace("\n", " ")


def _do(root: Path, *arguments: str) -> None:
    with contextlib.redirect_stdout(io.StringIO()) as said:
        code = run(["-C", str(root), "--as-of", "2026-05-12", *arguments])
    assert code == 0, said.getvalue()

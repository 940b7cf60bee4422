"""Checklists in the browser to look at: the example project's, and of definitions given as data."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

from records.support import ORGANIZATION, PEOPLE
from regelwerk.model.context import BuildContext, resolve_names
from regelwerk.model.project import Definition, ProcessFolder, Project
from regelwerk.model.version import Status, Verdict
from regelwerk.operations.kinds import KINDS
from regelwerk.project.build_process import build_process
from regelwerk.project.templates import TemplateFolder

REPOSITORY = Path(__file__).resolve().parents[3]


def page_of(context: BuildContext) -> str:
    """The page as a build makes it."""
    kind = next(kind for kind in KINDS if kind.name == "webform")
    [artifact] = kind.render(context, TemplateFolder(REPOSITORY))
    assert artifact.path == "checklist.html"
    return artifact.content.decode()


def context_of(definition: dict[str, Any]) -> BuildContext:
    """A draft of that definition in a small organization."""
    built = Definition(
        file="process/p/process.yaml",
        data=definition,
        process=build_process(definition, "p"),
        sound=True,
    )
    folder = ProcessFolder(id="p", folder="process/p", working=built, versions=())
    project = Project(organization=ORGANIZATION, people=PEOPLE, processes={"p": folder})
    return BuildContext(
        project=project,
        definition=built,
        verdict=Verdict(version="1.0", status=Status.DRAFT, digest="sha256:" + "ab" * 32),
        names=resolve_names(project, None),
        as_of=date(2026, 11, 24),
        working=True,
    )


def data_of(page: str) -> dict[str, Any]:
    """What the page brings along for its script."""
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert found is not None
    return json.loads(found[1])

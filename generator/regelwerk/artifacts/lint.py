"""What is wrong with templates, whatever they are for; a line for every kind of template."""

from __future__ import annotations

from collections.abc import Callable, Collection

from regelwerk.diagnostics import Problem
from regelwerk.model.context import TemplateSource
from regelwerk.model.project import Project

_Lint = Callable[[Project, TemplateSource], list[Problem]]


def _documents(_project: Project, templates: TemplateSource) -> list[Problem]:
    from regelwerk.artifacts.document.lint import lint_documents

    return list(lint_documents(templates))


def _checklists(_project: Project, templates: TemplateSource) -> list[Problem]:
    from regelwerk.artifacts.checklist.lint import lint_checklists

    return list(lint_checklists(templates))


def _emails(project: Project, templates: TemplateSource) -> list[Problem]:
    from regelwerk.artifacts.email.lint import lint_emails

    return list(lint_emails(project, templates))


def _handbook(_project: Project, templates: TemplateSource) -> list[Problem]:
    from regelwerk.artifacts.handbook.lint import lint_handbook

    return list(lint_handbook(templates))


LINTS: dict[str, _Lint] = {
    "document": _documents,
    "checklist": _checklists,
    "email": _emails,
    "handbook": _handbook,
}


def lint_templates(
    project: Project, templates: TemplateSource, areas: Collection[str]
) -> list[Problem]:
    """Findings in the templates of these areas; each has file, line and column."""
    return [
        problem
        for area, lint in LINTS.items()
        if area in areas
        for problem in lint(project, templates)
    ]

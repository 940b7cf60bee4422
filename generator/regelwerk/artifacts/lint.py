"""What is wrong with templates, whatever they are for; a line for every kind of template."""

from __future__ import annotations

from regelwerk.artifacts.checklist.lint import lint_checklists
from regelwerk.artifacts.document.lint import lint_documents
from regelwerk.artifacts.email.lint import lint_emails
from regelwerk.artifacts.handbook.lint import lint_handbook
from regelwerk.diagnostics import Problem
from regelwerk.model.context import TemplateSource
from regelwerk.model.project import Project


def lint_templates(project: Project, templates: TemplateSource) -> list[Problem]:
    """Findings in templates; each has file, line and column."""
    return [
        *lint_documents(templates),
        *lint_checklists(templates),
        *lint_emails(project, templates),
        *lint_handbook(templates),
    ]

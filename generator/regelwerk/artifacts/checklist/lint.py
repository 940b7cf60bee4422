"""Whether the templates of checklists can be filled in."""

from __future__ import annotations

from regelwerk.artifacts.checklist.render import sample_checklist_view
from regelwerk.artifacts.office.lint import lint_area
from regelwerk.diagnostics import Problem
from regelwerk.model.context import TemplateSource


def lint_checklists(templates: TemplateSource) -> list[Problem]:
    """Everything wrong with the templates in `templates/checklist/`."""
    return lint_area(templates, "checklist", sample_checklist_view)

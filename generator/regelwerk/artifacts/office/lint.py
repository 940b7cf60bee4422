"""Whether a Word template can be filled in: broken tags, unsafe expressions, unknown names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from regelwerk.artifacts.office.shape import shape_of
from regelwerk.artifacts.office.template import problems
from regelwerk.diagnostics import Problem
from regelwerk.errors import RenderError
from regelwerk.model.context import Template, TemplateSource


def lint_word_template(template: Template, sample: Mapping[str, Any]) -> list[Problem]:
    """Everything wrong with a template of a document or a checklist, each with its place.

    `sample` is a view that holds every key, see `view.sample_view`. A place is the part, the
    text of the paragraph and the expression; line and column are always 1.
    """
    try:
        return problems(template, shape_of(dict(sample)))
    except RenderError as error:
        fault = Problem(
            "template/syntax", (), error.message, error.hint, line=1, column=1, file=template.file
        )
        return [fault]


def lint_area(
    templates: TemplateSource, area: str, sample: Callable[[], Mapping[str, Any]]
) -> list[Problem]:
    """Everything wrong with the Word templates of an area; other files are left alone."""
    found: list[Problem] = []
    for name in templates.names(area):
        template = templates.read(area, name) if name.lower().endswith(".docx") else None
        if template is not None:
            found += lint_word_template(template, sample())
    return found

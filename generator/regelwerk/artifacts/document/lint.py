"""Whether the templates of documents can be filled in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from regelwerk.artifacts.office.lint import lint_area, lint_word_template
from regelwerk.artifacts.view.sample import sample_view
from regelwerk.diagnostics import Problem
from regelwerk.model.context import Template, TemplateSource


def lint_documents(templates: TemplateSource) -> list[Problem]:
    """Everything wrong with the templates in `templates/document/`."""
    return lint_area(templates, "document", sample_view)


def lint_document_template(template: Template, sample: Mapping[str, Any]) -> list[Problem]:
    """Everything wrong with one template, tried with a view such as `view.sample_view`'s."""
    return lint_word_template(template, sample)

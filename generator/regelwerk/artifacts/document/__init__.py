"""The controlled document: a Word file from the house template or the project's own."""

from regelwerk.artifacts.document.lint import lint_document_template
from regelwerk.artifacts.document.render import render_document

__all__ = ["lint_document_template", "render_document"]

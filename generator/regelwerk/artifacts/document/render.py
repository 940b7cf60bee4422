"""One version of a process as a controlled Word document."""

from __future__ import annotations

from collections.abc import Mapping

from regelwerk.artifacts.document.picture import figure
from regelwerk.artifacts.office.filters import Insert
from regelwerk.artifacts.office.package import Package
from regelwerk.artifacts.office.write import find_template, write_word
from regelwerk.artifacts.view.process import process_view
from regelwerk.model.context import Artifact, BuildContext, TemplateSource

TEMPLATE = "process.docx"


def render_document(context: BuildContext, templates: TemplateSource) -> Artifact:
    """`document.docx`: from `templates/document/process.docx` and the reader's view.

    Raises RenderError where the template cannot be filled in; it names part and paragraph.
    """
    template = find_template(templates, "document", TEMPLATE)
    view = process_view(context)

    def inserts(package: Package, width: int) -> Mapping[str, Insert]:
        return {"picture": lambda: figure(context, view, package, width)}

    content = write_word(template, view, inserts, title=view["title"])
    return Artifact("document.docx", content)

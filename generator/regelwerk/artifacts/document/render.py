"""One version of a process as a controlled Word document."""

from __future__ import annotations

from collections.abc import Mapping

from regelwerk.artifacts.document.picture import figure
from regelwerk.artifacts.office.contents import contents_place
from regelwerk.artifacts.office.filters import Insert
from regelwerk.artifacts.office.logo import logo
from regelwerk.artifacts.office.package import Package
from regelwerk.artifacts.office.write import find_template, write_word
from regelwerk.artifacts.view.process import process_view
from regelwerk.model.context import Artifact, BuildContext, TemplateSource

TEMPLATE = "process.docx"


def render_document(
    context: BuildContext, templates: TemplateSource, *, contents: bool | None = None
) -> Artifact:
    """`document.docx`: from `templates/document/process.docx` and the reader's view.

    A table of contents is there from seven pages on, by estimate unless `contents` says whether.
    Raises RenderError where the template cannot be filled in; it names part and paragraph.
    """
    template = find_template(templates, "document", TEMPLATE)
    view = process_view(context)

    def inserts(package: Package, width: int) -> Mapping[str, Insert]:
        return {
            "logo": lambda part: logo(templates, package, part, alt=view["organization"]),
            "contents": lambda _: contents_place(view["words"]["contents"]),
            "picture": lambda _: figure(context, view, package, width),
        }

    content = write_word(template, view, inserts, title=view["title"], contents=contents)
    return Artifact("document.docx", content)

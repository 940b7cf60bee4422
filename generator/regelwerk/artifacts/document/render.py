"""One version of a process as a controlled Word document."""

from __future__ import annotations

from collections.abc import Mapping

from regelwerk.artifacts.document.figures import drawn_figures, key_figures
from regelwerk.artifacts.document.picture import figure
from regelwerk.artifacts.office.contents import contents_place
from regelwerk.artifacts.office.filters import Insert
from regelwerk.artifacts.office.logo import logo
from regelwerk.artifacts.office.package import Package
from regelwerk.artifacts.office.write import find_template, write_word
from regelwerk.artifacts.view.process import process_view
from regelwerk.errors import RenderError
from regelwerk.model.context import Artifact, BuildContext, TemplateSource

TEMPLATE = "process.docx"


def render_document(
    context: BuildContext, templates: TemplateSource, *, contents: bool | None = None
) -> Artifact:
    """`document.docx`: from `templates/document/process.docx` and the reader's view.

    A table of contents is there from seven pages on, by estimate unless `contents` says whether.
    Figures of the context are drawn, see `key_figures`. Raises RenderError where the template
    cannot be filled in, it names part and paragraph; or where it has no place for the figures.
    """
    template = find_template(templates, "document", TEMPLATE)
    view = process_view(context)
    placed = False

    def inserts(package: Package, width: int) -> Mapping[str, Insert]:
        def figures(part: str) -> str:
            nonlocal placed
            placed = True
            return key_figures(context, package, part, width)

        return {
            "logo": lambda part: logo(templates, package, part, alt=view["organization"]),
            "contents": lambda _: contents_place(view["words"]["contents"]),
            "picture": lambda _: figure(context, view, package, width),
            "figures": figures,
        }

    content = write_word(template, view, inserts, title=view["title"], contents=contents)
    if not placed and drawn_figures(context):
        raise RenderError(
            f"{template.file} has no place for key figures",
            "put {{p 'figures' | insert }} in a paragraph of its own where they shall stand",
        )
    return Artifact("document.docx", content)

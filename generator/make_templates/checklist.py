"""The house template of the checklist."""

from make_templates.pieces import p
from make_templates.skeleton import template


def checklist_template() -> bytes:
    """The template `templates/checklist/checklist.docx`."""
    body = (
        p("{{ checklist.title }}", "Title")
        + p("{{ checklist.intro }}", "BodyText")
        + p("{{p 'form' | insert }}")
    )
    return template(body, footer_left="{{ checklist.definition }}")

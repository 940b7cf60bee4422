"""The house template of the checklist."""

from make_templates.pieces import p, tag, when
from make_templates.skeleton import template


def checklist_template() -> bytes:
    """The template `templates/checklist/checklist.docx`."""
    body = (
        p("{{ checklist.title }}", "Title")
        + p("{{ checklist.definition }}", "Subtitle")
        + tag("if status.stamp")
        + p("{{ status.text }}", "StatusWarning")
        + tag("else")
        + p("{{ status.text }}", "Status")
        + tag("endif")
        + p("{{ checklist.intro }}", "BodyText")
        + p("{{p 'form' | insert }}")
        + when("checklist.digest", p("{{ checklist.digest }}", "Note"))
    )
    return template(body, footer_left="{{ checklist.title }}")

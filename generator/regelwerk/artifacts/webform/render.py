"""One version of a process as a page that is filled in in the browser."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from regelwerk.artifacts.checklist.form import form_of
from regelwerk.artifacts.marks.html import page_marks, with_page_digest
from regelwerk.artifacts.office.build_digest import PLACE_SHORT
from regelwerk.artifacts.view.lookup import Lookup, lookup
from regelwerk.artifacts.view.standing import status_view
from regelwerk.artifacts.webform.data import form_data
from regelwerk.artifacts.webform.page import page
from regelwerk.artifacts.webform.script import bundle
from regelwerk.artifacts.webform.sections import SectionWriter
from regelwerk.artifacts.webform.words import webform_words
from regelwerk.errors import RenderError
from regelwerk.model.context import Artifact, BuildContext, TemplateSource

AREA, STYLE = "checklist", "checklist.css"
FILE = "checklist.html"


def render_webform(
    context: BuildContext, templates: TemplateSource, schema: Mapping[str, Any]
) -> Artifact:
    """`checklist.html`, one file that needs no other; `schema` is that of the version's records.

    Its looks come from `templates/checklist/checklist.css`; a RenderError where that is missing or
    not UTF-8.
    """
    look = lookup(context)
    words = {
        **look.speech.labels,
        **webform_words(context.names.language, context.names.translations),
    }
    form = form_of(context)
    sections = SectionWriter(look, words)
    content = page(
        language=look.speech.language,
        words=words,
        status=status_view(look),
        head=_head(look),
        style=_style(templates),
        script=bundle(),
        data={**form_data(look, words), "schema": schema},
        case=sections.case(form),
        steps=Markup("").join(sections.step(step) for step in form.steps),
        further=Markup("").join(sections.step(step) for step in form.further),
        result=sections.result(form),
    )
    return Artifact(FILE, with_page_digest(content.encode()))


def _head(look: Lookup) -> dict[str, str]:
    say, process = look.speech.say, look.process
    digest = look.context.verdict.digest or ""
    told = (
        say(
            "checklist.digest",
            process=process.title,
            version=process.version,
            digest=digest.removeprefix("sha256:"),
        )
        if digest
        else ""
    )
    return {
        "organization": look.context.names.organization,
        "title": say("checklist.title", process=process.title),
        "definition": say("checklist.definition", process=process.title, version=process.version),
        "number": process.document or "",
        "digest": f"{told} · {PLACE_SHORT}" if told else "",
        "marks": page_marks("webform", process.id, process.version, digest),
    }


def _style(templates: TemplateSource) -> str:
    found = templates.read(AREA, STYLE)
    if found is None:
        raise RenderError(f"there is no template templates/{AREA}/{STYLE}", "reinstall regelwerk")
    try:
        return found.content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise RenderError(f"{found.file} is not UTF-8", "save it as UTF-8") from error

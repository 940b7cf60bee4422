"""One version of a process as a form that is filled in for a case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from regelwerk.artifacts.checklist.controls import ControlWriter
from regelwerk.artifacts.checklist.form import form_of
from regelwerk.artifacts.checklist.layout import FormLayout
from regelwerk.artifacts.checklist.prefill import filled_in, times_done
from regelwerk.artifacts.checklist.rounds import rows_for
from regelwerk.artifacts.office.filters import Insert
from regelwerk.artifacts.office.logo import logo
from regelwerk.artifacts.office.package import Package
from regelwerk.artifacts.office.write import find_template, write_word
from regelwerk.artifacts.view.lookup import lookup
from regelwerk.artifacts.view.process import process_view
from regelwerk.artifacts.view.sample import sample_view
from regelwerk.artifacts.view.speech import Speech, speech
from regelwerk.model.context import Artifact, BuildContext, TemplateSource

TEMPLATE = "checklist.docx"


def render_checklist(
    context: BuildContext, templates: TemplateSource, record: Mapping[str, Any] | None = None
) -> Artifact:
    """`checklist.docx`: from `templates/checklist/checklist.docx` and the field model.

    What `record` says is filled in; without one nothing is. Raises RenderError where the template
    cannot be filled in; it names part and paragraph.
    """
    template = find_template(templates, "checklist", TEMPLATE)
    language = speech(context.names.language, context.names.translations)
    view = checklist_view(process_view(context), language, _case(record or {}))
    form = form_of(context, rows_for(lookup(context), times_done(record or {})))
    values = filled_in(record or {}, form, context.names)

    def write(width: int) -> str:
        controls = ControlWriter(language, values)
        return FormLayout(controls, language, width).write(form)

    def inserts(package: Package, width: int) -> Mapping[str, Insert]:
        return {
            "logo": lambda part: logo(templates, package, part, alt=view["organization"]),
            "form": lambda _: write(width),
        }

    content = write_word(template, view, inserts, title=view["checklist"]["title"])
    return Artifact("checklist.docx", content)


def checklist_view(view: Mapping[str, Any], language: Speech, case: str = "") -> dict[str, Any]:
    """The reader's view with what only a checklist says, under `checklist`."""
    say = language.say
    title, version, digest = view["title"], view["version"], view["digest"]
    return {
        **view,
        "checklist": {
            "title": say("checklist.title", process=title),
            "case": case,
            "intro": f"{say('checklist.intro')} {say('checklist.word_hint')}",
            "definition": say("checklist.definition", process=title, version=version),
            "digest": (
                say("checklist.digest", process=title, version=version, digest=digest)
                if digest
                else ""
            ),
        },
    }


def _case(record: Mapping[str, Any]) -> str:
    case = record.get("case")
    return case if isinstance(case, str) else ""


def sample_checklist_view() -> dict[str, Any]:
    """What templates of checklists are tried with; see `view.sample_view`."""
    view = sample_view()
    return checklist_view(view, speech(view["language"]))

"""The parts of the form: the case, one section for each step, the result."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from markupsafe import Markup

from regelwerk.artifacts.view.lookup import Lookup
from regelwerk.artifacts.view.steps import reading_order, step_tree
from regelwerk.artifacts.webform.controls import ControlWriter
from regelwerk.artifacts.webform.flow import OTHERWISE
from regelwerk.model.form import Choice, Form, FormField, FormStep
from regelwerk.model.process import Step

_NONE = Markup("")


class SectionWriter:
    """Writes the sections of one form; `words` are those of the page and of the reader's view."""

    def __init__(self, look: Lookup, words: Mapping[str, str]) -> None:
        self._look = look
        self._words = words
        self._controls = ControlWriter(words)
        self._views: dict[str, dict[str, Any]] = {
            view["id"]: view for view in reading_order(step_tree(look))
        }

    def case(self, form: Form) -> Markup:
        """What is asked about the case itself."""
        fields = Markup("").join(
            self._controls.evidence(field)
            if field.path[0] == "inputs"
            else self._controls.write(field)
            for field in form.case
        )
        return Markup(
            '<section class="card" id="case" aria-labelledby="case-title">'
            '<h2 id="case-title">{}</h2><div class="fields">{}</div></section>'
        ).format(self._words["case"], fields)

    def result(self, form: Form) -> Markup:
        """How the case stands; what belongs to a closed or cancelled case is marked so."""
        written = []
        for field in form.result:
            shown = field
            mark = _NONE
            if field.path[0] in ("closed", "end", "cancelled"):
                status = "cancelled" if field.path[0] == "cancelled" else "closed"
                mark = Markup(' data-when="{}"').format(status)
                shown = msgspec.structs.replace(field, required=True)
            control = self._controls.write(shown)
            written.append(Markup("<div{}>{}</div>").format(mark, control) if mark else control)
        return Markup(
            '<section class="card" id="result" aria-labelledby="result-title">'
            '<h2 id="result-title">{}</h2><p id="reached" class="note" hidden></p>'
            '<div class="fields">{}</div></section>'
        ).format(self._words["case_result"], Markup("").join(written))

    def step(self, step: FormStep) -> Markup:
        """One step in one round."""
        stem = step.by.key.removesuffix("_by")
        round_ = (
            self._look.speech.say("checklist.round", n=str(step.round)) if step.round > 1 else ""
        )
        return Markup(
            '<section class="card step" data-step="{id}" data-round="{round}" data-stem="{stem}" '
            'aria-labelledby="t-{stem}"><h3 id="t-{stem}">'
            '<span class="number">{number}</span> {title}'
            '<span class="round"{hidden}>{told}</span></h3>'
            '{branch}{about}{instructions}<div class="fields">{fields}</div>{onward}'
            '<p class="more" data-more hidden></p></section>'
        ).format(
            id=step.id,
            round=step.round,
            stem=stem,
            number=step.number,
            title=step.title,
            hidden=_NONE if round_ else Markup(" hidden"),
            told=round_,
            branch=_paragraph("branch", step.branch),
            about=self._about(step),
            instructions=self._instructions(step),
            fields=Markup("").join(self._fields(step, stem)),
            onward=_paragraph("onward", step.onward),
        )

    def _about(self, step: FormStep) -> Markup:
        words = self._words
        facts = [
            (words["responsible"], step.responsible),
            (words["due"], step.due),
            (words["inputs"], self._look.speech.listing(step.inputs)),
            (words["four_eyes"], step.four_eyes),
        ]
        lines = Markup("").join(
            Markup("<div><dt>{}</dt> <dd>{}</dd></div>").format(name, value)
            for name, value in facts
            if value
        )
        notes = Markup("").join(_paragraph("note", text) for text in (*step.notes, step.calls))
        return Markup('<dl class="facts">{}</dl>{}').format(lines, notes)

    def _instructions(self, step: FormStep) -> Markup:
        texts = self._views[step.id]["instructions"]
        if not texts:
            return _NONE
        # Markdown without raw HTML, see view.markdown.
        told = Markup("").join(Markup(text["html"]) for text in texts)  # noqa: S704
        return Markup('<details class="told"><summary>{}</summary>{}</details>').format(
            self._words["instructions"], told
        )

    def _fields(self, step: FormStep, stem: str) -> list[Markup]:
        controls = self._controls
        known = self._look.steps[step.id]
        written = [controls.people(step.by), controls.write(step.completed)]
        if len(step.role.choices) > 1:
            help_ = self._words["role_hint"]
            written.append(controls.write(msgspec.structs.replace(step.role, help=help_)))
        written += [controls.write(field) for field in (*step.checks, *step.fields)]
        written += [controls.evidence(field) for field in step.outputs]
        if step.called_case is not None:
            kept = self._kept_here(known)
            called = msgspec.structs.replace(step.called_case, required=kept)
            written.append(controls.evidence(called, prefix="called_case", file=kept))
        outcome = self._outcome(known, stem)
        if outcome is not None:
            written.append(controls.write(outcome))
        if step.option is not None:
            written.append(controls.write(step.option))
        return [*written, controls.write(step.remarks)]

    def _kept_here(self, step: Step) -> bool:
        """Whether cases of the called process can be told by their number."""
        if step.calls is None or step.calls.external:
            return False
        folder = self._look.context.project.processes.get(step.calls.process)
        return folder is not None and bool(folder.versions)

    def _outcome(self, step: Step, stem: str) -> FormField | None:
        """How the called process ended: it decides the way, though the called case records it."""
        view = self._views[step.id]["calls"]
        if step.calls is None or not view or not view["outcomes"]:
            return None
        values = [*step.calls.outcomes, OTHERWISE]
        return FormField(
            key=f"{stem}_way",
            kind="boxes",
            label=self._words["outcome"],
            path=("x-outcome",),
            required=True,
            choices=tuple(
                Choice(value=value, label=outcome["label"], way=outcome["sentence"])
                for value, outcome in zip(values, view["outcomes"], strict=False)
            ),
        )


def _paragraph(name: str, text: str) -> Markup:
    return Markup('<p class="{}">{}</p>').format(name, text) if text else _NONE

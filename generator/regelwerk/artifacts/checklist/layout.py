"""The form on paper: a table for the case, one for each step, one for the result."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from regelwerk.artifacts.checklist.controls import ControlWriter
from regelwerk.artifacts.office.blocks import paragraph, text_run
from regelwerk.artifacts.view.speech import Speech
from regelwerk.model.form import Form, FormField, FormStep, distinct_labels

_FAINT = '<w:shd w:val="clear" w:color="auto" w:fill="EEF2F6"/>'
_BOLD = "<w:b/>"
_HANGING = '<w:ind w:left="255" w:hanging="255"/>'
_SHORT = 18
_TO_WRITE, _TO_TICK = 400, 320  # twips: what a hand needs on paper
_KEPT, _STYLED = "<w:keepNext/>", re.compile(r'<w:pStyle w:val="(?:TableText|Label)"/>')
_MANY = 8


class FormLayout:
    """Writes a form as paragraphs and tables that fill `width` twips."""

    def __init__(self, writer: ControlWriter, speech: Speech, width: int) -> None:
        self._controls = writer
        self._speech = speech
        label, value = width * 15 // 100, width * 35 // 100
        self._columns = (label, value, label, width - 2 * label - value)

    def write(self, form: Form) -> str:
        """The whole form."""
        words = self._speech.labels
        written = [paragraph(text_run(words["case"]), "Heading1")]
        written.append(self._table([self._line(field) for field in form.case]))
        written.append(paragraph(text_run(words["steps"]), "Heading1"))
        written += [self._step(step) for step in form.steps]
        if form.further:
            written.append(paragraph(text_run(words["further"]), "Heading1"))
            hint = self._speech.say("checklist.further")
            written.append(paragraph(text_run(hint), "BodyText"))
            written += [self._step(step) for step in form.further]
        written.append(paragraph(text_run(words["case_result"]), "Heading1"))
        written.append(self._table([self._line(field) for field in form.result]))
        return "".join(written)

    def _step(self, step: FormStep) -> str:
        say, words = self._speech.say, self._speech.labels
        title = f"{words['step']} {step.number}: {step.title}"
        if step.round > 1:
            title += f" – {say('checklist.round', n=str(step.round))}"
        written = []
        if step.branch:
            written.append(paragraph(text_run(step.branch), "StepBranch"))
        written.append(paragraph(text_run(title), "Heading2"))
        written += [paragraph(text_run(line), "StepRole") for line in self._about(step)]
        rows = [
            self._pair(step.by, step.completed),
            self._role(step),
            *(self._line(field) for field in (*step.checks, *step.fields)),
            *(self._evidence(field) for field in step.outputs),
            *([self._line(step.called_case)] if step.called_case is not None else []),
            *([self._decision(step.option)] if step.option is not None else []),
            self._line(step.remarks),
        ]
        if step.onward:
            rows.append(self._onward(step.onward))
        written.append(self._table(rows))
        return "".join(written)

    def _about(self, step: FormStep) -> list[str]:
        words = self._speech.labels
        lines = [f"{words['responsible']}: {step.responsible}"]
        if step.inputs:
            documents = self._speech.listing(step.inputs)
            lines.append(self._speech.say("checklist.needs", documents=documents))
        if step.four_eyes:
            lines.append(f"{words['four_eyes']}: {step.four_eyes}")
        return [*lines, *([step.calls] if step.calls else []), *step.notes]

    def _onward(self, text: str) -> str:
        one, two, three, four = self._columns
        label = paragraph(text_run(self._speech.labels["then"]), "TableText")
        return _row(
            _cell(label, one, fill=True),
            _cell(paragraph(text_run(text, _BOLD), "TableText"), two + three + four, span=3),
            height=_TO_TICK,
        )

    def _pair(self, first: FormField, second: FormField) -> str:
        one, two, three, four = self._columns
        return _row(
            _cell(self._label(first), one, fill=True),
            _cell(paragraph(self._controls.write(first), "TableText"), two, low=True),
            _cell(self._label(second), three, fill=True),
            _cell(paragraph(self._controls.write(second), "TableText"), four, low=True),
        )

    def _role(self, step: FormStep) -> str:
        one, two, three, four = self._columns
        control = paragraph(self._controls.write(step.role), "TableText")
        if not step.due:
            return _row(
                _cell(self._label(step.role), one, fill=True),
                _cell(control, two + three + four, span=3, low=True),
            )
        return _row(
            _cell(self._label(step.role), one, fill=True),
            _cell(control, two, low=True),
            _cell(paragraph(text_run(self._speech.labels["due"]), "TableText"), three, fill=True),
            _cell(paragraph(text_run(step.due), "TableText"), four),
        )

    def _line(self, field: FormField) -> str:
        """Half of the width for the label, half for what is entered."""
        one, two, three, four = self._columns
        if field.kind == "boxes" and any(len(choice.label) > _SHORT for choice in field.choices):
            entered = self._listed(field)
        elif field.kind == "boxes":
            entered = paragraph(self._boxes(field), "TableText")
        else:
            entered = paragraph(self._controls.write(field), "TableText")
        hints = "".join(paragraph(text_run(hint), "Label") for hint in self._hints(field))
        return _row(
            _cell(self._label(field) + hints, one + two, span=2, fill=True),
            _cell(entered, three + four, span=2, low=field.kind != "boxes"),
            height=_TO_TICK if field.kind == "boxes" else _TO_WRITE,
        )

    def _hints(self, field: FormField) -> Iterator[str]:
        """What helps to answer; what can be chosen too, which paper does not show otherwise."""
        if field.help:
            yield field.help
        if field.kind == "choice" and len(field.choices) <= _MANY:
            yield self._speech.say(
                "checklist.one_of",
                answers=" · ".join(label for label, _ in distinct_labels(field.choices)),
            )

    def _evidence(self, field: FormField) -> str:
        one, two, three, four = self._columns
        hint = paragraph(text_run(self._speech.say("checklist.evidence")), "Label")
        return _row(
            _cell(self._label(field) + hint, one + two, span=2, fill=True),
            _cell(
                paragraph(self._controls.write(field), "TableText"),
                three + four,
                span=2,
                low=True,
            ),
        )

    def _decision(self, field: FormField) -> str:
        """The question, and below it a box for each answer with where it leads."""
        one, two, three, four = self._columns
        question = paragraph(text_run(field.label, _BOLD), "TableText")
        return _row(
            _cell(question, one + two, span=2, fill=True),
            _cell(self._listed(field), three + four, span=2),
            height=_TO_TICK,
        )

    def _listed(self, field: FormField) -> str:
        """A line for each answer, with where it leads."""
        return "".join(
            paragraph(
                self._controls.box(field, place)
                + text_run(f" {choice.label}", _BOLD if choice.way else "")
                + (text_run(f": {choice.way}") if choice.way else ""),
                "TableText",
                _HANGING,
            )
            for place, choice in enumerate(field.choices, 1)
        )

    def _boxes(self, field: FormField) -> str:
        return "".join(
            self._controls.box(field, place) + text_run(f" {choice.label}   ")
            for place, choice in enumerate(field.choices, 1)
        )

    def _label(self, field: FormField) -> str:
        text = field.label
        if field.required and field.path[0] in ("fields", "case", "subject", "started"):
            text = self._speech.say("checklist.required", label=text)
        return paragraph(text_run(text), "TableText")

    def _table(self, rows: Sequence[str]) -> str:
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in self._columns)
        return (
            '<w:tbl><w:tblPr><w:tblStyle w:val="HouseGrid"/>'
            f'<w:tblW w:w="{sum(self._columns)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
            '<w:tblLook w:val="0600" w:firstRow="0" w:lastRow="0" w:firstColumn="0" '
            'w:lastColumn="0" w:noHBand="1" w:noVBand="1"/></w:tblPr>'
            f"<w:tblGrid>{grid}</w:tblGrid>{''.join(_together(rows))}</w:tbl>"
        )


def _row(*cells: str, height: int = _TO_WRITE) -> str:
    high = f'<w:trHeight w:val="{height}" w:hRule="atLeast"/>'
    return f"<w:tr><w:trPr><w:cantSplit/>{high}</w:trPr>{''.join(cells)}</w:tr>"


def _together(rows: Sequence[str]) -> Iterator[str]:
    """No page ends after a table's first row or begins with its last (ECMA-376-1, 17.3.1.15)."""
    for place, row in enumerate(rows):
        kept = place in (0, 1, len(rows) - 2) and place < len(rows) - 1
        yield _STYLED.sub(rf"\g<0>{_KEPT}", row) if kept else row


def _cell(content: str, width: int, *, span: int = 1, fill: bool = False, low: bool = False) -> str:
    """A cell; what is written on a line stands low, so that there is room above it."""
    properties = (
        f'<w:tcW w:w="{width}" w:type="dxa"/>'
        + (f'<w:gridSpan w:val="{span}"/>' if span > 1 else "")
        + (_FAINT if fill else "")
        + f'<w:vAlign w:val="{"bottom" if low else "center"}"/>'
    )
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"

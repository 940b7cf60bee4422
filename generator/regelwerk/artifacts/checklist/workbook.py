"""The checklist of a case as a workbook: lists to choose from, locked cells, hidden keys.

A cell is text unless it is a day or a number, so that `0123`, `1:30` and `=1+1` stay what they are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from regelwerk.artifacts.checklist.form import form_of
from regelwerk.artifacts.checklist.line_count import lines_of
from regelwerk.artifacts.checklist.looks import HINT, Wardrobe, font
from regelwerk.artifacts.checklist.package_xlsx import finished
from regelwerk.artifacts.checklist.prefill import filled_in, times_done
from regelwerk.artifacts.checklist.rounds import rows_for
from regelwerk.artifacts.checklist.rows import Row, rows_of
from regelwerk.artifacts.office.xml import legal
from regelwerk.artifacts.view.lookup import lookup
from regelwerk.artifacts.view.speech import Speech, speech
from regelwerk.artifacts.view.standing import status_view
from regelwerk.model.context import Artifact, BuildContext
from regelwerk.model.form import FormField, distinct_labels
from regelwerk.model.moment import parse_date

KEY_HEAD = "regelwerk"

_KEY, _PLACE, _WHAT, _ANSWER, _HINT = 1, 2, 3, 4, 5
_WIDTHS = {_KEY: 12, _PLACE: 8, _WHAT: 46, _ANSWER: 44, _HINT: 52}
_LISTS = "Lists"
_LONGEST_TITLE = 31
_LINE, _ROOM, _TALLEST = 15.0, 3.0, 400.0  # points, in Calibri 11
_ESCAPABLE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def render_workbook(context: BuildContext, record: Mapping[str, Any] | None = None) -> Artifact:
    """`checklist.xlsx`; what `record` says is filled in, without one nothing is."""
    record = record or {}
    form = form_of(context, rows_for(lookup(context), times_done(record)))
    language = speech(context.names.language, context.names.translations)
    writer = _Writer(language, filled_in(record, form, context.names))
    writer.head(context)
    for row in rows_of(form, language):
        writer.row(row)
    case = record.get("case")
    content = finished(writer.book, context, case if isinstance(case, str) else "")
    return Artifact("checklist.xlsx", content)


class _Writer:
    """Writes a workbook row by row; holds the lists that cells choose from."""

    def __init__(self, language: Speech, values: Mapping[str, str]) -> None:
        self.book = Workbook()
        self._speech = language
        self._values = values
        sheet = self.book.active
        assert isinstance(sheet, Worksheet)  # noqa: S101 (a new workbook has one)
        self._sheet = sheet
        self._lists = self.book.create_sheet(_LISTS)
        self._lists.sheet_state = "hidden"
        self._known: dict[tuple[str, ...], DataValidation] = {}
        self._typed: dict[str, DataValidation] = {}
        self._next = 1
        self._looks = Wardrobe()
        self._set_up()

    def _set_up(self) -> None:
        sheet, say = self._sheet, self._speech.say
        sheet.title = say("checklist.sheet")[:_LONGEST_TITLE]
        for column, width in _WIDTHS.items():
            sheet.column_dimensions[get_column_letter(column)].width = width
        sheet.column_dimensions["A"].hidden = True
        sheet.sheet_view.showGridLines = False
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = 9
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        for protected in (sheet, self._lists):
            protected.protection.sheet = True
            protected.protection.formatRows = False
            protected.protection.formatColumns = False

    def head(self, context: BuildContext) -> None:
        """What form this is, so that it can be seen too, and the names of the columns."""
        say, process = self._speech.say, context.definition.process
        title = say("checklist.title", process=process.title)
        self._put(_PLACE, title).font = font(bold=True, size=16, color="1F3A5F")
        self._next += 1
        digest = (context.verdict.digest or "").removeprefix("sha256:")
        made = say(
            "checklist.digest", process=process.title, version=process.version, digest=digest
        )
        status = status_view(lookup(context))
        self._put(_PLACE, status["text"]).font = (
            font(bold=True, color="B3261E") if status["stamp"] else font()
        )
        self._next += 1
        for text in (made, say("checklist.intro"), say("checklist.sheet_hint")):
            self._put(_PLACE, text).font = font(color=HINT)
            self._next += 1
        self._on_paper(title, status["stamp"])
        self._put(_KEY, KEY_HEAD)
        words = self._speech.labels
        for column, text in (
            (_PLACE, words["step"]),
            (_WHAT, say("checklist.column.what")),
            (_ANSWER, say("checklist.column.answer")),
            (_HINT, say("checklist.column.hint")),
        ):
            self._looks.dress(self._put(column, text), "head")
        self._next += 1
        self._sheet.freeze_panes = f"A{self._next}"
        self._sheet.print_title_rows = f"{self._next - 1}:{self._next - 1}"

    def _on_paper(self, title: str, stamp: str) -> None:
        """What every printed page says; `&` begins a code there (ECMA-376-1, 18.3.1.46)."""
        header, footer = self._sheet.oddHeader, self._sheet.oddFooter
        assert header is not None  # noqa: S101 (a sheet has both)
        assert footer is not None  # noqa: S101
        header.left.text, header.right.text = _coded(title), _coded(stamp)
        header.right.color = "B3261E"
        footer.right.text = "&P / &N"

    def row(self, row: Row) -> None:
        """A heading, or a field with its answer."""
        if row.field is None:
            for column, text in ((_PLACE, row.place), (_WHAT, row.what), (_ANSWER, "")):
                self._looks.dress(self._put(column, text), "section")
            self._looks.dress(self._put(_HINT, row.hint), "section-hint")
            self._height(row.what, row.hint, "")
        else:
            self._field(row, row.field)
        self._next += 1

    def _field(self, row: Row, field: FormField) -> None:
        self._put(_KEY, field.key)
        for column, text in ((_PLACE, row.place), (_WHAT, row.what), (_HINT, row.hint)):
            self._looks.dress(self._put(column, text), "label" if column == _WHAT else "hint")
        value = self._values.get(field.key, "")
        shown = next((w for w, one in distinct_labels(field.choices) if one == value), value)
        shown = value if field.kind not in ("choice", "boxes") else shown
        answer = self._answer(field, shown)
        self._looks.dress(answer, "answer")
        rule = self._rule(field)
        if rule is not None:
            rule.add(answer)
        self._height(row.what, row.hint, shown)

    def _answer(self, field: FormField, text: str) -> Cell:
        day = parse_date(text) if field.kind == "date" else None
        if day is not None:
            cell = self._cell(_ANSWER)
            cell.value = datetime(day.year, day.month, day.day)  # noqa: DTZ001 (a day has no zone)
        elif field.kind == "number" and text:
            cell = self._cell(_ANSWER)
            cell.value = float(text) if "." in text or "e" in text else int(text)
        else:
            cell = self._put(_ANSWER, text) if text else self._cell(_ANSWER)
        cell.number_format = {"date": "yyyy-mm-dd", "number": "General"}.get(field.kind, "@")
        return cell

    def _rule(self, field: FormField) -> DataValidation | None:
        """What may be entered; suggestions only suggest."""
        say = self._speech.say
        if field.choices:
            labels = tuple(label for label, _ in distinct_labels(field.choices))
            strict = field.kind != "text"
            hint = say("checklist.list_hint") if strict else ""
            return self._list((*labels, "strict" if strict else ""), labels, hint)
        if field.kind == "date":
            return self._of_type(
                "date", {"operator": "greaterThan", "formula1": "1"}, say("checklist.day_hint")
            )
        if field.kind == "number":
            limits = {"operator": "between", "formula1": "-9E+15", "formula2": "9E+15"}
            return self._of_type("decimal", limits, say("checklist.number_hint"))
        return None

    def _list(self, id_: tuple[str, ...], labels: tuple[str, ...], hint: str) -> DataValidation:
        if id_ not in self._known:
            column = len(self._known) + 1
            for place, label in enumerate(labels, 1):
                _write(self._lists.cell(place, column), label)
            letter = get_column_letter(column)
            source = f"{_LISTS}!${letter}$1:${letter}${len(labels)}"
            self._known[id_] = self._added(
                DataValidation(type="list", formula1=source, allow_blank=True), hint
            )
        return self._known[id_]

    def _of_type(self, type_: Any, limits: dict[str, str], hint: str) -> DataValidation:  # noqa: ANN401
        if type_ not in self._typed:
            rule = DataValidation(type=type_, allow_blank=True, **limits)  # type: ignore[arg-type]
            self._typed[type_] = self._added(rule, hint)
        return self._typed[type_]

    def _added(self, rule: DataValidation, hint: str) -> DataValidation:
        rule.showErrorMessage = bool(hint)
        rule.error = hint or None
        self._sheet.add_data_validation(rule)
        return rule

    def _height(self, what: str, hint: str, answer: str) -> None:
        texts = ((what, _WHAT), (hint, _HINT), (answer, _ANSWER))
        lines = max(lines_of(text, _WIDTHS[column]) for text, column in texts)
        height = min(_ROOM + _LINE * lines, _TALLEST)
        self._sheet.row_dimensions[self._next].height = height

    def _cell(self, column: int) -> Cell:
        cell = self._sheet.cell(self._next, column)
        assert isinstance(cell, Cell)  # noqa: S101 (nothing is merged)
        return cell

    def _put(self, column: int, text: str) -> Cell:
        cell = self._cell(column)
        _write(cell, text)
        return cell


def _write(cell: Any, text: str) -> None:  # noqa: ANN401
    """Text as text, whatever it begins with (ECMA-376-1, 18.8.45: quotePrefix)."""
    if not text:
        return
    cell.value = _ESCAPABLE.sub("_x005F_", legal(text))
    cell.data_type = "s"
    cell.number_format = "@"
    cell.quotePrefix = text.startswith(("=", "+", "-", "@", "'"))


def _coded(text: str) -> str | None:
    return legal(text).replace("&", "&&")[:200] or None

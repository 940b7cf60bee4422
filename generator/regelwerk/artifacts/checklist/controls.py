"""Content controls of a Word form (ECMA-376-1, 17.5.2): text, date, drop-down, check box.

Run-level, locked against deletion, each with a tag and inside a bookmark, because not every
program keeps tags. Nothing is bound to XML parts. Filled in is only what a record says already.
What is empty shows a dotted line: to click on, and on paper to write on.
"""

from __future__ import annotations

from collections.abc import Mapping

from regelwerk.artifacts.office.blocks import text_run
from regelwerk.artifacts.office.xml import escaped
from regelwerk.artifacts.view.speech import Speech, speech
from regelwerk.model.form import FormField, distinct_labels
from regelwerk.model.moment import parse_date
from regelwerk.model.translations import ENGLISH, Translations

_TITLE = 64
_LINE, _SHORT_LINE = "." * 60, "." * 30
_DOTTED = '<w:rStyle w:val="PlaceholderText"/><w:color w:val="8A95A0"/>'
_BOX_FONT = '<w:rFonts w:ascii="MS Gothic" w:eastAsia="MS Gothic" w:hAnsi="MS Gothic"/>'
_BOX = (
    '<w14:checkbox><w14:checked w14:val="{on}"/>'
    '<w14:checkedState w14:val="2612" w14:font="MS Gothic"/>'
    '<w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox>'
)


class ControlWriter:
    """Writes controls and counts their ids, which must be unique in a document."""

    def __init__(self, speech: Speech, values: Mapping[str, str]) -> None:
        self._speech = speech
        self._language = speech.locale.replace("_", "-")
        self._values = values
        self._count = 0

    def write(self, field: FormField) -> str:
        """The runs of a field that is not of kind `boxes`."""
        value = self._values.get(field.key, "")
        if field.kind == "date":
            day = parse_date(value)
            kept = f' w:fullDate="{day.isoformat()}T00:00:00Z"' if day is not None else ""
            kind = (
                f'<w:date{kept}><w:dateFormat w:val="d MMMM yyyy"/>'
                f'<w:lid w:val="{self._language}"/>'
                '<w:storeMappedDataAs w:val="date"/><w:calendar w:val="gregorian"/></w:date>'
            )
            return self._control(field, kind, self._speech.day(day))
        if field.kind == "choice":
            known = distinct_labels(field.choices)
            shown = next((label for label, one in known if one == value), "")
            items = "".join(_item(label, one) for label, one in known)
            kind = f"<w:dropDownList>{items}</w:dropDownList>"
            return self._control(field, kind, shown)
        unit = text_run(f" {field.unit}") if field.unit else ""
        # Rich text: what is marked as plain loses its line breaks in LibreOffice 7.4.
        kind = "" if field.kind == "text" else "<w:text/>"
        if field.kind == "text" and field.choices:
            items = "".join(_item(label, label) for label, _ in distinct_labels(field.choices))
            kind = f"<w:comboBox>{items}</w:comboBox>"
        if field.kind == "number" and value:
            value = self._speech.plain_number(float(value))
        return self._control(field, kind, value) + unit

    def box(self, field: FormField, place: int) -> str:
        """The check box of one of the field's choices; `place` counts from 1."""
        choice = field.choices[place - 1]
        key = f"{field.key}_{place}"
        head = self._head(key, f"{field.label}: {choice.label}", f"<w:rPr>{_BOX_FONT}</w:rPr>")
        on = self._values.get(field.key) == choice.value
        glyph = "☒" if on else "☐"
        content = f"<w:r><w:rPr>{_BOX_FONT}</w:rPr><w:t>{glyph}</w:t></w:r>"
        box = _BOX.format(on=int(on))
        return self._marked(key, f"<w:sdt>{head}{box}</w:sdtPr>{_content(content)}</w:sdt>")

    def _control(self, field: FormField, kind: str, value: str) -> str:
        head = self._head(field.key, field.label, "")
        if value:
            shown = text_run(value)
        else:
            head += "<w:showingPlcHdr/>"
            shown = text_run(_SHORT_LINE if field.unit else _LINE, _DOTTED)
        return self._marked(field.key, f"<w:sdt>{head}{kind}</w:sdtPr>{_content(shown)}</w:sdt>")

    def _head(self, key: str, title: str, properties: str) -> str:
        self._count += 1
        return (
            f'<w:sdtPr>{properties}<w:alias w:val="{escaped(title[:_TITLE])}"/>'
            f'<w:tag w:val="{escaped(key)}"/><w:id w:val="{1000 + self._count}"/>'
            '<w:lock w:val="sdtLocked"/>'
        )

    def _marked(self, key: str, control: str) -> str:
        return (
            f'<w:bookmarkStart w:id="{self._count}" w:name="f_{key}"/>{control}'
            f'<w:bookmarkEnd w:id="{self._count}"/>'
        )


def _content(runs: str) -> str:
    return f"<w:sdtContent>{runs}</w:sdtContent>"


def _item(label: str, value: str) -> str:
    return f'<w:listItem w:displayText="{escaped(label)}" w:value="{escaped(value)}"/>'


def placeholder_texts(translations: Translations) -> frozenset[str]:
    """What stands in fields that nobody has filled in, also in forms made before there were lines.

    The words are in English and every language of `translations`.
    """
    keys = ("checklist.enter", "checklist.enter_date", "checklist.choose")
    spoken = (speech(language, translations) for language in (ENGLISH, *translations))
    words = {one.phrases[key] for one in spoken for key in keys}
    return frozenset({_LINE, _SHORT_LINE, *words})

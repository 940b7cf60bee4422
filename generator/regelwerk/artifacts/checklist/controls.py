"""Content controls of a Word form (ECMA-376-1, 17.5.2): text, date, drop-down, check box.

Run-level, locked against deletion, each with a tag and inside a bookmark, because not every
program keeps tags. Nothing is bound to XML parts and nothing is filled in beforehand.
"""

from __future__ import annotations

from regelwerk.artifacts.checklist.form import Choice, FormField
from regelwerk.artifacts.office.blocks import text_run
from regelwerk.artifacts.office.xml import escaped

_TITLE = 64
_BOX_FONT = '<w:rFonts w:ascii="MS Gothic" w:eastAsia="MS Gothic" w:hAnsi="MS Gothic"/>'
_BOX = (
    '<w14:checkbox><w14:checked w14:val="0"/>'
    '<w14:checkedState w14:val="2612" w14:font="MS Gothic"/>'
    '<w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox>'
)


class ControlWriter:
    """Writes controls and counts their ids, which must be unique in a document."""

    def __init__(self, *, language: str, choose: str, enter: str, enter_date: str) -> None:
        self._language = language
        self._choose = choose
        self._enter = enter
        self._enter_date = enter_date
        self._count = 0

    def write(self, field: FormField) -> str:
        """The runs of a field that is not of kind `boxes`."""
        if field.kind == "date":
            kind = (
                f'<w:date><w:dateFormat w:val="d MMMM yyyy"/><w:lid w:val="{self._language}"/>'
                '<w:storeMappedDataAs w:val="date"/><w:calendar w:val="gregorian"/></w:date>'
            )
            return self._control(field.key, field.label, kind, self._enter_date)
        if field.kind == "choice":
            items = "".join(_item(choice) for choice in _unlike(field.choices))
            kind = f"<w:dropDownList>{items}</w:dropDownList>"
            return self._control(field.key, field.label, kind, self._choose)
        unit = text_run(f" {field.unit}") if field.unit else ""
        kind = '<w:text w:multiLine="1"/>' if field.kind == "text" else "<w:text/>"
        return self._control(field.key, field.label, kind, self._enter) + unit

    def box(self, field: FormField, place: int) -> str:
        """The check box of one of the field's choices; `place` counts from 1."""
        choice = field.choices[place - 1]
        key = f"{field.key}_{place}"
        head = self._head(key, f"{field.label}: {choice.label}", f"<w:rPr>{_BOX_FONT}</w:rPr>")
        content = f"<w:r><w:rPr>{_BOX_FONT}</w:rPr><w:t>☐</w:t></w:r>"
        return self._marked(key, f"<w:sdt>{head}{_BOX}</w:sdtPr>{_content(content)}</w:sdt>")

    def _control(self, key: str, title: str, kind: str, placeholder: str) -> str:
        head = self._head(key, title, "") + "<w:showingPlcHdr/>"
        shown = text_run(placeholder, '<w:rStyle w:val="PlaceholderText"/>')
        return self._marked(key, f"<w:sdt>{head}{kind}</w:sdtPr>{_content(shown)}</w:sdt>")

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


def _item(choice: Choice) -> str:
    shown, value = escaped(choice.label), escaped(choice.value)
    return f'<w:listItem w:displayText="{shown}" w:value="{value}"/>'


def _unlike(choices: tuple[Choice, ...]) -> list[Choice]:
    """Without choices that say the same: Word refuses a list with equal entries."""
    return list({choice.label: choice for choice in reversed(choices)}.values())[::-1]

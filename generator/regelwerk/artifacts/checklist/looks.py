"""How the cells of the workbook look; a look is worked out once and then copied."""

from __future__ import annotations

from copy import copy
from typing import Any, Literal

from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

Look = Literal["head", "section", "section-hint", "label", "hint", "answer"]

HINT = "52606D"

_INK = "1B2733"
_THIN = Side(style="thin", color="B8C2CC")
_GRID = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_TOP = Alignment(horizontal="left", vertical="top", wrap_text=True)
_UNLOCKED = Protection(locked=False)


def font(*, bold: bool = False, size: int = 11, color: str = _INK) -> Font:
    """The workbook's font."""
    return Font(name="Calibri", bold=bold, size=size, color=color)


def _filled(color: str) -> PatternFill:
    return PatternFill("solid", fgColor=color)


_LOOKS: dict[Look, tuple[Font, PatternFill | None, Border | None]] = {
    "head": (font(bold=True, color="FFFFFF"), _filled("1F3A5F"), _GRID),
    "section": (font(bold=True), _filled("EEF2F6"), None),
    "section-hint": (font(color=HINT), _filled("EEF2F6"), None),
    "label": (font(), None, _GRID),
    "hint": (font(color=HINT), None, _GRID),
    "answer": (font(), _filled("FFFBE6"), _GRID),
}


class Wardrobe:
    """Gives cells their looks; openpyxl takes 0.3 ms to work one out anew for every cell."""

    def __init__(self) -> None:
        self._known: dict[tuple[Look, str, bool], Any] = {}

    def dress(self, cell: Any, look: Look) -> None:  # noqa: ANN401 (its types lack `_style`)
        """Give a cell a look; number format and mark of a text stay what they are."""
        key = (look, cell.number_format, bool(cell.quotePrefix))
        if key not in self._known:
            cell.font, fill, border = _LOOKS[look]
            if fill is not None:
                cell.fill = fill
            if border is not None:
                cell.border = border
            cell.alignment = _TOP
            if look == "answer":
                cell.protection = _UNLOCKED
            self._known[key] = cell._style  # noqa: SLF001 (what its own copies copy)
        cell._style = copy(self._known[key])  # noqa: SLF001

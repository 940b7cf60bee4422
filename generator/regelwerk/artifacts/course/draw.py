"""A bar for each period, a line for the target; real text, no script, nothing from elsewhere.

What the colours say, the shapes say as well: a bar that missed its target has a cross on top, one
whose period is not over a broken line around it, and a period without a value a dot.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape

import msgspec

from regelwerk.artifacts.course.say import amount, description, target_text
from regelwerk.artifacts.course.style import style_sheet
from regelwerk.artifacts.course.words import course_words
from regelwerk.artifacts.picture.style import FONTS
from regelwerk.artifacts.picture.symbols import number
from regelwerk.artifacts.picture.text import clean
from regelwerk.artifacts.view.speech import Speech, speech
from regelwerk.model.figure import Cell, Figure, Judgement
from regelwerk.model.translations import ENGLISH, Translations

WIDTH = 560.0
HEIGHT = 132.0
PERIODS = 24
_LEFT, _RIGHT = 8.0, 8.0
_TOP, _BOTTOM = 30.0, 112.0
_GAP = 0.28
_LABELLED = 8
_CROSS = 3.2
_JUDGED = (Judgement.MET, Judgement.MISSED)


class _Scale(msgspec.Struct, frozen=True):
    """From values to places, nought always among them."""

    low: float
    high: float

    def y(self, value: float) -> float:
        """How far down a value lies."""
        return _BOTTOM - (value - self.low) / (self.high - self.low) * (_BOTTOM - _TOP)


def course_svg(
    figure: Figure,
    *,
    name: str,
    language: str = ENGLISH,
    translations: Translations | None = None,
    adaptive: bool = True,
) -> str:
    """Draw the latest periods of a figure, 24 at most.

    `name` makes the ids unique where several are put into one page. `adaptive` follows the reader's
    light or dark scheme by CSS variables; office programs and resvg need it off.
    """
    cells = figure.cells[-PERIODS:]
    words, said = course_words(language, translations), speech(language, translations)
    scale = _scale(figure, cells)
    width, height = number(WIDTH), number(HEIGHT)
    ids = f"course-{name}-title", f"course-{name}-description"
    parts = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="rw-course" role="img" '
            f'aria-labelledby="{ids[0]} {ids[1]}" width="{width}" height="{height}" '
            f'viewBox="0 0 {width} {height}" font-family="{FONTS}" '
            f'style="max-width:100%;height:auto">'
        ),
        f'<title id="{ids[0]}">{_text(figure.title)}</title>',
        f'<desc id="{ids[1]}">{_text(description(figure, cells, said, words))}</desc>',
        f"<style>{style_sheet(adaptive=adaptive)}</style>",
        f'<rect class="rw-c-paper" width="{width}" height="{height}"/>',
        *_bars(figure, cells, scale, said),
        _line("axis", scale.y(0.0)),
        *_targets(figure, scale),
        _label("small", WIDTH - _RIGHT, 14.0, target_text(figure.target, figure.unit, said, words)),
        *_periods(cells),
    ]
    return "\n".join([*filter(None, parts), "</svg>"]) + "\n"


def _scale(figure: Figure, cells: Sequence[Cell]) -> _Scale:
    values = [cell.value for cell in cells if cell.value is not None]
    target = figure.target
    bounds = [b for b in (target.min, target.max) if b is not None] if target is not None else []
    low, high = min(0.0, *values, *bounds, 0.0), max(0.0, *values, *bounds, 0.0)
    return _Scale(low, high if high > low else low + 1.0)


def _place(index: int, count: int) -> tuple[float, float]:
    """Left side and width of a bar; few bars do not become walls."""
    step = (WIDTH - _LEFT - _RIGHT) / max(count, 6)
    return _LEFT + step * (index + _GAP / 2), step * (1 - _GAP)


def _bars(figure: Figure, cells: Sequence[Cell], scale: _Scale, said: Speech) -> Iterator[str]:
    for index, cell in enumerate(cells):
        x, width = _place(index, len(cells))
        middle = x + width / 2
        if cell.value is None:
            at = f'cx="{number(middle)}" cy="{number(_BOTTOM - 5)}"'
            yield f'<circle class="rw-c-none" {at} r="2"/>'
            continue
        top, base = sorted((scale.y(cell.value), scale.y(0.0)))
        yield (
            f'<rect class="{_look(cell)}" x="{number(x)}" y="{number(top)}" '
            f'width="{number(width)}" height="{number(max(base - top, 1.0))}"/>'
        )
        lift = 0.0
        if cell.complete and cell.judgement is Judgement.MISSED:
            yield _cross(middle, top - _CROSS - 2)
            lift = 2 * _CROSS + 4
        if len(cells) <= _LABELLED:
            text = amount(cell.value, figure.unit, said)
            yield _label("text", middle, top - 4 - lift, text, anchor="middle")


def _look(cell: Cell) -> str:
    """The classes of a bar; what is not over has neither met nor missed anything yet."""
    if not cell.complete:
        return "rw-c-bar rw-c-running"
    return f"rw-c-{cell.judgement if cell.judgement in _JUDGED else 'bar'}"


def _cross(x: float, y: float) -> str:
    left, right = number(x - _CROSS), number(x + _CROSS)
    top, bottom = number(y - _CROSS), number(y + _CROSS)
    strokes = f"M{left} {top}L{right} {bottom}M{right} {top}L{left} {bottom}"
    return f'<path class="rw-c-cross" d="{strokes}"/>'


def _targets(figure: Figure, scale: _Scale) -> Iterator[str]:
    if figure.target is not None:
        for bound in (figure.target.min, figure.target.max):
            if bound is not None:
                yield _line("target", scale.y(bound))


def _line(kind: str, y: float) -> str:
    left, right = number(_LEFT), number(WIDTH - _RIGHT)
    return f'<line class="rw-c-{kind}" x1="{left}" x2="{right}" y1="{number(y)}" y2="{number(y)}"/>'


def _periods(cells: Sequence[Cell]) -> Iterator[str]:
    """The first and the last period; all of them where they are few."""
    shown = range(len(cells)) if len(cells) <= _LABELLED else (0, len(cells) - 1)
    for index in shown:
        x, width = _place(index, len(cells))
        anchor = "middle"
        if len(cells) > _LABELLED:
            anchor = "start" if index == 0 else "end"
            x = x if index == 0 else x + width
        else:
            x += width / 2
        yield _label("small", x, HEIGHT - 6, cells[index].period.label, anchor=anchor)


def _label(kind: str, x: float, y: float, text: str, *, anchor: str = "end") -> str:
    if not text:
        return ""
    return (
        f'<text class="rw-c-{kind}" x="{number(x)}" y="{number(y)}" font-size="11" '
        f'text-anchor="{anchor}">{_text(text)}</text>'
    )


def _text(text: str) -> str:
    return escape(clean(text))

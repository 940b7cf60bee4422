"""The picture on a page: a wide one for screens and paper, a narrow one for phones."""

from __future__ import annotations

import re
from collections.abc import Callable

import msgspec
from markupsafe import Markup

from regelwerk.artifacts.handbook.escape import literal_html
from regelwerk.artifacts.picture.chart import Chart
from regelwerk.artifacts.picture.svg import svg
from regelwerk.artifacts.view.chart import chart_of
from regelwerk.model.context import BuildContext

_NARROW = 400.0
_PREFIX = "narrow-"
_TAG = re.compile(r"<[^>]*>")


class Drawn(msgspec.Struct, frozen=True):
    """The same chart laid out twice, as SVG to be put into one page of Markdown."""

    wide: str
    narrow: str


Draw = Callable[[Chart], Drawn]
"""How charts are drawn; whoever can remember them, need not draw them again."""


def draw_twice(chart: Chart) -> Drawn:
    """Lay the chart out and draw it for both widths."""
    narrow = _TAG.sub(_with_other_ids, svg(chart, width=_NARROW))
    return Drawn(str(literal_html(svg(chart)).strip()), str(literal_html(narrow).strip()))


def pictures(context: BuildContext, draw: Draw) -> dict[str, Markup]:
    """The pictures `wide` and `narrow` of a process."""
    drawn = draw(chart_of(context))
    return {"wide": Markup(drawn.wide), "narrow": Markup(drawn.narrow)}  # noqa: S704 as drawn


def _with_other_ids(match: re.Match[str]) -> str:
    tag = re.sub(r'\sid="', f' id="{_PREFIX}', match[0])
    named = re.sub(r'(?<=[" ])picture-', f"{_PREFIX}picture-", tag)
    return named if "aria-labelledby" in tag else tag

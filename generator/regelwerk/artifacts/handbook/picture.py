"""The picture on a page: a wide one for screens and paper, a narrow one for phones."""

from __future__ import annotations

import re

from markupsafe import Markup

from regelwerk.artifacts.handbook.escape import literal_html
from regelwerk.artifacts.picture.svg import svg
from regelwerk.artifacts.view.chart import chart_of
from regelwerk.model.context import BuildContext

_NARROW = 400.0
_PREFIX = "narrow-"
_TAG = re.compile(r"<[^>]*>")


def pictures(context: BuildContext) -> dict[str, Markup]:
    """The same chart laid out twice; `wide` and `narrow` are SVG to be put into one page."""
    chart = chart_of(context)
    narrow = _TAG.sub(_with_other_ids, svg(chart, width=_NARROW))
    return {"wide": literal_html(svg(chart)).strip(), "narrow": literal_html(narrow).strip()}


def _with_other_ids(match: re.Match[str]) -> str:
    tag = re.sub(r'\sid="', f' id="{_PREFIX}', match[0])
    named = re.sub(r'(?<=[" ])picture-', f"{_PREFIX}picture-", tag)
    return named if "aria-labelledby" in tag else tag

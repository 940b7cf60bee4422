"""The key figures of a page as small pictures; only numbers, and only where there are some."""

from __future__ import annotations

from typing import Any

from regelwerk.artifacts.course import course_svg
from regelwerk.artifacts.handbook.escape import literal, literal_html
from regelwerk.model.context import BuildContext


def courses_of(context: BuildContext) -> list[dict[str, Any]]:
    """`title` and `chart` of each figure that has a value in some period."""
    return [
        {
            "title": literal(figure.title),
            "chart": literal_html(
                course_svg(
                    figure,
                    name=figure.id,
                    language=context.names.language,
                    translations=context.names.translations,
                )
            ).strip(),
        }
        for figure in context.figures
        if any(cell.value is not None for cell in figure.cells)
    ]

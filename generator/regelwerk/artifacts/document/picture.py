"""The process picture in a document: as large as the page allows, on several pages if it must."""

from __future__ import annotations

from typing import Any

from regelwerk.artifacts.office.blocks import paragraph, text_run
from regelwerk.artifacts.office.figure import add_image, drawing
from regelwerk.artifacts.office.package import Package
from regelwerk.artifacts.picture.layout import WIDTH, layout
from regelwerk.artifacts.picture.pages import pages
from regelwerk.artifacts.picture.png import rendered
from regelwerk.artifacts.picture.svg import draw
from regelwerk.artifacts.view.chart import chart_of
from regelwerk.artifacts.view.speech import speech
from regelwerk.model.context import BuildContext

# How high a picture may be in proportion to the width of the text, with its heading and caption.
_TALLEST = 1.33


def figure(context: BuildContext, view: dict[str, Any], package: Package, width: int) -> str:
    """Paragraphs with the picture and its caption; `width` is that of the text, in twips."""
    chart = chart_of(context)
    sheets = pages(layout(chart), WIDTH * _TALLEST)
    say = speech(view["language"]).say
    written = []
    for number, sheet in enumerate(sheets, start=1):
        scale = min(width / max(sheet.width, WIDTH), width * _TALLEST / sheet.height)
        svg = draw(sheet, chart, adaptive=False)
        name = f"word/media/process-{number}"
        png_id = add_image(package, f"{name}.png", rendered(svg))
        svg_id = add_image(package, f"{name}.svg", svg.encode())
        part = f" ({number}/{len(sheets)})" if len(sheets) > 1 else ""
        picture = drawing(
            png_id,
            svg_id,
            int(sheet.width * scale),
            int(sheet.height * scale),
            name=chart.title + part,
            alt=chart.description,
        )
        caption = say("picture.caption", process=view["title"])
        label = f"{view['words']['figure']} {number}: {caption}{part}"
        written.append(paragraph(picture, "Figure") + paragraph(text_run(label), "Caption"))
    return "".join(written)

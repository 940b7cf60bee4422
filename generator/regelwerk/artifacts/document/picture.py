"""The process picture in a document: as large as the page allows, on several pages if it must."""

from __future__ import annotations

from typing import Any

from regelwerk.artifacts.office.blocks import paragraph, text_run
from regelwerk.artifacts.office.fields import field
from regelwerk.artifacts.office.figure import add_image, drawing
from regelwerk.artifacts.office.package import Package
from regelwerk.artifacts.picture.layout import WIDTH, layout
from regelwerk.artifacts.picture.pages import pages
from regelwerk.artifacts.picture.png import MOST_PIXELS, SCALE, bearable, rendered
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
    share = MOST_PIXELS // len(sheets)
    say = speech(context.names.language, context.names.translations).say
    written = []
    for number, sheet in enumerate(sheets, start=1):
        scale = min(width / max(sheet.width, WIDTH), width * _TALLEST / sheet.height)
        svg = draw(sheet, chart, adaptive=False)
        name = f"word/media/process-{number}"
        sharpness = bearable(SCALE, sheet.width, sheet.height, most=share)
        png_id = add_image(
            package, f"{name}.png", rendered(svg, scale=sharpness, crisp=sharpness < SCALE)
        )
        svg_id = add_image(package, f"{name}.svg", svg.encode())
        caption = say("picture.caption", process=view["title"])
        if len(sheets) > 1:
            n, all_ = str(number), str(len(sheets))
            caption = say("picture.part", caption=caption, n=n, all=all_)
        picture = drawing(
            png_id,
            svg_id,
            int(sheet.width * scale),
            int(sheet.height * scale),
            name=caption,
            alt=chart.description,
        )
        label = (
            text_run(f"{view['words']['figure']} ")
            + field("SEQ Figure \\* ARABIC", str(number))
            + text_run(f": {caption}")
        )
        written.append(paragraph(picture, "Figure") + paragraph(label, "Caption"))
    return "".join(written)

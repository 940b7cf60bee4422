"""What the records came to, in a document: drawn on request, and marked as not approved.

A document of a version is what people have approved, so nothing of this is there unless somebody
asks for it. It holds numbers only, none of a few cases, and only of periods that are over: on
paper, half a year's figure would soon be wrong.
"""

from __future__ import annotations

import io
from collections.abc import Iterator

import msgspec

from regelwerk.archive.read import OFFICE, open_archive
from regelwerk.archive.refused import ArchiveRefusedError
from regelwerk.artifacts.course import course_svg
from regelwerk.artifacts.course.draw import HEIGHT, PERIODS, WIDTH
from regelwerk.artifacts.course.say import cell_text, description, target_text
from regelwerk.artifacts.course.words import course_words
from regelwerk.artifacts.office.blocks import paragraph, text_run
from regelwerk.artifacts.office.figure import add_image, drawing
from regelwerk.artifacts.office.package import Package
from regelwerk.artifacts.picture.png import rendered
from regelwerk.artifacts.view.speech import speech
from regelwerk.model.context import BuildContext
from regelwerk.model.figure import Figure

_MEDIA = "word/media/key-figure"
_SHARE = 0.8


def drawn_figures(context: BuildContext) -> tuple[Figure, ...]:
    """The figures that have a value in a period that is over, with the latest such periods."""
    over = (
        msgspec.structs.replace(
            figure, cells=tuple(cell for cell in figure.cells if cell.complete)[-PERIODS:]
        )
        for figure in context.figures
    )
    return tuple(figure for figure in over if any(c.value is not None for c in figure.cells))


def shows_figures(content: bytes) -> bool:
    """Whether a file is a Word document that draws key figures."""
    try:
        archive = open_archive(io.BytesIO(content), OFFICE)
    except ArchiveRefusedError:
        return False
    return any(name.startswith(_MEDIA) for name in archive.names)


def key_figures(context: BuildContext, package: Package, part: str, width: int) -> str:
    """Paragraphs with a small picture of each figure; `width` is that of the text, in twips."""
    figures = drawn_figures(context)
    if not figures:
        return ""
    say = speech(context.names.language, context.names.translations).say
    head = paragraph(text_run(say("figures.title")), "FrontHeading")
    mark = paragraph(text_run(say("figures.mark")), "Status", "<w:keepNext/>")
    legend = paragraph(text_run(say("figures.legend")), "Note", "<w:keepNext/>")
    drawn = (
        _drawn(context, figure, number, package, part, int(width * _SHARE))
        for number, figure in enumerate(figures, start=1)
    )
    return head + mark + legend + "".join(drawn)


def _drawn(
    context: BuildContext, figure: Figure, number: int, package: Package, part: str, width: int
) -> str:
    language, translations = context.names.language, context.names.translations
    said, words = speech(language, translations), course_words(language, translations)
    svg = course_svg(
        figure, name=figure.id, language=language, translations=translations, adaptive=False
    )
    name = f"{_MEDIA}-{number}"
    picture = drawing(
        add_image(package, f"{name}.png", rendered(svg), part),
        add_image(package, f"{name}.svg", svg.encode(), part),
        width,
        int(width * HEIGHT / WIDTH),
        name=figure.title,
        alt=description(figure, figure.cells, said, words),
    )
    caption = " ".join(_sentences(context, figure))
    return (
        paragraph(text_run(figure.title), "Question")
        + paragraph(picture, "Figure")
        + paragraph(text_run(caption), "Caption")
    )


def _sentences(context: BuildContext, figure: Figure) -> Iterator[str]:
    """The latest period in words: value, met or missed, target, how many cases, what they lack."""
    language, translations = context.names.language, context.names.translations
    said, words = speech(language, translations), course_words(language, translations)
    last = figure.cells[-1]
    yield f"{cell_text(figure, last, said, words)}."
    target = target_text(figure.target, figure.unit, said, words)
    if target:
        yield words["target"].format(target=target)
    if last.cases is not None:
        yield said.count("figures.cases", last.cases)
    if last.missing:
        yield said.count("figures.missing", last.missing)

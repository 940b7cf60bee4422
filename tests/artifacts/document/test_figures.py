"""Key figures in a document: only on request, marked, numbers only, every text unharmed."""

from __future__ import annotations

import io
from datetime import date

import msgspec
import pytest
from lxml import etree
from PIL import Image

from regelwerk.artifacts.document import render_document
from regelwerk.artifacts.document.figures import drawn_figures, shows_figures
from regelwerk.artifacts.view.sample import sample_context
from regelwerk.artifacts.view.words import PHRASES
from regelwerk.errors import RenderError
from regelwerk.model.context import BuildContext
from regelwerk.project.translations import read_translations
from word_support import (
    REPOSITORY,
    SACRED,
    WP,
    OneTemplate,
    figured_context,
    house_templates,
    lint,
    paragraphs,
    parts,
    text,
)

SVG = "{http://www.w3.org/2000/svg}"
MEDIA = "word/media/key-figure"


def render(context: BuildContext) -> bytes:
    return render_document(context, house_templates()).content


@pytest.fixture(scope="module")
def plain() -> bytes:
    return render(sample_context())


@pytest.fixture(scope="module")
def figured() -> bytes:
    return render(figured_context())


def drawings(content: bytes) -> list[tuple[str, str]]:
    root = etree.fromstring(parts(content)["word/document.xml"])
    found = [(d.get("name", ""), d.get("descr", "")) for d in root.iter(f"{WP}docPr")]
    return [one for one in found if "period by period" in one[1]]


def test_a_document_that_nobody_asked_to_draw_them_says_nothing_of_records(plain: bytes) -> None:
    assert not shows_figures(plain)
    assert drawings(plain) == []
    assert PHRASES["figures.title"] not in text(plain)


def test_what_is_drawn_is_added_and_nothing_of_the_approved_text_changes(
    plain: bytes, figured: bytes
) -> None:
    before, after = paragraphs(plain), paragraphs(figured)
    start = after.index(PHRASES["figures.title"])
    added = len(after) - len(before)
    assert after[:start] + after[start + added :] == before
    assert after[start + 1 : start + 3] == [PHRASES["figures.mark"], PHRASES["figures.legend"]]
    assert after[start + 3 : start + added] == [
        SACRED,
        "",
        (
            f"2024: 12 {SACRED}, target missed. Target: at least 30 {SACRED}. 7 cases. "
            "1 more lacks what is measured."
        ),
        "Share",
        "",
        "2024: 94.12%. 1,200 cases.",
    ]
    changed = {name for name, part in parts(plain).items() if parts(figured)[name] != part}
    assert changed <= {
        "[Content_Types].xml",
        "docProps/custom.xml",
        "word/document.xml",
        "word/_rels/document.xml.rels",
        *(name for name in changed if name.startswith("word/footer")),  # the build digest
    }


def test_every_picture_is_there_as_svg_and_png_and_in_words(figured: bytes) -> None:
    assert drawings(figured) == [
        (
            SACRED,
            (
                f"{SACRED}, period by period. Target: at least 30 {SACRED}. 2022: 31.5 {SACRED}, "
                f"target met; 2023: too few cases to be shown; 2024: 12 {SACRED}, target missed."
            ),
        ),
        ("Share", "Share, period by period. 2024: 94.12%."),
    ]
    held = parts(figured)
    media = sorted(name for name in held if name.startswith(MEDIA))
    assert media == [f"{MEDIA}-{n}.{kind}" for n in (1, 2) for kind in ("png", "svg")]
    svg = etree.fromstring(held[f"{MEDIA}-1.svg"])
    assert svg.findtext(f"{SVG}title") == SACRED
    assert b"var(" not in held[f"{MEDIA}-1.svg"]
    picture = Image.open(io.BytesIO(held[f"{MEDIA}-1.png"])).convert("L")
    assert picture.size == (1400, 330)
    assert picture.getextrema()[0] < 128
    assert lint(figured) == []


def test_withheld_and_running_periods_show_no_number_anywhere(figured: bytes) -> None:
    assert [figure.id for figure in drawn_figures(figured_context())] == ["amount", "share"]
    for name, part in parts(figured).items():
        if not name.endswith(".png"):
            for unsaid in ("4711", "4,711", "Known to nobody"):
                assert unsaid.encode() not in part, name


def test_a_latest_period_of_too_few_cases_tells_neither_value_nor_cases() -> None:
    context = figured_context()
    amount = context.figures[0]
    few = msgspec.structs.replace(amount, cells=amount.cells[:2])
    said = paragraphs(render(msgspec.structs.replace(context, figures=(few,))))
    last = said[said.index(PHRASES["figures.legend"]) + 3]
    assert last == f"2023: too few cases to be shown. Target: at least 30 {SACRED}."


def test_figures_without_a_value_in_a_period_that_is_over_leave_every_byte(plain: bytes) -> None:
    context = figured_context()
    unsaid = msgspec.structs.replace(context, figures=context.figures[2:])
    assert render(unsaid) == plain


def test_the_day_of_the_build_is_not_told_and_changes_nothing(figured: bytes) -> None:
    later = msgspec.structs.replace(figured_context(), as_of=date(2031, 12, 24))
    assert render(later) == figured
    assert "2031" not in text(figured)


def test_a_template_without_a_place_for_them_is_an_error_only_where_there_are_some(
    plain: bytes,
) -> None:
    own = OneTemplate(plain)  # a finished document: all text, no tag
    render_document(sample_context(), own)
    with pytest.raises(RenderError, match=r"own\.docx has no place for key figures") as caught:
        render_document(figured_context(), own)
    assert "{{p 'figures' | insert }}" in caught.value.hint


def test_they_speak_the_language_of_the_document() -> None:
    translations, _ = read_translations(REPOSITORY, ["de"])
    context = figured_context()
    names = msgspec.structs.replace(context.names, language="de", translations=translations)
    said = text(render(msgspec.structs.replace(context, names=names)))
    assert translations["de"]["phrase.figures.mark"] in said
    assert "1.200" in said
    assert PHRASES["figures.mark"] not in said


def test_what_is_no_word_file_shows_no_figures() -> None:
    for content in (b"", b"PK\x03\x04", b"%PDF-1.7"):
        assert not shows_figures(content)

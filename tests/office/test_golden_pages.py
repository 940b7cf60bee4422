"""Page pictures of four documents; `pytest --update-golden tests/office` draws them anew.

Look at every picture that has changed before committing it.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from office.office_support import document, needs_office, pages
from office.page_pictures import difference, look_alike, small
from regelwerk.operations.libre_office import to_pdf

GOLDEN = Path(__file__).resolve().parent.parent / "golden"
SAMPLES = {
    "sales": "sales-1.3",
    "draft": "sales-draft",
    "superseded": "complaints-1.9",
    "forty-steps": "forty-steps",
}


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Image.Image]]:
    pdfs = to_pdf({name: document(sample) for name, sample in SAMPLES.items()})
    folder = tmp_path_factory.mktemp("pages")
    return {name: pages(pdf, folder / name) for name, pdf in pdfs.items()}


@pytest.mark.office
@needs_office
def test_pages_look_as_they_did(
    drawn: dict[str, list[Image.Image]], update_golden: bool, tmp_path: Path
) -> None:
    if update_golden:
        _store(drawn)
    changed = []
    for name, sheets in drawn.items():
        stored = sorted((GOLDEN / name).glob("page-*.png"))
        if len(stored) != len(sheets):
            changed.append(f"{name}: {len(sheets)} pages instead of {len(stored)}")
        for path, sheet in zip(stored, sheets, strict=False):
            known, sheet = Image.open(path).convert("L"), small(sheet)
            if not look_alike(known, sheet):
                seen = tmp_path / f"{name}-{path.name}"
                sheet.save(seen)
                share = difference(known, sheet)
                changed.append(f"{name}/{path.name}: {share:.1%} of the page; it is now {seen}")
    assert changed == []


def _store(drawn: dict[str, list[Image.Image]]) -> None:
    for name, sheets in drawn.items():
        folder = GOLDEN / name
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob("page-*.png"):
            old.unlink()
        for number, sheet in enumerate(sheets, start=1):
            path = folder / f"page-{number:02}.png"
            small(sheet).quantize(4).save(path, optimize=True)


def _written(top: int, *, grey: int = 0, left: int = 40) -> Image.Image:
    """A page of text: lines of strokes from `top` on."""
    page = Image.new("L", (413, 585), 255)
    draw = ImageDraw.Draw(page)
    for line in range(top, 540, 10):
        for stroke in range(left, 370, 4):
            draw.line((stroke, line, stroke, line + 5), fill=grey)
    return page


def test_other_edges_of_the_letters_do_not_matter() -> None:
    assert look_alike(_written(40), _written(40, grey=40))
    assert look_alike(_written(40), _written(40, left=41))
    assert look_alike(small(_written(40)), small(_written(40)).quantize(4).convert("L"))


def test_a_missing_paragraph_a_lost_picture_and_another_size_are_seen() -> None:
    page = _written(40)
    without = page.copy()
    ImageDraw.Draw(without).rectangle((40, 200, 370, 230), fill=255)
    assert not look_alike(page, without)
    picture = without.copy()
    ImageDraw.Draw(picture).rectangle((100, 200, 300, 230), fill=200)
    assert not look_alike(without, picture)
    assert not look_alike(page, _written(45))
    assert not look_alike(page, page.resize((585, 413)))

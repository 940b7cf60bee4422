"""The organization's logo in the header of documents and checklists."""

from __future__ import annotations

import io
import re
import struct

import pytest
from PIL import Image

from regelwerk.artifacts.checklist.render import render_checklist
from regelwerk.artifacts.document import render_document
from regelwerk.errors import RenderError
from regelwerk.model.context import Template
from word_support import contexts, house_templates, lint, parts

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 10"><path d="M0 0h30v10z"/></svg>'


class WithLogo:
    """The house templates and one more file."""

    def __init__(self, name: str, content: bytes) -> None:
        self.name, self.content = name, content
        self._house = house_templates()

    def read(self, area: str, name: str) -> Template | None:
        if (area, name) == ("document", self.name):
            return Template(f"templates/document/{name}", self.content)
        return self._house.read(area, name)

    def names(self, area: str) -> tuple[str, ...]:
        return self._house.names(area)


def picture(kind: str, size: tuple[int, int] = (300, 100)) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", size, "navy").save(target, kind)
    return target.getvalue()


def extent(content: bytes) -> tuple[int, int]:
    header = parts(content)["word/header1.xml"].decode()
    (size,) = re.findall(r'<wp:extent cx="(\d+)" cy="(\d+)"', header)
    return int(size[0]), int(size[1])


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("logo.png", picture("PNG")),
        ("logo.jpg", picture("JPEG")),
        ("logo.jpeg", picture("JPEG")),
        ("logo.svg", SVG),
    ],
)
def test_it_stands_in_the_header_in_its_proportions(name: str, content: bytes) -> None:
    context = contexts(".", "sales")["draft"]
    for made in (
        render_document(context, WithLogo(name, content)).content,
        render_checklist(context, WithLogo(name, content)).content,
    ):
        assert lint(made) == []
        width, height = extent(made)
        assert width / height == pytest.approx(3, rel=0.01)
        assert parts(made)[f"word/media/{name}"] == content
        assert 'descr="ARTS Solutions GmbH"' in parts(made)["word/header1.xml"].decode()
        assert b"media/logo." in parts(made)["word/_rels/header1.xml.rels"]


def test_a_wide_one_does_not_push_the_rest_aside() -> None:
    context = contexts(".", "sales")["1.3"]
    made = render_document(context, WithLogo("logo.png", picture("PNG", (4000, 100)))).content
    assert extent(made)[0] <= 3400 * 635


def test_an_svg_comes_with_a_picture_for_older_programs() -> None:
    context = contexts(".", "sales")["1.3"]
    made = parts(render_document(context, WithLogo("logo.svg", SVG)).content)
    assert made["word/media/logo.png"].startswith(b"\x89PNG")


def test_without_one_nothing_is_left_empty() -> None:
    made = render_document(contexts(".", "sales")["1.3"], house_templates()).content
    header = parts(made)["word/header1.xml"].decode()
    assert "Logo" not in header
    assert "drawing" not in header


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("logo.png", b"no picture"),
        ("logo.jpg", b"\xff\xd8\xff\xe0\x00"),
        ("logo.svg", b"<svg"),
        ("logo.svg", b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 0 10"/>'),
        (
            "logo.svg",
            (
                b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">'
                b'<image href="/etc/hostname"/></svg>'
            ),
        ),
        (
            "logo.svg",
            (
                b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
                b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 &a;"/>'
            ),
        ),
    ],
)
def test_what_is_no_sound_picture_is_named(name: str, content: bytes) -> None:
    with pytest.raises(RenderError, match=f"templates/document/{name}"):
        render_document(contexts(".", "sales")["1.3"], WithLogo(name, content))


@pytest.mark.parametrize(
    "size",
    ['width="1000000" height="1000000"', 'viewBox="0 0 90000 30000"', 'width="900in" height="3in"'],
)
def test_a_logo_as_large_as_a_field_is_drawn_coarser(size: str) -> None:
    svg = SVG.replace(SVG[SVG.index(b"<svg") : SVG.index(b">") + 1], _opened(size))
    made = parts(render_document(contexts(".", "sales")["1.3"], WithLogo("logo.svg", svg)).content)
    width, height = struct.unpack_from(">II", made["word/media/logo.png"], 16)
    assert 0 < width * height < 4_010_000


@pytest.mark.parametrize("size", ['width="1e9em"', 'width="-5"', 'width="inf"', 'height="0"'])
def test_a_logo_whose_size_says_nothing_is_named(size: str) -> None:
    opened = _opened(f'viewBox="0 0 10 10" {size}')
    svg = SVG.replace(SVG[SVG.index(b"<svg") : SVG.index(b">") + 1], opened)
    with pytest.raises(RenderError, match=r"templates/document/logo\.svg"):
        render_document(contexts(".", "sales")["1.3"], WithLogo("logo.svg", svg))


def _opened(size: str) -> bytes:
    more = "" if "viewBox" in size else ' viewBox="0 0 10 10"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}{more}>'.encode()

"""The organization's logo from `templates/document/`, in a part that asks for it."""

from __future__ import annotations

import math
import struct
from collections.abc import Iterator

from lxml import etree

from regelwerk.artifacts.office.blocks import paragraph
from regelwerk.artifacts.office.figure import add_image, drawing
from regelwerk.artifacts.office.package import Package
from regelwerk.artifacts.office.xml import parse
from regelwerk.artifacts.picture.png import SCALE, bearable, rendered
from regelwerk.errors import RenderError
from regelwerk.model.context import Template, TemplateSource

AREA = "document"
NAMES = ("logo.svg", "logo.png", "logo.jpg", "logo.jpeg")

_MOST_PIXELS = 4_000_000

# Pixels that a unit of CSS has (CSS Values 4, section 6.2).
_UNITS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 37.8, "mm": 3.78}

# Twips: the room in a header that a logo may fill.
_TALLEST, _WIDEST = 454, 3400
_HINT = "Save it again as PNG or JPEG, or as an SVG that holds all it shows."


def logo(templates: TemplateSource, package: Package, part: str, *, alt: str) -> str:
    """A paragraph with the logo as large as a header allows; empty where there is none.

    RenderError where the file is no such picture, or refers to other files.
    """
    template = next((found for name in NAMES if (found := templates.read(AREA, name))), None)
    if template is None:
        return ""
    extension = template.file.rpartition(".")[2].lower()
    width, height = _size(template, extension)
    scale = min(_TALLEST / height, _WIDEST / width)
    svg = ""
    if extension == "svg":
        svg = add_image(package, "word/media/logo.svg", template.content, part)
        raster = add_image(package, "word/media/logo.png", _drawn(template), part)
    else:
        raster = add_image(package, f"word/media/logo.{extension}", template.content, part)
    size = int(width * scale), int(height * scale)
    return paragraph(drawing(raster, svg, *size, name=alt, alt=alt), "Logo")


def _size(template: Template, extension: str) -> tuple[float, float]:
    """Width and height; only their proportion counts."""
    try:
        sizes = {"svg": _svg, "png": _png}.get(extension, _jpeg)(template.content)
    except (ValueError, IndexError, struct.error, etree.XMLSyntaxError) as error:
        raise RenderError(f"{template.file} is no picture that can be read", _HINT) from error
    if min(sizes) <= 0:
        raise RenderError(f"{template.file} has no size", _HINT)
    return sizes


def _png(content: bytes) -> tuple[float, float]:
    """PNG (ISO/IEC 15948): the header chunk comes first."""
    if content[:8] != b"\x89PNG\r\n\x1a\n":
        raise ValueError
    width, height = struct.unpack(">II", content[16:24])
    return width, height


def _jpeg(content: bytes) -> tuple[float, float]:
    """JPEG (ITU-T T.81, B.2.2): the size stands in the frame header."""
    if content[:2] != b"\xff\xd8":
        raise ValueError
    for marker, data in _segments(content):
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[1:5])
            return width, height
    raise ValueError


def _segments(content: bytes) -> Iterator[tuple[int, bytes]]:
    place = 2
    while place + 4 <= len(content) and content[place] == 0xFF:
        (length,) = struct.unpack(">H", content[place + 2 : place + 4])
        yield content[place + 1], content[place + 4 : place + 2 + length]
        place += 2 + length


def _svg(content: bytes) -> tuple[float, float]:
    """SVG: the view box, else width and height without their unit."""
    root = parse(content)
    if etree.QName(root).localname != "svg" or any(_leads_out(root)):
        raise ValueError
    box = root.get("viewBox", "").replace(",", " ").split()
    if len(box) == 4:
        return float(box[2]), float(box[3])
    return float(root.get("width", "").rstrip("ptxmcin")), float(
        root.get("height", "").rstrip("ptxmcin")
    )


def _drawn_size(content: bytes) -> tuple[float, float]:
    """Width and height of an SVG in pixels, as it would be drawn; ValueError if that is unclear."""
    root = parse(content)
    box = root.get("viewBox", "").replace(",", " ").split()
    whole = [float(n) for n in box[2:]] if len(box) == 4 else [100.0, 100.0]
    width, height = (
        _pixels(root.get(name, "100%").strip(), side)
        for name, side in zip(("width", "height"), whole, strict=True)
    )
    return width, height


def _pixels(length: str, whole: float) -> float:
    number = length.rstrip("%" + "".join(_UNITS))
    unit = length[len(number) :]
    pixels = float(number) * (whole / 100 if unit == "%" else _UNITS.get(unit, math.nan))
    if not 0 < pixels < math.inf:
        raise ValueError(length)
    return pixels


def _leads_out(root: etree._Element) -> Iterator[bool]:
    """Whether something refers to another file, which must not find its way into a document."""
    for element in root.iter("*"):
        for name, value in element.attrib.items():
            if etree.QName(name).localname == "href":
                yield not str(value).startswith(("#", "data:"))


def _drawn(template: Template) -> bytes:
    try:
        scale = bearable(SCALE, *_drawn_size(template.content), most=_MOST_PIXELS)
        return rendered(template.content.decode(), scale=scale)
    except (ValueError, RuntimeError) as error:
        raise RenderError(f"{template.file} cannot be drawn", _HINT) from error

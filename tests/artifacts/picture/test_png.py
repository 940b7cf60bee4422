"""The PNG: drawn with text, sharp enough for print, the same every time."""

import math
import struct
import zlib
from itertools import pairwise

import msgspec
import pytest

from regelwerk.artifacts.picture.chart import Chart
from regelwerk.artifacts.picture.layout import layout
from regelwerk.artifacts.picture.png import SCALE, png

from . import charts


def size(data: bytes) -> tuple[int, int]:
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    return struct.unpack_from(">II", data, 16)


def dark_pixels(data: bytes) -> int:
    """Count the pixels that are nearly black, as only text is."""
    width, height = size(data)
    at, packed = 8, b""
    while at < len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        packed += data[at + 8 : at + 8 + length] if kind == b"IDAT" else b""
        at += 12 + length
    depth = {2: 3, 6: 4}[data[25]]
    rows = unfiltered(zlib.decompress(packed), width * depth, height, depth)
    return sum(
        1
        for row in rows
        for x in range(0, width * depth, depth)
        if max(row[x], row[x + 1], row[x + 2]) < 0x40
    )


def unfiltered(raw: bytes, stride: int, height: int, depth: int) -> list[bytearray]:
    """Undo the filters of PNG (W3C, section 9)."""
    rows = [bytearray(stride)]
    for y in range(height):
        at = y * (stride + 1)
        kind, row, above = raw[at], bytearray(raw[at + 1 : at + 1 + stride]), rows[-1]
        for i in range(stride):
            left = row[i - depth] if i >= depth else 0
            corner = above[i - depth] if i >= depth else 0
            guess = (0, left, above[i], (left + above[i]) // 2, paeth(left, above[i], corner))
            row[i] = (row[i] + guess[kind]) & 0xFF
        rows.append(row)
    return rows[1:]


def paeth(a: int, b: int, c: int) -> int:
    return min((a, b, c), key=lambda value: abs(a + b - c - value))


def silent(chart: Chart) -> Chart:
    """The same chart without a word."""
    return msgspec.structs.replace(
        chart,
        lanes=tuple(msgspec.structs.replace(lane, title="") for lane in chart.lanes),
        nodes=tuple(
            msgspec.structs.replace(node, title="", note="", number="") for node in chart.nodes
        ),
        edges=tuple(msgspec.structs.replace(edge, label="") for edge in chart.edges),
    )


def test_text_is_drawn_with_the_shipped_font() -> None:
    assert dark_pixels(png(silent(charts.sales()), width=math.inf, scale=1)) == 0
    assert dark_pixels(png(charts.sales(), width=math.inf, scale=1)) > 1500


@pytest.mark.parametrize("letters", ["äöüßÄÖÜéñçłőžğ", "Ωμέγα", "Привет"])
def test_latin_greek_and_cyrillic_need_no_font_of_the_machine(letters: str) -> None:
    chart = charts.sales()
    nodes = (msgspec.structs.replace(chart.nodes[1], title=letters, number=""),)
    lanes = tuple(msgspec.structs.replace(lane, title="") for lane in chart.lanes)
    one = msgspec.structs.replace(chart, nodes=nodes, edges=(), lanes=lanes)
    assert dark_pixels(png(one, scale=2)) > 40


def test_the_same_chart_gives_the_same_bytes() -> None:
    assert png(charts.sales()) == png(charts.sales())


def test_the_picture_has_300_dots_per_inch_at_16_centimetres() -> None:
    chart = charts.sales()
    placed = layout(chart)
    wide, high = size(png(chart))
    assert abs(wide - placed.width * SCALE) <= 1
    assert abs(high - placed.height * SCALE) <= 1
    inches = placed.width / 760 * 16 / 2.54
    assert 295 < wide / inches < 305


def test_a_status_changes_the_picture() -> None:
    chart = charts.sales()
    assert png(chart) != png(msgspec.structs.replace(chart, status="DRAFT"))


def test_growing_scales_grow_the_picture() -> None:
    sizes = [size(png(charts.sales(), scale=scale)) for scale in (1, 2, 3)]
    assert all(a < b for a, b in pairwise(sizes))

"""Advance widths of the shipped font, read from its TrueType tables.

Tables and their fields: OpenType 1.9, chapters `head`, `hhea`, `hmtx` and `cmap` (format 4).
"""

import functools
import struct
import unicodedata
from collections.abc import Mapping
from pathlib import Path

FAMILY = "Noto Sans"
REGULAR = Path(__file__).with_name("fonts") / "NotoSans-Regular.ttf"
BOLD = Path(__file__).with_name("fonts") / "NotoSans-Bold.ttf"

_WIDE = 1.0
_UNKNOWN = 0.65


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Tell how wide a text is on one line, in the unit of `size`."""
    known = advances(BOLD if bold else REGULAR)
    return size * sum(known[c] if c in known else _guess(c) for c in text)


def covers(text: str) -> bool:
    """Tell whether the shipped font has a glyph for every character of the text."""
    return all(c in advances(REGULAR) and c in advances(BOLD) for c in set(text))


@functools.cache
def advances(path: Path) -> Mapping[str, float]:
    """Map each character of a font to its advance width in em."""
    data = path.read_bytes()
    tables = _tables(data)
    units = struct.unpack_from(">H", data, tables["head"] + 18)[0]
    count = struct.unpack_from(">H", data, tables["hhea"] + 34)[0]
    metrics = struct.unpack_from(f">{2 * count}H", data, tables["hmtx"])[::2]
    glyphs = _characters(data, tables["cmap"])
    return {chr(c): metrics[min(g, count - 1)] / units for c, g in glyphs.items()}


def _guess(character: str) -> float:
    """Estimate the width of a character that only another font can draw."""
    if unicodedata.combining(character) or unicodedata.category(character) == "Cf":
        return 0.0
    return _WIDE if unicodedata.east_asian_width(character) in "WF" else _UNKNOWN


def _tables(data: bytes) -> dict[str, int]:
    count = struct.unpack_from(">H", data, 4)[0]
    records = struct.iter_unpack(">4sLLL", data[12 : 12 + 16 * count])
    return {tag.decode("ascii"): offset for tag, _, offset, _ in records}


def _characters(data: bytes, cmap: int) -> dict[int, int]:
    """Read the character map's subtable of format 4: code point to glyph number."""
    count = struct.unpack_from(">H", data, cmap + 2)[0]
    for _, _, offset in struct.iter_unpack(">HHL", data[cmap + 4 : cmap + 4 + 8 * count]):
        if struct.unpack_from(">H", data, cmap + offset)[0] == 4:
            return _segments(data, cmap + offset)
    raise ValueError("the font has no character map of format 4")


def _segments(data: bytes, start: int) -> dict[int, int]:
    count = struct.unpack_from(">H", data, start + 6)[0] // 2
    ends = struct.unpack_from(f">{count}H", data, start + 14)
    starts = struct.unpack_from(f">{count}H", data, start + 16 + 2 * count)
    deltas = struct.unpack_from(f">{count}H", data, start + 16 + 4 * count)
    ranges_at = start + 16 + 6 * count
    ranges = struct.unpack_from(f">{count}H", data, ranges_at)
    found: dict[int, int] = {}
    for i, (first, last, delta, offset) in enumerate(
        zip(starts, ends, deltas, ranges, strict=True)
    ):
        for code in range(first, min(last, 0xFFFE) + 1):
            glyph = code
            if offset:
                at = ranges_at + 2 * i + offset + 2 * (code - first)
                glyph = struct.unpack_from(">H", data, at)[0]
            if glyph or not offset:
                glyph = (glyph + delta) & 0xFFFF
            if glyph:
                found[code] = glyph
    return found

"""Comparing pages as a reader sees them: other letters' edges do not matter, a moved line does."""

from __future__ import annotations

from PIL import Image, ImageChops

# Pixels of a block (at 50 dpi a line of text is 9 high); grey levels by which one may differ; the
# share of blocks that may differ more. Another version of LibreOffice or of a font moves edges by a
# pixel; a line more or less moves everything below it.
_BLOCK = 8
_LEVELS = 16
_SHARE = 0.006


def difference(one: Image.Image, other: Image.Image) -> float:
    """The share of blocks that differ visibly; 1 where the sizes are not even alike."""
    if abs(one.width - other.width) > 1 or abs(one.height - other.height) > 1:
        return 1.0
    size = one.width // _BLOCK, one.height // _BLOCK
    first, second = (
        picture.crop((0, 0, size[0] * _BLOCK, size[1] * _BLOCK)).resize(size, Image.Resampling.BOX)
        for picture in (one, other)
    )
    histogram = ImageChops.difference(first, second).histogram()
    return sum(histogram[_LEVELS:]) / (size[0] * size[1])


def look_alike(one: Image.Image, other: Image.Image) -> bool:
    return difference(one, other) <= _SHARE


def small(page: Image.Image) -> Image.Image:
    """Four greys are enough to compare, and a third as large."""
    return page.point(lambda grey: (grey + 42) // 85 * 85)

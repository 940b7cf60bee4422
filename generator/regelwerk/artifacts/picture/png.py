"""The picture as PNG, by resvg with the shipped font: no browser, no system program."""

from functools import lru_cache

from resvg_py import svg_to_bytes

from regelwerk.artifacts.picture.chart import Chart
from regelwerk.artifacts.picture.font import BOLD, FAMILY, REGULAR, covers
from regelwerk.artifacts.picture.layout import WIDTH
from regelwerk.artifacts.picture.svg import svg

SCALE = 2.5


def png(chart: Chart, *, width: float = WIDTH, scale: float = SCALE) -> bytes:
    """Draw a chart in light colours; at the default width and scale 16 cm have 300 dots per inch.

    Fonts of the machine are loaded only where the shipped one lacks a character; then alone the
    bytes depend on the machine.
    """
    return rendered(svg(chart, width=width, adaptive=False), scale=scale)


@lru_cache(maxsize=8)
def rendered(picture: str, *, scale: float = SCALE) -> bytes:
    """Turn an SVG in plain style into a PNG; a document and the picture itself share theirs."""
    return bytes(
        svg_to_bytes(
            svg_string=picture,
            zoom=scale,
            background="#ffffff",
            font_family=FAMILY,
            sans_serif_family=FAMILY,
            font_files=[str(REGULAR), str(BOLD)],
            skip_system_fonts=covers("".join(picture.split())),
        )
    )

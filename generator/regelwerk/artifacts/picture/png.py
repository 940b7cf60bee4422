"""The picture as PNG, by resvg with the shipped font: no browser, no system program."""

import math
from functools import lru_cache

from resvg_py import svg_to_bytes

from regelwerk.artifacts.picture.chart import Chart
from regelwerk.artifacts.picture.font import BOLD, FAMILY, REGULAR, covers
from regelwerk.artifacts.picture.layout import WIDTH, layout
from regelwerk.artifacts.picture.svg import draw

SCALE = 2.5

# Pixels of one picture: 16 cm wide with 300 dots per inch, that is a flow of some 200 steps. Many
# programs open no picture with a side beyond 32,767; and the time to draw long lines grows with it.
MOST_PIXELS = 64_000_000
_LONGEST_SIDE = 32_000


def png(chart: Chart, *, width: float = WIDTH, scale: float = SCALE) -> bytes:
    """Draw a chart in light colours; at the default width and scale 16 cm have 300 dots per inch.

    A picture too large for that is drawn coarser.
    Fonts of the machine are loaded only where the shipped one lacks a character; then alone the
    bytes depend on the machine.
    """
    placed = layout(chart, width=width)
    fitting = bearable(scale, placed.width, placed.height)
    picture = draw(placed, chart, adaptive=False)
    return rendered(picture, scale=fitting, crisp=fitting < scale)


def bearable(scale: float, width: float, height: float, *, most: int = MOST_PIXELS) -> float:
    """Make a scale smaller where a picture of this size would have more pixels than is sensible."""
    fitting = math.sqrt(most / max(width * height, 1.0))
    return min(scale, fitting, _LONGEST_SIDE / max(width, height, 1.0))


@lru_cache(maxsize=8)
def rendered(picture: str, *, scale: float = SCALE, crisp: bool = False) -> bytes:
    """Turn an SVG in plain style into a PNG; a document and the picture itself share theirs.

    Lines are smoothed unless `crisp`, which draws thousands of long ones in a tenth of the time.
    """
    return bytes(
        svg_to_bytes(
            svg_string=picture,
            zoom=scale,
            dpi=96.0,
            shape_rendering="crisp_edges" if crisp else "geometric_precision",
            background="#ffffff",
            font_family=FAMILY,
            sans_serif_family=FAMILY,
            font_files=[str(REGULAR), str(BOLD)],
            skip_system_fonts=covers("".join(picture.split())),
        )
    )

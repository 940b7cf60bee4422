"""A plot of how cost grows, as SVG: two panels with logarithmic axes, on white."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from html import escape

Points = Sequence[tuple[float, float]]

_WIDTH, _HEIGHT, _LEFT, _TOP, _GAP = 330, 220, 62, 46, 88
_COLORS = ("#1f6fb2", "#c2570c", "#3f7d3a")


def plot(panels: Sequence[tuple[str, str, str, Mapping[str, Points]]]) -> str:
    """A panel for each title, name of the x axis, name of the y axis, and lines by their names."""
    width = _LEFT + len(panels) * (_WIDTH + _GAP) - _GAP + 24
    height = _TOP + _HEIGHT + 84
    font = "Carlito, Calibri, Arial, sans-serif"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img">',
        f"<title>{escape('; '.join(title for title, *_ in panels))}</title>",
        f"<style>text{{fill:#333;font:13px {font}}}.h{{font-weight:bold}}.l{{stroke:#bbb}}</style>",
        '<rect width="100%" height="100%" fill="#fff"/>',
    ]
    for number, panel in enumerate(panels):
        parts += _panel(_LEFT + number * (_WIDTH + _GAP), *panel)
    return "\n".join([*parts, "</svg>", ""])


def _panel(
    left: int, title: str, x_name: str, y_name: str, lines: Mapping[str, Points]
) -> list[str]:
    xs = [x for points in lines.values() for x, _ in points]
    ys = [y for points in lines.values() for _, y in points]
    x_low, x_high = math.log10(min(xs)), math.log10(max(xs))
    foot = _TOP + _HEIGHT
    y_low, y_high = math.floor(math.log10(min(ys))), math.ceil(math.log10(max(ys)))

    def at(x: float, y: float) -> tuple[float, float]:
        return (
            left + (math.log10(x) - x_low) / (x_high - x_low) * _WIDTH,
            foot - (math.log10(y) - y_low) / (y_high - y_low) * _HEIGHT,
        )

    parts = [f'<text class="h" x="{left}" y="18">{escape(title)}</text>']
    parts.append(f'<text x="{left}" y="{_TOP - 10}">{escape(y_name)}</text>')
    for power in range(y_low, y_high + 1):
        _, y = at(10**x_low, 10**power)
        parts.append(f'<path class="l" d="M{left} {y:.1f}h{_WIDTH}"/>')
        parts.append(
            f'<text x="{left - 8}" y="{y + 4:.1f}" text-anchor="end">{_said(10**power)}</text>'
        )
    for value in sorted(set(xs)):
        x, _ = at(value, 10**y_low)
        parts.append(f'<path class="l" d="M{x:.1f} {foot}v5"/>')
        parts.append(
            f'<text x="{x:.1f}" y="{foot + 20}" text-anchor="middle">{_said(value)}</text>'
        )
    parts.append(
        f'<text x="{left + _WIDTH / 2}" y="{foot + 40}" text-anchor="middle">{x_name}</text>'
    )
    for number, (name, points) in enumerate(lines.items()):
        color = _COLORS[number % len(_COLORS)]
        way = " ".join(f"{x:.1f},{y:.1f}" for x, y in (at(*point) for point in points))
        parts.append(f'<polyline points="{way}" fill="none" stroke="{color}" stroke-width="2"/>')
        parts += [
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{color}"/>'
            for x, y in (at(*point) for point in points)
        ]
        row = foot + 62
        start = left + number * 168
        parts.append(f'<path d="M{start} {row - 4}h18" stroke="{color}" stroke-width="2"/>')
        parts.append(f'<text x="{start + 24}" y="{row}">{escape(name)}</text>')
    return parts


def _said(value: float) -> str:
    if value >= 1_000_000:
        return f"{value / 1_000_000:g} M"
    return f"{value:,.0f}" if value >= 1 else f"{value:g}"

"""The style sheet of a course, in the colours of the process picture."""

from __future__ import annotations

from regelwerk.artifacts.picture.style import scheme_sheet

_NAMES = (
    "paper", "ink", "soft", "edge", "frame", "good", "good-edge", "stop", "stop-edge", "gate-edge",
)  # fmt: skip
_RULES: tuple[tuple[str, str], ...] = (
    ("paper", "fill:{paper}"),
    ("axis", "stroke:{frame};stroke-width:1"),
    ("bar", "fill:{edge};stroke:{edge};stroke-width:1.2"),
    ("met", "fill:{good};stroke:{good-edge};stroke-width:1.2"),
    ("missed", "fill:{stop};stroke:{stop-edge};stroke-width:1.2"),
    ("cross", "fill:none;stroke:{stop-edge};stroke-width:1.6"),
    ("running", "fill-opacity:0.25;stroke-dasharray:3 2"),
    ("target", "stroke:{gate-edge};stroke-width:1.6;stroke-dasharray:6 3"),
    ("none", "fill:{soft}"),
    ("text", "fill:{ink}"),
    ("small", "fill:{soft}"),
)


def style_sheet(*, adaptive: bool) -> str:
    """Make the CSS; not adaptive means light only, in plain values that any program understands."""
    return scheme_sheet("rw-course", "rw-c-", _RULES, _NAMES, adaptive=adaptive)

"""The style sheet of a course, in the colours of the process picture."""

from __future__ import annotations

from collections.abc import Mapping

from regelwerk.artifacts.picture.style import DARK, LIGHT

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
    if not adaptive:
        return "\n".join(f".rw-c-{name}{{{_filled(rule, LIGHT)}}}" for name, rule in _RULES)
    names = {name: f"var(--rw-c-{name})" for name in _NAMES}
    light, dark = _variables(LIGHT), _variables(DARK)
    rules = "\n".join(f".rw-c-{name}{{{_filled(rule, names)}}}" for name, rule in _RULES)
    return (
        f".rw-course{{{light}}}\n"
        f"@media (prefers-color-scheme: dark){{.rw-course{{{dark}}}}}\n"
        f'[data-md-color-scheme="default"] .rw-course{{{light}}}\n'
        f'[data-md-color-scheme="slate"] .rw-course{{{dark}}}\n'
        f"@media print{{.rw-course.rw-course.rw-course{{{light}}}}}\n"
        f"{rules}"
    )


def _variables(palette: Mapping[str, str]) -> str:
    return ";".join(f"--rw-c-{name}:{palette[name]}" for name in _NAMES)


def _filled(rule: str, values: Mapping[str, str]) -> str:
    for name in _NAMES:
        rule = rule.replace(f"{{{name}}}", values[name])
    return rule

"""Colours of the picture, light and dark, and the style sheet made from them.

Contrast is at least AA (WCAG 2.2, 1.4.3 and 1.4.11): 4.5 for text, 3 for lines.
"""

from collections.abc import Mapping, Sequence

from regelwerk.artifacts.picture.font import FAMILY

FONTS = f"'{FAMILY}', 'Segoe UI', 'Helvetica Neue', Arial, 'Liberation Sans', sans-serif"
FALLBACK_FONTS = (
    "'Noto Sans CJK SC', 'Noto Sans CJK JP', 'Microsoft YaHei', 'Yu Gothic', "
    "'DejaVu Sans', 'Arial Unicode MS', sans-serif"
)

LIGHT: Mapping[str, str] = {
    "paper": "#ffffff",
    "lane": "#f7f9fb",
    "head": "#e4ebf2",
    "frame": "#8294a5",
    "card": "#ffffff",
    "ink": "#16222e",
    "soft": "#4a5a69",
    "edge": "#1f5c8b",
    "flow": "#44525f",
    "gate": "#fff4d6",
    "gate-edge": "#8a6100",
    "good": "#e3f3e6",
    "good-edge": "#2b7140",
    "stop": "#fbe6e4",
    "stop-edge": "#a8322a",
    "mark": "#1f5c8b",
    "on-mark": "#ffffff",
    "status": "#a8322a",
    "on-status": "#ffffff",
}

DARK: Mapping[str, str] = {
    "paper": "#12181f",
    "lane": "#18202a",
    "head": "#263342",
    "frame": "#6d8196",
    "card": "#212c38",
    "ink": "#eef3f8",
    "soft": "#b6c4d1",
    "edge": "#79b8ec",
    "flow": "#b3c1ce",
    "gate": "#3b3216",
    "gate-edge": "#e6bd57",
    "good": "#1b3824",
    "good-edge": "#7fce95",
    "stop": "#43211f",
    "stop-edge": "#f3948b",
    "mark": "#79b8ec",
    "on-mark": "#0c141c",
    "status": "#f3948b",
    "on-status": "#0c141c",
}

_RULES: tuple[tuple[str, str], ...] = (
    ("paper", "fill:{paper}"),
    ("lane", "fill:{lane};stroke:{frame};stroke-width:1"),
    ("head", "fill:{head};stroke:{frame};stroke-width:1"),
    ("task", "fill:{card};stroke:{edge};stroke-width:1.4"),
    ("call", "fill:{card};stroke:{edge};stroke-width:3.2"),
    ("decision", "fill:{gate};stroke:{gate-edge};stroke-width:1.6"),
    ("split", "fill:{gate};stroke:{gate-edge};stroke-width:1.6"),
    ("join", "fill:{gate};stroke:{gate-edge};stroke-width:1.6"),
    ("start", "fill:{good};stroke:{good-edge};stroke-width:1.6"),
    ("end", "fill:{stop};stroke:{stop-edge};stroke-width:3.4"),
    ("link", "fill:{card};stroke:{mark};stroke-width:1.4"),
    ("optional", "stroke-dasharray:5 3"),
    ("sign", "fill:none;stroke:{gate-edge};stroke-width:2.6"),
    ("sign-task", "fill:none;stroke:{edge};stroke-width:1.3"),
    ("flow", "fill:none;stroke:{flow};stroke-width:1.4"),
    ("tip", "fill:{flow}"),
    ("number", "fill:{mark}"),
    ("badge", "fill:{status}"),
    ("t-title", "fill:{ink}"),
    ("t-note", "fill:{soft}"),
    ("t-label", "fill:{ink}"),
    ("t-lane", "fill:{ink}"),
    ("t-link", "fill:{ink}"),
    ("t-number", "fill:{on-mark}"),
    ("t-badge", "fill:{on-status}"),
    ("t-water", "fill:{status};fill-opacity:0.08"),
)

_UNDER_POINTER = (
    ".rw-picture a:hover .rw-task,.rw-picture a:hover .rw-call,"
    ".rw-picture a:focus-visible .rw-task,.rw-picture a:focus-visible .rw-call"
    "{stroke:var(--rw-ink);stroke-width:3.2}\n"
    ".rw-picture a:hover .rw-t-title{text-decoration:underline}"
)


def style_sheet(*, adaptive: bool) -> str:
    """Make the CSS; not adaptive means light only, in plain values that any program understands."""
    sheet = scheme_sheet("rw-picture", "rw-", _RULES, tuple(LIGHT), adaptive=adaptive)
    return f"{sheet}\n{_UNDER_POINTER}" if adaptive else sheet


def scheme_sheet(
    root: str,
    prefix: str,
    rules: Sequence[tuple[str, str]],
    names: Sequence[str],
    *,
    adaptive: bool,
) -> str:
    """The CSS of a drawing whose outermost element has the class `root`.

    `rules` are classes, to be preceded by `prefix`, and declarations in which `{ink}` stands for
    that colour; `names` are the colours they use. Adaptive follows the reader's light or dark
    scheme, and is light on paper.
    """
    if not adaptive:
        return "\n".join(f".{prefix}{name}{{{_filled(rule, LIGHT)}}}" for name, rule in rules)
    variables = {name: f"var(--{prefix}{name})" for name in names}
    light, dark = (
        ";".join(f"--{prefix}{name}:{palette[name]}" for name in names) for palette in (LIGHT, DARK)
    )
    written = "\n".join(f".{prefix}{name}{{{_filled(rule, variables)}}}" for name, rule in rules)
    return (
        f".{root}{{{light}}}\n"
        f"@media (prefers-color-scheme: dark){{.{root}{{{dark}}}}}\n"
        f'[data-md-color-scheme="default"] .{root}{{{light}}}\n'
        f'[data-md-color-scheme="slate"] .{root}{{{dark}}}\n'
        f"@media print{{.{root}.{root}.{root}{{{light}}}}}\n"
        f"{written}"
    )


def _filled(rule: str, values: Mapping[str, str]) -> str:
    for name, value in values.items():
        rule = rule.replace(f"{{{name}}}", value)
    return rule

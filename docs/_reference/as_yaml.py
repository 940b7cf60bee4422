"""Data as a person would write it in YAML: short things on one line, no needless quotes."""

from __future__ import annotations

import json
import re

_PLAIN = re.compile(r"[A-Za-z0-9_/+-][^\x00-\x1f\"`,\[\]{}#&*!|>%@]*")
_NOT_TEXT = re.compile(
    r"true|false|null|yes|no|[-+]?[0-9.]+(e[-+]?[0-9]+)?|0x[0-9a-f]+|-.*|.*:.*|.* ", re.IGNORECASE
)


def scalar(value: object) -> str:
    """A single value."""
    if not isinstance(value, str):
        return json.dumps(value)
    plain = _PLAIN.fullmatch(value) and not _NOT_TEXT.fullmatch(value)
    return value if plain else json.dumps(value, ensure_ascii=False)


def flow(value: object) -> str:
    """A value on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{scalar(key)}: {flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(flow(item) for item in value) + "]"
    return scalar(value)


def block(value: object, indent: str = "") -> list[str]:
    """A mapping or list over several lines; what fits on a line stays on one."""
    lines: list[str] = []
    pairs = value.items() if isinstance(value, dict) else ((None, item) for item in list(value))  # type: ignore[call-overload]
    for key, item in pairs:
        lead = f"{indent}- " if key is None else f"{indent}{scalar(key)}:"
        line = lead + ("" if key is None else " ") + flow(item)
        if isinstance(item, str) and "\n" in item:
            lines += [f"{lead} |", *(f"{indent}  {part}".rstrip() for part in item.splitlines())]
        elif len(line) <= 88 or not item or not isinstance(item, dict | list):
            lines.append(line)
        elif key is None:
            first, *rest = block(item, f"{indent}  ")
            lines += [f"{indent}- {first.lstrip()}", *rest]
        else:
            lines += [lead, *block(item, f"{indent}  ")]
    return lines

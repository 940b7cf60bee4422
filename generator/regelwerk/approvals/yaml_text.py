"""Small values as YAML lines that every reader, of YAML 1.1 too, takes for the same values."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence

Value = bool | str | Sequence["Value"] | Mapping[str, "Value"]

_PLAIN = re.compile(r"[a-z][a-z0-9._-]*|[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NOT_TEXT = frozenset(("true", "false", "yes", "no", "on", "off", "null", "y", "n"))
_LITERAL = re.compile(r"(?:[!-~](?:[ -~]*[!-~])?\n)+")


def scalar(value: bool | str) -> str:
    """A text or a truth on one line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if _PLAIN.fullmatch(value) and value not in _NOT_TEXT:
        return value
    quoted = json.dumps(value, ensure_ascii=False)
    return "".join(sign if sign.isprintable() else _escaped(sign) for sign in quoted)


def flow(value: Value) -> str:
    """Any value on one line."""
    if isinstance(value, bool | str):
        return scalar(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{scalar(key)}: {flow(one)}" for key, one in value.items()) + "}"
    return "[" + ", ".join(flow(one) for one in value) + "]"


def block(values: Mapping[str, Value], indent: str = "") -> Iterator[str]:
    """A mapping as lines: mappings in it as blocks, lists on one line, long texts as literals."""
    for key, value in values.items():
        if isinstance(value, Mapping) and value:
            yield f"{indent}{scalar(key)}:"
            yield from block(value, indent + "  ")
        elif isinstance(value, str) and _LITERAL.fullmatch(value):
            yield f"{indent}{scalar(key)}: |"
            yield from (f"{indent}  {line}" for line in value.splitlines())
        else:
            yield f"{indent}{scalar(key)}: {flow(value)}"


def _escaped(sign: str) -> str:
    number = ord(sign)
    return f"\\u{number:04x}" if number <= 0xFFFF else f"\\U{number:08x}"

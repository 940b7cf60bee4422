"""Data as YAML that every parser reads as the same data: what could be misread is in quotes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

_WORD = re.compile(r"[A-Za-z][A-Za-z0-9-]*(?:[ .][A-Za-z0-9-]+)*")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_SAID_OTHERWISE = frozenset(["y", "n", "yes", "no", "on", "off", "true", "false", "null"])
# Also signs that turn the direction of what follows: shown as they are, a line says something else.
_UNPRINTABLE = re.compile(
    "[\x7f-\xa0\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
)
_FOLD = 60


def scalar(value: Any) -> str:  # noqa: ANN401
    """One value on one line."""
    if isinstance(value, str):
        plain = _WORD.fullmatch(value) and value.lower() not in _SAID_OTHERWISE
        if plain and len(value) <= _FOLD:
            return value
        quoted = json.dumps(value, ensure_ascii=False)
        return _UNPRINTABLE.sub(lambda match: f"\\u{ord(match[0]):04x}", quoted)
    return json.dumps(value)


def moment_or_scalar(key: str, value: Any) -> str:  # noqa: ANN401
    """Days stand without quotation marks where the format's own keys hold them."""
    if key in ("started", "completed", "closed", "on") and isinstance(value, str):
        return value if _DAY.fullmatch(value) else scalar(value)
    return scalar(value)


def key_text(key: str) -> str:
    """A key."""
    return key if _KEY.fullmatch(key) and key.lower() not in _SAID_OTHERWISE else scalar(key)


def flow(value: Any, key: str = "") -> str:  # noqa: ANN401
    """A value on one line, with brackets."""
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key_text(k)}: {flow(v, k)}' for k, v in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(flow(one) for one in value)}]"
    return moment_or_scalar(key, value)


def block(data: Mapping[str, Any], indent: int = 0) -> Iterator[str]:
    """The lines of a mapping; small mappings such as evidence stay on one line."""
    margin = " " * indent
    for key, value in data.items():
        head = f"{margin}{key_text(key)}:"
        if isinstance(value, dict) and value and not _is_small(value):
            yield head
            yield from block(value, indent + 2)
        elif isinstance(value, list) and value and all(isinstance(one, dict) for one in value):
            yield head
            for one in value:
                yield from item(one, indent + 2)
        else:
            yield f"{head} {flow(value, key)}"


def item(data: Mapping[str, Any], indent: int) -> Iterator[str]:
    """The lines of a mapping that is an item of a list."""
    lines = block(data, indent + 2)
    first = next(lines, None)
    if first is None:
        yield f"{' ' * indent}- {{}}"
        return
    yield f"{' ' * indent}- {first.lstrip()}"
    yield from lines


def _is_small(value: Mapping[str, Any]) -> bool:
    deep = any(isinstance(one, dict | list) for one in value.values())
    return not deep and len(flow(value)) <= _FOLD

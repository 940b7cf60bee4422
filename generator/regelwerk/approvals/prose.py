"""Whether two definitions differ in wording only, and where they differ in more than that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from regelwerk.diagnostics import Path

# Keys whose texts people read; no rule of the tool decides anything by them.
_WORDING = frozenset(
    (
        *("action", "definition", "event", "help", "instructions", "label", "note"),
        *("purpose", "question", "scope", "subtitle", "text", "title"),
    )
)
# Keys of the whole that speak of the version itself and how it is approved.
_OF_THE_VERSION = frozenset(("approval", "change", "history", "version"))


def differences(before: Any, after: Any, at: Path = ()) -> Iterator[Path]:  # noqa: ANN401
    """The places where data differs, what speaks of the version itself left out."""
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for key in dict.fromkeys((*before, *after)):
            if not at and key in _OF_THE_VERSION:
                continue
            if key not in before or key not in after:
                yield (*at, key)
            else:
                yield from differences(before[key], after[key], (*at, key))
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for index, (old, new) in enumerate(zip(before, after, strict=True)):
            yield from differences(old, new, (*at, index))
    elif type(before) is not type(after) or before != after:
        yield at


def is_wording(place: Path, before: Any, after: Any) -> bool:  # noqa: ANN401
    """Whether what differs at a place is a text that people read, on both sides."""
    key = next((part for part in reversed(place) if isinstance(part, str)), None)
    return key in _WORDING and all(_is_text(_value(data, place)) for data in (before, after))


def beyond_wording(before: Any, after: Any) -> list[Path]:  # noqa: ANN401
    """The places where two definitions differ in more than wording; none: a prose-only change."""
    return [place for place in differences(before, after) if not is_wording(place, before, after)]


def _value(data: Any, place: Path) -> Any:  # noqa: ANN401
    for part in place:
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            return None
    return data


def _is_text(value: Any) -> bool:  # noqa: ANN401
    """A text, or a list of texts such as `instructions`."""
    if isinstance(value, list):
        return all(isinstance(item, str) for item in value)
    return isinstance(value, str)

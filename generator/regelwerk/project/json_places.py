"""The places of keys and items in a JSON text that is known to be sound, found when asked for."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from json.decoder import scanstring  # type: ignore[attr-defined]
from typing import Any

from regelwerk.diagnostics import Path
from regelwerk.project.tree import Place

_SPACE = re.compile(r"[ \t\r\n]*")
_skip_value: Any = json.JSONDecoder().scan_once  # type: ignore[attr-defined]


class JsonPlaces(Mapping[Path, Place]):
    """As the places that `read_json` gives of the same text; only what is asked for is looked up.

    The text has to be valid JSON in which no key is given twice.
    """

    def __init__(self, text: str, first_line: int = 1) -> None:
        self._text = text
        self._first_line = first_line
        # For each path where its key or item begins, and where its value does.
        self._found: dict[Path, tuple[int, int] | None] = {(): (self._skip(0), self._skip(0))}

    def __getitem__(self, path: Path) -> Place:
        found = self._find(path)
        if found is None:
            raise KeyError(path)
        return self._place(found[0])

    def __iter__(self) -> Iterator[Path]:
        return (path for path, found in self._found.items() if found is not None)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _find(self, path: Path) -> tuple[int, int] | None:
        if path not in self._found:
            outer = self._find(path[:-1])
            self._found[path] = self._below(outer[1], path[-1]) if outer is not None else None
        return self._found[path]

    def _below(self, start: int, key: str | int) -> tuple[int, int] | None:
        """Where the key or item of the value beginning at `start` is."""
        opening = self._text[start]
        if opening == "{" and isinstance(key, str):
            return self._member(start + 1, key)
        return self._item(start + 1, key) if opening == "[" and isinstance(key, int) else None

    def _member(self, index: int, key: str) -> tuple[int, int] | None:
        index = self._skip(index)
        while self._text[index] == '"':
            name, end = scanstring(self._text, index + 1, True)
            value = self._skip(self._skip(end) + 1)
            if name == key:
                return index, value
            index = self._next(value)
        return None

    def _item(self, index: int, number: int) -> tuple[int, int] | None:
        index = self._skip(index)
        for _ in range(number):
            if self._text[index] == "]":
                return None
            index = self._next(index)
        return (index, index) if self._text[index] != "]" else None

    def _next(self, value: int) -> int:
        """Where what follows a value begins, or the bracket that closes what holds it."""
        _skipped, end = _skip_value(self._text, value)
        end = self._skip(end)
        return self._skip(end + 1) if self._text[end] == "," else end

    def _skip(self, index: int) -> int:
        match = _SPACE.match(self._text, index)
        return match.end() if match else index

    def _place(self, index: int) -> Place:
        row = self._text.count("\n", 0, index)
        return (self._first_line + row, index - self._text.rfind("\n", 0, index))

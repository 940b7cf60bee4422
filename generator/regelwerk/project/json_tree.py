"""Read JSON (RFC 8259) with places, limits and duplicate keys, as strictly as YAML is read."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from typing import Any

import msgspec

from regelwerk.diagnostics import Path, Problem
from regelwerk.project.faults import duplicate_key, too_deep, too_many
from regelwerk.project.limits import MAX_DEPTH, MAX_NODES
from regelwerk.project.scalars import (
    UnusableNumberError,
    finite,
    integer,
    without_control_characters,
)
from regelwerk.project.tree import Place, ReadingError, Tree, unreadable

_SPACE = re.compile(r"[ \t\r\n]*")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None}


def read_json(text: str, *, first_line: int = 1) -> Tree:
    """Read one JSON text; `first_line` is the file's line it begins in (JSON lines)."""
    reader = _Reader(text, first_line)
    try:
        data, end = reader.value(reader.skip(0), (), 0)
        if reader.skip(end) != len(text):
            raise reader.stop(reader.skip(end), "something follows the end of the value")
    except ReadingError as error:
        return unreadable(error.problem)
    return Tree(data, reader.places, tuple(reader.problems), readable=True)


class _Reader:
    def __init__(self, text: str, first_line: int) -> None:
        self.text = text
        self.places: dict[Path, Place] = {}
        self.problems: list[Problem] = []
        self._first_line = first_line
        self._nodes = 0
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self.places[()] = self._place(self.skip(0))

    def _place(self, index: int) -> Place:
        row = bisect_right(self._starts, index) - 1
        return (self._first_line + row, index - self._starts[row] + 1)

    def skip(self, index: int) -> int:
        match = _SPACE.match(self.text, index)
        return match.end() if match else index

    def stop(self, index: int, reason: str) -> ReadingError:
        message, hint = f"not valid JSON: {reason}", "check commas, quotes and brackets"
        return ReadingError(Problem("yaml/syntax", (), message, hint, *self._place(index)))

    def value(self, index: int, path: Path, depth: int) -> tuple[Any, int]:
        text = self.text
        character = text[index : index + 1]
        if character in ("{", "[") and depth >= MAX_DEPTH:
            raise ReadingError(too_deep(self._place(index)))
        self._nodes += 1
        if self._nodes > MAX_NODES:
            raise ReadingError(too_many(self._place(index)))
        if character == "{":
            return self._object(index + 1, path, depth + 1)
        if character == "[":
            return self._array(index + 1, path, depth + 1)
        if character == '"':
            string, end = self._string(index)
            if not string.isprintable():
                string, problem = without_control_characters(string, path)
                self.problems.extend(problem)
            return string, end
        for word, value in _WORDS.items():
            if text.startswith(word, index):
                return value, index + len(word)
        match = _NUMBER.match(text, index)
        if match is None:
            raise self.stop(index, "a value is expected here")
        return self._number(match, path), match.end()

    def _number(self, match: re.Match[str], path: Path) -> int | float | None:
        try:
            return finite(match[0]) if match[1] or match[2] else integer(match[0])
        except UnusableNumberError as error:
            self.problems.append(Problem("schema/value", path, str(error), "write it as text"))
            return None

    def _string(self, index: int) -> tuple[str, int]:
        try:
            value, end = json.decoder.scanstring(self.text, index + 1, True)  # type: ignore[attr-defined]
        except json.JSONDecodeError as error:
            reason = error.msg.removesuffix(" at").removesuffix(" starting").rstrip(": ")
            raise self.stop(error.pos, reason[:1].lower() + reason[1:]) from None
        return value, end

    def _object(self, index: int, path: Path, depth: int) -> tuple[dict[str, Any], int]:
        result: dict[str, Any] = {}
        index = self.skip(index)
        if self.text[index : index + 1] == "}":
            return result, index + 1
        while True:
            if self.text[index : index + 1] != '"':
                raise self.stop(index, "a key in double quotes is expected here")
            start = index
            key, index = self._key(index, path)
            here, place = (*path, key), self._place(start)
            index = self.skip(index)
            if self.text[index : index + 1] != ":":
                raise self.stop(index, "`:` is expected here")
            index = self.skip(index + 1)
            if key in result:
                self.problems.append(duplicate_key(here, self.places.get(here), place))
                index = self._value_nowhere(index, depth)
            else:
                self.places[here] = place
                result[key], index = self.value(index, here, depth)
            index = self.skip(index)
            ending = self.text[index : index + 1]
            if ending == "}":
                return result, index + 1
            if ending != ",":
                raise self.stop(index, "`,` or `}` is expected here")
            index = self.skip(index + 1)

    def _key(self, index: int, path: Path) -> tuple[str, int]:
        key, end = self._string(index)
        if not key.isprintable():
            key, problems = without_control_characters(key, path)
            line, column = self._place(index)
            self.problems.extend(
                msgspec.structs.replace(problem, path=(*path, key), line=line, column=column)
                for problem in problems
            )
        return key, end

    def _value_nowhere(self, index: int, depth: int) -> int:
        """Read over the second value of a duplicate key without touching places or problems."""
        places, problems = self.places, self.problems
        self.places, self.problems = {}, []
        _, end = self.value(index, (), depth)
        self.places, self.problems = places, problems
        return end

    def _array(self, index: int, path: Path, depth: int) -> tuple[list[Any], int]:
        result: list[Any] = []
        index = self.skip(index)
        if self.text[index : index + 1] == "]":
            return result, index + 1
        while True:
            here = (*path, len(result))
            self.places[here] = self._place(index)
            item, index = self.value(index, here, depth)
            result.append(item)
            index = self.skip(index)
            ending = self.text[index : index + 1]
            if ending == "]":
                return result, index + 1
            if ending != ",":
                raise self.stop(index, "`,` or `]` is expected here")
            index = self.skip(index + 1)

"""Read YAML 1.2 (core schema) from parser events, with places, limits and duplicate keys.

Source: YAML 1.2.2, chapter 10.3. Tags, merge keys and complex keys are not part of the format.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from regelwerk.diagnostics import Path, Problem
from regelwerk.project.limits import MAX_ALIASES, MAX_DEPTH, MAX_NODES
from regelwerk.project.scalars import (
    UnusableNumberError,
    plain_value,
    without_control_characters,
)
from regelwerk.project.tree import Place, ReadingError, Tree, unreadable

_LOADER: Any = getattr(yaml, "CLoader", yaml.Loader)


def read_yaml(text: str, *, places: bool = True) -> Tree:
    """Read one YAML document; never raises, problems say what was wrong."""
    text, restore = _hide_other_line_breaks(text)
    reader = _Reader(text, keep_places=places, restore=restore)
    try:
        data = reader.document()
    except ReadingError as error:
        return unreadable(error.problem)
    except yaml.YAMLError as error:
        return unreadable(_syntax_problem(error, text))
    return Tree(data, reader.places, tuple(reader.problems), readable=True)


class _Reader:
    """Builds data from events; holds what an anchor means and how much was read."""

    def __init__(self, text: str, *, keep_places: bool, restore: Mapping[int, str]) -> None:
        self.events: Iterator[Any] = yaml.parse(text, Loader=_LOADER)
        self.places: dict[Path, Place] = {}
        self.problems: list[Problem] = []
        self._keep_places = keep_places
        self._restore = restore
        self._anchors: dict[str, tuple[Any, int]] = {}
        self._nodes = 0
        self._aliases = 0

    def document(self) -> Any:  # noqa: ANN401
        next(self.events)  # stream start
        event = next(self.events)
        if isinstance(event, yaml.StreamEndEvent):
            self.places[()] = (1, 1)
            return None
        event = next(self.events)
        mark: Any = event.start_mark
        self.places[()] = (mark.line + 1, mark.column + 1)
        data = self._value(event, (), 0)
        next(self.events)  # document end
        event = next(self.events)
        if not isinstance(event, yaml.StreamEndEvent):
            raise _stop(
                event,
                "yaml/syntax",
                "a second YAML document begins here",
                "one file, one document: remove `---`",
            )
        return data

    def _value(self, event: Any, path: Path, depth: int) -> Any:  # noqa: ANN401
        self._nodes += 1
        if self._nodes > MAX_NODES:
            raise _stop(
                event,
                "yaml/too-large",
                f"more than {MAX_NODES} values in one file",
                "split the file",
            )
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event)
        if event.tag is not None:
            raise _stop(
                event,
                "yaml/syntax",
                f"the tag `{_short(event.tag)}` is not allowed",
                "write the value without a tag",
            )
        before = self._nodes
        if isinstance(event, yaml.ScalarEvent):
            value = self._scalar(event, path)
        else:
            if depth >= MAX_DEPTH:
                raise _stop(
                    event,
                    "yaml/too-large",
                    f"nested more than {MAX_DEPTH} levels deep",
                    "flatten the file",
                )
            if isinstance(event, yaml.MappingStartEvent):
                value = self._mapping(path, depth + 1)
            else:
                value = self._sequence(path, depth + 1)
        if event.anchor is not None:
            self._anchors[event.anchor] = (value, self._nodes - before + 1)
        return value

    def _scalar(self, event: Any, path: Path) -> Any:  # noqa: ANN401
        text: str = event.value.translate(self._restore) if self._restore else event.value
        if not event.implicit[0]:
            if not text.isprintable():
                text, problem = without_control_characters(text, path)
                self.problems.extend(problem)
            return text
        try:
            return plain_value(text)
        except UnusableNumberError as error:
            hint = "write it in quotes if it is meant as text"
            self.problems.append(Problem("schema/value", path, str(error), hint))
            return None

    def _mapping(self, path: Path, depth: int) -> dict[str, Any]:
        result: dict[str, Any] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent) or event.tag is not None:
                raise _stop(
                    event,
                    "yaml/syntax",
                    "a key must be plain text",
                    "write the key without tags, brackets or `*`",
                )
            key: str = event.value.translate(self._restore) if self._restore else event.value
            here = (*path, key)
            mark: Any = event.start_mark
            value_event = next(self.events)
            if key in result:
                first = self.places.get(here)
                where = f" (first in line {first[0]})" if first else ""
                self.problems.append(
                    Problem(
                        "yaml/duplicate-key",
                        here,
                        f"the key `{_short(key)}` is given twice{where}",
                        "remove or rename one of the two",
                        line=mark.line + 1,
                        column=mark.column + 1,
                    )
                )
                self._value_nowhere(value_event, depth)
                continue
            if self._keep_places:
                self.places[here] = (mark.line + 1, mark.column + 1)
            result[key] = self._value(value_event, here, depth)
        return result

    def _value_nowhere(self, event: Any, depth: int) -> None:  # noqa: ANN401
        """Read over the second value of a duplicate key without touching places or problems."""
        places, problems = self.places, self.problems
        self.places, self.problems = {}, []
        self._value(event, (), depth)
        self.places, self.problems = places, problems

    def _sequence(self, path: Path, depth: int) -> list[Any]:
        result: list[Any] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            here = (*path, len(result))
            if self._keep_places:
                mark: Any = event.start_mark
                self.places[here] = (mark.line + 1, mark.column + 1)
            result.append(self._value(event, here, depth))
        return result

    def _alias(self, event: Any) -> Any:  # noqa: ANN401
        self._aliases += 1
        if event.anchor not in self._anchors:
            raise _stop(
                event,
                "yaml/syntax",
                f"`*{_short(event.anchor)}` names no anchor that is complete here",
                "define it above with `&name`",
            )
        value, size = self._anchors[event.anchor]
        self._nodes += size
        if self._aliases > MAX_ALIASES or self._nodes > MAX_NODES:
            raise _stop(event, "yaml/too-large", "too many aliases", "write the values out")
        return value


def _stop(event: Any, code: str, message: str, hint: str) -> ReadingError:  # noqa: ANN401
    mark = event.start_mark
    return ReadingError(
        Problem(code, (), message, hint, line=mark.line + 1, column=mark.column + 1)
    )


_OTHER_LINE_BREAKS = "\u0085\u2028\u2029"


def _hide_other_line_breaks(text: str) -> tuple[str, Mapping[int, str]]:
    """Stand-ins for characters that YAML 1.1 parsers take for line ends and YAML 1.2 does not."""
    present = [character for character in _OTHER_LINE_BREAKS if character in text]
    if not present:
        return text, {}
    used = set(text)
    free = (chr(code) for code in range(0xE000, 0xF8FF) if chr(code) not in used)
    stand_ins = {character: next(free) for character in present}
    hidden = text.translate({ord(character): other for character, other in stand_ins.items()})
    return hidden, {ord(other): character for character, other in stand_ins.items()}


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"


def _syntax_problem(error: yaml.YAMLError, text: str) -> Problem:
    mark: Any = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    reason = getattr(error, "problem", None) or getattr(error, "reason", None) or "not YAML"
    if mark is None:
        line, column = _place_of_bad_character(text)
    else:
        line, column = mark.line + 1, mark.column + 1
    if "nesting depth" in str(reason):
        message = f"nested more than {MAX_DEPTH} levels deep"
        return Problem("yaml/too-large", (), message, "flatten the file", line=line, column=column)
    lines = text.splitlines()
    source = lines[line - 1] if 0 < line <= len(lines) else ""
    return Problem(
        "yaml/syntax",
        (),
        f"not valid YAML: {reason}",
        _syntax_hint(source, str(reason)),
        line=line,
        column=column,
    )


def _syntax_hint(source: str, reason: str) -> str:
    if "\t" in source[: len(source) - len(source.lstrip())] or "\\t" in reason or "'\t'" in reason:
        return "indent with spaces; YAML does not allow tabs there"
    if "mapping values are not allowed" in reason:
        return "put the text in quotes if it holds `: `, or check the indentation"
    if "control characters" in reason or "special characters" in reason:
        return "remove the control character"
    if source.lstrip()[:1] in ("@", "`", "%"):
        return "a text cannot begin with this character; put it in quotes"
    return "check indentation, quotes and brackets in this line and the one above"


def _place_of_bad_character(text: str) -> Place:
    for number, line in enumerate(text.split("\n"), start=1):
        for column, character in enumerate(line, start=1):
            if (ord(character) < 32 and character not in "\t\r") or ord(character) in range(
                127, 160
            ):
                return (number, column)
    return (1, 1)

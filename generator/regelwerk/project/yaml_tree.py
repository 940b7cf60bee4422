"""Read YAML 1.2 (core schema) from parser events, with places, limits and duplicate keys.

Source: YAML 1.2.2, chapter 10.3. Tags, merge keys and complex keys are not part of the format.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
import yaml

from regelwerk.diagnostics import Path, Problem
from regelwerk.project.faults import duplicate_key, short, too_deep, too_many
from regelwerk.project.limits import MAX_ALIASES, MAX_DEPTH, MAX_NODES
from regelwerk.project.scalars import (
    UnusableNumberError,
    plain_value,
    without_control_characters,
)
from regelwerk.project.tree import Place, ReadingError, Tree, unreadable
from regelwerk.project.yaml_faults import directive_problem, syntax_problem

_LOADER: Any = getattr(yaml, "CLoader", yaml.Loader)


def read_yaml(text: str, *, places: bool = True) -> Tree:
    """Read one YAML document; never raises, problems say what was wrong."""
    text, restore = _hide_other_line_breaks(_with_line_feeds(text))
    problem = directive_problem(text)
    if problem is not None:
        return unreadable(problem)
    reader = _Reader(text, keep_places=places, restore=restore)
    try:
        data = reader.document()
    except ReadingError as error:
        return unreadable(error.problem)
    except yaml.YAMLError as error:
        return unreadable(syntax_problem(error, text))
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
        self.places[()] = _start(event)
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
            raise ReadingError(too_many(_start(event)))
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event)
        if event.tag is not None:
            raise _stop(
                event,
                "yaml/syntax",
                f"the tag `{short(event.tag)}` is not allowed",
                "write the value without a tag",
            )
        before = self._nodes
        if isinstance(event, yaml.ScalarEvent):
            value = self._scalar(event, path)
        else:
            if depth >= MAX_DEPTH:
                raise ReadingError(too_deep(_start(event)))
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
            key = self._key(event, path)
            here, place = (*path, key), _start(event)
            value_event = next(self.events)
            if key in result:
                self.problems.append(duplicate_key(here, self.places.get(here), place))
                self._value_nowhere(value_event, depth)
                continue
            if self._keep_places:
                self.places[here] = place
            result[key] = self._value(value_event, here, depth)
        return result

    def _key(self, event: Any, path: Path) -> str:  # noqa: ANN401
        """Keys are text, whatever they look like."""
        key: str = event.value.translate(self._restore) if self._restore else event.value
        if not key.isprintable():
            key, problems = without_control_characters(key, path)
            line, column = _start(event)
            self.problems.extend(
                msgspec.structs.replace(problem, path=(*path, key), line=line, column=column)
                for problem in problems
            )
        return key

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
                self.places[here] = _start(event)
            result.append(self._value(event, here, depth))
        return result

    def _alias(self, event: Any) -> Any:  # noqa: ANN401
        self._aliases += 1
        if event.anchor not in self._anchors:
            raise _stop(
                event,
                "yaml/syntax",
                f"`*{short(event.anchor)}` names no anchor that is complete here",
                "define it above with `&name`",
            )
        value, size = self._anchors[event.anchor]
        self._nodes += size
        if self._aliases > MAX_ALIASES or self._nodes > MAX_NODES:
            raise _stop(event, "yaml/too-large", "too many aliases", "write the values out")
        return value


def _start(event: Any) -> Place:  # noqa: ANN401
    mark = event.start_mark
    return mark.line + 1, mark.column + 1


def _stop(event: Any, code: str, message: str, hint: str) -> ReadingError:  # noqa: ANN401
    return ReadingError(Problem(code, (), message, hint, *_start(event)))


def _with_line_feeds(text: str) -> str:
    """CR LF and CR alone are line ends too (YAML 1.2.2, 5.4)."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


_OTHER_LINE_BREAKS = "\u0085\u2028\u2029"


def _hide_other_line_breaks(text: str) -> tuple[str, Mapping[int, str]]:
    """Stand-ins for characters that YAML 1.1 parsers take for line ends and YAML 1.2 does not."""
    present = [character for character in _OTHER_LINE_BREAKS if character in text]
    if not present:
        return text, {}
    used, lowered = set(text), text.lower()
    free = (
        chr(code)
        for code in range(0xE000, 0xF8FF)
        if chr(code) not in used and f"{code:04x}" not in lowered  # not even as an escape
    )
    stand_ins = dict(zip(present, free, strict=False))
    hidden = text.translate({ord(character): other for character, other in stand_ins.items()})
    return hidden, {ord(other): character for character, other in stand_ins.items()}

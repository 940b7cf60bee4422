"""Change the text of a YAML file in a few places; everything else stays, comments included.

Works on the places that the parser tells. Whoever calls reads the result again and compares: what
cannot be changed by text alone must not be changed at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from regelwerk.diagnostics import Path
from regelwerk.intake.yaml_text import block, flow, item, key_text

_COMMENT = re.compile(r"(?:^|(?<=[ \t\n]))#[^\n]*")


class EditError(Exception):
    """The text has a shape that is not changed here, such as an alias in the way."""


class YamlText:
    """A text that is changed piece by piece; every change is read again."""

    def __init__(self, text: str) -> None:
        self.text = text if text.endswith("\n") or not text else text + "\n"
        self._root = self._compose()

    def comments(self) -> list[str]:
        """Every comment, in order."""
        return self._comments(self._root, 0, len(self.text))

    def _comments(self, node: Any, start: int, stop: int) -> list[str]:  # noqa: ANN401
        """The comments from `start` to `stop`, between the texts of a node."""
        found: list[str] = []
        for begin, end in [*sorted(_leaves(node)), (stop, stop)]:
            found += (match[0].rstrip() for match in _COMMENT.finditer(self.text, start, begin))
            start = max(start, end)
        return found

    def put(self, path: Path, value: Any) -> None:  # noqa: ANN401
        """Set the value of a key that is there, or add the key."""
        *parent, key = path
        mapping = self._node(tuple(parent))
        if not isinstance(mapping, yaml.MappingNode) or not isinstance(key, str):
            raise EditError(f"{path} is no key of a mapping")
        for known, node in mapping.value:
            if known.value == key:
                self._replace(node, known, value, key)
                return
        if mapping.flow_style:
            self._into_flow(mapping, f"{key_text(key)}: {flow(value, key)}")
        else:
            column = mapping.start_mark.column
            self._after(_real_end(mapping, self.text), block({key: value}, column))

    def insert(self, path: Path, place: int, value: Any) -> None:  # noqa: ANN401
        """Put an item into a list at a place."""
        items = self._node(path)
        if not isinstance(items, yaml.SequenceNode):
            raise EditError(f"{path} is no list")
        if not items.value:
            self._fill_empty(path, items, value)
        elif items.flow_style:
            self._into_flow(items, flow(value), place)
        elif place:
            end = _real_end(items.value[place - 1], self.text)
            self._after(end, item(value, items.start_mark.column))
        else:
            begin = self.text.rfind("\n", 0, items.start_mark.index) + 1
            self._edit(begin, begin, _lines(item(value, items.start_mark.column)))

    def _fill_empty(self, path: Path, items: yaml.SequenceNode, value: Any) -> None:  # noqa: ANN401
        if self._node(path[:-1]).flow_style:
            self._edit(items.start_mark.index, items.end_mark.index, f"[{flow(value)}]")
            return
        column = self._column(path)
        begin = items.start_mark.index
        while begin and self.text[begin - 1] in " \t":
            begin -= 1
        lines = "\n".join(item(value, column + 2))
        self._edit(begin, items.end_mark.index, f"\n{lines}")

    def _column(self, path: Path) -> int:
        """Where the key of a path begins in its line."""
        mapping = self._node(path[:-1])
        for known, _ in mapping.value:
            if known.value == path[-1]:
                return int(known.start_mark.column)
        raise EditError(f"{path} is not there")

    def _replace(self, node: yaml.Node, key: yaml.Node, value: Any, name: str) -> None:  # noqa: ANN401
        begin, end = node.start_mark.index, _real_end(node, self.text)
        if begin == node.end_mark.index:  # nothing stands behind the colon
            begin = end = self.text.index(":", key.end_mark.index) + 1
        elif self.text[node.end_mark.index - 1 : node.end_mark.index] == "\n":
            end = len(self.text[:end].rstrip("\n"))
        space = "" if self.text[begin - 1 : begin] in (" ", "\n") else " "
        self._edit(begin, end, space + flow(value, name))

    def _into_flow(self, node: Any, text: str, place: int | None = None) -> None:  # noqa: ANN401
        if place is not None and place < len(node.value):
            begin = node.value[place].start_mark.index
            self._edit(begin, begin, f"{text}, ")
            return
        end = node.end_mark.index - 1
        before = self.text[node.start_mark.index + 1 : end]
        if self._comments(node, node.start_mark.index + 1, end):
            raise EditError("a comment stands in brackets")
        begin = node.start_mark.index + 1 + len(before.rstrip())
        comma = ", " if before.strip() and not before.rstrip().endswith(",") else ""
        if before.rstrip().endswith(","):
            comma = " "
        self._edit(begin, end, f"{comma}{text}")

    def _after(self, end: int, lines: Iterator[str]) -> None:
        """Put lines behind the line in which something ends."""
        begin = end if self.text[end - 1 : end] == "\n" else self.text.index("\n", end) + 1
        self._edit(begin, begin, _lines(lines))

    def _edit(self, begin: int, end: int, text: str) -> None:
        self.text = self.text[:begin] + text + self.text[end:]
        self._root = self._compose()

    def _compose(self) -> yaml.Node | None:
        try:
            return yaml.compose(self.text, Loader=yaml.BaseLoader)
        except (yaml.YAMLError, RecursionError, ValueError) as error:
            raise EditError("the text cannot be read") from error

    def _node(self, path: Path) -> Any:  # noqa: ANN401
        node: Any = self._root
        for part in path:
            if isinstance(node, yaml.MappingNode):
                node = next((value for key, value in node.value if key.value == part), None)
            elif isinstance(node, yaml.SequenceNode) and isinstance(part, int):
                node = node.value[part] if part < len(node.value) else None
            else:
                node = None
            if node is None:
                raise EditError(f"{path} is not there")
        return node


def _lines(lines: Iterator[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _real_end(node: Any, text: str) -> int:  # noqa: ANN401
    """Where a value ends, without the blank lines and comments that the parser counts to it."""
    if isinstance(node, yaml.ScalarNode) or node.flow_style or not node.value:
        end = int(node.end_mark.index)
        if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
            return len(text[:end].rstrip("\n")) + 1
        return end
    last = node.value[-1]
    if isinstance(node, yaml.MappingNode):
        key, value = last
        return max(_real_end(value, text), int(key.end_mark.index))
    return _real_end(last, text)


def _leaves(node: Any) -> Iterator[tuple[int, int]]:  # noqa: ANN401
    """The spans of all scalars."""
    if isinstance(node, yaml.ScalarNode):
        yield node.start_mark.index, node.end_mark.index
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _leaves(key)
            yield from _leaves(value)
    elif isinstance(node, yaml.SequenceNode):
        for one in node.value:
            yield from _leaves(one)

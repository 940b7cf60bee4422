"""Add an entry to the text of approvals.yaml and leave every other character where it is."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
import yaml

from regelwerk.approvals.yaml_text import Value, block, flow


class CannotAppendError(ValueError):
    """The text is written in a way that nothing can be added to by machine."""


class _Insertion(msgspec.Struct, frozen=True):
    """Lines below the content that ends at `at`, or else `inline` exactly there."""

    at: int
    lines: tuple[str, ...] = ()
    inline: str = ""


def append_item(text: str, key: str, item: Mapping[str, Value]) -> str:
    """Add an item at the end of the list `key`, which is begun where there is none."""
    root = _root(text)
    listed = _value(root, key)
    if listed is None:
        return _insert(text, _new_key(root, key, (item,)))
    if not isinstance(listed, yaml.SequenceNode):
        raise CannotAppendError(f"`{key}` is no list")
    if listed.flow_style:
        if listed.value:
            at = _end(listed.value[-1])
            return _insert(text, _Insertion(at, inline=f", {flow(item)}"))
        return _insert(text, _Insertion(listed.start_mark.index + 1, inline=flow(item)))
    indent = " " * listed.start_mark.column
    return _insert(text, _Insertion(_end(listed), _item(item, indent)))


def append_key(text: str, key: str, value: Mapping[str, Value]) -> str:
    """Add a mapping under a key that is not there yet."""
    root = _root(text)
    if _value(root, key) is not None:
        raise CannotAppendError(f"`{key}` is there already")
    return _insert(text, _new_key(root, key, value))


def _root(text: str) -> yaml.MappingNode:
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError) as error:
        raise CannotAppendError("it cannot be read") from error
    if not isinstance(root, yaml.MappingNode) or not root.value:
        raise CannotAppendError("it holds no keys")
    return root


def _value(root: yaml.MappingNode, key: str) -> yaml.Node | None:
    return next((value for name, value in root.value if name.value == key), None)


def _new_key(
    root: yaml.MappingNode, key: str, value: tuple[Mapping[str, Value], ...] | Mapping[str, Value]
) -> _Insertion:
    if root.flow_style:
        return _Insertion(_end(root.value[-1][1]), inline=f", {flow({key: value})[1:-1]}")
    indent = " " * root.start_mark.column
    if isinstance(value, Mapping):
        lines = tuple(block({key: value}, indent))
    else:
        items = (line for item in value for line in _item(item, indent + "  "))
        lines = (f"{indent}{key}:", *items)
    return _Insertion(_end(root), lines)


def _item(item: Mapping[str, Value], indent: str) -> tuple[str, ...]:
    """A list's item, the first line with its dash."""
    lines = list(block(item, indent + "  "))
    lines[0] = f"{indent}- {lines[0].lstrip(' ')}"
    return tuple(lines)


def _end(node: yaml.Node) -> int:
    """Where the content of a node ends; what PyYAML calls the end of a block lies further on."""
    while isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        node = last[1] if isinstance(node, yaml.MappingNode) else last
    return int(node.end_mark.index)


def _insert(text: str, insertion: _Insertion) -> str:
    at = insertion.at
    if not insertion.lines:
        return text[:at] + insertion.inline + text[at:]
    newline = "\r\n" if "\r\n" in text else "\n"
    if at == 0 or text[at - 1] != "\n":  # after a text that is no literal: to the line's end
        found = text.find("\n", at)
        at = len(text) if found < 0 else found + 1
    before = text[:at]
    if not before.endswith("\n"):
        before += newline
    return before + "".join(line + newline for line in insertion.lines) + text[at:]

"""Which names a template may use: the shape of a sample view, and what a template asks beyond it.

A shape is a dict of shapes, a list with one shape, `""` for a value, or None where unknown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from jinja2 import nodes

from regelwerk.artifacts.office.sandbox import LOOP

Shape = Any

_SAME = frozenset(
    ["list", "reject", "rejectattr", "reverse", "select", "selectattr", "sort", "unique"]
)


def shape_of(value: object) -> Shape:
    """The shape of a view; the items of a list are taken together."""
    if isinstance(value, dict):
        return {key: shape_of(item) for key, item in value.items()}
    if isinstance(value, list):
        merged: Shape = None
        for item in value:
            merged = _merged(merged, shape_of(item))
        return [merged]
    return ""


def _merged(first: Shape, second: Shape) -> Shape:
    if first is None or second is None:
        return second if first is None else first
    if isinstance(first, dict) and isinstance(second, dict):
        return {
            key: _merged(first.get(key), second.get(key))
            for key in dict.fromkeys([*first, *second])
        }
    if isinstance(first, list) and isinstance(second, list):
        return [_merged(first[0], second[0])]
    return first if first != "" else second


def unknown_names(tree: nodes.Template, shape: Shape) -> Iterator[tuple[int, str, tuple[str, ...]]]:
    """Line, name as written (`step.titel`) and the known names, of everything not in the shape."""
    found: list[tuple[int, str, tuple[str, ...]]] = []
    _Walker(found).statements(tree.body, dict(shape))
    yield from found


class _Walker:
    """Walks a template with the names that are known at each place."""

    def __init__(self, found: list[tuple[int, str, tuple[str, ...]]]) -> None:
        self._found = found

    def statements(self, body: list[nodes.Node], scope: Mapping[str, Shape]) -> None:
        for node in body:
            if isinstance(node, nodes.For):
                self._loop(node, scope)
            elif isinstance(node, nodes.If):
                self._expression(node.test, scope)
                self.statements(node.body, scope)
                self.statements(list(node.elif_), scope)
                self.statements(node.else_, scope)
            elif isinstance(node, nodes.Output):
                for child in node.nodes:
                    self._expression(child, scope)

    def _loop(self, node: nodes.For, scope: Mapping[str, Shape]) -> None:
        over = self._expression(node.iter, scope)
        item = over[0] if isinstance(over, list) else None
        inner = dict(scope)
        inner["loop"] = dict.fromkeys(LOOP, "")
        for name in node.target.find_all(nodes.Name):
            inner[name.name] = None
        if isinstance(node.target, nodes.Name):
            inner[node.target.name] = item
        if node.test is not None:
            self._expression(node.test, inner)
        self.statements(node.body, inner)
        self.statements(node.else_, scope)

    def _expression(self, node: nodes.Node, scope: Mapping[str, Shape]) -> Shape:
        if isinstance(node, nodes.Name):
            return self._name(node, scope)
        if isinstance(node, nodes.Getattr):
            return self._key(node, node.attr, self._expression(node.node, scope))
        if isinstance(node, nodes.Getitem):
            return self._item(node, scope)
        if isinstance(node, nodes.Filter):
            return self._filter(node, scope)
        if isinstance(node, nodes.CondExpr):
            self._expression(node.test, scope)
            shapes = [self._expression(node.expr1, scope)]
            shapes += [self._expression(node.expr2, scope)] if node.expr2 is not None else []
            return _merged(shapes[0], shapes[-1])
        if isinstance(node, nodes.And | nodes.Or):
            return _merged(self._expression(node.left, scope), self._expression(node.right, scope))
        for child in node.iter_child_nodes():
            self._expression(child, scope)
        return "" if isinstance(node, nodes.Const) else None

    def _name(self, node: nodes.Name, scope: Mapping[str, Shape]) -> Shape:
        if node.name not in scope:
            known = tuple(name for name in scope if not name.startswith("_"))
            self._found.append((node.lineno, node.name, known))
            return None
        return scope[node.name]

    def _key(self, node: nodes.Node, key: str, shape: Shape) -> Shape:
        if shape is None:
            return None
        if isinstance(shape, dict) and key in shape:
            return shape[key]
        known = tuple(shape) if isinstance(shape, dict) else ()
        self._found.append((node.lineno, written(node), known))
        return None

    def _item(self, node: nodes.Getitem, scope: Mapping[str, Shape]) -> Shape:
        shape = self._expression(node.node, scope)
        if isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
            return self._key(node, node.arg.value, shape)
        self._expression(node.arg, scope)
        if isinstance(node.arg, nodes.Slice):
            return shape
        return shape[0] if isinstance(shape, list) else None

    def _filter(self, node: nodes.Filter, scope: Mapping[str, Shape]) -> Shape:
        shape = self._expression(node.node, scope) if node.node is not None else None
        for argument in node.args:
            self._expression(argument, scope)
        if node.name in _SAME:
            return shape
        if node.name in ("first", "last"):
            return shape[0] if isinstance(shape, list) else None
        if node.name == "batch":
            return [shape] if isinstance(shape, list) else None
        return None if node.name in ("map", "default") else ""


def written(node: nodes.Node) -> str:
    """A chain of names as it stands in the template."""
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        return f"{written(node.node)}.{node.attr}"
    if isinstance(node, nodes.Getitem):
        key = node.arg.value if isinstance(node.arg, nodes.Const) else "…"
        return f"{written(node.node)}[{key!r}]"
    return "…"

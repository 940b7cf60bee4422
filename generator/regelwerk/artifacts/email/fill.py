"""Fill values into a text: straight into a line, or as marks that survive Markdown.

A value is never markup. In a body it is a mark until Markdown has become text or HTML, and only
then put in its place (escaped in HTML), so that no sign in it can mean anything.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from jinja2 import UndefinedError, nodes
from jinja2.visitor import NodeTransformer

from regelwerk.artifacts.email.syntax import Environment, Parsed, reference_of, written
from regelwerk.artifacts.email.values import Gap, Shown, Value, Values
from regelwerk.artifacts.email.words import say
from regelwerk.artifacts.view.speech import Speech
from regelwerk.errors import RenderError

Show = Callable[[Value], str]


def fill(text: Parsed, values: Values, speech: Speech, *, both_ways: bool, show: Show) -> str:
    """Fill a faultless text; `show` says how a value is written, a gap too.

    With `both_ways`, of a condition that hangs on a gap every way is shown; else a gap is not
    given, and equal to nothing.
    """
    environment = Environment()
    tree = environment.parse(text.source)
    if both_ways:
        tree = _BothWays(values, speech, show).visit(tree)
    tree = _ItemsOnly().visit(tree)
    tree.set_environment(environment)
    template = environment.from_string(tree)
    try:
        return template.render(_context(values, show))
    except UndefinedError as error:
        raise RenderError(f"the e-mail takes a value that nothing fills in: {error}") from error


class Marks:
    """Stands marks in for values and knows what they stand for; marks are not in `text`."""

    def __init__(self, text: str) -> None:
        used = set(text)
        free = (chr(code) for code in range(0xE000, 0xF8FF) if chr(code) not in used)
        self._open, self._close = next(free), next(free)
        self._values: list[Value] = []
        self._pattern = re.compile(f"{self._open}([0-9]+){self._close}")

    def show(self, value: Value) -> str:
        """A mark for the value."""
        self._values.append(value)
        return f"{self._open}{len(self._values) - 1}{self._close}"

    def replace(self, text: str, show: Show) -> str:
        """The text with every mark replaced."""
        return self._pattern.sub(lambda match: show(self._values[int(match[1])]), text)

    def inside_tag(self, html: str) -> Value | None:
        """The first value that stands inside a tag, such as in a link's address or title."""
        signs = f"{self._open}|{re.escape(quote(self._open))}"
        match = re.search(f"<[^<>]*?(?:{signs})([0-9]+)", html)
        return self._values[int(match[1])] if match else None


def text_of(value: Value) -> str:
    """A value as plain text; a gap in square brackets."""
    return value.text if isinstance(value, Shown) else f"[{value.label}]"


class _Leaf:
    """A value inside Jinja: shows itself when put out, compares as it was recorded."""

    def __init__(self, value: Value, show: Show) -> None:
        self._value = value
        self._show = show

    def __str__(self) -> str:
        return self._show(self._value)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, _Leaf):
            return self._recorded() == other._recorded()
        return self._recorded() == other

    def __hash__(self) -> int:
        return hash(self._recorded())

    def __bool__(self) -> bool:
        return bool(self._recorded())

    def _recorded(self) -> str:
        value = self._value
        return value.recorded or value.text if isinstance(value, Shown) else ""


def _context(values: Values, show: Show) -> dict[str, Any]:
    context: dict[str, Any] = {}
    for name, value in values.items():
        here = context
        for part in name[:-1]:
            here = here.setdefault(part, {})
        here[name[-1]] = _Leaf(value, show)
    return context


class _ItemsOnly(NodeTransformer):
    """Makes every `a.b` an `a["b"]`, so that no attribute of any object is ever asked for."""

    def visit_Getattr(self, node: nodes.Getattr) -> nodes.Node:  # noqa: N802
        key = nodes.Const(node.attr, lineno=node.lineno)
        return nodes.Getitem(self.visit(node.node), key, "load", lineno=node.lineno)


class _BothWays(NodeTransformer):
    """Shows every way of a condition that hangs on a gap, each with its condition before it."""

    def __init__(self, values: Values, speech: Speech, show: Show) -> None:
        self._values = values
        self._speech = speech
        self._show = show

    def visit_If(self, node: nodes.If) -> list[nodes.Node]:  # noqa: N802
        for way in (node, *node.elif_):
            way.body = self._visited(way.body)
        node.else_ = self._visited(node.else_)
        if not any(self._is_gap(way.test) for way in (node, *node.elif_)):
            return [node]
        ways: list[nodes.Node] = []
        for way in (node, *node.elif_):
            condition = self._words(way.test)
            ways += [self._note(say(self._speech, "only_if", condition=condition)), *way.body]
        if node.else_:
            ways += [self._note(say(self._speech, "otherwise")), *node.else_]
        return ways

    def _visited(self, body: list[nodes.Node]) -> list[nodes.Node]:
        return [
            replaced
            for node in body
            for replaced in (self.visit_If(node) if isinstance(node, nodes.If) else [node])
        ]

    def _note(self, text: str) -> nodes.Node:
        shown = f"\n{self._show(Gap(text, ''))}\n"
        return nodes.Output([nodes.TemplateData(shown, lineno=1)], lineno=1)

    def _is_gap(self, node: nodes.Node) -> bool:
        reference = reference_of(node)
        if reference is not None:
            return isinstance(self._values.get(reference.name), Gap)
        return any(self._is_gap(child) for child in node.iter_child_nodes())

    def _words(self, node: nodes.Node) -> str:
        if isinstance(node, nodes.Not):
            return say(self._speech, "not", condition=self._words(node.node))
        if isinstance(node, nodes.And | nodes.Or):
            key = "and" if isinstance(node, nodes.And) else "or"
            left, right = self._words(node.left), self._words(node.right)
            return say(self._speech, key, left=left, right=right)
        if isinstance(node, nodes.Compare):
            key = "equal" if node.ops[0].op == "eq" else "different"
            left, right = self._label(node.expr), self._label(node.ops[0].expr)
            return say(self._speech, key, left=left, right=right)
        return say(self._speech, "given", label=self._label(node))

    def _label(self, node: nodes.Node) -> str:
        if isinstance(node, nodes.Const):
            return str(node.value)
        reference = reference_of(node)
        value = self._values.get(reference.name) if reference is not None else None
        if value is None:
            return written(reference.name) if reference is not None else ""
        return value.text if isinstance(value, Shown) else value.label

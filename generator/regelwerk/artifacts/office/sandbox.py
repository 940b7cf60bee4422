"""The little Jinja that document templates may use: values, `if`, `for` and a few filters.

Templates are not trusted. They see dicts, lists, strings and bools, and can neither call
anything nor reach an attribute: a dot only ever means a key. What could make a small template
run long or grow large (assignments, macros, concatenation, arithmetic) is not there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jinja2 import StrictUndefined, nodes
from jinja2.exceptions import TemplateRuntimeError
from jinja2.filters import do_batch
from jinja2.runtime import LoopContext, Undefined

from regelwerk.artifacts.work import CountedEnvironment, binds_made_list

FILTERS = frozenset(
    (
        *("batch", "capitalize", "count", "default", "first", "join", "last", "length", "list"),
        *("lower", "map", "reject", "rejectattr", "reverse", "select", "selectattr", "sort"),
        *("string", "title", "trim", "unique", "upper"),
    )
)
LOOP = frozenset(("index", "index0", "first", "last", "length", "revindex", "revindex0", "depth"))

_STATEMENTS = (nodes.Template, nodes.Output, nodes.TemplateData, nodes.If, nodes.For)
_EXPRESSIONS = (
    nodes.Name,
    nodes.Const,
    nodes.Getattr,
    nodes.Getitem,
    nodes.Slice,
    nodes.Filter,
    nodes.Test,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.CondExpr,
    nodes.List,
    nodes.Tuple,
    nodes.Keyword,
)
_ALLOWED = _STATEMENTS + _EXPRESSIONS
_DEEPEST_LOOP = 5
_LONGEST_BATCH = 1000


class TemplateEnvironment(CountedEnvironment):
    """Jinja with autoescape, strict about names, in which a dot only ever means a key."""

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True)
        self.filters = {name: self.filters[name] for name in sorted(FILTERS)}
        self.filters["batch"] = _batch
        self.guard_filters()

    def getattr(self, obj: object, attribute: str) -> object:
        """The value under a key, or what a loop says of itself; nothing else."""
        if isinstance(obj, LoopContext) and attribute in LOOP:
            return getattr(obj, attribute)
        return self.getitem(obj, attribute)

    def getitem(self, obj: object, argument: object) -> object:
        """The value under a key or at a place in a list."""
        if isinstance(obj, dict) and isinstance(argument, str) and argument in obj:
            return obj[argument]
        if isinstance(obj, list | str) and isinstance(argument, int | slice):
            try:
                return obj[argument]
            except IndexError:
                pass
        if isinstance(obj, Undefined):
            return obj[argument]
        return self.undefined(obj=obj, name=str(argument))


def _batch(
    value: Iterable[object], linecount: int, fill_with: object = None
) -> Iterator[list[object]]:
    """Jinja's `batch`, which would fill a row of any length until memory is full."""
    if not isinstance(linecount, int) or not 0 < linecount <= _LONGEST_BATCH:
        raise TemplateRuntimeError(f"`batch` makes rows of 1 to {_LONGEST_BATCH} items")
    return do_batch(value, linecount, fill_with)


def forbidden(tree: nodes.Template, filters: frozenset[str]) -> Iterator[tuple[int, str]]:
    """Line and description of everything in a template that templates may not use."""
    yield from _forbidden(tree, filters, 0)


def _forbidden(node: nodes.Node, filters: frozenset[str], loops: int) -> Iterator[tuple[int, str]]:
    if not isinstance(node, _ALLOWED):
        yield node.lineno, _described(node)
        return
    if isinstance(node, nodes.Filter) and node.name not in filters:
        yield node.lineno, f"the filter `{node.name}`"
    if isinstance(node, nodes.Name) and node.name.startswith("_"):
        yield node.lineno, f"the name `{node.name}`"
    if isinstance(node, nodes.Getattr) and node.attr.startswith("_"):
        yield node.lineno, f"the key `{node.attr}`"
    if isinstance(node, nodes.For):
        loops += 1
        if binds_made_list(node):
            yield node.lineno, "a loop over lists in lists"
        if node.recursive or loops > _DEEPEST_LOOP:
            yield node.lineno, "a loop that calls itself or lies too deep in other loops"
    for child in node.iter_child_nodes():
        yield from _forbidden(child, filters, loops)


def _described(node: nodes.Node) -> str:
    if isinstance(node, nodes.Call):
        return "a call"
    if isinstance(node, nodes.Assign | nodes.AssignBlock):
        return "`set`"
    if isinstance(node, nodes.BinExpr | nodes.UnaryExpr | nodes.Concat):
        return "arithmetic or concatenation"
    return f"`{type(node).__name__.lower()}`"

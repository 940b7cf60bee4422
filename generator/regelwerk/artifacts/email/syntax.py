"""The small part of Jinja that e-mail templates may use: placeholders and conditions.

Nothing else is ever compiled, so nothing else can run: what is allowed stands here, node by node.
Nodes carry the offset of their token where Jinja keeps a line, so that findings have a column.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec
from jinja2 import StrictUndefined, TemplateSyntaxError, nodes
from jinja2.lexer import Lexer
from jinja2.sandbox import ImmutableSandboxedEnvironment

MAX_PLACEHOLDERS = 500
MAX_DEPTH = 12

Name = tuple[str, ...]  # `fields["first-name"]` is ("fields", "first-name")


class Reference(msgspec.Struct, frozen=True):
    """A value that a template takes; `offset` counts characters from the text's beginning."""

    name: Name
    offset: int


class Fault(msgspec.Struct, frozen=True):
    """Why a text is no template."""

    code: str
    offset: int
    message: str
    hint: str


class Parsed(msgspec.Struct, frozen=True):
    """A text and what it takes; it may be compiled only where `faults` is empty."""

    source: str
    references: tuple[Reference, ...]
    faults: tuple[Fault, ...]


class Environment(ImmutableSandboxedEnvironment):
    """Jinja without filters, tests, globals and constant folding."""

    def __init__(self) -> None:
        super().__init__(
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            optimized=False,
            keep_trailing_newline=True,
        )
        self.globals.clear()
        self.filters.clear()
        self.tests.clear()
        self._lexer = _Lexer(self)

    @property
    def lexer(self) -> Lexer:
        """A lexer that counts characters instead of lines."""
        return self._lexer


class _Lexer(Lexer):
    def tokeniter(
        self, source: str, name: str | None, filename: str | None = None, state: str | None = None
    ) -> Iterator[tuple[int, str, str]]:
        offset = 0
        try:
            for _, kind, value in super().tokeniter(source, name, filename, state):
                offset = source.index(value, offset)
                yield offset, kind, value
                offset += len(value)
        except TemplateSyntaxError as error:
            raise TemplateSyntaxError(error.message or "", offset) from None


def parse(text: str) -> Parsed:
    """Parse a text and list what it takes and what it may not do."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    try:
        reader = _Reader()
        reader.statements(Environment().parse(text).body, 0)
    except TemplateSyntaxError as error:
        return Parsed(text, (), (_syntax_fault(text, error),))
    except RecursionError:
        return Parsed(text, (), (_too_deep(0),))
    return Parsed(text, tuple(reader.references), tuple(reader.faults))


def written(name: Name) -> str:
    """A name as a template writes it: `fields.date`, or `fields["first-name"]`."""
    first, *rest = name
    return first + "".join(f".{part}" if part.isidentifier() else f'["{part}"]' for part in rest)


def reference_of(node: nodes.Node) -> Reference | None:
    """The value that an expression names; None where it is anything else."""
    parts: list[str] = []
    while not isinstance(node, nodes.Name):
        if isinstance(node, nodes.Getattr):
            parts.append(node.attr)
        elif (
            isinstance(node, nodes.Getitem)
            and isinstance(node.arg, nodes.Const)
            and isinstance(node.arg.value, str)
        ):
            parts.append(node.arg.value)
        else:
            return None
        node = node.node
    return Reference((node.name, *reversed(parts)), node.lineno)


class _Reader:
    """Walks a tree; collects references and faults."""

    def __init__(self) -> None:
        self.references: list[Reference] = []
        self.faults: list[Fault] = []
        self._placeholders = 0

    def statements(self, body: list[nodes.Node], depth: int) -> None:
        for node in body:
            if depth > MAX_DEPTH:
                self.faults.append(_too_deep(node.lineno))
            elif isinstance(node, nodes.Output):
                for part in node.nodes:
                    if not isinstance(part, nodes.TemplateData):
                        self._placeholder(part)
            elif isinstance(node, nodes.If):
                self._condition(node.test, depth)
                self.statements(node.body, depth + 1)
                self.statements(list(node.elif_), depth)
                self.statements(node.else_, depth + 1)
            else:
                self._unsafe(node, f"`{{% {_tag(node)} %}}` is not for e-mail templates")

    def _placeholder(self, node: nodes.Node) -> None:
        self._count(node)
        if not _is_text(node) and not self._takes(node):
            self._refuse(node)

    def _condition(self, node: nodes.Node, depth: int) -> None:
        self._count(node)
        if depth > MAX_DEPTH:
            self.faults.append(_too_deep(node.lineno))
        elif isinstance(node, nodes.Not):
            self._condition(node.node, depth + 1)
        elif isinstance(node, nodes.And | nodes.Or):
            self._condition(node.left, depth + 1)
            self._condition(node.right, depth + 1)
        elif isinstance(node, nodes.Compare) and _is_simple(node):
            self._placeholder(node.expr)
            self._placeholder(node.ops[0].expr)
        elif not self._takes(node):
            self._refuse(node)

    def _count(self, node: nodes.Node) -> None:
        self._placeholders += 1
        if self._placeholders == MAX_PLACEHOLDERS + 1:
            message = f"more than {MAX_PLACEHOLDERS} placeholders and conditions in one text"
            self.faults.append(
                Fault("template/unsafe", _start(node), message, "shorten the template")
            )

    def _takes(self, node: nodes.Node) -> bool:
        reference = reference_of(node)
        if reference is None:
            return False
        if any(part.startswith("_") for part in reference.name):
            self._unsafe(node, f"`{written(reference.name)}` reaches into the program")
        else:
            self.references.append(reference)
        return True

    def _refuse(self, node: nodes.Node) -> None:
        hyphenated = _hyphenated(node)
        if hyphenated is not None:
            message = f"`{'.'.join(hyphenated)}` is read as a subtraction"
            self.faults.append(
                Fault(
                    "template/undefined-variable",
                    _start(node),
                    message,
                    f"write `{written(hyphenated)}`",
                )
            )
        else:
            self._unsafe(node, f"{_what(node)} is not for e-mail templates")

    def _unsafe(self, node: nodes.Node, message: str) -> None:
        self.faults.append(Fault("template/unsafe", _start(node), message, _ALLOWED))


_ALLOWED = (
    "allowed are values such as `{{ fields.date }}`, and `{% if … %}` with "
    "`and`, `or`, `not`, `==`, `!=`"
)


def _is_text(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Const) and isinstance(node.value, str)


def _is_simple(node: nodes.Compare) -> bool:
    return len(node.ops) == 1 and node.ops[0].op in ("eq", "ne")


def _hyphenated(node: nodes.Node) -> Name | None:
    """`fields.first-name` as the author meant it; None where the subtraction is another one."""
    if not isinstance(node, nodes.Sub) or not isinstance(node.right, nodes.Name):
        return None
    left = reference_of(node.left)
    name = left.name if left else _hyphenated(node.left)
    if name is None or len(name) < 2:
        return None
    return (*name[:-1], f"{name[-1]}-{node.right.name}")


def _start(node: nodes.Node) -> int:
    places = [node.lineno, *(part.lineno for part in node.find_all(nodes.Node))]
    return min((place for place in places if place is not None), default=0)


def _tag(node: nodes.Node) -> str:
    names = {"Assign": "set", "AssignBlock": "set", "FilterBlock": "filter", "FromImport": "from"}
    kind = type(node).__name__
    return names.get(kind, "call" if kind == "CallBlock" else kind.lower())


def _what(node: nodes.Node) -> str:
    if isinstance(node, nodes.Call):
        return "calling something"
    if isinstance(node, nodes.Filter):
        return f"the filter `{node.name}`"
    if isinstance(node, nodes.Test):
        return f"the test `is {node.name}`"
    if isinstance(node, nodes.BinExpr | nodes.UnaryExpr | nodes.Concat):
        return "calculating"
    if isinstance(node, nodes.Const):
        return f"`{str(node.value)[:40]}`, which is not a text in quotes,"
    return "such an expression"


def _too_deep(offset: int) -> Fault:
    message = f"nested more than {MAX_DEPTH} levels deep"
    return Fault("template/unsafe", offset, message, "flatten the template")


def _syntax_fault(text: str, error: TemplateSyntaxError) -> Fault:
    reason = (error.message or "not a template").split(". ", 1)[0].rstrip(".")
    if "end of template" in reason:
        return Fault(
            "template/syntax", _left_open(text), "what begins here is not closed", _CLOSE_HINT
        )
    offset = min(error.lineno, len(text))
    return Fault("template/syntax", offset, f"broken template: {reason}", _ALLOWED)


def _left_open(text: str) -> int:
    """Where the innermost thing begins that the end of the text finds open."""
    last = max(text.rfind("{{"), text.rfind("{%"), 0)
    if "}" not in text[last:]:
        return last
    opened = [last]
    for tag in _PAIRED_TAG.finditer(text):
        if not tag["end"]:
            opened.append(tag.start())
        elif len(opened) > 1:
            opened.pop()
    return opened[-1]


_PAIRED_TAG = re.compile(r"\{%[-+]?\s*(?P<end>end)?(?:if|for|macro|call|block|filter|with)\b")
_CLOSE_HINT = "close a value with `}}`, a tag with `%}`, and `{% if … %}` with `{% endif %}`"

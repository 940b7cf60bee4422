"""Jinja whose templates cannot run for ever or make much of little.

Loops and inclusions are counted while a template is filled in; the filters by which a text could
be multiplied, one after the other in a single tag, refuse long ones.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator
from types import CodeType
from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import Template
from jinja2.exceptions import SecurityError, TemplateRuntimeError, TemplateSyntaxError
from jinja2.filters import do_join, make_attrgetter
from jinja2.nodes import EvalContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import pass_eval_context

# What a page or a part of a document may take: a thousand steps need some tens of thousands.
MOST_ROUNDS = 1_000_000
_LONGEST_TEXT_AS_LIST = 10_000
_LONGEST_JOINED = 2_000_000
_TAKE_LISTS = (
    *("batch", "join", "list", "map", "reject", "rejectattr", "select", "selectattr"),
    *("slice", "sort", "unique"),
)


class _Counting(CodeGenerator):
    """Code in which every loop goes through the environment's `rounds`."""

    def visit_For(self, node: nodes.For, frame: Frame) -> None:  # noqa: N802 Jinja's name
        plain = node.iter
        rounds = nodes.EnvironmentAttribute("rounds", lineno=node.lineno)
        node.iter = nodes.Call(rounds, [plain], [], None, None, lineno=node.lineno)
        try:
            super().visit_For(node, frame)
        finally:
            node.iter = plain


class CountedEnvironment(ImmutableSandboxedEnvironment):
    """A sandbox in which nothing can be called and the number of rounds is limited.

    Whoever fills in a template calls `begin` before.
    """

    code_generator_class = _Counting

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 what Jinja takes
        super().__init__(**options)
        self.globals.clear()
        self._left = MOST_ROUNDS

    def begin(self) -> None:
        """Start to count anew."""
        self._left = MOST_ROUNDS

    def rounds(self, items: Iterable[object]) -> Iterator[object]:
        """Hand the items of a loop on, one for each round that is left."""
        for item in items:
            self.spend()
            yield item

    def spend(self) -> None:
        """Count a round; TemplateRuntimeError where there have been too many."""
        self._left -= 1
        if self._left < 0:
            raise TemplateRuntimeError(f"its loops take more than {MOST_ROUNDS} rounds in all")

    def call(self, _context: object, called: object, /, *args: Any, **_kwargs: object) -> object:  # noqa: ANN401
        """Refuse every call but the one that loops are compiled to."""
        if called == self.rounds and len(args) == 1:
            return self.rounds(*args)
        raise SecurityError("templates may not call anything")

    def get_template(self, *args: Any, **kwargs: Any) -> Template:  # noqa: ANN401
        """Count what is included too."""
        self.spend()
        return super().get_template(*args, **kwargs)

    def _compile(self, source: str, filename: str) -> CodeType:
        """Python has limits of its own: 20 loops in one another, 100 levels of indentation."""
        try:
            return super()._compile(source, filename)
        except SyntaxError as error:
            message = "loops and conditions lie too deep in one another"
            raise TemplateSyntaxError(message, 1, filename, filename) from error

    def guard_filters(self) -> None:
        """Make the filters that there are refuse what could grow without end."""
        if "join" in self.filters:
            self.filters["join"] = _join
        for name in _TAKE_LISTS:
            if name in self.filters:
                self.filters[name] = _of_lists(name, self.filters[name])


def binds_made_list(loop: nodes.For) -> bool:
    """Whether a loop's variable stands for a list that the template itself makes of values.

    With such a list in a list, loop by loop, a few lines would make a text of any length.
    """
    items: list[nodes.Node] = [loop.iter]
    for _ in range(1 + isinstance(loop.target, nodes.Tuple)):
        items = [part for item in items for part in _parts(item)]
    return any(_makes_list(item) for item in items)


def _parts(node: nodes.Node) -> list[nodes.Node]:
    return list(node.items) if isinstance(node, nodes.List | nodes.Tuple) else [node]


def _makes_list(node: nodes.Node) -> bool:
    made = [node] if isinstance(node, nodes.List | nodes.Tuple | nodes.Dict) else []
    made += node.find_all((nodes.List, nodes.Tuple, nodes.Dict))
    return any(not isinstance(part, nodes.Const) for each in made for part in each.items)


def _of_lists(name: str, plain: Callable[..., Any]) -> Callable[..., Any]:
    """A filter that takes a text for the list of its letters only where that is short."""
    place = 1 if hasattr(plain, "jinja_pass_arg") else 0

    @functools.wraps(plain)
    def guarded(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        value = args[place] if len(args) > place else None
        if isinstance(value, str) and len(value) > _LONGEST_TEXT_AS_LIST:
            raise TemplateRuntimeError(f"`{name}` takes a list, not a long text")
        return plain(*args, **kwargs)

    return guarded


@pass_eval_context
def _join(
    context: EvalContext, value: Iterable[object], d: str = "", attribute: str | int | None = None
) -> str:
    """Jinja's `join`, which would write a long separator between as many items as there are."""
    items = list(value)
    if attribute is not None:
        items = list(map(make_attrgetter(context.environment, attribute), items))
    texts = [str(item) if not hasattr(item, "__html__") else item for item in items]
    if sum(len(str(text)) + len(str(d)) for text in texts) > _LONGEST_JOINED:
        raise TemplateRuntimeError("`join` would make a text that is too long")
    joined: str = do_join(context, texts, d)
    return joined

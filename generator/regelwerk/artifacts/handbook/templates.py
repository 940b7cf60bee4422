"""Jinja for the handbook's pages: sandboxed, strict, and every text arrives as it was written."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import BaseLoader, Environment, StrictUndefined, TemplateNotFound, nodes
from jinja2.exceptions import SecurityError, TemplateError, TemplateSyntaxError
from markupsafe import Markup

from regelwerk.artifacts.handbook.escape import literal, literal_html
from regelwerk.artifacts.handbook.tables import facts, table
from regelwerk.artifacts.work import CountedEnvironment, binds_made_list
from regelwerk.errors import RenderError
from regelwerk.model.context import TemplateSource

AREA = "handbook"
_LONGEST_PAGE = 20_000_000
# Jinja's filters that make much of little, or that only programmers want.
_WITHHELD = (
    *("attr", "batch", "center", "filesizeformat", "format", "indent", "pprint", "random"),
    *("replace", "round", "slice", "sum", "tojson", "truncate", "urlize", "wordwrap", "xmlattr"),
)
# Statements by which a template could build one value from another, step by step, without end.
_STATEMENTS = {
    nodes.Assign: "set",
    nodes.AssignBlock: "set",
    nodes.With: "with",
    nodes.Macro: "macro",
    nodes.CallBlock: "call",
}


class _Loader(BaseLoader):
    """Finds templates through the project's template source and remembers what they are called."""

    def __init__(self, templates: TemplateSource) -> None:
        self._templates = templates
        self.files: set[str] = set()

    def get_source(
        self,
        environment: Environment,  # noqa: ARG002 what Jinja asks of a loader
        template: str,
    ) -> tuple[str, str | None, Callable[[], bool] | None]:
        found = self._templates.read(AREA, template)
        if found is None:
            raise TemplateNotFound(template)
        self.files.add(found.file)
        try:
            source = found.content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise RenderError(f"{found.file} is not UTF-8", "save it as UTF-8") from error
        return source, found.file, lambda: True


class _Sandbox(CountedEnvironment):
    """A dot means a key; nothing can be called, and no text can be multiplied."""

    intercepted_binops = frozenset({"*", "**", "%", "+"})

    def getattr(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401
        if isinstance(obj, dict):
            return obj[attribute] if attribute in obj else self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        for node in tree.find_all((*_STATEMENTS, nodes.For)):
            what = f"`{_STATEMENTS[type(node)]}`" if type(node) in _STATEMENTS else ""
            if isinstance(node, nodes.For) and (node.recursive or binds_made_list(node)):
                what = "a loop over lists in lists, or one that calls itself"
            if what:
                message = f"templates may not use {what}"
                raise TemplateSyntaxError(message, node.lineno, name, filename)
        return tree

    def call_binop(self, _context: object, operator: str, _left: object, _right: object) -> object:
        raise SecurityError(f"templates may not use `{operator}`")


class PageTemplates:
    """Renders pages by template name; a broken template is a RenderError naming file and line."""

    def __init__(self, templates: TemplateSource) -> None:
        self._loader = _Loader(templates)
        self._environment = _Sandbox(
            loader=self._loader,
            autoescape=True,
            undefined=StrictUndefined,
            finalize=literal,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        for name in _WITHHELD:
            del self._environment.filters[name]
        self._environment.guard_filters()
        self._environment.filters["table"] = table
        self._environment.filters["facts"] = facts
        self._environment.filters["html"] = _html

    def filters(self) -> frozenset[str]:
        """The names of all filters that a page may use."""
        return frozenset(self._environment.filters)

    def render(self, name: str, values: Mapping[str, Any]) -> str:
        """The page that `templates/handbook/<name>` makes of the values."""
        self._environment.begin()
        try:
            page = self._environment.get_template(name).render(values)
        except TemplateSyntaxError as error:
            raise _broken(f"{error.filename or name}:{error.lineno}", error) from error
        except TemplateNotFound as error:
            raise RenderError(f"there is no template templates/{AREA}/{error.name}") from error
        except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError) as error:
            raise _broken(self._place(name, error), error) from error
        except RecursionError as error:
            raise RenderError(f"templates/{AREA}/{name} includes itself") from error
        if len(page) > _LONGEST_PAGE:
            raise RenderError(f"templates/{AREA}/{name} makes a page of {len(page)} characters")
        return page

    def parse(self, name: str) -> None:
        """Read a template without rendering it; a RenderError where that fails."""
        try:
            self._environment.get_template(name)
        except TemplateSyntaxError as error:
            raise _broken(f"{error.filename or name}:{error.lineno}", error) from error

    def _place(self, name: str, error: Exception) -> str:
        frames = traceback.extract_tb(error.__traceback__)
        places = [f"{f.filename}:{f.lineno}" for f in frames if f.filename in self._loader.files]
        return places[-1] if places else f"templates/{AREA}/{name}"


def _html(text: Mapping[str, Any]) -> Markup:
    """A Markdown text of the view as a block of HTML."""
    return literal_html(text["html"]).strip()


def _broken(place: str, error: Exception) -> RenderError:
    reason = str(error) or type(error).__name__
    return RenderError(
        f"the template {place} is broken: {reason}",
        "mend it, or remove it to use the packaged one",
    )

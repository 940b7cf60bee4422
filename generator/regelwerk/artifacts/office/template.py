"""Word templates: tags such as `{{ title }}` or `{%tr for … %}` filled in, by way of docxtpl.

This is the one place that knows docxtpl, and of docxtpl only the rewriting of tags that Word has
torn apart or that stand for whole paragraphs, rows and cells. Rendering is done here: docxtpl's
own replaces `{_{` in people's texts and names no place when a name is missing.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import CodeType
from typing import Any

import msgspec
from docxtpl import DocxTemplate
from jinja2 import Template as JinjaTemplate
from jinja2 import nodes
from jinja2.exceptions import SecurityError, TemplateError, TemplateSyntaxError, UndefinedError
from lxml import etree

from regelwerk.artifacts.office.filters import OFFICE_FILTERS, Office
from regelwerk.artifacts.office.package import DOCUMENT, TEMPLATE_TAGS, Package, open_package
from regelwerk.artifacts.office.sandbox import FILTERS, TemplateEnvironment, forbidden
from regelwerk.artifacts.office.shape import Shape, unknown_names
from regelwerk.artifacts.office.xml import declared, parse
from regelwerk.diagnostics import Problem, did_you_mean
from regelwerk.errors import RenderError
from regelwerk.model.context import Template

_MAX_RENDERED = 64 * 1024 * 1024
_SHOWN = 90
_MANUAL = "See the manual's page on templates for what can be filled in."
_KINDS = ("header", "footer", "footnotes", "endnotes")


class Part(msgspec.Struct, frozen=True):
    """A part of a template with its tags ready for Jinja, a paragraph a line.

    `code` and `tree` are None where the part cannot be read; `error` says why. `unsafe` are the
    lines with what templates may not use; such a part is not compiled either, because compiling
    already works out constants such as `'a' * 1000000000`.
    """

    name: str
    lines: tuple[str, ...]
    tree: nodes.Template | None
    code: CodeType | None
    error: Problem | None
    unsafe: tuple[tuple[int, str], ...] = ()

    def place(self, line: int) -> str:
        """The part and the text of the paragraph at a line, for people."""
        text = self.lines[line - 1] if 0 < line <= len(self.lines) else ""
        shown = " ".join(re.sub(r"<[^>]+>", "", text).split())
        shown = shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}…"
        return f"{self.name}, paragraph “{shown}”"

    def expression(self, line: int, name: str) -> str:
        """The tag of the paragraph at a line that holds a name."""
        text = self.lines[line - 1] if 0 < line <= len(self.lines) else ""
        tags = re.findall(r"\{[{%].*?[%}]\}", text, re.DOTALL)
        return next((" ".join(tag.split()) for tag in tags if name in tag), name)


@lru_cache(maxsize=1)
def _environment() -> TemplateEnvironment:
    environment = TemplateEnvironment()
    environment.filters.update(OFFICE_FILTERS)
    return environment


@lru_cache(maxsize=16)
def compiled(template: Template) -> tuple[Part, ...]:
    """The parts of a template that may hold tags; RenderError where it is no Word file."""
    package = open_package(template.content, template.file, TEMPLATE_TAGS)
    try:
        return tuple(_compile(package, name, template.file) for name in _part_names(package))
    except etree.XMLSyntaxError as error:
        raise RenderError(f"{template.file} is not a sound Word file: {error}") from error


def problems(template: Template, shape: Shape) -> list[Problem]:
    """Everything wrong with a template: broken tags, unsafe expressions, unknown names."""
    found: list[Problem] = []
    for part in compiled(template):
        if part.error is not None:
            found.append(part.error)
        if part.tree is None:
            continue
        for line, what in part.unsafe:
            message = f"{part.place(line)}: templates may not use {what}"
            found.append(_problem("template/unsafe", message, template.file))
        for line, name, known in unknown_names(part.tree, shape):
            tag = part.expression(line, name.rpartition(".")[2])
            message = f"{part.place(line)}: `{name}` in `{tag}` is not something that is filled in"
            hint = did_you_mean(name.rpartition(".")[2], known)
            found.append(_problem("template/undefined-variable", message, template.file, hint))
    return found


def fill(template: Template, view: Mapping[str, Any], office: Office) -> dict[str, etree._Element]:
    """Fill every part in; the roots of the parts by name. RenderError names the place."""
    roots = {}
    for part in compiled(template):
        _require_sound(part, template.file)
        office.part = part.name
        try:
            text = _render(part, {**view, "_office": office})
            roots[part.name] = parse(text.encode())
        except (SecurityError, UndefinedError, TemplateError, TypeError) as error:
            line = _line_of(error)
            raise RenderError(
                f"{template.file}: {part.place(line)}: {error}",
                _MANUAL,
            ) from error
        except etree.XMLSyntaxError as error:
            raise RenderError(
                f"{template.file}: {part.name} is no longer sound once it is filled in: {error}",
                "Put {%p … %} and {%tr … %} tags into paragraphs and rows of their own.",
            ) from error
    return roots


def _require_sound(part: Part, file: str) -> None:
    """Refuse what cannot be compiled and what templates may not use."""
    if part.error is not None:
        raise RenderError(f"{file}: {part.error.message}", _MANUAL)
    for line, what in part.unsafe:
        raise RenderError(f"{file}: {part.place(line)}: templates may not use {what}", _MANUAL)


def _render(part: Part, values: Mapping[str, Any]) -> str:
    assert part.code is not None  # noqa: S101  (the caller has looked)
    environment = _environment()
    environment.begin()
    jinja = JinjaTemplate.from_code(environment, part.code, environment.globals)
    pieces: list[str] = []
    size = 0
    for piece in jinja.generate(values):
        size += len(piece)
        if size > _MAX_RENDERED:
            raise TemplateError("the document would become too large")
        pieces.append(piece)
    return re.sub(r"\n(<w:p[ >])", r"\1", "".join(pieces))


def _part_names(package: Package) -> Iterator[str]:
    yield DOCUMENT
    for kind in _KINDS:
        for _, name in package.targets(DOCUMENT, kind):
            if name in package.parts:
                yield name


def _compile(package: Package, name: str, file: str) -> Part:
    xml = declared(parse(package.parts[name]))
    xml = re.sub(r"\n\s*", " ", xml)
    patched = DocxTemplate(io.BytesIO()).patch_xml(xml)
    source = re.sub(r"<w:p([ >])", r"\n<w:p\1", patched)
    lines = tuple(source.split("\n"))
    environment = _environment()
    tree: nodes.Template | None = None
    code: CodeType | None = None
    error: Problem | None = None
    unsafe: tuple[tuple[int, str], ...] = ()
    bare = Part(name, lines, None, None, None)
    try:
        tree = environment.parse(source)
        unsafe = tuple(forbidden(tree, FILTERS | OFFICE_FILTERS.keys()))
        code = environment.compile(tree, name, name) if not unsafe else None
    except TemplateSyntaxError as fault:
        message = f"{bare.place(fault.lineno)}: {fault.message}"
        unknown = fault.message is not None and "No filter named" in fault.message
        kind = "template/unsafe" if unknown else "template/syntax"
        error = _problem(kind, message, file)
    except RecursionError:
        tree = None
        message = f"{name}: a tag holds too many brackets, filters or conditions in one another"
        error = _problem("template/unsafe", message, file)
    return Part(name, lines, tree, code, error, unsafe)


def _line_of(error: BaseException) -> int:
    """The line of the template at which an error arose, from the traceback."""
    line = getattr(error, "lineno", None) or 0
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename.startswith("word/"):
            line = trace.tb_lineno
        trace = trace.tb_next
    return int(line)


def _problem(code: str, message: str, file: str, hint: str = "") -> Problem:
    return Problem(code, (), message, hint, line=1, column=1, file=file)

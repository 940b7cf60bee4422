"""Whether the project's own templates of the handbook can be rendered."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from jinja2.exceptions import SecurityError, UndefinedError

from regelwerk.artifacts.handbook.news import news_of
from regelwerk.artifacts.handbook.sample import SAMPLE_SURROUNDINGS, sample_shelf
from regelwerk.artifacts.handbook.sheets import sheets_of
from regelwerk.artifacts.handbook.templates import AREA, PageTemplates
from regelwerk.diagnostics import Problem
from regelwerk.errors import RenderError
from regelwerk.model.context import TemplateSource

_PLACE = re.compile(r"(templates/handbook/[^\s:]+)(?::([0-9]+))?")


def lint_handbook(templates: TemplateSource) -> list[Problem]:
    """The first fault of every page, tried with a sample that has everything; one cause once.

    Without a template of the project's own there is nothing to try.
    """
    own = [name for name in templates.names(AREA) if _is_own(templates, name)]
    if not own:
        return []
    make, shelf = PageTemplates(templates), sample_shelf()
    attempts: list[tuple[str, Callable[[], object]]] = [
        (name, partial(make.parse, name)) for name in own
    ]
    attempts += [
        (sheet.template, partial(make.render, sheet.template, sheet.values))
        for sheet in sheets_of(shelf, {}, news_of(shelf), SAMPLE_SURROUNDINGS)
    ]
    once: dict[object, Problem] = {}
    for name, attempt in attempts:
        try:
            attempt()
        except RenderError as error:
            fault = _fault(f"templates/{AREA}/{name}", error)
            once.setdefault((fault.file, fault.line, fault.code), fault)
    return list(once.values())


def _is_own(templates: TemplateSource, name: str) -> bool:
    found = templates.read(AREA, name) if name.endswith(".j2") else None
    return found is not None and found.file.startswith("templates/")


def _fault(file: str, error: RenderError) -> Problem:
    """What a page could not be rendered for, at the line that the message names."""
    code = "template/syntax"
    if isinstance(error.__cause__, UndefinedError):
        code = "template/undefined-variable"
    elif isinstance(error.__cause__, SecurityError):
        code = "template/unsafe"
    place = _PLACE.search(error.message)
    return Problem(
        code,
        (),
        error.message,
        error.hint,
        line=int(place[2]) if place and place[2] else 1,
        column=1,
        file=place[1] if place else file,
    )

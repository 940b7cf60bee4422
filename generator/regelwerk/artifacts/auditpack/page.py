"""The page as one file: no script, nothing loaded, and no text that could become markup."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from urllib.parse import quote

from markupsafe import Markup, escape

from regelwerk.artifacts.auditpack.data import Cell, Link, PageData, Part, Table
from regelwerk.artifacts.lone_page import lone_page
from regelwerk.model.translations import ENGLISH

_BODY = Markup(
    """<header>
<p class="organization">{organization}</p>
<h1>{title}</h1>
<p class="lead">{lead}</p>
<dl class="facts">{facts}</dl>
<dl class="counts">{counts}</dl>
<nav aria-label="Contents"><ul>{contents}</ul></nav>
</header>
<main>
{parts}</main>
<footer><p>{foot}</p></footer>
"""
)


def index_page(data: PageData) -> str:
    """The whole page; its policy allows this one style, and no request."""
    body = _BODY.format(
        title=data.title,
        organization=data.organization,
        lead=data.lead,
        facts=_each("<div><dt>{}</dt><dd>{}</dd></div>", data.facts.items()),
        counts=_each(
            '<div class="{}"><dt>{}</dt><dd>{}</dd></div>',
            ((tone or "plain", caption, number) for caption, number, tone in data.counts),
        ),
        contents=_each('<li><a href="#{}">{}</a></li>', ((p.id, p.title) for p in data.parts)),
        parts=Markup("").join(_part(part) for part in data.parts),
        foot=data.foot,
    )
    title = f"{data.title}: {data.organization}"
    return lone_page(language=ENGLISH, title=title, style=_style(), body=body)


def _part(part: Part) -> Markup:
    body = Markup("").join(
        (
            _each("<p>{}</p>\n", ((text,) for text in part.paragraphs)),
            *(_table(table) for table in part.tables),
            _list(part.entries),
            _each("<pre><code>{}</code></pre>\n", ((text,) for text in part.commands)),
        )
    )
    return Markup('<section aria-labelledby="{}">\n<h2 id="{}">{}</h2>\n{}</section>\n').format(
        part.id, part.id, part.title, body
    )


def _list(entries: Sequence[str]) -> Markup:
    if not entries:
        return Markup("")
    return Markup("<ul>{}</ul>\n").format(_each("<li>{}</li>", ((text,) for text in entries)))


def _table(table: Table) -> Markup:
    """A table whose roles are said, since on a narrow screen its rows stand below one another."""
    head = _each('<th role="columnheader" scope="col">{}</th>', ((one,) for one in table.columns))
    rows = Markup("").join(
        Markup('<tr role="row">{}</tr>\n').format(Markup("").join(_cells(row, table.columns)))
        for row in table.rows
    )
    more = Markup('<p class="more">{}</p>\n').format(table.more) if table.more else Markup("")
    return Markup(
        '<table role="table">\n<caption>{}</caption>\n<thead role="rowgroup"><tr role="row">{}</tr>'
        '</thead>\n<tbody role="rowgroup">\n{}</tbody>\n</table>\n{}'
    ).format(table.caption, head, rows, more)


def _cells(row: Sequence[Cell], columns: Sequence[str]) -> Iterator[Markup]:
    for place, (cell, column) in enumerate(zip(row, columns, strict=True)):
        tone = Markup(' class="{}"').format(cell.tone) if cell.tone else Markup("")
        shown = Markup("<br>").join(map(_line, cell.lines))
        if place == 0:
            yield Markup('<th role="rowheader" scope="row"{}>{}</th>').format(tone, shown)
        else:
            yield Markup('<td role="cell" data-label="{}"{}>{}</td>').format(column, tone, shown)


def _line(line: str | Link) -> Markup:
    if isinstance(line, Link):
        shown = Markup("/<wbr>").join(map(escape, line.text.split("/")))
        return Markup('<a href="{}">{}</a>').format(quote(line.target), shown)
    return escape(line)


def _each(form: str, rows: Iterable[tuple[str, ...]]) -> Markup:
    pattern = Markup(form)  # noqa: S704 the forms above
    return Markup("").join(pattern.format(*row) for row in rows)


@cache
def _style() -> str:
    return (files(__package__) / "assets" / "auditpack.css").read_text(encoding="utf-8")

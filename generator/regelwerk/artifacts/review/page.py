"""The page as one file: nothing loaded, nothing sent, and no text that could become markup."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec
from markupsafe import Markup

from regelwerk.artifacts.lone_page import lone_page

_BODY = Markup(
    """<header class="head">
<p class="organization">{organization}</p>
<h1>{title}</h1>
<p class="statement">{status}</p>
<dl class="facts">{facts}</dl>
<p>{lead}</p>
<nav aria-label="{contents}"><ul>{links}</ul></nav>
</header>
<main>
{sections}</main>
<footer class="foot"><p>{foot}</p></footer>
"""
)

_SCRIPTS = ("sshsig.js", "keystore.js", "signing.js")


class Section(msgspec.Struct, frozen=True):
    """A part of the page with its heading; `id` is where links lead."""

    id: str
    title: str
    body: Markup


def page(
    *,
    language: str,
    title: str,
    organization: str,
    status: str,
    facts: Mapping[str, str],
    lead: str,
    contents: str,
    sections: Sequence[Section],
    foot: str,
    data: Mapping[str, Any],
) -> str:
    """The whole page; its policy allows this one script and this one style, and no request."""
    body = _BODY.format(
        title=title,
        organization=organization,
        status=status,
        facts=_joined("<div><dt>{}</dt><dd>{}</dd></div>", facts.items()),
        lead=lead,
        contents=contents,
        links=_joined('<li><a href="#{}">{}</a></li>', ((one.id, one.title) for one in sections)),
        sections=_joined(
            '<section aria-labelledby="{}">\n<h2 id="{}">{}</h2>\n{}</section>\n',
            ((one.id, one.id, one.title, one.body) for one in sections),
        ),
        foot=foot,
    )
    return lone_page(
        language=language, title=title, style=_style(), body=body, script=_script(), data=data
    )


def _joined(form: str, rows: Any) -> Markup:  # noqa: ANN401
    pattern = Markup(form)  # noqa: S704 the forms above
    return Markup("").join(pattern.format(*row) for row in rows)


@cache
def _style() -> str:
    return (files(__package__) / "assets" / "review.css").read_text(encoding="utf-8")


@cache
def _script() -> str:
    assets = files(__package__) / "assets"
    body = "\n".join((assets / name).read_text(encoding="utf-8") for name in _SCRIPTS)
    return f'"use strict";\n(() => {{\n{body}}})();\n'

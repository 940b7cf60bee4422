"""Links between the handbook's pages, written so that MkDocs can check and rewrite them."""

from __future__ import annotations

import posixpath
from functools import lru_cache
from urllib.parse import quote

from markupsafe import Markup

from regelwerk.artifacts.handbook.escape import literal


def page_name(id_: str) -> str:
    """The file of the page about something; `index.md` is the overview of its folder."""
    return "index_.md" if id_ == "index" else f"{id_}.md"


def link(label: object, target: str, here: str) -> Markup:
    """A Markdown link from the page `here` to `target`, both relative to the handbook's folder."""
    return Markup(f"[{literal(label)}]({address(target, here)})")  # noqa: S704 literal and quoted


def address(target: str, here: str) -> Markup:
    """The relative address of `target` as seen from the page `here`."""
    path, hash_, anchor = target.partition("#")
    return Markup(_relative(path, here) + hash_ + quote(anchor))  # noqa: S704 quoted


@lru_cache(maxsize=4096)
def _relative(path: str, here: str) -> str:
    return quote(posixpath.relpath(path, posixpath.dirname(here) or ".")) if path != here else ""


def outside(label: object, url: str) -> Markup:
    """A link to a web page; only the text where the address is no web address."""
    if not url.lower().startswith(("https://", "http://")):
        return literal(label)
    return Markup('<a href="{}">{}</a>').format(literal(url), literal(label))

"""What a built site links to and loads, read from its files."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

_LOADING = {"src", "srcset", "poster", "data", "background"}


class Page(HTMLParser):
    """Ids, links, loaded addresses, the title and the text of a page's article."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.loads: list[str] = []
        self.tags: set[str] = set()
        self.title = ""
        self.article = ""
        self._open: list[str] = []
        self._svg = 0
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self._svg += tag == "svg"
        if tag in ("title", "article"):
            self._open.append(tag)
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            elif name in ("href", "xlink:href") and tag == "a":
                self.links.append(value or "")
            elif name in _LOADING or (name in ("href", "xlink:href") and tag != "a"):
                self.loads.append(value or "")
            elif name == "style":
                self.loads += addresses_in_css(value or "")

    def handle_endtag(self, tag: str) -> None:
        self._svg -= tag == "svg"
        if self._open and self._open[-1] == tag:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._open == ["title"] and not self._svg:
            self.title += data
        if "article" in self._open:
            self.article += data


def addresses_in_css(text: str) -> list[str]:
    """Everything that a style sheet loads."""
    return re.findall(r"""(?:url\(|@import\s+)\s*['"]?([^'")\s;]+)""", text)


def pages_in(site: Path) -> dict[str, Page]:
    """Every page of a site; the one for missing addresses belongs to a server."""
    return {
        path.relative_to(site).as_posix(): Page(path.read_text("utf-8"))
        for path in sorted(site.rglob("*.html"))
        if path.name != "404.html"
    }


def broken_links(site: Path) -> list[str]:
    """Links, anchors and loads inside the site that lead nowhere."""
    pages = pages_in(site)
    broken = []
    for name, page in pages.items():
        for address in [*page.links, *page.loads]:
            parts = urlsplit(address)
            if parts.scheme or parts.netloc:
                continue
            target = (site / name).parent / unquote(parts.path) if parts.path else site / name
            file = target / "index.html" if target.is_dir() else target
            relative = file.resolve().relative_to(site.resolve()).as_posix()
            anchor = unquote(parts.fragment)
            ids = pages[relative].ids if relative in pages else []
            if not file.is_file() or (anchor and anchor not in (*ids, "__skip")):
                broken.append(f"{name}: {address}")
    return broken


def files_of(folder: Path) -> dict[str, bytes]:
    """The bytes of every file, by path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }

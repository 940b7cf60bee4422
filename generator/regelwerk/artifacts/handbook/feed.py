"""What is new as an RSS feed (RSS 2.0), for whoever wants to be told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time
from email.utils import format_datetime
from html import escape
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from lxml import etree
from lxml.etree import _Element

from regelwerk.artifacts.handbook.news import FEED, News
from regelwerk.artifacts.handbook.surroundings import Surroundings
from regelwerk.model.organization import Organization

_ATOM = "http://www.w3.org/2005/Atom"
_NOT_IN_XML = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 65534, 65535), "�")


def feed(
    news: Iterable[News], organization: Organization, title: str, surroundings: Surroundings
) -> bytes:
    """The feed; the same news give the same bytes, since nothing in it is the time of the build.

    Where nobody knows the site's address an item has no link and its whole text, and the channel's
    obligatory link is a name (`urn:uuid:…`) instead of an address.
    """
    site = surroundings.site
    root = etree.Element("rss", {"version": "2.0"}, nsmap={"atom": _ATOM})
    channel = etree.SubElement(root, "channel")
    home = site.address_of("news.md") if site.address else _urn(organization.name)
    _text(channel, "title", f"{organization.name}: {title}")
    _text(channel, "link", home)
    _text(channel, "description", title)
    _text(channel, "language", organization.languages[0])
    if site.address:
        link = {"href": site.address.rstrip("/") + f"/{FEED}", "rel": "self"}
        etree.SubElement(channel, f"{{{_ATOM}}}link", {**link, "type": "application/rss+xml"})
    zone = ZoneInfo(organization.timezone)
    for item in news:
        element = etree.SubElement(channel, "item")
        _text(element, "title", item.headline)
        if site.address:
            _text(element, "link", site.address_of(item.edition.page))
        _text(element, "description", _description(item))
        guid = _text(element, "guid", _urn(f"{organization.name}/{item.key}"))
        guid.set("isPermaLink", "false")
        midnight = datetime.combine(item.on, time(), zone)
        _text(element, "pubDate", format_datetime(midnight))
    etree.indent(root)
    return etree.tostring(root, xml_declaration=True, encoding="utf-8") + b"\n"


def _description(item: News) -> str:
    """HTML, as readers of feeds expect."""
    more = item.edition.words["more_changes"].format(count=item.more) if item.more else ""
    points = "".join(f"<li>{escape(text)}</li>" for text in (*item.sentences, more) if text)
    why = f"<p>{escape(item.why)}</p>" if item.why else ""
    return why + (f"<ul>{points}</ul>" if points else "") or escape(item.headline)


def _urn(name: str) -> str:
    return uuid5(NAMESPACE_URL, f"regelwerk/{name}").urn


def _text(parent: _Element, tag: str, text: str) -> _Element:
    element = etree.SubElement(parent, tag)
    element.text = text.translate(_NOT_IN_XML)
    return element

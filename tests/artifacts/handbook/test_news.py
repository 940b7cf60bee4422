from __future__ import annotations

import re
from datetime import date, timedelta
from email.utils import parsedate_to_datetime
from html import unescape

import msgspec
import pytest
from lxml import etree

from artifacts.handbook.handbook_worlds import (
    CONTRACT,
    SACRED,
    nasty_contexts,
    pages_of,
    project_contexts,
)
from artifacts.handbook.test_older_versions import superseded
from regelwerk.artifacts.handbook.feed import feed
from regelwerk.artifacts.handbook.news import news_of
from regelwerk.artifacts.handbook.shelf import shelve
from regelwerk.artifacts.handbook.surroundings import Surroundings
from regelwerk.model.context import BuildContext
from regelwerk.model.site import Site
from regelwerk.model.version import Status

ONLINE = Surroundings(site=Site(address="https://example.com/handbook", folders=False))
_RFC_822 = (
    r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), [0-9]{2} "
    r"(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) [0-9]{4} [0-9:]{8} [+-][0-9]{4}"
)


@pytest.fixture(scope="module")
def contexts() -> dict[str, BuildContext]:
    own = {**project_contexts(CONTRACT)}
    for folder in ("complaints/1.10", "complaints/draft"):
        own[folder] = superseded(own[folder])
    return own


@pytest.fixture(scope="module")
def page(contexts: dict[str, BuildContext]) -> str:
    return unescape(pages_of(contexts, CONTRACT)["news.md"].decode())


def parsed(contexts: dict[str, BuildContext], surroundings: Surroundings) -> etree._Element:
    return etree.fromstring(pages_of(contexts, CONTRACT, {}, surroundings)["feed.xml"])


def texts(channel: etree._Element, path: str) -> list[str]:
    return [element.text or "" for element in channel.iterfind(path)]


def test_the_latest_is_first_and_every_day_has_a_heading(page: str) -> None:
    days = [line for line in page.splitlines() if line.startswith("## ")]
    assert days == ["## 1 February 2025", "## 1 September 2024", "## 1 March 2024",
                    "## 1 February 2024"]  # fmt: skip


def test_a_version_tells_why_and_what_it_changed_and_leads_to_its_page(page: str) -> None:
    latest, _, rest = page.partition("## 1 September 2024")
    assert "### [Complaints: version 1.10 came into force](processes/complaints.md)" in latest
    assert "The cause is confirmed by a second engineer." in latest
    assert "- Document number added: P-QM-04" in latest
    assert "- and more changes: " in latest
    assert "### [Complaints: version 1.9 came into force](versions/complaints/1.9.md)" in rest


def test_drafts_are_no_news(page: str) -> None:
    assert "1.11" not in page
    assert "DRAFT" not in page


def test_what_is_not_yet_in_force_is_no_news(contexts: dict[str, BuildContext]) -> None:
    context = contexts["complaints/1.10"]
    entry = context.versions[0]
    later = msgspec.structs.replace(
        entry.verdict, status=Status.APPROVED, effective_from=context.as_of + timedelta(days=1)
    )
    entries = (msgspec.structs.replace(entry, version="1.11", verdict=later), *context.versions)
    shelf = shelve({"complaints/1.10": msgspec.structs.replace(context, versions=entries)})
    assert [item.edition.process.version for item in news_of(shelf)] == ["1.10", "1.9"]


def test_a_withdrawal_is_news_where_nothing_took_the_place(
    contexts: dict[str, BuildContext],
) -> None:
    context = contexts["complaints/1.10"]
    gone = msgspec.structs.replace(
        context.verdict, status=Status.WITHDRAWN, effective_until=date(2026, 1, 31)
    )
    entries = tuple(
        msgspec.structs.replace(entry, verdict=gone) if entry.version == "1.10" else entry
        for entry in context.versions
    )
    draft = msgspec.structs.replace(contexts["complaints/draft"], versions=entries)
    latest = news_of(shelve({"complaints/draft": draft}))[0]
    assert latest.on == date(2026, 2, 1)
    assert latest.headline == "Complaints: version 1.10 was withdrawn"
    assert latest.why == "Do not work by it any more."


def test_a_version_withdrawn_after_it_was_superseded_is_news_only_once() -> None:
    shelf = shelve(project_contexts(CONTRACT))
    headlines = [item.headline for item in news_of(shelf)]
    assert "Complaints: version 1.9 came into force" in headlines
    assert "Complaints: version 1.9 was withdrawn" not in headlines


def test_the_feed_is_made_of_what_has_happened_and_of_no_clock(
    contexts: dict[str, BuildContext],
) -> None:
    first = pages_of(contexts, CONTRACT, {}, ONLINE)["feed.xml"]
    later = {
        folder: msgspec.structs.replace(context, as_of=context.as_of + timedelta(days=400))
        for folder, context in contexts.items()
    }
    assert pages_of(later, CONTRACT, {}, ONLINE)["feed.xml"] == first


def test_the_feed_is_valid_rss(contexts: dict[str, BuildContext]) -> None:
    root = parsed(contexts, ONLINE)
    assert (root.tag, root.get("version")) == ("rss", "2.0")
    (channel,) = root
    assert texts(channel, "title") == ["Beispiel & Söhne <Werkzeugbau> GmbH: What's new"]
    for needed in ("title", "link", "description"):
        assert len(channel.findall(needed)) == 1
    items = channel.findall("item")
    assert len(items) == 4
    guids = texts(channel, "item/guid")
    assert len(set(guids)) == len(guids)
    assert {guid.get("isPermaLink") for guid in channel.iterfind("item/guid")} == {"false"}
    days = [parsedate_to_datetime(text) for text in texts(channel, "item/pubDate")]
    assert days == sorted(days, reverse=True)
    assert days[0].isoformat() == "2025-02-01T00:00:00+01:00"


@pytest.mark.parametrize("surroundings", [ONLINE, Surroundings()], ids=["address", "none"])
def test_the_feed_holds_nothing_that_rss_2_0_does_not_name(
    contexts: dict[str, BuildContext], surroundings: Surroundings
) -> None:
    (channel,) = parsed(contexts, surroundings)
    atom = "{http://www.w3.org/2005/Atom}link"
    known = {"title", "link", "description", "language", "item", atom}
    assert {child.tag for child in channel} <= known
    assert re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]+)*", texts(channel, "language")[0])
    for item in channel.iterfind("item"):
        tags = [child.tag for child in item]
        assert set(tags) <= {"title", "link", "description", "guid", "pubDate"}
        assert len(set(tags)) == len(tags)
        assert {"title", "description"} & set(tags)
        assert re.fullmatch(_RFC_822, item.findtext("pubDate") or "")
    for link in (*channel.iterfind("link"), *channel.iterfind("item/link")):
        assert re.match(r"(https?://|urn:)", link.text or "")


def test_with_an_address_every_item_leads_to_its_page(
    contexts: dict[str, BuildContext],
) -> None:
    (channel,) = parsed(contexts, ONLINE)
    assert texts(channel, "link") == ["https://example.com/handbook/news.html"]
    links = texts(channel, "item/link")
    assert links[0] == "https://example.com/handbook/processes/complaints.html"
    assert links[-1] == "https://example.com/handbook/versions/complaints/1.9.html"
    (itself,) = channel.findall("{http://www.w3.org/2005/Atom}link")
    assert itself.get("href") == "https://example.com/handbook/feed.xml"


def test_without_an_address_nothing_pretends_to_be_one(
    contexts: dict[str, BuildContext],
) -> None:
    (channel,) = parsed(contexts, Surroundings())
    assert channel.findall("item/link") == []
    assert texts(channel, "link")[0].startswith("urn:uuid:")
    assert "The cause is confirmed" in texts(channel, "item/description")[0]


def test_an_item_keeps_its_name_when_an_address_is_found(
    contexts: dict[str, BuildContext],
) -> None:
    (one,), (other,) = parsed(contexts, ONLINE), parsed(contexts, Surroundings())
    assert texts(one, "item/guid") == texts(other, "item/guid")


def test_text_arrives_unharmed_in_the_feed() -> None:
    contexts = nasty_contexts()
    shelf = shelve(contexts)
    project = shelf.project
    assert project is not None
    news = [msgspec.structs.replace(item, why=SACRED + " \x07") for item in news_of(shelf)]
    (channel,) = etree.fromstring(feed(news, project.organization, "New", Surroundings()))
    assert any(SACRED in title for title in texts(channel, "item/title"))
    html = etree.fromstring(f"<x>{texts(channel, 'item/description')[0]}</x>")
    assert (html.findtext("p") or "").startswith(SACRED)

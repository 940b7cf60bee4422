from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from artifacts.handbook.handbook_worlds import SACRED, pages_of, project_contexts
from regelwerk.artifacts.handbook.feedback import feedback_link
from regelwerk.artifacts.handbook.surroundings import Surroundings
from regelwerk.artifacts.handbook.words import handbook_words
from regelwerk.artifacts.view.speech import speech
from regelwerk.model.site import Site

WORDS = {**speech("en", {}).labels, **handbook_words("en")}
FORM = "https://git.example.com/q/issues/new?title={title}&body={text}&labels=handbook"


def address(where: str, title: str = "Sales process", version: str = "1.3") -> str:
    page = "processes/sales.md"
    link = feedback_link(where, title=title, page=page, version=version, words=WORDS)
    found = re.fullmatch(r'<a href="([^"]*)">([^<]*)</a>', link)
    return unescape(found[1]) if found is not None else str(link)


def test_a_mail_has_page_and_version_in_it() -> None:
    parts = urlsplit(address("quality@example.com"))
    assert (parts.scheme, parts.path) == ("mailto", "quality@example.com")
    fields = parse_qs(parts.query)
    assert fields["subject"] == ["Handbook: Sales process 1.3"]
    (body,) = fields["body"]
    assert body.startswith("Page: Sales process (processes/sales.md)\r\nVersion: 1.3\r\n\r\n")


def test_a_form_has_them_where_it_asks_for_them() -> None:
    fields = parse_qs(urlsplit(address(FORM)).query)
    assert fields["title"] == ["Handbook: Sales process 1.3"]
    assert "Version: 1.3" in fields["body"][0]
    assert fields["labels"] == ["handbook"]


def test_a_page_that_has_no_version_names_none() -> None:
    (body,) = parse_qs(urlsplit(address("quality@example.com", version="")).query)["body"]
    assert "Version" not in body


@pytest.mark.parametrize("where", ["quality@example.com", FORM])
def test_text_arrives_unharmed_and_adds_nothing_to_the_address(where: str) -> None:
    plain, spoiled = address(where), address(where, title=SACRED)
    assert SACRED in unquote(spoiled)
    assert parse_qs(urlsplit(plain).query).keys() == parse_qs(urlsplit(spoiled).query).keys()


@pytest.mark.parametrize("where", ["", "javascript:alert(1)", "data:text/html,x", "quality"])
def test_what_is_no_address_makes_no_link(where: str) -> None:
    assert address(where) == ""


def test_every_kind_of_page_asks_for_it_and_its_own_version_is_named(repository: Path) -> None:
    contexts = project_contexts(repository)
    where = Surroundings(site=Site(feedback="quality@example.com"))
    pages = pages_of(contexts, repository, {}, where)
    asking = {p for p, text in pages.items() if b'class="hb-feedback"' in text}
    assert asking == {p for p in pages if p.endswith(".md") and p != "index.md"}
    assert "Version%3A%201.3" in unescape(pages["processes/sales.md"].decode())
    assert "Version%3A%201.4" in unescape(pages["drafts/sales.md"].decode())


def test_nobody_is_asked_where_nobody_listens(repository: Path) -> None:
    pages = pages_of(project_contexts(repository), repository, {})
    assert not any(b"hb-feedback" in text for path, text in pages.items() if path.endswith(".md"))

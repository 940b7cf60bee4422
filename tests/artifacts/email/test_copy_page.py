"""The page to copy from: everything is in it, and nothing in it is from elsewhere."""

from __future__ import annotations

import re
from base64 import b64decode
from html import unescape
from pathlib import Path

import msgspec
import pytest

from artifacts.email.support import MEET, SACRED, context, head, read, seen, tags, templates
from regelwerk.artifacts.email.copy_page import copy_page
from regelwerk.artifacts.email.message import AttachedFile, eml
from regelwerk.artifacts.email.render import compose, render_emails
from regelwerk.artifacts.email.sending import txt
from regelwerk.artifacts.email.values import Shown

HOSTILE = '</pre></script><img src=x onerror="alert(1)"> " \' -->'


def filled(root: Path, value: str):  # type: ignore[no-untyped-def]
    given = {("steps", "meet", "fields", "first-name"): Shown(value)}
    text = head('{{ fields["first-name"] }}') + '**Dear** {{ fields["first-name"] }},\n\n- one\n'
    return compose(context(title=value), read(root, text), (MEET,), given, allow_blank=False)


@pytest.mark.parametrize("value", [SACRED, HOSTILE])
def test_any_text_arrives_and_is_only_text(tmp_path: Path, value: str) -> None:
    page = copy_page("hello", filled(tmp_path, value)).decode()
    words = unescape(re.sub(r"<[^>]*>", "", page.split("<main>")[1].split("</main>")[0]))
    assert words.count(value) == 3  # the subject, the text, the text without formatting
    assert {tag for tag, _ in tags(page)} <= {
        "html", "head", "meta", "title", "link", "style", "body", "header", "main", "noscript",
        "section", "div", "h1", "h2", "p", "button", "pre", "ul", "li", "a", "strong", "script",
    }  # fmt: skip
    assert [tag for tag, _ in tags(page)].count("script") == 1
    assert not [attrs for _, attrs in tags(page) if any(key.startswith("on") for key in attrs)]


def test_nothing_comes_from_elsewhere_and_only_its_own_script_runs(tmp_path: Path) -> None:
    page = copy_page("hello", filled(tmp_path, "x")).decode()
    links = [a.get(key) or "" for _, a in tags(page) for key in ("href", "src") if a.get(key)]
    assert all(link.startswith(("data:", "mailto:")) for link in links)
    policy = next(a["content"] for _, a in tags(page) if a.get("http-equiv"))
    assert policy is not None
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy.replace("style-src-attr 'unsafe-inline'", "")


def test_it_offers_the_draft_itself(tmp_path: Path) -> None:
    draft = filled(tmp_path, SACRED)
    calendar = AttachedFile("m.ics", "text/calendar; charset=utf-8", b"BEGIN:VCALENDAR\r\n")
    draft = msgspec.structs.replace(draft, calendar=calendar)
    page = copy_page("hello", draft, "T-1-hello").decode()
    offered = {
        str(attrs["download"]): b64decode(str(attrs["href"]).partition(",")[2])
        for tag, attrs in tags(page)
        if tag == "a" and "download" in attrs
    }
    assert offered == {
        "T-1-hello.eml": eml(draft),
        "T-1-hello.txt": txt(draft),
        "T-1-hello.ics": calendar.content,
    }


def test_a_large_draft_is_named_and_not_put_inside(tmp_path: Path) -> None:
    big = AttachedFile("big.pdf", "application/pdf", b"x" * 2_000_000)
    draft = msgspec.structs.replace(filled(tmp_path, "x"), attachments=(big,))
    page = copy_page("hello", draft, "T-1-hello")
    assert len(page) < 100_000
    assert "T-1-hello.eml" in seen(page.decode())
    assert "big.pdf" in seen(page.decode())


def test_the_blank_page_names_what_is_open(tmp_path: Path) -> None:
    text = head(to='["field:meet.mail", "role:office"]', attachments='["document:answer"]')
    _, page = render_emails(context(), templates(tmp_path, text + "Hello.\n"))
    words = seen(page.content.decode())
    assert "[E-mail address]; [Office]" in words
    assert "[Answer to the customer]" in words
    again = list(render_emails(context(), templates(tmp_path, text + "Hello.\n")))
    assert again[1] == page


def test_it_speaks_the_language_of_the_mail(tmp_path: Path) -> None:
    _, page = render_emails(context(), templates(tmp_path, head(language="de") + "Hallo.\n"))
    assert '<html lang="de">' in page.content.decode()
    assert "Betreff" in seen(page.content.decode())

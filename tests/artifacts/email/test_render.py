"""The blank e-mails of a definition, and one filled with values."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest

from artifacts.email.support import (
    MEET,
    SACRED,
    context,
    head,
    html_of,
    parsed,
    read,
    seen,
    tags,
    templates,
    text_of,
)
from regelwerk.artifacts.email.message import eml
from regelwerk.artifacts.email.recipients import Mailbox
from regelwerk.artifacts.email.render import compose, render_emails
from regelwerk.artifacts.email.values import Shown
from regelwerk.errors import RenderError

GIVEN = {
    ("record", "case"): Shown("C-1"),
    ("steps", "meet", "fields", "first-name"): Shown("Änne"),
    ("steps", "meet", "fields", "date"): Shown("20 May 2022", "2022-05-20"),
    ("steps", "meet", "fields", "mail"): Shown("anna@example.com"),
}


def blank(root: Path, text: str, **options: object) -> bytes:
    artifact, page = render_emails(context(**options), templates(root, text))  # type: ignore[arg-type]
    assert (artifact.path, page.path) == ("emails/hello.eml", "emails/hello.html")
    return artifact.content


def filled(root: Path, text: str, given: dict = GIVEN, **options: object):  # type: ignore[type-arg]
    return compose(context(**options), read(root, text), (MEET,), given, allow_blank=False)  # type: ignore[arg-type]


def test_a_blank_mail_shows_what_is_known_and_gaps_for_the_rest(tmp_path: Path) -> None:
    text = head("{{ process.title }}: {{ fields.date }}") + (
        'Dear {{ fields["first-name"] }},\n\n- **Case:** {{ record.case }}\n\n'
        "{{ step.responsible }}, {{ organization.name }} ({{ process.document }}, "
        "{{ process.version }}, {{ step.title }})\n"
    )
    message = parsed(blank(tmp_path, text))
    assert message["Subject"] == "Answer a request: [Date of the appointment]"
    assert text_of(message) == (
        "Dear [First name],\n\n- Case: [Case number]\n\nClerk, Example & Sons (P-1, 1.1, Meet)\n"
    )
    assert " ".join(seen(html_of(message)).split()) == (
        "Dear [First name], Case: [Case number] Clerk, Example & Sons (P-1, 1.1, Meet)"
    )
    gaps = [attrs for tag, attrs in tags(html_of(message)) if attrs.get("class") == "gap"]
    assert len(gaps) == 2
    assert all("background-color" in (attrs["style"] or "") for attrs in gaps)


def test_the_file_is_an_unsent_draft_without_date_or_message_id(tmp_path: Path) -> None:
    content = blank(tmp_path, head() + "Hello ü.\n")
    message = parsed(content)
    assert message["X-Unsent"] == "1"
    assert set(message.keys()) == {"X-Unsent", "Subject", "To", "MIME-Version", "Content-Type"}
    assert message.get_content_type() == "multipart/alternative"
    parts = list(message.iter_parts())
    assert [part.get_content_type() for part in parts] == ["text/plain", "text/html"]
    assert all(part.get_content_charset() == "utf-8" for part in parts)
    assert content.isascii()
    assert (
        content.replace(b"\r\n", b"").count(b"\n")
        == content.replace(b"\r\n", b"").count(b"\r")
        == 0
    )


def test_the_same_sources_give_the_same_bytes_and_others_another_boundary(tmp_path: Path) -> None:
    first = blank(tmp_path, head() + "Hello.\n")
    assert first == blank(tmp_path, head() + "Hello.\n")
    other = blank(tmp_path, head() + "Hallo.\n")
    assert parsed(first).get_boundary() != parsed(other).get_boundary()


@pytest.mark.parametrize("value", [SACRED, "**a** _b_ [c](https://d.e) `f` <b>g</b> &amp; # h | i"])
def test_any_text_arrives_once_and_unharmed(tmp_path: Path, value: str) -> None:
    given = {**GIVEN, ("steps", "meet", "fields", "first-name"): Shown(value)}
    text = head('{{ fields["first-name"] }}') + (
        'a {{ fields["first-name"] }} z\n\n- **{{ organization.name }}**\n\n'
        "|{{ process.title }}|\n|-|\n|{{ step.responsible }}|\n"
    )
    draft = filled(tmp_path, text, given, organization=value, title=value, role_title=value)
    message = parsed(eml(draft))
    assert message["Subject"] == value
    assert text_of(message).count(value) == 4
    assert f"a {value} z" in text_of(message)
    assert f"\n- {value}\n" in text_of(message)
    assert seen(html_of(message)).count(value) == 4
    assert f"a {value} z" in seen(html_of(message))
    assert {tag for tag, _ in tags(html_of(message))} <= {
        "html", "head", "meta", "body", "div", "p", "ul", "li", "strong",
        "table", "thead", "tbody", "tr", "th", "td",
    }  # fmt: skip


def test_labels_and_titles_arrive_unharmed_in_a_blank_mail(tmp_path: Path) -> None:
    fields = tuple(msgspec.structs.replace(field, label=SACRED) for field in MEET.fields)
    step = msgspec.structs.replace(MEET, fields=fields)
    text = head("{{ fields.date }}", cc='["field:meet.mail"]') + "{{ fields.notes }}\n"
    message = parsed(blank(tmp_path, text, steps=(step,), title=SACRED, working=True))
    assert message["Subject"] == f"DRAFT – [{SACRED}]"
    for shown in (text_of(message), seen(html_of(message))):
        assert shown.count(SACRED) == 3  # the banner, the copy, the body


def test_a_value_of_several_lines_keeps_them(tmp_path: Path) -> None:
    given = {**GIVEN, ("steps", "meet", "fields", "notes"): Shown("one\ntwo\n\n- three")}
    draft = filled(tmp_path, head() + "- Notes: {{ fields.notes }}\n", given)
    assert draft.text == "- Notes: one\n  two\n  \n  - three\n"
    assert seen(draft.html).split() == ["Notes:", "one", "two", "-", "three"]
    assert [tag for tag, _ in tags(draft.html)].count("br") == 3
    assert [tag for tag, _ in tags(draft.html)].count("li") == 1


def test_a_value_that_looks_like_a_mark_is_text(tmp_path: Path) -> None:
    given = {**GIVEN, ("steps", "meet", "fields", "notes"): Shown("\ue0000\ue001")}
    draft = filled(tmp_path, head() + '{{ fields.notes }} {{ fields["first-name"] }}\n', given)
    assert draft.text == "\ue0000\ue001 Änne\n"


def test_a_draft_says_so_in_subject_and_body_and_a_version_in_force_does_not(
    tmp_path: Path,
) -> None:
    message = parsed(blank(tmp_path, head("Invitation") + "Hello.\n", working=True))
    assert message["Subject"] == "DRAFT – Invitation"
    for shown in (text_of(message), seen(html_of(message)).strip()):
        assert shown.startswith("DRAFT: Answer a request, version 1.1.")
    released = parsed(blank(tmp_path, head("Invitation") + "Hello.\n"))
    assert "DRAFT" not in f"{released['Subject']}{text_of(released)}{html_of(released)}"


def test_a_missing_value_is_named_with_where_it_comes_from(tmp_path: Path) -> None:
    with pytest.raises(RenderError, match="“Notes”, which is missing") as caught:
        filled(tmp_path, head() + "{{ fields.notes }}\n")
    assert caught.value.hint == "it comes from the field `notes` of the step `meet` in the record"
    with pytest.raises(RenderError, match="“Subject of the case”"):
        filled(tmp_path, head("{{ record.subject }}") + "Hello.\n")


def test_a_line_break_in_a_value_cannot_reach_the_subject(tmp_path: Path) -> None:
    for value in ("x\r\nBcc: y@example.com", "x\u2028y", "x\x00y"):
        given = {**GIVEN, ("record", "case"): Shown(value)}
        with pytest.raises(RenderError, match="the head of an e-mail cannot carry"):
            filled(tmp_path, head("{{ record.case }}") + "Hello.\n", given)
    with pytest.raises(RenderError, match="the head of an e-mail cannot carry"):
        blank(tmp_path, head("{{ process.title }}") + "Hello.\n", title="x\nBcc: y@example.com")


def test_a_control_character_cannot_reach_the_body(tmp_path: Path) -> None:
    given = {**GIVEN, ("record", "case"): Shown("x\x00y")}
    draft = filled(tmp_path, head() + "{{ record.case }}\n", given)
    with pytest.raises(RenderError, match=r"control character U\+0000"):
        eml(draft)


def test_a_blank_mail_has_fixed_addresses_and_gaps_for_the_others(tmp_path: Path) -> None:
    text = head(
        to='["field:meet.mail", "person:anna"]',
        cc='["role:office", "office@example.com", "person:cora"]',
        attachments='["document:answer", "artifact:checklist"]',
    )
    message = parsed(blank(tmp_path, text + "Hello.\n"))
    assert str(message["To"]) == "Änne Müller <anna@example.com>"
    assert str(message["Cc"]) == "office@example.com"
    assert text_of(message) == (
        "To: [E-mail address]\nCopy to: [Office], [Cora Ceo]\n"
        "Attach: [Answer to the customer], [the checklist of the process]\n\nHello.\n"
    )


def test_a_filled_mail_goes_to_whoever_holds_the_role_on_that_day(tmp_path: Path) -> None:
    text = head(to='["role:office", "field:meet.mail"]', cc="[Anna@example.com, boss@example.com]")
    text += "Hello.\n"
    draft = filled(tmp_path, text)
    assert draft.to == (Mailbox("Änne Müller", "anna@example.com"),)
    assert draft.cc == (Mailbox("", "boss@example.com"),)  # Änne is written to already
    assert draft.text == "Hello.\n"


@pytest.mark.parametrize(
    ("to", "missing"),
    [("role:nobody", "“Nobody”"), ("person:cora", "“Cora Ceo”"), ("field:meet.notes", "“Notes”")],
)
def test_a_recipient_without_an_address_is_named(tmp_path: Path, to: str, missing: str) -> None:
    with pytest.raises(RenderError, match=missing):
        filled(tmp_path, head(to=f'["{to}"]') + "Hello.\n")


def test_a_recorded_address_that_is_none_is_refused(tmp_path: Path) -> None:
    given = {("steps", "meet", "fields", "mail"): Shown("a@example.com\r\nBcc: b@example.com")}
    with pytest.raises(RenderError, match="is not an e-mail address"):
        filled(tmp_path, head(to='["field:meet.mail"]') + "Hello.\n", given)


def test_a_template_that_is_missing_or_broken_stops_the_build_with_its_place(
    tmp_path: Path,
) -> None:
    with pytest.raises(RenderError, match="there is no e-mail template `hello`"):
        list(render_emails(context(), templates(tmp_path, head(), name="other")))
    with pytest.raises(RenderError, match=r"templates/email/hello.md:5:4: nothing fills in `x`"):
        blank(tmp_path, head() + "{{ x }}\n")
    with pytest.raises(RenderError, match="records no field `nope`"):
        blank(tmp_path, head() + "{{ fields.nope }}\n")
    with pytest.raises(RenderError, match="has no document number"):
        blank(tmp_path, head() + "{{ process.document }}\n", document=None)


def test_what_two_steps_that_send_one_mail_differ_in_is_a_gap(tmp_path: Path) -> None:
    second = msgspec.structs.replace(MEET, id="again", title="Meet again")
    message = parsed(
        blank(tmp_path, head() + "{{ step.title }}, {{ step.responsible }}\n", steps=(MEET, second))
    )
    assert text_of(message) == "[Title of the step], Clerk\n"


def test_the_language_of_the_template_decides_the_words(tmp_path: Path) -> None:
    message = parsed(blank(tmp_path, head(language="de") + "{{ record.case }}\n"))
    assert text_of(message) == "[Vorgangsnummer]\n"
    assert ("html", {"lang": "de"}) in tags(html_of(message))


def test_nothing_in_the_html_comes_from_elsewhere(tmp_path: Path) -> None:
    text = (
        head()
        + "![x](https://e.com/a.png) [y](javascript:alert(1)) <img src=x> [z](https://e.com)\n"
    )
    html = html_of(parsed(blank(tmp_path, text, working=True)))
    links = [attrs["href"] for tag, attrs in tags(html) if tag == "a"]
    assert set(links) <= {"https://e.com/a.png", "https://e.com"}
    assert "https://e.com" in links
    assert not {tag for tag, _ in tags(html)} & {"img", "script", "link", "style", "iframe"}
    assert not any(re.search(r"url\(|@import", attrs.get("style") or "") for _, attrs in tags(html))


def test_colours_come_in_pairs_so_that_they_hold_in_the_dark(tmp_path: Path) -> None:
    html = html_of(parsed(blank(tmp_path, head() + "{{ record.case }}\n", working=True)))
    assert ("meta", {"name": "color-scheme", "content": "light dark"}) in tags(html)
    for _, attrs in tags(html):
        style = attrs.get("style") or ""
        assert bool(re.search(r"(?<!-)color:", style)) == ("background-color:" in style)

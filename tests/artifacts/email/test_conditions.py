"""Conditions: one way in a filled mail, every way in a blank one."""

from __future__ import annotations

from pathlib import Path

import pytest

from artifacts.email.support import MEET, context, head, parsed, read, templates, text_of
from regelwerk.artifacts.email.render import compose, render_emails
from regelwerk.artifacts.email.syntax import MAX_DEPTH, MAX_PLACEHOLDERS
from regelwerk.artifacts.email.values import Shown

NAME = ("steps", "meet", "fields", "first-name")
DATE = ("steps", "meet", "fields", "date")


def filled(root: Path, body: str, given: dict) -> str:  # type: ignore[type-arg]
    return compose(context(), read(root, head() + body), (MEET,), given, allow_blank=False).text


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ('fields["first-name"]', "yes"),
        ("fields.notes", "no"),
        ("not fields.notes", "yes"),
        ('fields.date == "2022-05-20"', "yes"),
        ('fields.date != "2022-05-20"', "no"),
        ('"Anna" == fields["first-name"]', "yes"),
        ("fields.date == fields.date", "yes"),
        ('fields.date == fields["first-name"]', "no"),
        ('fields.notes or fields["first-name"]', "yes"),
        ('fields.notes and fields["first-name"]', "no"),
        ('fields.notes == "x"', "no"),
    ],
)
def test_a_condition_asks_what_was_recorded(tmp_path: Path, condition: str, expected: str) -> None:
    given = {NAME: Shown("Anna"), DATE: Shown("20 May 2022", "2022-05-20")}
    body = f"{{% if {condition} %}}yes{{% else %}}no{{% endif %}}\n"
    assert filled(tmp_path, body, given) == f"{expected}\n"


def test_a_field_that_is_left_out_leaves_its_lines_out(tmp_path: Path) -> None:
    body = "- a\n{% if fields.notes %}\n- {{ fields.notes }}\n{% endif %}\n- b\n"
    assert filled(tmp_path, body, {}) == "- a\n- b\n"
    given = {("steps", "meet", "fields", "notes"): Shown("n")}
    assert filled(tmp_path, body, given) == "- a\n- n\n- b\n"


def test_the_longest_and_deepest_conditions_that_are_allowed_can_be_filled(
    tmp_path: Path,
) -> None:
    ways = "{% if fields.notes %}a" + "{% elif fields.notes %}b" * (MAX_PLACEHOLDERS - 1)
    assert filled(tmp_path, ways + "{% else %}c{% endif %}\n", {}) == "c\n"
    deep = "{% if not fields.notes %}" * (MAX_DEPTH + 1) + "x" + "{% endif %}" * (MAX_DEPTH + 1)
    assert filled(tmp_path, deep + "\n", {}) == "x\n"


def test_fields_named_like_a_method_are_fields(tmp_path: Path) -> None:
    given = {("steps", "meet", "fields", "items"): Shown("three")}
    assert filled(tmp_path, "{{ fields.items }}\n", given) == "three\n"


def test_a_blank_mail_shows_every_way_with_its_condition(tmp_path: Path) -> None:
    body = (
        '{% if fields.notes == "yes" and not fields.date %}\nA\n\n'
        "{% elif fields.notes or organization.name %}\nB\n\n{% else %}\nC\n{% endif %}\n"
    )
    artifact, _ = render_emails(context(), templates(tmp_path, head() + body))
    assert text_of(parsed(artifact.content)) == (
        "[Only if “Notes” is “yes” and not (“Date of the appointment” is filled in):] A\n\n"
        "[Only if “Notes” is filled in or “Example & Sons” is filled in:] B\n\n"
        "[Otherwise:] C\n"
    )


def test_a_condition_on_what_is_known_is_decided_in_a_blank_mail_too(tmp_path: Path) -> None:
    body = '{% if organization.name == "Example & Sons" %}A{% else %}B{% endif %}\n'
    artifact, _ = render_emails(context(), templates(tmp_path, head() + body))
    assert text_of(parsed(artifact.content)) == "A\n"


def test_a_condition_in_the_subject_stays_one_line(tmp_path: Path) -> None:
    text = head("Hello{% if fields.notes %} and {{ fields.notes }}{% endif %}") + "Hello.\n"
    artifact, _ = render_emails(context(), templates(tmp_path, text))
    subject = parsed(artifact.content)["Subject"]
    assert subject == "Hello [Only if “Notes” is filled in:] and [Notes]"

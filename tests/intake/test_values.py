"""From what people type to what a record holds."""

from __future__ import annotations

import pytest

from intake.form_files import sales
from regelwerk.artifacts.checklist.prefill import filled_in
from regelwerk.intake.filled import Control
from regelwerk.intake.people import who
from regelwerk.intake.refusal import ValueRefusedError
from regelwerk.intake.values import Basis, value_of
from regelwerk.model.form import Choice, Form, FormField, Kind

PEOPLE = {
    "anna.beispiel": "Anna Beispiel",
    "a.b": "Müller, Jan",
    "max.one": "Max Muster",
    "max.two": "Max Muster",
}


def read(kind: Kind, text: str, locale: str = "en_GB", **more: object) -> object:
    more.setdefault("path", "fields")
    field = FormField(key="k", kind=kind, label="L", **{**more, "path": (more["path"], "f")})
    basis = Basis(people=PEOPLE, locale=locale, placeholders=frozenset())
    return value_of(field, Control(place="here", text=text), basis)


@pytest.mark.parametrize(
    ("text", "locale", "day"),
    [
        ("2026-11-24", "en_GB", "2026-11-24"),
        ("2026-1-4", "en_GB", "2026-01-04"),
        ("24.11.2026", "en_GB", "2026-11-24"),
        ("24. 11. 2026", "de_DE", "2026-11-24"),
        ("24 November 2026", "en_GB", "2026-11-24"),
        ("24. November 2026", "de_DE", "2026-11-24"),
        ("4. März 2026", "de_DE", "2026-03-04"),
        ("March 4, 2026", "de_DE", "2026-03-04"),
        ("24/11/2026", "en_GB", "2026-11-24"),
        ("11/24/2026", "en_US", "2026-11-24"),
        ("05/05/2026", "en_US", "2026-05-05"),
    ],
)
def test_days_that_are_read(text: str, locale: str, day: str) -> None:
    assert read("date", text, locale) == day


@pytest.mark.parametrize(
    "text", ["03/04/2026", "31.02.2026", "tomorrow", "24.11.26", "2026", "46350"]
)
def test_days_that_nobody_can_be_sure_of_are_refused(text: str) -> None:
    with pytest.raises(ValueRefusedError, match="not a day"):
        read("date", text)


@pytest.mark.parametrize(
    ("text", "locale", "number"),
    [
        ("12", "en_GB", 12),
        ("12.5", "en_GB", 12.5),
        ("12,5", "en_GB", 12.5),
        ("12.5", "de_DE", 12.5),
        ("1,250", "en_GB", 1250),
        ("1.250", "de_DE", 1250),
        ("1,250.75", "en_GB", 1250.75),
        ("-3", "de_DE", -3),
        ("7 h", "en_GB", 7),
        ("0.125", "en_GB", 0.125),
        ("1.2340", "de_DE", 1.234),
        ("12.000,5", "de_DE", 12000.5),
    ],
)
def test_numbers_in_the_language_of_the_form(text: str, locale: str, number: float) -> None:
    found = read("number", text, locale, unit="h")
    assert found == number
    assert type(found) is type(number)


@pytest.mark.parametrize(
    ("text", "locale"), [("12.000", "en_GB"), ("-1.250", "en_GB"), ("12,000", "de_DE")]
)
def test_a_number_that_may_be_a_thousand_times_more_is_refused(text: str, locale: str) -> None:
    with pytest.raises(ValueRefusedError, match="may be") as refused:
        read("number", text, locale)
    assert read("number", refused.value.hint.rpartition(" ")[2], locale) == float(
        text.replace(",", ".")
    )


@pytest.mark.parametrize("number", [1.234, -12.5, 0.125, 1e-7, 12000, 999.999, 1234.567, 1e15])
@pytest.mark.parametrize("locale", ["en_GB", "de_DE", "fr_FR"])
def test_a_recorded_number_reads_back_as_itself_in_every_language(
    number: float, locale: str
) -> None:
    field = FormField(key="n", kind="number", label="N", path=("fields", "n"))
    form = Form(case=(field,), steps=(), further=(), result=())
    shown = filled_in({"fields": {"n": number}}, form, sales().names)
    assert read("number", shown["n"], locale) == number


@pytest.mark.parametrize("path", ["subject", "outputs", "called_case"])
def test_a_text_of_one_line_is_refused_in_words_where_it_has_more(path: str) -> None:
    for text, said in (("one\ntwo", "several lines"), ("x" * 1001, "1000 characters")):
        with pytest.raises(ValueRefusedError, match=said):
            read("text", text, path=path)
    read("text", "one\n", path=path)


@pytest.mark.parametrize("text", ["evidence/../../people.yaml", "evidence/a/../../../.git/config"])
def test_evidence_does_not_lead_out_of_its_folder(text: str) -> None:
    with pytest.raises(ValueRefusedError, match="leads out"):
        read("text", text, path="outputs")


@pytest.mark.parametrize("text", ["many", "1e400", "NaN", "inf", "1.2.3", "9" * 30, "12 kg"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ValueRefusedError):
        read("number", text, unit="h")


def test_an_answer_is_found_by_its_words_and_equal_words_by_their_values() -> None:
    choices = (
        Choice(value="a", label="Yes"),
        Choice(value="b", label="Yes"),
        Choice(value="c", label='R&D <b> "x"'),
    )
    assert read("choice", "Yes (b)", choices=choices) == "b"
    assert read("choice", ' R&D  <b> "x" ', choices=choices) == "c"
    with pytest.raises(ValueRefusedError, match="not one of the answers"):
        read("choice", "Yes", choices=choices)


def test_control_characters_and_endless_texts_are_refused() -> None:
    for text in ("a\x07b", "x" * 20_001):
        with pytest.raises(ValueRefusedError):
            read("text", text)


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Anna Beispiel", ["anna.beispiel"]),
        ("anna  BEISPIEL", ["anna.beispiel"]),
        ("anna.beispiel", ["anna.beispiel"]),
        ("Müller, Jan", ["a.b"]),
        ("Müller, Jan; Anna Beispiel", ["a.b", "anna.beispiel"]),
        ("Anna Beispiel, a.b", ["anna.beispiel", "a.b"]),
        ("Anna Beispiel\nmax.one", ["anna.beispiel", "max.one"]),
        ("Max Muster (max.two)", ["max.two"]),
    ],
)
def test_people_by_name_or_id(text: str, ids: list[str]) -> None:
    assert who(text, PEOPLE)[0] == ids


def test_a_name_of_two_people_and_of_nobody_is_refused() -> None:
    assert who("Max Muster", PEOPLE)[1] == "“Max Muster” may be `max.one` or `max.two`"
    found, problem, hint = who("Ana Beispiel", PEOPLE)
    assert found == []
    assert problem == "“Ana Beispiel” is nobody in people.yaml"
    assert hint == "did you mean `Anna Beispiel`?"

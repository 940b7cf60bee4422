"""Catalogues of the generator's words: read, and never trusted more than the English words."""

from __future__ import annotations

from pathlib import Path

import pytest

from regelwerk.model.translations import in_language, misses
from regelwerk.project.translations import read_translations

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'


def message(key: str, source: str, text: str, comment: str = "") -> str:
    return f'{comment}msgctxt "{key}"\nmsgid "{source}"\nmsgstr "{text}"\n\n'


def catalogue(root: Path, name: str, *messages: str, head: str = HEAD) -> Path:
    path = root / "templates" / "words" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(head + "".join(messages), encoding="utf-8")
    return path


def test_a_projects_own_catalogue_is_read_without_being_asked_for(tmp_path: Path) -> None:
    catalogue(tmp_path, "xx.po", message("label.purpose", "Purpose", "Zweck <R&D> 漢字"))
    found, problems = read_translations(tmp_path, ["en"])
    assert problems == ()
    assert found["xx"] == {"label.purpose": "Zweck <R&D> 漢字"}


def test_what_is_doubtful_or_missing_stays_english(tmp_path: Path) -> None:
    fuzzy = message("label.scope", "Scope", "Anderes", "#, fuzzy\n")
    catalogue(tmp_path, "xx.po", fuzzy, message("label.start", "Start", ""))
    found, problems = read_translations(tmp_path, ["en"])
    assert (found["xx"], problems) == ({}, ())
    english = {"scope": "Scope", "start": "Start"}
    assert in_language("label", english, found, "xx") == english


def test_a_company_may_say_something_else_in_english_too(tmp_path: Path) -> None:
    catalogue(tmp_path, "en.po", message("label.owner", "Owner", "Process manager"))
    found, _ = read_translations(tmp_path, ["en"])
    words = in_language("label", {"owner": "Owner", "x": "X"}, found, "en-GB")
    assert words == {"owner": "Process manager", "x": "X"}


def test_a_region_goes_before_its_language() -> None:
    translations = {"pt": {"a.x": "p", "a.y": "p"}, "pt-BR": {"a.x": "b"}, "pt-PT": {"a.x": "no"}}
    english = {"x": "e", "y": "e", "z": "e"}
    assert in_language("a", english, translations, "pt_BR") == {"x": "b", "y": "p", "z": "e"}


def test_an_area_takes_nothing_from_another() -> None:
    translations = {"xx": {"handbook.x": "1", "handbook.y.x": "2", "book.x": "3"}}
    assert in_language("book", {"x": "e"}, translations, "xx") == {"x": "3"}


def test_a_language_may_have_more_plural_forms_than_english() -> None:
    english = {"days.one": "{n} day", "days.other": "{n} days"}
    polish = {"a.days.one": "dzień", "a.days.few": "{n} dni", "a.day.few": "no", "a.new": "no"}
    words = in_language("a", english, {"pl": polish}, "pl")
    assert words == {"days.one": "dzień", "days.few": "{n} dni", "days.other": "{n} days"}


@pytest.mark.parametrize(
    ("source", "text", "reason"),
    [
        ("{n} of {all}", "{all} {n}", ""),
        ("Plain", "Schlicht", ""),
        ("{{x}} {n}", "{n} {{y}}", ""),
        ("{n} of {all}", "{n}", "it leaves out `{all}`"),
        ("{n}", "{n} {secret}", "it names `{secret}`, which the English phrase does not fill"),
        (
            "{n}",
            "{n.__class__}",
            "its braces do not pair; write `{{` and `}}` for braces that are meant",
        ),
        ("{n}", "{n!r}", "its braces do not pair; write `{{` and `}}` for braces that are meant"),
        (
            "{n}",
            "{n:>9999999}",
            "its braces do not pair; write `{{` and `}}` for braces that are meant",
        ),
        ("{n}", "{n} {", "its braces do not pair; write `{{` and `}}` for braces that are meant"),
        ("Plain", "{0}", "its braces do not pair; write `{{` and `}}` for braces that are meant"),
    ],
)
def test_gaps_are_those_of_the_english_phrase(source: str, text: str, reason: str) -> None:
    assert misses("key", source, text) == reason


def test_a_translation_with_a_wrong_gap_is_reported_at_its_line_and_not_used(
    tmp_path: Path,
) -> None:
    good = message("phrase.step", "step {number}, {title}", "{title}: {number}")
    bad = message("phrase.x", "until {day}", "bis {tag}")
    catalogue(tmp_path, "xx.po", good, bad)
    found, (problem,) = read_translations(tmp_path, [])
    assert found["xx"] == {"phrase.step": "{title}: {number}"}
    assert problem.code == "template/undefined-variable"
    assert (problem.file, problem.line) == ("templates/words/xx.po", 10)
    assert "`{tag}`" in problem.message


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("xx.po", b'msgctxt "a"\nmsgid "x\n', ""),
        ("xx.po", b'msgid "\xff"\nmsgstr "y"\n', ""),
        ("xx.po", b"\x00\x00", ""),
        ("not a language.po", b"", "no language"),
        ("xx.po", b'msgctxt "a.b"\nmsgid "x"\nmsgstr "one\\ntwo"\n', "line breaks"),
    ],
)
def test_a_broken_catalogue_is_a_finding(
    tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    catalogue(tmp_path, name).write_bytes(content)
    found, problems = read_translations(tmp_path, [])
    assert [problem.code for problem in problems] != []
    assert {problem.file for problem in problems} == {f"templates/words/{name}"}
    assert all(words in problem.message for problem in problems)
    assert not any(found.values())

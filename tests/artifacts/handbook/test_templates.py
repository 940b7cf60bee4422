from __future__ import annotations

import re
from pathlib import Path

import pytest

from artifacts.handbook.handbook_worlds import pages_of
from regelwerk.artifacts.handbook.words import handbook_words
from regelwerk.artifacts.view.speech import speech
from regelwerk.errors import RenderError


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "templates" / "handbook").mkdir(parents=True)
    return tmp_path


def write(project: Path, name: str, text: str) -> None:
    (project / "templates" / "handbook" / name).write_text(text, "utf-8")


def test_a_template_of_the_project_goes_before_the_packaged_one(project: Path) -> None:
    write(project, "glossary.md.j2", "# Our words\n\n{{ rows | length }} < 10\n")
    pages = pages_of({}, project, {})
    assert b"# Our words" in pages["glossary.md"]
    assert b"# Documents and forms" in pages["documents.md"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("# x\n\n{{ no.such }}", ":3 is broken: 'no' is undefined"),
        ("# x\n{{ words.nothing }}", ":2 is broken: 'dict object' has no attribute 'nothing'"),
        ("{% for x in %}", ":1 is broken: "),
        ("{{ title | nothing }}", ":1 is broken: No filter named 'nothing'"),
        ("\n{{ title.upper() }}", ":2 is broken: templates may not call anything"),
        ("{{ words.__class__ }}", ":1 is broken: "),
        ("{{ 'a' * 1000000000 }}", ":1 is broken: templates may not use `*`"),
        ("{{ '%1000000000d' % 1 }}", ":1 is broken: templates may not use `%`"),
        ("{{ 1 / 0 }}", ":1 is broken: division by zero"),
        ("{{ 'a' | center(1000000000) }}", ":1 is broken: No filter named 'center'"),
        ("{{ '%1000000000d' | format(1) }}", ":1 is broken: No filter named 'format'"),
        ("{{ [1] | batch(1000000000, 2) | list }}", ":1 is broken: No filter named 'batch'"),
        ("{{ 'a' | xmlattr }}", ":1 is broken: No filter named 'xmlattr'"),
        ("{{ words.title + words.title }}", ":1 is broken: templates may not use `+`"),
        ("\n{% set a = 'a' %}{% set a = a ~ a %}", ":2 is broken: templates may not use `set`"),
        ("{% set a %}{{ title }}{% endset %}", ":1 is broken: templates may not use `set`"),
        ("{% with a = 'a' %}{% endwith %}", ":1 is broken: templates may not use `with`"),
        ("{% macro a() %}{% endmacro %}", ":1 is broken: templates may not use `macro`"),
        ("{% for a in [[rows, rows]] %}{% endfor %}", ":1 is broken: templates may not use a loop"),
        ("{% for a in [rows] | list %}{% endfor %}", ":1 is broken: templates may not use a loop"),
        (
            "\n" + "{% for a in rows recursive %}{% endfor %}",
            ":2 is broken: templates may not use a loop",
        ),
        ("{{ 'a' | tojson }}", ":1 is broken: No filter named 'tojson'"),
        (
            "\n" + "{% for a in 'abc' %}" * 15 + "{% endfor %}" * 15,
            ":2 is broken: its loops take more than 1000000 rounds in all",
        ),
        (
            "{% for a in 'ab' %}" * 21 + "{% endfor %}" * 21,
            ":1 is broken: loops and conditions lie too deep in one another",
        ),
        (
            "{{ words.title | map('upper')" + " | list | upper" * 40 + " }}",
            ":1 is broken: `list` takes a list, not a long text",
        ),
        (
            "{{ '%s'" % ("a" * 2000) + " | join('%s') }}" % ("b" * 2000),
            ":1 is broken: `join` would make a text that is too long",
        ),
    ],
)
def test_a_broken_template_is_named_with_its_line(project: Path, text: str, reason: str) -> None:
    write(project, "glossary.md.j2", text)
    with pytest.raises(RenderError) as error:
        pages_of({}, project, {})
    assert f"templates/handbook/glossary.md.j2{reason}" in error.value.message


def test_a_template_that_includes_itself_is_named(project: Path) -> None:
    write(project, "glossary.md.j2", '{% include "glossary.md.j2" %}')
    with pytest.raises(RenderError, match=r"templates/handbook/glossary\.md\.j2 includes itself"):
        pages_of({}, project, {})


def test_an_include_that_is_missing_is_named(project: Path) -> None:
    write(project, "glossary.md.j2", '{% include "nothing.md.j2" %}')
    with pytest.raises(RenderError, match=r"templates/handbook/nothing\.md\.j2"):
        pages_of({}, project, {})


def test_a_style_sheet_of_the_project_goes_before_the_packaged_one(project: Path) -> None:
    (project / "templates/handbook/assets").mkdir()
    write(project, "assets/handbook.css", "p { color: red }")
    pages = pages_of({}, project, {})
    assert pages["assets/handbook.css"] == b"p { color: red }"
    assert "assets/iframe-worker.js" in pages


def test_every_word_of_the_packaged_templates_is_known(repository: Path) -> None:
    templates = list((repository / "templates/handbook").rglob("*.j2"))
    used = {w for path in templates for w in re.findall(r"words\.(\w+)", path.read_text("utf-8"))}
    assert len(used) > 30
    assert used - {*speech("en").labels, *handbook_words("en")} == set()

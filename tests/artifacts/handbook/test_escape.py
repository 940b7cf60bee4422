from __future__ import annotations

import re
from html.parser import HTMLParser

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regelwerk.artifacts.handbook.escape import literal, literal_html
from regelwerk.artifacts.handbook.tables import facts, grid, table
from regelwerk.artifacts.view.markdown import html

NASTY = [
    'R&D <Vertrieb> "quoted" {{ x }} {% y %} ü 漢字',
    "*stars* **two** _x_ __y__ ***z***",
    "[link](javascript:alert(1)) ![image](x.png) <http://example.com> http://example.com",
    "<script>alert(1)</script> <!-- --> <b>bold</b>",
    "# heading",
    "1. x",
    "a. x",
    "iv. x",
    "12) x",
    "- x",
    "+ x",
    "> x",
    "=====",
    "---",
    ": x",
    "    indented",
    "back\\slash \\* \\\\",
    "&amp; &lt; &#42; &copy;",
    "`code` ```fence``` ~~~ ~~struck~~ ^^up^^ ==mark==",
    "a | b || c",
    "{#id .class} [x]{.y} [^1] [TOC] !!! note ::: warn --8<-- 'file'",
    ":smile: (c) (tm) 1/2 --> +/- ... 'quotes' $x$ @me a@b.example *[abbr]: y",
    "```\nfence\n```",
    "two\n\nparagraphs",
    "??? question?",
    "what? who?! 50 % & more, and; so on",
]
EXTENSIONS = [
    ["toc", "tables", "fenced_code"],
    [
        *("toc", "tables", "admonition", "attr_list", "def_list", "footnotes", "md_in_html"),
        *("abbr", "smarty", "pymdownx.superfences", "pymdownx.highlight", "pymdownx.magiclink"),
        *("pymdownx.smartsymbols", "pymdownx.tilde", "pymdownx.caret", "pymdownx.mark"),
        *("pymdownx.betterem", "pymdownx.tasklist", "pymdownx.tabbed", "pymdownx.details"),
        *("pymdownx.snippets", "pymdownx.arithmatex", "pymdownx.inlinehilite", "sane_lists"),
    ],
]


class _Reader(HTMLParser):
    """Collects what a reader sees, by element."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def read(page: str) -> _Reader:
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return reader


def words(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


@pytest.mark.parametrize("extensions", EXTENSIONS, ids=["plain", "many"])
@pytest.mark.parametrize("text", NASTY)
@pytest.mark.parametrize(
    ("frame", "tags"),
    [
        ("# {}", {"h1"}),
        ("{}", {"p"}),
        ("before {} after", {"p"}),
        ("- {}", {"ul", "li"}),
        ("- **{}:** x", {"ul", "li", "strong"}),
        ("[{}](page.md)", {"p", "a"}),
        ("<div>\n<p>{}</p>\n</div>", {"div", "p"}),
    ],
)
def test_text_arrives_once_and_without_meaning(
    text: str, frame: str, tags: set[str], extensions: list[str]
) -> None:
    page = read(markdown.markdown(frame.format(literal(text)), extensions=extensions))
    expected = {
        "before {} after": f"before {text} after",
        "- **{}:** x": f"{text}: x",
    }.get(frame, text)
    assert words(page.text) == words(expected)
    assert set(page.tags) == tags


@pytest.mark.parametrize("text", NASTY)
def test_a_cell_holds_its_text_and_nothing_else(text: str) -> None:
    page = read(markdown.markdown(grid(["a", text], [[text, "x"]]), extensions=["tables"]))
    assert words(page.text) == words(f"a {text} {text} x")
    assert page.tags.count("td") == page.tags.count("th") == 2


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"))))
def test_no_text_is_changed(text: str) -> None:
    page = read(markdown.markdown(f"x{literal(text)}x", extensions=EXTENSIONS[1]))
    assert words(page.text) == words(f"x{text}x")


@pytest.mark.parametrize(
    "text", ["```\nx\n```", "a {{ x }} *b*", "| a | b |\n|---|---|\n| {% y %} | c |", "- a\n\n- b"]
)
def test_html_of_a_text_passes_through_markdown_unchanged(text: str) -> None:
    made = html(text)
    block = f"<div>\n{literal_html(made).strip()}\n</div>"
    page = markdown.markdown(block, extensions=["fenced_code", "tables", "pymdownx.superfences"])
    assert words(read(page).text) == words(read(made).text)
    assert read(page).tags == ["div", *read(made).tags]


def test_columns_without_content_are_left_out() -> None:
    rows = [{"a": "1", "b": ""}, {"a": "2", "b": ""}]
    assert table(rows, [("a", "A"), ("b", "B")]) == "| A |\n| --- |\n| 1 |\n| 2 |"
    assert table([], [("a", "A")]) == ""


def test_facts_without_a_value_are_left_out() -> None:
    assert facts([("a", "x"), ("b", ""), ("c", []), ("d", ["y", "z"])]) == (
        "- **a:** x\n- **d:** y; z"
    )

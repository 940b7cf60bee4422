"""Markdown as people write it: what is a mark, what is text, and that nothing gets lost."""

from __future__ import annotations

import pytest

from regelwerk.artifacts.view.markdown import blocks, html, plain, text_view
from word_support import SACRED


def runs(text: str) -> list[dict[str, object]]:
    (block,) = blocks(text)
    return block["runs"]


@pytest.mark.parametrize(
    "text",
    [
        SACRED,
        "# no heading",
        "> no quotation",
        "Title\n=====".replace("\n", " "),
        "&amp; &lt; &copy; are not decoded",
        "<b>not bold</b> and <!-- no comment -->",
        "[reference]: https://www.example.com",
        "`` and ``` alone",
        "(c) -- ... \"straight\" 'quotes'",
        "[a](javascript:alert(1)) [b](file:///etc/passwd) [c](data:text/html,x)",
        "<https://www.example.com> and www.example.com stay text",
    ],
)
def test_what_is_no_mark_arrives_as_written(text: str) -> None:
    assert plain(text) == text
    assert all(not run["href"] and not run["bold"] for run in runs(text))


def test_emphasis_code_and_links_are_runs() -> None:
    found = runs("a *b* **c *d*** `e<f>` [g](https://x.example/?a=1&b=2)")
    shown = [(r["text"], r["bold"], r["italic"], r["code"], r["href"]) for r in found]
    assert ("b", False, True, False, "") in shown
    assert ("c ", True, False, False, "") in shown
    assert ("d", True, True, False, "") in shown
    assert ("e<f>", False, False, True, "") in shown
    assert ("g", False, False, False, "https://x.example/?a=1&b=2") in shown


def test_indented_text_and_fences_stay_readable() -> None:
    assert plain("    four spaces") == "four spaces"
    assert "code" in plain("```\ncode\n```")


def test_lists_keep_their_number_and_their_depth() -> None:
    (block,) = blocks("3. a\n4. b\n   - c")
    assert (block["ordered"], block["start"]) == (True, "3")
    assert block["entries"][1][1]["entries"][0][0]["runs"][0]["text"] == "c"


def test_tables_have_a_header_and_sides() -> None:
    (block,) = blocks("| a | b |\n|---|--:|\n| 1 | 2 |")
    assert block["align"] == ["left", "right"]
    assert block["rows"][0][1][0]["text"] == "2"


def test_a_hard_break_is_a_line_break() -> None:
    assert plain("one\\\ntwo\nthree") == "one\ntwo three"


def test_html_is_escaped() -> None:
    assert html("<script>x</script> & [a](https://b.example)") == (
        '<p>&lt;script&gt;x&lt;/script&gt; &amp; <a href="https://b.example">a</a></p>\n'
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "One *word*, a [link](https://a.example) & <b>\n\n- a\n- b",
        "| a | b |\n| --- | --- |\n| **1** | 2 |",
    ],
)
def test_a_view_of_a_text_says_in_every_form_what_each_form_says_alone(text: str) -> None:
    assert text_view(text) == {
        "raw": text.strip(),
        "plain": plain(text),
        "html": html(text),
        "blocks": blocks(text),
    }
    assert text_view(None) == text_view("")

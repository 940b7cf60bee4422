"""Which chapters differ, and what went and came in them."""

from __future__ import annotations

from regelwerk.artifacts.comparison.word_diff import Piece
from regelwerk.artifacts.review.chapters import Chapter, Entry
from regelwerk.artifacts.review.redline import Passage, redline


def chapter(key: str, *texts: str, title: str = "") -> Chapter:
    entries = tuple(Entry(key=text[:3], label="", text=text) for text in texts)
    return Chapter(key=key, title=title or key, entries=entries)


def shown(passages: tuple[Passage, ...]) -> list[tuple[str, str, list[str]]]:
    """Kind, title and lines of each, with `-went-` and `+came+` as marks."""
    marks = {"kept": "", "old": "-", "new": "+"}

    def text(pieces: tuple[Piece, ...]) -> str:
        return "".join(f"{marks[one.kind]}{one.text}{marks[one.kind]}" for one in pieces)

    return [
        (one.kind, text(one.title), [text(line.pieces) for line in one.lines]) for one in passages
    ]


def test_chapters_that_say_the_same_are_left_out() -> None:
    one, two = chapter("a", "The same."), chapter("b", "Other.")
    assert redline((one, two), (two, one), {}) == ()


def test_words_that_differ_are_marked_and_the_rest_stays() -> None:
    old = chapter("a", "The sales manager signs the offer.", "And so on.")
    new = chapter("a", "The sales manager reads the offer.", "And so on.")
    lines = ["The sales manager -signs-+reads+ the offer.", "And so on."]
    assert shown(redline((old,), (new,), {})) == [("changed", "a", lines)]


def test_new_and_removed_chapters_stand_where_they_belong() -> None:
    keep, gone, came = chapter("a", "One."), chapter("b", "Two."), chapter("c", "Six.")
    last = chapter("d", "End.")
    found = shown(redline((gone, keep, last), (keep, came, last), {}))
    assert found == [("removed", "-b-", ["-Two.-"]), ("added", "+c+", ["+Six.+"])]


def test_a_renamed_step_is_compared_with_what_it_was() -> None:
    old = chapter("step book", "Books it.", title="Book")
    new = chapter("step make", "Books it.", title="Make")
    assert shown(redline((old,), (new,), {"step make": "step book"})) == [
        ("changed", "-Book-+Make+", ["Books it."])
    ]
    assert [one.kind for one in redline((old,), (new,), {})] == ["removed", "added"]


def test_texts_of_a_chapter_that_came_and_went() -> None:
    old = chapter("a", "One is first.", "Two is gone.")
    new = chapter("a", "One is first.", "Six is here.")
    assert shown(redline((old,), (new,), {})) == [
        ("changed", "a", ["One is first.", "-Two is gone.-", "+Six is here.+"])
    ]


def test_all_of_the_new_text_is_there_in_its_order() -> None:
    old = chapter("a", "b c d e f g h", "x", "y")
    new = chapter("a", "b c k e f g m", "y", "z")
    (passage,) = redline((old,), (new,), {})
    for kind, of in (("old", old), ("new", new)):
        texts = [
            "".join(piece.text for piece in line.pieces if piece.kind in ("kept", kind))
            for line in passage.lines
        ]
        assert [text for text in texts if text] == [entry.text for entry in of.entries]

"""The table of contents: when there is one, what it says, and that it shows no wrong number."""

from __future__ import annotations

import re

import msgspec
import pytest
from lxml import etree

from regelwerk.artifacts.document import render_document
from regelwerk.artifacts.office.contents import entries_of, with_page_numbers, without_page_numbers
from regelwerk.artifacts.office.length import pages_of
from regelwerk.artifacts.office.package import DOCUMENT, open_package
from regelwerk.artifacts.office.xml import parse
from regelwerk.artifacts.view.sample import sample_context
from regelwerk.model.process import Section, Step
from word_support import W, contexts, house_templates, lint, long_context, paragraphs, parts

FIELD = re.compile(
    r'<w:fldChar w:fldCharType="begin"( w:dirty="true")?/></w:r><w:r><w:instrText[^>]*> PAGEREF '
    r'(\w+) \\h </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    r"(?:<w:r><w:t[^>]*>(\d+)</w:t></w:r>)?"
)


def render(version: str, contents: bool | None = None) -> bytes:
    context = contexts(".", "sales")[version]
    return render_document(context, house_templates(), contents=contents).content


def fields(content: bytes) -> list[tuple[str, str, str]]:
    """Whether Word is asked to work it out, the bookmark, and what is shown."""
    return FIELD.findall(parts(content)["word/document.xml"].decode())


def headings(content: bytes) -> list[str]:
    root = etree.fromstring(parts(content)["word/document.xml"])
    return [
        "".join(t.text or "" for t in p.iter(f"{W}t"))
        for p in root.iter(f"{W}p")
        if p.find(f"{W}pPr/{W}pStyle").get(f"{W}val") in ("Heading1", "Heading2")
    ]


def test_a_short_document_has_none_and_a_long_one_has() -> None:
    assert "Contents" not in paragraphs(render("1.3"))
    assert entries_of(render("1.3"), "") == ()
    assert "Contents" in paragraphs(render("draft"))


def test_the_entries_are_the_headings_with_their_numbers() -> None:
    content = render("draft")
    assert list(entries_of(content, "")) == headings(content)
    lines = [line.strip() for line in paragraphs(content)]
    start = lines.index("Contents")
    assert lines[start + 1 : start + 3] == ["1\tPurpose", "2\tScope"]
    assert lines.count("Step 7: Qualify contact") == 2


def test_without_a_layout_no_number_is_shown_and_word_is_asked_for_it() -> None:
    found = fields(render("draft"))
    assert len(found) > 20
    assert {(dirty, shown) for dirty, _, shown in found} == {(' w:dirty="true"', "")}


def test_numbers_that_were_found_are_shown_and_the_rest_stays_open() -> None:
    content = render("draft")
    numbered = with_page_numbers(content, {0: 2, 5: 3, 6: 12}, "")
    shown = {place: number for place, (_, _, number) in enumerate(fields(numbered)) if number}
    assert shown == {0: "2", 5: "3", 6: "12"}
    assert lint(numbered) == []
    assert with_page_numbers(numbered, {0: 2, 5: 3, 6: 12}, "") == numbered
    assert without_page_numbers(numbered, "") == content
    renumbered = with_page_numbers(numbered, {0: 4}, "")
    assert [number for _, _, number in fields(renumbered)[:1]] == ["4"]


def test_whoever_knows_the_length_decides() -> None:
    assert entries_of(render("1.3", contents=True), "")[0] == "Purpose"
    assert entries_of(render("draft", contents=False), "") == ()


def test_so_many_steps_that_the_table_would_fill_pages_are_left_out_of_it() -> None:
    context = sample_context()
    steps = tuple(Step(id=f"s{n}", title=f"S {n}", at=(), responsible="lead") for n in range(90))
    process = msgspec.structs.replace(context.definition.process, steps=steps, kpis=())
    definition = msgspec.structs.replace(context.definition, process=process)
    context = msgspec.structs.replace(context, definition=definition)
    entries = entries_of(render_document(context, house_templates()).content, "")
    assert "Steps" in entries
    assert not any(entry.startswith("Step ") for entry in entries)


@pytest.mark.parametrize("paragraphs_more", [0, 30, 90])
def test_the_estimate_grows_with_the_text(paragraphs_more: int) -> None:
    context = contexts(".", "sales")["1.3"]
    text = "\n\n".join(["A line of text that is about as long as the page is wide, no more."] * 100)
    sections = (Section(title="More", text=text),) * (paragraphs_more // 30)
    process = msgspec.structs.replace(context.definition.process, sections=sections)
    definition = msgspec.structs.replace(context.definition, process=process)
    content = render_document(
        msgspec.structs.replace(context, definition=definition), house_templates(), contents=False
    ).content
    package = open_package(content, "")
    estimate = pages_of(parse(package.parts[DOCUMENT]), package)
    # A hundred paragraphs of one line need a little less than three pages.
    least = 5 + len(sections) * 2.5
    assert least - 1 <= estimate <= least + 2 + len(sections)


def test_forty_steps_are_all_in_the_table_and_every_reference_leads_somewhere() -> None:
    content = render_document(long_context(), house_templates()).content
    assert list(entries_of(content, "")) == headings(content)
    assert lint(content) == []

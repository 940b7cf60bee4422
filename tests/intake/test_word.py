"""What is read in a Word form, whoever has saved it."""

from __future__ import annotations

from copy import deepcopy

import pytest
from lxml import etree

from intake.form_files import (
    SACRED,
    TRICKY,
    W14,
    WAY,
    W,
    control,
    filled_word,
    pick,
    sales,
    sales_form,
    tick,
    with_part,
    word,
    write,
)
from regelwerk.artifacts.checklist.render import render_checklist
from regelwerk.intake.answers import Answers, answers_of
from regelwerk.intake.word import read_word
from regelwerk.operations.import_form import basis_of
from word_support import house_templates


def answers(content: bytes) -> Answers:
    form = sales_form()
    return answers_of(read_word(content), form, basis_of(sales(), form))


def words(found: Answers) -> list[tuple[str, str]]:
    return [(note.word, note.place) for note in found.notes]


def test_an_untouched_form_says_nothing() -> None:
    found = answers(word(lambda _: None))
    assert found.values == {}
    assert found.notes == ()
    assert len(found.empty) == len(sales_form().all_fields())


def test_every_kind_of_control_is_read() -> None:
    found = answers(
        filled_word({**WAY, "06_1_opt": "not-interested", "01_1_role": "sales-manager"})
    )
    assert found.notes == ()
    assert found.values["subject"] == "Müller & Söhne <GmbH>"
    assert found.values["started"] == "2026-11-02"
    assert found.values["06_1_opt"] == "not-interested"
    assert found.values["01_1_role"] == "sales-manager"
    assert found.values["03_1_by"] == ["anna.beispiel", "bernd.muster"]
    assert found.values["in1"] == {"reference": "mail of 2026-11-01"}


@pytest.mark.parametrize("text", TRICKY)
def test_text_stays_the_text_that_was_typed(text: str) -> None:
    assert answers(filled_word({"01_1_rem": text})).values["01_1_rem"] == text


@pytest.mark.parametrize("text", TRICKY)
def test_what_a_record_says_is_read_back_as_such(text: str) -> None:
    record = {
        "case": "S-1",
        "steps": [{"step": "make-appointment", "remarks": text, "by": "anna.beispiel"}],
    }
    content = render_checklist(sales(), house_templates(), record).content
    found = answers(content)
    assert found.notes == ()
    assert found.values == {"case": "S-1", "01_1_rem": text, "01_1_by": "anna.beispiel"}


def test_a_known_placeholder_is_empty_without_its_mark() -> None:
    """LibreOffice 7.4 drops the mark."""

    def change(root: etree._Element) -> None:
        for mark in list(root.iter(f"{W}showingPlcHdr")):
            mark.getparent().remove(mark)

    assert answers(word(change)).values == {}


def test_text_that_is_marked_as_a_placeholder_is_not_passed_over_silently() -> None:
    def change(root: etree._Element) -> None:
        control(root, "subject").find(f".//{W}t").text = "Example Ltd"

    assert words(answers(word(change))) == [("invalid", "control `subject`")]


@pytest.mark.parametrize("words", ["Click or tap here to enter text.", "Text eingeben"])
def test_what_word_shows_where_somebody_has_emptied_a_field_is_empty(words: str) -> None:
    def change(root: etree._Element) -> None:
        control(root, "subject").find(f".//{W}t").text = words

    def by_word(root: etree._Element) -> None:
        root[0].text = "Microsoft Office Word"

    found = answers(with_part(word(change), "docProps/app.xml", by_word))
    assert (found.values, found.notes) == ({}, ())


@pytest.mark.parametrize("words", ["Enter text", "Choose a date", "Choose an answer"])
def test_forms_from_before_there_were_lines_are_read_as_ever(words: str) -> None:
    def change(root: etree._Element) -> None:
        one = control(root, "subject")
        write(one, words)

    assert answers(word(change)).values == {}


def test_deleted_text_is_not_there_and_inserted_text_is() -> None:
    def change(root: etree._Element) -> None:
        one = control(root, "01_1_rem")
        write(one, "kept ")
        content = one.find(f"{W}sdtContent")
        for name, kind in (
            ("del", "delText"), ("del", "t"), ("ins", "t"), ("moveFrom", "t"), ("moveTo", "t"),
        ):  # fmt: skip
            tracked = etree.SubElement(content, f"{W}{name}")
            run = etree.SubElement(tracked, f"{W}r")
            etree.SubElement(run, f"{W}{kind}").text = name

    assert answers(word(change)).values == {"01_1_rem": "kept insmoveTo"}


def test_a_control_without_its_tag_is_found_by_its_bookmark() -> None:
    def change(root: etree._Element) -> None:
        for tag in list(root.iter(f"{W}tag")):
            tag.getparent().remove(tag)

    found = answers(word(change, filled_word(WAY)))
    assert found.notes == ()
    assert found.values["01_1_rem"] == SACRED


def test_a_bookmark_that_was_moved_into_the_control_counts() -> None:
    """LibreOffice 7.4: no tag, the bookmark begins inside, a wrapper round the paragraph."""

    def change(root: etree._Element) -> None:
        for one in list(root.iter(f"{W}sdt")):
            tag = one.find(f"{W}sdtPr/{W}tag")
            tag.getparent().remove(tag)
            one.find(f"{W}sdtContent").insert(0, one.getprevious())
        for paragraph in list(root.iter(f"{W}p")):
            if paragraph.find(f"{W}sdt") is not None:
                wrapper = etree.Element(f"{W}sdt")
                etree.SubElement(etree.SubElement(wrapper, f"{W}sdtPr"), f"{W}alias")
                paragraph.addprevious(wrapper)
                etree.SubElement(wrapper, f"{W}sdtContent").append(paragraph)

    found = answers(word(change, filled_word({**WAY, "06_1_opt": "interested"})))
    assert found.notes == ()
    assert found.values["06_1_opt"] == "interested"
    assert found.values["01_1_rem"] == SACRED


def test_paragraphs_in_a_control_are_lines() -> None:
    """So Word saves what was typed with the Enter key: the control goes round the paragraphs."""

    def change(root: etree._Element) -> None:
        one = control(root, "01_1_rem")
        paragraph = one.getparent()
        write(one, "one")
        runs = list(one.find(f"{W}sdtContent"))
        paragraph.addprevious(one)
        content = one.find(f"{W}sdtContent")
        content.append(paragraph)
        paragraph.extend(runs)
        more = etree.SubElement(etree.SubElement(content, f"{W}p"), f"{W}r")
        etree.SubElement(more, f"{W}t").text = "two"

    assert answers(word(change)).values["01_1_rem"] == "one\ntwo"


def test_a_control_that_is_gone_is_named() -> None:
    def change(root: etree._Element) -> None:
        one = control(root, "02_1_rem")
        one.getparent().remove(one)

    assert words(answers(word(change))) == [("missing", "control `02_1_rem`")]


def test_text_that_stands_where_a_control_was_is_not_lost() -> None:
    def change(root: etree._Element) -> None:
        one = control(root, "02_1_rem")
        write(one, "typed")
        one.addnext(one.find(f"{W}sdtContent/{W}r"))
        one.getparent().remove(one)

    assert words(answers(word(change))) == [("removed", "control `02_1_rem`")]


def test_a_renamed_tag_is_told_and_read_by_its_bookmark() -> None:
    def change(root: etree._Element) -> None:
        control(root, "02_1_rem").find(f"{W}sdtPr/{W}tag").set(f"{W}val", "mine")

    found = answers(word(change, filled_word({"02_1_rem": "read"})))
    assert found.values == {"02_1_rem": "read"}
    assert words(found) == [("renamed", "control `mine`")]


def test_a_renamed_tag_without_a_bookmark_is_unknown_and_missing() -> None:
    def change(root: etree._Element) -> None:
        one = control(root, "02_1_rem")
        one.getparent().remove(one.getprevious())
        one.find(f"{W}sdtPr/{W}tag").set(f"{W}val", "mine")

    found = answers(word(change, filled_word({"02_1_rem": "lost?"})))
    assert words(found) == [("unknown", "control `mine`"), ("missing", "control `02_1_rem`")]
    assert "lost?" in found.notes[0].message


def test_two_ticks_are_told_with_both_answers() -> None:
    def change(root: etree._Element) -> None:
        tick(control(root, "06_1_opt_1"))
        tick(control(root, "06_1_opt_2"))

    found = answers(word(change))
    assert words(found) == [("invalid", "control `06_1_opt_1`")]
    assert "“Yes” and “No” are both ticked" in found.notes[0].message


def test_a_copied_control_that_differs_is_a_duplicate() -> None:
    def change(root: etree._Element) -> None:
        one = control(root, "02_1_rem")
        write(one, "first")
        copy = deepcopy(one)
        write(copy, "second")
        one.addnext(copy)

    assert words(answers(word(change))) == [("duplicate", "control `02_1_rem`")]


def test_a_day_that_is_shown_must_be_the_day_that_is_kept() -> None:
    def change(root: etree._Element) -> None:
        one = control(root, "started")
        pick(one, "2026-11-24")
        write(one, "25 November 2026")

    found = answers(word(change))
    assert words(found) == [("invalid", "control `started`")]
    assert "25 November 2026" in found.notes[0].message


def test_a_day_may_be_typed() -> None:
    def change(root: etree._Element) -> None:
        write(control(root, "started"), "24.11.2026")

    assert answers(word(change)).values == {"started": "2026-11-24"}


def test_the_strict_variant_of_the_format_is_read_too() -> None:
    strict = b"http://purl.oclc.org/ooxml/wordprocessingml/main"

    def change(root: etree._Element) -> None:
        for element in root.iter("*"):
            if str(element.tag).startswith(W):
                element.tag = str(element.tag).replace(W, "{" + strict.decode() + "}")

    assert answers(word(change, filled_word({"subject": "x"}))).values == {"subject": "x"}


def test_a_box_counts_by_its_state_not_by_its_picture() -> None:
    def change(root: etree._Element) -> None:
        control(root, "06_1_opt_1").find(f".//{W14}checked").set(f"{W14}val", "true")

    assert answers(word(change)).values == {"06_1_opt": "interested"}

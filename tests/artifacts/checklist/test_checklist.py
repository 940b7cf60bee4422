"""The fillable form in Word: controls that can be read back, and nothing filled in."""

from __future__ import annotations

from functools import lru_cache

import pytest
from lxml import etree

from regelwerk.artifacts.checklist.form import form_of
from regelwerk.artifacts.checklist.render import render_checklist, sample_checklist_view
from regelwerk.artifacts.document import lint_document_template
from regelwerk.model.context import BuildContext
from word_support import (
    SACRED,
    W,
    contexts,
    headers,
    house_templates,
    lint,
    long_context,
    parts,
    sacred_context,
    text,
)

CONTRACT = "tests/examples/contract"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"


def render(context: BuildContext) -> bytes:
    return render_checklist(context, house_templates()).content


@lru_cache
def sales(version: str) -> bytes:
    return render(contexts(".", "sales")[version])


def controls(content: bytes) -> dict[str, etree._Element]:
    root = etree.fromstring(parts(content)["word/document.xml"])
    found = {}
    for control in root.iter(f"{W}sdt"):
        tag = control.find(f"{W}sdtPr/{W}tag")
        assert tag is not None
        found[tag.get(f"{W}val", "")] = control
    return found


def test_the_house_template_has_no_problem() -> None:
    template = house_templates().read("checklist", "checklist.docx")
    assert template is not None
    assert lint_document_template(template, sample_checklist_view()) == []


def test_every_field_of_the_model_is_a_control() -> None:
    context = contexts(".", "sales")["draft"]
    expected = set()
    for field in form_of(context).all_fields():
        if field.kind == "boxes":
            expected |= {f"{field.key}_{place}" for place, _ in enumerate(field.choices, 1)}
        else:
            expected.add(field.key)
    assert controls(render(context)).keys() == expected


def test_every_control_is_locked_in_a_bookmark_of_its_key_and_not_bound() -> None:
    for key, control in controls(sales("draft")).items():
        lock = control.find(f"{W}sdtPr/{W}lock")
        assert lock is not None
        assert lock.get(f"{W}val") == "sdtLocked"
        assert control.find(f"{W}sdtPr/{W}dataBinding") is None
        before, after = control.getprevious(), control.getnext()
        assert before.tag == f"{W}bookmarkStart"
        assert before.get(f"{W}name") == f"f_{key}"
        assert len(f"f_{key}") <= 40
        assert after.tag == f"{W}bookmarkEnd"
        assert control.getparent().tag == f"{W}p"


def test_nothing_is_bound_to_data_and_nothing_repeats_itself() -> None:
    """LibreOffice loses both."""
    files = parts(sales("draft"))
    for name in ("dataBinding", "repeatingSection"):
        assert not [one for one, content in files.items() if f":{name}".encode() in content]
    assert not [one for one in files if one.startswith("customXml/")]


def test_the_case_of_a_record_is_in_the_properties_and_in_its_control() -> None:
    record = {"case": "S-2026-0007", "subject": SACRED}
    content = render_checklist(contexts(".", "sales")["1.3"], house_templates(), record).content
    assert ">S-2026-0007<" in parts(content)["docProps/custom.xml"].decode()
    assert "".join(controls(content)["case"].itertext()) == "S-2026-0007"
    assert "".join(controls(content)["subject"].itertext()) == SACRED


def test_nothing_is_filled_in_or_ticked_beforehand() -> None:
    for control in controls(sales("draft")).values():
        properties = control.find(f"{W}sdtPr")
        box = properties.find(f"{W14}checkbox/{W14}checked")
        if box is not None:
            assert box.get(f"{W14}val") == "0"
            assert "".join(control.itertext()) == "☐"
        else:
            assert properties.find(f"{W}showingPlcHdr") is not None
            assert set("".join(control.itertext())) == {"."}


def test_what_can_be_chosen_is_to_be_seen_on_paper() -> None:
    assert "One of: Low · Medium · High" in text(sales("draft"))


def test_no_page_ends_after_the_first_row_of_a_step_or_begins_with_its_last() -> None:
    root = etree.fromstring(parts(sales("draft"))["word/document.xml"])
    for table in root.iter(f"{W}tbl"):
        rows = [row.find(f".//{W}keepNext") is not None for row in table.iter(f"{W}tr")]
        assert rows[0]
        assert rows[-2]
        assert not rows[-1]


def test_answers_of_a_decision_say_where_they_lead() -> None:
    document = text(sales("draft"))
    assert "☐ Yes: Go on with step 7, Qualify contact" in document
    assert "☐ More facts are needed: Go back to step 5, Conduct assessment" in document


def test_process_version_and_digest_are_to_be_seen_and_in_the_properties() -> None:
    content = sales("1.3")
    digest = "5c72a20bf25711540c3702cd21f86fb7517a2834ff974112a15cedafa5a6e953"
    assert f"Made from Sales process, version 1.3, definition sha256:{digest}" in text(content)
    custom = parts(content)["docProps/custom.xml"].decode()
    assert ">sales<" in custom
    assert f"sha256:{digest}" in custom


def test_a_draft_says_so_on_every_page() -> None:
    content = sales("draft")
    assert headers(content)
    for name in headers(content):
        assert b'string="DRAFT"' in parts(content)[name]


@pytest.mark.parametrize(
    ("folder", "process"),
    [(".", "sales"), (CONTRACT, "complaints"), (CONTRACT, "tool-release")],
)
def test_every_form_is_sound_and_the_same_twice(folder: str, process: str) -> None:
    for context in contexts(folder, process).values():
        content = render(context)
        assert lint(content) == []
        assert content == render(context)


def test_forty_steps_make_a_sound_form() -> None:
    content = render(long_context())
    assert lint(content) == []
    assert len(controls(content)) > 200


def test_text_is_sacred_in_labels_choices_and_titles() -> None:
    context, _ = sacred_context()
    content = render(context)
    body = text(content)
    items = {
        item.get(f"{W}displayText")
        for control in controls(content).values()
        for item in control.iter(f"{W}listItem")
    }
    for step in context.definition.process.work_steps():
        assert step.title in body
        assert all(check.label in body for check in step.checks)
        for field in step.fields:
            assert field.label in body
            assert set(field.options) <= items
    assert SACRED in context.definition.process.title
    assert f"Checklist: {context.definition.process.title}" in body

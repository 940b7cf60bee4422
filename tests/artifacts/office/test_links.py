"""Links from answers to steps, bookmarks, and fields of document properties."""

from __future__ import annotations

import re

import msgspec
from lxml import etree

from regelwerk.artifacts.document import render_document
from regelwerk.artifacts.office.links import bookmark_name, unlink_dangling
from regelwerk.artifacts.office.xml import fragment
from word_support import (
    W,
    contexts,
    house_templates,
    paragraph_text,
    parts,
    sacred_context,
    xml_parts,
)


def document(version: str) -> bytes:
    return render_document(contexts(".", "sales")[version], house_templates()).content


def links(content: bytes) -> dict[str, str]:
    """The text of each link into the document, and the heading that it leads to."""
    root = etree.fromstring(parts(content)["word/document.xml"])
    places = {
        mark.get(f"{W}name"): paragraph_text(mark.getparent())
        for mark in root.iter(f"{W}bookmarkStart")
    }
    return {
        "".join(t.text or "" for t in link.iter(f"{W}t")): places[link.get(f"{W}anchor")]
        for link in root.iter(f"{W}hyperlink")
        if link.get(f"{W}anchor")
    }


def test_every_answer_leads_to_its_step() -> None:
    found = links(document("1.3"))
    assert found["Go on with step 7, Qualify contact"] == "Step 7: Qualify contact"
    assert found["Go on with step 9, Transfer customer to the ARTS group"].startswith("Step 9: ")


def test_an_outcome_a_way_on_and_a_row_of_the_matrix_lead_to_steps() -> None:
    found = links(document("draft"))
    assert any(text.startswith("Go back to step 5") for text in found)
    assert found["Make appointment"] == "Step 1: Make appointment"


def test_names_of_bookmarks_are_such_that_word_takes_them() -> None:
    assert bookmark_name("step-make-appointment") == "step_make_appointment"
    long = [bookmark_name(f"step-{'x' * 60}-{n}") for n in range(3)]
    assert len(set(long)) == 3
    assert all(re.fullmatch(r"[A-Za-z]\w{0,39}", name) for name in long)


def test_a_link_to_nowhere_keeps_its_text() -> None:
    (paragraph,) = fragment(
        '<w:p><w:hyperlink w:anchor="gone"><w:r><w:t>Go on</w:t></w:r></w:hyperlink>'
        '<w:hyperlink r:id="rId1"><w:r><w:t> out</w:t></w:r></w:hyperlink></w:p>'
    )
    unlink_dangling(paragraph)
    assert paragraph_text(paragraph) == "Go on out"
    assert [link.get(f"{W}anchor") for link in paragraph.iter(f"{W}hyperlink")] == [None]


def shown_properties(content: bytes) -> dict[str, str]:
    """What every field with a document property shows, by the property."""
    shown = {}
    for _, root in xml_parts(content):
        for code in root.iter(f"{W}instrText"):
            words = (code.text or "").split()
            if words[0] == "DOCPROPERTY":
                run = code.getparent().getnext().getnext()
                shown[words[1]] = "".join(t.text or "" for t in run.iter(f"{W}t"))
    return shown


def properties(content: bytes) -> dict[str, str]:
    custom = etree.fromstring(parts(content)["docProps/custom.xml"])
    return {entry.get("name"): "".join(entry.itertext()) for entry in custom}


def test_what_a_field_shows_is_the_property_it_names() -> None:
    contents = [document("draft"), document("1.3")]
    context, _ = sacred_context()
    contents.append(render_document(context, house_templates()).content)
    for content in contents:
        shown, held = shown_properties(content), properties(content)
        assert {"Version", "Status", "ProcessTitle", "Organization"} <= shown.keys()
        assert shown == {name: held[name] for name in shown}
    assert "DocumentNumber" in shown_properties(contents[0])
    assert "DocumentNumber" not in shown_properties(contents[1])


def test_a_process_without_a_number_has_no_field_for_it() -> None:
    context = contexts(".", "sales")["draft"]
    process = msgspec.structs.replace(context.definition.process, document=None)
    definition = msgspec.structs.replace(context.definition, process=process)
    context = msgspec.structs.replace(context, definition=definition)
    content = render_document(context, house_templates()).content
    assert "DocumentNumber" not in shown_properties(content)

"""The controlled document of one version: what it says, how it is marked, and its bytes."""

from __future__ import annotations

import re
from functools import lru_cache

import pytest
from lxml import etree

from regelwerk.artifacts.document import render_document
from regelwerk.artifacts.view.words import LABELS, PHRASES
from regelwerk.model.context import BuildContext
from regelwerk.model.version import Status
from word_support import (
    REPOSITORY,
    SACRED,
    R,
    W,
    contexts,
    headers,
    house_templates,
    lint,
    long_context,
    paragraphs,
    parts,
    sacred_context,
    text,
    with_status,
)

CONTRACT = "tests/examples/contract"


@lru_cache
def rendered(folder: str, process: str, version: str) -> bytes:
    return render(known(folder, process)[version])


@lru_cache
def known(folder: str, process: str) -> dict[str, BuildContext]:
    return contexts(folder, process)


def sales(version: str) -> bytes:
    return rendered(".", "sales", version)


def render(context: BuildContext) -> bytes:
    return render_document(context, house_templates()).content


def sentences_of_the_seed() -> list[str]:
    """Every sentence and every entry of the paper, without bullets, numbers and labels."""
    original = REPOSITORY / "process/sales/versions/1.3/original.txt"
    found = []
    for line in original.read_text(encoding="utf-8").splitlines():
        line = re.sub(r"^\s*(•|\d+\.\s)\s*", "", line)
        found += [part.strip() for part in re.split(r"(?<=[.?!])\s+(?=[A-Z])", line)]
    return [sentence for sentence in found if sentence]


# The paper's own labels, and lines that hold several entries side by side.
_LABELS = {"Involved", "material", "Input", "output", "Key figures", "purpose"}
_ENTRIES = {
    "odoo (CRM + sample project ) Portfolio lead form (in paper form from ARTS Marketing)": [
        "odoo (CRM + sample project)",
        "Portfolio lead form (in paper form from ARTS Marketing)",
    ],
    "Customer request, Customer technical requirements": [
        "Customer request",
        "Customer technical requirements",
    ],
    "Assessment Risk assessment": ["Assessment", "Risk assessment"],
    "version Creation: 03.03.2018 Examination: 09.05.2022 Approval: 12.05.2022": [
        "Creation",
        "3 March 2018",
        "Examination",
        "9 May 2022",
        "Approval",
        "12 May 2022",
    ],
    "1.3 Christian Gabriel, external Kavin SOMASUNDARAM, QMB Gerald Unger, CEO": [
        "1.3",
        "Christian Gabriel",
        "external",
        "Kavin Somasundaram",
        "QMB",
        "Gerald Unger",
        "CEO",
    ],
}


def test_every_sentence_of_the_paper_is_in_the_document() -> None:
    document = text(sales("1.3"))
    paper = sentences_of_the_seed()
    assert len(paper) > 40
    for sentence in paper:
        if sentence in _LABELS:
            continue
        sentence = re.sub(r"^Responsibility: ", "Responsible: ", sentence)
        for entry in _ENTRIES.get(sentence, [sentence]):
            assert entry in document, entry


def test_the_document_says_nothing_that_the_paper_does_not_say() -> None:
    """Every word stands on the paper, belongs to the generator, or is a month's name."""
    original = (REPOSITORY / "process/sales/versions/1.3/original.txt").read_text(encoding="utf-8")
    place = "process/sales/versions/1.3/original.txt"
    ours = [*LABELS.values(), *PHRASES.values(), "March May", "ARTS Solutions GmbH", place]
    known = {word.casefold() for word in re.findall(r"\w+", " ".join([original, *ours]))}
    for part in ("word/document.xml", "word/header1.xml", "word/footer1.xml"):
        for line in paragraphs(sales("1.3"), part):
            said = re.sub(r"\b[0-9a-f]{12}\b", "", line)  # the digest in the footer
            words = {word.casefold() for word in re.findall(r"[^\W\d_]+", said)}
            assert words <= known, line
    terms = "Customer relationship management"
    assert terms not in text(sales("1.3"))
    assert terms in text(sales("draft"))


def test_the_steps_of_the_paper_come_in_its_order_with_their_numbers() -> None:
    heads = [line for line in paragraphs(sales("1.3")) if re.match(r"Step \d+: ", line)]
    original = (REPOSITORY / "process/sales/versions/1.3/original.txt").read_text(encoding="utf-8")
    paper = re.findall(r"^(\d+)\. (.+?)\s*$", original, re.MULTILINE)
    assert heads == [f"Step {number}: {title}" for number, title in paper]


def test_the_three_signatures_stand_there_with_role_date_and_paper() -> None:
    lines = paragraphs(sales("1.3"))
    start = lines.index("Creation")
    assert lines[start : start + 15] == [
        *("Creation", "Christian Gabriel", "external", "3 March 2018", "on paper"),
        *("Examination", "Kavin Somasundaram", "QMB", "9 May 2022", "on paper"),
        *("Approval", "Gerald Unger", "CEO", "12 May 2022", "on paper"),
    ]
    assert (
        "Approved on paper, not verifiable by this tool. The signed original is kept at "
        "process/sales/versions/1.3/original.txt." in lines
    )
    footer = parts(sales("1.3"))["word/footer1.xml"].decode()
    assert "Not controlled; signed original: original.txt" in footer


def test_the_decision_can_be_followed_without_the_picture() -> None:
    lines = paragraphs(sales("1.3"))
    start = lines.index("Decision: Is the customer interesting for ARTS Solutions?")
    assert lines[start + 3 : start + 7] == [
        "Yes",
        "Go on with step 7, Qualify contact",
        "No",
        "Go on with step 9, Transfer customer to the ARTS group",
    ]


def test_the_draft_says_so_on_every_page_and_names_no_approver() -> None:
    content = sales("draft")
    for name in headers(content):
        assert "DRAFT" in text(content, name)
        assert b'string="DRAFT"' in parts(content)[name]
    document = text(content)
    assert "Draft. Nobody has approved it" in document
    assert not any(name in document for name in ("Gerald Unger", "Kavin", "Christian Gabriel"))


def test_a_version_in_force_carries_no_watermark() -> None:
    assert not any(b"textpath" in part for part in parts(sales("1.3")).values())


@pytest.mark.parametrize(
    ("status", "word"),
    [
        (Status.SUPERSEDED, "SUPERSEDED"),
        (Status.WITHDRAWN, "WITHDRAWN"),
        (Status.APPROVED, "NOT YET IN FORCE"),
        (Status.IN_APPROVAL, "DRAFT"),
    ],
)
def test_every_status_but_in_force_goes_across_the_page(status: Status, word: str) -> None:
    content = render(with_status(status, on_paper=True))
    (header,) = headers(content)
    assert f'string="{word}"'.encode() in parts(content)[header]
    assert word.casefold() in text(content, header).casefold()


def test_header_and_footer_say_what_a_controlled_document_must() -> None:
    content = sales("draft")
    header = text(content, "word/header1.xml")
    for words in ("ARTS Solutions GmbH", "Sales process", "P-SAL-01", "Version 1.4", "internal"):
        assert words in header
    footer = parts(content)["word/footer1.xml"].decode()
    assert "Printed copies are not controlled" in footer
    assert "Sales process 1.4 · abababababab" in footer
    assert re.findall(r"instrText[^>]*> (\w+) <", footer) == ["PAGE", "NUMPAGES"]


def test_sections_with_nothing_to_say_are_left_out() -> None:
    lines = paragraphs(sales("1.3"))
    for heading in ("Scope", "Risks and opportunities", "Clauses of standards"):
        assert heading not in lines
    assert "Risks and opportunities" in paragraphs(sales("draft"))


@pytest.mark.parametrize(
    ("folder", "process"),
    [(".", "sales"), (CONTRACT, "complaints"), (CONTRACT, "tool-release")],
)
def test_nothing_that_is_no_word_reaches_a_reader(folder: str, process: str) -> None:
    for version in known(folder, process):
        document = text(rendered(folder, process, version))
        assert not re.search(r"\bNone\b|\bP\d+B?[DMY]\b|\d{4}-\d\d-\d\d|\{\{|\{%", document)


@pytest.mark.parametrize(
    ("folder", "process"),
    [
        (".", "sales"),
        (".", "sales-customer-qualification"),
        (CONTRACT, "complaints"),
        (CONTRACT, "tool-release"),
        (CONTRACT, "supplier-audit"),
    ],
)
def test_every_document_is_sound(folder: str, process: str) -> None:
    for version in known(folder, process):
        assert lint(rendered(folder, process, version)) == []


def test_the_same_sources_give_the_same_bytes() -> None:
    assert sales("1.3") == render(contexts(".", "sales")["1.3"])


def test_forty_steps_with_loops_branches_and_several_ends_are_told() -> None:
    content = render(long_context())
    assert lint(content) == []
    lines = paragraphs(content)
    assert sum(bool(re.match(r"Step \S+: ", line)) for line in lines) == 50
    assert "Go back to step 28, Work on do-9 (at most 2 times)" in lines
    assert "The process ends: It is stopped-2" in lines
    assert "When all branches are done, the process ends: It is done." in lines


def test_text_is_sacred_in_body_header_and_properties() -> None:
    context, texts = sacred_context()
    content = render(context)
    body = text(content)
    for words in texts:
        if not words.startswith(f"{SACRED} term"):
            assert words in body or words in text(content, "word/header1.xml"), words
    title = context.definition.process.title
    assert title in text(content, "word/header1.xml")
    core = etree.fromstring(parts(content)["docProps/core.xml"])
    assert core.findtext("{http://purl.org/dc/elements/1.1/}title") == title
    custom = etree.fromstring(parts(content)["docProps/custom.xml"])
    assert title in ["".join(prop.itertext()) for prop in custom]
    assert lint(content) == []


def test_each_sacred_text_of_a_step_arrives_exactly_once() -> None:
    context, _ = sacred_context()
    body = text(render(context))
    for step in context.definition.process.work_steps():
        for words in (*step.instructions, *(check.label for check in step.checks)):
            assert body.count(words) == 1
        for field in step.fields:
            assert body.count(field.label) == body.count(field.help or "") == 1


def test_the_picture_has_words_for_whoever_cannot_see_it() -> None:
    xml = parts(sales("1.3"))["word/document.xml"].decode()
    (description,) = set(re.findall(r'<wp:docPr[^>]* descr="([^"]*)"', xml))
    assert description.startswith("Flow chart of the process Sales process. Lanes: Sales Manager")
    assert {"word/media/process-1.png", "word/media/process-1.svg"} <= parts(sales("1.3")).keys()


def test_headings_are_real_and_table_heads_are_repeated() -> None:
    root = etree.fromstring(parts(sales("draft"))["word/document.xml"])
    styles = [style.get(f"{W}val") for style in root.iter(f"{W}pStyle")]
    assert styles.count("Heading1") > 10
    assert styles.count("Heading2") == 10
    assert len(list(root.iter(f"{W}tblHeader"))) > 5
    rows = list(root.iter(f"{W}tr"))
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)


def test_language_and_version_are_properties_and_no_day_of_the_build_is() -> None:
    content = sales("1.3")
    assert b'w:lang w:val="en"' in parts(content)["word/styles.xml"]
    assert b"<cp:version>1.3</cp:version>" in parts(content)["docProps/core.xml"]
    assert b"sha256:5c72a20b" in parts(content)["docProps/custom.xml"]
    assert b"2026" not in parts(content)["docProps/core.xml"]


def test_markdown_becomes_lists_tables_and_links() -> None:
    content = rendered(CONTRACT, "complaints", "draft")
    root = etree.fromstring(parts(content)["word/document.xml"])
    links = [link for link in root.iter(f"{W}hyperlink") if link.get(f"{R}id")]
    assert ["".join(t.text or "" for t in link.iter(f"{W}t")) for link in links] == ["our policy"]
    assert (
        b'Target="https://www.example.com/policy" TargetMode="External"'
        in (parts(content)["word/_rels/document.xml.rels"])
    )
    table = next(t for t in root.iter(f"{W}tbl") if "urgent" in "".join(t.itertext()))
    assert len(table.findall(f"{W}tr")) == 3

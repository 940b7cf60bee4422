from __future__ import annotations

import json
import re
from hashlib import sha256
from html import unescape
from pathlib import Path

import msgspec
import pytest

from artifacts.handbook.handbook_worlds import artifact_files, pages_of, project_contexts


@pytest.fixture(scope="module")
def pages(repository: Path) -> dict[str, str]:
    made = pages_of(project_contexts(repository), repository)
    return {path: unescape(text.decode()) for path, text in made.items() if path.endswith(".md")}


def section(page: str, heading: str) -> str:
    return page.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]


def test_there_is_a_page_for_everything(pages: dict[str, str]) -> None:
    roles = "arts-group ceo finance legal management marketing project-manager sales-manager"
    assert {*pages} >= {
        *("index.md", "processes/index.md", "roles/index.md", "documents.md", "glossary.md"),
        *("clauses.md", "processes/sales.md", "drafts/sales.md"),
        *("drafts/index.md", "drafts/sales-customer-qualification.md"),
        *(f"roles/{role}.md" for role in roles.split()),
    }
    assert "processes/sales-customer-qualification.md" not in pages


def test_the_box_of_the_version_in_force_says_who_approved_it_and_how(
    pages: dict[str, str],
) -> None:
    box = pages["processes/sales.md"].split("## Process picture")[0]
    assert "Approved on paper, not verifiable by this tool." in box
    for cells in (
        ("Creation", "Christian Gabriel", "external", "3 March 2018"),
        ("Examination", "Kavin Somasundaram", "QMB", "9 May 2022"),
        ("Approval", "Gerald Unger", "CEO", "12 May 2022"),
    ):
        assert " ".join(f"<td>{cell}</td>" for cell in (*cells, "on paper")) in box
    assert "<dt>In force from</dt> <dd>12 May 2022</dd>" in box


def test_every_sentence_of_the_version_in_force_is_there(
    pages: dict[str, str], repository: Path
) -> None:
    process = project_contexts(repository)["sales/1.3"].definition.process
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", pages["processes/sales.md"]))
    for step in process.work_steps():
        assert step.title in text
        for instruction in step.instructions:
            assert re.sub(r"\s+", " ", instruction).strip() in text
    for paragraph in process.purpose.split("\n\n"):
        assert re.sub(r"\s+", " ", paragraph).strip() in text


def test_each_step_can_be_linked_and_the_picture_links_to_it(
    pages: dict[str, str], repository: Path
) -> None:
    page = pages["processes/sales.md"]
    for step in project_contexts(repository)["sales/1.3"].definition.process.all_steps():
        assert page.count(f'id="step-{step.id}"') == 1
        assert page.count(f'<a href="#step-{step.id}">') >= 2, "the wide picture and the narrow"


def test_a_decision_says_where_each_answer_leads(pages: dict[str, str]) -> None:
    step = pages["processes/sales.md"].split('id="step-decide"')[1].split("\n### ")[0]
    assert "- **Yes**: [Go on with step 7, Qualify contact](#step-qualify)" in step
    assert "- **No**: [Go on with step 9," in step
    assert "(#step-transfer)" in step


def test_an_id_in_a_page_stands_there_once(pages: dict[str, str]) -> None:
    for path, page in pages.items():
        ids = re.findall(r'<[^>]* id="([^"]*)"', page)
        assert len(ids) == len(set(ids)), path


def test_every_link_to_a_draft_says_draft(pages: dict[str, str]) -> None:
    links = [
        (path, label)
        for path, page in pages.items()
        for label, target in re.findall(r"\[([^\]]*)\]\(([^)]*)\)", page)
        if "drafts/" in target and "#" not in target
    ]
    assert links
    for path, label in links:
        assert "DRAFT" in label, path


def test_a_draft_says_so_at_the_top_and_names_nobody_as_its_approver(
    pages: dict[str, str],
) -> None:
    page = pages["drafts/sales.md"]
    head, title, box = page.split("\n\n", 3)[:3]
    assert '"DRAFT: Sales process 1.4"' in head
    assert title == "# DRAFT: Sales process 1.4"
    assert '<p class="admonition-title">DRAFT</p>' in box
    assert "Gerald Unger" not in page
    assert "Kavin" not in page


def test_downloads_are_copied_and_their_digests_shown(
    pages: dict[str, str], repository: Path
) -> None:
    contexts = project_contexts(repository)
    files = artifact_files(contexts)
    made = pages_of(contexts, repository, files)
    table = section(pages["processes/sales.md"], "Downloads")
    for name in ("document.docx", "checklist.docx", "process.svg", "process.png"):
        content = files[f"sales/1.3/{name}"]
        path = f"downloads/sales/1.3/sales-1.3-{name}"
        assert made[path] == content
        assert f"(../{path}) | <code>{sha256(content).hexdigest()}</code>" in table
    copied = {path for path in made if path.startswith("downloads/")}
    assert len(copied) == len(files)
    drafts = {path for path in copied if "/draft/" in path}
    assert drafts
    assert all("-DRAFT-" in path for path in drafts)


def test_the_page_to_copy_an_email_from_is_linked_from_its_step(pages: dict[str, str]) -> None:
    step = pages["drafts/sales.md"].split('id="step-make-appointment"')[1].split("\n### ")[0]
    name = "../downloads/sales/draft/sales-1.4-DRAFT-appointment-invitation"
    assert f"[Appointment invitation]({name}.html)" in step
    table = section(pages["drafts/sales.md"], "Downloads")
    assert f"[E-mail: Appointment invitation]({name}.eml)" in table
    assert f"[E-mail to copy from: Appointment invitation]({name}.html)" in table


def test_a_role_finds_its_steps_with_links_to_them(pages: dict[str, str]) -> None:
    page = pages["roles/management.md"]
    duties = section(page, "What this role has to do")
    assert (
        "| [6 Make decision about the sales opportunity](../processes/sales.md#step-decide) "
        "| Responsible |" in duties
    )
    assert "drafts/" not in duties
    assert "drafts/sales.md" in section(page, "In drafts only, not in force")


def test_a_member_finds_what_the_whole_group_has_to_do(pages: dict[str, str]) -> None:
    assert "## As a member of [ARTS Group](arts-group.md)" in pages["roles/legal.md"]
    assert "[Legal](legal.md)" in pages["roles/arts-group.md"]


def test_the_map_sorts_processes_by_category(pages: dict[str, str]) -> None:
    core = section(pages["processes/index.md"], "Core processes")
    assert "[Sales process](sales.md)" in core
    assert "[Sales customer qualification (DRAFT 0.1)](../drafts/" in core
    assert "Management processes" not in pages["processes/index.md"]


def test_all_drafts_stand_on_one_page_marked_and_beside_what_is_in_force(
    pages: dict[str, str],
) -> None:
    page = pages["drafts/index.md"]
    assert page.index("hb-draft") < page.index("Do not work by them") < page.index("| ")
    (row,) = (line for line in page.splitlines() if "](sales.md)" in line)
    assert row.startswith("| [Sales process (DRAFT 1.4)](sales.md) |")
    assert "[Sales process](../processes/sales.md)" in row
    assert "1.3" in row
    assert row.endswith("| Sales Manager |")
    (new,) = (line for line in page.splitlines() if "](sales-customer-qualification.md)" in line)
    assert "No version is in force" in new


def test_without_drafts_there_is_no_page_about_them(repository: Path) -> None:
    contexts = project_contexts(repository)
    released = {folder: one for folder, one in contexts.items() if not one.working}
    assert not [name for name in pages_of(released, repository) if name.startswith("drafts/")]


def test_documents_of_drafts_stand_apart(pages: dict[str, str]) -> None:
    page = pages["documents.md"]
    assert "| Offer | [Sales process](processes/sales.md) |" in section(
        page, "Documented information"
    )
    assert "Specification sheet" not in section(page, "Documented information")
    assert "Specification sheet" in section(page, "In drafts only, not in force")
    assert "F-SAL-01" in section(page, "Documents kept elsewhere")


def test_nobody_from_records_appears(pages: dict[str, str], repository: Path) -> None:
    text = "\n".join(pages.values())
    records = list((repository / "process/sales/records").glob("*.yaml"))
    assert records
    for record in records:
        subject = re.search(r"^subject: (.+)$", record.read_text("utf-8"), re.MULTILINE)
        assert subject is not None
        assert subject[1].strip('"') not in text
    for person in ("anna.beispiel", "Beispiel"):
        assert person not in text


def test_titles_survive_yaml_and_themes_that_take_them_for_html(repository: Path) -> None:
    context = project_contexts(repository)["sales/1.3"]
    title = 'a: "b" <i> & \u2028 \U0001f600 #x'
    process = msgspec.structs.replace(context.definition.process, title=title)
    definition = msgspec.structs.replace(context.definition, process=process)
    changed = msgspec.structs.replace(context, definition=definition)
    page = pages_of({"sales/1.3": changed}, repository, {})["processes/sales.md"].decode()
    line = page.split("\n")[1].removeprefix("title: ")
    assert json.loads(line) == title.replace("&", "&amp;").replace('"', "&quot;").replace(
        "<", "&lt;"
    ).replace(">", "&gt;")


def test_an_empty_project_has_a_handbook(tmp_path: Path) -> None:
    pages = pages_of({}, tmp_path, {})
    assert "index.md" in pages
    assert "processes/index.md" in pages


def test_the_same_sources_make_the_same_bytes(repository: Path) -> None:
    contexts = project_contexts(repository)
    assert pages_of(contexts, repository) == pages_of(project_contexts(repository), repository)

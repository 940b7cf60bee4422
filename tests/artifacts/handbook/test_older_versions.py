from __future__ import annotations

from datetime import date
from html import unescape

import msgspec
import pytest

from artifacts.handbook.handbook_worlds import CONTRACT, pages_of, project_contexts
from regelwerk.artifacts.handbook.shelf import shelve
from regelwerk.model.context import BuildContext
from regelwerk.model.version import Status


def superseded(context: BuildContext) -> BuildContext:
    """The same process, as if its version 1.9 had never been withdrawn."""
    entries = tuple(
        msgspec.structs.replace(
            entry,
            verdict=msgspec.structs.replace(
                entry.verdict, status=Status.SUPERSEDED, superseded_by="1.10"
            ),
        )
        if entry.version == "1.9"
        else entry
        for entry in context.versions
    )
    return msgspec.structs.replace(context, versions=entries)


@pytest.fixture(scope="module")
def contexts() -> dict[str, BuildContext]:
    own = {**project_contexts(CONTRACT)}
    for folder in ("complaints/1.10", "complaints/draft"):
        own[folder] = superseded(own[folder])
    return own


@pytest.fixture(scope="module")
def pages(contexts: dict[str, BuildContext]) -> dict[str, str]:
    made = pages_of(contexts, CONTRACT)
    return {path: unescape(text.decode()) for path, text in made.items() if path.endswith(".md")}


OLD = "versions/complaints/1.9.md"


def test_an_older_version_says_so_before_anything_else(pages: dict[str, str]) -> None:
    page = pages[OLD].split("---\n", 2)[2].lstrip()
    lines = [line for line in page.splitlines() if line]
    assert lines[0] == "# SUPERSEDED: Complaints 1.9"
    assert lines[1] == '<div class="admonition danger hb-draft">'
    assert "Superseded by version 1.10. Do not work by it any more." in lines[3]
    assert page.index("**In force now:** [Complaints](../../processes/complaints.md)") < page.index(
        "## Purpose"
    )


def test_its_title_in_tabs_and_menus_says_so_too(pages: dict[str, str]) -> None:
    assert pages[OLD].startswith('---\ntitle: "SUPERSEDED: Complaints 1.9"\n')


def test_a_search_never_finds_it_and_finds_a_draft_last(pages: dict[str, str]) -> None:
    def front(path: str) -> str:
        return pages[path].split("---\n", 2)[1]

    assert "exclude: true" in front(OLD)
    assert "boost: 0.1" in front("drafts/complaints.md")
    assert "search" not in front("processes/complaints.md")


def test_it_tells_what_was_approved_by_whom_and_until_when(pages: dict[str, str]) -> None:
    page = pages[OLD]
    assert "<dt>In force until</dt> <dd>31 January 2025</dd>" in page
    assert "<td>Approval</td> <td>Carl Ceo</td>" in page
    assert '### <a id="step-register"></a>1 Register the complaint' in page


def test_nothing_of_it_is_offered_to_work_by(pages: dict[str, str]) -> None:
    page = pages[OLD]
    assert "downloads/" not in page
    assert "<svg" not in page


def test_the_history_of_the_version_in_force_and_of_the_draft_leads_to_it(
    pages: dict[str, str],
) -> None:
    for path in ("processes/complaints.md", "drafts/complaints.md"):
        history = pages[path].split("\n## Version history\n")[1]
        assert f"| [1.9](../{OLD}) | 1 February 2024 | Superseded |" in history
    assert "[1.10](complaints.md)" not in pages["processes/complaints.md"], "that is this page"
    assert "[1.10](../processes/complaints.md)" in pages["drafts/complaints.md"]


def test_versions_told_only_in_the_definition_have_no_page(pages: dict[str, str]) -> None:
    assert "| 1.8 | 15 June 2022 |" in pages["processes/complaints.md"]
    assert [path for path in pages if path.startswith("versions/")] == [OLD]


def test_the_history_says_in_words_what_changed(pages: dict[str, str]) -> None:
    changes = pages["processes/complaints.md"].split("\n### What changed since version 1.9\n")[1]
    assert "Step 8, Reject the complaint, is new, after step 7" in changes
    assert "**Key figures**" in changes
    assert "Version changed from" not in changes
    assert "What changed since" not in pages[OLD], "it is the first that is kept"


def test_roles_and_registers_know_nothing_of_it(pages: dict[str, str]) -> None:
    for path, page in pages.items():
        if path.startswith("roles/") or path in ("documents.md", "glossary.md", "index.md"):
            assert OLD.removesuffix(".md") not in page, path


def test_a_withdrawn_version_with_nothing_in_its_place_is_found_from_its_draft(
    contexts: dict[str, BuildContext],
) -> None:
    draft = contexts["complaints/draft"]
    entries = tuple(
        msgspec.structs.replace(
            entry,
            verdict=msgspec.structs.replace(
                entry.verdict, status=Status.WITHDRAWN, effective_until=date(2026, 1, 31)
            ),
        )
        for entry in draft.versions
        if entry.version == "1.10"
    )
    only = {"complaints/draft": msgspec.structs.replace(draft, versions=entries)}
    pages = pages_of(only, CONTRACT)
    page = unescape(pages["versions/complaints/1.10.md"].decode())
    assert "# WITHDRAWN: Complaints 1.10" in page
    assert "No version is in force" in page


def test_a_frozen_definition_that_cannot_be_read_has_no_page(
    contexts: dict[str, BuildContext],
) -> None:
    context = contexts["complaints/1.10"]
    folder = context.project.processes["complaints"]
    versions = tuple(
        msgspec.structs.replace(version, definition=None) if version.version == "1.9" else version
        for version in folder.versions
    )
    processes = {
        **context.project.processes,
        "complaints": msgspec.structs.replace(folder, versions=versions),
    }
    project = msgspec.structs.replace(context.project, processes=processes)
    shelf = shelve({"complaints/1.10": msgspec.structs.replace(context, project=project)})
    assert shelf.older["complaints"] == ()

"""The reader's view: everything in words, nothing that is no word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from regelwerk.artifacts.view.chart import chart_of
from regelwerk.artifacts.view.numbering import branch_letter, ranges
from regelwerk.artifacts.view.process import process_view
from regelwerk.artifacts.view.sample import sample_context, sample_view
from regelwerk.model.version import Status
from word_support import contexts, with_status

CONTRACT = "tests/examples/contract"
_FOR_LINKS = {"id", "anchor", "target", "template", "process", "type", "kind", "key", "words"}
_FOR_LINKS |= {"digest", "digest_short", "html", "language", "url", "href"}


def said(value: Any, key: str = "") -> Iterator[str]:
    if key in _FOR_LINKS:
        return
    if isinstance(value, dict):
        for name, item in value.items():
            yield from said(item, name)
    elif isinstance(value, list):
        for item in value:
            yield from said(item, key)
    elif isinstance(value, str):
        yield value


def steps(view: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {step["number"]: step for step in view["all_steps"]}


@pytest.mark.parametrize(
    ("folder", "process"),
    [
        (".", "sales"),
        (CONTRACT, "complaints"),
        (CONTRACT, "tool-release"),
        (CONTRACT, "supplier-audit"),
    ],
)
def test_no_id_no_none_no_duration_and_no_timestamp_is_said(folder: str, process: str) -> None:
    for context in contexts(folder, process).values():
        definition = context.definition.process
        ids = {step.id for step in definition.all_steps()} | definition.ends.keys()
        ids |= {role for role in context.names.roles if "-" in role} | context.names.people.keys()
        ids |= definition.documents.keys() | definition.resources.keys()
        dashed = {id_ for id_ in ids if re.search(r"[-.]", id_)}
        for words in said(process_view(context)):
            assert not re.search(r"\bNone\b", words), words
            assert not re.search(r"\bP\d+(Y|M|D|BD)\b|\bPT\d", words), words
            assert not re.search(r"\d{4}-\d{2}-\d{2}", words), words
            for id_ in dashed:
                assert not re.search(rf"(?<![\w-]){re.escape(id_)}(?![\w-])", words), words


def test_only_dicts_lists_strings_and_bools() -> None:
    def plain(value: Any) -> bool:
        if type(value) is dict:
            return all(type(key) is str and plain(item) for key, item in value.items())
        if type(value) is list:
            return all(plain(item) for item in value)
        return type(value) in (str, bool)

    assert plain(sample_view())


def test_the_views_of_all_definitions_have_the_same_keys() -> None:
    expected = sample_view()
    for folder, process in ((".", "sales"), (CONTRACT, "complaints")):
        for context in contexts(folder, process).values():
            view = process_view(context)
            assert view.keys() == expected.keys()
            assert view["all_steps"][0].keys() == expected["all_steps"][0].keys()


def test_a_decision_says_where_each_answer_leads() -> None:
    found = steps(process_view(contexts(".", "sales")["draft"]))
    decision = found["6"]["decision"]
    assert [option["text"] for option in decision["options"]] == [
        "Yes: go on with step 7, Qualify contact",
        "No: go on with step 10, Transfer customer to the ARTS group",
        (
            "More facts are needed: go back to step 5, Conduct assessment of opportunities and "
            "risks regarding a cooperation (at most 2 times)"
        ),
    ]


def test_outcomes_of_a_called_process_are_told_by_its_end_events() -> None:
    calls = steps(process_view(contexts(".", "sales")["draft"]))["7"]["calls"]
    assert calls["text"] == "See process Sales customer qualification"
    assert [way["sentence"] for way in calls["outcomes"]] == [
        "Go on with step 8, Offer the cooperation",
        "Go on with step 10, Transfer customer to the ARTS group",
    ]
    assert all(" " in way["label"] for way in calls["outcomes"])


def test_the_way_on_is_said_only_where_it_is_not_the_next_step() -> None:
    found = steps(process_view(contexts(".", "sales")["1.3"]))
    assert [number for number, step in found.items() if step["onward"]] == ["8", "9"]
    assert found["9"]["onward"] == "The process ends: Handover of the customer to the ARTS Group."
    assert found["9"]["arrivals"] == ["step 6 (No)"]


def test_branches_are_numbered_and_joined_in_words() -> None:
    found = steps(process_view(contexts(CONTRACT, "complaints")["draft"]))
    assert found["4c.1b.1"]["title"] == "Recall what is on the way"
    assert found["4b.2"]["onward"] == (
        "This branch is done; when all branches of step 4 are done, "
        "go on with step 5, Decide on the complaint."
    )
    assert found["4a.1"]["branch_start"] == "Branch a of step 4"
    assert found["4a.2"]["branch_start"] == ""


def test_due_dates_and_four_eyes_name_steps() -> None:
    found = steps(process_view(contexts(".", "sales")["draft"]))
    assert found["1"]["due"] == "within 5 business days after the start of the process"
    assert found["2"]["due"] == "within 30 days after step 1, Make appointment"
    assert found["6"]["four_eyes"].startswith("not by a person who did step 5, ")


def test_the_matrix_has_no_empty_column_and_roles_as_named() -> None:
    rasci = process_view(contexts(".", "sales")["draft"])["rasci"]
    assert "ARTS Group" in rasci["roles"]
    for column in range(len(rasci["roles"])):
        assert any(row["cells"][column]["text"] for row in rasci["rows"])
    assert rasci["rows"][0]["cells"][0]["text"] == "R/A"


def test_a_transcribed_paper_names_nobody_accountable() -> None:
    rasci = process_view(contexts(".", "sales")["1.3"])["rasci"]
    assert rasci["roles"] == ["Sales Manager", "Management"]
    assert {cell["text"] for row in rasci["rows"] for cell in row["cells"]} == {"R", ""}


def test_key_figures_are_said_in_words() -> None:
    kpis = {kpi["title"]: kpi for kpi in process_view(contexts(".", "sales")["draft"])["kpis"]}
    assert kpis["Time from the first appointment to the decision"]["goal"] == (
        "at most 12 business days, each quarter"
    )
    assert kpis["Cases that follow the process"]["goal"] == "at least 95%, each year"
    assert kpis["Process costs for success"]["measure"].startswith("“Process costs of the cases")


def test_approvers_roles_and_dates_of_a_paper_approval() -> None:
    view = process_view(contexts(".", "sales")["1.3"])
    rows = [(r["stage"], r["name"], r["role"], r["date"], r["how"]) for r in view["approval"]]
    assert rows == [
        ("Creation", "Christian Gabriel", "external", "3 March 2018", "on paper"),
        ("Examination", "Kavin Somasundaram", "QMB", "9 May 2022", "on paper"),
        ("Approval", "Gerald Unger", "CEO", "12 May 2022", "on paper"),
    ]
    assert view["status"]["text"] == (
        "Approved on paper, not verifiable by this tool. The signed original is kept at "
        "process/sales/versions/1.3/original.txt."
    )
    assert view["validity"]["effective_from"] == "12 May 2022"


@pytest.mark.parametrize("status", list(Status))
def test_paper_is_never_called_simply_approved(status: Status) -> None:
    view = process_view(with_status(status, on_paper=True))
    words = f"{view['status']['text']} {view['status']['short']}".replace("on paper", "")
    assert "Approved and" not in words
    if status in (Status.APPROVED, Status.EFFECTIVE):
        assert "not verifiable by this tool" in view["status"]["text"]


@pytest.mark.parametrize("status", [Status.DRAFT, Status.IN_APPROVAL])
def test_what_is_not_approved_shows_no_approver_and_no_validity(status: Status) -> None:
    view = process_view(with_status(status, on_paper=False))
    assert view["approval"] == []
    assert view["status"]["stamp"] == "DRAFT"
    assert view["validity"]["effective_from"] == view["validity"]["review_due"] == ""


def test_the_working_definition_is_a_draft_and_knows_the_versions_before_it() -> None:
    view = process_view(contexts(CONTRACT, "complaints")["draft"])
    assert view["status"]["draft"]
    assert view["approval"] == []
    assert [row["version"] for row in view["history"]] == ["1.11", "1.10", "1.9", "1.8", "1.7"]


def test_a_frozen_version_does_not_know_what_came_after_it() -> None:
    view = process_view(contexts(CONTRACT, "complaints")["1.9"])
    assert view["status"]["stamp"] == "SUPERSEDED"
    assert [row["version"] for row in view["history"]] == ["1.9"]


def test_an_approved_version_has_the_general_terms_it_was_approved_with_and_no_others() -> None:
    assert process_view(contexts(".", "sales")["1.3"])["general_terms"] == []
    context = sample_context()
    folder = context.project.processes["sample"]
    kept = {"word": {"title": "Paragraph", "definition": "As it was."}, "odd": "no term"}
    frozen = msgspec.structs.replace(folder.versions[0], context={"terms": kept})
    folder = msgspec.structs.replace(folder, versions=(frozen,))
    project = msgspec.structs.replace(context.project, processes={"sample": folder})
    view = process_view(msgspec.structs.replace(context, project=project))
    assert view["general_terms"] == [{"title": "Paragraph", "definition": "As it was."}]


def test_a_registered_document_is_called_what_it_was_called_when_the_version_was_approved() -> None:
    context = sample_context()
    folder = context.project.processes["sample"]
    kept = {"form": {"title": "Old form", "edition": "0"}}
    frozen = msgspec.structs.replace(folder.versions[0], context={"register": kept})
    folder = msgspec.structs.replace(folder, versions=(frozen,))
    project = msgspec.structs.replace(context.project, processes={"sample": folder})
    (document,) = process_view(msgspec.structs.replace(context, project=project))[
        "applicable_documents"
    ]
    assert (document["title"], document["number"], document["edition"]) == ("Old form", "F-1", "0")


def test_the_legend_explains_only_letters_that_are_used() -> None:
    assert process_view(contexts(".", "sales")["1.3"])["rasci"]["legend"] == "R responsible"
    assert process_view(sample_context())["rasci"]["legend"].startswith("R responsible, A acc")


def test_ways_on_say_to_which_step_they_lead() -> None:
    view = process_view(contexts(".", "sales")["draft"])
    anchors = {step["anchor"] for step in view["all_steps"]}
    for step in view["all_steps"]:
        assert step["onward_anchor"] in {"", *anchors}
        for option in step["decision"].get("options", ()):
            assert (option["anchor"] in anchors) == (option["kind"] in ("step", "back"))
    assert {row["anchor"] for row in view["rasci"]["rows"]} <= anchors


def test_general_terms_are_those_the_process_uses() -> None:
    view = process_view(contexts(".", "sales")["draft"])
    assert [term["title"] for term in view["general_terms"]] == ["CRM"]


def test_the_chart_has_a_node_for_every_step_and_a_label_for_every_option() -> None:
    context = contexts(CONTRACT, "complaints")["draft"]
    chart = chart_of(context)
    numbers = {node.number for node in chart.nodes if node.number}
    assert numbers == steps(process_view(context)).keys()
    assert {edge.label for edge in chart.edges} >= {"Yes", "No", "Not clear yet"}
    ids = {node.id for node in chart.nodes}
    assert all(edge.source in ids and edge.target in ids for edge in chart.edges)
    assert chart.status == "DRAFT"


def test_step_numbers_in_a_row_are_a_range() -> None:
    assert ranges(["1", "2", "3", "5", "6", "7a.1"]) == ["1–3", "5", "6", "7a.1"]


def test_branch_letters_go_on_after_z() -> None:
    assert [branch_letter(n) for n in (0, 25, 26, 701, 702)] == ["a", "z", "aa", "zz", "aaa"]

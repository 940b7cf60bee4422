"""Documents that the format allows: both engines find nothing."""

from __future__ import annotations

import pytest

from regelwerk.project.engines import compile_fast, compile_reference
from schemas.documents import NAMES, SHA, SOUND, changed, schema, verdict

STEP = {"id": "a", "title": "A", "responsible": "r"}
MEASURE = "kpis/0/measure"
CLOSED = {"status": "closed", "closed": "2022-07-04T08:00:00Z", "end": "won"}
LEFT_OUT = {"on": "2022-06-20", "by": "anna.beispiel", "reason": "Withdrawn."}
ODD = 'R&D <Vertrieb> "quoted" {{ x }} ü 漢字 \U0001f600'

PROCESS: dict[str, dict[str, object]] = {
    "odd text": {"title": ODD, "purpose": f"{ODD}\n\n* a\n\tb\n", "ends/won/event": ODD},
    "optional key set to false beside a decision": {"steps/1/optional": False},
    "optional call without outcomes": {"steps/2/calls": {"process": "p"}, "steps/2/optional": True},
    "next beside a call with outcomes": {"steps/2/next": "both"},
    "responsible beside parallel": {"steps/3/responsible": "management"},
    "one option": {"steps/1/decision/options": {"go": {"label": "Go", "next": "qualify"}}},
    "parallel in parallel": {"steps/3/parallel/credit/0": {**STEP, "parallel": {"b": [STEP]}}},
    "instructions as one text": {"steps/0/instructions": "Do it.\nThen stop.\n"},
    "empty lists": {"steps/0/inputs": [], "steps/0/outputs": [], "participants": []},
    "inputs in both forms": {"inputs": ["offer", {"document": "order", "from": "customer"}]},
    "clauses by standard": {"clauses": {"ISO 9001:2015": ["8.2.1"], "EN 9100:2018": ["8.1.1 a"]}},
    "due in business days": {"steps/0/due": {"within": "P5BD", "after": "start"}},
    "due in hours": {"steps/0/due": {"within": "P1DT12H", "after": "meet"}},
    "due on the same day": {"steps/0/due": {"within": "P0D", "after": "meet"}},
    "lengths of time": {
        "review_every": "P1Y6M",
        "documents": {"o": {"title": "O", "retention": "P10Y"}},
    },
    "review in weeks": {"review_every": "P2W"},
    "count of an option": {MEASURE: {"count": {"option": "decide.yes"}}},
    "count of an end": {MEASURE: {"count": {"end": "won"}}},
    "share": {MEASURE: {"share": {"where": {"end": "won"}, "of": "cases"}}},
    "time": {MEASURE: {"time": {"from": "meet", "to": "end"}}, "kpis/0/unit": "BD"},
    "sum": {MEASURE: {"sum": {"field": "meet.value"}}, "kpis/0/unit": "EUR"},
    "conformance": {MEASURE: {"conformance_rate": {}}},
    "ratio": {MEASURE: {"ratio": {"of": "k", "per": "k"}}},
    "target with a fraction": {"kpis/0/target": {"min": 0.5, "max": 1}},
    "register": {"applicable_documents": [{"register": "policy"}, {"title": "ISO 9001"}]},
    "choice": {"steps/0/fields": [{"id": "f", "label": "F", "type": "choice", "options": ["no"]}]},
    "version nought": {"version": "0.0"},
    "version far on": {"version": "10.100"},
    "id like a device": {"id": "com10"},
    "id beginning like a device": {"id": "console"},
}
RECORD: dict[str, dict[str, object]] = {
    "closed": dict(CLOSED),
    "cancelled": {"status": "cancelled", "cancelled": LEFT_OUT},
    "on hold": {"status": "on-hold"},
    "nothing done yet": {"steps": []},
    "done by two": {"steps/0/by": ["anna.beispiel", "gerald.unger"]},
    "time without seconds": {"started": "2022-05-16T10:15+02:00"},
    "time with a fraction": {"started": "2022-05-16T10:15:00.123456-11:30"},
    "leap day": {"started": "2024-02-29"},
    "values": {"steps/0/fields": {"a": ODD, "b": 1, "c": -1.5, "d": "yes", "e": "", "f": "=1+1\n"}},
    "answers": {"steps/0/checks": {"a": "yes", "b": "no", "c": "not-applicable"}},
    "evidence": {
        "inputs": {"a": {"file": "evidence/a.pdf"}},
        "steps/0/outputs": {
            "b": {"file": "b.pdf", "sha256": SHA},
            "c": {"reference": "lead 7", "system": "odoo", "url": "https://odoo.example/7?a=b#c"},
        },
    },
    "called cases": {"steps/0/called_case": {"reference": "Case 17"}},
    "entered from paper": {"source": {"kind": "paper", "entered_by": "anna.beispiel"}},
    "case in other letters": {"case": "0x_a.B-9"},
    # Said by the replay alone, so that one cause has one finding.
    "unknown step": {"steps/0/step": "Meet the customer"},
    "unknown version": {"version": "1.10.1"},
    "unknown option": {"steps/0/option": "Interested"},
    "unknown person": {"steps/0/by": "Anna Beispiel"},
    "unknown end": {**CLOSED, "end": "Won!"},
}
OTHERS: dict[str, dict[str, dict[str, object]]] = {
    "approvals": {
        "not effective yet": {"signatures": []},
        "deputy": {"signatures/0/deputy": True, "signatures/0/role": "ceo"},
        "original": {"signatures/0/original": {"file": "original.txt", "sha256": SHA}},
    },
    "organization": {
        "nothing but a name": {},
        "terms": {"terms": {"crm": {"title": "CRM", "definition": "Customers"}}},
        "languages": {"languages": ["en", "pt-BR"]},
        "time zone without a region": {"timezone": "UTC"},
        "paper": {"paper_until": "2026-12-31"},
    },
    "people": {
        "opaque id": {"p-7f3a": {"name": "A person"}},
        "deputy": {"gerald.unger/roles/0/deputy": True, "gerald.unger/roles/0/until": "2026-12-31"},
    },
    "register": {"nothing but a title": {"form": {"title": "Form"}}},
    "context": {"terms": {"terms": {"crm": {"title": "CRM", "definition": "Customers"}}}},
}
TABLES = {"process": PROCESS, "record": RECORD, **OTHERS}
CASES = [
    pytest.param(name, edits, id=f"{name}: {title}")
    for name, table in TABLES.items()
    for title, edits in table.items()
]


@pytest.mark.parametrize("name", NAMES)
def test_a_sound_document_is_accepted(name: str) -> None:
    assert verdict(name, SOUND[name]) == set()


@pytest.mark.parametrize(("name", "edits"), CASES)
def test_what_the_format_allows_is_accepted(name: str, edits: dict[str, object]) -> None:
    assert verdict(name, changed(SOUND[name], edits)) == set()


@pytest.mark.parametrize("name", NAMES)
def test_keys_beginning_with_x_are_free_in_every_mapping(name: str) -> None:
    assert verdict(name, _with_free_keys(SOUND[name])) == set()


def _with_free_keys(value: object) -> object:
    if isinstance(value, dict):
        below = {key: _with_free_keys(child) for key, child in value.items()}
        return {"x-first": [None, {"any": 1}], **below, "x-Last key": "of mine"}
    return [_with_free_keys(child) for child in value] if isinstance(value, list) else value


@pytest.mark.parametrize("name", ["people", "register"])
def test_an_empty_list_of_people_or_documents_is_accepted(name: str) -> None:
    assert verdict(name, {}) == set()


def test_an_organization_needs_nothing_but_its_name() -> None:
    assert verdict("organization", {"name": "ARTS Solutions GmbH"}) == set()


def test_a_text_of_a_million_characters_is_refused_without_delay() -> None:
    for text in ("x" * 1_000_000, " " * 1_000_000, "x" * 1_000_000 + "\u0000"):
        found = verdict("process", changed(SOUND["process"], {"purpose": text, "title": text}))
        assert {"maxLength $/purpose", "maxLength $/title"} <= found


@pytest.mark.parametrize("name", NAMES)
def test_both_engines_accept_the_example_of_the_whole_file(name: str) -> None:
    for engine in (compile_fast(schema(name)), compile_reference(schema(name))):
        assert [engine(example) for example in schema(name)["examples"]] == [[]]

"""Schema violations as people read them: code, place, message and hint, from both engines alike."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regelwerk.diagnostics import CODES, path_text
from regelwerk.project.sentences import problems_of
from schemas.documents import GONE, SOUND, changed, engines, schema

Said = tuple[str, str, str, str]


def said(name: str, data: object) -> list[Said]:
    """What is said of the data; both engines must say the same."""
    fast, reference = (
        sorted(
            (problem.code, path_text(problem.path), problem.message, problem.hint)
            for problem in problems_of(engine(data), data, schema(name))
        )
        for engine in engines(name)
    )
    assert fast == reference
    return fast


# fmt: off
TABLE: list[tuple[str, dict[str, object], list[tuple[str, str, str, str]]]] = [
    # unknown keys
    ("process", {"steps/0/responsible": GONE, "steps/0/responsable": "x"},
     [("schema/unknown-key", "$.steps[0].responsable", "unknown key `responsable`",
       "did you mean `responsible`?")]),
    ("process", {"titel": "x"},
     [("schema/unknown-key", "$.titel", "unknown key `titel`", "`title` is there already")]),
    ("process", {"wholly-new": 1},
     [("schema/unknown-key", "$.wholly-new",
       "unknown key `wholly-new`", "begin with `x-`")]),
    ("process", {"steps/0/next": {"goto": "won", "end": "won"}},
     [("schema/unknown-key", "$.steps[0].next.goto", "unknown key `goto`",
       "known here: `end`, `join`")]),
    ("process", {"steps/0/<<": {"title": "x"}},
     [("schema/unknown-key", "$.steps[0]['<<']", "unknown key `<<`", "merge keys")]),
    ("process", {"steps/0/" + "k" * 90: 1},
     [("schema/unknown-key", "$.steps[0]." + "k" * 90, "unknown key `" + "k" * 39 + "…`",
       "begin with `x-`")]),
    ("process", {"x-own": {"free": 1}, "steps/0/x-y": None}, []),
    # missing keys
    ("process", {"title": GONE, "purpose": GONE},
     [("schema/missing-key", "$", "`purpose` is missing", "add `purpose:`"),
      ("schema/missing-key", "$", "`title` is missing", "add `title:`")]),
    ("process", {"title": GONE, "titel": "Sales", "purpose": GONE},
     [("schema/missing-key", "$", "`purpose` is missing", "add `purpose:`"),
      ("schema/unknown-key", "$.titel", "unknown key `titel`", "did you mean `title`?")]),
    ("process", {"steps/1/decision/options/yes/next": GONE},
     [("schema/missing-key", "$.steps[1].decision.options.yes", "`next` is missing",
       "add `next:`")]),
    ("process", {"steps/0/responsible": GONE},
     [("schema/missing-key", "$.steps[0]", "`responsible` is missing", "only a parallel")]),
    ("process", {"steps/0/next": {}},
     [("schema/missing-key", "$.steps[0].next", "`end` is missing", "or `join: true`")]),
    ("process", {"kpis/0/measure": {}},
     [("schema/missing-key", "$.kpis[0].measure", "`count` is missing", "`conformance_rate`")]),
    ("record", {"status": "closed"},
     [("schema/missing-key", "$", "`closed` is missing", "A closed case"),
      ("schema/missing-key", "$", "`end` is missing", "A closed case")]),
    ("record", {"steps/0/outputs": {"offer": {}}},
     [("schema/missing-key", "$.steps[0].outputs.offer", "`file` is missing", "`reference`")]),
    ("approvals", {"signatures/1/signature": GONE},
     [("schema/missing-key", "$.signatures[1]", "`signature` is missing", "method `ssh`")]),
    # keys that do not belong beside others: what is in them is not reported as well
    ("process", {"steps/1/next": "qualify"},
     [("schema/unknown-key", "$.steps[1].next", "`next` does not belong here",
       "Beside `decision`")]),
    ("process", {"steps/1/parallel": {}},
     [("schema/unknown-key", "$.steps[1].parallel", "`parallel` does not belong here",
       "Beside `decision`")]),
    ("process", {"steps/1/calls": {"proces": 5}},
     [("schema/unknown-key", "$.steps[1].calls", "`calls` does not belong here",
       "Beside `decision`")]),
    ("process", {"steps/0/next": {"end": "won", "join": True}},
     [("schema/unknown-key", "$.steps[0].next.end", "`end` does not belong here",
       "Beside `join`")]),
    ("record", {"end": "won"},
     [("schema/unknown-key", "$.end", "`end` does not belong here", "status is closed")]),
    ("record", {"cancelled": {"on": "yesterday"}},
     [("schema/unknown-key", "$.cancelled", "`cancelled` does not belong here",
       "status is cancelled")]),
    ("approvals", {"signatures/0/signature": "x"},
     [("schema/unknown-key", "$.signatures[0].signature", "`signature` does not belong here",
       "on `paper`")]),
    # types
    ("process", {"version": 1.1},
     [("schema/type", "$.version", "expected text, found the number `1.1`", "put it in quotes")]),
    ("process", {"title": True},
     [("schema/type", "$.title", "expected text, found `true`", "in quotes")]),
    ("process", {"steps": {}},
     [("schema/type", "$.steps", "expected a list (`- item`), found a mapping", "in the order")]),
    ("process", {"steps": None},
     [("schema/type", "$.steps", "expected a list (`- item`), found no value", "in the order")]),
    ("process", {"steps/0": "meet"},
     [("schema/type", "$.steps[0]", "expected a mapping (`key: value`), found the text `meet`",
       "")]),
    ("process", {"steps/0/next": 5},
     [("schema/type", "$.steps[0].next",
       "expected text or a mapping (`key: value`), found the number `5`", "in quotes")]),
    ("process", {"steps/1/decision/options/unclear/max_repeats": 2.5},
     [("schema/type", "$.steps[1].decision.options.unclear.max_repeats",
       "expected a whole number, found the number `2.5`", "how often")]),
    ("record", {"steps/0/checks": {"photos": True}},
     [("schema/type", "$.steps[0].checks.photos", "expected text, found `true`",
       "one of `yes`, `no`, `not-applicable`")]),
    ("process", {"ends/won/success": "yes"},
     [("schema/type", "$.ends.won.success", "expected true or false, found the text `yes`", "")]),
    # values
    ("process", {"category": "cor"},
     [("schema/value", "$.category", "`cor` is not allowed here", "did you mean `core`?")]),
    ("process", {"category": "sales"},
     [("schema/value", "$.category", "`sales` is not allowed here",
       "one of `core`, `management`, `support`")]),
    ("process", {"kpis/0/measure": {"count": "case"}},
     [("schema/value", "$.kpis[0].measure.count", "`case` is not allowed here",
       "did you mean `cases`?")]),
    ("process", {"steps/3/next": {"join": False}},
     [("schema/value", "$.steps[3].next.join", "`false` is not allowed here", "only `true`")]),
    ("process", {"id": "Sales"},
     [("schema/value", "$.id", "`Sales` cannot be used as an id", "small letters")]),
    ("process", {"id": "con"},
     [("schema/value", "$.id", "`con` cannot be used as an id", "Windows")]),
    ("process", {"ends/Won it": {"event": "x"}},
     [("schema/value", "$.ends['Won it']", "`Won it` cannot be used as an id", "small letters")]),
    ("context", {"roles/Bad Key": "ü" * 1500},  # the key first, then what it holds
     [("schema/value", "$.roles['Bad Key']", "`Bad Key` cannot be used as an id",
       "small letters")]),
    ("people", {"Gerald": {"name": "x"}},
     [("schema/value", "$.Gerald", "`Gerald` cannot be used as a person's id", "dots")]),
    ("process", {"version": "01.3"},
     [("schema/value", "$.version", "`01.3` is not a version", "MAJOR.MINOR")]),
    ("process", {"review_every": "yearly"},
     [("schema/value", "$.review_every", "`yearly` is not a length of time", "P1Y6M")]),
    ("process", {"steps/0/due": {"within": "5 days", "after": "start"}},
     [("schema/value", "$.steps[0].due.within", "`5 days` is not a duration", "P5BD")]),
    ("process", {"history": [{"version": "1.2", "on": "2021-02-30", "change": "x"}]},
     [("schema/value", "$.history[0].on", "`2021-02-30` is not a real date", "2022-05-12")]),
    ("record", {"steps/0/completed": "2022-05-16T10:15"},
     [("schema/value", "$.steps[0].completed", "is not a date, or a date-time with offset",
       "2022-05-16T10:15:00+02:00")]),
    ("record", {"case": "-1"},
     [("schema/value", "$.case", "`-1` cannot be used as a case number", "64 characters")]),
    ("approvals", {"digest": "sha256:12"},
     [("schema/value", "$.digest", "`sha256:12` is not a digest", "64 digits")]),
    ("organization", {"timezone": "Europe/Bonn"},
     [("schema/value", "$.timezone", "`Europe/Bonn` is not a time zone", "Europe/Berlin")]),
    ("organization", {"country": "XX"},
     [("schema/value", "$.country", "`XX` is not a country", "ISO 3166")]),
    ("organization", {"country": "Germany"},
     [("schema/value", "$.country", "`Germany` is not a country", "DE")]),
    ("organization", {"approval/standard/0/count": 0},
     [("schema/value", "$.approval.standard[0].count", "`0` is out of range: at least 1",
       "How many")]),
    ("process", {"title": ""}, [("schema/value", "$.title", "must not be empty", "fill it in")]),
    ("process", {"title": " \t"}, [("schema/value", "$.title", "must not be empty", "fill it in")]),
    ("process", {"steps": []}, [("schema/value", "$.steps", "must not be empty", "fill it in")]),
    ("process", {"ends": {}}, [("schema/value", "$.ends", "must not be empty", "fill it in")]),
    ("process", {"title": "x" * 5000},
     [("schema/value", "$.title", "at most 1000 characters belong here", "on one line")]),
    ("process", {"title": "one\ntwo"},
     [("schema/value", "$.title", "`one two` is not allowed here", "on one line")]),
    ("process", {"steps/0/clauses": ["8.2.1", "8.3", "8.2.1"]},
     [("schema/value", "$.steps[0].clauses[2]", "`8.2.1` is listed twice", "remove one")]),
]
# fmt: on


@pytest.mark.parametrize(
    ("name", "edits", "expected"),
    TABLE,
    ids=[f"{name}-{'+'.join(edits)[:50]}" for name, edits, _ in TABLE],
)
def test_a_fault_is_said_once_where_it_stands_and_with_what_to_do(
    name: str, edits: dict[str, object], expected: list[Said]
) -> None:
    found = said(name, changed(SOUND[name], edits))
    assert [(code, path) for code, path, _, _ in found] == [
        (code, path) for code, path, _, _ in sorted(expected)
    ]
    for (_, _, message, hint), (_, _, message_part, hint_part) in zip(
        found, sorted(expected), strict=True
    ):
        assert message_part in message
        assert hint_part in hint


@pytest.mark.parametrize("name", SOUND)
def test_nothing_is_said_of_what_is_sound(name: str) -> None:
    assert said(name, SOUND[name]) == []


@pytest.mark.parametrize("name", SOUND)
@pytest.mark.parametrize("data", [None, [], "text", 5, True])
def test_a_file_that_is_no_mapping_is_one_finding(name: str, data: object) -> None:
    ((code, path, message, _),) = said(name, data)
    assert (code, path) == ("schema/type", "$")
    assert message.startswith("the file is empty" if data is None else "expected a mapping")


@pytest.mark.parametrize(
    ("name", "path", "value"),
    [
        ("process", "id", "sales"),
        ("process", "version", "1.10"),
        ("process", "steps/0/due", {"within": "P5D\n", "after": "start"}),
        ("process", "kpis/0/measure", {"sum": {"field": "meet.cost\n"}}),
        ("record", "case", "S-1"),
        ("record", "started", "2022-05-16"),
        ("approvals", "effective_from", "2022-05-12"),
        ("approvals", "digest", "sha256:" + "0" * 64),
        ("organization", "country", "DE"),
        ("organization", "timezone", "Europe/Berlin"),
    ],
)
def test_a_line_break_at_the_end_is_not_overlooked(name: str, path: str, value: Any) -> None:
    """Python's `$` matches before it, and so would the reference engine."""
    ended = value + "\n" if isinstance(value, str) else value
    assert [code for code, *_ in said(name, changed(SOUND[name], {path: ended}))] == [
        "schema/value"
    ]


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value)
    return [
        at
        for key, item in inner
        for at in [
            (*path, key),
            *(places(item, (*path, key)) if isinstance(item, dict | list) else []),
        ]
    ]


VALUES = st.sampled_from(
    [None, True, 0, -1, 2.5, "", " ", "x", "Sales", "con", "1.3", "2022-05-16", "a\n", "P5D",
     [], {}, ["x", "x"], [1], {"end": "won"}, {"x": 1}, {"join": True}, "ü" * 1500,
     "closed", "cancelled"]
)  # fmt: skip
KEYS = st.sampled_from(
    ["titel", "next", "decision", "parallel", "calls", "end", "closed", "cancelled", "signature",
     "x-free", "Bad Key", "<<", "optional", "join", "step", "responsable", "file", "reference"]
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.data(), st.sampled_from(sorted(SOUND)))
def test_both_engines_say_the_same_of_whatever_is_wrong(data: Any, name: str) -> None:
    document = copy.deepcopy(SOUND[name])
    for _ in range(data.draw(st.integers(1, 3))):
        candidates = places(document)
        if not candidates:
            break
        path = data.draw(st.sampled_from(candidates))
        place: Any = document
        for part in path[:-1]:
            place = place[part]
        what = data.draw(st.sampled_from(["change", "remove", "add"]))
        if what == "change":
            place[path[-1]] = copy.deepcopy(data.draw(VALUES))
        elif what == "remove":
            del place[path[-1]]
        elif isinstance(place, dict):
            place[data.draw(KEYS)] = copy.deepcopy(data.draw(VALUES))
    found = said(name, document)
    assert len({(code, path, message) for code, path, message, _ in found}) == len(found)
    for code, _, message, _ in found:
        assert code in CODES
        assert message
        assert len(message) < 300


@pytest.mark.parametrize(
    ("path", "value", "hint"),
    [
        ("owner", "Quality Manager", "such as `quality-manager`"),
        ("owner", "Qualität & Maß", "such as `qualitaet-mass`"),
        ("owner", "漢字", "small letters, digits and hyphens"),
        ("outputs", "offer", "write it as a list: `outputs: [offer]`"),
        ("outputs", "an offer, or two", "Example: `outputs: [offer, {document: order, to: "),
        ("steps/0/due", "5 days", "Example: `due: {within: P5BD, after: start}`"),
        ("steps/0/due", {"after": "start"}, "add `within:`, such as `within: P5BD`"),
    ],
)
def test_the_hint_shows_what_to_type(path: str, value: object, hint: str) -> None:
    [(_, _, _, found)] = said("process", changed(SOUND["process"], {path: value}))
    assert hint in found

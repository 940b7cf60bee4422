"""Differences in plain words: what a reader knows, never what only the tool knows."""

from __future__ import annotations

import re
from typing import Any

import pytest

from difference_support import FULL, Property, context, edited, properties, variants
from regelwerk.artifacts.comparison import compare, history, since_last
from regelwerk.artifacts.comparison.words import comparison_words
from regelwerk.artifacts.view.words import PHRASES
from schemas.documents import GONE
from word_support import SACRED, contexts

FOUND = list(properties())
CONTRACT = "tests/examples/contract"


def sentences(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    return [told.sentence for told in compare(context(old), context(new)).told]


def ids(value: Any) -> set[str]:
    """Everything that looks like an id with a hyphen, wherever a definition holds it."""
    if isinstance(value, dict):
        return {key for key in value if "-" in key} | {i for v in value.values() for i in ids(v)}
    if isinstance(value, list):
        return {i for item in value for i in ids(item)}
    return (
        {value}
        if isinstance(value, str) and re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", value)
        else set()
    )


@pytest.mark.parametrize("found", FOUND, ids=lambda found: "/".join(map(str, found.path)))
def test_every_change_is_told_without_ids_durations_or_raw_values(found: Property) -> None:
    for variant in variants(found):
        raw = ids(FULL) | ids(variant) | {"before-steps", "after-steps", "yes-no"}
        for one, other in ((FULL, variant), (variant, FULL)):
            told = sentences(one, other)
            assert told
            for words in told:
                assert words[0] == words[0].upper()
                assert not re.search(r"\bP\d+B?[DWMY]\b|\bNone\b|\bTrue\b|\bFalse\b|[{}]", words), (
                    words
                )
                assert not re.search(r"\d{4}-\d\d-\d\d", words), words
                for id_ in raw:
                    assert not re.search(rf"(?<![\w-]){id_}(?![\w-])", words), (id_, words)


@pytest.mark.parametrize(
    ("edits", "expected"),
    [
        ({"steps/1/responsible": "back-office"},
         ["Step 2, Weigh the order: responsible changed from Shop lead to Back office"]),
        ({"kpis/0/target/max": 24},
         ["Key figure “Time to send”: target changed from 1 to 48 hours to 1 to 24 hours"]),
        ({"steps/1/decision/options/big-one/next": {"end": "no-deal"}},
         [("Step 2, Weigh the order: answer “Big”: where it leads changed from "
           "step 3, Ask the carrier to the end “There is no order”")]),
        ({"steps/1/decision/options/not-clear/max_repeats": 1},
         [("Step 2, Weigh the order: answer “Not clear”: how often it may be chosen changed from "
           "at most 3 times to at most once")]),
        ({"documents/order-form/retention": "P10Y"},
         ["Document “Order”: retention changed from 6 years to 10 years"]),
        ({"steps/0/due": {"within": "P5BD", "after": "start"}},
         [("Step 1, Take the order: due changed from within 3 days after the start of the process "
           "to within 5 business days after the start of the process")]),
        ({"steps/0/title": "Note the order"},
         ["Step 1, Note the order, was called “Take the order” before"]),
        ({"steps/0/supporting": ["night-shift", "head-office"]},
         ["Step 1, Take the order: supporting: Head office added"]),
        ({"participants": ["back-office", "shop-lead"]},
         ["Participants: other order, now Back office and Shop lead"]),
        ({"steps/0/optional": GONE}, ["Step 1, Take the order: may no longer be left out"]),
        ({"steps/0/fields/0/required": False},
         ["Step 1, Take the order: field “How the order came”: is no longer required"]),
        ({"steps/0/instructions/1": "Write the order down, figure for figure."},
         [("Step 1, Take the order: instructions reworded: "
           "Write the order down, [word → figure] for [word → figure].")]),
        ({"steps/0/instructions": ["Listen to the customer."]},
         [("Step 1, Take the order: instructions removed: "
           "“Write the order down, word for word.”")]),
        ({"purpose": "Nobody knows."},
         ["Purpose rewritten: “Orders are handled the same way every time.” → “Nobody knows.”"]),
        ({"scope": GONE}, ["Scope removed (before: “All orders of the shop.”)"]),
        ({"clauses": {"EN 9100:2018": ["8.2.2", "8.2.3"]}},
         ["Clauses of standards: EN 9100:2018 8.2.3 added"]),
        ({"steps/0/clauses": GONE},
         [("Step 1, Take the order: clauses of standards: "
           "EN 9100:2018 8.5.1 and EN 9100:2018 8.5.2 removed")]),
        ({"sections/0/place": GONE},
         ["Section “Wording”: place changed from after the steps to before the steps"]),
        ({"history/0/on": "2020-01-31"},
         ["Version 1.0: date changed from 2 May 2019 to 31 January 2020"]),
    ],
)  # fmt: skip
def test_a_change_in_words(edits: dict[str, object], expected: list[str]) -> None:
    assert sentences(FULL, edited(edits)) == expected


def test_steps_that_come_go_and_move() -> None:
    first, second, third, fourth = FULL["steps"]
    new = {"id": "say-thanks", "title": "Say thanks", "responsible": "night-shift"}
    assert sentences(FULL, edited({"steps": [first, second, third, new, fourth]})) == [
        (
            "Step 4, Say thanks, is new, between step 3, Ask the carrier and step 5, Pack; "
            "responsible: Night shift"
        )
    ]
    assert sentences(FULL, edited({"steps": [first, third, fourth]}))[:1] == [
        "Step 2, Weigh the order, is gone (its number in version 2.0)"
    ]
    assert sentences(FULL, edited({"steps": [second, third, first, fourth]})) == [
        (
            "Step 3, Take the order, has moved: it was step 1, now it comes after "
            "step 2, Ask the carrier"
        )
    ]


def test_a_step_under_another_id_is_told_as_the_same_step() -> None:
    changed = edited({"steps/2/id": "call-carrier", "steps/2/was": ["ask-carrier"]})
    changed["steps"][1]["decision"]["options"]["big-one"]["next"] = "call-carrier"
    assert sentences(FULL, changed) == [
        "Step 3, Ask the carrier, has another short name in records; older ones count on"
    ]
    changed["steps"][2]["title"] = "Call the carrier"
    assert sentences(FULL, changed)[0] == (
        "Step 3, Call the carrier, is the former step 3, Ask the carrier"
    )


def test_several_fields_that_come_at_once_are_one_sentence() -> None:
    fewer = edited({"steps/0/fields": GONE, "steps/0/checks": GONE})
    assert sentences(fewer, FULL) == [
        "Step 1, Take the order: fields “How the order came” and “Value of the order” are new",
        "Step 1, Take the order: checks “The address is known” and “The credit is known” are new",
    ]


def test_nothing_that_changed_is_said_so() -> None:
    comparison = compare(context(FULL), context(FULL))
    assert comparison.told == ()
    assert comparison.summary == "Nothing has changed."


def test_counts_and_extent_are_summed_up() -> None:
    changed = edited({"purpose": "Orders are handled alike.", "kpis/0/target/max": 24})
    comparison = compare(context(FULL), context(changed))
    assert (comparison.count, comparison.prose, comparison.extent) == (2, 1, "minor")
    assert comparison.summary == (
        "2 changes, 1 of them of wording only. More than the wording has changed."
    )


def test_texts_arrive_as_they_were_written() -> None:
    (title,) = sentences(FULL, edited({"title": SACRED}))
    assert title == f"Title changed from “Order handling” to “{SACRED}”"
    (text,) = sentences(FULL, edited({"scope": SACRED}))
    assert text == f"Scope rewritten: “All orders of the shop.” → “{SACRED}”"
    (role,) = sentences(FULL, edited({"terms/big-order/title": SACRED}))
    assert role == f"Term “{SACRED}” was called “Big order” before"


def test_no_word_of_the_readers_view_is_taken_over() -> None:
    assert not comparison_words("en").keys() & PHRASES.keys()


def test_the_two_versions_of_the_sales_process() -> None:
    found = contexts(".", "sales")
    told = [one.sentence for one in compare(found["1.3"], found["draft"]).told]
    assert (
        "Step 8, Offer the cooperation, is new, between step 7, Qualify contact and "
        "step 9, Receive specific customer inquiry; responsible: Sales Manager"
    ) in told
    assert not any(" was called " in sentence for sentence in told)


def test_a_version_is_compared_with_the_one_before_it() -> None:
    found = contexts(CONTRACT, "complaints")
    earlier, later = list(found)[:2]
    assert since_last(found[earlier]) is None
    own, draft = since_last(found[later]), since_last(found["draft"])
    assert own is not None
    assert draft is not None
    assert (own.old, own.new) == (f"version {earlier}", f"version {later}")
    assert draft.old == f"version {later}"
    assert history(found["draft"]) == {later: own}


@pytest.mark.parametrize(
    ("edits", "summary"),
    [
        (
            {"purpose": "Orders are handled alike.", "scope": "Some orders of the shop."},
            "2 changes. Nothing but wording has changed.",
        ),
        (
            {"version": "2.1", "purpose": "Orders are handled alike."},
            "2 changes. Nothing but wording has changed.",
        ),
        ({"change": "Anew."}, "1 change. Only what is said of the version itself has changed."),
        (
            {"steps/0/responsible": "shop-lead"},
            "1 change. Steps, their order, who does them or where they lead have changed.",
        ),
    ],
)
def test_the_last_line_says_how_far_the_changes_go(edits: dict[str, object], summary: str) -> None:
    assert compare(context(FULL), context(edited(edits))).summary == summary

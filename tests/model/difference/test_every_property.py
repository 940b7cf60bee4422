"""Nothing that the format can say may change unnoticed: driven by the schema and its examples."""

from __future__ import annotations

import pytest

from difference_support import (
    FULL,
    Property,
    build,
    properties,
    property_names,
    variants,
)
from regelwerk.approvals.prose import beyond_wording
from regelwerk.model.difference import differences, extent
from schemas.documents import verdict

STANDARD = "ISO 9001:2015"
FOUND = list(properties())


def test_the_definition_that_is_varied_is_sound_and_holds_every_property() -> None:
    assert verdict("process", FULL) == set()
    assert {found.name for found in FOUND} == property_names()


@pytest.mark.parametrize("found", FOUND, ids=lambda found: "/".join(map(str, found.path)))
def test_a_property_that_changes_is_a_change_and_so_is_the_way_back(found: Property) -> None:
    changed = list(variants(found))
    assert changed, "no example of the schema differs from the definition that is varied"
    for variant in changed:
        assert differences(build(FULL), build(variant), STANDARD), variant
        assert differences(build(variant), build(FULL), STANDARD), variant


@pytest.mark.parametrize("found", FOUND, ids=lambda found: "/".join(map(str, found.path)))
def test_only_wording_is_editorial_and_the_approval_rule_agrees(found: Property) -> None:
    for variant in variants(found):
        wording = not beyond_wording(FULL, variant)
        changes = differences(build(FULL), build(variant), STANDARD)
        editorial = extent(changes) in ("none", "editorial")
        # A risk that shares hardly a word with the former one is another risk, not a reworded one.
        assert editorial == wording or (found.name == "risk.title" and not editorial), changes


def test_a_definition_does_not_differ_from_itself() -> None:
    assert differences(build(FULL), build(FULL), STANDARD) == ()

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
from regelwerk.model.difference import Change, differences, extent
from schemas.documents import verdict

STANDARD = "ISO 9001:2015"
FOUND = list(properties())
TEXTS = {
    *("process.title", "process.subtitle", "process.purpose", "process.scope", "process.start"),
    *("section.title", "section.text", "term.title", "term.definition"),
    *("resource.title", "resource.note", "document.title", "start.event", "end.event"),
    *("step.title", "step.instructions", "field.label", "field.help", "check.label"),
    *("option.label", "decision.question", "risk.title", "risk.action", "kpi.title"),
    "applicable.title",
}
OF_THE_VERSION = {
    *("process.version", "process.change", "process.approval", "process.history"),
    *("historyEntry.version", "historyEntry.on", "historyEntry.change"),
}


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
def test_only_texts_that_people_read_are_editorial(found: Property) -> None:
    for variant in variants(found):
        changes = differences(build(FULL), build(variant), STANDARD)
        reworded = all(change.kind == "changed" and _as_many(change) for change in changes)
        if found.name in OF_THE_VERSION:
            assert extent(changes) == "none", changes
        else:
            assert (extent(changes) == "editorial") == (found.name in TEXTS and reworded), changes


def _as_many(change: Change) -> bool:
    """Whether a list of texts holds as many as before; one more is something more to do."""
    if not isinstance(change.old, tuple) or not isinstance(change.new, tuple):
        return True
    return len(change.old) == len(change.new)


def test_a_definition_does_not_differ_from_itself() -> None:
    assert differences(build(FULL), build(FULL), STANDARD) == ()

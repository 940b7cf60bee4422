"""Documents with one fault: both engines name it, at its place, and nothing else."""

from __future__ import annotations

import pytest

from schemas.documents import SOUND, changed, verdict
from schemas.other_faults import APPROVALS, CONTEXT, ORGANIZATION, PEOPLE, RECORD, REGISTER
from schemas.process_faults import PROCESS

TABLES = {
    "process": PROCESS,
    "record": RECORD,
    "approvals": APPROVALS,
    "organization": ORGANIZATION,
    "people": PEOPLE,
    "register": REGISTER,
    "context": CONTEXT,
}
CASES = [
    pytest.param(name, edits, expected, id=f"{name}: {title}")
    for name, table in TABLES.items()
    for title, (edits, expected) in table.items()
]


@pytest.mark.parametrize(("name", "edits", "expected"), CASES)
def test_one_fault_is_named_at_its_place(
    name: str, edits: dict[str, object], expected: str
) -> None:
    assert verdict(name, changed(SOUND[name], edits)) == set(expected.split("|"))


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("data", [None, [], "text", 1, True])
def test_a_file_that_holds_no_mapping_is_of_the_wrong_type(name: str, data: object) -> None:
    assert verdict(name, data) == {"type $"}

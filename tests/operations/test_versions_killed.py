"""Whoever is killed at any write leaves the old state or the new one, and can simply go on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).resolve()

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes cannot be forked here")

# What each operation says where it was done already; a review may be done again.
DONE_BEFORE = {
    "submit": "frozen already",
    "sign": "signed already",
    "paper": "signed already",
    "review": "",
    "withdraw": "withdrawn",
    "issue": "issued already",
}


def deaths(operation: str, folder: Path) -> list[dict[str, Any]]:
    tests, repository = HERE.parents[1], HERE.parents[2]
    done = subprocess.run(
        [sys.executable, str(HERE.parent / "versions_killed.py"), operation, str(folder)],
        capture_output=True,
        text=True,
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join((str(tests), str(repository / "generator"))),
        },
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize("operation", DONE_BEFORE)
def test_killed_at_any_write_it_leaves_the_old_state_or_the_new(
    operation: str, tmp_path: Path
) -> None:
    *killed, last = deaths(operation, tmp_path)
    assert not last["died"]
    assert last["at"] > 5, "the operation was hardly interrupted at all"
    assert any(one["leftovers"] for one in killed), "it was never interrupted while it wrote"
    old, new = killed[0], last
    assert old["left"] != new["left"]
    for one in killed:
        assert one["died"]
        assert one["as_seen"], "a death left something else than lay there at that moment"
        assert one["errors"] == []
        assert one["left"] in (old["left"], new["left"]) or is_paper_only(one, old, new)
        assert one["approvals"] in (old["approvals"], new["approvals"])
        was_done = one["left"] == new["left"]
        if was_done and DONE_BEFORE[operation]:
            assert DONE_BEFORE[operation] in one["again"]
        else:
            assert one["again"] == "done"
            assert one["leftovers_after"] == []
        assert one["errors_after"] == []


def is_paper_only(one: dict[str, Any], old: dict[str, Any], new: dict[str, Any]) -> bool:
    """A scan may be there before it is named; it belongs to nothing until then."""
    scan = "process/example/versions/1.1/scan.pdf"
    return scan in new["left"] and one["left"] == {**old["left"], scan: new["left"][scan]}

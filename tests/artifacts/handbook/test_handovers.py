from __future__ import annotations

from html import unescape
from pathlib import Path

from artifacts.handbook.handbook_worlds import CONTRACT, pages_of, project_contexts


def handovers(root: Path) -> list[str]:
    page = unescape(pages_of(project_contexts(root), root, {})["processes/index.md"].decode())
    section = page.split("\n## How processes hand over to one another\n")[1].split("\n## ")[0]
    return [line for line in section.splitlines() if line.startswith("| ")][2:]


def test_what_comes_from_outside_and_goes_there_is_told_at_both_ends() -> None:
    rows = handovers(CONTRACT)
    assert "| Customer | Complaint | [Complaints](complaints.md) |" in rows
    assert "| [Complaints](complaints.md) | Report on the remedy | Customer |" in rows


def test_a_process_that_is_called_is_handed_over_to() -> None:
    rows = handovers(CONTRACT)
    called = (
        "| [Complaints](complaints.md) | Calls it as a step | [Supplier audit](supplier-audit.md) |"
    )
    assert called in rows


def test_a_draft_is_named_as_one_and_each_pair_has_one_row(repository: Path) -> None:
    rows = handovers(repository)
    draft = "[Sales customer qualification (DRAFT 0.1)](../drafts/sales-customer-qualification.md)"
    (row,) = [one for one in rows if one.startswith("| [Sales process]") and draft in one]
    assert "Calls it as a step" in row
    pairs = [(row.split(" | ")[0], row.split(" | ")[2]) for row in rows]
    assert len(pairs) == len(set(pairs))

"""The table of versions for people, and the same for machines."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

import msgspec

from regelwerk.model.version import Status
from regelwerk.operations.versions_list import VersionRow

_HEAD = ("Process", "Version", "Status", "Signatures", "In force", "Review by", "Issued")
_STATUS = {
    Status.DRAFT: "draft",
    Status.IN_APPROVAL: "in approval",
    Status.APPROVED: "approved",
    Status.EFFECTIVE: "in force",
    Status.SUPERSEDED: "superseded",
    Status.WITHDRAWN: "withdrawn",
}


def as_table(rows: Sequence[VersionRow]) -> str:
    """Columns as wide as their content; a process is named once."""
    if not rows:
        return "There are no processes."
    lines = [_HEAD, *_cells(rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(_HEAD))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


def as_json(rows: Sequence[VersionRow]) -> str:
    """`{"versions": […]}`, every field of every row; dates as text."""
    return json.dumps({"versions": msgspec.to_builtins(rows)}, indent=2, ensure_ascii=False)


def _cells(rows: Sequence[VersionRow]) -> Iterator[tuple[str, ...]]:
    before = None
    for row in rows:
        yield (
            row.process if row.process != before else "",
            row.version if row.frozen else f"{row.version} (working)",
            _status(row),
            _signatures(row),
            _in_force(row),
            row.review_due.isoformat() if row.review_due else "",
            "yes" if row.issued else "",
        )
        before = row.process


def _status(row: VersionRow) -> str:
    if row.frozen and row.status is Status.DRAFT:
        return "frozen, unsigned"
    paper = " on paper" if row.on_paper and row.status is Status.APPROVED else ""
    return _STATUS[row.status] + paper + (" (paper)" if row.on_paper and not paper else "")


def _signatures(row: VersionRow) -> str:
    return ", ".join(f"{stage.stage} {len(stage.signed_by)}/{stage.needed}" for stage in row.stages)


def _in_force(row: VersionRow) -> str:
    if row.effective_from is None:
        return ""
    until = f" – {row.effective_until}" if row.effective_until else ""
    return f"from {row.effective_from}" if not until else f"{row.effective_from}{until}"

"""Examples of the two codes that no single broken file can show."""

from __future__ import annotations

from collections.abc import Iterator

from _reference.markdown import fence


def stale() -> Iterator[str]:
    """`schema/stale`: a definition and the schema made from it say different things."""
    yield "Bad, in `schemas/records/example-1.0.schema.json`, after a third option was added:"
    yield fence(
        ['              "option": {', '                "enum": ["accept", "reject"]'], "json"
    )
    yield "Found at line 1 of the schema's file."
    yield "Good:"
    yield fence(["regelwerk schema"], "text")


def on_paper() -> Iterator[str]:
    """`approval/unsigned-paper`: not a fault, but worth knowing."""
    yield "Bad, in `process/example/versions/1.0/approvals.yaml`, though nothing has to be mended:"
    signature = "  - {stage: created, by: anna.clerk, at: 2024-01-08, method: paper}"
    yield fence(["signatures:", signature, "  # …"])
    yield "Found at the `method` of the first signature, once all stages are signed."
    yield "Good: keep the paper, and its scan beside the approvals for whoever wants to see it:"
    yield fence(
        [
            "signatures:",
            "  - stage: created",
            "    by: anna.clerk",
            "    at: 2024-01-08",
            "    method: paper",
            '    original: {file: signed.pdf, sha256: "9f86d081…"}',
            "  # …",
        ]
    )


SPECIAL = {"schema/stale": stale, "approval/unsigned-paper": on_paper}

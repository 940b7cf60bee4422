"""Examples of the codes that no single broken file can show."""

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


def rewritten() -> Iterator[str]:
    """`approval/rewritten`: found by `check --trust` only, which knows how it was."""
    yield (
        "Bad, in `process/example/versions/1.0/approvals.yaml`, after an entry was taken out that "
        "the trusted state holds:"
    )
    yield fence(
        [
            "signatures:",
            "  - {stage: created, by: anna.clerk, at: 2024-01-08, method: paper}",
            "  - {stage: examined, by: quinn.qmb, role: qmb, at: 2024-01-09, method: paper}",
        ]
    )
    yield "Found at line 1 of the approvals, with `regelwerk check --trust origin/main`."
    yield "Good: take back what was signed, and make a new version:"
    yield fence(["git checkout origin/main -- process/example/versions/1.0/approvals.yaml"], "text")


def untrusted() -> Iterator[str]:
    """`approval/untrusted-change`: found by `check --trust` only."""
    yield "Bad, in `process/people.yaml`, where somebody has given themselves a key and a role:"
    yield fence(
        [
            "bert.clerk:",
            "  name: Bert Clerk",
            "  roles: [{role: clerk}, {role: ceo}]",
            '  keys: [{key: "ssh-ed25519 AAAA…"}]',
        ]
    )
    yield "Found at the beginning of the file, with `regelwerk check --trust origin/main`."
    yield "Good: those sign the change whom the trusted state lets do so:"
    yield fence(
        [
            "regelwerk versions endorse --trust origin/main --stage approved \\",
            "    --as cora.ceo --key ~/.ssh/id_ed25519",
        ],
        "text",
    )


def issued_otherwise() -> Iterator[str]:
    """`approval/issued-otherwise`: found by `check --trust` only."""
    yield (
        "Bad, in `process/example/versions/1.1/issued/manifest.json`, which a change brings along "
        "with a document in which a sentence is another than in the definition:"
    )
    yield fence(['{"kinds": {"document": {"document.docx": "9f86d081…"}}, …}'], "json")
    yield "Found at `document.docx`, with `regelwerk check --trust origin/main`."
    yield "Good: have it made from the version, with the templates that are here:"
    yield fence(
        [
            "rm -r process/example/versions/1.1/issued",
            "regelwerk versions issue example 1.1",
        ],
        "text",
    )


def missing_value() -> Iterator[str]:
    """`email/missing-value`: found by `regelwerk email` only."""
    yield "Bad, in `process/sales/records/S-1.yaml`, of which an invitation is to be made:"
    yield fence(
        ["steps:", "  - step: make-appointment", "    fields: {contact: Änne Muster, time: 10:30}"]
    )
    yield "Found at `fields`, by `regelwerk email sales make-appointment --record FILE`."
    yield "Good:"
    yield fence(
        [
            "steps:",
            "  - step: make-appointment",
            "    fields: {contact: Änne Muster, date: 2026-05-20, time: 10:30}",
        ]
    )


def unfit_value() -> Iterator[str]:
    """`email/unfit-value`: found by `regelwerk email` only."""
    yield "Bad, in `process/sales/records/S-1.yaml`, whose invitation goes to this address:"
    yield fence(["    fields: {email: Änne Muster (a.muster@example.com)}"])
    yield "Found at the field, by `regelwerk email sales make-appointment --record FILE`."
    yield "Good:"
    yield fence(["    fields: {email: a.muster@example.com}"])


SPECIAL = {
    "schema/stale": stale,
    "approval/unsigned-paper": on_paper,
    "approval/rewritten": rewritten,
    "approval/untrusted-change": untrusted,
    "approval/issued-otherwise": issued_otherwise,
    "email/missing-value": missing_value,
    "email/unfit-value": unfit_value,
}

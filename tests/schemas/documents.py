"""The schemas, both engines that judge them, and one sound document of each kind."""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from regelwerk.project.engines import Validate, compile_fast, compile_reference

ROOT = Path(__file__).resolve().parents[2]
NAMES = (
    *("organization", "people", "register", "trust", "process", "context", "approvals"),
    *("record", "email"),
)
GONE = object()


@cache
def schema(name: str) -> dict[str, Any]:
    """The schema of that name as data."""
    text = (ROOT / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8")
    data: dict[str, Any] = json.loads(text)
    return data


@cache
def engines(name: str) -> tuple[Validate, Validate]:
    """The schema compiled by the fast engine and by the reference."""
    return compile_fast(schema(name)), compile_reference(schema(name))


def verdict(name: str, data: object) -> set[str]:
    """What is wrong, as `keyword path names`; both engines must agree."""
    fast, reference = (
        {
            " ".join((item.keyword, "/".join(("$", *map(str, item.path))), *sorted(item.found)))
            for item in engine(data)
        }
        for engine in engines(name)
    )
    assert fast == reference
    return fast


def changed(document: Any, edits: Mapping[str, object]) -> Any:
    """A copy with values set, or removed where they are GONE, at paths such as `steps/0/id`."""
    result = copy.deepcopy(document)
    for path, value in edits.items():
        *way, last = (int(part) if part.isdigit() else part for part in path.split("/"))
        place = result
        for part in way:
            place = place[part]
        if value is GONE:
            del place[last]
        else:
            place[last] = value
    return result


SHA = "0123456789abcdef" * 4
SIGNATURE = "-----BEGIN SSH SIGNATURE-----\nU1NIU0lHAAAAAQ==\n-----END SSH SIGNATURE-----\n"

PROCESS: dict[str, Any] = {
    "id": "sales",
    "title": "Sales process",
    "version": "1.10",
    "purpose": "To win customers.",
    "start": {"event": "A contact exists"},
    "steps": [
        {"id": "meet", "title": "Meet", "responsible": "sales-manager"},
        {
            "id": "decide",
            "title": "Decide",
            "responsible": "management",
            "decision": {
                "options": {
                    "yes": {"label": "Yes", "next": "qualify"},
                    "no": {"label": "No", "next": {"end": "declined"}},
                    "unclear": {"label": "Unclear", "next": "meet", "max_repeats": 2},
                }
            },
        },
        {
            "id": "qualify",
            "title": "Qualify",
            "responsible": "sales-manager",
            "calls": {"process": "qualification", "outcomes": {"qualified": "both"}},
        },
        {
            "id": "both",
            "title": "Side by side",
            "parallel": {
                "credit": [
                    {"id": "credit", "title": "Credit", "responsible": "x", "next": {"join": True}}
                ]
            },
            "next": {"end": "won"},
        },
    ],
    "ends": {"won": {"event": "Won", "success": True}, "declined": {"event": "Declined"}},
    "kpis": [{"id": "k", "title": "K", "measure": {"count": "cases"}}],
}
RECORD: dict[str, Any] = {
    "process": "sales",
    "version": "1.10",
    "case": "S-2022-0001",
    "status": "open",
    "started": "2022-05-16",
    "steps": [{"step": "meet", "by": "anna.beispiel", "completed": "2022-05-16T10:15:00+02:00"}],
}
APPROVALS: dict[str, Any] = {
    "version": "1.10",
    "digest": f"sha256:{SHA}",
    "effective_from": "2022-05-12",
    "signatures": [
        {"stage": "created", "by": "christian.gabriel", "at": "2018-03-03", "method": "paper"},
        {
            "stage": "approved",
            "by": "gerald.unger",
            "at": "2026-05-12T10:00:00+02:00",
            "method": "ssh",
            "signature": SIGNATURE,
        },
    ],
    "reviews": [
        {"at": "2023-05-10", "by": "kavin.somasundaram", "method": "paper", "result": "unchanged"}
    ],
    "withdrawn": {"at": "2024-01-31", "by": "gerald.unger", "method": "paper", "reason": "Ended."},
}
TRUST: dict[str, Any] = {
    "signatures": [
        {
            "before": f"sha256:{SHA}",
            "after": f"sha256:{SHA}",
            "stage": "approved",
            "by": "gerald.unger",
            "at": "2026-05-12T10:00:00+02:00",
            "method": "ssh",
            "signature": SIGNATURE,
        }
    ]
}
ORGANIZATION: dict[str, Any] = {
    "name": "ARTS Solutions GmbH",
    "timezone": "Europe/Berlin",
    "country": "DE",
    "roles": {"ceo": {"title": "CEO"}, "board": {"title": "Board", "includes": ["ceo"]}},
    "approval": {"standard": [{"stage": "approved", "title": "Approval", "role": "ceo"}]},
}
PEOPLE: dict[str, Any] = {
    "gerald.unger": {"name": "Gerald Unger", "roles": [{"role": "ceo", "from": "2018-01-01"}]}
}
REGISTER: dict[str, Any] = {"policy": {"title": "Policy", "kind": "policy", "file": "policy.pdf"}}
CONTEXT: dict[str, Any] = {
    "organization": {"name": "ARTS Solutions GmbH"},
    "roles": {"ceo": "CEO"},
    "people": {"gerald.unger": "Gerald Unger"},
    "register": {"policy": {"title": "Policy"}},
}
EMAIL: dict[str, Any] = {"subject": "Your case {{ record.case }}", "to": ["field:meet.email"]}
SOUND: Mapping[str, dict[str, Any]] = {
    "organization": ORGANIZATION,
    "people": PEOPLE,
    "register": REGISTER,
    "process": PROCESS,
    "context": CONTEXT,
    "approvals": APPROVALS,
    "trust": TRUST,
    "record": RECORD,
    "email": EMAIL,
}

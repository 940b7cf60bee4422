"""Definitions for tests of differences: one that holds every key, and small ones made in a line."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import msgspec

from regelwerk.artifacts.view.sample import sample_context
from regelwerk.model.context import BuildContext
from regelwerk.model.process import Process
from regelwerk.project.build_process import build_process
from schemas.documents import GONE, changed, engines, schema

FULL: dict[str, Any] = {
    "id": "order-handling",
    "document": "P-ORD-01",
    "title": "Order handling",
    "subtitle": "from call to crate",
    "version": "2.0",
    "category": "support",
    "owner": "shop-lead",
    "classification": "restricted",
    "approval": "short-rule",
    "purpose": "Orders are **handled** the same way every time.",
    "scope": "All orders of the shop.",
    "sections": [
        {"title": "Wording", "text": "We say order.", "place": "after-steps"},
        {"title": "Opening times", "text": "From eight to five."},
    ],
    "terms": {"big-order": {"title": "Big order", "definition": "An order above the limit"}},
    "participants": ["shop-lead", "back-office"],
    "resources": [
        {"id": "till-system", "title": "Till", "kind": "equipment", "note": "By the door"},
        {"id": "crm-system", "title": "CRM", "kind": "system"},
    ],
    "documents": {
        "order-form": {"title": "Order", "form": "F-7", "retention": "P6Y", "external": True},
        "price-list": {"title": "Price list"},
        "delivery-note": {"title": "Delivery note"},
    },
    "inputs": ["order-form", {"document": "price-list", "from": "head-office"}],
    "outputs": ["delivery-note", {"document": "order-form", "to": "archive-team"}],
    "start": {"event": "Somebody orders"},
    "steps": [
        {
            "id": "take-order",
            "was": ["note-order"],
            "title": "Take the order",
            "responsible": "back-office",
            "accountable": "shop-lead",
            "supporting": ["night-shift"],
            "consulted": ["tax-adviser"],
            "informed": ["head-office"],
            "instructions": ["Listen to the customer.", "Write the order down, word for word."],
            "resources": ["till-system"],
            "inputs": ["price-list"],
            "outputs": ["order-form"],
            "fields": [
                {
                    "id": "order-way",
                    "label": "How the order came",
                    "type": "choice",
                    "required": True,
                    "unit": "way",
                    "options": ["Letter", "Visit"],
                    "help": "The first contact counts.",
                },
                {"id": "order-value", "label": "Value of the order", "type": "number"},
            ],
            "checks": [
                {"id": "address-known", "label": "The address is known"},
                {"id": "credit-known", "label": "The credit is known"},
            ],
            "email": "order-received",
            "due": {"within": "P3D", "after": "start"},
            "optional": True,
            "repeatable": True,
            "clauses": {"EN 9100:2018": ["8.5.1", "8.5.2"]},
        },
        {
            "id": "weigh-order",
            "title": "Weigh the order",
            "responsible": "shop-lead",
            "not_same_person_as": ["take-order"],
            "decision": {
                "question": "Is it a big order?",
                "options": {
                    "big-one": {"label": "Big", "next": "ask-carrier"},
                    "small-one": {"label": "Small", "next": "pack-order"},
                    "not-clear": {"label": "Not clear", "next": "take-order", "max_repeats": 3},
                    "no-order": {"label": "Nothing at all", "next": {"end": "no-deal"}},
                },
            },
        },
        {
            "id": "ask-carrier",
            "title": "Ask the carrier",
            "responsible": "back-office",
            "calls": {
                "process": "carrier-choice",
                "outcomes": {"carrier-found": "pack-order", "not-found": {"end": "no-deal"}},
                "external": True,
            },
        },
        {
            "id": "pack-order",
            "title": "Pack",
            "parallel": {
                "front-side": [
                    {
                        "id": "pack-crate",
                        "title": "Pack the crate",
                        "responsible": "night-shift",
                        "next": {"join": True},
                    }
                ],
                "back-side": [
                    {"id": "print-note", "title": "Print the note", "responsible": "back-office"}
                ],
            },
            "next": {"end": "order-sent"},
        },
    ],
    "ends": {
        "order-sent": {"event": "The order is on its way", "success": True},
        "no-deal": {"event": "There is no order"},
    },
    "risks": [
        {
            "title": "The crate breaks",
            "kind": "opportunity",
            "action": "Pack it in straw",
            "owner": "night-shift",
        },
        {"title": "The carrier is late"},
    ],
    "kpis": [
        {
            "id": "time-to-send",
            "title": "Time to send",
            "measure": {"time": {"from": "take-order", "to": "pack-crate"}},
            "aggregate": "p90",
            "unit": "h",
            "target": {"min": 1, "max": 48},
            "period": "year",
        },
        {"id": "all-orders", "title": "Orders", "measure": {"count": {"step": "take-order"}}},
        {"id": "sent-orders", "title": "Sent", "measure": {"count": {"end": "order-sent"}}},
        {
            "id": "big-orders",
            "title": "Big orders",
            "measure": {"count": {"option": "weigh-order.big-one"}},
        },
        {
            "id": "share-sent",
            "title": "Share of sent orders",
            "measure": {"share": {"where": {"end": "order-sent"}, "of": {"step": "take-order"}}},
        },
        {
            "id": "value-sum",
            "title": "Value of all orders",
            "measure": {"sum": {"field": "take-order.order-value"}},
        },
        {"id": "as-written", "title": "As written", "measure": {"conformance_rate": {}}},
        {
            "id": "mean-value",
            "title": "Mean value",
            "measure": {"ratio": {"of": "value-sum", "per": "all-orders"}},
        },
    ],
    "applicable_documents": [
        {"title": "Packing rules", "number": "PR 4", "edition": "2", "external": True},
        {"register": "straw-policy"},
    ],
    "clauses": {"EN 9100:2018": ["8.2.2"]},
    "history": [{"version": "1.0", "on": "2019-05-02", "change": "Straw is new"}],
    "change": "Two parcels make one crate.",
    "review_every": "P2Y",
}


def build(data: dict[str, Any]) -> Process:
    return build_process(data, "order-handling")


def context(data: dict[str, Any]) -> BuildContext:
    """A definition as a renderer is given it; what it only names has no other words."""
    sample = sample_context()
    definition = msgspec.structs.replace(sample.definition, data=data, process=build(data))
    return msgspec.structs.replace(sample, definition=definition)


def edited(edits: dict[str, object]) -> dict[str, Any]:
    """The full definition with values set at paths such as `steps/0/title`."""
    result: dict[str, Any] = changed(FULL, edits)
    return result


class Property:
    """A property of the schema and a place in the full definition where it stands."""

    def __init__(self, name: str, path: tuple[str | int, ...], node: dict[str, Any]) -> None:
        self.name = name
        self.path = path
        self.node = node


def properties() -> Iterator[Property]:
    """Every property that the full definition holds, once for each place."""
    yield from _walk(FULL, schema("process"), "process", ())


def property_names() -> set[str]:
    """Every property that the schema knows, as `step.title`."""
    root = schema("process")
    names = {f"process.{key}" for key in root["properties"]}
    for kind, node in root["$defs"].items():
        names |= {f"{kind}.{key}" for key in node.get("properties", {})}
    return names


def _resolved(node: dict[str, Any], kind: str) -> tuple[dict[str, Any], str]:
    while "$ref" in node:
        kind = node["$ref"].rpartition("/")[2]
        node = schema("process")["$defs"][kind]
    return node, kind


def _walk(
    data: Any, node: dict[str, Any], kind: str, path: tuple[str | int, ...]
) -> Iterator[Property]:
    node, kind = _resolved(node, kind)
    if isinstance(data, dict):
        known = node.get("properties", {})
        for key, value in data.items():
            below = known.get(key) or node.get("additionalProperties") or {}
            if key in known:
                yield Property(f"{kind}.{key}", (*path, key), below)
            yield from _walk(value, below, kind, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _walk(value, node.get("items", {}), kind, (*path, index))


def variants(found: Property) -> Iterator[dict[str, Any]]:
    """Sound definitions in which only this property differs: by the examples, or left out.

    Where that is not allowed, the mapping that holds it is another example of its kind.
    """
    node, _ = _resolved(found.node, "")
    values = [*found.node.get("examples", ()), *node.get("examples", ()), *node.get("enum", ())]
    values += [False, GONE]
    sound = 0
    for value in values:
        if value is not GONE and value == _at(found.path):
            continue
        variant = _set(found.path, value)
        if not engines("process")[0](variant):
            sound += 1
            yield variant
    if not sound:
        parent = schema("process")["$defs"][found.name.partition(".")[0]]
        for example in parent["examples"]:
            variant = _set(found.path[:-1], example)
            if example != _at(found.path[:-1]) and not engines("process")[0](variant):
                yield variant


def _at(path: tuple[str | int, ...]) -> Any:
    value: Any = FULL
    for part in path:
        value = value[part]
    return value


def _set(path: tuple[str | int, ...], value: object) -> dict[str, Any]:
    data = copy.deepcopy(FULL)
    place: Any = data
    for part in path[:-1]:
        place = place[part]
    if value is GONE:
        del place[path[-1]]
    else:
        place[path[-1]] = copy.deepcopy(value)
    return data

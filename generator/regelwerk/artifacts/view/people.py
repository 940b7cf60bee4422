"""Who takes part: the roles with what they do, and the RASCI matrix."""

from __future__ import annotations

from typing import Any

from regelwerk.artifacts.view.lookup import Lookup, anchor
from regelwerk.model.process import Step

View = dict[str, Any]

_LETTERS = ("R", "A", "S", "C", "I")


def roles_view(look: Lookup) -> list[View]:
    """Every role that takes part, as named: the participants first, then those of the steps."""
    named = [*look.process.participants]
    for step in look.process.work_steps():
        named += [
            *([step.responsible] if step.responsible else []),
            *([step.accountable] if step.accountable else []),
            *step.supporting,
            *step.consulted,
            *step.informed,
        ]
    if look.process.owner:
        named.append(look.process.owner)
    return [_role(look, id_) for id_ in dict.fromkeys(named)]


def _role(look: Lookup, id_: str) -> View:
    parts = [look.speech.say("role.owner")] if look.process.owner == id_ else []
    for letter in _LETTERS:
        numbers = [
            look.numbers[step.id]
            for step in look.process.work_steps()
            if letter in _entries(look, step, with_owner=False).get(id_, ())
        ]
        if numbers:
            parts.append(look.speech.say(f"role.{letter}", steps=look.some_steps(numbers)))
    return {
        "title": look.role(id_),
        "text": look.role_with_members(id_),
        "part": look.speech.sentence("; ".join(parts) or look.speech.say("role.part")),
    }


def rasci_view(look: Lookup) -> View:
    """The matrix steps × roles with R, A, S, C and I; no role without an entry.

    Accountable is marked only where the definition names somebody: the step or the process owner.
    """
    rows = [(step, _entries(look, step)) for step in look.process.work_steps()]
    roles = list(dict.fromkeys(role for _, entries in rows for role in entries))
    return {
        "roles": look.roles(roles),
        "rows": [
            {
                "number": look.numbers[step.id],
                "title": step.title,
                "anchor": anchor(step.id),
                "cells": [{"text": "/".join(entries.get(role, ()))} for role in roles],
            }
            for step, entries in rows
        ],
        "legend": _legend(
            look, {letter for _, e in rows for all_ in e.values() for letter in all_}
        ),
    }


def _legend(look: Lookup, used: set[str]) -> str:
    """What the letters mean that stand in the matrix."""
    return ", ".join(look.speech.say(f"rasci.{letter}") for letter in _LETTERS if letter in used)


def _entries(look: Lookup, step: Step, *, with_owner: bool = True) -> dict[str, list[str]]:
    entries: dict[str, list[str]] = {}
    accountable = step.accountable or (look.process.owner if with_owner else None)
    for letter, roles in (
        ("R", [step.responsible] if step.responsible else []),
        ("A", [accountable] if accountable else []),
        ("S", step.supporting),
        ("C", step.consulted),
        ("I", step.informed),
    ):
        for role in roles:
            entries.setdefault(role, []).append(letter)
    return entries

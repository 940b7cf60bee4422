"""A case's values for an e-mail, from its record: typed, and said in the mail's language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from regelwerk.artifacts.email.headers import not_for_headers, not_for_texts
from regelwerk.artifacts.email.names import recorded_name
from regelwerk.artifacts.email.recipients import is_address
from regelwerk.artifacts.email.syntax import Name
from regelwerk.artifacts.email.template import EmailTemplate
from regelwerk.artifacts.email.typed import EXPECTED, one_kind_of_line_end, shown_value
from regelwerk.artifacts.email.values import Shown
from regelwerk.artifacts.email.words import email_speech
from regelwerk.artifacts.view.speech import Speech
from regelwerk.diagnostics import Path, Problem
from regelwerk.model.context import BuildContext
from regelwerk.model.moment import day_of, parse_moment, zone_named
from regelwerk.model.organization import Person
from regelwerk.model.process import Field, Step

MISSING, UNFIT = "email/missing-value", "email/unfit-value"


class Recorded(msgspec.Struct, frozen=True, kw_only=True):
    """What a record says that an e-mail can take.

    `places` are where values stand in the record, or would stand, by their full names. `senders`
    did the step. `round` counts how often the step is recorded, from 1. `problems` are only those
    of values that the template takes, `unfit` the names of all that are left out because of one.
    """

    values: Mapping[Name, Shown]
    places: Mapping[Name, Path]
    senders: tuple[Person, ...]
    round: int
    problems: tuple[Problem, ...]
    unfit: frozenset[Name]


def recorded_values(
    context: BuildContext, step: Step, data: Mapping[str, Any], email: EmailTemplate
) -> Recorded:
    """Read the values; of a step that was done several times, those of the last time."""
    reader = _Reader(
        context,
        email_speech(email.language or context.names.language, context.names.translations),
    )
    entries = _entries(data)
    reader.text(("record", "case"), (), data, "case")
    reader.text(("record", "subject"), (), data, "subject")
    reader.started(data)
    at, entry, times = entries.get(step.id, (("steps",), {}, 1))
    reader.people(at, entry)
    reader.option(step, at, entry)
    for one in context.definition.process.work_steps():
        here, its_entry, _ = entries.get(one.id, (("steps",), {}, 1))
        fields = its_entry.get("fields")
        known = fields if isinstance(fields, dict) else {}
        inside: Path = (*here, "fields") if isinstance(fields, dict) else here
        for field in one.fields:
            reader.field(one, field, inside, known)
    wanted = _wanted(step, email)
    reader.faults += list(_unfit_for_mails(step, email, reader))
    faults = [fault for name, fault in reader.faults if name in wanted]
    unfit = frozenset(name for name, _ in reader.faults)
    return Recorded(
        values={name: value for name, value in reader.values.items() if name not in unfit},
        places=reader.places,
        senders=reader.senders,
        round=times,
        problems=tuple(dict.fromkeys(faults)),
        unfit=unfit,
    )


def _entries(data: Mapping[str, Any]) -> dict[str, tuple[Path, dict[str, Any], int]]:
    """The last entry of each step: its path, itself, and the how-manieth it is."""
    found: dict[str, tuple[Path, dict[str, Any], int]] = {}
    steps = data.get("steps")
    for index, entry in enumerate(steps if isinstance(steps, list) else ()):
        if isinstance(entry, dict) and isinstance(entry.get("step"), str):
            _, _, before = found.get(entry["step"], ((), {}, 0))
            found[entry["step"]] = (("steps", index), entry, before + 1)
    return found


def _wanted(step: Step, email: EmailTemplate) -> set[Name]:
    names = {_full(used.name, step) for used in email.used}
    return names | {("steps", field.step, "fields", field.field) for field, _ in email.fields}


def _full(name: Name, step: Step) -> Name:
    field = recorded_name(name, step.id)
    return ("steps", field[0], "fields", field[1]) if field is not None else name


def _unfit_for_mails(
    step: Step, email: EmailTemplate, reader: _Reader
) -> Iterator[tuple[Name, Problem]]:
    """Control characters, line breaks where a header begins, and what is no address."""
    title = email.meeting.title.references if email.meeting is not None else ()
    heads = {_full(reference.name, step) for reference in (*email.subject.references, *title)}
    addresses = {
        ("steps", recipient.step, "fields", recipient.id)
        for recipient in (*email.to, *email.cc)
        if recipient.kind == "field"
    }
    for name in sorted(_wanted(step, email)):
        value = reader.values.get(name)
        if value is None:
            continue
        if name in addresses and not is_address(value.text.strip(" ")):
            message = f"{value.text[:80]!r} is not an e-mail address"
            yield name, reader.problem(name, message, "write one address: name@example.com")
            continue
        in_head = name in heads
        place = (not_for_headers if in_head else not_for_texts)(value.text)
        if place is not None:
            sign = f"U+{ord(value.text[place]):04X}"
            what = "a subject or title" if in_head else "an e-mail"
            message = f"the value holds {sign}, which {what} cannot carry"
            hint = "remove the line break or control character from the value"
            yield name, reader.problem(name, message, hint)


class _Reader:
    """Reads values one by one; holds what was found so far."""

    def __init__(self, context: BuildContext, speech: Speech) -> None:
        self._context = context
        self._speech = speech
        self.values: dict[Name, Shown] = {}
        self.places: dict[Name, Path] = {}
        self.faults: list[tuple[Name, Problem]] = []
        self.senders: tuple[Person, ...] = ()

    def problem(self, name: Name, message: str, hint: str = "") -> Problem:
        return Problem(UNFIT, self.places[name], message, hint)

    def _unfit(self, name: Name, message: str, hint: str = "") -> None:
        self.faults.append((name, self.problem(name, message, hint)))

    def _there(self, name: Name, at: Path, holder: Mapping[str, Any], key: str) -> object:
        """The value at a key, None where it is empty; notes its place."""
        value = holder.get(key)
        if value is None or (isinstance(value, str) and not value.strip()):
            self.places[name] = (*at, key) if key in holder else at
            return None
        self.places[name] = (*at, key)
        return value

    def text(self, name: Name, at: Path, holder: Mapping[str, Any], key: str) -> None:
        value = self._there(name, at, holder, key)
        if isinstance(value, str):
            self.values[name] = Shown(one_kind_of_line_end(value), value)
        elif value is not None:
            self._unfit(name, f"`{key}` is a text", "put it in quotes")

    def started(self, data: Mapping[str, Any]) -> None:
        name = ("record", "started")
        value = self._there(name, (), data, "started")
        moment = parse_moment(value)
        if moment is not None:
            zone = zone_named(self._context.project.organization.timezone)
            self.values[name] = Shown(self._speech.day(day_of(moment, zone)), str(value))
        elif value is not None:
            self._unfit(name, "`started` is no day", "for example 2026-05-12")

    def people(self, at: Path, entry: Mapping[str, Any]) -> None:
        name = ("record", "by")
        value = self._there(name, at, entry, "by")
        known = self._context.project.people
        senders = []
        for one in value if isinstance(value, list) else [] if value is None else [value]:
            person = known.get(one) if isinstance(one, str) else None
            if person is None:
                self._unfit(name, f"{str(one)[:60]!r} is nobody of people.yaml")
                return
            senders.append(person)
        self.senders = tuple(senders)
        if senders:
            names = [self._context.names.person(person.id) for person in senders]
            ids = " ".join(person.id for person in senders)
            self.values[name] = Shown(self._speech.listing(names), ids)

    def option(self, step: Step, at: Path, entry: Mapping[str, Any]) -> None:
        name = ("record", "option")
        value = self._there(name, at, entry, "option")
        chosen = step.decision.option(value) if step.decision is not None else None
        if chosen is not None:
            self.values[name] = Shown(chosen.label, chosen.id)
        elif value is not None and step.decision is not None:
            options = ", ".join(f"`{option.id}`" for option in step.decision.options)
            self._unfit(
                name, f"{str(value)[:60]!r} is no option of `{step.id}`", f"one of {options}"
            )

    def field(self, step: Step, field: Field, at: Path, fields: Mapping[str, Any]) -> None:
        name = ("steps", step.id, "fields", field.id)
        value = self._there(name, at, fields, field.id)
        if value is None:
            return
        shown = shown_value(field, value, self._speech)
        if shown is not None:
            self.values[name] = shown
        else:
            known = ", ".join(f"`{option}`" for option in field.options)
            self._unfit(
                name,
                f"“{field.label}” is {EXPECTED[field.type]}, not {str(value)[:40]!r}",
                f"one of {known}" if known else "",
            )

"""Values of single keys as a reader knows them, each in the words of its own version."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from regelwerk.artifacts.view.figures import kpi_view
from regelwerk.artifacts.view.lookup import Lookup
from regelwerk.artifacts.view.markdown import plain
from regelwerk.artifacts.view.speech import words_of
from regelwerk.model.difference import Change
from regelwerk.model.process import Calls, Decision, Due, Kpi, Target

_ROLES = ("responsible", "accountable", "owner")
_ROLE_LISTS = ("supporting", "consulted", "informed", "participants")
_MARKDOWN = ("purpose", "scope", "change", "text", "instructions")


def value_words(look: Lookup, change: Change, value: Any) -> str:  # noqa: ANN401
    """A value in words; the field and its place say what kind of value it is."""
    field = change.field
    if isinstance(value, tuple):
        return look.speech.listing(list_words(look, change, value))
    if change.place.part == "kpi" and field != "title":
        return _figure(look, change, value)
    known = _KNOWN.get(field) or _BY_TYPE.get(type(value))
    return known(look, change, value) if known is not None else _text(field, value)


def list_words(look: Lookup, change: Change, values: Any) -> list[str]:  # noqa: ANN401
    """The entries of a list in words; none where there is no list."""
    field = change.field
    if not values:
        return []
    if field == "clauses":
        return [
            f"{standard} {clause}".strip() for standard in values for clause in values[standard]
        ]
    if field in _ROLE_LISTS:
        return look.roles(values)
    if field in ("inputs", "outputs"):
        return look.documents(values)
    if field == "resources":
        return [look.resource(id_) for id_ in values]
    if field == "not_same_person_as":
        return [look.step(id_) for id_ in values]
    if field == "was":
        return [words_of(id_) for id_ in values]
    return [plain(text) if field in _MARKDOWN else text for text in values]


def way_words(look: Lookup, target: Target) -> str:
    """Where a way leads: a step, an end, or the joining of the branches."""
    if target.join:
        return look.speech.say("goal.join")
    if target.end is not None:
        return look.speech.say("goal.end", event=look.end(target.end))
    return look.step(target.step or "")


def _text(field: str, value: object) -> str:
    text = value if isinstance(value, str) else str(value)
    return plain(text) if field in _MARKDOWN else text


def _figure(look: Lookup, change: Change, value: object) -> str:
    kpi = next((kpi for kpi in look.process.kpis if kpi.id == change.place.id), None)
    if change.field == "aggregate":
        return look.speech.say(f"aggregate.said.{value}")
    if kpi is None:
        return _text(change.field, value)
    return str(kpi_view(look, kpi)[change.field]) or _text(change.field, value)


def target_words(look: Lookup, kpi: Kpi) -> str:
    """`at least 95 %, each quarter`, as far as the key figure says it."""
    return str(kpi_view(look, kpi)["goal"])


def _role(look: Lookup, _change: Change, value: Any) -> str:  # noqa: ANN401
    return look.role(str(value))


def _id(_look: Lookup, _change: Change, value: Any) -> str:  # noqa: ANN401
    return words_of(str(value))


def _span(look: Lookup, _change: Change, value: Any) -> str:  # noqa: ANN401
    return look.speech.span(str(value))


def _category(look: Lookup, _change: Change, value: Any) -> str:  # noqa: ANN401
    return look.speech.say(f"category.{value}")


def _kind(look: Lookup, change: Change, value: Any) -> str:  # noqa: ANN401
    return look.speech.say(f"{change.place.part}.{value}")


def _type(look: Lookup, _change: Change, value: Any) -> str:  # noqa: ANN401
    return look.speech.say(f"field.{value}")


def _place(look: Lookup, _change: Change, value: Any) -> str:  # noqa: ANN401
    return look.speech.say(f"place.{value}")


def _party(look: Lookup, _change: Change, value: Any) -> str:  # noqa: ANN401
    return look.party(str(value))


def _called(look: Lookup, _change: Change, value: Any) -> str:  # noqa: ANN401
    return look.called_process(str(value))


def _repeats(look: Lookup, _change: Change, value: Any) -> str:  # noqa: ANN401
    return look.speech.count("times", int(value))


def _register(look: Lookup, _change: Change, value: Any) -> str:  # noqa: ANN401
    entry = look.context.project.register.get(str(value))
    return entry.title if entry is not None else words_of(str(value))


def _due(look: Lookup, _change: Change, value: Due) -> str:
    span = look.speech.span(value.within)
    return look.speech.say("due", span=span, moment=look.moment_of(value.after))


def _target(look: Lookup, _change: Change, value: Target) -> str:
    return way_words(look, value)


def _decision(look: Lookup, _change: Change, value: Decision) -> str:
    ways = [
        look.speech.say("goal.option", label=option.label, way=way_words(look, option.next))
        for option in value.options
    ]
    return " ".join(part for part in (value.question, "; ".join(ways)) if part)


def _calls(look: Lookup, _change: Change, value: Calls) -> str:
    process = look.called_process(value.process)
    ways = [
        look.speech.say(
            "goal.option", label=look.outcome(value.process, end), way=way_words(look, target)
        )
        for end, target in value.outcomes.items()
    ]
    if not ways:
        return process
    return look.speech.say("calls.to", process=process, outcomes="; ".join(ways))


def _day(look: Lookup, _change: Change, value: date) -> str:
    return look.speech.day(value)


_Words = Callable[[Lookup, Change, Any], str]

_KNOWN: Mapping[str, _Words] = {
    **dict.fromkeys(_ROLES, _role),
    "approval": _id,
    "email": _id,
    "id": _id,
    "category": _category,
    "retention": _span,
    "review_every": _span,
    "kind": _kind,
    "type": _type,
    "place": _place,
    "party": _party,
    "calls.process": _called,
    "max_repeats": _repeats,
    "register": _register,
}
_BY_TYPE: Mapping[type, _Words] = {
    Due: _due,
    Target: _target,
    Decision: _decision,
    Calls: _calls,
    date: _day,
}

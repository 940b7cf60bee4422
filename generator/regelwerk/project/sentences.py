"""Turn schema violations into findings that a person who writes YAML understands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from regelwerk.diagnostics import Path, Problem, did_you_mean
from regelwerk.project.faults import short
from regelwerk.project.schema_spot import Spot, spot_of
from regelwerk.project.value_words import as_typed, wrong_type, wrong_value
from regelwerk.project.violation import Violation

_MOST_UNKNOWN = 200
_UNKNOWN = ("additionalProperties", "unevaluatedProperties")
# Of several violations of one value, the first of these says it best.
_ORDER = ("type", "const", "enum", "format", "pattern", "propertyNames")

# A key that is not needed beside another, which may be there misspelled.
_FREED_BY = {"responsible": "parallel"}


def problems_of(
    violations: Iterable[Violation],
    data: Any,  # noqa: ANN401
    schema: dict[str, Any],
) -> list[Problem]:
    """One finding a cause."""
    spots = [(violation, spot_of(violation, schema)) for violation in violations]
    spots.sort(key=lambda pair: _rank(pair[0]))
    meant = _keys_meant(spots, data)
    found: dict[tuple[str, Path], Problem] = {}
    for violation, spot in spots:
        for problem in _problems(violation, spot, data, meant):
            same = problem.message if problem.code == "schema/missing-key" else problem.code
            found.setdefault((same, problem.path), problem)
    forbidden = {violation.path for violation, _ in spots if violation.keyword == "falseSchema"}
    mistyped = {problem.path for problem in found.values() if problem.code == "schema/type"}
    return [
        problem
        for problem in found.values()
        if not (problem.code == "schema/value" and problem.path in mistyped)
        and not _inside(problem, forbidden)
    ]


def _rank(violation: Violation) -> int:
    return _ORDER.index(violation.keyword) if violation.keyword in _ORDER else len(_ORDER)


def _inside(problem: Problem, forbidden: set[Path]) -> bool:
    """Whether it is about something that should not be there in the first place."""
    above = (problem.path[:length] for length in range(len(problem.path)))
    beside = problem.path in forbidden and problem.code != "schema/unknown-key"
    return beside or any(path in forbidden for path in above)


def _keys_meant(
    spots: list[tuple[Violation, Spot]],
    data: Any,  # noqa: ANN401
) -> dict[Path, str]:
    """For unknown keys that are near a key that is free: the path of that key, and its name."""
    meant = {}
    for violation, spot in spots:
        if violation.keyword in _UNKNOWN:
            mapping = _value(data, violation.path)
            for name in violation.found:
                near = _nearest(name, _hints(violation, spot))
                if near and isinstance(mapping, dict) and near not in mapping:
                    meant[(*violation.path, near)] = name
    return meant


def _problems(
    violation: Violation,
    spot: Spot,
    data: Any,  # noqa: ANN401
    meant: Mapping[Path, str],
) -> list[Problem]:
    path, keyword = violation.path, violation.keyword
    if keyword in _UNKNOWN:
        mapping = _value(data, path)
        return [
            Problem(
                "schema/unknown-key",
                (*path, name),
                f"unknown key `{short(name)}`",
                _key_hint(
                    name, _hints(violation, spot), mapping if isinstance(mapping, dict) else {}
                ),
            )
            for name in violation.found
        ]
    if keyword == "required":
        return [
            Problem(
                "schema/missing-key",
                path,
                f"`{name}` is missing",
                spot.description if spot.conditional else _add(name, spot),
            )
            for name in violation.found
            if (*path, name) not in meant  # the misspelled key is reported already
            and (*path, _FREED_BY.get(name, name)) not in meant
        ]
    if keyword == "falseSchema":
        message = f"`{path[-1] if path else ''}` does not belong here"
        return [Problem("schema/unknown-key", path, message, spot.description or "remove it")]
    if keyword == "propertyNames":
        name = violation.found[0]
        named = Violation("pattern", (*path, name), None, (), violation.schema_path)
        return [wrong_value(named, name, spot)]
    value = _value(data, path)
    say = wrong_type if keyword == "type" else wrong_value
    return [say(violation, value, spot)]


def _add(name: str, spot: Spot) -> str:
    """What to type for a missing key, with the schema's example of it."""
    wanted = spot.node.get("properties", {}).get(name, {})
    example = as_typed(name, next(iter(wanted.get("examples", ())), None))
    return f"add `{name}:`, such as {example}" if example else f"add `{name}:`"


def _hints(violation: Violation, spot: Spot) -> list[str]:
    """The keys that an unknown one may have been meant as; none where hundreds are unknown."""
    return spot.keys if len(violation.found) <= _MOST_UNKNOWN else []


def _nearest(name: str, known: list[str]) -> str:
    hint = did_you_mean(name, known)
    return next((key for key in known if f"`{key}`" in hint), "")


def _key_hint(name: str, known: list[str], mapping: Mapping[str, Any]) -> str:
    if name == "<<":
        return "merge keys are not part of YAML 1.2; write the values out"
    near = _nearest(name, known)
    if near and near in mapping:
        return f"`{near}` is there already; remove this key"
    if near:
        return f"did you mean `{near}`?"
    if known and len(known) <= 12:
        return "known here: " + ", ".join(f"`{key}`" for key in known)
    return "remove it, or let a key of your own begin with `x-`"


def _value(data: Any, path: Path) -> Any:  # noqa: ANN401
    for part in path:
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            return None
    return data

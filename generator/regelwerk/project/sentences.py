"""Turn schema violations into findings that a person who writes YAML understands."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from regelwerk.diagnostics import Path, Problem, did_you_mean
from regelwerk.project.violation import Violation

_TYPE_WORDS = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "object": "a mapping (`key: value`)",
    "array": "a list (`- item`)",
    "null": "nothing",
}
_SHAPES = {
    "date": ("a real date such as 2026-05-12", ""),
    "moment": ("a date, or a date-time with offset", "for example 2026-05-12T10:15:00+02:00"),
    "span": ("a duration", "for example P5D, P1Y, PT4H, or P5BD for business days"),
}


def problems_of(
    violations: Iterable[Violation],
    data: Any,  # noqa: ANN401
    schema: dict[str, Any],
) -> list[Problem]:
    """One finding a cause, in the order of the file's paths."""
    violations = list(violations)
    unknown = {
        (violation.path, name): _known_keys(schema, violation)
        for violation in violations
        for name in violation.found
        if violation.keyword in ("additionalProperties", "unevaluatedProperties")
    }
    found: dict[tuple[str, Path], Problem] = {}
    for violation in violations:
        for problem in _problems(violation, data, unknown):
            same = problem.message if problem.code == "schema/missing-key" else problem.code
            found.setdefault((same, problem.path), problem)
    wrong_type = {problem.path for problem in found.values() if problem.code == "schema/type"}
    return [
        problem
        for problem in found.values()
        if not (problem.code == "schema/value" and problem.path in wrong_type)
    ]


def _problems(
    violation: Violation,
    data: Any,  # noqa: ANN401
    unknown: dict[tuple[Path, str], list[str]],
) -> list[Problem]:
    path, keyword = violation.path, violation.keyword
    if keyword in ("additionalProperties", "unevaluatedProperties"):
        return [
            Problem(
                "schema/unknown-key",
                (*path, name),
                f"unknown key `{_short(name)}`",
                _key_hint(name, unknown[path, name], _value(data, path)),
            )
            for name in violation.found
        ]
    if keyword == "required":
        return _missing(violation, unknown)
    if keyword == "falseSchema":
        name = path[-1] if path else ""
        return [
            Problem(
                "schema/unknown-key",
                path,
                f"`{name}` does not belong here",
                _why_not(path, _value(data, path[:-1])),
            )
        ]
    if keyword == "propertyNames":
        name = violation.found[0]
        return [
            Problem(
                "schema/value", (*path, name), f"`{_short(name)}` cannot be used as an id", _ID_HINT
            )
        ]
    value = _value(data, path)
    if keyword == "type":
        return [_wrong_type(violation, value)]
    return [_wrong_value(violation, value)]


_ID_HINT = "lower-case letters, digits and `-`, beginning with a letter"


def _missing(violation: Violation, unknown: dict[tuple[Path, str], list[str]]) -> list[Problem]:
    name = violation.found[0]
    here = [other for (path, other) in unknown if path == violation.path]
    if did_you_mean(name, here):
        return []  # the unknown key that was meant is reported already
    return [Problem("schema/missing-key", violation.path, f"`{name}` is missing", f"add `{name}:`")]


def _key_hint(name: str, known: list[str], mapping: Any) -> str:  # noqa: ANN401
    taken = mapping if isinstance(mapping, dict) else {}
    free = [key for key in known if key not in taken]
    hint = did_you_mean(name, free)
    if hint:
        return hint
    if name == "<<":
        return "merge keys are not part of YAML 1.2; write the values out"
    if known and len(known) <= 12:
        return "known here: " + ", ".join(f"`{key}`" for key in known)
    return "remove it, or let a key of your own begin with `x-`"


def _why_not(path: Path, mapping: Any) -> str:  # noqa: ANN401
    beside = mapping if isinstance(mapping, dict) else {}
    for other in ("decision", "parallel", "calls"):
        if other in beside and path and path[-1] != other:
            return f"a step with `{other}` has no `{path[-1]}`"
    if "status" in beside:
        return f"not with `status: {beside['status']}`"
    return "remove it"


def _wrong_type(violation: Violation, value: Any) -> Problem:  # noqa: ANN401
    wanted = " or ".join(_TYPE_WORDS.get(str(name), str(name)) for name in violation.limit)
    hint = ""
    if violation.path and violation.path[-1] == "version" and isinstance(value, float | int):
        hint = 'quote it: `version: "1.10"` is another version than 1.1'
    elif not violation.path and value is None:
        return Problem("schema/type", (), f"the file is empty; expected {wanted}")
    elif "string" in violation.limit and isinstance(value, bool | float | int):
        hint = "put it in quotes if it is meant as text"
    return Problem(
        "schema/type", violation.path, f"expected {wanted}, found {_describe(value)}", hint
    )


def _wrong_value(violation: Violation, value: Any) -> Problem:  # noqa: ANN401
    keyword, limit = violation.keyword, violation.limit
    name = f"`{_short(value)}`" if isinstance(value, str | int | float) else "the value"
    message, hint = f"{name} is not allowed here", ""
    if keyword == "enum":
        words = [str(word) for word in limit]
        hint = did_you_mean(str(value), words) or "one of " + ", ".join(
            f"`{word}`" for word in words
        )
    elif keyword == "const":
        hint = f"only `{limit}`"
    elif value in ("", [], {}) or (isinstance(value, str) and not value.strip()):
        message, hint = "must not be empty", "fill it in, or remove the key"
    elif keyword == "format":
        wanted, hint = _SHAPES.get(str(limit), (f"of the form {limit}", ""))
        message = f"{name} is not {wanted}"
    elif keyword == "pattern":
        message, hint = _wrong_pattern(violation, name)
    elif keyword in ("maxLength", "maxItems", "maxProperties"):
        message = f"longer than the {limit} that are allowed"
    elif keyword in ("minLength", "minItems", "minProperties"):
        message = f"shorter than the {limit} that are needed"
    elif keyword in ("minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum"):
        word = {"minimum": "at least", "maximum": "at most"}.get(keyword)
        message = f"{name} is out of range: {word or 'beyond'} {limit}"
    elif keyword == "uniqueItems":
        message, hint = "the list holds the same item twice", "remove one of the two"
    return Problem("schema/value", violation.path, message, hint)


def _wrong_pattern(violation: Violation, name: str) -> tuple[str, str]:
    pattern = str(violation.limit)
    if "sha256" in pattern or "a-f" in pattern:
        return f"{name} is not a SHA-256 in hexadecimal", "64 characters 0–9 and a–f"
    if violation.path and violation.path[-1] == "version":
        return f"{name} is not a version", 'MAJOR.MINOR without leading zeros, in quotes: "1.3"'
    if "BD" in pattern:
        return f"{name} is not a duration", _SHAPES["span"][1]
    if "[0-9]{4}-" in pattern:
        shape = "moment" if "T" in pattern else "date"
        return f"{name} is not {_SHAPES[shape][0]}", _SHAPES[shape][1]
    if "[a-z]" in pattern:
        return f"{name} cannot be used as an id", _ID_HINT
    return f"{name} does not have the expected form", ""


def _describe(value: Any) -> str:  # noqa: ANN401
    if value is None:
        return "no value"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, int | float):
        return f"the number `{value}`"
    if isinstance(value, str):
        return f"the text `{_short(value)}`"
    return "a list" if isinstance(value, list) else "a mapping"


def _short(value: Any) -> str:  # noqa: ANN401
    text = str(value).replace("\n", " ")
    return text if len(text) <= 40 else text[:39] + "…"


def _value(data: Any, path: Path) -> Any:  # noqa: ANN401
    for part in path:
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            return None
    return data


def _known_keys(schema: dict[str, Any], violation: Violation) -> list[str]:
    """The keys that the schema knows where the violation is, by walking its own path."""
    node: Any = schema
    for part in violation.schema_path[:-1]:
        if part == "$ref" and isinstance(node, dict):
            node = _follow(schema, str(node.get("$ref", "")))
        elif isinstance(node, dict) and part in node:
            node = node[part]
        elif isinstance(node, list) and isinstance(part, int) and part < len(node):
            node = node[part]
        else:
            return []
    return list(node.get("properties", {})) if isinstance(node, dict) else []


def _follow(schema: dict[str, Any], reference: str) -> Any:  # noqa: ANN401
    node: Any = schema
    for part in reference.removeprefix("#").strip("/").split("/"):
        node = node.get(part.replace("~1", "/").replace("~0", "~"), {}) if part else node
    return node

"""Plain scalars by the YAML 1.2 core schema: dates, `yes` and `10:30` are text."""

from __future__ import annotations

import re

from regelwerk.diagnostics import Path, Problem
from regelwerk.project.limits import MAX_SAFE_INTEGER

_CONSTANTS: dict[str, bool | None] = {
    "": None,
    "~": None,
    "null": None,
    "Null": None,
    "NULL": None,
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}
_NUMBER_START = frozenset("0123456789+-.")
_INTEGER = re.compile(r"[-+]?[0-9]+")
_BASED = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_LONGEST_NUMBER = 400


class UnusableNumberError(ValueError):
    """A number that JSON cannot carry: not finite, or an integer that programs would round."""


def plain_value(text: str) -> str | int | float | bool | None:
    """The value of an unquoted scalar; raises UnusableNumberError with a sentence."""
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if text[0] not in _NUMBER_START:
        return text
    if _INTEGER.fullmatch(text):
        return _integer(text, 10)
    if _BASED.fullmatch(text):
        return _integer(text, 0)
    if _NOT_FINITE.fullmatch(text):
        raise UnusableNumberError(f"`{text}` is not a finite number")
    if _FLOAT.fullmatch(text):
        return finite(text)
    return text


def finite(text: str) -> float:
    """A decimal number that a float can hold."""
    value = float(text) if len(text) <= _LONGEST_NUMBER else float("inf")
    if value in (float("inf"), float("-inf")):
        raise UnusableNumberError(f"the number `{text[:20]}…` is too large")
    return value


def _integer(text: str, base: int) -> int:
    value = int(text, base) if len(text) <= _LONGEST_NUMBER else MAX_SAFE_INTEGER + 1
    if abs(value) > MAX_SAFE_INTEGER:
        raise UnusableNumberError(
            f"the number `{text[:20]}` is beyond ±(2^53−1), where programs begin to round"
        )
    return value


def integer(text: str) -> int:
    """A decimal integer within ±(2^53−1)."""
    return _integer(text, 10)


_CONTROL = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f\\ud800-\\udfff\\ufffe\\uffff]")


def without_control_characters(text: str, path: Path) -> tuple[str, tuple[Problem, ...]]:
    """The text with U+FFFD for what no document can carry (XML 1.0, 2.2), and the finding."""
    match = _CONTROL.search(text)
    if match is None:
        return text, ()
    message = f"the text holds the control character U+{ord(match[0]):04X}"
    problem = Problem("schema/value", path, message, "remove it")
    return _CONTROL.sub("\ufffd", text), (problem,)

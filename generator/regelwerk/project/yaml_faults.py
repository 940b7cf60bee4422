"""Why a text is not YAML, in words and with a place; libyaml's own words are for programmers."""

from __future__ import annotations

import re
from typing import Any

import yaml

from regelwerk.diagnostics import Problem
from regelwerk.project.faults import too_deep
from regelwerk.project.tree import Place

# What libyaml refuses to read (YAML 1.2.2, 5.1, c-printable).
_UNPRINTABLE = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x84\\x86-\\x9f\ufffe\uffff]")
_PROLOG = re.compile(r"(?:[ \t]*(?:#[^\n]*)?\n)*+(%[^\n]*)")
_MAX_PERCENT_LINES = 50
# What libyaml says, for people who write processes.
_WORDS = {
    "mapping values are not allowed": "a `: ` where no key can be",
    "found a tab character": "a tab in the indentation",
    "expected '-' indicator": "this line does not continue the list above it",
    "did not find expected key": "a key is expected here, and this is none",
    "could not find expected ':'": "something in the line above is no `key: value`",
    "unexpected end of stream": "a quotation mark is never closed",
    "expected ',' or": "a bracket is not closed, or a comma is missing",
}
_NO_SPACE = re.compile(
    r" *+(?:(?P<hyphen>-)[A-Za-z][\w-]*+:(?: |\Z)|(?:- +)?+[a-z][\w-]*+:[^\s:/])"
)
_OPENS_QUOTE = re.compile(r' *+(?:- +)?+(?:[\w-]++: +)?+"[^"]*+\Z')
_CLOSES_QUOTE = re.compile(r'[^"]*+"[ ,}\]]*+(?:#.*+)?\Z')


def syntax_problem(error: yaml.YAMLError, text: str) -> Problem:
    """The finding for an error of the parser."""
    mark: Any = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    reason = str(getattr(error, "problem", None) or getattr(error, "reason", None) or "not YAML")
    if mark is None:
        return _unprintable(text, reason)
    line, column = mark.line + 1, mark.column + 1
    if "nesting depth" in reason:
        return too_deep((line, column))
    lines = text.split("\n")
    said = next((words for phrase, words in _WORDS.items() if phrase in reason), reason)
    hint = _hint(lines, line, column, reason)
    return Problem("yaml/syntax", (), f"not valid YAML: {said}", hint, line, column)


def directive_problem(text: str) -> Problem | None:
    """A directive other than `%YAML 1.2`: it would change what the file means, or slow it down."""
    match = _PROLOG.match(text)
    if match is not None and match[1].split() != ["%YAML", "1.2"]:
        line = text.count("\n", 0, match.start(1)) + 1
        message = f"the directive `{match[1][:40].strip()}` is not allowed"
        hint = "remove the line; files are read as YAML 1.2"
        return Problem("yaml/syntax", (), message, hint, line, 1)
    if text.count("\n%") > _MAX_PERCENT_LINES:
        message = f"more than {_MAX_PERCENT_LINES} lines begin with `%`"
        return Problem("yaml/too-large", (), message, "indent or remove them")
    return None


def _unprintable(text: str, reason: str) -> Problem:
    match = _UNPRINTABLE.search(text)
    if match is None:
        return Problem("yaml/syntax", (), f"not valid YAML: {reason}", line=1, column=1)
    line, column = _place_of(text, match.start())
    message = f"the file holds the control character U+{ord(match[0]):04X}"
    return Problem("yaml/syntax", (), message, "remove it", line, column)


def _place_of(text: str, index: int) -> Place:
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)


def _hint(lines: list[str], line: int, column: int, reason: str) -> str:
    source = lines[line - 1] if line <= len(lines) else ""
    indentation = source[: len(source) - len(source.lstrip())]
    if "\t" in indentation or source[column - 1 : column] == "\t":
        return "indent with spaces; YAML does not allow tabs there"
    if (slip := _missing_space(lines, line) or _open_quote(lines, line)) != "":
        return slip
    if "mapping values are not allowed" in reason:
        return (
            "put the text in quotes if it holds `: `; otherwise indent the line like its neighbours"
        )
    if "cannot start any token" in reason:
        return f"a text cannot begin with `{source[column - 1 : column]}`; put it in quotes"
    if "escape" in reason:
        return "in double quotes `\\` begins an escape; write `\\\\`, or use single quotes"
    return "check indentation, quotes and brackets in this line and the one above"


def _missing_space(lines: list[str], line: int) -> str:
    """A hyphen or colon without the space that belongs behind it, here or in the line above."""
    for number in (line, line - 1):
        match = _NO_SPACE.match(lines[number - 1]) if 0 < number <= len(lines) else None
        if match is not None:
            sign = "hyphen" if match["hyphen"] else "colon"
            return f"put a space after the {sign} in line {number}"
    return ""


def _open_quote(lines: list[str], line: int) -> str:
    """A text that begins with a quotation mark, and ends only where another text begins."""
    opened = 0
    for number, source in enumerate(lines[:line], 1):
        if '"' not in source:
            continue
        if opened and not _CLOSES_QUOTE.match(source):
            break
        opened = number if not opened and _OPENS_QUOTE.match(source) else 0
    return f"the quotation mark in line {opened} is not closed there" if opened else ""

"""A record that the web form has made, or a part of one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import msgspec

from regelwerk.intake.note import IntakeError, Note

_CASE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_NOT_TAKEN = ("source", "deviations", "x-status")


class WebRecord(msgspec.Struct, frozen=True, kw_only=True):
    """What a web record says of itself, its data without that, and which time each step is."""

    process: str
    version: str
    digest: str
    data: dict[str, Any]
    rounds: tuple[tuple[str, int], ...]


def read_web(data: object) -> WebRecord:
    """Take a record apart; an IntakeError where it is none.

    Where it came from and what was accepted is not the form's to say and is left out.
    """
    if not isinstance(data, Mapping) or not _is_text(data.get("process")):
        raise IntakeError(Note(word="foreign", message="the file is no record of a case"))
    if data.get("x-status") == "DRAFT":
        message = "the form was made from a draft, by which nobody works"
        raise IntakeError(Note(word="unknown-version", message=message))
    if not _is_text(data.get("version")):
        raise IntakeError(Note(word="foreign", message="the record does not name its version"))
    steps = data.get("steps", [])
    if not isinstance(steps, list) or not all(
        isinstance(step, dict) and _is_text(step.get("step")) for step in steps
    ):
        raise IntakeError(
            Note(word="invalid", place="$.steps", message="`steps` is no list of steps")
        )
    case = data.get("case")
    if not isinstance(case, str) or _CASE.fullmatch(case) is None:
        message = "the case has no id" if case is None else f"`{str(case)[:40]}` is no case's id"
        raise IntakeError(Note(word="invalid", place="$.case", message=message))
    counts: dict[str, int] = {}
    rounds = []
    for step in steps:
        counts[step["step"]] = counts.get(step["step"], 0) + 1
        rounds.append((step["step"], counts[step["step"]]))
    source = data.get("source")
    digest = source.get("x-definition") if isinstance(source, dict) else None
    return WebRecord(
        process=data["process"],
        version=data["version"],
        digest=digest if isinstance(digest, str) else "",
        data={
            key: value
            for key, value in {**data, "steps": steps}.items()
            if key not in _NOT_TAKEN and value is not None
        },
        rounds=tuple(rounds),
    )


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())

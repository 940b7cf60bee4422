"""The text of a record: a new one, or a known one with a few places changed."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from regelwerk.diagnostics import Path
from regelwerk.intake.merge import Change, Data
from regelwerk.intake.yaml_edit import EditError, YamlText
from regelwerk.intake.yaml_text import block, moment_or_scalar


def new_text(data: Mapping[str, Any], title: str, schema: str | None) -> str:
    """A record that did not exist; `schema` is the path of its schema from the file."""
    lines = [f"# yaml-language-server: $schema={schema}"] if schema is not None else []
    lines.append(f"# {' '.join(title.split())}, version {data['version']}")
    lines += block({key: value for key, value in data.items() if key != "steps"})
    steps = data.get("steps")
    lines += block({"steps": steps}) if steps else ["steps: []"]
    return "\n".join(lines) + "\n"


def changed_text(text: str, changes: Sequence[Change], source: Data) -> str | None:
    """The text with the changes and the source; None where they cannot be made by text alone.

    Nothing else is touched. The caller reads the result and compares it with what was wanted.
    """
    try:
        edited = YamlText(text)
        before = sorted(edited.comments())
        for change in changes:
            if change.kind != "conflict":
                _apply(edited, change.path, change.new)
        edited.put(("source",), source)
        kept = sorted(edited.comments()) == before
    except (EditError, ValueError, IndexError):
        return None
    return edited.text if kept else None


def _apply(edited: YamlText, path: Path, value: object) -> None:
    if path[-1:] and isinstance(path[-1], int):
        edited.insert(path[:-1], path[-1], value)
    else:
        edited.put(path, value)


def json_text(data: Mapping[str, Any], *, line: bool) -> str:
    """A record as JSON: on one line, or as a file of its own."""
    return json.dumps(data, ensure_ascii=False, indent=None if line else 2) + "\n"


def shown(path: Path, value: object) -> str:
    """A value for a report, on one line and not too long."""
    key = str(path[-1]) if path else ""
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        value = ", ".join(value)
    elif isinstance(value, dict) and len(value) == 1:
        value = next(iter(value.values()))
    text = value if isinstance(value, str) else moment_or_scalar(key, value)
    text = " ".join(text.split())
    return text if len(text) <= 60 else f"{text[:59]}…"

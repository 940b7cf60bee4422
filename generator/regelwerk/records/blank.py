"""The record of a new case: the head filled in, every step named in comments, nothing answered."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date

from regelwerk.model.process import Branch, Field, Process, Step

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
_RESERVED = frozenset({"null", "true", "false"})


def blank_record(
    process: Process,
    version: str,
    case: str,
    started: date,
    *,
    schema: str | None = None,
    subject: str | None = None,
) -> str:
    """The YAML of an open case without steps; `schema` is the path of its schema from the file."""
    lines = [f"# yaml-language-server: $schema={schema}"] if schema is not None else []
    lines += [
        f"# {_line(process.title)}, version {version}",
        f"process: {_scalar(process.id)}",
        f"version: {json.dumps(version)}",
        f"case: {_scalar(case)}",
    ]
    if subject:
        lines.append(f"subject: {json.dumps(_line(subject), ensure_ascii=False)}")
    else:
        lines.append("# subject:                # what or whom the case is about")
    lines += [
        "status: open              # open, on-hold, closed or cancelled",
        f"started: {started.isoformat()}       # the day on which the case began",
        "# When it is closed:",
        "# closed:                 # the day",
        f"# end:                    # {_ends(process)}",
        "# When it is cancelled:",
        "# cancelled: {on: , by: , reason: }",
    ]
    lines += _documents("", [use.document for use in process.inputs], process, "inputs")
    lines += [
        "# Write down each step when it is done, in the order in which the steps are done:",
        "# put `steps:` in place of `steps: []`, take over the step from the list below without",
        "# its `#`, fill it in, and remove what does not apply.",
        "steps: []",
    ]
    for step in process.steps:
        lines += _step(step, process, "")
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _step(step: Step, process: Process, within: str) -> Iterator[str]:
    yield "#"
    if step.is_container:
        yield f"# {_line(step.title)}{within}: all branches, in any order"
        for branch in step.parallel:
            yield from _branch(branch, step, process)
        return
    notes = [
        word for word, on in (("optional", step.optional), ("repeatable", step.repeatable)) if on
    ]
    more = f" ({', '.join(notes)})" if notes else ""
    yield f"# {_line(step.title)}{more}{within}"
    yield f"#  - step: {step.id}"
    yield "#    by:                  # a person's id, or a list"
    yield "#    completed:           # a date, or a date-time with its offset"
    if step.decision is not None:
        options = ", ".join(f"{o.id} ({_line(o.label)})" for o in step.decision.options)
        yield f"#    option:              # {_line(step.decision.question or '')} {options}"
    if step.calls is not None:
        yield f"#    called_case:         # the case of {step.calls.process}, or {{reference: }}"
    if step.checks:
        yield "#    checks:              # yes, no or not-applicable, each"
    for check in step.checks:
        yield f"#      {check.id}:   # {_line(check.label)}"
    if step.fields:
        yield "#    fields:"
    for field in step.fields:
        yield f"#      {field.id}:   # {_field(field)}"
    yield from _documents("   ", list(step.outputs), process, "outputs")


def _branch(branch: Branch, container: Step, process: Process) -> Iterator[str]:
    for step in branch.steps:
        yield from _step(step, process, f" [{_line(container.title)}: {branch.id}]")


def _documents(indent: str, documents: list[str], process: Process, key: str) -> Iterator[str]:
    if documents:
        yield f"#{indent} {key}:"
    for document in documents:
        known = process.documents.get(document)
        title = _line(known.title) if known is not None else document
        yield f"#{indent}   {document}: {{file: }}   # or {{reference: }}; {title}"


def _field(field: Field) -> str:
    kind = {"choice": ", ".join(map(_line, field.options)), "yes-no": "yes or no"}.get(
        field.type, field.type
    )
    unit = f" in {_line(field.unit)}" if field.unit else ""
    return f"{_line(field.label)}: {kind}{unit}{', required' if field.required else ''}"


def _ends(process: Process) -> str:
    return ", ".join(f"{end.id} ({_line(end.event)})" for end in process.ends.values())


def _line(text: str) -> str:
    """A text on one line, so that it cannot leave its comment."""
    return " ".join(text.split())


def _scalar(text: str) -> str:
    plain = _PLAIN.fullmatch(text) and text.lower() not in _RESERVED
    return text if plain else json.dumps(text, ensure_ascii=False)

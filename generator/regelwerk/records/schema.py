"""The JSON Schema of one version's records, made from its definition; self-contained.

It names the steps, options, fields, checks and documents for editors, and says types and values.
What is missing from a record it leaves to the replay, so it demands no field, check, output or
option. `regelwerk` itself checks records without it, by the shape all records share and
`shape.value_problems`; both say the same.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import Any

from regelwerk.model.process import Field, Process, Step

Schema = dict[str, Any]

_DATE = "[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
_FREE = {
    "^x-": {
        "description": "Keys beginning with `x-` are free for your own use; the tool ignores them."
    }
}


def schema_name(process: str, version: str) -> str:
    """The schema's file name below `schemas/records/`."""
    return f"{process}-{version}.schema.json"


def schema_bytes(schema: Mapping[str, Any]) -> bytes:
    """The file's content, always the same for the same schema."""
    return (json.dumps(schema, indent=2, ensure_ascii=False) + "\n").encode("utf-8")


def record_schema(process: Process, version: str, base: Mapping[str, Any]) -> Schema:
    """Narrow `base`, the schema that all records share, to one version of a process."""
    schema: Schema = deepcopy(dict(base))
    schema["$id"] = schema_name(process.id, version)
    schema["title"] = f"Case record: {process.title}, version {version}"
    schema["description"] = (
        f"One case of the process “{process.title}” by its version {version}: which steps were "
        "done, by whom, when, with which results. Generated from the definition."
    )
    schema.pop("examples", None)
    properties = schema["properties"]
    properties["process"] = _const(process.id, f"The process: {process.title}.")
    properties["version"] = _const(version, "The version by which the case is done.")
    properties["end"] = _enum(
        "The end that was reached; exactly when the status is closed.",
        {end.id: end.event for end in process.ends.values()},
    )
    properties["inputs"] = _documents(
        "Evidence of the documents that were there at the start.",
        [use.document for use in process.inputs],
        process,
    )
    properties["steps"].pop("examples", None)
    _entries(schema["$defs"]["entry"], process)
    return schema


def _entries(entry: Schema, process: Process) -> None:
    steps = {step.id: step for step in reversed(tuple(process.work_steps()))}
    steps = dict(reversed(steps.items()))
    entry.pop("examples", None)
    entry["properties"]["step"] = _enum(
        "Which step was done.", {step.id: step.title for step in steps.values()}
    )
    for key in ("option", "outputs", "checks", "fields"):
        entry["properties"][key].pop("examples", None)
    entry["allOf"] = [
        *entry.get("allOf", ()),
        *(
            {
                "if": {"properties": {"step": {"const": step.id}}, "required": ["step"]},
                "then": _then(step, process),
            }
            for step in steps.values()
        ),
    ]


def _then(step: Step, process: Process) -> Schema:
    option: Schema | bool = False
    if step.decision is not None:
        question = step.decision.question or "What was decided."
        option = _enum(question, {o.id: o.label for o in step.decision.options})
    return {
        "title": step.title,
        "description": "\n\n".join((step.title, *step.instructions)),
        "properties": {
            "fields": _mapping(
                "The values of the step's fields.",
                {field.id: _field(field) for field in step.fields},
            ),
            "checks": _mapping(
                "The answers to the step's checks; a check that is missing was not answered.",
                {
                    check.id: {"$ref": "#/$defs/answer", "description": check.label}
                    for check in step.checks
                },
            ),
            "outputs": _documents(
                "The documents that the step left behind, each with its evidence.",
                step.outputs,
                process,
            ),
            "option": option,
            "called_case": step.calls is not None,
        },
    }


def _field(field: Field) -> Schema:
    unit = f" in {field.unit}" if field.unit else ""
    needed = " (required)" if field.required else ""
    description = f"{field.label}{unit}{needed}" + (f". {field.help}" if field.help else "")
    # An empty value of a required field is the replay's to report.
    empty = [""] if field.required else []
    if field.type == "number":
        if not field.required:
            return {"description": description, "type": "number"}
        return {"description": description, "type": ["number", "string"], "maxLength": 0}
    if field.type == "date":
        pattern = f"^(?:|{_DATE})(?![\\s\\S])" if field.required else f"^{_DATE}(?![\\s\\S])"
        return {
            "description": description,
            "type": "string",
            "pattern": pattern,
            "examples": ["2026-05-12"],
        }
    if field.type == "choice":
        return {"description": description, "enum": [*dict.fromkeys(field.options), *empty]}
    if field.type == "yes-no":
        return {"description": description, "enum": ["yes", "no", *empty]}
    return {"description": description, "$ref": "#/$defs/fieldValue", "type": "string"}


def _documents(description: str, documents: Iterable[str], process: Process) -> Schema:
    return _mapping(
        description,
        {
            document: {
                "$ref": "#/$defs/evidence",
                "description": known.title
                if (known := process.documents.get(document)) is not None
                else document,
            }
            for document in documents
        },
    )


def _mapping(description: str, properties: Mapping[str, Schema]) -> Schema:
    return {
        "description": description,
        "type": "object",
        "properties": dict(properties),
        "patternProperties": deepcopy(_FREE),
        "additionalProperties": False,
    }


def _const(value: str, description: str) -> Schema:
    return {"description": description, "const": value, "examples": [value]}


def _enum(description: str, words: Mapping[str, str]) -> Schema:
    """A choice of ids; editors show `enumDescriptions` beside them, validators do not read it."""
    if not words:
        return {"description": description, "type": "string"}
    return {
        "description": description,
        "enum": list(words),
        "enumDescriptions": list(words.values()),
        "examples": list(words)[:1],
    }

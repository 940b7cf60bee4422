"""What a record without fault looks like, as types made from its definition.

msgspec reads JSON by them and refuses whatever does not fit, in the time of a bare parse: keys that
are missing or unknown, answers and options that are not offered, texts that are empty or too long.
The shape is that of schemas/record.schema.json, the contents those of one definition.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal, Union

import msgspec
from msgspec import UNSET, UnsetType

from regelwerk.model.process import Field
from regelwerk.records.tables import Compiled, StepPlan

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
Line = Annotated[str, msgspec.Meta(min_length=1, max_length=1000)]
Text = Annotated[str, msgspec.Meta(min_length=1, max_length=20_000)]
Url = Annotated[str, msgspec.Meta(min_length=1, max_length=2000)]

NOTHING = "(nothing)"
"""Read where a text is left out; the very object, so that nobody can write it."""

# No text is so long.
_Nothing = Annotated[str, msgspec.Meta(min_length=1 << 40)]

_Answer = Literal["yes", "no", "not-applicable"]

# A key of a record may be no name in Python; the attributes are numbered instead.
Attributes = Mapping[str, str]


class _Strict(
    msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True, gc=False, kw_only=True
):
    """Known keys only. Nothing read here refers back, so no garbage collection is needed."""


class EvidenceRead(_Strict):
    """A file, or a reference to something elsewhere."""

    reference: Text | UnsetType = UNSET
    system: Line = NOTHING
    url: Url | UnsetType = UNSET
    file: Line | UnsetType = UNSET
    sha256: str | UnsetType = UNSET


class ReferenceRead(_Strict):
    """A called case that is not kept here, in words."""

    reference: Text


class CancellationRead(_Strict):
    """How a case was cancelled."""

    on: str
    by: Name
    reason: Text


class SourceRead(_Strict):
    """The form from which the record was read."""

    kind: Literal["docx", "xlsx", "web", "paper"]
    file: Line | UnsetType = UNSET
    sha256: str | UnsetType = UNSET
    entered_by: Name | UnsetType = UNSET


class EntryRead(_Strict):
    """What every entry has; a step's own type adds its contents."""

    completed: str
    by: str | tuple[Name, ...]
    role: Name | UnsetType = UNSET
    started: str | UnsetType = UNSET
    remarks: Text = NOTHING


class RecordRead(_Strict):
    """What every record has; a definition's own type adds its name, inputs and steps."""

    case: str
    status: Literal["open", "on-hold", "closed", "cancelled"]
    started: str
    subject: Line = NOTHING
    closed: str | UnsetType = UNSET
    end: Name | UnsetType = UNSET
    cancelled: CancellationRead | UnsetType = UNSET
    source: SourceRead | UnsetType = UNSET


class Head(msgspec.Struct, gc=False):
    """By which definition a record is to be read."""

    process: str
    version: str


def record_type(
    process: str, version: str, compiled: Compiled, steps: Mapping[str, Any], owner: object
) -> type[RecordRead]:
    """The type of the records of one definition, under `plan` of which stands `owner`.

    `steps` is put under `plan` of each step's type.
    """
    entries = [_entry_type(plan, steps[id_]) for id_, plan in compiled.steps.items()]
    one_of: Any = Union[(*entries, _NoEntry)]
    inputs = [use.document for use in compiled.process.inputs]
    fields: list[Any] = [
        ("process", Literal[process]),
        ("version", Literal[version]),
        ("steps", list[one_of]),
        ("inputs", _contents("Inputs", dict.fromkeys(inputs, EvidenceRead)) | UnsetType, UNSET),
    ]
    made: type[RecordRead] = _struct("Record", fields, RecordRead, namespace={"plan": owner})
    return made


def _entry_type(plan: StepPlan, extra: object) -> type[EntryRead]:
    step = plan.step
    values = {field.id: _value_type(field) for field in step.fields}
    required = frozenset(field.id for field in step.fields if field.required)
    answers = {check.id: _Answer for check in step.checks}
    outputs = dict.fromkeys(step.outputs, EvidenceRead)
    fields: list[Any] = [
        _part("checks", _contents("Checks", answers, frozenset(answers)), must=bool(answers)),
        _part("fields", _contents("Fields", values, required), must=bool(required)),
        _part("outputs", _contents("Outputs", outputs, frozenset(outputs)), must=bool(outputs)),
    ]
    if step.decision is not None:
        fields.append(("option", _among(plan.options)))
    if step.calls is not None:
        fields.append(("called_case", Name | ReferenceRead | UnsetType, UNSET))
    made: type[EntryRead] = _struct(
        "Entry", fields, EntryRead, namespace={"plan": extra}, tag_field="step", tag=step.id
    )
    return made


class _NoEntry(EntryRead, tag_field="step", tag="", kw_only=True):
    """No entry is ever one of these; of a single type of entries, the key that tells it is one of
    several would not be asked for.
    """

    never: _Nothing


def _part(name: str, kind: Any, *, must: bool) -> tuple[Any, ...]:  # noqa: ANN401
    return (name, kind) if must else (name, kind | UnsetType, UNSET)


def _value_type(field: Field) -> Any:  # noqa: ANN401
    """Numbers stay as they are written, so that nothing of them is lost or rounded unseen."""
    if field.type == "number":
        return msgspec.Raw
    if field.type == "choice":
        return _among(field.options)
    return Literal["yes", "no"] if field.type == "yes-no" else Text


def _among(words: Iterable[str]) -> Any:  # noqa: ANN401
    """One of the words; without any, nothing fits."""
    found = tuple(words)
    return Literal[found] if found else _Nothing


def attributes(keys: Iterable[str]) -> Attributes:
    """Under which attribute the value of a key is found."""
    return {key: f"f{number}" for number, key in enumerate(dict.fromkeys(keys))}


def _contents(
    name: str, kinds: Mapping[str, Any], required: frozenset[str] = frozenset()
) -> type[_Strict]:
    names = attributes(kinds)
    fields = [_part(names[key], kind, must=key in required) for key, kind in kinds.items()]
    made: type[_Strict] = _struct(name, fields, _Strict, rename={names[key]: key for key in kinds})
    return made


def _struct(name: str, fields: list[Any], base: type[Any], **more: Any) -> Any:  # noqa: ANN401
    return msgspec.defstruct(
        name,
        fields,
        bases=(base,),
        forbid_unknown_fields=True,
        omit_defaults=True,
        gc=False,
        kw_only=True,
        **more,
    )

"""The names that e-mail templates may use, and what is wrong with others."""

from __future__ import annotations

import msgspec

from regelwerk.artifacts.email.syntax import Name, written
from regelwerk.diagnostics import did_you_mean

OPTION: Name = ("record", "option")
KNOWN: tuple[Name, ...] = (
    ("organization", "name"),
    ("process", "title"),
    ("process", "document"),
    ("process", "version"),
    ("step", "title"),
    ("step", "responsible"),
    ("record", "case"),
    ("record", "subject"),
    ("record", "started"),
    ("record", "by"),
    OPTION,
)
_FIELD_OF_STEP = 'a value of another step is written `steps["step-id"].fields["field-id"]`'


class NameFault(msgspec.Struct, frozen=True):
    """Why nothing fills in a name."""

    message: str
    hint: str


def name_fault(name: Name) -> NameFault | None:
    """What is wrong with a name, whatever definition it is used with."""
    match name:
        case ("fields", _) | ("steps", _, "fields", _):
            return None
        case ("fields",):
            return _fault(name, 'name the field: `fields["date"]`')
        case ("fields", field, *_):
            return _fault(name, f"did you mean `{written(('fields', field))}`?")
        case ("steps", *_):
            return _fault(name, _FIELD_OF_STEP)
        case _ if name in KNOWN:
            return None
    known = [written(item) for item in KNOWN]
    roots = sorted({item[0] for item in KNOWN} | {"fields", "steps"})
    here = [written(item) for item in KNOWN if item[0] == name[0]]
    hint = did_you_mean(written(name), known) or (
        "known here: " + ", ".join(f"`{item}`" for item in here or roots)
    )
    return _fault(name, hint)


def _fault(name: Name, hint: str) -> NameFault:
    return NameFault(f"nothing fills in `{written(name)}`", hint)


def recorded_name(name: Name, step: str) -> tuple[str, str] | None:
    """The step and field that a name means in the e-mail of `step`; None for other names."""
    match name:
        case ("fields", field):
            return step, field
        case ("steps", other, "fields", field):
            return other, field
    return None

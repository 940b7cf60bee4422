"""A language in which every phrase of the generator's is marked, and definitions in other letters.

`⟦Purpose⟧` is a word from the catalogue, `Πυρποσε` one of a definition. Latin letters outside of
the marks are words that no translator can reach.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

import msgspec

from regelwerk.model.context import BuildContext, Names
from regelwerk.operations.phrases import every_phrase

LANGUAGE = "cy"
"""Babel writes its dates, numbers and lists, so that English ones are seen too."""

_TEXTS = frozenset(
    (
        *("title", "subtitle", "event", "label", "help", "definition", "note", "question"),
        *("action", "form", "number", "edition", "name", "purpose", "scope", "text"),
        *("instructions", "change", "comment", "reason", "document_number", "classification"),
        *("options", "party", "unit", "titles", "step_titles", "documents", "amended", "stages"),
        *("roles", "people", "processes", "organization", "url", "standard"),
    )
)
_LATIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_GREEK = "αβγδεζηθικλμνξοπρστυφχψωϊϋΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩΪΫ"
_OTHER = str.maketrans(_LATIN, _GREEK)
_CODES = frozenset({"min", "h", "d", "BD", "%"})  # units that the generator has words for
_MARKED = re.compile(r"⟦[^⟦⟧]*⟧")


@cache
def translations() -> dict[str, dict[str, str]]:
    """Every phrase in its marks."""
    return {LANGUAGE: {key: f"⟦{text}⟧" for key, text in every_phrase().items()}}


def in_other_letters(value: Any, name: str = "") -> Any:
    """The same value with every text that a person wrote in Greek letters."""
    if isinstance(value, msgspec.Struct):
        changed = {
            field: in_other_letters(getattr(value, field), field)
            for field in value.__struct_fields__
        }
        return msgspec.structs.replace(value, **changed)
    if isinstance(value, Mapping):
        return {
            key: in_other_letters(entry, key if isinstance(entry, str) else "")
            for key, entry in value.items()
        }
    if isinstance(value, tuple | list):
        return type(value)(in_other_letters(entry, name) for entry in value)
    if type(value) is str and name in _TEXTS and value not in _CODES:
        return value.translate(_OTHER)
    return value


def spoken(context: BuildContext) -> BuildContext:
    """The context in the made-up language, its definition and organization in other letters."""
    project = in_other_letters(msgspec.structs.replace(context.project, translations={}))
    project = msgspec.structs.replace(project, translations=translations())
    organization = msgspec.structs.replace(project.organization, languages=(LANGUAGE,))
    return msgspec.structs.replace(
        context,
        project=msgspec.structs.replace(project, organization=organization),
        definition=in_other_letters(context.definition),
        verdict=in_other_letters(context.verdict),
        versions=in_other_letters(context.versions),
        names=_names(context.names),
    )


def _names(names: Names) -> Names:
    def other(titles: Mapping[str, str]) -> dict[str, str]:
        return {id_: title.translate(_OTHER) for id_, title in titles.items()}

    return msgspec.structs.replace(
        names,
        organization=names.organization.translate(_OTHER),
        roles=other(names.roles),
        people=other(names.people),
        processes=other(names.processes),
        stages=other(names.stages),
        language=LANGUAGE,
        translations=translations(),
    )


def without_phrases(text: str) -> str:
    """What stands outside of the marks; a mark that was cut off reaches to the end of the text."""
    while (left := _MARKED.sub(" ", text)) != text:
        text = left
    return re.sub(r"⟦.*\Z|\A.*⟧", " ", text, flags=re.DOTALL)

"""The generator's own words in other languages than English."""

from __future__ import annotations

import string
from collections.abc import Mapping
from functools import lru_cache

# Language (as the catalogue's file is named, `de` or `pt-BR`) → key of a phrase → its words.
Translations = Mapping[str, Mapping[str, str]]

ENGLISH = "en"
_CATEGORIES = ("zero", "one", "two", "few", "many", "other")  # CLDR's plural categories


def in_language(
    area: str, english: Mapping[str, str], translations: Translations, language: str
) -> dict[str, str]:
    """The words of an area (`handbook`, `comparison`, …) in a language (BCP 47).

    `pt-BR` is looked for before `pt`; what neither has, and what names other gaps than the English
    phrase does, stays English. A language may have more plural forms than English has.
    """
    words = dict(english)
    for name in (primary(language), language.replace("_", "-")):
        for key, text in translations.get(name, {}).items():
            if not key.startswith(f"{area}."):
                continue
            own = key.removeprefix(f"{area}.")
            source = english.get(own) or english.get(_other_form(own))
            if source is not None and not misses(own, source, text):
                words[own] = text
    return words


def primary(language: str) -> str:
    """The language without its region: `pt-BR` → `pt`."""
    return language.replace("_", "-").split("-")[0].lower()


@lru_cache(maxsize=8192)  # every artifact asks for the same phrases
def misses(key: str, source: str, text: str) -> str:
    """What keeps `text` from standing for `source`, in words; empty where nothing does."""
    wanted = gaps(source)
    found = gaps(text)
    if wanted is None or found is None:
        return "its braces do not pair; write `{{` and `}}` for braces that are meant"
    if found - wanted:
        return f"it names {_listed(found - wanted)}, which the English phrase does not fill"
    if wanted - found and key.rpartition(".")[2] not in _CATEGORIES:
        return f"it leaves out {_listed(wanted - found)}"
    return ""


def gaps(text: str) -> frozenset[str] | None:
    """The names in braces that are filled in; None where the braces make no sense."""
    try:
        parts = list(string.Formatter().parse(text))
    except ValueError:
        return None
    names = [name for _, name, format_, conversion in parts if name is not None]
    plain = all(not format_ and not conversion for _, _, format_, conversion in parts)
    return frozenset(names) if plain and all(name.isidentifier() for name in names) else None


def _other_form(key: str) -> str:
    stem, _, category = key.rpartition(".")
    return f"{stem}.other" if category in _CATEGORIES else key


def _listed(names: frozenset[str]) -> str:
    return ", ".join(f"`{{{name}}}`" for name in sorted(names))

"""The words of a course, a catalogue for each language."""

from __future__ import annotations

from collections.abc import Mapping

_ENGLISH: Mapping[str, str] = {
    "summary": "{title}, period by period.",
    "value": "{period}: {value}",
    "no-value": "{period}: no value",
    "withheld": "{period}: too few cases to be shown",
    "met": "target met",
    "missed": "target missed",
    "running": "the period is not over",
    "min": "at least {low}",
    "max": "at most {high}",
    "range": "{low} to {high}",
    "target": "Target: {target}.",
}

_CATALOGUES: Mapping[str, Mapping[str, str]] = {"en": _ENGLISH}


def course_words(language: str) -> Mapping[str, str]:
    """The words of a language (BCP 47), English ones where there are none."""
    return {**_ENGLISH, **_CATALOGUES.get(language.replace("_", "-").split("-")[0].lower(), {})}

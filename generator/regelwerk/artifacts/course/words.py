"""The words of a course."""

from __future__ import annotations

from collections.abc import Mapping

from regelwerk.model.translations import Translations, in_language

WORDS: Mapping[str, str] = {
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


def course_words(language: str, translations: Translations | None = None) -> dict[str, str]:
    """The words of a language (BCP 47), English ones where there are none."""
    return in_language("course", WORDS, translations or {}, language)

"""Every phrase that the generator itself says, by its key in catalogues of other languages."""

from __future__ import annotations

from regelwerk.artifacts.comparison import words as comparison
from regelwerk.artifacts.course import words as course
from regelwerk.artifacts.email import words as email
from regelwerk.artifacts.handbook import words as handbook
from regelwerk.artifacts.review import words as review
from regelwerk.artifacts.view import words as view
from regelwerk.artifacts.webform import words as webform
from regelwerk.coverage import words as coverage
from regelwerk.project.clauses import packaged_phrases

_AREAS = {
    "label": view.LABELS,
    "phrase": view.PHRASES,
    "comparison": comparison.WORDS,
    "course": course.WORDS,
    "coverage": coverage.WORDS,
    "email": email.WORDS,
    "handbook": handbook.WORDS,
    "review": review.WORDS,
    "webform": webform.WORDS,
}


def every_phrase() -> dict[str, str]:
    """English words by `<area>.<key>`, such as `handbook.glossary`."""
    areas = {**_AREAS, "clause": packaged_phrases()}
    return {
        f"{area}.{key}": text
        for area, words in areas.items()
        for key, text in words.items()
        if text
    }

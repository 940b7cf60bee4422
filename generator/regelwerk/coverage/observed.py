"""What a machine looks for in a version of a process, and how it says what it saw."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import msgspec

from regelwerk.coverage.words import WORDS
from regelwerk.model.context import BuildContext
from regelwerk.model.coverage import Observation, Result

# What was seen: the result, the key of words with `{names}`, and their values.
Seen = tuple[Result, str, dict[str, str | int | date]]

# Looks at a version; the second argument are all versions of all processes.
Look = Callable[[BuildContext, Sequence[BuildContext]], Seen]


class Observed(msgspec.Struct, frozen=True):
    """A requirement of which a machine can see whether something is there: the key of the
    question, and who looks.
    """

    key: str
    look: Look

    @property
    def question(self) -> str:
        """What is looked for, in our own words."""
        return WORDS[self.key]

    def observe(self, edition: BuildContext, editions: Sequence[BuildContext]) -> Observation:
        """Look at one version."""
        result, key, values = self.look(edition, editions)
        process = edition.definition.process
        return Observation(
            process=process.id,
            title=process.title,
            version=process.version,
            draft=edition.working,
            result=result,
            key=key,
            words=WORDS[key],
            values=values,
        )


def found(key: str, /, **values: str | int | date) -> Seen:
    """It is there."""
    return Result.FOUND, key, values


def missing(key: str, /, **values: str | int | date) -> Seen:
    """It is not there."""
    return Result.MISSING, key, values


def to_be_judged(key: str, /, **values: str | int | date) -> Seen:
    """Something is there, but whether it is enough no machine can tell."""
    return Result.TO_BE_JUDGED, key, values

"""What a machine looks for in a version of a process, and how it says what it saw."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from regelwerk.model.context import BuildContext
from regelwerk.model.coverage import Observation, Result

# What was seen: the result, words with `{names}`, and their values.
Seen = tuple[Result, str, dict[str, str | int]]

# Looks at a version; the second argument are all versions of all processes.
Look = Callable[[BuildContext, Sequence[BuildContext]], Seen]


class Observed(msgspec.Struct, frozen=True):
    """A requirement of which a machine can see whether something is there: the question, in our
    own words, and who looks.
    """

    question: str
    look: Look

    def observe(self, edition: BuildContext, editions: Sequence[BuildContext]) -> Observation:
        """Look at one version."""
        result, words, values = self.look(edition, editions)
        process = edition.definition.process
        return Observation(
            process=process.id,
            title=process.title,
            version=process.version,
            draft=edition.working,
            result=result,
            words=words,
            values=values,
        )


def found(words: str, **values: str | int) -> Seen:
    """It is there."""
    return Result.FOUND, words, values


def missing(words: str, **values: str | int) -> Seen:
    """It is not there."""
    return Result.MISSING, words, values


def to_be_judged(words: str, **values: str | int) -> Seen:
    """Something is there, but whether it is enough no machine can tell."""
    return Result.TO_BE_JUDGED, words, values

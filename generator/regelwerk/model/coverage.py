"""Which clause of a standard is answered by what, what does not apply, and what is open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum

import msgspec


class Catalogue(msgspec.Struct, frozen=True, kw_only=True):
    """The clauses of one edition of a standard, in our own words and in its order.

    `clauses` are labels by id; `items` the letters that a clause lists: such an item's id is the
    clause, a blank and the letter. `amended` says by clause what an amendment added to it. `keys`
    are those of the packaged words in it, by the words, for catalogues of other languages.
    """

    standard: str
    clauses: Mapping[str, str]
    items: Mapping[str, str] = {}
    amendments: tuple[str, ...] = ()
    amended: Mapping[str, str] = {}
    keys: Mapping[str, str] = {}

    def phrases(self) -> dict[str, str]:
        """The words by their keys: `ISO 9001:2015 8.1`, and `… amended` for what was added."""
        labels = {f"{self.standard} {clause}": text for clause, text in self.clauses.items()}
        added = {f"{self.standard} {id_} amended": text for id_, text in self.amended.items()}
        return labels | added

    def ids(self) -> Iterator[str]:
        """Every id in the order of the standard, a clause's items right after it."""
        for clause in self.clauses:
            yield clause
            yield from (f"{clause} {letter}" for letter in self.items.get(clause, ""))


class Standing(StrEnum):
    """How a clause stands. `partly`: some of its parts; `planned`: in drafts only."""

    ANSWERED = "answered"
    PARTLY = "partly"
    PLANNED = "planned"
    EXCLUDED = "excluded"
    OPEN = "open"


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """One version of a process that says it answers a clause, and by what.

    `steps` are ids; `whole`: the process as such names the clause. `named` is the clause that it
    names, which may be a wider one. `documents` are titles. `records` is the number of cases that
    show it: those that did one of the steps, or any case of the process where it is `whole`.
    """

    process: str
    title: str
    version: str
    draft: bool
    named: str
    whole: bool
    steps: tuple[str, ...]
    step_titles: tuple[str, ...]
    documents: tuple[str, ...]
    records: int


class Result(StrEnum):
    """What a machine can say of a requirement; whether it is met well, people judge."""

    FOUND = "found"
    MISSING = "missing"
    TO_BE_JUDGED = "to-be-judged"


class Observation(msgspec.Struct, frozen=True, kw_only=True):
    """What the tool saw in one version of a process: words with `{names}` for the `values`.

    `key` is that of the words in catalogues of other languages.
    """

    process: str
    title: str
    version: str
    draft: bool
    result: Result
    words: str
    key: str = ""
    values: Mapping[str, str | int | date] = {}

    @property
    def seen(self) -> str:
        """The words with their values."""
        return self.words.format_map(self.values)


class ClauseCoverage(msgspec.Struct, frozen=True, kw_only=True):
    """A clause, or one of its lettered items. `checked` is what was looked for (empty: nothing).
    `…_key` are keys in catalogues of other languages, empty for words of the project's own.

    `label` is empty for an item and for a clause that no catalogue knows (`known` False). `leaf`:
    a clause without subclauses. `reason` is why it does not apply. What names a wider clause
    answers those below it too, and is among their `answers`; items have only their own.
    """

    clause: str
    label: str
    standing: Standing
    leaf: bool
    known: bool = True
    label_key: str = ""
    amended_key: str = ""
    amended: str = ""
    reason: str = ""
    answers: tuple[Answer, ...] = ()
    checked: str = ""
    checked_key: str = ""
    observations: tuple[Observation, ...] = ()

    @property
    def is_item(self) -> bool:
        """Whether this is a lettered item of a clause."""
        return " " in self.clause

    @property
    def only_observed(self) -> bool:
        """Whether this is an item that is told only for what a machine looked for."""
        return self.is_item and bool(self.observations) and not (self.answers or self.reason)

    @property
    def to_be_judged(self) -> bool:
        """Whether something answers it, and no machine looks whether that is enough."""
        answered = self.standing in (Standing.ANSWERED, Standing.PARTLY, Standing.PLANNED)
        return answered and (self.leaf or self.is_item) and not self.observations

    @property
    def contradicts(self) -> bool:
        """Whether a version in force answers what the organization says does not apply."""
        return self.standing is Standing.EXCLUDED and any(not a.draft for a in self.answers)


class StandardCoverage(msgspec.Struct, frozen=True, kw_only=True):
    """All clauses of a standard in its order; without a catalogue, only those that are named."""

    standard: str
    catalogued: bool
    amendments: tuple[str, ...]
    clauses: tuple[ClauseCoverage, ...]

    def count(self, standing: Standing) -> int:
        """How many clauses without subclauses stand so; items do not count."""
        return sum(clause.leaf and clause.standing is standing for clause in self.clauses)

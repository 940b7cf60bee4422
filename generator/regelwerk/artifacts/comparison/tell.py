"""The difference between two versions of a process, in plain words."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

import msgspec

from regelwerk.artifacts.comparison.items import item_words
from regelwerk.artifacts.comparison.predicates import Words, kept, key_words
from regelwerk.artifacts.comparison.sides import Sides, sides, version_words
from regelwerk.artifacts.comparison.subjects import detail, look_of, number_of, subject, title_of
from regelwerk.artifacts.comparison.word_diff import in_brackets
from regelwerk.model.context import BuildContext
from regelwerk.model.difference import Change, Extent, differences, extent


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """A change, or several alike of one item, in words.

    `part` is the heading under which it stands; `subject` (empty for the process itself), `joint`
    and `words` make the sentence, `replaced` how a text and what stands in its place are told.
    `number` is a step's, `title` the item's, as readers know them.
    """

    part: str
    subject: str
    joint: str
    words: Words
    replaced: str
    changes: tuple[Change, ...]
    number: str = ""
    title: str = ""

    @property
    def predicate(self) -> str:
        """What happened, without what it happened to; reworded texts as `[old → new]`."""
        return in_brackets(self.words, self.replaced)

    @property
    def sentence(self) -> str:
        """The whole sentence, without a full stop."""
        text = f"{self.subject}{self.joint}{self.predicate}"
        return text[:1].upper() + text[1:]


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """Everything there is to say about the difference; `told` is in reading order."""

    process: str
    title: str
    old: str
    new: str
    head: str
    note: str
    summary: str
    told: tuple[Told, ...]
    extent: Extent
    prose: int
    count: int


def compare(old: BuildContext, new: BuildContext) -> Comparison:
    """Compare two versions of one process and say what differs, in the new version's language."""
    both = sides(old, new)
    standard = "".join(new.names.standards[:1])
    changes = differences(both.old.process, both.new.process, standard)
    prose = sum(change.weight == "prose" for change in changes)
    versions = (version_words(both.old), version_words(both.new))
    return Comparison(
        process=both.new.process.id,
        title=both.new.process.title,
        old=versions[0],
        new=versions[1],
        head=both.say(
            "head.versions", process=both.new.process.title, old=versions[0], new=versions[1]
        ),
        note=both.say("numbers", old=versions[0], new=versions[1]) if _numbered(changes) else "",
        summary=_summary(both, changes, prose),
        told=tuple(_told(both, changes)),
        extent=extent(changes),
        prose=prose,
        count=len(changes),
    )


def _numbered(changes: tuple[Change, ...]) -> bool:
    return any(
        change.place.part == "step" and not change.field and not change.place.detail
        for change in changes
    )


def _summary(both: Sides, changes: tuple[Change, ...], prose: int) -> str:
    if not changes:
        return both.say("none")
    count = both.new.speech.count("changes", len(changes))
    said = both.say(f"extent.{extent(changes)}")
    if prose in (0, len(changes)):
        return both.say("summary", changes=count, extent=said)
    some = both.new.speech.number(prose)
    return both.say("summary.some", changes=count, prose=some, extent=said)


def _told(both: Sides, changes: tuple[Change, ...]) -> Iterator[Told]:
    for _, group in groupby(enumerate(changes), key=_together):
        alike = tuple(change for _, change in group)
        change = alike[0]
        look = look_of(both, change)
        place = change.place
        yield Told(
            part=both.say(f"heading.{place.part}"),
            subject=subject(both, change),
            joint=_joint(change),
            words=_words(both, alike),
            replaced=both.say("replaced", old="{old}", new="{new}"),
            changes=alike,
            number=number_of(look, place.id) if place.part == "step" else "",
            title=title_of(look, place.part, place.id) if place.id else "",
        )


def _joint(change: Change) -> str:
    """What stands between subject and words: they are one clause, or what is told of the item."""
    place = change.place
    if place.part == "process":
        return ""
    if change.field == "title" and not place.detail:
        return ", " if place.part == "step" else " "
    if place.detail or (change.field and change.kind != "renamed"):
        return ": "
    return ", " if place.part == "step" else " "


def _together(entry: tuple[int, Change]) -> object:
    """Fields, checks or answers of one step that all came, or all went, are one sentence."""
    index, change = entry
    place = change.place
    mergeable = place.detail in ("field", "check") and not change.field
    if mergeable and change.kind in ("added", "removed"):
        return (place.id, place.detail, change.kind)
    return index


def _words(both: Sides, alike: tuple[Change, ...]) -> Words:
    change = alike[0]
    if not change.field or change.kind == "renamed":
        return kept(item_words(both, alike))
    words = key_words(both, change)
    if not change.place.detail:
        return words
    key = "said.label" if change.field == "label" else "said"
    first = both.say(key, subject=detail(both, change), words=words[0].text)
    return (*kept(first), *words[1:])

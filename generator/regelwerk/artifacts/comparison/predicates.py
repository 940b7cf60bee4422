"""What happened, as the words after the subject of a sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from regelwerk.artifacts.comparison.sides import Sides
from regelwerk.artifacts.comparison.values import list_words, value_words
from regelwerk.artifacts.comparison.word_diff import Piece, shortened, word_diff
from regelwerk.model.difference import Change

Words = tuple[Piece, ...]

# Texts of which the words that differ are shown, not the whole.
_TEXTS = ("instructions", "purpose", "scope", "change", "text", "definition", "action", "help")
_WRITTEN = (
    *_TEXTS,
    *("decision.question", "event", "form", "label", "measure", "note", "subtitle"),
    "title",
)
_LONG = 60
_FLAGS = ("optional", "repeatable", "required", "external", "calls.external", "success")


def kept(text: str) -> Words:
    """Plain words."""
    return (Piece("kept", text),)


def key_words(both: Sides, change: Change) -> Words:
    """What happened to one key of an item that is in both versions."""
    if change.field in _FLAGS:
        return kept(both.say(f"{change.field}.{'true' if change.new else 'false'}"))
    label = _label(both, change)
    if change.field == "clauses":
        return _list(both, change, label)
    old = value_words(both.old, change, change.old) if change.old is not None else ""
    new = value_words(both.new, change, change.new) if change.new is not None else ""
    if isinstance(change.old or change.new, tuple) and change.field != "not_same_person_as":
        told = _texts if change.field in _TEXTS else _list
        return told(both, change, label)
    if change.kind == "added":
        return kept(both.say("key.added", label=label, new=_quoted(both, change, new)))
    if change.kind == "removed":
        return kept(both.say("key.removed", label=label, old=_quoted(both, change, old)))
    if old == new:
        return kept(both.say("key.unseen", label=label, new=_quoted(both, change, new)))
    if change.field in ("title", "label") and change.place.part != "process":
        return kept(both.say(f"key.{change.field}", old=old))
    if change.field in _TEXTS or (change.field in _WRITTEN[:-1] and len(old) + len(new) > _LONG):
        return _reworded(both, label, old, new)
    old, new = _quoted(both, change, old), _quoted(both, change, new)
    return kept(both.say("key.changed", label=label, old=old, new=new))


def _label(both: Sides, change: Change) -> str:
    place, field = change.place, change.field
    key = {"owner": "process.owner"}.get(field, field) if place.part == "process" else field
    if field == "party":
        key = f"party.{place.part}"
    return both.say(f"label.{key}")


def _quoted(both: Sides, change: Change, words: str) -> str:
    """Texts that a person wrote stand in quotation marks, names and amounts do not."""
    return both.say("quoted", text=words) if change.field in _WRITTEN else words


def _list(both: Sides, change: Change, label: str) -> Words:
    old = list_words(both.old, change, change.old)
    new = list_words(both.new, change, change.new)
    came, went = Counter(new) - Counter(old), Counter(old) - Counter(new)
    listing = both.new.speech.listing
    told = []
    if came:
        told.append(both.say("list.added", entries=listing(came.elements())))
    if went:
        told.append(both.say("list.removed", entries=listing(went.elements())))
    if not told and old != new:
        told.append(both.say("list.order", entries=listing(new)))
    if not told:
        return kept(both.say("key.unseen", label=label, new=listing(new)))
    return kept(both.say("list.changed", label=label, changes=", ".join(told)))


def _texts(both: Sides, change: Change, label: str) -> Words:
    """Paragraphs: those that stayed are not repeated, those that changed are told word by word."""
    old = list_words(both.old, change, change.old)
    new = list_words(both.new, change, change.new)
    same = Counter(old) & Counter(new)
    gone, came = _without(old, same), _without(new, same)
    if not gone and not came:
        return kept(
            both.say(
                "list.changed", label=label, changes=both.say("list.order", entries=" ".join(new))
            )
        )
    if gone and came:
        return _reworded(both, label, "\n".join(gone), "\n".join(came))
    key = "text.added" if came else "text.removed"
    text = both.say("quoted", text=" ".join(came or gone))
    return kept(both.say(key, label=label, text=text))


def _without(texts: Sequence[str], same: Counter[str]) -> list[str]:
    left = same.copy()
    found = []
    for text in texts:
        if left[text] > 0:
            left[text] -= 1
        else:
            found.append(text)
    return found


def _reworded(both: Sides, label: str, old: str, new: str) -> Words:
    pieces = word_diff(old, new)
    key = "key.reworded" if len(pieces) > 2 else "key.rewritten"
    marker = "\0"
    before, _, after = both.say(key, label=label, diff=marker).partition(marker)
    return tuple(_all(before, pieces, after))


def _all(before: str, pieces: Sequence[Piece], after: str) -> Iterator[Piece]:
    yield Piece("kept", before)
    yield from shortened(pieces)
    if after:
        yield Piece("kept", after)

"""The two versions that are compared, each with what it looks words up in."""

from __future__ import annotations

import msgspec

from regelwerk.artifacts.comparison.words import comparison_words
from regelwerk.artifacts.view.lookup import Lookup, lookup
from regelwerk.model.context import BuildContext


class Sides(msgspec.Struct, frozen=True):
    """Old and new; both speak the language of the new version."""

    old: Lookup
    new: Lookup

    def say(self, key: str, /, **values: str) -> str:
        """A phrase of the comparison or of the reader's view."""
        return self.new.speech.say(key, **values)


def sides(old: BuildContext, new: BuildContext) -> Sides:
    """Look both versions up in one language."""
    after = lookup(new)
    phrases = {
        **after.speech.phrases,
        **comparison_words(new.names.language, new.names.translations),
    }
    speech = msgspec.structs.replace(after.speech, phrases=phrases)
    before = msgspec.structs.replace(lookup(old), speech=speech)
    return Sides(before, msgspec.structs.replace(after, speech=speech))


def version_words(look: Lookup) -> str:
    """`version 1.4 (draft)`."""
    key = "head.draft" if look.context.working else "head.version"
    return look.speech.say(key, version=look.process.version)

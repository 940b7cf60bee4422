"""The catalogue of the words that translators work from, and theirs brought up to date.

A message's context is the phrase's key, its id the English words. What has changed in English keeps
its translation, marked as fuzzy: it is not used until somebody has looked at it.
"""

from __future__ import annotations

import io
from collections.abc import Mapping

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

from regelwerk.operations.phrases import every_phrase

TEMPLATE = "regelwerk.pot"
_HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Language: {}\\n"\n\n'
_INTRO = (
    "# The words that regelwerk itself puts into documents, forms, e-mails and the handbook.\n"
    "# Copy this file to <language>.po, such as fr.po, and translate it. {{names}} are filled in.\n"
    "# Plural forms that English lacks are further messages: phrase.steps.few beside .other.\n"
)


def words_template() -> bytes:
    """The catalogue without translations."""
    return _INTRO.replace("{{names}}", "{names}").encode() + _written(every_phrase(), {}, "")


def words_in(language: str, existing: bytes) -> bytes:
    """The catalogue of a language with all phrases there are now, and no others.

    Plural forms of its own stay with the phrase they belong to.
    """
    phrases = every_phrase()
    known = {m.context: m for m in read_po(io.BytesIO(existing)) if isinstance(m.context, str)}
    stems = {key.removesuffix(".other") for key in phrases if key.endswith(".other")}
    own = {
        key: phrases[f"{stem}.other"]
        for key in known
        if key not in phrases and (stem := key.rpartition(".")[0]) in stems
    }
    return _written({**phrases, **own}, known, language)


def _written(phrases: Mapping[str, str], known: Mapping[str, Message], language: str) -> bytes:
    catalogue = Catalog(fuzzy=False)
    for key, english in sorted(phrases.items()):
        old = known.get(key)
        text = str(old.string) if old is not None and old.string else ""
        changed = old is not None and text != "" and (old.id != english or old.fuzzy)
        flags = ["fuzzy"] if changed else []
        catalogue.add(english, text, flags=flags, context=key)
    out = io.BytesIO()
    write_po(out, catalogue, width=0, omit_header=True)
    return _HEADER.format(language).encode() + out.getvalue()

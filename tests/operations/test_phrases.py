"""The catalogues that translators work from and with: whole, and up to date."""

from __future__ import annotations

import io
import sys

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from conftest import REPOSITORY
from regelwerk.model.translations import misses
from regelwerk.operations.phrases import every_phrase

sys.path.append(str(REPOSITORY / "generator"))

from make_templates.words import TEMPLATE, words_in, words_template

WORDS = REPOSITORY / "templates" / "words"
CATALOGUES = sorted(WORDS.glob("*.po"))
ENTRY = 'msgctxt "{}"\nmsgid "{}"\nmsgstr "{}"\n\n'


def messages(content: bytes) -> dict[str, tuple[str, str, bool]]:
    catalogue: Catalog = read_po(io.BytesIO(content), abort_invalid=True)
    return {
        str(one.context): (str(one.id), str(one.string), one.fuzzy)
        for one in catalogue
        if one.context
    }


def test_the_template_holds_every_phrase_as_it_is_now() -> None:
    content = (WORDS / TEMPLATE).read_bytes()
    assert content == words_template()
    assert {key: entry[0] for key, entry in messages(content).items()} == every_phrase()


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
def test_a_catalogue_is_whole_and_every_message_can_be_used(path) -> None:
    content = path.read_bytes()
    assert content == words_in(path.stem, content)
    found = messages(content)
    assert {key for key, (_, text, fuzzy) in found.items() if not text or fuzzy} == set()
    assert {key: why for key, (e, text, _) in found.items() if (why := misses(key, e, text))} == {}


def test_there_is_a_catalogue_to_look_at() -> None:
    assert [path.stem for path in CATALOGUES] == ["de"]


def test_changed_english_keeps_its_translation_for_somebody_to_look_at() -> None:
    key, english = next(iter(every_phrase().items()))
    old = ENTRY.format(key, english + " once", "Früher") + ENTRY.format("gone.key", "Gone", "Weg")
    found = messages(words_in("de", old.encode()))
    assert found[key] == (english, "Früher", True)
    assert "gone.key" not in found


def test_further_plural_forms_stay() -> None:
    key = next(key for key in every_phrase() if key.endswith(".other"))
    few = key.removesuffix("other") + "few"
    found = messages(words_in("pl", ENTRY.format(few, "whatever", "kilka").encode()))
    assert found[few][1] == "kilka"

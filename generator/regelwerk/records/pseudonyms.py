"""Records without names: people, cases and subjects become pseudonyms that only a key undoes.

The same name becomes the same pseudonym everywhere, by HMAC-SHA256 (RFC 2104) with a secret key.
Pseudonyms are still personal data for whoever has the key (GDPR, Article 4(5)); and what else a
record says (days, steps, rare roles) may give somebody away.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import posixpath
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from regelwerk.model.organization import Person

# Whose values are ids of people, wherever they stand in a record.
_PEOPLE = frozenset({"by", "entered_by", "approved_by"})
_FREE = frozenset({"remarks", "reason", "reference", "url", "system"})
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PLAIN_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,8}")
_LEAST_NAME = 3


class Pseudonyms:
    """Gives pseudonyms with one key; counts the free texts that it could only search for names."""

    def __init__(self, key: bytes, people: Mapping[str, Person], words: Iterable[str]) -> None:
        """`words` are further texts to be replaced where they stand in free text: ids, subjects."""
        self._key = key
        self._known = _known(people)
        self._words = {word: self._code("word", word) for word in words if len(word) > _LEAST_NAME}
        self._pattern = _pattern([*self._known, *self._words])
        self.free_texts = 0

    def person(self, id_: str) -> str:
        """The pseudonym of a person's id; an id of its own kind."""
        return f"p-{self._code('person', id_)}"

    def case(self, id_: str) -> str:
        """The pseudonym of a case's id."""
        return f"C-{self._code('case', id_)}"

    def subject(self, text: str) -> str:
        """The pseudonym of whom a case is about."""
        return f"Subject {self._code('subject', text)}"

    def file(self, name: str) -> str:
        """The pseudonym of an evidence file; what kind of file it is stays."""
        suffix = posixpath.splitext(name)[1]
        kept = suffix.lower() if _PLAIN_SUFFIX.fullmatch(suffix) else ""
        return f"evidence/e-{self._code('file', name)}{kept}"

    def place(self, path: str) -> str:
        """A code for the path of a record."""
        return self._code("place", path)

    def text(self, text: str) -> str:
        """Free text in which names, ids and addresses that are known are replaced."""
        self.free_texts += bool(text.strip())
        text = _MAIL.sub(lambda found: f"mail-{self._code('mail', found[0].lower())}", text)
        return self._pattern.sub(lambda found: self._replacement(found[0]), text)

    def record(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """A whole record under pseudonyms; keys that begin with `x-` are left out."""
        return self._mapping(data)

    def _mapping(self, data: Mapping[str, Any]) -> dict[str, Any]:
        return {
            key: self._value(key, value) for key, value in data.items() if not key.startswith("x-")
        }

    def _value(self, key: str, value: Any) -> Any:  # noqa: ANN401
        if isinstance(value, Mapping):
            return self._fields(value) if key == "fields" else self._mapping(value)
        if isinstance(value, list):
            return [self._value(key, item) for item in value]
        if not isinstance(value, str):
            return value
        if key in _PEOPLE:
            return self.person(value)
        if key in ("case", "called_case"):
            return self.case(value)
        if key == "subject":
            return self.subject(value)
        if key == "file":
            return self.file(value)
        return self.text(value) if key in _FREE else value

    def _fields(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        """What was recorded: any text may hold a name."""
        return {
            key: self.text(value) if isinstance(value, str) else value
            for key, value in fields.items()
        }

    def _replacement(self, found: str) -> str:
        id_ = self._known.get(found)
        return self.person(id_) if id_ is not None else self._words[found]

    def _code(self, kind: str, value: str) -> str:
        said = f"{kind}\0{value}".encode()
        digest = hmac.new(self._key, said, hashlib.sha256).digest()
        return base64.b32encode(digest)[:12].decode().lower()


def _known(people: Mapping[str, Person]) -> dict[str, str]:
    """Ids, names, last names and addresses of people, each with whose it is."""
    known: dict[str, str] = {}
    for person in people.values():
        last = person.name.split()[-1] if person.name.split() else ""
        for text in (person.id, person.name, last):
            if len(text) >= _LEAST_NAME:
                known.setdefault(text, person.id)
    return known


def _pattern(words: Sequence[str]) -> re.Pattern[str]:
    """Matches whole words only, the longest first; nothing where there are none."""
    longest = sorted(set(words), key=lambda word: (-len(word), word))
    either = "|".join(map(re.escape, longest))
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)" if either else r"(?!)")

"""The generator's own words in other languages: gettext catalogues `templates/words/<language>.po`.

Each message has the phrase's key as its context (`msgctxt`), the English words as its id and the
translation. The project's catalogue of a language goes before the packaged one, phrase by phrase.
"""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterable, Iterator
from pathlib import Path as FilePath
from typing import TYPE_CHECKING

from regelwerk.diagnostics import Problem
from regelwerk.model.translations import Translations, misses, primary
from regelwerk.project.defaults import packaged
from regelwerk.project.reading import read_limited
from regelwerk.project.tree import ReadingError

if TYPE_CHECKING:
    from babel.messages.catalog import Message

AREA = "words"
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_EMAIL_LANGUAGE = re.compile(rb"^language:[ \t]*[\"']?([A-Za-z]{2,3})", re.MULTILINE)
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_HEAD = 4096
# A line of a catalogue; Babel passes over quotes that are not closed.
_LINE = re.compile(
    r'\s*(?:#.*|(?:(?:msgctxt|msgid|msgid_plural|msgstr(?:\[\d\])?)\s*)?"(?:[^"\\]|\\.)*"\s*)?'
)


def read_translations(
    root: FilePath, languages: Iterable[str]
) -> tuple[Translations, tuple[Problem, ...]]:
    """The catalogues of these languages and all of the project's own; what is wrong with those.

    A message that cannot be used is reported and left out: its phrase stays English.
    """
    found: dict[str, dict[str, str]] = {}
    problems: list[Problem] = []
    wanted = {primary(language) for language in (*languages, *_languages_of_emails(root))}
    folder = packaged("templates") / AREA
    for path in sorted(folder.glob("*.po")):
        if primary(path.stem) in wanted:
            found[path.stem] = dict(_Catalogue(path, "").messages())
    for path in _own(root) if root / "templates" / AREA != folder else ():
        catalogue = _Catalogue(path, f"templates/{AREA}/{path.name}")
        messages = dict(catalogue.messages())
        found[path.stem] = {**found.get(path.stem, {}), **messages}
        problems += catalogue.problems
    return found, tuple(problems)


def catalogues(root: FilePath) -> list[str]:
    """The project's own catalogues, relative to the root."""
    return [f"templates/{AREA}/{path.name}" for path in _own(root)]


def _own(root: FilePath) -> list[FilePath]:
    return sorted((root / "templates" / AREA).glob("*.po"))


def _languages_of_emails(root: FilePath) -> Iterator[str]:
    for folder in (root / "templates" / "email", packaged("templates") / "email"):
        for path in sorted(folder.glob("*.md")):
            try:
                with path.open("rb") as file:
                    head = file.read(_HEAD)
            except OSError:
                continue  # whoever reads the e-mail says so
            match = _EMAIL_LANGUAGE.search(head)
            if match is not None:
                yield match[1].decode("ascii")


class _Catalogue:
    def __init__(self, path: FilePath, file: str) -> None:
        self._path, self._file = path, file
        self.problems: list[Problem] = []

    def messages(self) -> Iterator[tuple[str, str]]:
        """Key and translation of every message that has one and can be used."""
        for message in self._catalogue():
            key, source, text = message.context, message.id, message.string
            if not key or message.fuzzy or not isinstance(source, str):
                continue
            if not isinstance(text, str) or not text:
                continue
            reason = misses(key, source, text)
            if _CONTROL.search(text):
                reason = "it holds control characters or line breaks"
            if reason:
                self._report(
                    message.lineno or 1,
                    f"the translation of `{key}` cannot be used: {reason}",
                    "until then the English words are used",
                    code="template/undefined-variable",
                )
                continue
            yield key, text

    def _catalogue(self) -> Iterable[Message]:
        from babel.messages.pofile import PoFileError, read_po

        if _LANGUAGE.fullmatch(self._path.stem) is None:
            hint = "name the file by its language, such as de.po or pt-BR.po"
            self._report(1, f"`{self._path.stem}` is no language", hint)
            return ()
        try:
            content = read_limited(self._path).removeprefix(codecs.BOM_UTF8)
            wrong = _wrong_line(content)
            if wrong:
                hint = "a line is `msgctxt`, `msgid` or `msgstr` and a text in quotation marks"
                self._report(wrong, "this line cannot be read", hint)
                return ()
            return read_po(io.BytesIO(content), charset="utf-8", abort_invalid=True)
        except ReadingError as error:
            self._report(1, error.problem.message, error.problem.hint)
        except PoFileError as error:
            self._report(error.lineno, str(error), "open it in a program for gettext catalogues")
        except (ValueError, LookupError, AttributeError, TypeError) as error:
            self._report(1, f"this is no gettext catalogue: {error}", "")
        return ()

    def _report(self, line: int, message: str, hint: str, *, code: str = "template/syntax") -> None:
        self.problems.append(
            Problem(code, (), message, hint, line=max(line, 1), column=1, file=self._file)
        )


def _wrong_line(content: bytes) -> int:
    """The number of the first line that no catalogue holds; 0 where there is none."""
    lines = content.decode("utf-8", "replace").split("\n")
    return next((n for n, one in enumerate(lines, 1) if not _LINE.fullmatch(one.rstrip())), 0)

"""Saying things in a language: phrases, dates, numbers, spans of time and lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import msgspec
from babel import Locale
from babel.core import UnknownLocaleError
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent
from babel.units import format_unit

from regelwerk.artifacts.view.words import LABELS, LOCALES, PHRASES
from regelwerk.model.span import parse_span
from regelwerk.model.translations import ENGLISH, Translations, in_language, primary

_UNITS = ("year", "month", "week", "day", "hour", "minute")


class Speech(msgspec.Struct, frozen=True):
    """A language (BCP 47), the locale that writes its dates, and the generator's words in it."""

    language: str
    locale: str
    phrases: Mapping[str, str]
    labels: Mapping[str, str]

    def say(self, key: str, /, **values: str) -> str:
        """The phrase with its gaps filled; values are never read as phrases themselves."""
        return self.phrases[key].format(**values)

    def has(self, key: str) -> bool:
        """Whether there is such a phrase."""
        return key in self.phrases

    def count(self, key: str, n: int, /, **values: str) -> str:
        """The phrase in the plural form that belongs to `n`, which fills the gap `{n}`."""
        category = Locale.parse(self.locale).plural_form(n)
        full = f"{key}.{category}"
        return self.say(full if self.has(full) else f"{key}.other", n=self.number(n), **values)

    def day(self, day: date | None) -> str:
        """A day in words, `12 May 2022`; empty for None."""
        return format_date(day, "long", locale=self.locale) if day is not None else ""

    def number(self, value: float) -> str:
        """A number as the language writes it."""
        return format_decimal(value, locale=self.locale)

    def plain_number(self, value: float) -> str:
        """All digits of a number, without groups, so that it can be read back."""
        locale = self.locale
        return format_decimal(
            value, locale=locale, group_separator=False, decimal_quantization=False
        )

    def percent(self, value: float) -> str:
        """`95` as `95%` or `95 %`."""
        return self.number(value) + format_percent(0, locale=self.locale).lstrip("0")

    def listing(self, entries: Iterable[str]) -> str:
        """`a, b and c`."""
        return format_list(list(entries), locale=self.locale)

    def span(self, text: str | None) -> str:
        """A duration in words, `1 year and 6 months`; empty for None."""
        if text is None:
            return ""
        span = parse_span(text)
        if span is None:
            return text
        if span.business_days:
            return self.count("business_days", span.business_days)
        amounts = ((getattr(span, f"{unit}s"), unit) for unit in _UNITS)
        parts = [format_unit(n, unit, locale=self.locale) for n, unit in amounts if n]
        return self.listing(parts or [format_unit(0, "day", locale=self.locale)])

    def sentence(self, text: str) -> str:
        """The text with its first letter capital."""
        return text[:1].upper() + text[1:]


def speech(language: str, translations: Translations | None = None) -> Speech:
    """The words of a language; where a word or the whole language is missing, English ones."""
    known = translations or {}
    return Speech(
        language=language.replace("_", "-"),
        locale=_locale(language),
        phrases=in_language("phrase", PHRASES, known, language),
        labels=in_language("label", LABELS, known, language),
    )


def _locale(language: str) -> str:
    wanted, plain = language.replace("-", "_"), primary(language)
    for name in (LOCALES.get(wanted, wanted), LOCALES.get(plain, plain)):
        try:
            return str(Locale.parse(name))
        except (UnknownLocaleError, ValueError):
            continue
    return LOCALES[ENGLISH]


def words_of(id_: str) -> str:
    """An id as words, for things whose title is not known here: `not-qualified` → Not qualified."""
    text = id_.replace("-", " ").replace(".", " ").strip()
    return text[:1].upper() + text[1:]

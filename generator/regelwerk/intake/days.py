"""Read a day that was picked or typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Literal

from babel import Locale
from babel.dates import get_month_names

from regelwerk.intake.filled import Control
from regelwerk.intake.refusal import ValueRefusedError
from regelwerk.model.moment import parse_date

_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[T ][0-9:.,+Z-]*)?")
_DOTS = re.compile(r"([0-9]{1,2})\.\s?([0-9]{1,2})\.\s?([0-9]{4})")
_SLASHES = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
_WORDS = re.compile(r"([0-9]{1,2})\.?\s+([^\W\d_]+)\.?\s+([0-9]{4})")
_WORDS_US = re.compile(r"([^\W\d_]+)\.?\s+([0-9]{1,2}),?\s+([0-9]{4})")
_DIGITS = re.compile(r"[0-9]+")
_HINT = "for example 2026-05-12 or 12 May 2026"
_TWELVE = 12
# How months are written: `5. März` and `Mär`, each as in a date and by itself.
_WIDTHS: tuple[Literal["wide"], Literal["abbreviated"]] = ("wide", "abbreviated")
_USES: tuple[Literal["format"], Literal["stand-alone"]] = ("format", "stand-alone")


def read_day(control: Control, locale: str) -> str:
    """`2026-11-24`: what the program keeps, unless what is to be seen says another day."""
    text = " ".join(control.text.split())
    typed = _typed(text, locale)
    picked = parse_date(control.day) if control.day is not None else None
    if picked is not None:
        if typed is not None and typed != picked:
            message = f"“{text[:40]}” is to be seen, but the field keeps {picked.isoformat()}"
            raise ValueRefusedError(message, "choose the day anew")
        if typed is None and text and control.day != text and not _tells(text, picked):
            message = f"“{text[:40]}” is not a day, though the field keeps {picked.isoformat()}"
            raise ValueRefusedError(message, _HINT)
        return picked.isoformat()
    if typed is None:
        raise ValueRefusedError(f"“{text[:40]}” is not a day that can be read", _HINT)
    return typed.isoformat()


def _tells(text: str, day: date) -> bool:
    """Whether a text in some unknown format can stand for the day."""
    numbers = {int(number) for number in _DIGITS.findall(text)[:8]}
    return day.day in numbers and (day.year in numbers or day.year % 100 in numbers)


def _typed(text: str, locale: str) -> date | None:
    if match := _ISO.fullmatch(text):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if match := _DOTS.fullmatch(text):
        return _day(int(match[3]), int(match[2]), int(match[1]))
    if match := _SLASHES.fullmatch(text):
        first, second = int(match[1]), int(match[2])
        if first > _TWELVE or first == second:
            return _day(int(match[3]), second, first)
        return _day(int(match[3]), first, second) if second > _TWELVE else None
    if match := _WORDS.fullmatch(text):
        return _day(int(match[3]), _month(match[2], locale), int(match[1]))
    if match := _WORDS_US.fullmatch(text):
        return _day(int(match[3]), _month(match[1], locale), int(match[2]))
    return None


def _month(name: str, locale: str) -> int:
    """The month of that name in the form's language or in English; 0 where there is none."""
    wanted = name.casefold()
    for language in dict.fromkeys((locale, "en")):
        for number, word in _months(Locale.parse(language, sep="_" if "_" in language else "-")):
            if word.casefold().rstrip(".") == wanted:
                return number
    return 0


def _months(locale: Locale) -> Iterator[tuple[int, str]]:
    for width in _WIDTHS:
        for use in _USES:
            yield from get_month_names(width, use, locale).items()


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None

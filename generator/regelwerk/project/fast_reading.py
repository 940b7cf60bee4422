"""Read records fast, without places: what is read here reads the same with places, or is in doubt.

A file with anything unusual in it is in doubt and read slowly; only that reading says what is
wrong.
`orjson` and `yaml-rs` (extra `bulk`) do the parsing where they are installed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

from regelwerk.project.limits import MAX_DEPTH
from regelwerk.project.yaml_tree import read_yaml


class Doubt:
    """What reading gives where only the slow reading can tell."""


DOUBT: Final = Doubt()

Reader = Callable[[bytes], Any]

# No file of this size holds too many values: each takes two characters at least.
LARGEST = 128 * 1024
_PLAIN_BYTES = bytes(code for code in range(256) if code == 0x0A or (code >= 0x20 and code != 0x7F))
_LONGEST_KEY = 200
_LONG = 300
_LONG_NUMBER = re.compile(rb"[0-9][0-9.eE+-]{299}")
# Where a directive, a document marker, or a key that is empty or explicit may stand (YAML 1.2.2,
# chapters 6.8, 8.2.2, 9.1). Searched one by one, which is many times faster than one expression.
_MARKS = ("\n---", "\n...", "\ufeff", " :", "-:", "\n:")
_QUESTION_MARKS = (" ?", "-?", "\n?")
_FIRST = ("%", "---", "...", ":", "?")
# Where a tag, an anchor or an alias may stand (6.9, 7.1).
_TAG = re.compile(r"[!*&]")
_BEFORE_TAG = frozenset(" \n[]{},:?-")
# Mappings and lists in brackets: on one line, of plain keys and of values plain or in quotes.
_VALUE = r'(?:"[^"\n]*"|[A-Za-z0-9](?:[^\n,:{}\[\]#"\']|:(?![\s,{}\[\]]))*)'
_LIST = rf"\[ *{_VALUE}(?:, +{_VALUE})* *\]"
_PAIR = rf"[A-Za-z][A-Za-z0-9-]*: +(?:{_VALUE}|{_LIST})"
_MAPPING = rf"\{{ *{_PAIR}(?:, +{_PAIR})* *\}}"
_BRACKETS = re.compile(rf": +(?:{_LIST}|{_MAPPING}) *(?:\n|$)|[\[{{]")
_ESCAPES = (b"\\u", b"\\b", b"\\f")  # how orjson writes what no text may hold
_QUOTE_AS_NUMBER = b"\\u0022"
# U+0080 to U+00A0, blanks and unseen characters of other scripts, U+FEFF, U+FFFE, U+FFFF, in UTF-8.
_UNUSUAL = re.compile(
    rb"\xc2[\x80-\xa0]|\xe1\x9a\x80|\xe2\x80[\x80-\x8f\xa8-\xaf]|\xe2\x81[\x9f-\xa4]"
    rb"|\xe3\x80\x80|\xef\xbb\xbf|\xef\xbf[\xbe\xbf]"
)


def fast_readers() -> tuple[Reader, Reader]:
    """How to read YAML and JSON fast: the installed parsers, else our own without places."""
    try:
        import yaml_rs

        yaml: Reader = _yaml_reader(yaml_rs.loads, yaml_rs.YAMLDecodeError)
    except ImportError:
        yaml = _own_yaml
    try:
        import orjson

        json: Reader = _json_reader(
            orjson.loads, lambda data: orjson.dumps(data, option=orjson.OPT_STRICT_INTEGER)
        )
    except ImportError:
        json = _no_json
    return yaml, json


def numbers_are_short(content: bytes) -> bool:
    """Whether no number is so long that the slow reading refuses it."""
    if content.count(b"\n") > 1 and max(map(len, content.split(b"\n"))) < _LONG:
        return True
    return _LONG_NUMBER.search(content) is None


def texts_are_plain(content: bytes) -> bool:
    """Whether the texts in compact JSON hold no control characters and no unusual blanks.

    Line breaks and tabs are fine; texts may be called in doubt that are not.
    """
    if b"\\" in content and any(escape in content for escape in _ESCAPES):
        return False
    if b"\x7f" in content:
        return False
    if content.isascii():
        return True
    # Looked for one by one, which is many times faster than the expression alone.
    is_doubtful = (
        b"\xc2" in content
        or b"\xe1" in content
        or b"\xe2" in content
        or b"\xe3" in content
        or b"\xef" in content
    )
    return not is_doubtful or _UNUSUAL.search(content) is None


def without_free_keys(data: Any) -> Any:  # noqa: ANN401
    """The data without the keys beginning `x-`, which are free; ValueError where one is strange."""
    if type(data) is dict:
        free = [key for key in data if key.startswith("x-")]
        if any(len(key) > _LONGEST_KEY or not key.isprintable() for key in free):
            raise ValueError(free)
        kept = data.items() if not free else [(k, v) for k, v in data.items() if k not in free]
        return {key: without_free_keys(value) for key, value in kept}
    return [without_free_keys(item) for item in data] if type(data) is list else data


def _json_reader(loads: Callable[[bytes], Any], dumps: Callable[[Any], bytes]) -> Reader:
    def read(content: bytes) -> Any:  # noqa: ANN401
        if len(content) > LARGEST:
            return DOUBT
        try:
            data = loads(content)
            again = dumps(data)
        except (ValueError, TypeError, RecursionError):
            return DOUBT
        # A key given twice is lost in the data, and its quotation marks with it.
        if again != content and (
            again.count(b'"') != content.count(b'"') or _QUOTE_AS_NUMBER in content
        ):
            return DOUBT
        if b"\\" in again and any(escape in again for escape in _ESCAPES):
            return DOUBT
        if b"\x7f" in again or b"\xef\xbf" in again:  # U+007F; U+FFFE and U+FFFF are among these
            return DOUBT
        return DOUBT if b'"x-' in again and not _is_plain(data, 0) else data

    return read


def _no_json(_content: bytes) -> Any:  # noqa: ANN401
    return DOUBT


def _yaml_reader(loads: Callable[..., Any], error: type[Exception]) -> Reader:
    def read(content: bytes) -> Any:  # noqa: ANN401
        text = _ordinary(content)
        if text is None:
            return DOUBT
        try:
            data = loads(text, parse_datetime=False)
        except (error, ValueError, TypeError, RecursionError):
            return DOUBT
        if type(data) is not dict:
            return DOUBT
        return DOUBT if "x-" in text and not _is_plain(data, 0) else data

    return read


def _ordinary(content: bytes) -> str | None:
    """The text of a file in which nothing is written that parsers might take differently."""
    if len(content) > LARGEST or content.translate(None, _PLAIN_BYTES) or b"\\" in content:
        return None
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return None
    if not text.isascii() and not text.replace("\n", " ").isprintable():
        return None
    if text.startswith(_FIRST) or any(mark in text for mark in _MARKS):
        return None
    if "?" in text and any(mark in text for mark in _QUESTION_MARKS):
        return None
    if "%" in text and "\n%" in text:
        return None
    if ("!" in text or "*" in text or "&" in text) and _has_tag(text):
        return None
    if ("{" in text or "[" in text) and any(len(found) == 1 for found in _BRACKETS.findall(text)):
        return None
    return text


def _has_tag(text: str) -> bool:
    """Whether there may be a tag, an anchor or an alias; an ampersand before a blank is none."""
    for found in _TAG.finditer(text):
        at = found.start()
        begins = at == 0 or text[at - 1] in _BEFORE_TAG
        if begins and (text[at] != "&" or text[at + 1 : at + 2].strip()):
            return True
    return False


def _own_yaml(content: bytes) -> Any:  # noqa: ANN401
    """Our own reader without places; whatever it reports is left to the reading with places."""
    text = _ordinary(content)
    if text is None:
        return DOUBT
    tree = read_yaml(text, places=False)
    return DOUBT if tree.problems or not tree.readable else tree.data


def _is_plain(data: Any, depth: int) -> bool:  # noqa: ANN401
    """Whether it holds no numbers and is not deep, so that limits and rounding cannot matter."""
    if type(data) is dict:
        return depth < MAX_DEPTH and all(
            type(key) is str and _is_plain(value, depth + 1) for key, value in data.items()
        )
    if type(data) is list:
        return depth < MAX_DEPTH and all(_is_plain(value, depth + 1) for value in data)
    return type(data) is str or data is None or type(data) is bool

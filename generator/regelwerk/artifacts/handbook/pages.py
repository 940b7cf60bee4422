"""A page of Markdown with its title, ready for MkDocs."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from html import escape
from typing import Literal

from regelwerk.model.context import Artifact

_BREAKS = {ord(char): f"\\u{ord(char):04x}" for char in "\x7f\x85\u2028\u2029\ufeff"}
Found = Literal["first", "last", "never"]
_IN_SEARCH: Mapping[Found, str] = {
    "first": "",
    "last": "search:\n  boost: 0.1\n",
    "never": "search:\n  exclude: true\n",
}


def page(path: str, title: str, body: str, *, found: Found = "first") -> Artifact:
    """The page as a file. MkDocs' themes show titles as HTML, so the title is escaped for that.

    `found` says where a search has the page among others.
    """
    quoted = json.dumps(escape(title), ensure_ascii=False).translate(_BREAKS)
    front = f"---\ntitle: {quoted}\n{_IN_SEARCH[found]}---\n\n"
    return Artifact(path, (front + _tidy(body)).encode())


def _tidy(body: str) -> str:
    """Blank lines as a person would set them, whatever a template leaves behind."""
    return re.sub(r"\n(?:[ \t]*\n){2,}", "\n\n", body).strip("\n") + "\n"

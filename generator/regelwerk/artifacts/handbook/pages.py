"""A page of Markdown with its title, ready for MkDocs."""

from __future__ import annotations

import json
import re
from html import escape

from regelwerk.model.context import Artifact

_BREAKS = {ord(char): f"\\u{ord(char):04x}" for char in "\x7f\x85\u2028\u2029\ufeff"}
_DRAFT_IN_SEARCH = "search:\n  boost: 0.1\n"


def page(path: str, title: str, body: str, *, draft: bool = False) -> Artifact:
    """The page as a file. MkDocs' themes show titles as HTML, so the title is escaped for that.

    A search finds drafts after everything else.
    """
    quoted = json.dumps(escape(title), ensure_ascii=False).translate(_BREAKS)
    front = f"---\ntitle: {quoted}\n{_DRAFT_IN_SEARCH if draft else ''}---\n\n"
    return Artifact(path, (front + _tidy(body)).encode())


def _tidy(body: str) -> str:
    """Blank lines as a person would set them, whatever a template leaves behind."""
    return re.sub(r"\n(?:[ \t]*\n){2,}", "\n\n", body).strip("\n") + "\n"

"""Text that Markdown and HTML show exactly as it was written.

Whatever Markdown, one of its usual extensions or a macro plugin could take for a sign of its own
becomes a numeric character reference. That reads the same in a heading, in a table's cell and in
a block of HTML, so nobody has to know where a text will stand.
"""

from __future__ import annotations

import re
from html import unescape

from markupsafe import Markup

_ACTIVE = re.compile(
    r"""[!"\#$&'()*+/:<=>@\[\\\]^_`{|}~]      # signs of Markdown, HTML and their extensions
    | (?<![^\W\d_]{2})\. | \.(?![\s,]|$)      # a full stop but the one that ends a word
    | (?<!\w)\? | \?(?!\s|$)                 # a question mark but the one that ends a word
    | (?<!\w)- | -(?!\w)                      # a hyphen but the one inside a word
    | [\n\r\t\v\f\x1c-\x1e\x85\u2028\u2029]   # whatever ends a line
    | ^\ """,
    re.VERBOSE,
)
_ENUMERATION = re.compile(r"^(\w+)\.")
_KEPT = re.compile(r"(<style>.*?</style>|<[^>]*>)", re.DOTALL)


def literal(text: object) -> Markup:
    """The text as Markdown and as HTML, without any meaning but its own; markup stays as it is."""
    if isinstance(text, Markup):
        return text
    escaped = _ACTIVE.sub(_reference, str(text))
    return Markup(_ENUMERATION.sub(r"\1&#46;", escaped))  # noqa: S704 all of it is escaped


def literal_html(html: str) -> Markup:
    """Safe HTML or SVG whose texts no preprocessor can take for Markdown; no blank lines in it."""
    parts = _KEPT.split(html)
    for index in range(0, len(parts), 2):
        text = parts[index]
        words = unescape(text)
        parts[index] = str(literal(_one_line(words))) if words.strip() else "\n" * bool(text)
    return Markup("".join(parts))  # noqa: S704 was safe before, and texts are escaped again


def _one_line(text: str) -> str:
    return text.replace("\r\n", " ").replace("\n", " ")


def _reference(match: re.Match[str]) -> str:
    return f"&#{ord(match[0])};"

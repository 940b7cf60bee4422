"""An e-mail's body as plain text and as HTML, from one text in Markdown with marks for values."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from html import escape

import css_inline

from regelwerk.artifacts.email.fill import Marks, text_of
from regelwerk.artifacts.email.values import Gap, Value
from regelwerk.artifacts.view import markdown
from regelwerk.errors import RenderError

# Colours come in pairs of text and ground, or not at all, so that they hold in the dark as well.
_CSS = """
body { font-family: Calibri, Carlito, "Segoe UI", Arial, sans-serif; font-size: 15px;
  line-height: 1.5; margin: 0; padding: 16px; }
.mail { max-width: 640px; overflow-wrap: anywhere; }
p { margin: 0 0 1em; }
ul, ol { margin: 0 0 1em; padding-left: 1.5em; }
li { margin: 0 0 0.25em; }
li p { margin: 0; }
table { border-collapse: collapse; margin: 0 0 1em; }
th, td { border: 1px solid #8a8a8a; padding: 4px 8px; text-align: left; vertical-align: top; }
.gap { background-color: #fff0b3; color: #3d2f00; border-radius: 3px; padding: 1px 0; }
.banner { background-color: #9f1239; color: #ffffff; font-weight: bold; padding: 8px 12px;
  margin: 0 0 1em; }
.notes { border-left: 4px solid #8a8a8a; padding: 0 0 0 12px; margin: 0 0 1.5em; }
.notes p { margin: 0; }
"""


def plain_part(banner: str, notes: list[str], body: str, marks: Marks) -> str:
    """The plain text: banner and notes first, then the body, a blank line between blocks."""
    blocks = list(_layout(markdown.blocks(body), marks))
    head = [banner] if banner else []
    if notes:
        head.append("\n".join(marks.replace(note, text_of) for note in notes))
    return "\n\n".join([*head, *blocks]) + "\n"


def html_part(banner: str, notes: list[str], body: str, marks: Marks, language: str) -> str:
    """The HTML: plain, semantic, styles inlined; no image, font or style from elsewhere."""
    content = html_content(banner, notes, body, marks)
    page = (
        f'<!DOCTYPE html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f'<style>{_CSS}</style>\n</head>\n<body>\n<div class="mail">\n{content}</div>\n'
        "</body>\n</html>\n"
    )
    return _inliner().inline(page)


def html_content(banner: str, notes: list[str], body: str, marks: Marks) -> str:
    """What stands inside the HTML's frame, with classes instead of styles."""
    content = markdown.html(body)
    misplaced = marks.inside_tag(content)
    if misplaced is not None:
        raise RenderError(
            f"the value {text_of(misplaced)} stands in the address or title of a link",
            "put the value into the text, not between the brackets of a link",
        )
    content = marks.replace(content, _html_of)
    head = f'<p class="banner" role="note">{escape(banner)}</p>\n' if banner else ""
    if notes:
        lines = "\n".join(f"<p>{marks.replace(escape(note), _html_of)}</p>" for note in notes)
        head += f'<div class="notes">\n{lines}\n</div>\n'
    return head + content


@lru_cache(maxsize=1)
def _inliner() -> css_inline.CSSInliner:
    return css_inline.CSSInliner(load_remote_stylesheets=False)


def _html_of(value: Value) -> str:
    if isinstance(value, Gap):
        return f'<span class="gap">{escape(text_of(value))}</span>'
    return escape(value.text, quote=False).replace("\n", "<br>\n")


def _layout(blocks: list[markdown.Block], marks: Marks) -> Iterator[str]:
    for block in blocks:
        if block["type"] == "paragraph":
            yield _line(block["runs"], marks)
        elif block["type"] == "list":
            yield "\n".join(_entries(block, marks))
        else:
            rows = [block["header"], *block["rows"]]
            yield "\n".join(" | ".join(_line(cell, marks) for cell in row) for row in rows)


def _entries(block: markdown.Block, marks: Marks) -> Iterator[str]:
    for number, entry in enumerate(block["entries"], start=int(block["start"])):
        sign = f"{number}. " if block["ordered"] else "- "
        text = "\n".join(_layout(entry, marks))
        yield sign + text.replace("\n", "\n" + " " * len(sign))


def _line(runs: list[markdown.Run], marks: Marks) -> str:
    return "".join(marks.replace(_with_address(run), text_of) for run in runs)


def _with_address(run: markdown.Run) -> str:
    address = run["href"].removeprefix("mailto:")
    return run["text"] if address in ("", run["text"]) else f"{run['text']} ({address})"

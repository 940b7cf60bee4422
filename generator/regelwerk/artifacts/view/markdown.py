"""Markdown as people write it here: paragraphs, lists, emphasis, links and tables (CommonMark).

Everything else is text: no HTML, no entities, no headings or code blocks that would swallow
characters, no typographic replacement. A link that is not http, https or mailto stays as written.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from regelwerk.artifacts.view.wide_tables import widen_tables

Run = dict[str, Any]
Block = dict[str, Any]

_LINKS = ("http://", "https://", "mailto:")
_OFF = (
    "heading",
    "lheading",
    "hr",
    "fence",
    "code",
    "blockquote",
    "reference",
    "html_block",
    "html_inline",
    "entity",
    "image",
    "autolink",
)


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "typographer": False})
    parser.enable("table").disable(list(_OFF))
    parser.core.ruler.before("inline", "wide_tables", widen_tables)
    parser.validateLink = lambda url: url.lower().startswith(_LINKS)  # type: ignore[method-assign]
    return parser


def blocks(text: str) -> list[Block]:
    """The text as paragraphs, lists and tables, made of dicts, lists, strings and bools.

    `{"type": "paragraph", "runs": [run…]}`; `{"type": "list", "ordered", "start", "entries":
    [[block…]…]}`; `{"type": "table", "header": [[run…]…], "rows": [[[run…]…]…], "align": […]}`. A
    run is `{"text", "bold", "italic", "code", "href"}`; a line break is a run of `"\\n"`.
    """
    return _blocks(iter(_parser().parse(text)), "")


def plain(text: str) -> str:
    """The text without its marks: a line for each paragraph, entry and table row."""
    return "\n".join(_plain_lines(blocks(text)))


def html(text: str) -> str:
    """The text as HTML that holds nothing but what `blocks` knows; all of it escaped."""
    return str(_parser().render(text))


def text_view(text: str | None) -> dict[str, Any]:
    """A Markdown text in every form a template may want: `raw`, `plain`, `html`, `blocks`."""
    if not text:
        return {"raw": "", "plain": "", "html": "", "blocks": []}
    parser = _parser()
    tokens = parser.parse(text)
    parsed = _blocks(iter(tokens), "")
    return {
        "raw": text.strip(),
        "plain": "\n".join(_plain_lines(parsed)),
        "html": str(parser.renderer.render(tokens, parser.options, {})),
        "blocks": parsed,
    }


def _blocks(tokens: Iterator[Token], closing: str) -> list[Block]:
    found: list[Block] = []
    for token in tokens:
        if token.type == closing:
            break
        if token.type == "inline":
            found.append({"type": "paragraph", "runs": _runs(token.children or ())})
        elif token.type in ("bullet_list_open", "ordered_list_open"):
            found.append(_list(tokens, token))
        elif token.type == "table_open":
            found.append(_table(tokens))
    return found


def _list(tokens: Iterator[Token], opening: Token) -> Block:
    entries: list[list[Block]] = []
    for token in tokens:
        if token.type == opening.type.replace("_open", "_close"):
            break
        if token.type == "list_item_open":
            entries.append(_blocks(tokens, "list_item_close"))
    return {
        "type": "list",
        "ordered": opening.type == "ordered_list_open",
        "start": str(opening.attrGet("start") or "1") if opening.attrs else "1",
        "entries": entries,
    }


def _table(tokens: Iterator[Token]) -> Block:
    rows: list[list[list[Run]]] = []
    align: list[str] = []
    for token in tokens:
        if token.type == "table_close":
            break
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "th_open":
            align.append(str(token.attrGet("style") or "").removeprefix("text-align:") or "left")
        elif token.type == "inline":
            rows[-1].append(_runs(token.children or ()))
    return {"type": "table", "header": rows[0], "rows": rows[1:], "align": align}


def _runs(tokens: Sequence[Token]) -> list[Run]:
    runs: list[Run] = []
    bold = italic = 0
    href = ""
    for token in tokens:
        bold += {"strong_open": 1, "strong_close": -1}.get(token.type, 0)
        italic += {"em_open": 1, "em_close": -1}.get(token.type, 0)
        if token.type == "link_open":
            href = str(token.attrGet("href") or "")
        elif token.type == "link_close":
            href = ""
        text = {"softbreak": " ", "hardbreak": "\n"}.get(token.type, token.content)
        if text:
            _append(
                runs,
                {
                    "text": text,
                    "bold": bold > 0,
                    "italic": italic > 0,
                    "code": token.type == "code_inline",
                    "href": href,
                },
            )
    return runs


def _append(runs: list[Run], run: Run) -> None:
    """Add a run, joined to the one before where only the text differs."""
    if runs and all(runs[-1][key] == run[key] for key in ("bold", "italic", "code", "href")):
        runs[-1]["text"] += run["text"]
    else:
        runs.append(run)


def _plain_lines(parsed: list[Block]) -> Iterator[str]:
    for block in parsed:
        if block["type"] == "paragraph":
            yield "".join(run["text"] for run in block["runs"])
        elif block["type"] == "list":
            for entry in block["entries"]:
                yield from _plain_lines(entry)
        else:
            for row in [block["header"], *block["rows"]]:
                yield " | ".join("".join(run["text"] for run in cell) for cell in row)

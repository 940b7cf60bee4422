"""Table rows with more cells than their header: the table grows, instead of losing them.

GitHub Flavored Markdown (4.10) ignores such cells; here no text is ever lost.
"""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it.rules_block.table import escapedSplit
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

# Beyond so many cells a table is not filled up with empty ones; what is too much ends in the last.
_MOST_CELLS = 65_536


def widen_tables(state: StateCore) -> None:
    """Give every table as many columns as its widest row has (a core rule of markdown-it)."""
    lines = state.src.split("\n")
    tokens: list[Token] = []
    table: list[Token] = []
    for token in state.tokens:
        (table if table or token.type == "table_open" else tokens).append(token)
        if token.type == "table_close":
            tokens += _widened(table, lines)
            table = []
    state.tokens = tokens


def _widened(table: list[Token], lines: Sequence[str]) -> list[Token]:
    starts = [place for place, token in enumerate(table) if token.type == "tr_open"]
    columns = sum(1 for token in table if token.type == "th_open")
    surplus = {start: _cells(table[start], lines)[columns:] for start in starts[1:]}
    more = max((len(cells) for cells in surplus.values()), default=0)
    if not more:
        return table
    if (columns + more) * len(starts) > _MOST_CELLS:
        return _joined(table, surplus)
    found: list[Token] = []
    start = 0
    for place, token in enumerate(table):
        if token.type == "tr_open":
            start = place
        if token.type == "tr_close":
            extra = surplus.get(start, [])
            for cell in [*extra, *[""] * (more - len(extra))]:
                found += _cell("td" if start in surplus else "th", cell, table[start])
        found.append(token)
    return found


def _joined(table: list[Token], surplus: dict[int, list[str]]) -> list[Token]:
    start = 0
    last: Token | None = None
    for place, token in enumerate(table):
        if token.type == "tr_open":
            start = place
        elif token.type == "inline":
            last = token
        elif token.type == "tr_close" and last is not None and surplus.get(start):
            last.content = " | ".join([last.content, *surplus[start]])
    return table


def _cells(row: Token, lines: Sequence[str]) -> list[str]:
    """The cells of a row as markdown-it splits them."""
    first = row.map[0] if row.map else 0
    cells = escapedSplit(lines[first].strip())
    if cells and not cells[0]:
        cells.pop(0)
    if cells and not cells[-1]:
        cells.pop()
    return [cell.strip() for cell in cells]


def _cell(tag: str, content: str, row: Token) -> list[Token]:
    inline = Token("inline", "", 0, map=row.map, content=content, children=[], level=row.level + 2)
    opening = Token(f"{tag}_open", tag, 1, block=True, level=row.level + 1)
    return [opening, inline, Token(f"{tag}_close", tag, -1, block=True, level=row.level + 1)]

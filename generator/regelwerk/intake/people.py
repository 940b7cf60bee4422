"""Who is meant by a name that was typed."""

from __future__ import annotations

import re
from collections.abc import Mapping

from regelwerk.diagnostics import did_you_mean

_STRONG = re.compile(r"[;\n]")
_NAME_AND_ID = re.compile(r".*\(([^()]+)\)")


def who(text: str, people: Mapping[str, str]) -> tuple[list[str], str, str]:
    """The ids of the people named, and the problem and a hint where somebody is not known.

    A name or an id; several are separated by `;`, a line break or a comma.
    """
    found: list[str] = []
    for piece in _pieces(text, people):
        ids = _ids(piece, people)
        if len(ids) != 1:
            named = " or ".join(f"`{id_}`" for id_ in ids)
            if ids:
                return [], f"“{piece}” may be {named}", "write the id"
            known = [*people.values(), *people]
            hint = did_you_mean(piece, known) or "add them to people.yaml, or write their id"
            return [], f"“{piece[:60]}” is nobody in people.yaml", hint
        found += [id_ for id_ in ids if id_ not in found]
    return found, "", ""


def _pieces(text: str, people: Mapping[str, str]) -> list[str]:
    strong = [" ".join(piece.split()) for piece in _STRONG.split(text)]
    pieces: list[str] = []
    for piece in filter(None, strong):
        if _ids(piece, people) or "," not in piece:
            pieces.append(piece)
        else:
            pieces += filter(None, (part.strip() for part in piece.split(",")))
    return pieces


def _ids(piece: str, people: Mapping[str, str]) -> list[str]:
    if piece in people:
        return [piece]
    wanted = piece.casefold()
    named = [id_ for id_, name in people.items() if " ".join(name.split()).casefold() == wanted]
    if named:
        return named
    match = _NAME_AND_ID.fullmatch(piece)
    return [match[1]] if match is not None and match[1] in people else []

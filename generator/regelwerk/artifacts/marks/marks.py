"""The marks of a file, as a value."""

from __future__ import annotations

from typing import Literal

import msgspec

MarkedKind = Literal["document", "checklist", "workbook", "webform", "pdf"]


class Marks(msgspec.Struct, frozen=True, kw_only=True):
    """What a file says of itself, not trusted; texts are empty where it says nothing.

    `digest` is that of the definition (`sha256:…`), `build` that of the file (hexadecimal; for a
    PDF: of the Word file that it was made from). `case` is the case that a form was made for.
    `intact`: the file still has that build digest; None where that cannot be told.
    """

    kind: str
    process: str
    version: str
    digest: str
    build: str = ""
    case: str = ""
    intact: bool | None = None

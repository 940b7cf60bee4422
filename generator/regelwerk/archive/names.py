"""Which names in an archive may become files, on every system alike."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_NOT_ON_WINDOWS = re.compile(r'[<>:"|?*]')
_PORTS = (f"{port}{number}" for port in ("com", "lpt") for number in "123456789¹²³")
_DEVICES = frozenset(("con", "prn", "aux", "nul", "conin$", "conout$", *_PORTS))
LONGEST = 1024
_LONGEST_PART = 240


def leads_out(name: str) -> bool:
    """Whether a name could mean a place outside the folder that it is unpacked into."""
    parts = name.split("/")
    absolute = name.startswith("/") or re.match(r"[A-Za-z]:", name) is not None
    return absolute or "\\" in name or ".." in parts or "\0" in name


def name_fault(name: str) -> str | None:
    """What keeps a name from being that of a file on every system; None where nothing does."""
    if leads_out(name):
        return "leads out of the archive"
    if _CONTROL.search(name):
        return "holds control characters"
    if len(name) > LONGEST:
        return "is too long"
    for part in name.split("/"):
        if part in ("", "."):
            return "has an empty part"
        if len(part.encode()) > _LONGEST_PART:
            return "is too long"
        if _NOT_ON_WINDOWS.search(part) or part[-1] in ". ":
            return "cannot be a file on Windows"
        if part.split(".")[0].rstrip(" ").casefold() in _DEVICES:
            return "is that of a device on Windows"
    return None


def colliding(names: Iterable[str]) -> Iterator[str]:
    """Names that are one file on some system: by case, by form of Unicode, or file and folder."""
    files: set[str] = set()
    folders: set[str] = set()
    for name in names:
        plain = _folded(name)
        above = {plain[:place] for place, sign in enumerate(plain) if sign == "/"}
        if plain in files or plain in folders or not above.isdisjoint(files):
            yield name
        files.add(plain)
        folders |= above


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())

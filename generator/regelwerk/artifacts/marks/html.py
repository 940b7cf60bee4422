"""Marks of a page: in its head, and its build digest worked out like that of an office file."""

from __future__ import annotations

import re
from hashlib import sha256

from regelwerk.artifacts.marks.marks import Marks
from regelwerk.artifacts.office.build_digest import PLACE, PLACE_SHORT, SHORT

_META = re.compile(rb'<meta name="regelwerk" content="([a-z0-9:=;. -]{1,400})">')
_HEAD = 4096


def page_marks(kind: str, process: str, version: str, digest: str) -> str:
    """What stands in the head (`content` of the element `meta` named `regelwerk`)."""
    said = {"kind": kind, "process": process, "version": version, "digest": digest}
    entries = [f"{key}={value}" for key, value in said.items() if value]
    return "; ".join((*entries, f"build=sha256:{PLACE}"))


def with_page_digest(page: bytes) -> bytes:
    """The page with its digest in place of the marks for it."""
    digest = sha256(page).hexdigest()
    long, short = PLACE.encode(), PLACE_SHORT.encode()
    return page.replace(long, digest.encode()).replace(short, digest[:SHORT].encode())


def marks_of_page(page: bytes) -> Marks | None:
    """What a page says of itself; None where it says nothing."""
    found = _META.search(page[:_HEAD])
    if found is None:
        return None
    pairs = (entry.partition("=") for entry in found[1].decode().split("; "))
    said = {key: value for key, _, value in pairs}
    build = said.get("build", "").removeprefix("sha256:")
    return Marks(
        kind=said.get("kind", ""),
        process=said.get("process", ""),
        version=said.get("version", ""),
        digest=said.get("digest", ""),
        build=build,
        intact=_is_intact(page, build),
    )


def _is_intact(page: bytes, build: str) -> bool:
    if re.fullmatch("[0-9a-f]{64}", build) is None:
        return False
    marked = page.replace(build.encode(), PLACE.encode())
    marked = marked.replace(build[:SHORT].encode(), PLACE_SHORT.encode())
    return sha256(marked).hexdigest() == build

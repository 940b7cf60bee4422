"""Archives that play tricks, byte by byte."""

from __future__ import annotations

import io
import struct
import warnings
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from regelwerk.archive.write import write_archive


def honest(files: Mapping[str, bytes | Path] | None = None) -> bytes:
    target = io.BytesIO()
    write_archive(target, files if files is not None else {"a.txt": b"alpha", "b/c.txt": b"gamma"})
    return target.getvalue()


def zipped(
    *entries: tuple[str, bytes], edit: Callable[[zipfile.ZipInfo], None] | None = None
) -> bytes:
    """An archive with entries of any name, the same name twice if need be."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            entry = zipfile.ZipInfo("x" * len(name.encode()), (1980, 1, 1, 0, 0, 0))
            entry.create_system = 0
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.filename = name
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of names that are there already
                archive.writestr(entry, content)
            entry.external_attr = 0
            if edit is not None:
                edit(entry)
    return target.getvalue()


def link() -> bytes:
    def as_link(entry: zipfile.ZipInfo) -> None:
        entry.create_system, entry.external_attr = 3, 0o120777 << 16

    return zipped(("a.txt", b"/etc/passwd"), edit=as_link)


def encrypted() -> bytes:
    content = bytearray(honest())
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


def bomb(size: int = 20_000_000) -> bytes:
    return honest({"a.txt": b"\0" * size})


def lying_about_size() -> bytes:
    """The directory and the header say three bytes; there are more."""
    content = bytearray(honest({"a.txt": b"a" * 5000}))
    at = content.index(b"PK\x01\x02")
    content[at + 24 : at + 28] = content[22:26] = struct.pack("<L", 3)
    return bytes(content)


def overlapping() -> bytes:
    """Two entries of the directory share the bytes of one."""
    content = honest({"a.txt": b"alpha", "b.txt": b"gamma"})
    second = content.index(b"PK\x01\x02", content.index(b"PK\x01\x02") + 1)
    changed = bytearray(content)
    changed[second + 42 : second + 46] = struct.pack("<L", 0)
    return bytes(changed)


def contradicting() -> bytes:
    """The local header names another file than the directory."""
    return honest().replace(b"a.txt", b"z.txt", 1)


def in_between() -> bytes:
    """Something lies between the last entry and the directory."""
    content = honest()
    at = content.index(b"PK\x01\x02")
    end = content.index(b"PK\x05\x06")
    changed = bytearray(content[:at] + b"hidden" + content[at:])
    changed[end + 6 + 16 : end + 6 + 20] = struct.pack("<L", at + 6)
    return bytes(changed)

"""Where the entries of an archive lie in its bytes, and that they lie nowhere else.

Source: PKWARE's APPNOTE.TXT 6.3, 4.3. Two readers can be shown two things where the local header
of an entry differs from the directory, where entries overlap, or where something lies between.
"""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Sequence
from typing import IO

from regelwerk.archive.refused import ArchiveRefusedError

_LOCAL = struct.Struct("<4s5H3L2H")
_LOCAL_MARK = b"PK\x03\x04"
_END_MARK = b"PK\x05\x06"
_END_SIZE = 22
_UTF8 = 0x800
_LATER = 0x8
_IN_EXTRA = 0xFFFFFFFF


def require_sound(file: IO[bytes], entries: Sequence[zipfile.ZipInfo], directory: int) -> None:
    """Refuse overlapping entries, and local headers that say something else than the directory."""
    end = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < end:
            raise ArchiveRefusedError(f"{_shown(entry)} overlaps another entry")
        end = _end_of(file, entry)
        if end > directory:
            raise ArchiveRefusedError(f"{_shown(entry)} overlaps the directory of the archive")


def require_end(file: IO[bytes], comment: bytes) -> None:
    """Refuse what is appended: another program could take it for a file of its own kind."""
    if comment:
        raise ArchiveRefusedError("it carries a comment")
    size = file.seek(0, 2)
    file.seek(max(0, size - _END_SIZE))
    if not file.read(_END_SIZE).startswith(_END_MARK):
        raise ArchiveRefusedError("something is appended to it")


def require_tight(file: IO[bytes], entries: Sequence[zipfile.ZipInfo], directory: int) -> None:
    """Refuse anything before, between and behind the entries, and whatever they need not have."""
    end = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset != end:
            raise ArchiveRefusedError(f"something lies hidden before {_shown(entry)}")
        if entry.flag_bits & ~_UTF8 or entry.extra or entry.comment:
            raise ArchiveRefusedError(f"{_shown(entry)} carries more than its content")
        if entry.is_dir():
            raise ArchiveRefusedError(f"{_shown(entry)} is a folder, not a file")
        end = _end_of(file, entry, bare=True)
    if end != directory:
        raise ArchiveRefusedError("something lies hidden before its directory")
    size = file.seek(0, 2)
    file.seek(max(0, size - _END_SIZE))
    tail = file.read(_END_SIZE)
    if len(tail) != _END_SIZE or not tail.startswith(_END_MARK) or tail[20:] != b"\0\0":
        raise ArchiveRefusedError("something is appended to it")
    length, start = struct.unpack("<LL", tail[12:20])
    if start != directory or start + length != size - _END_SIZE:
        raise ArchiveRefusedError("its directory is not where it says")


def _end_of(file: IO[bytes], entry: zipfile.ZipInfo, *, bare: bool = False) -> int:
    """Where the content of an entry ends, after its own header was compared."""
    file.seek(entry.header_offset)
    head = file.read(_LOCAL.size)
    if len(head) != _LOCAL.size or not head.startswith(_LOCAL_MARK):
        raise ArchiveRefusedError(f"the header of {_shown(entry)} is not where it should be")
    _, _, flags, method, _, _, crc, packed, size, name_length, extra_length = _LOCAL.unpack(head)
    name = file.read(name_length)
    told, known = (crc, packed, size), (entry.CRC, entry.compress_size, entry.file_size)
    elsewhere = bool(flags & _LATER) or _IN_EXTRA in told
    if method != entry.compress_type or name != _name(entry, flags):
        raise ArchiveRefusedError(f"{_shown(entry)} is described in two ways")
    if told != known and not elsewhere:
        raise ArchiveRefusedError(f"{_shown(entry)} is described in two ways")
    if bare and (extra_length or elsewhere or flags != entry.flag_bits):
        raise ArchiveRefusedError(f"{_shown(entry)} carries more than its content")
    end: int = entry.header_offset + _LOCAL.size + name_length + extra_length + entry.compress_size
    return end


def _name(entry: zipfile.ZipInfo, flags: int) -> bytes:
    return entry.orig_filename.encode("utf-8" if flags & _UTF8 else "cp437", "replace")


def _shown(entry: zipfile.ZipInfo) -> str:
    return repr(entry.filename[:80])

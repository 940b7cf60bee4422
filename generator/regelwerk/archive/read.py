"""Open an archive that nobody vouches for; what could hurt or deceive is refused by name."""

from __future__ import annotations

import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from typing import IO

import msgspec

from regelwerk.archive.layout import require_end, require_sound, require_tight
from regelwerk.archive.names import colliding, leads_out, name_fault
from regelwerk.archive.refused import ArchiveRefusedError

_ENCRYPTED = 0x1 | 0x40
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_SMALL = 1024 * 1024
_ALWAYS = 64 * _SMALL
_BLOCK = 1024 * 1024
_DAMAGED = (
    *(zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError),
    *(struct.error, zlib.error, OverflowError, KeyError),
)


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """How much an archive may hold, in bytes once unpacked.

    `ratio` is how many times its packed size an entry over 1 MiB may be, and so may all together
    where they are over 64 MiB.
    """

    entries: int
    entry: int
    total: int
    ratio: int = 200


OFFICE = Limits(entries=2000, entry=32 * _SMALL, total=64 * _SMALL)
"""What office files may hold."""


class Archive:
    """An open archive; entries are unpacked when they are asked for."""

    def __init__(
        self, archive: zipfile.ZipFile, entries: Mapping[str, zipfile.ZipInfo], limits: Limits
    ) -> None:
        self._archive = archive
        self._entries = entries
        self._limits = limits

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all entries, in the order of the directory."""
        return tuple(self._entries)

    def __contains__(self, name: object) -> bool:
        return name in self._entries

    def size(self, name: str) -> int:
        """How many bytes an entry has once unpacked, by the directory."""
        return self._entries[name].file_size

    def read(self, name: str) -> bytes:
        """An entry unpacked; ArchiveRefusedError where it is damaged or larger than it says."""
        return b"".join(self.blocks(name))

    def blocks(self, name: str) -> Iterator[bytes]:
        """An entry unpacked piece by piece; as `read`."""
        entry, read = self._entries[name], 0
        try:
            with self._archive.open(entry) as part:
                while block := part.read(_BLOCK):
                    read += len(block)
                    if read > min(entry.file_size, self._limits.entry):
                        raise ArchiveRefusedError(f"{name!r} is larger than it says")
                    yield block
        except _DAMAGED as error:
            raise ArchiveRefusedError(f"{name!r} cannot be unpacked") from error
        if read != entry.file_size:
            raise ArchiveRefusedError(f"{name!r} is smaller than it says")


def open_archive(file: IO[bytes], limits: Limits, *, tight: bool = False) -> Archive:
    """Look into an archive; ArchiveRefusedError says why it may not be read.

    Refused are names that lead out or collide, encryption, overlapping entries, headers that
    contradict each other, links, comments, what is appended, and what is too large. `tight` is for
    archives that this tool writes: nothing may lie before or between the entries, and every name
    must be that of a file on every system.
    """
    try:
        archive = zipfile.ZipFile(file)
        everything = archive.infolist()
    except _DAMAGED as error:
        raise ArchiveRefusedError("it is no zip archive") from error
    if not all(entry.filename for entry in everything):
        raise ArchiveRefusedError("it holds a file without a name")
    if len(everything) > limits.entries:
        raise ArchiveRefusedError("it holds too many files", too_large=True)
    entries = everything if tight else [entry for entry in everything if not entry.is_dir()]
    _require_names(entries, tight=tight)
    for entry in everything:
        _require_plain(entry)
    _require_size(entries, limits)
    try:
        _require_ratio(entries, limits, file.seek(0, 2))
        require_end(file, archive.comment)
        require_sound(file, everything, archive.start_dir)
        if tight:
            require_tight(file, everything, archive.start_dir)
    except _DAMAGED as error:
        raise ArchiveRefusedError("it is damaged") from error
    return Archive(archive, {entry.filename: entry for entry in entries}, limits)


def _require_names(entries: Sequence[zipfile.ZipInfo], *, tight: bool) -> None:
    names = [entry.orig_filename if tight else entry.filename for entry in entries]
    for name in names:
        fault = name_fault(name) if tight else None
        if fault is not None or leads_out(name):
            raise ArchiveRefusedError(f"the name {name[:80]!r} {fault or 'leads out of it'}")
    twice = next(colliding(names), None)
    if twice is not None:
        raise ArchiveRefusedError(f"the name {twice[:80]!r} is there twice, or as file and folder")


def _require_plain(entry: zipfile.ZipInfo) -> None:
    shown = repr(entry.filename[:80])
    mode = entry.external_attr >> 16
    if mode and stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise ArchiveRefusedError(f"{shown} is a link, or no file at all")
    if entry.flag_bits & _ENCRYPTED:
        raise ArchiveRefusedError(f"{shown} is encrypted")
    if entry.compress_type not in _METHODS:
        raise ArchiveRefusedError(f"{shown} is packed in a way that is not read")


def _require_ratio(entries: Sequence[zipfile.ZipInfo], limits: Limits, packed: int) -> None:
    total = sum(entry.file_size for entry in entries)
    if total > max(_ALWAYS, limits.ratio * packed):
        raise ArchiveRefusedError("it is too large once unpacked", too_large=True)


def _require_size(entries: Sequence[zipfile.ZipInfo], limits: Limits) -> None:
    if sum(entry.file_size for entry in entries) > limits.total:
        raise ArchiveRefusedError("it is too large once unpacked", too_large=True)
    for entry in entries:
        bomb = entry.file_size > _SMALL and entry.file_size > limits.ratio * entry.compress_size
        if bomb or entry.file_size > limits.entry:
            shown = repr(entry.filename[:80])
            raise ArchiveRefusedError(f"{shown} is too large once unpacked", too_large=True)

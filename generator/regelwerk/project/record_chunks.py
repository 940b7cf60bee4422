"""Record files cut into pieces of even size, and the records of a piece as bytes."""

from __future__ import annotations

import gzip
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path as FilePath
from typing import IO, Any

import msgspec

from regelwerk.diagnostics import Problem
from regelwerk.project.fast_reading import numbers_are_short
from regelwerk.project.json_places import JsonPlaces
from regelwerk.project.json_tree import read_json
from regelwerk.project.limits import MAX_BYTES
from regelwerk.project.parquet import read_rows, row_pieces
from regelwerk.project.reading import decode, parse, read_limited, require_regular
from regelwerk.project.tree import ReadingError, Tree, unreadable

LINES = (".jsonl", ".jsonl.gz", ".jsonl.zst")
ROWS = ".parquet"

_FILES_A_CHUNK = 100
_BYTES_A_CHUNK = 4 * 1024 * 1024
_BLOCK = 1024 * 1024
_LINES_AT_ONCE = 256 * 1024
_RETURN = ord("\r")

# What tells that a file was written to: its size, the time of the last change, its number.
Stamp = tuple[int, int, int]


class Chunk(msgspec.Struct, frozen=True):
    """Some files of one record each, or one file of lines or rows, or a part of it.

    A part reaches from byte `start` to `end` (None: to the end of the file) and begins with line
    `first_line`; of a file of rows, `start` and `end` are rows. `stamp` is that of the file when
    it was cut, None where it was not.
    """

    files: tuple[str, ...]
    start: int = 0
    end: int | None = None
    first_line: int = 0
    stamp: Stamp | None = None

    @property
    def is_lines(self) -> bool:
        """Whether there is one record a line or row."""
        return self.first_line > 0


class Raw(msgspec.Struct, frozen=True):
    """One record as written, or why it cannot be read.

    `line` is its line or row, 0 where the file is the record.
    """

    file: str
    line: int
    content: bytes = b""
    problem: Problem | None = None

    def tree(self) -> Tree:
        """The record with places, read slowly."""
        if self.problem is not None:
            return unreadable(self.problem)
        try:
            if self.file.endswith(ROWS):
                return at_row(read_json(decode(self.content)), self.line)
            if self.line:
                return read_json(decode(self.content, first_line=self.line), first_line=self.line)
            return parse(decode(self.content), is_json=self.is_json)
        except ReadingError as error:
            tree = unreadable(error.problem)
            return at_row(tree, self.line) if self.file.endswith(ROWS) else tree

    @property
    def is_json(self) -> bool:
        """Whether it is written in JSON; else it is YAML."""
        return self.line > 0 or self.file.lower().endswith(".json")

    def tree_of(self, data: Any) -> Tree:  # noqa: ANN401
        """As `tree`, of data that the fast reading has vouched for; JSON lines are not read again.

        Places are looked up when they are asked for.
        """
        if not self.line or self.file.endswith(ROWS) or not numbers_are_short(self.content):
            return self.tree()
        text = decode(self.content, first_line=self.line)
        return Tree(data, JsonPlaces(text, self.line), (), readable=True)


def at_row(tree: Tree, row: int) -> Tree:
    """The tree of a record that has no lines and columns of its own: all of it is at its row."""
    problems = tuple(msgspec.structs.replace(one, line=row, column=1) for one in tree.problems)
    return msgspec.structs.replace(tree, places={(): (row, 1)}, problems=problems)


def holds_lines(file: str) -> bool:
    """Whether a file has one record a line or row."""
    return file.endswith((*LINES, ROWS))


def cut(root: FilePath, files: Iterable[str]) -> Iterator[Chunk]:
    """Pieces of the files, in their order; every record is in exactly one of them."""
    group: list[str] = []
    for file in files:
        if not holds_lines(file):
            group.append(file)
            if len(group) < _FILES_A_CHUNK:
                continue
        if group:
            yield Chunk(tuple(group))
            group = []
        if file.endswith(ROWS):
            yield from _cut_rows(root / file, file)
        elif holds_lines(file):
            yield from _cut_lines(root / file, file)
    if group:
        yield Chunk(tuple(group))


def _cut_rows(path: FilePath, file: str) -> Iterator[Chunk]:
    try:
        require_regular(path)
        stamp = _stamp_of(path)
        for start, end in row_pieces(path):
            yield Chunk((file,), start, end, start + 1, stamp)
    except OSError:
        yield Chunk((file,), first_line=1)  # reading it says what is wrong


def _cut_lines(path: FilePath, file: str) -> Iterator[Chunk]:
    """Parts of a file that end with a line; a compressed file is one piece."""
    try:
        require_regular(path)
        with path.open("rb") as content:
            stamp = _stamp(content)
            if not file.endswith(".jsonl") or stamp[0] <= _BYTES_A_CHUNK:
                yield Chunk((file,), first_line=1, stamp=stamp)
                return
            start, line = 0, 1
            for end, lines in _ends(content):
                yield Chunk((file,), start, end, line, stamp)
                start, line = end, line + lines
    except OSError:
        yield Chunk((file,), first_line=1)  # reading it says what is wrong


def _ends(content: IO[bytes]) -> Iterator[tuple[int, int]]:
    """Where parts end, just behind a line's end or at the end of the file, and their lines."""
    place, lines, began = 0, 0, 0
    while block := content.read(_BLOCK):
        place += len(block)
        found = block.count(b"\n")
        if place - began >= _BYTES_A_CHUNK and found:
            after = block.rfind(b"\n") + 1
            began = place - len(block) + after
            yield began, lines + found
            lines = 0
        else:
            lines += found
    if place > began:
        yield place, lines


def read_chunk(root: FilePath, chunk: Chunk) -> Iterator[Raw]:
    """The records of a piece; what cannot be read is a record with nothing but its problem."""
    links = _Links(root)
    if chunk.is_lines:
        file = chunk.files[0]
        if links.lead_out(file):
            yield Raw(file, chunk.first_line, problem=_led_out())
        elif file.endswith(ROWS):
            yield from _read_rows(root / file, chunk)
        else:
            yield from _read_lines(root / file, chunk)
        return
    for file in chunk.files:
        if links.lead_out(file):
            yield Raw(file, 0, problem=_led_out())
            continue
        try:
            yield Raw(file, 0, read_limited(links.path(file)))
        except ReadingError as error:
            yield Raw(file, 0, problem=error.problem)


class _Links:
    """Whether files lead out of the project by a link; what is known of folders is remembered."""

    def __init__(self, root: FilePath) -> None:
        self._root = root
        self._start = f"{root}{os.sep}"
        self._inside: dict[str, bool] = {}

    def path(self, file: str) -> str:
        """Where the file is."""
        return file if os.path.isabs(file) else self._start + file  # noqa: PTH117 - many files

    def lead_out(self, file: str) -> bool:
        """Whether a file of the project, or its folder, is a link to elsewhere.

        A file named by its whole path was asked for and may lie anywhere.
        """
        if os.path.isabs(file):  # noqa: PTH117 - many files
            return False
        folder = file.rpartition("/")[0]
        if folder not in self._inside:
            self._inside[folder] = self._holds(folder)
        if not self._inside[folder]:
            return True
        return os.path.islink(self._start + file) and not self._holds(file)  # noqa: PTH114

    def _holds(self, file: str) -> bool:
        try:
            return (self._root / file).resolve().is_relative_to(self._root.resolve())
        except (OSError, RuntimeError):  # a circle of links; reading it says what is wrong
            return True


def _led_out() -> Problem:
    return Problem(
        "yaml/syntax",
        (),
        "the file leads out of the project by a link, and is not read",
        "keep the record itself here",
    )


def _read_lines(path: FilePath, chunk: Chunk) -> Iterator[Raw]:
    file = chunk.files[0]
    try:
        require_regular(path)
        with path.open("rb") as content:
            before = _stamp(content)
            if chunk.stamp is None or before == chunk.stamp:
                with _lines_of(content, file) as lines:
                    yield from split_lines(lines, chunk)
            if _stamp(content) != (chunk.stamp or before):
                yield Raw(file, chunk.first_line, problem=_changed())
    except EOFError:
        yield Raw(file, 1, problem=_unreadable("it is cut off"))
    except (OSError, _broken_archive()) as error:
        reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
        yield Raw(file, 1, problem=_unreadable(reason))


def _read_rows(path: FilePath, chunk: Chunk) -> Iterator[Raw]:
    file = chunk.files[0]
    try:
        require_regular(path)
        before = _stamp_of(path)
        if chunk.stamp is None or before == chunk.stamp:
            for row, record in read_rows(path, chunk.start, chunk.end):
                if isinstance(record, Problem):
                    problem = msgspec.structs.replace(record, line=row + 1, column=1)
                    yield Raw(file, row + 1, problem=problem)
                else:
                    yield Raw(file, row + 1, record)
        if _stamp_of(path) != (chunk.stamp or before):
            yield Raw(file, chunk.first_line, problem=_changed())
    except OSError as error:
        yield Raw(file, chunk.first_line, problem=_unreadable(error.strerror or str(error)))


def _broken_archive() -> type[Exception]:
    """What zlib raises in the midst of damaged content; it is no OSError."""
    import zlib

    return zlib.error


def split_lines(lines: IO[bytes], chunk: Chunk) -> Iterator[Raw]:
    """The records of a stream, one a line; lines too long are read over, never kept."""
    file, number = chunk.files[0], chunk.first_line - 1
    if chunk.start:
        lines.seek(chunk.start)
    for content in _split(lines, None if chunk.end is None else chunk.end - chunk.start):
        number += 1
        if len(content) > MAX_BYTES:
            message = f"the line is longer than {MAX_BYTES // 1024 // 1024} MiB"
            problem = Problem("yaml/too-large", (), message, "one record a line", number, 1)
            yield Raw(file, number, problem=problem)
        elif content and not content.isspace():
            yield Raw(file, number, content.rstrip(b"\r") if content[-1] == _RETURN else content)


def _split(content: IO[bytes], length: int | None) -> Iterator[bytes]:
    """The lines of a stream without their ends; of one too long, only enough to see that.

    Without its end, a line that is broken off is at fault itself and not the next.
    """
    rest: list[bytes] = []
    kept = 0
    while length is None or length > 0:
        block = content.read(_LINES_AT_ONCE if length is None else min(_LINES_AT_ONCE, length))
        if not block:
            break
        length = None if length is None else length - len(block)
        lines = block.split(b"\n")
        if len(lines) > 1:
            yield b"".join([*rest, lines[0]])
            yield from lines[1:-1]
            rest, kept = [lines[-1]], len(lines[-1])
        elif kept <= MAX_BYTES:
            rest.append(block)
            kept += len(block)
    if kept:
        yield b"".join(rest)


@contextmanager
def _lines_of(content: IO[bytes], file: str) -> Iterator[IO[bytes]]:
    if file.endswith(".gz"):
        with gzip.GzipFile(fileobj=content) as unpacked:
            yield unpacked  # type: ignore[misc]
    elif file.endswith(".zst"):
        from regelwerk.project.zstd import unpacked_zstd

        yield unpacked_zstd(content)
    else:
        yield content


def _stamp(content: IO[bytes]) -> Stamp:
    return _as_stamp(os.fstat(content.fileno()))


def _stamp_of(path: FilePath) -> Stamp:
    return _as_stamp(path.stat())


def _as_stamp(found: os.stat_result) -> Stamp:
    return (found.st_size, found.st_mtime_ns, found.st_ino)


def _changed() -> Problem:
    return Problem(
        "yaml/syntax",
        (),
        "the file was changed while it was read",
        "check it again when nobody writes to it",
    )


def _unreadable(reason: str) -> Problem:
    return Problem("yaml/syntax", (), f"the file cannot be read: {reason}")

"""Read a file from disk: size limit, UTF-8, and the right parser."""

from __future__ import annotations

import codecs
import os
import stat
from hashlib import sha256
from pathlib import Path as FilePath

from regelwerk.diagnostics import Problem
from regelwerk.project.json_tree import read_json
from regelwerk.project.limits import MAX_BYTES
from regelwerk.project.tree import ReadingError, Tree, unreadable
from regelwerk.project.yaml_tree import read_yaml

_MOSTLY_ENOUGH = 64 * 1024  # making room for the most bytes takes longer than reading most files
_AS_UTF8 = "save the file as UTF-8"


def read_tree(path: FilePath) -> Tree:
    """Read a `.yaml` or `.json` file; never raises, problems say what was wrong."""
    return read_with_digest(path)[0]


def read_with_digest(path: FilePath) -> tuple[Tree, str]:
    """As `read_tree`, and the SHA-256 of the very bytes that were read, "" where there are none."""
    digest = ""
    try:
        content = read_limited(path)
        digest = sha256(content).hexdigest()
        text = decode(content)
    except ReadingError as error:
        return unreadable(error.problem), digest
    return parse(text, is_json=path.suffix.lower() == ".json"), digest


def parse(text: str, *, is_json: bool) -> Tree:
    """Parse decoded text as JSON or YAML."""
    return read_json(text) if is_json else read_yaml(text)


def read_limited(path: FilePath | str) -> bytes:
    """The file's bytes; a ReadingError says why there are none."""
    try:
        require_regular(path)
        with FilePath(path).open("rb") as file:
            content = file.read(_MOSTLY_ENOUGH)
            if len(content) == _MOSTLY_ENOUGH:
                content += file.read(MAX_BYTES + 1 - _MOSTLY_ENOUGH)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        problem = Problem(
            "yaml/syntax",
            (),
            f"the file cannot be read: {reason}",
            "check that it exists and may be read",
        )
        raise ReadingError(problem) from None
    if len(content) > MAX_BYTES:
        message = f"the file is larger than {MAX_BYTES // 1024 // 1024} MiB"
        raise ReadingError(
            Problem("yaml/too-large", (), message, "split it, or keep large content elsewhere")
        )
    return content


def require_regular(path: FilePath | str) -> None:
    """OSError for a folder, a pipe or a device: reading one could fail or wait for ever."""
    if not stat.S_ISREG(os.stat(path).st_mode):  # noqa: PTH116 - many files, named as texts
        raise OSError(0, "it is not a regular file")


def decode(content: bytes, *, first_line: int = 1) -> str:
    """UTF-8 with or without BOM, line ends as LF; a ReadingError names the first bad byte."""
    content = content.removeprefix(codecs.BOM_UTF8)
    if _looks_like_utf16(content):
        message = "the file is UTF-16, not UTF-8"
        raise ReadingError(Problem("yaml/encoding", (), message, _AS_UTF8, first_line, 1))
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line = before.count(b"\n")
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        message = f"the file is not UTF-8 (byte 0x{content[error.start]:02x})"
        raise ReadingError(
            Problem("yaml/encoding", (), message, _AS_UTF8, first_line + line, column)
        ) from None
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _looks_like_utf16(content: bytes) -> bool:
    """By its mark, or because every other byte of a first ASCII character is zero."""
    marked = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return marked or (len(content) > 1 and content[:2].count(0) == 1)

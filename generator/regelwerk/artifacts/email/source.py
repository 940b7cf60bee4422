"""A template file taken apart: the head between two lines `---`, and the text below."""

from __future__ import annotations

import codecs

import msgspec

from regelwerk.diagnostics import Problem

MAX_BYTES = 64 * 1024


class Parts(msgspec.Struct, frozen=True):
    """Head and body with `\\n` as line end. The head's lines keep their numbers in the file;
    `first_line` is the body's. Where `problem` says why there is neither, both are empty.
    """

    head: str = ""
    body: str = ""
    first_line: int = 1
    problem: Problem | None = None


def split(content: bytes) -> Parts:
    """Take a template apart; UTF-8 with or without BOM, any line end."""
    content = content.removeprefix(codecs.BOM_UTF8)
    if len(content) > MAX_BYTES:
        message = f"the template is larger than {MAX_BYTES // 1024} KiB"
        return _fault("template/unsafe", message, "shorten it")
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        return _undecodable(content, error.start)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if lines[0].rstrip() != "---":
        return _fault(
            "template/syntax",
            "the template does not begin with a line `---`",
            "begin with `---`, then `subject:` and `to:`, then `---`, then the text",
        )
    ends = (number for number, line in enumerate(lines) if number and line.rstrip() == "---")
    end = next(ends, None)
    if end is None:
        hint = "add a line `---` between the head and the text"
        return _fault("template/syntax", "the head is not closed", hint)
    return Parts("\n".join(["", *lines[1:end]]), "\n".join(lines[end + 1 :]), end + 2)


def _undecodable(content: bytes, start: int) -> Parts:
    before = content[:start].decode()
    message = f"the file is not UTF-8 (byte 0x{content[start]:02x})"
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    return _fault("yaml/encoding", message, "save the file as UTF-8", line, column)


def _fault(code: str, message: str, hint: str, line: int = 1, column: int = 1) -> Parts:
    return Parts(problem=Problem(code, (), message, hint, line=line, column=column))

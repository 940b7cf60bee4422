"""Records from a pipe: kept in a file for as long as they are judged, for some are read twice."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import msgspec

from regelwerk.diagnostics import Diagnostic

NAME = "stdin"


@contextmanager
def kept(lines: IO[bytes]) -> Iterator[Path]:
    """A file with the JSON lines that come through the pipe; gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="regelwerk-") as folder:
        path = Path(folder).resolve() / "stdin.jsonl"
        with path.open("wb") as file:
            shutil.copyfileobj(lines, file, 1024 * 1024)
        yield path


def named(finding: Diagnostic, path: Path) -> Diagnostic:
    """The finding as about the pipe, not about the file that stood in for it."""
    name = path.as_posix()
    return msgspec.structs.replace(
        finding,
        file=NAME if finding.file == name else finding.file,
        message=finding.message.replace(name, NAME),
    )

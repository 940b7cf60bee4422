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
from regelwerk.errors import RegelwerkError

NAME = "stdin"


@contextmanager
def kept(lines: IO[bytes]) -> Iterator[Path]:
    """A file with the JSON lines that come through the pipe; gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="regelwerk-") as folder:
        path = Path(folder).resolve() / "stdin.jsonl"
        try:
            with path.open("wb") as file:
                shutil.copyfileobj(lines, file, 1024 * 1024)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise RegelwerkError(
                f"the records from the pipe cannot be kept: {reason}",
                f"they need room in {folder}; set TMPDIR to a folder that has it",
            ) from error
        yield path


def named(finding: Diagnostic, path: Path) -> Diagnostic:
    """The finding as about the pipe, not about the file that stood in for it."""
    name = path.as_posix()
    return msgspec.structs.replace(
        finding,
        file=NAME if finding.file == name else finding.file,
        message=finding.message.replace(name, NAME),
    )

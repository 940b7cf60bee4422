"""The files of a draft: which there are, and how they reach the disk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Literal

from regelwerk.artifacts.email.copy_page import copy_page
from regelwerk.artifacts.email.message import Draft, eml
from regelwerk.artifacts.email.sending import mailto, txt
from regelwerk.errors import UsageError
from regelwerk.operations.durable import add_file
from regelwerk.operations.email_draft import Made

Format = Literal["eml", "txt", "ics", "html"]
FORMATS: tuple[Format, ...] = ("eml", "txt", "ics", "html")


def files_of(made: Made, formats: Iterable[Format]) -> Mapping[str, bytes]:
    """The draft's files by name; an `.ics` only where it invites to a meeting."""
    draft = made.draft
    if draft is None:
        return {}
    return {
        f"{made.name}.{format_}": content
        for format_ in formats
        if (content := _content(format_, draft, made)) is not None
    }


def _content(format_: Format, draft: Draft, made: Made) -> bytes | None:
    if format_ == "eml":
        return eml(draft)
    if format_ == "txt":
        return txt(draft)
    if format_ == "html":
        return copy_page(made.template, draft, made.name)
    return draft.calendar.content if draft.calendar is not None else None


def link_of(made: Made) -> str | None:
    """The draft as a `mailto:` link; None where it is too long or has attachments."""
    return mailto(made.draft) if made.draft is not None else None


def write_files(files: Mapping[Path, bytes]) -> None:
    """Write files that are not there yet, all or none; UsageError where another file is there."""
    for path, content in files.items():
        if _differs(path, content):
            raise UsageError(
                f"{path} is there already and says something else; nothing was written",
                "remove it, or name another place with --output",
            )
    for path, content in files.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            add_file(path, content)
        except FileExistsError:
            raise UsageError(f"{path} is there already") from None
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise UsageError(f"{path} cannot be written: {reason}") from error


def _differs(path: Path, content: bytes) -> bool:
    """Whether something else is at the path; a link is, wherever it leads."""
    if path.is_symlink():
        return True
    if not path.exists():
        return False
    return not path.is_file() or path.read_bytes() != content

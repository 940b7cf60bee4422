"""Show the handbook in a browser and rebuild it when a file changes."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

from regelwerk.errors import RegelwerkError, UsageError
from regelwerk.operations.pages import AS_OF_VARIABLE
from regelwerk.operations.site import in_own_words
from regelwerk.operations.writing import write_atomically
from regelwerk.project.load import load
from regelwerk.project.root import find_root


def serve(start: Path, address: str, as_of: date | None, say: Callable[[str], object]) -> int:
    """Serve until interrupted; 0 at the end. `say` is told what happens, a sentence at a time."""
    root = find_root(start)
    host, separator, port = address.rpartition(":")
    if not separator or not host or not port.isdigit():
        raise UsageError(f"`{address}` is not an address", "write it as 127.0.0.1:8000")
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    os.environ.setdefault("DISABLE_MKDOCS_2_WARNING", "true")
    if as_of is not None:
        os.environ[AS_OF_VARIABLE] = as_of.isoformat()
    from mkdocs.commands.serve import serve as serve_site
    from mkdocs.exceptions import MkDocsException

    logger, told = logging.getLogger("mkdocs"), _Told(say)
    level = logger.level
    logger.setLevel(logging.INFO)
    logger.addHandler(told)
    try:
        config, docs = _in_project(root)
        serve_site(
            config_file=str(config),
            docs_dir=str(docs),
            dev_addr=address,
        )
    except MkDocsException as error:
        raise RegelwerkError(f"the handbook cannot be served: {error}") from error
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UsageError(f"nothing can be served at {address}: {reason}") from error
    finally:
        logger.removeHandler(told)
        logger.setLevel(level)
    return 0


class _Told(logging.Handler):
    """Hands MkDocs' messages on."""

    def __init__(self, say: Callable[[str], object]) -> None:
        super().__init__(logging.INFO)
        self._say = say

    def emit(self, record: logging.LogRecord) -> None:
        self._say(record.getMessage())


def _in_project(root: Path) -> tuple[Path, Path]:
    """Configuration and pages; the plugin looks for the project round the configuration."""
    config, docs = in_own_words(root, load(root).project, root / "build")
    if config.is_relative_to(root):
        return config, docs
    copy = root / "build" / "mkdocs.yml"
    write_atomically(copy, config.read_bytes())
    return copy, docs

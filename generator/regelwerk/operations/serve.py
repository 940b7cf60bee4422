"""Show the handbook in a browser and rebuild it when a file changes."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

from regelwerk.errors import UsageError
from regelwerk.operations.pages import AS_OF_VARIABLE
from regelwerk.operations.site import docs_folder, site_config
from regelwerk.operations.writing import write_atomically
from regelwerk.project.root import find_root


def serve(start: Path, address: str, as_of: date | None) -> int:
    """Serve until interrupted; 0 at the end."""
    root = find_root(start)
    host, separator, port = address.rpartition(":")
    if not separator or not host or not port.isdigit():
        raise UsageError(f"`{address}` is not an address", "write it as 127.0.0.1:8000")
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    os.environ.setdefault("DISABLE_MKDOCS_2_WARNING", "true")
    if as_of is not None:
        os.environ[AS_OF_VARIABLE] = as_of.isoformat()
    from mkdocs.commands.serve import serve as serve_site

    serve_site(
        config_file=str(_config_in_project(root)),
        docs_dir=str(docs_folder(root)),
        dev_addr=address,
    )
    return 0


def _config_in_project(root: Path) -> Path:
    """The plugin looks for the project round its configuration, so that must lie inside it."""
    config = site_config(root)
    if config.is_relative_to(root):
        return config
    copy = root / "build" / "mkdocs.yml"
    write_atomically(copy, config.read_bytes())
    return copy

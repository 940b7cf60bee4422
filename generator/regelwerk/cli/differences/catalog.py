"""Every form of a comparison by the name that `--format` takes."""

from __future__ import annotations

from collections.abc import Callable

from regelwerk.artifacts.comparison import Comparison
from regelwerk.cli.differences import as_json, as_markdown, as_text

FORMATS: dict[str, Callable[[Comparison], str]] = {
    "text": as_text.render,
    "markdown": as_markdown.render,
    "json": as_json.render,
}

"""Every form of the clause coverage by the name that `--format` takes."""

from __future__ import annotations

from collections.abc import Callable

from regelwerk.cli.clauses import as_csv, as_json, as_text
from regelwerk.operations.coverage import Covered

FORMATS: dict[str, Callable[[Covered], str]] = {
    "text": as_text.render,
    "csv": as_csv.render,
    "json": as_json.render,
}

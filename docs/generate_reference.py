"""Write the manual's reference pages from the schemas, the catalog of codes and the commands.

Same sources, same bytes. `python docs/generate_reference.py [FOLDER]` writes into FOLDER, without
it into `docs/manual/reference/`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SCHEMAS = (
    "organization",
    "people",
    "register",
    "process",
    "approvals",
    "trust",
    "context",
    "record",
    "email",
)


def pages() -> Iterator[tuple[str, str]]:
    """Every page: its file name and its text."""
    sys.dont_write_bytecode = True  # the handbook is made of what lies in this folder
    from _reference.codes import codes_page
    from _reference.commands import commands_page
    from _reference.placeholders import placeholders_page
    from _reference.schemas import schema_page

    for name in SCHEMAS:
        schema = json.loads((ROOT / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8"))
        yield f"{name}.md", schema_page(name, schema)
    yield "codes.md", codes_page()
    yield "commands.md", commands_page()
    yield "placeholders.md", placeholders_page()


def main(arguments: Sequence[str]) -> None:
    """Write the pages."""
    folder = Path(arguments[0]) if arguments else ROOT / "docs" / "manual" / "reference"
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages():
        (folder / name).write_bytes(text.encode())


if __name__ == "__main__":
    main(sys.argv[1:])

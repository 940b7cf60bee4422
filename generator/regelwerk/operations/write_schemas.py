"""Write the JSON Schemas of case records, and tell which of them are out of date."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from regelwerk.diagnostics import Problem
from regelwerk.errors import RegelwerkError
from regelwerk.model.ids import version_key
from regelwerk.operations.writing import (
    remove_if_ours,
    sha256_of,
    sha256_of_file,
    write_atomically,
)
from regelwerk.project.load import Loaded, load
from regelwerk.project.root import find_root
from regelwerk.records.schema import record_schema, schema_bytes, schema_name

FOLDER = "schemas/records"
_SUFFIX = ".schema.json"


class SchemasWritten(msgspec.Struct, frozen=True):
    """Paths relative to the root; `unchanged` counts the schemas that were right already."""

    written: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int


def write_schemas(start: Path) -> SchemasWritten:
    """Bring `schemas/records/` up to date with every frozen version."""
    loaded = load(find_root(start))
    wanted = dict(_schemas(loaded))
    written = []
    for file, content in wanted.items():
        path = loaded.root / file
        if sha256_of_file(path) != sha256_of(content):
            _write(path, content, file)
            written.append(file)
    removed = []
    for file in generated_schemas(loaded.root):
        path = loaded.root / file
        if file not in wanted and remove_if_ours(path, sha256_of_file(path) or ""):
            removed.append(file)
    return SchemasWritten(tuple(written), tuple(removed), len(wanted) - len(written))


def stale_schemas(loaded: Loaded) -> Iterator[Problem]:
    """A warning for every schema in `schemas/records/` that `write_schemas` would change."""
    present = generated_schemas(loaded.root)
    wanted = dict(_schemas(loaded)) if present else {}
    for file in present:
        content = wanted.get(file)
        if content is None:
            message = "this generated schema belongs to no version that is kept here"
        elif _bytes(loaded.root / file).replace(b"\r\n", b"\n") != content:
            message = "this generated schema no longer says what its definition says"
        else:
            continue
        yield Problem("schema/stale", (), message, "run `regelwerk schema`", file=file)


def _schemas(loaded: Loaded) -> Iterator[tuple[str, bytes]]:
    """Path and content for every frozen definition whose shape is right."""
    base = loaded.schemas.schema("record")
    for folder in loaded.project.processes.values():
        for frozen in folder.versions:
            if version_key(frozen.version) is None:
                continue  # a folder that is called anything but a version; a finding says so
            if frozen.definition is not None and frozen.definition.sound:
                schema = record_schema(frozen.definition.process, frozen.version, base)
                yield f"{FOLDER}/{schema_name(folder.id, frozen.version)}", schema_bytes(schema)


def generated_schemas(root: Path) -> list[str]:
    """The schemas of records that lie in the project, right or not."""
    folder = root / FOLDER
    return sorted(f"{FOLDER}/{path.name}" for path in folder.glob(f"*{_SUFFIX}"))


def _write(path: Path, content: bytes, file: str) -> None:
    try:
        write_atomically(path, content)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise RegelwerkError(f"{file} cannot be written: {reason}") from error


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes() if path.is_file() else b""
    except OSError:
        return b""

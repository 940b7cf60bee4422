"""Records in files as one relation of JSON columns, of which no line is lost on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from regelwerk.errors import UsageError
from regelwerk.figures.bulk.sql import text

# Runs a statement and gives its rows.
Run = Callable[[str], list[tuple[Any, ...]]]

JSON_LINES = (".jsonl", ".jsonl.gz", ".jsonl.zst")
PARQUET = (".parquet",)
_WHOLE = "record"
HEADS = ("process", "case", "status", "started", "closed", "end", "cancelled")
_ENTRY = {"step": "JSON", "completed": "JSON", "option": "JSON", "fields": "JSON"}
_MAX_LINE = 64 * 1024 * 1024
_GLOB = frozenset("*?[]{}")


def files_in(paths: Iterable[Path]) -> tuple[Path, ...]:
    """The files of records at the paths, folders searched, sorted; UsageError where none is."""
    found: set[Path] = set()
    for path in paths:
        below = path.rglob("*") if path.is_dir() else (path,)
        files = {file for file in below if is_bulk(file) and file.is_file()}
        if not files:
            raise UsageError(
                f"{path} holds no records to measure in bulk",
                f"name files that end in {', '.join((*JSON_LINES, *PARQUET))}, or their folder",
            )
        found |= files
    for file in found:
        if _GLOB & set(str(file)):
            raise UsageError(
                f"{file}: DuckDB takes {' '.join(sorted(_GLOB))} for a pattern",
                "rename the file or folder",
            )
    return tuple(sorted(found))


def is_bulk(path: Path) -> bool:
    """Whether a file's name is that of JSON lines or Parquet."""
    return path.name.endswith((*JSON_LINES, *PARQUET))


def relations(run: Run, files: Sequence[Path]) -> list[str]:
    """A SELECT for each kind of file: the columns of HEADS as JSON, `steps` as a list.

    Of JSON lines, what is no object is a row of NULLs, and so is a line that cannot be read at all.
    """
    lines = [file for file in files if not file.name.endswith(PARQUET)]
    tables = [file for file in files if file.name.endswith(PARQUET)]
    found = [_json_lines(lines)] if lines else []
    return found + [_parquet(run, file) for file in tables]


def _json_lines(files: Sequence[Path]) -> str:
    entry = ", ".join(f"{name} JSON" for name in _ENTRY)
    columns = ", ".join(f"{text(name)}: 'JSON'" for name in HEADS)
    return (
        f"SELECT {_selected(HEADS)}, steps FROM read_json([{_paths(files)}], "
        f"format = 'newline_delimited', ignore_errors = true, maximum_object_size = {_MAX_LINE}, "
        f"columns = {{{columns}, 'steps': 'STRUCT({entry})[]'}})"
    )


def _parquet(run: Run, file: Path) -> str:
    """Columns named as the keys of a record; nested ones as lists and structs, or as JSON text.

    A column `record` holds whole records as JSON text, and then no other is looked at.
    """
    source = f"read_parquet([{_paths([file])}])"
    types = {row[0]: row[1] for row in run(f"DESCRIBE SELECT * FROM {source}")}
    if types.get(_WHOLE) in ("VARCHAR", "BLOB", "JSON"):
        content = f"decode({_WHOLE})" if types[_WHOLE] == "BLOB" else _WHOLE
        keys = ", ".join(f"nullif(json_extract(r, {text(f'$.{_quoted(name)}')}), 'null'::JSON) "
                         f"AS {_quoted(name)}" for name in (*HEADS, "steps"))  # fmt: skip
        source = f"(SELECT {keys} FROM (SELECT TRY_CAST({content} AS JSON) AS r FROM {source}))"
        types = dict.fromkeys((*HEADS, "steps"), "JSON")
    structure = text("[" + str(_ENTRY).replace("'", '"') + "]")
    columns = [
        f"{_json_column(name, types)} AS {_quoted(name)}"
        if name in types
        else f"NULL::JSON AS {_quoted(name)}"
        for name in HEADS
    ]
    steps = "NULL::JSON" if "steps" not in types else _json_column("steps", types, nested=True)
    return (
        f"SELECT {', '.join(columns)}, json_transform({steps}, {structure}) AS steps FROM {source}"
    )


def _json_column(name: str, types: dict[str, str], *, nested: bool = False) -> str:
    """A column as JSON; texts are strings, but where something nested is meant, JSON itself."""
    column, kind = _quoted(name), types[name]
    if kind == "JSON" or (kind == "VARCHAR" and (nested or name == "cancelled")):
        return f"TRY_CAST({column} AS JSON)"
    return f"to_json({column})"


def _selected(names: Iterable[str]) -> str:
    return ", ".join(map(_quoted, names))


def _quoted(name: str) -> str:
    return f'"{name}"'


def _paths(files: Iterable[Path]) -> str:
    return ", ".join(text(str(file)) for file in files)


def line_count(files: Iterable[Path]) -> int | None:
    """How many lines that are not blank the JSON lines hold; None where some are compressed."""
    total = 0
    for file in files:
        if file.name.endswith(PARQUET):
            continue
        if not file.name.endswith(".jsonl"):
            return None
        with file.open("rb") as lines:
            total += sum(1 for line in lines if line.strip())
    return total

"""JSON lines and Parquet in any store that Spark reads, each record with its file and place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import msgspec

from regelwerk.errors import RegelwerkError, UsageError
from regelwerk.operations.spark_worker import BLOCK, CONTENT, ROW, URI
from regelwerk.project.limits import MAX_BYTES

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

_TEXT = (".jsonl", ".jsonl.gz")
_TABLE = ".parquet"
_SINGLE = (".yaml", ".json", ".jsonl.zst")
_GLOBS = {"text": "*.{jsonl,jsonl.gz}", "table": "*.parquet"}
_PATTERN = re.compile(r"[*?{}\[\],\\]")
_SLACK = range(-3, 2)  # a byte order mark that Spark leaves out; no line end after the last line


class Listed(msgspec.Struct, frozen=True):
    """A file as it stood when it was listed; the size is in bytes, the time in microseconds."""

    path: str
    size: int
    changed: int


class Part(msgspec.Struct, frozen=True):
    """A part of a file that one process reads: from which byte on, how many lines or rows."""

    uri: str
    block: int
    lines: int
    size: int


class SparkSource:
    """The records below some paths, as Spark reads them."""

    def __init__(self, session: SparkSession, paths: Sequence[str]) -> None:
        """UsageError where there are none, or some that Spark cannot read."""
        self._session = session
        self._paths = list(paths)
        self.listed = self.listing()
        names = [one.path for one in self.listed]
        others = [name for name in names if name.endswith(_SINGLE)]
        if others:
            raise UsageError(
                f"Spark does not read {others[0]}"
                + (f" and {len(others) - 1:,} more like it" if len(others) > 1 else ""),
                "it reads JSON lines (.jsonl, .jsonl.gz) and Parquet; check the others without "
                "--engine spark",
            )
        self._kinds = [
            kind
            for kind, endings in (("text", _TEXT), ("table", (_TABLE,)))
            if any(name.endswith(endings) for name in names)
        ]
        if not self._kinds:
            raise UsageError(
                f"{', '.join(paths)}: there are no files of JSON lines or Parquet",
                "their names have to end with .jsonl, .jsonl.gz or .parquet",
            )
        self.files = sum(name.endswith((*_TEXT, _TABLE)) for name in names)
        self.ignored = len(names) - self.files

    def listing(self) -> tuple[Listed, ...]:
        """Every file below the paths, sorted; folders named `evidence` are left out."""
        from pyspark.errors import AnalysisException
        from pyspark.sql import functions as f

        reader = self._session.read.format("binaryFile").option("recursiveFileLookup", "true")
        try:
            table = reader.load(self._paths).select(
                "path", "length", f.unix_micros("modificationTime").alias("changed")
            )
            rows = table.where(self._without_evidence(f.col("path"))).collect()
        except AnalysisException as error:
            reason = str(error).split("\n", 1)[0].split(" SQLSTATE", 1)[0]
            raise UsageError(f"the records cannot be listed: {reason}") from error
        return tuple(sorted((Listed(*row) for row in rows), key=lambda one: one.path))

    def tables(self) -> Iterator[DataFrame]:
        """The lines of all files of lines, the rows of all tables."""
        from pyspark.sql import functions as f

        for kind in self._kinds:
            reader = self._session.read.option("recursiveFileLookup", "true")
            reader = reader.option("pathGlobFilter", _GLOBS[kind])
            uri = f.col("_metadata.file_path")
            if kind == "text":
                value = f.col("value").cast("binary")
                table = (
                    reader.option("lineSep", "\n")
                    .text(self._paths)
                    .select(
                        uri.alias(URI),
                        f.col("_metadata.file_block_start").alias(BLOCK),
                        f.substring(value, 1, MAX_BYTES + 1).alias(CONTENT),
                        f.octet_length(value).alias("size"),
                    )
                )
            else:
                read = reader.option("mergeSchema", "true").parquet(*self._paths)
                table = read.select(
                    uri.alias(URI), f.col("_metadata.row_index").alias(ROW), f.col("*")
                )
            yield table.where(self._without_evidence(f.col(URI)))

    def _without_evidence(self, path: Any) -> Any:  # noqa: ANN401
        from pyspark.sql import functions as f

        if any("/evidence/" in f"{given}/" for given in self._paths):
            return f.lit(True)
        return ~path.contains("/evidence/")

    def parts(self) -> list[Part]:
        """What each process will read; RegelwerkError where that is not all of every file."""
        from pyspark.sql import functions as f

        found: list[Part] = []
        for table in self.tables():
            if CONTENT in table.columns:
                counted = table.groupBy(URI, BLOCK).agg(
                    f.count("*"), f.sum(f.col("size").cast("long") + 1)
                )
                found += [Part(*row) for row in counted.collect()]
            else:
                rows = table.select(URI).groupBy(URI).agg(f.count("*")).collect()
                found += [Part(uri, 0, lines, 0) for uri, lines in rows]
        self._require_all(found)
        return sorted(found, key=lambda part: (part.uri, part.block))

    def _require_all(self, parts: Iterable[Part]) -> None:
        """Every byte of the files that are not packed is in some line."""
        sizes: dict[str, int] = {}
        for part in parts:
            path = unquote(part.uri)
            sizes[path] = sizes.get(path, 0) + part.size
        for one in self.listed:
            if one.path.endswith(".jsonl") and one.size:
                read = sizes.get(one.path, 0)
                if read - one.size not in _SLACK:
                    raise RegelwerkError(
                        f"Spark read {read:,} of {one.size:,} bytes of {one.path}",
                        "it may have been written to; check it again when nobody does",
                    )


def found_here(path: str, bases: Iterable[Path]) -> str:
    """The whole path where it lies on this machine, written so that Spark takes it for no pattern;
    everything else as it is.
    """
    for base in bases:
        if (base / path).exists():
            return _PATTERN.sub(r"\\\g<0>", (base / path).resolve().as_posix())
    return path


def offsets_of(parts: Iterable[Part]) -> Mapping[tuple[str, int], int]:
    """How many lines of its file stand before each part; the parts are sorted."""
    offsets: dict[tuple[str, int], int] = {}
    before: dict[str, int] = {}
    for part in parts:
        offsets[part.uri, part.block] = before.get(part.uri, 0)
        before[part.uri] = before.get(part.uri, 0) + part.lines
    return offsets

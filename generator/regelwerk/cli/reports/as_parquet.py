"""Findings as a Parquet table: a row each, with the process so that it can be counted by."""

from __future__ import annotations

import io
from collections.abc import Sequence
from itertools import islice

from regelwerk.cli.reports.counts import process_of
from regelwerk.diagnostics import Diagnostic
from regelwerk.errors import MissingExtraError

_AT_ONCE = 10_000
_TEXTS = ("code", "severity", "process", "file", "path", "message", "hint")
_NUMBERS = ("line", "column")
COLUMNS = ("code", "severity", "process", "file", "line", "column", "path", "message", "hint")


def table(findings: Sequence[Diagnostic]) -> bytes:
    """The whole file."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise MissingExtraError(
            "a report in Parquet needs the extra `bulk`", "pip install 'regelwerk[bulk]'"
        ) from None

    kinds = {**dict.fromkeys(_TEXTS, pa.string()), **dict.fromkeys(_NUMBERS, pa.int64())}
    schema = pa.schema([(name, kinds[name]) for name in COLUMNS])
    stream = io.BytesIO()
    rest = iter(findings)
    with pq.ParquetWriter(stream, schema, compression="zstd") as writer:
        while some := list(islice(rest, _AT_ONCE)):
            columns = [[_value(finding, name) for finding in some] for name in COLUMNS]
            arrays = [pa.array(column, schema.field(n).type) for n, column in enumerate(columns)]
            writer.write_batch(pa.record_batch(arrays, schema=schema))
    return stream.getvalue()


def _value(finding: Diagnostic, name: str) -> str | int:
    if name in _NUMBERS:
        return int(getattr(finding, name))
    text = process_of(finding) if name == "process" else str(getattr(finding, name))
    return text.encode("utf-8", "backslashreplace").decode("utf-8")

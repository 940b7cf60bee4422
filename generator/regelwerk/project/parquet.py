"""Records in a Parquet file, one a row, read a few at a time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Any

from regelwerk.diagnostics import Problem
from regelwerk.errors import MissingExtraError
from regelwerk.project.arrow_records import WHOLE, records_of
from regelwerk.project.limits import MAX_BYTES

if TYPE_CHECKING:
    import pyarrow.parquet as pq

_BYTES_A_BATCH = 1024 * 1024
_MOST_ROWS = 1000
_BUFFER = 1024 * 1024
# A row group is decoded from its beginning, whichever rows of it are wanted.
_LEAST_ROWS_A_PIECE = 20_000
_MOST_PIECES_A_GROUP = 8


def row_pieces(path: FilePath) -> list[tuple[int, int]]:
    """First and last row (from 0, the last not included) of even pieces, that need few groups.

    Raises OSError where the file cannot be read.
    """
    with _opened(path) as file:
        pieces: list[tuple[int, int]] = []
        began = 0
        end = 0
        for number in range(file.num_row_groups):
            rows = file.metadata.row_group(number).num_rows
            if rows >= 2 * _LEAST_ROWS_A_PIECE:
                if end > began:
                    pieces.append((began, end))
                pieces += _parts(end, rows)
                began = end = end + rows
                continue
            end += rows
            if end - began >= _LEAST_ROWS_A_PIECE:
                pieces.append((began, end))
                began = end
        return [*pieces, (began, end)] if end > began else pieces


def _parts(start: int, rows: int) -> Iterator[tuple[int, int]]:
    parts = min(_MOST_PIECES_A_GROUP, rows // _LEAST_ROWS_A_PIECE)
    for part in range(parts):
        yield start + rows * part // parts, start + rows * (part + 1) // parts


def read_rows(
    path: FilePath, start: int = 0, end: int | None = None
) -> Iterator[tuple[int, bytes | Problem]]:
    """The number of each row (from 0) and its record in JSON, or what is wrong with it.

    Raises OSError where the file cannot be read to its end.
    """
    pa = _arrow()
    with _opened(path) as file:
        last = file.metadata.num_rows if end is None else end
        first, groups = _groups(file, start, last)
        columns = [WHOLE] if WHOLE in file.schema_arrow.names else None
        at = first
        try:
            for batch in file.iter_batches(
                batch_size=_batch(file), row_groups=groups, columns=columns, use_threads=False
            ):
                number = at
                at += batch.num_rows
                if at <= start:
                    continue
                wanted = batch.slice(max(0, start - number), last - max(start, number))
                for row, record in enumerate(records_of(wanted), max(start, number)):
                    yield row, _limited(record)
                if at >= last:
                    return
        except (pa.ArrowException, ValueError) as error:
            raise OSError(0, _reason(error)) from error
        if at < last:
            raise OSError(0, f"it ends after row {at:,} of {last:,}")


def _groups(file: pq.ParquetFile, start: int, end: int) -> tuple[int, list[int]]:
    """The number of the first row read, and the groups that hold the rows."""
    groups: list[int] = []
    first, began = 0, 0
    for number in range(file.num_row_groups):
        rows = file.metadata.row_group(number).num_rows
        if began < end and began + rows > start:
            first = first if groups else began
            groups.append(number)
        began += rows
    return first, groups


def _batch(file: pq.ParquetFile) -> int:
    """How many rows make some megabytes; records that are larger come one by one."""
    metadata = file.metadata
    size = sum(metadata.row_group(n).total_byte_size for n in range(metadata.num_row_groups))
    a_row: int = max(1, size // max(1, metadata.num_rows))
    return max(1, min(_MOST_ROWS, _BYTES_A_BATCH // a_row))


def _limited(record: bytes | Problem) -> bytes | Problem:
    if isinstance(record, bytes) and len(record) > MAX_BYTES:
        message = f"the row is longer than {MAX_BYTES // 1024 // 1024} MiB"
        return Problem("yaml/too-large", (), message, "one record a row")
    return record


def _opened(path: FilePath) -> pq.ParquetFile:
    pa = _arrow()
    import pyarrow.parquet as pq

    try:
        return pq.ParquetFile(
            path, buffer_size=_BUFFER, pre_buffer=False, page_checksum_verification=True
        )
    except (pa.ArrowException, ValueError) as error:
        raise OSError(0, _reason(error)) from error


def _reason(error: Exception) -> str:
    """What Arrow says, on one line."""
    return str(error).strip().split("\n", 1)[0][:200] or type(error).__name__


def _arrow() -> Any:  # noqa: ANN401
    try:
        import pyarrow as pa
    except ImportError:
        raise MissingExtraError(
            "records in Parquet need the extra `bulk`", "pip install 'regelwerk[bulk]'"
        ) from None
    return pa

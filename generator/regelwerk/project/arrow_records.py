"""Rows of an Arrow table as records in JSON, a column at a time.

A column named `record` holds whole records as JSON text, and any other column beside it is not
looked at. Otherwise each column is a key of the record: nested, or as JSON text where a record has
a mapping or a list. A null is a key that is not there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

from regelwerk.diagnostics import Path, Problem

if TYPE_CHECKING:
    import pyarrow as pa

WHOLE: Final = "record"
"""The column that holds whole records."""

# Where a record has a mapping or a list; text in a column there is JSON (format.md, "A case
# record").
_NESTED = frozenset({"steps", "inputs", "source", "deviations", "cancelled"})
_NESTED_IN_STEP = frozenset({"checks", "fields", "outputs"})
_EITHER_IN_STEP = frozenset({"by", "called_case"})  # a text that begins with a bracket is JSON
_TIME: Final = "%Y-%m-%dT%H:%M:%S"  # of microseconds: Arrow adds the fraction


class _NotJson:
    """Stands where a text that should be JSON is none; says which column."""

    def __init__(self, path: Path, reason: str) -> None:
        self.problem = Problem(
            "yaml/syntax",
            path,
            f"the column `{'.'.join(map(str, path))}` holds no JSON: {reason}",
            "write a mapping or a list as JSON text, or as a nested column",
        )


def records_of(batch: pa.RecordBatch) -> Iterator[bytes | Problem]:
    """Each row as a record in JSON, or what keeps it from being one."""
    names = batch.schema.names
    if WHOLE in names:
        yield from _whole(batch.column(names.index(WHOLE)))
        return
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        problem = Problem(
            "yaml/duplicate-key", (), f"two columns are named `{twice}`", "keep one of them"
        )
        yield from (problem for _ in range(batch.num_rows))
        return
    yield from _composed(batch, names)


def _whole(column: pa.Array) -> Iterator[bytes | Problem]:
    import pyarrow as pa

    kind = column.type.value_type if pa.types.is_dictionary(column.type) else column.type
    if not (_is_text(kind) or _is_bytes(kind)):
        problem = Problem(
            "schema/type",
            (),
            f"the column `{WHOLE}` holds {column.type}, not JSON text",
            "write whole records as JSON text there, or name the column otherwise",
        )
        yield from (problem for _ in range(len(column)))
        return
    missing = Problem("yaml/syntax", (), f"the column `{WHOLE}` is empty in this row")
    for content in column.cast(kind).cast(pa.large_binary()).to_pylist():
        yield missing if content is None else content


def _composed(batch: pa.RecordBatch, names: Sequence[str]) -> Iterator[bytes | Problem]:
    import orjson
    import pyarrow as pa

    try:
        columns = [_values(batch.column(n), (name,)) for n, name in enumerate(names)]
    except (pa.ArrowException, ValueError, OverflowError) as error:
        if batch.num_rows > 1:
            for row in range(batch.num_rows):
                yield from _composed(batch.slice(row, 1), names)
            return
        reason = str(error).strip().split("\n", 1)[0][:200]
        yield Problem("yaml/encoding", (), f"the row cannot be read: {reason}")
        return
    for values in zip(*columns, strict=True):
        pairs = zip(names, values, strict=True)
        record = {name: value for name, value in pairs if value is not None}
        try:
            yield orjson.dumps(record)
        except TypeError:
            yield _first_fault(record) or Problem("yaml/syntax", (), "the row cannot be read")


def _first_fault(value: object) -> Problem | None:
    if isinstance(value, _NotJson):
        return value.problem
    below = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return next((found for one in below if (found := _first_fault(one)) is not None), None)


def _values(array: pa.Array, path: Path) -> list[Any]:
    """The values of a column as orjson takes them; None for null."""
    import pyarrow as pa

    kind = array.type
    if pa.types.is_dictionary(kind):
        return _values(array.cast(kind.value_type), path)
    if pa.types.is_struct(kind):
        return _structs(array, path)
    if pa.types.is_map(kind):
        return _maps(array, path)
    if pa.types.is_list(kind) or pa.types.is_large_list(kind):
        return _lists(array, _values(array.flatten(), path))
    if _is_text(kind):
        return _texts(array, path)
    return _leaves(array, path)


def _structs(array: pa.StructArray, path: Path) -> list[Any]:
    names = [field.name for field in array.type]
    columns = [
        _values(column, (*path, name)) for name, column in zip(names, array.flatten(), strict=True)
    ]
    rows: Iterable[tuple[Any, ...]] = (
        zip(*columns, strict=True) if columns else (() for _ in range(len(array)))
    )
    made: list[Any] = [
        {name: value for name, value in zip(names, row, strict=True) if value is not None}
        for row in rows
    ]
    if array.null_count:
        for row, there in enumerate(array.is_valid().to_pylist()):
            if not there:
                made[row] = None
    return made


def _lists(array: pa.Array, items: list[Any]) -> list[Any]:
    import pyarrow.compute as pc

    made: list[Any] = []
    at = 0
    for length in pc.list_value_length(array).to_pylist():
        if length is None:
            made.append(None)
        else:
            made.append(items[at : at + length])
            at += length
    return made


def _maps(array: pa.MapArray, path: Path) -> list[Any]:
    """Mappings; a key that comes twice, or is no text, makes it a list of pairs, a finding."""
    import pyarrow as pa

    kind = array.type
    pair = pa.struct([("key", kind.key_type), ("value", kind.item_type)])
    pairs = array.cast(pa.list_(pair))
    entries = pairs.flatten()
    keys, values = entries.flatten()
    items = list(zip(_values(keys, path), _values(values, (*path, "*")), strict=True))
    made = _lists(pairs, items)
    for row, found in enumerate(made):
        if found is not None:
            mapping = dict(found)
            is_plain = len(mapping) == len(found) and all(type(key) is str for key in mapping)
            made[row] = mapping if is_plain else [list(item) for item in found]
    return made


def _texts(array: pa.Array, path: Path) -> list[Any]:
    import pyarrow as pa

    plain = array if array.type == pa.string() else array.cast(pa.string())
    found: list[Any] = plain.to_pylist()
    if (len(path) == 1 and path[0] in _NESTED) or (_in_step(path) and path[1] in _NESTED_IN_STEP):
        return [None if text is None else _json(text, path) for text in found]
    if _in_step(path) and path[1] in _EITHER_IN_STEP:
        return [_json(t, path) if t is not None and t[:1] in ("{", "[") else t for t in found]
    return found


def _in_step(path: Path) -> bool:
    return len(path) == 2 and path[0] == "steps"


def _json(text: str, path: Path) -> Any:  # noqa: ANN401
    """The text to be put in as it is, which keeps keys that come twice for the reader to find."""
    import orjson

    try:
        orjson.loads(text)
    except ValueError as error:
        return _NotJson(path, str(error))
    return orjson.Fragment(text)


def _leaves(array: pa.Array, path: Path) -> list[Any]:
    import pyarrow as pa
    import pyarrow.compute as pc

    kind = array.type
    if pa.types.is_timestamp(kind):
        fine = array.cast(pa.timestamp("us", "UTC" if kind.tz else None), safe=False)
        told = pc.strftime(fine, _TIME + ("Z" if kind.tz else ""))
        return list(told.to_pylist())
    if pa.types.is_date(kind):
        return list(array.cast(pa.date32()).cast(pa.string()).to_pylist())
    if pa.types.is_decimal(kind):
        return [None if one is None else _number(one) for one in array.to_pylist()]
    if _is_bytes(kind):
        return _texts(array.cast(pa.large_binary()).cast(pa.large_string()), path)
    found: list[Any] = array.to_pylist()
    simple = (bool, int, float)
    return [one if one is None or type(one) in simple else str(one) for one in found]


def _number(value: Any) -> int | float:  # noqa: ANN401
    return int(value) if value == value.to_integral_value() else float(value)


def _is_text(kind: pa.DataType) -> bool:
    import pyarrow as pa

    types = pa.types
    return bool(types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind))


def _is_bytes(kind: pa.DataType) -> bool:
    import pyarrow as pa

    types = pa.types
    return bool(
        types.is_binary(kind)
        or types.is_large_binary(kind)
        or types.is_binary_view(kind)
        or types.is_fixed_size_binary(kind)
    )

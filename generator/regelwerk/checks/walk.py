"""Walk through data as it was written, with the path of every key and item."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from regelwerk.diagnostics import Path

Data = Mapping[str, Any]


def value_at(data: object, path: Path) -> object:
    """The value a path leads to, None where it leads nowhere."""
    for part in path:
        if isinstance(data, Mapping) and isinstance(part, str):
            data = data.get(part)
        elif isinstance(data, list) and isinstance(part, int) and part < len(data):
            data = data[part]
        else:
            return None
    return data


def mapping_at(data: object, path: Path) -> Data:
    """The mapping at a path, empty where there is none."""
    value = value_at(data, path)
    return value if isinstance(value, Mapping) else {}


def texts_at(data: object, path: Path) -> Iterator[tuple[Path, str]]:
    """The texts of a list, or the one text that stands in its place."""
    value = value_at(data, path)
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, list):
        for index, item in enumerate(value):
            if isinstance(item, str):
                yield (*path, index), item


def items_at(data: object, path: Path) -> Iterator[tuple[Path, Data]]:
    """The mappings of a list."""
    value = value_at(data, path)
    for index, item in enumerate(value if isinstance(value, list) else []):
        if isinstance(item, Mapping):
            yield (*path, index), item


def pairs_at(data: object, path: Path) -> Iterator[tuple[Path, str, object]]:
    """The keys and values of a mapping, without free `x-` keys."""
    for key, value in mapping_at(data, path).items():
        if not key.startswith("x-"):
            yield (*path, key), key, value

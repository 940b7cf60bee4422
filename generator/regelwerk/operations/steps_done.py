"""Which steps were done in each case: all that a count of records needs, nothing else."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from regelwerk.project.fast_reading import DOUBT, fast_readers
from regelwerk.project.record_chunks import Chunk, Raw, holds_lines, read_chunk
from regelwerk.project.record_files import record_files


def steps_done(root: Path, processes: Collection[str]) -> dict[str, tuple[frozenset[str], ...]]:
    """By process, the ids of the steps in each of its cases; of equal case ids the first counts.

    A record that cannot be read counts nowhere, nor does one that was erased: it shows no more.
    """
    found: dict[str, dict[object, frozenset[str]]] = {}
    for data in _records(root) if processes else ():
        process, case = data.get("process"), data.get("case")
        if isinstance(process, str) and process in processes and "erased" not in data:
            cases = found.setdefault(process, {})
            key = case if isinstance(case, str) and case.strip() else len(cases)
            cases.setdefault(key, frozenset(_steps(data.get("steps"))))
    return {process: tuple(cases.values()) for process, cases in found.items()}


def _records(root: Path) -> Iterator[dict[str, Any]]:
    read_yaml, read_json = fast_readers()
    for file in record_files(root):
        lines = holds_lines(file)
        read = read_json if lines or file.endswith(".json") else read_yaml
        for raw in read_chunk(root, Chunk((file,), first_line=1 if lines else 0)):
            data = _data(raw, read(raw.content) if raw.problem is None else DOUBT)
            if isinstance(data, dict):
                yield data


def _data(raw: Raw, fast: object) -> object:
    if fast is not DOUBT:
        return fast
    tree = raw.tree()
    return tree.data if tree.readable else None


def _steps(entries: object) -> Iterator[str]:
    for entry in entries if isinstance(entries, list) else ():
        step = entry.get("step") if isinstance(entry, dict) else None
        if isinstance(step, str):
            yield step

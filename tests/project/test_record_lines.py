"""Lines of a stream are told apart wherever its blocks end."""

from __future__ import annotations

import io
from random import Random

import pytest

from regelwerk.project import record_chunks
from regelwerk.project.record_chunks import Chunk, split_lines

CHUNK = Chunk(("x.jsonl",), first_line=5)


@pytest.mark.parametrize("seed", range(40))
def test_lines_are_those_of_the_whole(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    random = Random(seed)  # noqa: S311
    monkeypatch.setattr(record_chunks, "_LINES_AT_ONCE", random.choice([1, 2, 7, 50]))
    monkeypatch.setattr(record_chunks, "MAX_BYTES", 30)
    lines = [
        b"x" * random.choice([0, 1, 2, 29, 30, 31, 32, 90]) + random.choice([b"", b"\r", b" "])
        for _ in range(random.randrange(12))
    ]
    content = b"\n".join(lines) + random.choice([b"", b"\n"])
    found = [
        (raw.line, raw.content, raw.problem) for raw in split_lines(io.BytesIO(content), CHUNK)
    ]
    expected = [
        (number, line) for number, line in enumerate(content.split(b"\n"), 5) if line.strip()
    ]
    assert [number for number, *_ in found] == [number for number, _ in expected]
    for (_, read, problem), (_, line) in zip(found, expected, strict=True):
        if len(line) > 30:
            assert problem is not None
            assert (problem.code, read) == ("yaml/too-large", b"")
        else:
            assert (read, problem) == (line.rstrip(b"\r"), None)

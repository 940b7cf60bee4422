"""Files as they lie on disk: encodings, sizes, and things that are no files."""

from __future__ import annotations

import os
import time
import tracemalloc
from pathlib import Path

import pytest

from regelwerk.project.limits import MAX_BYTES
from regelwerk.project.reading import read_tree
from regelwerk.project.tree import Tree

TEXT = "id: sales\ntitle: Prüfung 漢字\n"


def read(tmp_path: Path, content: bytes, name: str = "process.yaml") -> Tree:
    path = tmp_path / name
    path.write_bytes(content)
    return read_tree(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_utf8_with_any_line_end_and_with_or_without_mark(
    tmp_path: Path, encoding: str, end: str
) -> None:
    tree = read(tmp_path, TEXT.replace("\n", end).encode(encoding))
    assert tree.problems == ()
    assert tree.data == {"id": "sales", "title": "Prüfung 漢字"}
    assert tree.places == {(): (1, 1), ("id",): (1, 1), ("title",): (2, 1)}


def test_crlf_and_a_mark_in_json(tmp_path: Path) -> None:
    tree = read(tmp_path, b'\xef\xbb\xbf{\r\n "a": 1\r\n}', "record.json")
    assert tree.data == {"a": 1}
    assert tree.places[("a",)] == (2, 2)


def test_latin_1_is_named_with_the_byte_and_its_place(tmp_path: Path) -> None:
    tree = read(tmp_path, "id: ä\ntitle: grün\n".encode("latin-1").replace(b"\xe4", "ä".encode()))
    (problem,) = tree.problems
    assert problem.code == "yaml/encoding"
    assert (problem.line, problem.column) == (2, 10)
    assert "0xfc" in problem.message
    assert "UTF-8" in problem.hint


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_named_as_such(tmp_path: Path, encoding: str) -> None:
    (problem,) = read(tmp_path, TEXT.encode(encoding)).problems
    assert (problem.code, problem.line, problem.column) == ("yaml/encoding", 1, 1)
    assert "UTF-16" in problem.message


@pytest.mark.parametrize("content", [b"", b"\n", b"# a comment\n# another\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_no_data(tmp_path: Path, content: bytes) -> None:
    tree = read(tmp_path, content)
    assert (tree.data, tree.problems, tree.readable) == (None, (), True)


def test_fifty_megabytes_are_refused_without_reading_them(tmp_path: Path) -> None:
    path = tmp_path / "process.yaml"
    with path.open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    tracemalloc.start()
    start = time.process_time()
    tree = read_tree(path)
    elapsed = time.process_time() - start
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [problem.code for problem in tree.problems] == ["yaml/too-large"]
    assert elapsed < 1
    assert peak < 4 * MAX_BYTES


def test_a_file_of_the_size_that_is_allowed_is_read(tmp_path: Path) -> None:
    content = b"a: 1\n#" + b"x" * (MAX_BYTES - 6)
    assert read(tmp_path, content).data == {"a": 1}
    (problem,) = read(tmp_path, content + b"x").problems
    assert problem.code == "yaml/too-large"


def test_a_folder_and_a_missing_file_are_findings(tmp_path: Path) -> None:
    (tmp_path / "process.yaml").mkdir()
    for name in ("process.yaml", "nothing.yaml"):
        (problem,) = read_tree(tmp_path / name).problems
        assert problem.code == "yaml/syntax"
        assert "cannot be read" in problem.message


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="only where there are circles of links")
def test_a_circle_of_links_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").symlink_to("b.yaml")
    (tmp_path / "b.yaml").symlink_to("a.yaml")
    (problem,) = read_tree(tmp_path / "a.yaml").problems
    assert problem.code == "yaml/syntax"


def test_a_file_that_may_not_be_read_is_a_finding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "process.yaml"
    path.write_text("a: 1\n")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    (problem,) = read_tree(path).problems
    assert problem.code == "yaml/syntax"
    assert "Permission denied" in problem.message


def test_the_name_decides_between_json_and_yaml(tmp_path: Path) -> None:
    assert read(tmp_path, b"{a: 1}", "x.yaml").data == {"a": 1}
    assert not read(tmp_path, b"{a: 1}", "x.json").readable
    assert not read(tmp_path, b"{a: 1}", "x.JSON").readable

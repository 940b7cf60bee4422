"""Files that are no files, names that are no text, schemas that want to look elsewhere."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from examples_support import BASE
from regelwerk.diagnostics import did_you_mean
from regelwerk.errors import RegelwerkError
from regelwerk.project.engines import compile_fast, compile_reference
from regelwerk.project.formats import FORMATS
from regelwerk.project.load import load
from regelwerk.project.reading import read_tree
from regelwerk.project.record_files import read_records
from regelwerk.project.schemas import SchemaSet
from regelwerk.project.templates import TemplateFolder

POSIX = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(BASE, tmp_path / "project")
    return tmp_path / "project"


@POSIX
@pytest.mark.parametrize(
    "make",
    [os.mkfifo, Path.mkdir, lambda path: path.symlink_to("/dev/zero"), lambda p: p.symlink_to(p)],
    ids=["pipe", "folder", "device", "loop"],
)
@pytest.mark.parametrize("file", ["process/people.yaml", "process/example/process.yaml"])
def test_a_definition_that_is_no_file_is_a_finding_and_never_overlooked(
    root: Path, file: str, make: Callable[[Path], None]
) -> None:
    (root / file).unlink()
    make(root / file)
    problem = next(one for one in load(root).problems if one.file == file)
    assert (problem.code, "cannot be read" in problem.message) == ("yaml/syntax", True)


@POSIX
@pytest.mark.parametrize("name", ["a.yaml", "a.json", "a.jsonl"])
def test_a_record_that_is_a_pipe_is_not_waited_for(tmp_path: Path, name: str) -> None:
    os.mkfifo(tmp_path / name)
    (source,) = read_records(tmp_path, name)
    assert "not a regular file" in source.tree.problems[0].message
    assert not read_tree(tmp_path / name).readable


@POSIX
@pytest.mark.parametrize("folder", [b"process/\xff", b"process/example/versions/\xff"])
def test_a_folder_whose_name_is_no_text_is_named_and_left_out(root: Path, folder: bytes) -> None:
    target = root / os.fsdecode(folder)
    target.mkdir()
    shutil.copy(root / "process/example/process.yaml", target)
    loaded = load(root)
    assert "\\xff" in next(one.file for one in loaded.problems if one.code == "yaml/encoding")
    for file in loaded.sources:
        file.encode()


@pytest.mark.parametrize(
    "content",
    [b"{", b"[]", b"\xff", b"[" * 100_000, b'{"standard": 1, "clauses": {}}',
     b'{"standard": "x", "clauses": ["1"]}', b'{"standard": "x", "clauses": {}, "items": [1]}'],
)  # fmt: skip
def test_a_broken_clause_catalogue_is_named(root: Path, content: bytes) -> None:
    (root / "schemas/clauses").mkdir(parents=True)
    (root / "schemas/clauses/mine.json").write_bytes(content)
    with pytest.raises(RegelwerkError, match=r"mine\.json is broken"):
        load(root)


def test_a_schema_nested_too_deeply_is_named(root: Path) -> None:
    (root / "schemas").mkdir(exist_ok=True)
    (root / "schemas/process.schema.json").write_text("[" * 100_000)
    with pytest.raises(RegelwerkError, match="cannot be read"):
        SchemaSet(root).schema("process")


@pytest.mark.parametrize("engine", [compile_fast, compile_reference])
def test_a_schema_cannot_make_us_open_a_file(
    tmp_path: Path, engine: Callable[[dict[str, object]], Callable[[object], object]]
) -> None:
    (tmp_path / "other.json").write_text("{}")
    address = (tmp_path / "other.json").as_uri()
    with pytest.raises(Exception, match=r"other\.json"):
        engine({"$ref": address})({})


def test_no_hint_is_looked_for_among_thousands_of_words() -> None:
    assert did_you_mean("responsibel", ["responsible"]) == "did you mean `responsible`?"
    assert did_you_mean("s0x", (f"s{number}" for number in range(100_000))) == ""


@pytest.mark.parametrize("name", ["localtime", "posixrules", "../../etc/passwd", "Europe", "a\0b"])
def test_a_time_zone_is_the_same_on_every_machine(name: str) -> None:
    assert not FORMATS["timezone"](name)
    assert FORMATS["timezone"]("Europe/Berlin")


@POSIX
def test_a_template_whose_name_is_no_text_is_left_out(root: Path) -> None:
    folder = root / "templates/email"
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(__file__, os.path.join(os.fsencode(folder), b"\xff.md"))  # noqa: PTH118
    names = [*load(root).project.emails, *TemplateFolder(root).names("email")]
    assert "".join(names).encode()


def test_tens_of_thousands_of_unknown_keys_are_answered_at_once(root: Path) -> None:
    lines = "\n".join(f"k{number}: {number}" for number in range(50_000))
    (root / "process/example/process.yaml").write_text(lines)
    start = time.process_time()
    problems = load(root).problems
    assert len([one for one in problems if one.code == "schema/unknown-key"]) == 50_000
    assert time.process_time() - start < 10

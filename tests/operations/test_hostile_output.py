"""Output folders that somebody prepared: nothing outside is read, removed or written."""

from __future__ import annotations

import json
import os
import shutil
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from examples_support import BASE
from regelwerk.errors import UsageError
from regelwerk.operations.build import build
from regelwerk.operations.init import init
from regelwerk.operations.manifest import read_manifest
from regelwerk.operations.output import Output
from regelwerk.operations.writing import write_atomically


def manifest_naming(folder: Path, *paths: str) -> None:
    outputs = {path: sha256(b"mine").hexdigest() for path in paths}
    unit = {"fingerprint": "f", "inputs": {}, "templates": {}, "outputs": outputs}
    folder.mkdir(exist_ok=True)
    content = {"tool": "regelwerk", "code": "", "units": {"gone/1.0/document": unit}}
    (folder / "manifest.json").write_text(json.dumps(content))


def test_a_manifest_cannot_have_files_removed_that_lie_elsewhere(tmp_path: Path) -> None:
    for name in ("process", "build/real"):
        (tmp_path / name).mkdir(parents=True)
    for name in ("mine.txt", "process/mine.txt"):
        (tmp_path / name).write_bytes(b"mine")
    (tmp_path / "build/link").symlink_to(tmp_path / "process")
    manifest_naming(
        tmp_path / "build", "../mine.txt", "../process/mine.txt", str(tmp_path / "mine.txt"),
        "link/mine.txt", "real/../../mine.txt", "a\0b", "", ".", "c:\\x",
    )  # fmt: skip
    output = Output(tmp_path, tmp_path / "build")
    output.forget_units(set(), keep_prefixes=())
    assert output.removed == []
    assert (tmp_path / "mine.txt").exists()
    assert (tmp_path / "process/mine.txt").exists()


def test_outputs_that_lie_elsewhere_are_not_taken_for_ours(tmp_path: Path) -> None:
    manifest_naming(tmp_path, "../secret.docx", "gone/1.0/document.docx")
    unit = read_manifest(tmp_path).units["gone/1.0/document"]
    assert list(unit.outputs) == ["gone/1.0/document.docx"]
    assert unit.fingerprint == ""


def test_a_manifest_of_another_tool_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out/manifest.json").write_text('{"name": "a web app"}')
    with pytest.raises(UsageError, match="not regelwerk's"):
        Output(tmp_path / "project", tmp_path / "out")


@pytest.mark.parametrize("what", ["file", "loop"])
def test_what_cannot_be_a_folder_is_said_before_anything_is_built(
    tmp_path: Path, what: str
) -> None:
    out = tmp_path / "out"
    out.write_text("x") if what == "file" else out.symlink_to("out")
    with pytest.raises(UsageError, match="cannot be a folder"):
        Output(tmp_path / "project", out)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_pipes_in_the_output_folder_and_among_definitions_are_not_waited_for(
    tmp_path: Path,
) -> None:
    root = tmp_path / "project"
    shutil.copytree(BASE, root)
    (root / "build").mkdir()
    os.mkfifo(root / "build/manifest.json")
    os.mkfifo(root / "process/people.json")
    working = root / "process/example/process.yaml"
    working.unlink()
    os.mkfifo(working)
    result = build(root, (), ("picture",), None, lambda _: date(2026, 6, 1))
    assert result.stopped == ("example",)
    assert "not a regular file" in result.findings[0].message


def test_a_manifest_that_cannot_be_replaced_is_a_failure_and_no_crash(tmp_path: Path) -> None:
    (tmp_path / "build/manifest.json").mkdir(parents=True)
    output = Output(tmp_path, tmp_path / "build")
    output.finish()
    assert [failure.what for failure in output.failures] == ["manifest.json"]


def test_an_interrupted_write_leaves_the_old_file_and_no_half_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").write_bytes(b"old")

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    for function in ("open", "replace"):
        with monkeypatch.context() as patch:
            patch.setattr(Path, function, interrupted)
            with pytest.raises(KeyboardInterrupt):
                write_atomically(tmp_path / "a", b"new")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a", b"old")]


def test_a_project_cannot_begin_where_nothing_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(UsageError, match="cannot be written to"):
        init(tmp_path / "file" / "below")

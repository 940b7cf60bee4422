from __future__ import annotations

import json
from pathlib import Path

import pytest

from regelwerk.errors import UsageError
from regelwerk.model.context import Artifact
from regelwerk.operations import output as output_module
from regelwerk.operations.output import Output


def build_once(root: Path, *artifacts: Artifact, fingerprint: str = "f") -> Output:
    output = Output(root, root / "build")
    if not output.is_current("a/1.0/document", fingerprint):
        output.write_unit("a/1.0/document", fingerprint, {"process/a.yaml": "1"}, {}, artifacts)
    output.finish()
    return output


def test_a_unit_with_the_same_fingerprint_and_outputs_needs_no_work(tmp_path: Path) -> None:
    build_once(tmp_path, Artifact("a/1.0/document.docx", b"one"))
    again = build_once(tmp_path, Artifact("a/1.0/document.docx", b"one"))
    assert (again.written, again.unchanged) == ([], 1)


@pytest.mark.parametrize("damage", ["changed", "removed"])
def test_an_output_that_somebody_damaged_is_made_again(tmp_path: Path, damage: str) -> None:
    build_once(tmp_path, Artifact("a/1.0/document.docx", b"one"))
    path = tmp_path / "build/a/1.0/document.docx"
    path.write_bytes(b"scribble") if damage == "changed" else path.unlink()
    again = build_once(tmp_path, Artifact("a/1.0/document.docx", b"one"))
    assert again.written == ["a/1.0/document.docx"]
    assert path.read_bytes() == b"one"


def test_another_fingerprint_builds_again_and_keeps_what_came_out_the_same(tmp_path: Path) -> None:
    build_once(tmp_path, Artifact("a/1.0/x", b"1"), Artifact("a/1.0/y", b"2"))
    again = build_once(
        tmp_path, Artifact("a/1.0/x", b"1"), Artifact("a/1.0/y", b"3"), fingerprint="g"
    )
    assert (again.written, again.unchanged) == (["a/1.0/y"], 1)


def test_a_changed_tool_builds_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build_once(tmp_path, Artifact("a/1.0/x", b"1"))
    monkeypatch.setattr(output_module, "code_digest", lambda: "another tool")
    assert not Output(tmp_path, tmp_path / "build").is_current("a/1.0/document", "f")


def test_files_that_are_no_longer_made_are_removed_with_their_empty_folders(tmp_path: Path) -> None:
    build_once(tmp_path, Artifact("a/1.0/x", b"1"))
    output = Output(tmp_path, tmp_path / "build")
    output.forget_units(set(), keep_prefixes=())
    output.finish()
    assert output.removed == ["a/1.0/x"]
    assert not (tmp_path / "build/a").exists()


def test_a_generated_file_that_somebody_edited_is_never_removed(tmp_path: Path) -> None:
    build_once(tmp_path, Artifact("a/1.0/x", b"1"))
    (tmp_path / "build/a/1.0/x").write_bytes(b"notes of mine")
    output = Output(tmp_path, tmp_path / "build")
    output.forget_units(set(), keep_prefixes=())
    assert output.removed == []
    assert (tmp_path / "build/a/1.0/x").read_bytes() == b"notes of mine"


def test_a_file_that_cannot_be_replaced_is_named_and_the_rest_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = output_module.write_atomically

    def locked(path: Path, content: bytes) -> None:
        if path.name == "document.docx":
            raise PermissionError(13, "Permission denied")
        real(path, content)

    monkeypatch.setattr(output_module, "write_atomically", locked)
    output = build_once(tmp_path, Artifact("a/document.docx", b"1"), Artifact("a/other", b"2"))
    assert output.written == ["a/other"]
    assert [failure.what for failure in output.failures] == ["a/document.docx"]
    assert "Word" in output.failures[0].hint

    monkeypatch.setattr(output_module, "write_atomically", real)
    again = build_once(tmp_path, Artifact("a/document.docx", b"1"), Artifact("a/other", b"2"))
    assert again.written == ["a/document.docx"]


def test_an_artifact_cannot_leave_the_output_folder(tmp_path: Path) -> None:
    output = build_once(tmp_path, Artifact("../evil", b"1"))
    assert [failure.what for failure in output.failures] == ["../evil"]
    assert not (tmp_path / "evil").exists()


@pytest.mark.parametrize("folder", [".", "process", "process/sales", "docs", ".."])
def test_sources_are_never_an_output_folder(tmp_path: Path, folder: str) -> None:
    root = tmp_path / "project"
    root.mkdir()
    with pytest.raises(UsageError):
        Output(root, root / folder)


def test_the_manifest_names_inputs_and_outputs_by_sha256(tmp_path: Path) -> None:
    build_once(tmp_path, Artifact("a/1.0/x", b"1"))
    manifest = json.loads((tmp_path / "build/manifest.json").read_text())
    unit = manifest["units"]["a/1.0/document"]
    assert unit["inputs"] == {"process/a.yaml": "1"}
    assert unit["outputs"] == {
        "a/1.0/x": "6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b"
    }
    assert manifest["tool"].startswith("regelwerk ")


@pytest.mark.parametrize("content", [b"", b"{", b'{"units": 3}', b"\xff"])
def test_a_broken_manifest_only_means_building_again(tmp_path: Path, content: bytes) -> None:
    build_once(tmp_path, Artifact("a/1.0/x", b"1"))
    (tmp_path / "build/manifest.json").write_bytes(content)
    assert build_once(tmp_path, Artifact("a/1.0/x", b"1")).written == ["a/1.0/x"]


STORES = [".git", ".git/hooks", "sub/.GIT", "../other/.git/objects"]


@pytest.mark.parametrize("folder", ["PROCESS", "Process/sales", "DOCS", *STORES])
def test_neither_large_letters_nor_what_git_keeps_is_an_output_folder(
    tmp_path: Path, folder: str
) -> None:
    root = tmp_path / "project"
    root.mkdir()
    with pytest.raises(UsageError):
        Output(root, root / folder)
    assert list(tmp_path.rglob("*")) == [root]


def test_a_foreign_file_in_a_named_folder_stays_and_is_named(tmp_path: Path) -> None:
    out = tmp_path / "out"
    (out / "a").mkdir(parents=True)
    (out / "a/mine.svg").write_bytes(b"drawn by hand")
    (out / "a/same.svg").write_bytes(b"1")
    made = [Artifact(f"a/{name}.svg", b"1") for name in ("mine", "same", "new")]

    output = Output(tmp_path, out, named=True)
    output.write_unit("a/document", "f", {}, {}, made)
    output.finish()
    assert (out / "a/mine.svg").read_bytes() == b"drawn by hand"
    assert [(f.what, f.message) for f in output.failures] == [
        ("a/mine.svg", "a file that is not regelwerk's is there")
    ]
    assert "move it away" in output.failures[0].hint
    assert output.written == ["a/same.svg", "a/new.svg"]

    again = Output(tmp_path, out, named=True)
    assert not again.is_current("a/document", "f")
    changed = [Artifact(artifact.path, b"2") for artifact in made]
    again.write_unit("a/document", "g", {}, {}, changed)
    assert again.written == ["a/same.svg", "a/new.svg"]
    assert [failure.what for failure in again.failures] == ["a/mine.svg"]


@pytest.mark.parametrize("manifest", [None, "half a man"])
def test_a_manifest_that_was_lost_does_not_stop_the_next_build(
    tmp_path: Path, manifest: str | None
) -> None:
    build_once(tmp_path, Artifact("a/1.0/x", b"1"))
    (tmp_path / "build/manifest.json").unlink()
    if manifest is not None:
        (tmp_path / "build/manifest.json").write_text(manifest)
    again = build_once(tmp_path, Artifact("a/1.0/x", b"2"))
    assert again.failures == []
    assert (tmp_path / "build/a/1.0/x").read_bytes() == b"2"


def test_half_a_manifest_in_a_named_folder_is_taken_for_ours(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "manifest.json").write_text('{"units": {')
    (out / "x").write_bytes(b"1")
    output = Output(tmp_path, out, named=True)
    output.write_unit("a/document", "f", {}, {}, [Artifact("x", b"2")])
    assert output.failures == []

"""Issued documents: rendered once, copied for ever."""

from __future__ import annotations

import json
import shutil
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from operations.versions_world import (
    DAY,
    act,
    begin,
    clock,
    do,
    edit,
    errors,
    freeze,
    sign_all_stages,
    state,
)
from regelwerk.operations.build import build
from regelwerk.operations.versions_find import RefusedError
from regelwerk.operations.versions_issue import issue

ISSUED = "process/example/versions/1.1/issued"
FIRST = date(2026, 7, 1)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = begin(tmp_path_factory.mktemp("issued"))
    freeze(root)
    sign_all_stages(root)
    issue(root, "example", "1.1", clock())
    return root


@pytest.fixture
def root(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "project"))


def test_every_document_is_there_with_its_hash(root: Path) -> None:
    manifest = json.loads((root / ISSUED / "manifest.json").read_text(encoding="utf-8"))
    assert (manifest["process"], manifest["version"]) == ("example", "1.1")
    files = {path: sha for kind in manifest["kinds"].values() for path, sha in kind.items()}
    assert {"document.docx", "checklist.docx", "process.svg", "process.png"} <= files.keys()
    for path, sha in files.items():
        assert sha256((root / ISSUED / path).read_bytes()).hexdigest() == sha
    assert manifest["digest"] in (root / "process/example/versions/1.1/approvals.yaml").read_text(
        encoding="utf-8"
    )
    assert errors(root) == []


def test_the_document_says_who_signed_and_not_that_it_is_a_draft(root: Path) -> None:
    from docx import Document

    document = Document(str(root / ISSUED / "document.docx"))
    text = "\n".join(
        cell.text for table in document.tables for row in table.rows for cell in row.cells
    )
    for name in ("Anna Clerk", "Quinn Qmb", "Cora Ceo"):
        assert name in text
    whole = (root / ISSUED / "process.svg").read_text(encoding="utf-8") + text
    assert "DRAFT" not in whole
    assert "not yet in force" not in whole.lower()


def test_later_builds_copy_it_whatever_becomes_of_names_and_templates(
    root: Path, tmp_path: Path
) -> None:
    edit(root, "process/organization.yaml", "title: Clerk", "title: Somebody")
    edit(root, "process/people.yaml", "name: Cora Ceo", "name: Cora Other")
    do(root, act("quinn.qmb", result="unchanged"), day=date(2026, 8, 1))
    templates = root / "templates" / "document"
    templates.mkdir(parents=True)
    (templates / "process.docx").write_bytes(b"no template at all")
    for day in (FIRST, date(2030, 1, 1)):
        out = tmp_path / f"out-{day}"
        result = build(root, (), ("document", "checklist", "picture"), out, clock(day))
        assert result.failures == ()
        for file in ("document.docx", "checklist.docx", "process.svg", "process.png"):
            copied = (out / "example" / "1.1" / file).read_bytes()
            assert copied == (root / ISSUED / file).read_bytes()


def test_a_second_build_has_nothing_to_do(root: Path) -> None:
    build(root, (), ("document",), None, clock(FIRST))
    assert build(root, (), ("document",), None, clock(FIRST)).written == ()


def test_what_is_issued_is_issued_once(root: Path) -> None:
    before = state(root)
    with pytest.raises(RefusedError, match="issued already"):
        issue(root, "example", "1.1", clock())
    assert state(root) == before


@pytest.mark.parametrize("file", ["document.docx", "process.svg"])
def test_a_changed_or_missing_file_is_found_and_stops_the_build(root: Path, file: str) -> None:
    path = root / ISSUED / file
    path.write_bytes(path.read_bytes() + b"x")
    expected = [f"approval/digest-mismatch versions/1.1/issued/{file} $"]
    assert errors(root) == expected
    result = build(root, (), ("document",), None, clock(FIRST))
    assert result.stopped == ("example",)
    path.unlink()
    assert errors(root) == expected


def test_a_manifest_that_is_gone_damaged_or_of_another_version_is_found(root: Path) -> None:
    path = root / ISSUED / "manifest.json"
    good = path.read_text(encoding="utf-8")
    expected = ["approval/digest-mismatch versions/1.1/issued/manifest.json $"]
    for text in (good.replace('"1.1"', '"1.0"'), "{}", "[", ""):
        path.write_text(text, encoding="utf-8")
        assert errors(root) == expected
    path.unlink()
    assert errors(root) == expected


@pytest.mark.parametrize("evil", ["../process.yaml", "/etc/hostname", "a\\b", ""])
def test_a_manifest_that_leads_out_of_its_folder_is_refused(root: Path, evil: str) -> None:
    path = root / ISSUED / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest["kinds"]["document"][evil] = "0" * 64
    path.write_text(json.dumps(manifest), encoding="utf-8")
    assert errors(root) == ["approval/digest-mismatch versions/1.1/issued/manifest.json $"]


def test_a_link_in_place_of_an_issued_file_is_no_issued_file(root: Path, tmp_path: Path) -> None:
    path = root / ISSUED / "document.docx"
    outside = tmp_path / "outside.docx"
    shutil.move(path, outside)
    path.symlink_to(outside)
    assert errors(root) == ["approval/digest-mismatch versions/1.1/issued/document.docx $"]


def test_only_what_is_signed_by_all_and_has_a_first_day_is_issued(tmp_path: Path) -> None:
    root = begin(tmp_path)
    freeze(root, None)
    for hour, (stage, person) in enumerate((("created", "anna.clerk"), ("examined", "quinn.qmb"))):
        with pytest.raises(RefusedError, match="cannot be issued"):
            issue(root, "example", "1.1", clock())
        do(root, act(person, stage), 8 + hour)
    do(root, act("cora.ceo", "approved"), 12)
    with pytest.raises(RefusedError, match="no day is set"):
        issue(root, "example", "1.1", clock())
    assert not (root / ISSUED).exists()


def test_a_project_with_errors_issues_nothing(tmp_path: Path) -> None:
    root = begin(tmp_path)
    freeze(root)
    sign_all_stages(root)
    edit(root, "process/organization.yaml", "country: DE", "contry: DE")
    with pytest.raises(RefusedError, match="has errors"):
        issue(root, "example", "1.1", clock(DAY))

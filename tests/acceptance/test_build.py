"""Building as a user does: what comes out, what is built again, what an error stops."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from regelwerk.artifacts.document.figures import shows_figures
from regelwerk.cli.main import run

DAY = "2026-11-24"
KINDS = ("document.docx", "checklist.docx", "process.svg", "process.png")


@pytest.fixture(scope="module")
def built(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the repository's project, built once; tests change copies of it."""
    root = copy_of_project(repository, tmp_path_factory.mktemp("built") / "project")
    assert run(["-C", str(root), "--as-of", DAY, "build"]) == 0
    return root


def copy_of_project(repository: Path, root: Path) -> Path:
    for name in ("process", "schemas", "templates", "docs"):
        shutil.copytree(repository / name, root / name)
    shutil.copyfile(repository / "mkdocs.yml", root / "mkdocs.yml")
    return root


@pytest.fixture
def project(built: Path, tmp_path: Path) -> Path:
    shutil.copytree(built, tmp_path / "project")
    return tmp_path / "project"


def build(project: Path, *arguments: str, day: str = DAY) -> int:
    return run(["-C", str(project), "--as-of", day, "build", *arguments])


def outputs(project: Path) -> dict[str, bytes]:
    folder = project / "build"
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_version_in_force_and_the_draft_are_built(built: Path) -> None:
    for folder in ("sales/1.3", "sales/draft", "sales-customer-qualification/draft"):
        for kind in KINDS:
            assert (built / "build" / folder / kind).stat().st_size > 1000
    emails = {path.name for path in (built / "build/sales/draft/emails").iterdir()}
    assert emails >= {"appointment-invitation.eml", "handover.eml"}
    assert (built / "build/site/index.html").is_file()


def test_building_again_does_nothing_and_says_so(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {path: path.stat().st_mtime_ns for path in (project / "build").rglob("*")}
    capsys.readouterr()
    assert build(project) == 0
    assert capsys.readouterr().out.startswith("Nothing to do: ")
    assert before == {path: path.stat().st_mtime_ns for path in (project / "build").rglob("*")}


def test_another_day_without_consequences_does_nothing(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert build(project, day="2026-11-25") == 0
    assert capsys.readouterr().out.startswith("Nothing to do: ")


def test_a_build_elsewhere_gives_the_same_bytes(
    built: Path, repository: Path, tmp_path: Path
) -> None:
    other = copy_of_project(repository, tmp_path / "elsewhere" / "other name")
    assert build(other) == 0
    assert outputs(built) == outputs(other)


def test_the_manifest_names_every_file_by_its_sha256(built: Path) -> None:
    from hashlib import sha256

    manifest = json.loads((built / "build/manifest.json").read_text(encoding="utf-8"))
    listed = {path: d for unit in manifest["units"].values() for path, d in unit["outputs"].items()}
    found = {path: sha256(content).hexdigest() for path, content in outputs(built).items()}
    del found["manifest.json"]
    assert listed == found
    unit = manifest["units"]["sales/1.3/document"]
    assert "process/sales/versions/1.3/process.yaml" in unit["inputs"]
    assert any(path.endswith("document/process.docx") for path in unit["templates"])


def test_one_edit_builds_that_process_only(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(
        project / "process/sales-customer-qualification/process.yaml",
        "event: The management has decided",
        "event: At last the management has decided",
    )
    before = outputs(project)
    assert build(project, "--only", "picture") == 0
    after = outputs(project)
    changed = {path for path in after if before.get(path) != after[path]}
    assert "sales-customer-qualification/draft/process.svg" in changed
    assert not any(path.startswith("sales/1.3/") for path in changed)
    assert capsys.readouterr().err == ""


def test_only_and_process_limit_what_is_made(repository: Path, tmp_path: Path) -> None:
    project = copy_of_project(repository, tmp_path / "project")
    out = tmp_path / "out"
    assert build(project, "sales", "--only", "checklist", "--out", str(out)) == 0
    made = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
    assert made == {"sales/1.3/checklist.docx", "sales/draft/checklist.docx", "manifest.json"}
    assert not (project / "build").exists()


def test_key_figures_are_drawn_where_they_are_asked_for_and_measured(project: Path) -> None:
    plain = outputs(project)
    assert build(project, "sales", "--only", "document", "--figures") == 0
    made = outputs(project)
    changed = {path for path in plain if path != "manifest.json" and made[path] != plain[path]}
    assert changed == {"sales/draft/document.docx"}  # 1.3 does not say how to measure anything
    assert shows_figures(made["sales/draft/document.docx"])
    assert build(project, "sales", "--only", "document") == 0
    assert outputs(project) == plain


def test_an_error_stops_its_process_and_no_other(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(project / "process/sales/process.yaml", "responsible: ", "responsable: ")
    edit(
        project / "process/sales-customer-qualification/process.yaml",
        "title: Sales customer qualification",
        "title: Customers qualified",
    )
    before = outputs(project)
    capsys.readouterr()
    assert build(project) == 1
    said = capsys.readouterr().out
    assert "did you mean `responsible`?" in said
    assert "Left out because of errors: sales\n" in said
    after = outputs(project)
    assert before["sales/1.3/document.docx"] == after["sales/1.3/document.docx"]
    other = "sales-customer-qualification/draft/document.docx"
    assert before[other] != after[other]


def test_an_error_in_a_record_never_stops_a_build(project: Path) -> None:
    record = next((project / "process/sales/records").glob("*.yaml"))
    record.write_text("process: sales\ncase: [\n", encoding="utf-8")
    assert build(project, "--only", "document") == 0


def test_a_version_that_became_effective_is_a_change(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert build(project, "--only", "document", day="2022-05-11") == 0
    assert not (project / "build/sales/1.3/document.docx").exists()
    capsys.readouterr()
    assert build(project, "--only", "document", day="2022-05-12") == 0
    assert "sales/1.3/document.docx" in capsys.readouterr().out
    assert (project / "build/sales/1.3/document.docx").is_file()


def test_a_tampered_definition_is_never_shown_as_approved(project: Path) -> None:
    edit(
        project / "process/sales/versions/1.3/process.yaml",
        "The sales manager makes an appointment",
        "The sales manager makes no appointment",
    )
    assert build(project) == 1
    assert run(["-C", str(project), "--as-of", DAY, "check"]) == 1


def test_a_broken_template_is_named_and_everything_else_is_built(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = project / "templates/email/handover.md"
    path.write_text(path.read_text(encoding="utf-8") + "{{ nonsense }}\n", encoding="utf-8")
    capsys.readouterr()
    assert build(project, "--only", "emails", "--only", "picture") == 1
    said = capsys.readouterr().out
    assert "templates/email/handover.md" in said
    assert "nonsense" in said

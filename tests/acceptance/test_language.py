"""A project that speaks another language than English, and what stays as it was."""

from __future__ import annotations

import io
import json
import re
import shutil
import zipfile
from pathlib import Path

import pytest

from examples_support import BASE
from intake.sales_cases import project_14
from regelwerk.cli.main import run

DAY = ("--as-of", "2026-11-24")
MESSAGE = 'msgctxt "{}"\nmsgid "{}"\nmsgstr "{}"\n\n'


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(BASE, tmp_path / "project")
    monkeypatch.chdir(tmp_path / "project")
    return tmp_path / "project"


def speak(project: Path, language: str) -> None:
    path = project / "process/organization.yaml"
    text = re.sub(r"(?m)^languages:.*\n", "", path.read_text("utf-8"))
    path.write_text(f"{text.rstrip()}\nlanguages: [{language}]\n", "utf-8")


def catalogue(project: Path, name: str, *messages: str) -> Path:
    path = project / "templates/words" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(messages), "utf-8")
    return path


def words_of(document: Path) -> str:
    with zipfile.ZipFile(io.BytesIO(document.read_bytes())) as archive:
        xml = archive.read("word/document.xml").decode()
    return " ".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", xml))


def document(project: Path) -> str:
    assert run([*DAY, "build", "--only", "document"]) == 0
    path = project / "build/example/draft/document.docx"
    return words_of(path)


def test_a_catalogue_is_checked_as_a_path_and_with_the_rest(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = MESSAGE.format("phrase.steps.one", "step {numbers}", "étape {nombre}")
    catalogue(project, "fr.po", bad)
    for paths in ((), ("templates/words/fr.po",), ("templates",)):
        assert run([*DAY, "check", "--format", "json", *paths]) == 1
        said = json.loads(capsys.readouterr().out)
        (finding,) = [one for one in said["findings"] if one["severity"] == "error"]
        assert (finding["file"], finding["line"]) == ("templates/words/fr.po", 2)
        assert finding["code"] == "template/undefined-variable"
    assert said["summary"]["files"] == 1
    assert run([*DAY, "check", "process"]) == 0
    assert run([*DAY, "check", "templates/words/it.po"]) == 2


def test_a_language_of_ones_own_needs_a_file_and_a_line(project: Path) -> None:
    speak(project, "fr")
    assert "Purpose" in document(project)
    catalogue(project, "fr.po", MESSAGE.format("label.purpose", "Purpose", "Finalité <R&D> 漢字"))
    said = document(project)
    assert "Finalité &lt;R&amp;D&gt; 漢字" in said
    assert "Purpose" not in said


def test_german_is_there_and_a_company_may_say_it_otherwise(project: Path) -> None:
    speak(project, "de")
    assert "Zweck" in document(project)
    catalogue(project, "de.po", MESSAGE.format("label.purpose", "Purpose", "Wozu das gut ist"))
    said = document(project)
    assert "Wozu das gut ist" in said
    assert "Schritte" in said


def test_a_company_may_say_it_otherwise_in_english(project: Path) -> None:
    catalogue(project, "en.po", MESSAGE.format("label.purpose", "Purpose", "What it is for"))
    assert "What it is for" in document(project)


def test_a_broken_catalogue_leaves_the_words_english_and_stops_nothing(project: Path) -> None:
    speak(project, "fr")
    catalogue(project, "fr.po", 'msgctxt "label.purpose"\nmsgid "Purpose"\nmsgstr "Fina\n')
    assert run([*DAY, "build", "--only", "document"]) == 1
    path = project / "build/example/draft/document.docx"
    assert "Purpose" in words_of(path)


def test_a_new_project_needs_no_catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["init", "new"]) == 0
    monkeypatch.chdir(tmp_path / "new")
    speak(tmp_path / "new", "de")
    assert run([*DAY, "check"]) == 0
    assert not (tmp_path / "new/templates").exists()
    assert run([*DAY, "build", "--only", "document"]) == 0
    path = tmp_path / "new/build/complaints/draft/document.docx"
    assert "Verantwortlichkeiten" in words_of(path)


def test_a_frozen_version_keeps_its_language_when_the_project_changes_its_own(
    tmp_path: Path,
) -> None:
    root = project_14(tmp_path / "project", "en")
    speak(root, "de")
    build = ["-C", str(root), *DAY, "build", "sales", "--only", "document", "--only", "workbook"]
    assert run(build) == 0
    frozen = words_of(root / "build/sales/1.4/document.docx")
    assert {"Purpose", "Responsible", "Retention"} & set(frozen.split())
    assert "Zweck" not in frozen
    assert "Verantwortlich" not in frozen
    (root / "process/sales/process.yaml").write_text(
        (root / "process/sales/process.yaml").read_text("utf-8").replace('"1.4"', '"1.5"', 1),
        "utf-8",
    )
    assert run(build) == 0
    draft = words_of(root / "build/sales/draft/document.docx")
    assert "Zweck" in draft
    assert "Kept for" not in draft


def test_a_version_frozen_in_german_stays_german_in_an_english_project(tmp_path: Path) -> None:
    root = project_14(tmp_path / "project", "de")
    speak(root, "en")
    assert run(["-C", str(root), *DAY, "build", "sales", "--only", "document"]) == 0
    assert "Verantwortlichkeiten" in words_of(root / "build/sales/1.4/document.docx")


def test_one_mail_may_be_in_german_in_an_english_project(project: Path) -> None:
    mail = project / "templates/email/hello.md"
    mail.parent.mkdir(parents=True, exist_ok=True)
    mail.write_text(
        '---\nsubject: "Anfrage {{ record.case }}"\nto: [office@example.com]\nlanguage: de\n---\n'
        "Guten Tag {{ record.by }}\n",
        "utf-8",
    )
    definition = project / "process/example/process.yaml"
    text = definition.read_text("utf-8")
    definition.write_text(text.replace("    title:", "    email: hello\n    title:", 1), "utf-8")
    assert run([*DAY, "build", "--only", "emails", "--only", "document"]) == 0
    page = (project / "build/example/draft/emails/hello.html").read_text("utf-8")
    assert "[Name des Absenders]" in page
    assert "Betreff" in page
    assert "Ohne Formatierung kopieren" in page
    assert "Purpose" in words_of(project / "build/example/draft/document.docx")

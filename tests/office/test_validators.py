"""Word files as others judge them: a strict validator in Python, Microsoft's SDK, our own lint."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from openxml_audit import FileFormat, OpenXmlValidator

from office.office_support import VALIDATOR, known_contexts, needs_validator, word_files
from regelwerk.artifacts.checklist.workbook import render_workbook
from word_support import lint

NAMES = [f"{name}{kind}.docx" for name in known_contexts() for kind in ("", "-checklist")]


@pytest.mark.parametrize("name", NAMES)
def test_openxml_audit_has_nothing_to_say(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(word_files()[name])
    result = OpenXmlValidator(file_format=FileFormat.MICROSOFT_365).validate(path)
    assert [str(error) for error in result.errors] == []
    assert result.is_valid


@pytest.mark.office
@needs_validator
@pytest.mark.parametrize("name", NAMES)
def test_the_open_xml_sdk_has_nothing_to_say(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(word_files()[name])
    run = subprocess.run([VALIDATOR, path], capture_output=True, text=True, timeout=120)
    said = json.loads(run.stdout)
    assert said["errors"] == []
    assert said["ok"] is True


@pytest.mark.parametrize("name", NAMES)
def test_our_own_lint_has_nothing_to_say(name: str) -> None:
    assert lint(word_files()[name]) == []


@pytest.mark.office
@needs_validator
@pytest.mark.parametrize("name", ["sales-1.3", "complaints-draft", "forty-steps", "sacred"])
def test_workbooks_are_sound_too(name: str, tmp_path: Path) -> None:
    path = tmp_path / "checklist.xlsx"
    record = {"case": "S-1", "subject": "=1+1", "started": "2026-11-24"}
    path.write_bytes(render_workbook(known_contexts()[name], record).content)
    run = subprocess.run([VALIDATOR, path], capture_output=True, text=True, timeout=120)
    assert json.loads(run.stdout)["errors"] == []
    assert [
        str(error)
        for error in OpenXmlValidator(file_format=FileFormat.MICROSOFT_365).validate(path).errors
    ] == []


def test_the_validators_are_awake(tmp_path: Path) -> None:
    """A cell without a paragraph, which Word calls corrupt, is found."""
    from regelwerk.artifacts.office.package import DOCUMENT, open_package

    package = open_package(word_files()["sales-1.3.docx"], "broken.docx")
    broken = package.parts[DOCUMENT].replace(
        b"</w:tbl>", b"<w:tr><w:tc><w:tcPr/></w:tc></w:tr></w:tbl>", 1
    )
    package.parts[DOCUMENT] = broken
    path = tmp_path / "broken.docx"
    path.write_bytes(package.to_bytes())
    assert OpenXmlValidator(file_format=FileFormat.MICROSOFT_365).validate(path).errors
    assert any("cell" in fault for fault in lint(path.read_bytes()))

"""One cause, one finding: a fault in one file of a whole project with records is said once."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from examples_support import EXAMPLES
from regelwerk.cli.main import run

ORGANIZATION, PEOPLE = "process/organization.yaml", "process/people.yaml"
FROZEN = "process/complaints/versions/1.10"
WORKING = "process/complaints/process.yaml"


def said(capsys: pytest.CaptureFixture[str], root: Path) -> list[tuple[str, str, str]]:
    run(["-C", str(root), "--as-of", "2026-11-24", "check", "--format", "json"])
    findings = json.loads(capsys.readouterr().out)["findings"]
    return [
        (finding["code"], finding["file"], finding["path"])
        for finding in findings
        if finding["severity"] != "info"
    ]


@pytest.mark.parametrize(
    ("file", "old", "new", "code", "path"),
    [
        (PEOPLE, "sara.service:", "sara.service: [", "yaml/syntax", "$"),
        (ORGANIZATION, "roles:", "roles: [", "yaml/syntax", "$"),
        (ORGANIZATION, "\nroles:", "\nrole:", "schema/unknown-key", "$.role"),
        (ORGANIZATION, "\napproval:", "\napprovals:", "schema/unknown-key", "$.approvals"),
        (f"{FROZEN}/process.yaml", "title: C", "title: K", "approval/digest-mismatch", "$.digest"),
        (f"{FROZEN}/process.yaml", "steps:", "steps: [", "approval/digest-mismatch", "$.digest"),
        (f"{FROZEN}/context.yaml", "roles:", "roles: [", "approval/digest-mismatch", "$.digest"),
        (f"{FROZEN}/approvals.yaml", '"sha256:', '"sha257:', "schema/value", "$.digest"),
        (f"{FROZEN}/approvals.yaml", "signatures:", "signatures: [", "yaml/syntax", "$"),
        (
            f"{FROZEN}/approvals.yaml",
            '"1.10"',
            '"1.9"',
            "reference/id-folder-mismatch",
            "$.version",
        ),
        (WORKING, "next: repair}", "next: recall}", "flow/jump-across-parallel", ""),
        (WORKING, "next: mark-stock", "next: recall", "flow/jump-across-parallel", ""),
        (WORKING, "    next: {end: rejected}\n", "", "flow/no-path-to-end", "$.steps[7]"),
        (WORKING, "next: {end: settled}", "next: {end: setled}", "reference/undefined-end", ""),
        (WORKING, "\nsteps:", "\nstep:", "schema/unknown-key", "$.step"),
        (WORKING, "\nends:", "\nend:", "schema/unknown-key", "$.end"),
        (WORKING, "{register: packing}", "{register: pakking}", "reference/undefined-register", ""),
        (WORKING, "outcomes: {passed:", "outcomes: {pass:", "reference/undefined-end", ""),
        (WORKING, "process: supplier-audit", "process: audit", "reference/undefined-process", ""),
        (
            WORKING,
            "    parallel:\n      cause:",
            "    paralel:\n      cause:",
            "schema/unknown-key",
            "",
        ),
        (WORKING, "- id: assess\n", "- ID: assess\n", "schema/unknown-key", "$.steps[2].ID"),
        (WORKING, "options:\n        jus", "option:\n        jus", "schema/unknown-key", ""),
    ],
)
def test_a_fault_is_said_once(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    file: str,
    old: str,
    new: str,
    code: str,
    path: str,
) -> None:
    root = tmp_path / "project"
    shutil.copytree(EXAMPLES / "contract", root)
    text = (root / file).read_text(encoding="utf-8")
    assert old in text
    (root / file).write_text(text.replace(old, new, 1), encoding="utf-8", newline="\n")

    found = said(capsys, root)

    beside = file.replace("process.yaml", "approvals.yaml").replace("context.", "approvals.")
    where = beside if code.startswith("approval/") else file
    assert [(one, place) for one, place, _ in found] == [(code, where)]
    assert found[0][2] == (path or found[0][2])

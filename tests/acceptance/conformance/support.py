"""Cases in one readable text: files of a project with marks where findings must stand.

A case begins with `##### title`; `=== path` begins a file of it. `⟦code⟧` stands right before the
place of a finding; `⟦code|$.path⟧` says its path too, `⟦code!i⟧` a severity other than the table's.
Two findings at one place are two marks. `@head id [version]` stands for the keys that
every process needs, `@org` and `@people` for the usual head of those files; a case that has no
organization.yaml or people.yaml gets the usual ones. `@digest` in an approvals.yaml is the digest
of the definition beside it, computed here and not by the tool.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import yaml

CASES = Path(__file__).parent / "cases"

ORGANIZATION = """\
name: Example GmbH
standards: ["ISO 9001:2015"]
timezone: Europe/Berlin
country: DE
"""
USUAL_ORGANIZATION = (
    ORGANIZATION
    + """\
roles:
  worker: {title: Worker}
  boss: {title: Boss}
approval:
  standard:
    - {stage: created, title: Creation}
    - {stage: approved, title: Approval, role: boss, not_same_as: [created]}
paper_until: 2030-12-31
"""
)
PEOPLE = """\
wanda.worker: {name: Wanda Worker, roles: [{role: worker}]}
willi.worker: {name: Willi Worker, roles: [{role: worker}]}
bob.boss: {name: Bob Boss, roles: [{role: boss}]}
bea.boss: {name: Bea Boss, roles: [{role: boss}]}
"""
_WARNINGS = {
    "schema/stale", "reference/unused-role", "reference/unused-document", "flow/single-option",
    "flow/same-target", "flow/output-not-produced", "flow/unused-end",
    "approval/version-not-raised", "approval/review-overdue", "record/overdue",
    "record/unused-deviation",
}  # fmt: skip
_INFORMATION = {"approval/unsigned-paper"}
_LETTERS = {"e": "error", "w": "warning", "i": "info"}
_MARK = re.compile(r"⟦([a-z0-9/-]+)(?:!([ewi]))?(?:\|([^⟧]*))?⟧")


@dataclass(frozen=True, order=True)
class Expected:
    """One finding that must be said; `path` None: any."""

    file: str
    line: int
    column: int
    code: str
    severity: str
    path: str | None = None


@dataclass(frozen=True)
class Case:
    """A project and what must be said about it."""

    title: str
    files: dict[str, str]
    expected: tuple[Expected, ...]

    def write(self, root: Path) -> Path:
        for name, text in self.files.items():
            place = root / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(text.encode())
        return root


class _Core(yaml.SafeLoader):
    """YAML 1.2 core as far as the cases use it: dates and `yes` are texts."""

    yaml_implicit_resolvers: ClassVar[dict[str, list[tuple[str, re.Pattern[str]]]]] = {}


for _tag, _pattern, _first in (
    ("bool", r"true|false", "tf"),
    ("int", r"[-+]?[0-9]+", "-+0123456789"),
    ("null", r"null|~|", ["n", "~", ""]),
):
    _Core.add_implicit_resolver(
        f"tag:yaml.org,2002:{_tag}", re.compile(f"^(?:{_pattern})$"), list(_first)
    )


def digest(definition: str, context: str | None = None) -> str:
    """The digest of texts without fractions, where sorted JSON is canonical JSON (RFC 8785)."""
    data = {
        "context": None if context is None else yaml.load(context, _Core),  # noqa: S506
        "definition": yaml.load(definition, _Core),  # noqa: S506
    }
    text = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def _head(process: str, version: str) -> str:
    return f"""\
id: {process}
document: P-{process.upper()}
title: Process {process}
version: "{version}"
category: core
owner: boss
purpose: It is done.
start: {{event: It begins}}
"""


def _expanded(text: str) -> str:
    text = re.sub(
        r"^@head (\S+)(?: (\S+))?\n",
        lambda found: _head(found[1], found[2] or "1.0"),
        text,
        flags=re.MULTILINE,
    )
    text = re.sub(r"^@org\n", ORGANIZATION, text, flags=re.MULTILINE)
    return re.sub(r"^@people\n", PEOPLE, text, flags=re.MULTILINE)


def _severity(code: str, letter: str | None) -> str:
    if letter:
        return _LETTERS[letter]
    if code in _INFORMATION:
        return "info"
    return "warning" if code in _WARNINGS else "error"


def _without_marks(name: str, text: str) -> tuple[str, list[Expected]]:
    lines, expected = [], []
    for number, line in enumerate(text.split("\n"), start=1):
        while found := _MARK.search(line):
            code, letter, path = found.groups()
            severity = _severity(code, letter)
            expected.append(Expected(name, number, found.start() + 1, code, severity, path))
            line = line[: found.start()] + line[found.end() :]
        lines.append(line)
    return "\n".join(lines), expected


def cases_in(file: Path) -> list[Case]:
    """Every case of a file of cases."""
    cases = []
    for block in re.split(r"^##### ", file.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        title, _, body = block.partition("\n")
        texts = {"process/organization.yaml": USUAL_ORGANIZATION, "process/people.yaml": PEOPLE}
        for part in re.split(r"^=== ", body, flags=re.MULTILINE)[1:]:
            name, _, text = part.partition("\n")
            texts[name.strip()] = _expanded(text)
        files, expected = {}, []
        for name, text in texts.items():
            files[name], marks = _without_marks(name, text)
            expected += marks
        for name in [one for one in files if one.endswith("/approvals.yaml")]:
            beside = files.get(name.replace("approvals.yaml", "process.yaml"))
            if "@digest" in files[name] and beside is not None:
                context = files.get(name.replace("approvals.yaml", "context.yaml"))
                files[name] = files[name].replace("@digest", f'"{digest(beside, context)}"')
        cases.append(Case(title.strip(), files, tuple(expected)))
    return cases


def differences(case: Case, findings: list[dict[str, object]]) -> list[str]:
    """What was expected and not said, and what was said and not expected; empty: as it must be."""
    open_ones = list(findings)
    result = []
    for wanted in sorted(case.expected, key=lambda one: (one.file, one.line, one.column)):
        for found in open_ones:
            place = (found["file"], found["line"], found["column"], found["code"])
            same = place == (wanted.file, wanted.line, wanted.column, wanted.code)
            if (
                same
                and found["severity"] == wanted.severity
                and wanted.path in (None, found["path"])
            ):
                open_ones.remove(found)
                break
        else:
            result.append(f"missing: {wanted}")
    return result + [f"too much: {found}" for found in open_ones]

"""Which templates are looked at, and how much a finding matters."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from artifacts.email.support import MEET, context, head, read, templates
from regelwerk.artifacts.email.lint import lint_email_use, lint_emails
from regelwerk.diagnostics import Problem, Severity
from regelwerk.model.project import Definition, FrozenVersion, ProcessFolder, Project


def project(*, working: Definition | None, frozen: Definition | None = None) -> Project:
    versions = ()
    if frozen is not None:
        versions = (
            FrozenVersion(
                version="1.1", folder="", definition=frozen, context=None, approvals=None
            ),
        )
    folder = ProcessFolder(id="example", folder="", working=working, versions=versions)
    return msgspec.structs.replace(context().project, processes={"example": folder})


def codes(problems: list[Problem]) -> list[tuple[str, Severity | None]]:
    return [(problem.code, problem.severity) for problem in problems]


BAD = head() + "{{ fields.nope }}\n"


def test_a_frozen_version_only_informs(tmp_path: Path) -> None:
    frozen = context(working=False).definition
    found = lint_emails(project(working=None, frozen=frozen), templates(tmp_path, BAD))
    assert codes(found) == [("template/unknown-email-field", Severity.INFO)]


def test_one_cause_is_one_finding_and_the_working_definition_counts(tmp_path: Path) -> None:
    twice = context(working=True, steps=(MEET, MEET)).definition
    both = project(working=twice, frozen=context(working=False).definition)
    found = lint_emails(both, templates(tmp_path, BAD))
    assert codes(found) == [("template/unknown-email-field", None)]


def test_a_definition_with_faults_is_not_argued_about(tmp_path: Path) -> None:
    broken = msgspec.structs.replace(context(working=True).definition, sound=False)
    assert lint_emails(project(working=broken), templates(tmp_path, BAD)) == []


def test_a_template_nobody_uses_is_looked_at_and_a_packaged_one_is_not(tmp_path: Path) -> None:
    source = templates(tmp_path, head() + "{{ x }}\n", name="unused")
    assert any(name != "unused.md" for name in source.names("email"))
    found = lint_emails(context().project, source)
    assert [(problem.code, problem.file) for problem in found] == [
        ("template/undefined-variable", "templates/email/unused.md")
    ]


def test_a_field_of_another_step_is_pointed_at(tmp_path: Path) -> None:
    other = msgspec.structs.replace(MEET, id="other", fields=(), email="hello")
    definition = context(working=True, steps=(MEET, other)).definition
    email = read(tmp_path, head(to='["field:other.mail"]') + "{{ fields.date }}\n")
    first, second = lint_email_use(definition, other, email)
    assert first.hint == 'did you mean `steps["meet"].fields["date"]`?'
    assert second.hint == "did you mean `field:meet.mail`?"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (head() + "Dear\x07 all\n", (5, 5)),
        (head() + "one\n\ntwo\x1b\n", (7, 4)),
        (head().replace("subject: ", 'subject: "\\u202e" # ', 1) + "Dear all\n", (2, 1)),
    ],
)
def test_a_control_character_is_found_before_the_build_fails(
    text: str, place: tuple[int, int], tmp_path: Path
) -> None:
    found = lint_emails(project(working=context().definition), templates(tmp_path, text))
    assert codes(found) == [("template/syntax", None)]
    assert (found[0].line, found[0].column) == place
    assert "control character U+" in found[0].message

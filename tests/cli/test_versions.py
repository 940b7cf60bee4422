"""`regelwerk versions` as a user meets it."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
)

from approvals.signing import private, private_file
from operations.versions_world import VERSIONS, begin, edit, sign_all_stages
from regelwerk.cli.main import regelwerk, run

APPROVALS = f"{VERSIONS.as_posix()}/1.1/approvals.yaml"
Say = Callable[..., tuple[int, str]]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = begin(tmp_path / "project")
    for name in ("anna.clerk", "quinn.qmb", "cora.ceo"):
        (tmp_path / name).write_bytes(private_file(name))
    return root


@pytest.fixture
def say(root: Path, capsys: pytest.CaptureFixture[str]) -> Say:
    def run_command(*arguments: str) -> tuple[int, str]:
        code = run(["-C", str(root), *arguments])
        output = capsys.readouterr()
        return code, output.out + output.err

    return run_command


def sign(say: Say, root: Path, stage: str, person: str, *more: str) -> tuple[int, str]:
    key = str(root.parent / person)
    return say(
        *("versions", "sign", "example", "1.1", "--stage", stage, "--as", person),
        *("--key", key, "--yes", *more),
    )


def test_from_draft_to_issued_documents(say: Say, root: Path) -> None:
    code, text = say("versions", "submit", "example", "--effective-from", "2099-01-01")
    assert code == 0
    assert "Digest: sha256:" in text
    assert "asks for a minor number; 1.1 after 1.0 is one" in text
    assert "To be signed, in this order: Creation, Examination, Approval" in text
    code, text = say("versions")
    assert code == 0
    assert "1.1      frozen, unsigned" in text
    assert "1.0      in force (paper)" in text
    for stage, person in (("created", "anna.clerk"), ("examined", "quinn.qmb")):
        assert sign(say, root, stage, person)[0] == 0
    assert "in approval" in say("versions")[1]
    code, text = sign(say, root, "approved", "cora.ceo", "--comment", "R&D <b> ü")
    assert code == 0
    assert "Cora Ceo as Managing Director with an SSH key" in text
    assert "Key            SHA256:" in text
    assert "What changes against version 1.0:" in text
    code, text = say("versions", "issue", "example", "1.1")
    assert code == 0
    assert "document.docx" in text
    code, text = say("versions", "--format", "json")
    rows = json.loads(text)["versions"]
    assert [(row["version"], row["status"], row["issued"]) for row in rows] == [
        ("1.1", "approved", True),
        ("1.0", "effective", False),
    ]
    assert say("check")[0] == 0
    assert say("versions", "review", "example", "1.1", "--as", "quinn.qmb", "--key",
               str(root.parent / "quinn.qmb"), "--yes")[0] == 0  # fmt: skip
    assert say("versions", "withdraw", "example", "1.1", "--reason", "No.", "--as", "cora.ceo",
               "--key", str(root.parent / "cora.ceo"), "--yes")[0] == 0  # fmt: skip
    assert "withdrawn" in say("versions")[1]
    assert say("check")[0] == 0


def test_it_asks_and_takes_no_for_an_answer(root: Path) -> None:
    assert run(["-C", str(root), "versions", "submit", "example"]) == 0
    arguments = ["-C", str(root), "versions", "sign", "example", "1.1", "--stage", "created"]
    arguments += ["--as", "anna.clerk", "--key", str(root.parent / "anna.clerk")]
    before = (root / APPROVALS).read_bytes()
    for answer in ("n\n", "\n"):
        result = CliRunner().invoke(regelwerk, arguments, input=answer)
        assert "Sign? [y/N]" in result.output
        assert "Nothing was signed." in result.output
        assert (root / APPROVALS).read_bytes() == before
    CliRunner().invoke(regelwerk, arguments, input="y\n")
    assert b"by: anna.clerk" in (root / APPROVALS).read_bytes()


def test_a_passphrase_is_asked_for_and_never_shown(root: Path) -> None:
    assert run(["-C", str(root), "versions", "submit", "example"]) == 0
    secret = "Geheim ü 漢字"  # noqa: S105 - of a key made here
    key = root.parent / "locked"
    key.write_bytes(
        private("anna.clerk").private_bytes(
            Encoding.PEM, PrivateFormat.OpenSSH, BestAvailableEncryption(secret.encode())
        )
    )
    arguments = ["-C", str(root), "versions", "sign", "example", "1.1", "--stage", "created"]
    arguments += ["--as", "anna.clerk", "--key", str(key), "--yes"]
    result = CliRunner().invoke(regelwerk, arguments, input=f"{secret}\n")
    assert result.exception is None
    assert "Passphrase of the key" in result.output
    assert secret not in result.output
    assert b"by: anna.clerk" in (root / APPROVALS).read_bytes()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ([], "either with --key FILE or with --paper"),
        (["--paper"], "--at DATE"),
        (["--paper", "--key", "KEY", "--at", "2026-01-01"], "either with --key"),
        (["--key", "KEY", "--at", "2026-01-01"], "go with --paper only"),
    ],
)
def test_options_that_do_not_go_together_are_wrong_usage(
    say: Say, root: Path, options: list[str], words: str
) -> None:
    say("versions", "submit", "example")
    options = [str(root.parent / "anna.clerk") if one == "KEY" else one for one in options]
    code, text = say(
        *("versions", "sign", "example", "1.1", "--stage", "created", "--as", "anna.clerk"),
        *options,
    )
    assert code == 2
    assert words in text


def test_nobody_signs_on_another_day(say: Say, root: Path) -> None:
    say("versions", "submit", "example")
    code, text = say(
        *("--as-of", "2026-01-01", "versions", "sign", "example", "1.1", "--stage", "created"),
        *("--as", "anna.clerk", "--key", str(root.parent / "anna.clerk"), "--yes"),
    )
    assert code == 2
    assert "today" in text


def test_a_refusal_is_a_sentence_with_its_code_and_exit_code_1(say: Say, root: Path) -> None:
    say("versions", "submit", "example")
    code, text = sign(say, root, "examined", "quinn.qmb")
    assert code == 1
    assert "error: the stage `created` comes first" in text
    assert "approval/out-of-order" in text
    code, text = say("versions", "submit", "example")
    assert code == 1
    assert "frozen already" in text
    edit(root, "process/example/process.yaml", "responsible: manager", "responsible: nobody")
    code, text = say("versions", "submit", "example")
    assert code == 1
    assert "reference/undefined-role" in text
    assert "Nothing was frozen." in text


@pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="ssh-keygen is not installed")
def test_what_was_signed_is_verified_by_ssh_keygen_alone(
    say: Say, root: Path, tmp_path: Path
) -> None:
    say("versions", "submit", "example", "--effective-from", "2099-01-01")
    from datetime import date

    sign_all_stages(root, day=date(2026, 6, 1))
    out = tmp_path / "proof"
    code, _ = say("versions", "statements", "example", "1.1", "--out", str(out))
    assert code == 0
    for index, person in enumerate(("anna.clerk", "quinn.qmb", "cora.ceo")):
        verify = ["ssh-keygen", "-Y", "verify", "-n", "regelwerk-approval@v1"]
        verify += ["-f", "allowed_signers", "-I", person, "-s", f"signatures-{index}.sig"]
        statement = (out / f"signatures-{index}.json").read_bytes()
        assert subprocess.run(verify, cwd=out, input=statement, capture_output=True).returncode == 0
        other = statement.replace(b'"version":"1.1"', b'"version":"1.2"')
        assert other != statement
        assert subprocess.run(verify, cwd=out, input=other, capture_output=True).returncode != 0


def test_every_command_shows_an_example() -> None:
    group = regelwerk.commands["versions"]
    assert isinstance(group, click.Group)
    for name, command in group.commands.items():
        assert command.help is not None
        assert f"regelwerk versions {name}" in command.help

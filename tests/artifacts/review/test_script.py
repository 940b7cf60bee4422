"""What the page's script makes is byte for byte what Python and ssh-keygen make of it."""

from __future__ import annotations

import json
import shutil
import subprocess
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import rfc8785
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from regelwerk.approvals.public_key import fingerprint, key_of_line, line_of_key
from regelwerk.approvals.sshsig import parse, verifies

HERE = Path(__file__).parent
SCRIPT = files("regelwerk.artifacts.review") / "assets" / "sshsig.js"

pytestmark = [
    pytest.mark.node,
    pytest.mark.skipif(shutil.which("node") is None, reason="Node is not installed"),
]

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=80)
STATEMENTS = st.lists(
    st.fixed_dictionaries(
        {
            key: st.none() | TEXT
            for key in (
                *("at", "by", "comment", "digest", "effective_from"),
                *("process", "role", "stage", "version"),
            )
        }
        | {"deputy": st.none() | st.just(True)}
    ),
    min_size=60,
    max_size=60,
)


def signed(statements: list[dict[str, Any]]) -> list[dict[str, str]]:
    run = subprocess.run(
        ["node", "sshsig.mjs", str(SCRIPT)],
        cwd=HERE,
        input=json.dumps(statements).encode(),
        capture_output=True,
        timeout=60,
        check=True,
    )
    return [json.loads(line) for line in run.stdout.decode().split("\n") if line]


@settings(
    max_examples=4,
    deadline=None,
    phases=(Phase.generate,),  # each example is a program's run: making it small would take minutes
    suppress_health_check=list(HealthCheck),
)
@given(STATEMENTS)
def test_any_statement_has_the_same_bytes_and_a_signature_that_verifies(
    statements: list[dict[str, Any]],
) -> None:
    made = signed(statements)
    assert len(made) == len(statements)
    for statement, one in zip(statements, made, strict=True):
        canonical = rfc8785.dumps(statement)
        assert one["text"].encode() == canonical
        parsed = parse(one["signature"])
        assert (parsed.namespace, parsed.hash_algorithm) == ("regelwerk-approval@v1", "sha512")
        assert verifies(parsed, canonical)
        assert not verifies(parsed, canonical + b" ")
        assert key_of_line(one["key"]) == parsed.key
        assert one["key"] == line_of_key(parsed.key)
        assert one["fingerprint"] == fingerprint(parsed.key)


@pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="ssh-keygen is not installed")
def test_ssh_keygen_verifies_it_and_shows_the_same_fingerprint(tmp_path: Path) -> None:
    statement = {"by": "gerald.unger", "comment": 'ü 漢字 🙂 "<&>" \\ \u007f', "deputy": True}
    (made,) = signed([statement])
    (tmp_path / "key.pub").write_text(made["key"] + "\n", encoding="utf-8")
    (tmp_path / "allowed").write_text(f"gerald.unger {made['key']}\n", encoding="utf-8")
    (tmp_path / "one.sig").write_text(made["signature"], encoding="utf-8")
    shown = subprocess.run(
        ["ssh-keygen", "-lf", "key.pub"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert made["fingerprint"] in shown.stdout
    verify = ["ssh-keygen", "-Y", "verify", "-n", "regelwerk-approval@v1", "-f", "allowed"]
    verify += ["-I", "gerald.unger", "-s", "one.sig"]
    for text, code in ((made["text"], 0), (made["text"].replace("gerald", "gerold"), 255)):
        run = subprocess.run(verify, cwd=tmp_path, input=text.encode(), capture_output=True)
        assert run.returncode == code

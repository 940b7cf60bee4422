"""approvals.yaml with any bytes in it: findings, never a crash, and never another approval."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from operations.versions_world import VERSIONS, begin, freeze, sign_all_stages
from regelwerk.approvals.sshsig import parse
from regelwerk.approvals.trust import signatures_of
from regelwerk.diagnostics import CODES
from regelwerk.model.project import FrozenVersion
from regelwerk.model.version import Status
from regelwerk.operations.examine import examine
from regelwerk.project.load import load

IN_FORCE = date(2026, 7, 1)
FILE = VERSIONS / "1.1" / "approvals.yaml"

PIECES = st.sampled_from(
    [
        *(
            b"",
            b"\x00",
            b"\xff",
            b"\xef\xbb\xbf",
            b"\r",
            b"\n",
            b"\t",
            b" ",
            b"'",
            b'"',
            b"#",
            b"- ",
        ),
        *(b": ", b"{", b"}", b"[", b"]", b"&a ", b"*a", b"!!python/object:os.system ", b"<<: "),
        *(b"---\n", b"...\n", b"~", b"null", b"true", b"1.1", b"2026-02-30", b"x-free: 1\n"),
        *(b"signatures: []\n", b"withdrawn: {}\n", b"reviews:\n  - {}\n", b"version: '1.0'\n"),
        *("\u2028".encode(), "ü".encode(), b"A", b"0", b"deputy: true\n    ", b"a" * 5_000),
    ]
)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = begin(tmp_path_factory.mktemp("fuzz"))
    freeze(root)
    sign_all_stages(root)
    return root


@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(changes=st.data())
def test_whatever_bytes_stand_there(project: Path, changes: Any) -> None:
    path = project / FILE
    sound = path.read_bytes()
    before = load(project).project.processes["example"].version("1.1")
    assert before is not None
    content = sound
    for _ in range(changes.draw(st.integers(1, 3))):
        start = changes.draw(st.integers(0, len(content)))
        length = changes.draw(st.sampled_from([0, 1, 2, 8, 60, 500]))
        content = content[:start] + changes.draw(PIECES) + content[start + length :]
    try:
        path.write_bytes(content)
        loaded = load(project)
        result = examine(loaded, IN_FORCE)
    finally:
        path.write_bytes(sound)
    assert {finding.code for finding in result.findings} <= set(CODES)
    verdict = result.verdicts["example"]["1.1"]
    if verdict.status is Status.EFFECTIVE:
        after = loaded.project.processes["example"].version("1.1")
        assert after is not None
        assert signed(before) <= signed(after), "approved by something else"


def signed(frozen: FrozenVersion) -> set[object]:
    """What was signed and by which signature, without what is only form: blanks in the armour."""
    return {
        (one.stage, one.by, one.role, one.deputy, one.at, one.comment, parse(one.signature or ""))
        for one in signatures_of(frozen)
    }


def test_unchanged_it_is_in_force(project: Path) -> None:
    verdict = examine(load(project), IN_FORCE).verdicts["example"]["1.1"]
    assert verdict.status is Status.EFFECTIVE

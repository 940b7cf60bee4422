"""Two people who sign at once: no signature is lost, and the rules hold for both together."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from datetime import date
from pathlib import Path

import pytest

from operations.versions_world import (
    VERSIONS,
    act,
    begin,
    do,
    edit,
    errors,
    freeze,
    now,
    sign_all_stages,
    state,
)
from regelwerk.errors import RegelwerkError
from regelwerk.operations import lock, versions_entry
from regelwerk.operations.durable import replace_unless_changed
from regelwerk.operations.lock import locked
from regelwerk.operations.versions_sign import Prepared, prepare
from regelwerk.project.load import load

PEOPLE = ("anna.clerk", "bert.clerk", "mia.manager", "max.manager")


def rule_of_four(folder: Path) -> Path:
    root = begin(folder)
    rule = "    - {stage: created, title: Creation, count: 4}"
    edit(root, "process/organization.yaml", "    - {stage: created, title: Creation}", rule)
    edit(root, "process/organization.yaml", "approval:", "approval:\n  old:\n    - {stage: created, title: Creation}")  # fmt: skip  # noqa: E501
    (root / VERSIONS / "1.0").rename(root.parent / f"{folder.name}-put-away")
    edit(root, "process/example/process.yaml", "category: core", "category: core\napproval: standard")  # fmt: skip  # noqa: E501
    freeze(root)
    return root


def together(prepared: list[Prepared]) -> list[str]:
    """Add all at the same moment; what went wrong."""
    barrier = threading.Barrier(len(prepared))
    wrong: list[str] = []

    def add(one: Prepared) -> None:
        barrier.wait()
        try:
            one.add()
        except RegelwerkError as error:
            wrong.append(error.message)

    threads = [threading.Thread(target=add, args=(one,)) for one in prepared]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return wrong


def test_four_people_sign_one_stage_at_once(tmp_path: Path) -> None:
    root = rule_of_four(tmp_path / "project")
    prepared = [prepare(root, "example", "1.1", act(one, "created"), now()) for one in PEOPLE]
    assert together(prepared) == []
    approvals = load(root).project.processes["example"].versions[0].approvals
    assert approvals is not None
    assert {one.by for one in approvals.signatures} == set(PEOPLE)
    assert errors(root) == []


SIGN_WHEN_TOLD = """
import sys
from pathlib import Path
from operations.versions_world import act, now
from regelwerk.errors import RegelwerkError
from regelwerk.operations.versions_sign import prepare
ready = prepare(Path(sys.argv[1]), "example", "1.1", act(sys.argv[2], "created"), now())
print("ready", flush=True)
sys.stdin.readline()
try:
    print("signed", ready.add())
except RegelwerkError as error:
    print(error.message)
"""


def processes(root: Path, people: tuple[str, ...]) -> list[str]:
    """Each person signs in a process of their own, all at the same moment; what each says."""
    tests = Path(__file__).resolve().parents[1]
    package = tests.parent / "generator"
    paths = os.pathsep.join((str(tests), str(package)))
    running = [
        subprocess.Popen(
            [sys.executable, "-c", SIGN_WHEN_TOLD, str(root), person],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": paths},
        )
        for person in people
    ]
    for one in running:
        assert one.stdout is not None
        assert one.stdout.readline() == "ready\n"
    for one in running:
        assert one.stdin is not None
        one.stdin.write("go\n")
        one.stdin.flush()
    return [one.communicate(timeout=60)[0] for one in running]


def test_people_who_sign_in_processes_of_their_own_lose_nothing(tmp_path: Path) -> None:
    root = rule_of_four(tmp_path / "project")
    said = processes(root, (*PEOPLE, "anna.clerk"))
    assert sum(one.startswith("signed") for one in said) == len(PEOPLE)
    (refused,) = (one for one in said if not one.startswith("signed"))
    assert "approval/same-person" in refused or "signed already" in refused
    approvals = load(root).project.processes["example"].versions[0].approvals
    assert approvals is not None
    assert sorted(one.by for one in approvals.signatures) == sorted(PEOPLE)
    assert errors(root) == []


def test_the_same_person_twice_at_once_signs_once(tmp_path: Path) -> None:
    root = rule_of_four(tmp_path / "project")
    prepared = [prepare(root, "example", "1.1", act("anna.clerk", "created"), now())] * 2
    wrong = together(prepared)
    assert len(wrong) == 1
    assert "approval/same-person" in wrong[0]


def test_a_stage_completed_meanwhile_gets_no_signature_more(tmp_path: Path) -> None:
    root = begin(tmp_path)
    freeze(root)
    prepared = [prepare(root, "example", "1.1", act(one, "created"), now()) for one in PEOPLE[:2]]
    wrong = together(prepared)
    assert len(wrong) == 1
    assert "signed already" in wrong[0]


def test_a_review_and_a_withdrawal_at_once_are_both_kept(tmp_path: Path) -> None:
    root = begin(tmp_path)
    freeze(root)
    sign_all_stages(root)
    acts = (act("quinn.qmb", result="unchanged"), act("cora.ceo", reason="No more."))
    prepared = [prepare(root, "example", "1.1", one, now(20)) for one in acts]
    assert together(prepared) == []
    approvals = load(root).project.processes["example"].versions[1].approvals
    assert approvals is not None
    assert len(approvals.reviews) == 1
    assert approvals.withdrawn is not None
    assert errors(root) == []


def test_who_writes_past_the_lock_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on a share where locks do not reach: compare before replacing, then read anew."""
    root = begin(tmp_path)
    freeze(root)
    path = root / VERSIONS / "1.1" / "approvals.yaml"
    interfered = []

    def slow(target: Path, before: bytes, after: bytes) -> bool:
        if not interfered:
            interfered.append(True)
            path.write_bytes(before + b"# somebody was here\n")
        return replace_unless_changed(target, before, after)

    monkeypatch.setattr(versions_entry, "replace_unless_changed", slow)
    do(root, act("anna.clerk", "created"))
    text = path.read_text(encoding="utf-8")
    assert "# somebody was here" in text
    assert "by: anna.clerk" in text
    assert errors(root) == []


def test_a_version_frozen_anew_meanwhile_is_not_signed(tmp_path: Path) -> None:
    import shutil

    root = begin(tmp_path)
    freeze(root)
    prepared = prepare(root, "example", "1.1", act("anna.clerk", "created"), now())
    shutil.rmtree(root / VERSIONS / "1.1")
    edit(root, "process/example/process.yaml", "Answer a request", "Answer requests")
    freeze(root)
    before = state(root)
    with pytest.raises(RegelwerkError, match="frozen anew"):
        prepared.add()
    assert state(root) == before


def test_another_first_day_meanwhile_makes_the_signature_not_count(tmp_path: Path) -> None:
    root = begin(tmp_path)
    freeze(root)
    prepared = prepare(root, "example", "1.1", act("anna.clerk", "created"), now())
    edit(root, f"{VERSIONS.as_posix()}/1.1/approvals.yaml", "2026-07-01", "2026-08-01")
    with pytest.raises(RegelwerkError, match="approval/bad-signature"):
        prepared.add()


def test_a_lock_is_waited_for_and_given_up_with_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lock, "_TRIES", 3)
    with locked(tmp_path), pytest.raises(RegelwerkError, match="somebody else"), locked(tmp_path):
        pass
    with locked(tmp_path):
        assert list(tmp_path.iterdir()) == []


def test_two_who_freeze_at_once_freeze_once(tmp_path: Path) -> None:
    root = begin(tmp_path)
    barrier = threading.Barrier(2)
    results: list[str] = []

    def run() -> None:
        barrier.wait()
        try:
            freeze(root, date(2026, 7, 1))
            results.append("done")
        except RegelwerkError as error:
            results.append(error.message)

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    first, second = sorted(results)
    assert first == "done"
    assert "frozen already" in second
    assert errors(root) == []

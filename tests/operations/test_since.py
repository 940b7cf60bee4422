"""`--since` judges what changed and what looks at it; nothing that a change brings is missed."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from acceptance.conformance_records.company import cases, write_company, write_record
from operations.test_record_faults import FOLDER, lines, put, record
from operations.test_record_run import DAY
from regelwerk.cli.main import run as run_command
from regelwerk.diagnostics import Diagnostic
from regelwerk.errors import UsageError
from regelwerk.operations.record_selection import RecordFiles
from regelwerk.operations.review_records import review_records
from regelwerk.operations.since import Narrowed, changed_since
from regelwerk.project.record_files import record_files

Change = Callable[[Path], object]
CALLED = frozenset(
    entry["called_case"]
    for case in cases()
    for entry in case.record.get("steps") or ()
    if isinstance(entry, dict) and isinstance(entry.get("called_case"), str)
)


def git(root: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false"]
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    subprocess.run(["git", *identity, "-C", str(root), *arguments], check=True, env=environment)


@pytest.fixture
def company(tmp_path: Path) -> Path:
    """A project in a folder of a repository, with everything committed."""
    root = tmp_path / "company"
    root.mkdir()
    write_company(root)
    for number in range(20):
        data = record(number, "acd" if number % 5 == 0 else "abcd")
        put(root, f"r-{number:02}.json", json.dumps(data).encode())
    paper = {"kind": "paper", "file": "evidence/paper.txt", "sha256": sha256(b"signed").hexdigest()}
    data = {**record(90), "source": paper}
    put(root, "proved.json", json.dumps(data).encode())
    put(root, "evidence/paper.txt", b"signed")
    put(root, "many.jsonl", lines(700).replace(b'"L-', b'"M-'))
    for case in cases():
        if case.id in CALLED or "called_case" in json.dumps(case.record):
            write_record(root, case)
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-q", "-m", "all")
    return root


def narrowed(root: Path) -> Narrowed:
    return changed_since(root, "HEAD", RecordFiles(tuple(record_files(root)), (), ()))


def everything(root: Path) -> set[Diagnostic]:
    return set(review_records(root, (), lambda _zone: DAY).findings)


def since(root: Path) -> set[Diagnostic]:
    def narrow(here: Path, files: RecordFiles) -> RecordFiles:
        return changed_since(here, "HEAD", files).files

    return set(review_records(root, (), lambda _zone: DAY, narrow=narrow).findings)


def change(root: Path, name: str, edit: Callable[[dict[str, Any]], object]) -> None:
    path = root / FOLDER / name
    data = json.loads(path.read_bytes())
    edit(data)
    path.write_text(json.dumps(data), encoding="utf-8")


def test_where_nothing_changed_nothing_is_judged(company: Path) -> None:
    found = narrowed(company)
    assert (found.files.chosen, found.reason) == ((), "")
    assert found.files.others == tuple(record_files(company))
    assert since(company) == set()
    assert len(everything(company)) > 3


def test_a_record_that_changed_is_judged_and_others_are_not(company: Path) -> None:
    change(company, "r-03.json", lambda data: data["steps"].pop(1))
    os.utime(company / FOLDER / "r-04.json")
    found = narrowed(company)
    assert found.files.chosen == (f"{FOLDER}/r-03.json",)
    assert {(one.file, one.code) for one in since(company)} == {
        (f"{FOLDER}/r-03.json", "record/skipped-step")
    }


CHANGES: dict[str, Change] = {
    "a new record has the id of a later one": partial(
        put, name="a.json", content=json.dumps(record(7)).encode()
    ),
    "a record takes the id of a later one": lambda root: change(
        root, "r-03.json", lambda data: data.update(case="L-19")
    ),
    "evidence is changed": partial(put, name="evidence/paper.txt", content=b"forged"),
    "evidence is gone": lambda root: (root / FOLDER / "evidence/paper.txt").unlink(),
    "a line is broken": lambda root: put(root, "many.jsonl", lines(700)[:-40]),
    "a record is broken": partial(put, name="r-09.json", content=b"{"),
    "a record is new": partial(put, name="z.json", content=json.dumps(record(99, "a")).encode()),
    "a record may be a link": lambda root: (root / FOLDER / "l.json").symlink_to("r-02.json"),
    "a link leads nowhere": lambda root: (root / FOLDER / "l.json").symlink_to("nowhere.json"),
    "somebody has left": lambda root: (root / "process/people.yaml").write_text(
        "bob: {name: Bob}\n", encoding="utf-8"
    ),
    "a version is withdrawn": lambda root: (
        root / "process/linear/versions/1.0/approvals.yaml"
    ).unlink(),
    "a name is unusual": partial(put, name="evidence/Ü 1.txt", content=b"-"),
}


@pytest.mark.parametrize("what", CHANGES)
def test_whatever_a_change_brings_is_found(company: Path, what: str) -> None:
    before = everything(company)
    CHANGES[what](company)
    new = everything(company) - before
    assert new <= since(company) | before
    assert new or what == "a name is unusual"


def test_cases_that_are_called_are_looked_at_by_their_callers(company: Path) -> None:
    before = everything(company)
    removed = [company / file for file in record_files(company) if Path(file).stem in CALLED]
    assert removed
    for path in removed:
        path.unlink()
    new = everything(company) - before
    assert "record/called-case" in {one.code for one in new}
    assert new <= since(company)


BASIS = ("people.yaml", "organization.yaml", "linear/versions/1.0/process.yaml")


@pytest.mark.parametrize("file", [f"process/{name}" for name in BASIS])
def test_what_records_are_judged_by_concerns_all_of_them(company: Path, file: str) -> None:
    path = company / file
    path.write_bytes(path.read_bytes() + b"\n")
    found = narrowed(company)
    assert (found.files.chosen, found.reason) == (tuple(record_files(company)), f"{file} changed")


def test_the_command_says_how_many_it_left_out(
    company: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(company, "r-03.json", lambda data: data["steps"].pop(1))
    start = ["-C", str(company), "--as-of", "2026-11-24", "records", "check"]
    assert run_command([*start, "--since", "HEAD"]) == 1
    said = capsys.readouterr()
    assert "1 error, 0 warnings; 1 file and 1 record checked." in said.out
    said_of = f"{len(record_files(company)) - 1} record files have not changed since HEAD"
    assert said.err == f"{said_of}; only their ids were read.\n"
    assert run_command([*start, "--since", "nowhere"]) == 2
    assert "git does not know `nowhere`" in capsys.readouterr().err
    (company / "process/people.yaml").write_text("{}", encoding="utf-8")
    run_command([*start, "--since", "HEAD"])
    assert capsys.readouterr().err == "Everything is judged: process/people.yaml changed.\n"


def test_a_folder_without_a_repository_is_an_error(tmp_path: Path) -> None:
    write_company(tmp_path)
    with pytest.raises(UsageError, match="git does not know"):
        narrowed(tmp_path)

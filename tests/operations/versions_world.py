"""A small project on disk whose people hold keys, and short ways to do things to its versions."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date, datetime, tzinfo
from pathlib import Path
from typing import Any

from approvals.signing import public_line, signer
from examples_support import BASE
from regelwerk.diagnostics import Diagnostic, Severity
from regelwerk.operations.examine import examine
from regelwerk.operations.versions_find import Now
from regelwerk.operations.versions_sign import Act, ByKey, OnPaper, prepare
from regelwerk.operations.versions_submit import Submitted, submit
from regelwerk.project.load import load

DAY = date(2026, 6, 1)
VERSIONS = Path("process/example/versions")
SIGNERS = (("created", "anna.clerk"), ("examined", "quinn.qmb"), ("approved", "cora.ceo"))


def begin(folder: Path) -> Path:
    """The base example with a key for everybody; the working definition is version 1.1."""
    shutil.copytree(BASE, folder, dirs_exist_ok=True)
    people = folder / "process" / "people.yaml"
    lines = []
    for line in people.read_text(encoding="utf-8").splitlines():
        person = line.partition(":")[0]
        key = f'{{key: "{public_line(person)}", from: 2026-01-01}}'
        lines.append(f"{line[:-1]}, keys: [{key}]}}\n")
    people.write_text("".join(lines), encoding="utf-8")
    return folder


def edit(root: Path, file: str, old: str, new: str) -> None:
    """Replace a text that is there, in a file."""
    path = root / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def clock(day: date = DAY) -> Callable[[tzinfo], date]:
    return lambda _: day


def now(hour: int = 10, day: date = DAY) -> Now:
    """A clock that stands still: on that day, at that hour where the organization is."""

    def at(zone: tzinfo) -> datetime:
        return datetime(day.year, day.month, day.day, hour, tzinfo=zone)

    return at


def freeze(
    root: Path, effective: date | None = date(2026, 7, 1), process: str = "example"
) -> Submitted:
    result = submit(root, process, effective, clock())
    assert result.findings == ()
    return result


def act(person: str, stage: str | None = None, key: str | None = None, **more: Any) -> Act:
    return Act(person=person, stage=stage, means=ByKey(signer(key or person)), **more)


def on_paper(person: str, stage: str, at: date, original: tuple[str, bytes] | None = None) -> Act:
    return Act(person=person, stage=stage, means=OnPaper(at, original))


def do(
    root: Path,
    what: Act,
    hour: int = 10,
    version: str = "1.1",
    day: date = DAY,
    process: str = "example",
) -> str:
    return prepare(root, process, version, what, now(hour, day)).add()


def sign_all_stages(root: Path, version: str = "1.1", day: date = DAY) -> None:
    for hour, (stage, person) in enumerate(SIGNERS, 8):
        do(root, act(person, stage), hour, version, day)


def errors(root: Path, day: date = DAY) -> list[str]:
    """Code, file name and path of every error."""
    return [shown(one) for one in examine(load(root), day).findings if is_error(one)]


def shown(finding: Diagnostic) -> str:
    return f"{finding.code} {finding.file.removeprefix('process/example/')} {finding.path}"


def is_error(finding: Diagnostic) -> bool:
    return finding.severity is Severity.ERROR


def status(root: Path, version: str = "1.1", day: date = DAY) -> str:
    return examine(load(root), day).verdicts["example"][version].status.value


def state(root: Path) -> dict[str, bytes]:
    """Every file of the project with its content, but for temporary ones that a kill may leave."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and not any(part.startswith(".regelwerk-") for part in path.parts)
    }

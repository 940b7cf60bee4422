"""Kill an operation at every single thing it does to the file system; say what was left.

Run as a program: `versions_killed.py OPERATION FOLDER`. One run from beginning to end notes what
lies on the disk before every event that touches a file there, for two operations also before every
line of the code that writes durably: this is what a death at that point would leave. For each
state that was seen, a child then does the operation in a fresh copy of the project and really
dies there, without any clean-up. Prints one JSON object a line: what was left after each death,
and at last what is there when nobody dies.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from types import FrameType
from typing import Any

from operations.versions_world import (
    act,
    begin,
    clock,
    do,
    errors,
    freeze,
    on_paper,
    sign_all_stages,
    state,
)
from regelwerk.artifacts.catalog import Kind
from regelwerk.model.context import Artifact, BuildContext, TemplateSource
from regelwerk.operations import durable, versions_issue
from regelwerk.operations.versions_submit import submit

EVENTS = {"open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.chmod", "shutil.rmtree"}
DEAD = 137


def prepared(operation: str, root: Path) -> None:
    begin(root)
    if operation != "submit":
        freeze(root)
    if operation in ("review", "withdraw", "issue"):
        sign_all_stages(root)


def perform(operation: str, root: Path) -> None:
    if operation == "submit":
        submit(root, "example", date(2026, 7, 1), clock())
    elif operation == "sign":
        do(root, act("anna.clerk", "created"))
    elif operation == "paper":
        do(root, on_paper("anna.clerk", "created", date(2026, 5, 30), ("scan.pdf", b"scan")))
    elif operation == "review":
        do(root, act("quinn.qmb", result="unchanged"), 20)
    elif operation == "withdraw":
        do(root, act("cora.ceo", reason="No more."), 20)
    else:
        versions_issue.KINDS = (Kind("small", (), small),)  # what is rendered does not matter here
        versions_issue.issue(root, "example", "1.1", clock())


def small(_context: BuildContext, _templates: TemplateSource) -> Iterator[Artifact]:
    yield Artifact("document.docx", b"one")
    yield Artifact("emails/welcome.eml", b"two")


def stepping(
    root: Path, what: Callable[[], None], step: Callable[[], None], *, lines: bool
) -> None:
    """Do it in this process, which is never used again, with a `step` before every event."""

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        touched = event in EVENTS and any(str(root) in str(one) for one in arguments[:2])
        if touched and (event != "open" or writes(arguments)):
            step()

    def trace(frame: FrameType, event: str, _argument: object) -> object:
        if frame.f_code.co_filename != durable.__file__:
            return None
        if event == "line":
            step()
        return trace

    sys.addaudithook(hook)
    if lines:
        sys.settrace(trace)
    what()


def in_child(what: Callable[[], None]) -> int:
    """Do it in a child, which then ends without any clean-up; its exit code."""
    child = os.fork()
    if not child:
        try:
            what()
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def watched(operation: str, root: Path, out: Path, *, lines: bool) -> list[dict[str, Any]]:
    """What lies there before each event of one run from beginning to end."""
    seen: list[dict[str, Any]] = []

    def run() -> None:
        stepping(
            root, lambda: perform(operation, root), lambda: seen.append(look(root)), lines=lines
        )
        out.write_text(json.dumps(seen), encoding="utf-8")

    in_child(run)
    read: list[dict[str, Any]] = json.loads(out.read_text(encoding="utf-8"))
    return read


def killed(operation: str, root: Path, at: int, *, lines: bool) -> bool:
    """Whether a child that does it died at the event of that number."""
    left = [at]

    def step() -> None:
        left[0] -= 1
        if left[0] == 0:
            os._exit(DEAD)

    return (
        in_child(lambda: stepping(root, lambda: perform(operation, root), step, lines=lines))
        == DEAD
    )


def writes(arguments: tuple[object, ...]) -> bool:
    flags = arguments[2] if len(arguments) > 2 else 0
    return isinstance(flags, int) and bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))


def main(operation: str, folder: Path) -> None:
    origin = folder / "origin"
    prepared(operation, origin)
    lines = operation in ("submit", "sign")
    root = folder / "watched"
    shutil.copytree(origin, root)
    before = watched(operation, root, folder / "seen.json", lines=lines)
    points: dict[str, int] = {}
    for at, found in enumerate(before, 1):
        points.setdefault(state_of(found), at)
    for at in points.values():
        root = folder / f"killed-{at}"
        shutil.copytree(origin, root)
        died = killed(operation, root, at, lines=lines)
        report: dict[str, Any] = {"died": died, "at": at, **look(root)}
        report["as_seen"] = state_of(report) == state_of(before[at - 1])
        report["errors"] = errors(root)
        print(json.dumps(report | go_on(operation, root)))  # noqa: T201
        shutil.rmtree(root)
    last = {"died": False, "at": len(before), **look(folder / "watched")}
    print(json.dumps({**last, "errors": errors(folder / "watched")}))  # noqa: T201


def state_of(found: dict[str, Any]) -> str:
    """What tells one state from another; temporary files have other names every time."""
    return json.dumps([found["left"], found["leftovers"] != []])


def look(root: Path) -> dict[str, Any]:
    return {
        "left": {path: len(content) for path, content in state(root).items()},
        "approvals": text(root / "process/example/versions/1.1/approvals.yaml"),
        "leftovers": [path.name for path in (root / "process").rglob(".regelwerk-*")],
    }


def go_on(operation: str, root: Path) -> dict[str, object]:
    """Do it again after a death, as a person would."""
    try:
        perform(operation, root)
        again = "done"
    except Exception as error:  # noqa: BLE001
        again = str(error)
    return {
        "again": again,
        "errors_after": errors(root),
        "leftovers_after": [path.name for path in (root / "process").rglob(".regelwerk-*")],
    }


def text(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() else None


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))

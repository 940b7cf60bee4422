"""Kill an operation at every single thing it does to the file system; say what was left.

Run as a program: `versions_killed.py OPERATION FOLDER`. For n = 1, 2, … a child process does the
operation in a fresh copy of the project and dies, without any clean-up, at the n-th event that
touches a file there. For two operations also before every line of the code that writes durably.
Prints one JSON object a line: what was left after each death, each state once, and at last what
is there when nobody dies.
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


def dying(root: Path, at: int, what: Callable[[], None], *, lines: bool) -> bool:
    """Do it in a child that dies at the event of that number; whether it died."""
    child = os.fork()
    if child:
        _, result = os.waitpid(child, 0)
        return os.waitstatus_to_exitcode(result) == DEAD
    seen = 0

    def step() -> None:
        nonlocal seen
        seen += 1
        if seen == at:
            os._exit(DEAD)

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
    try:
        what()
    finally:
        os._exit(0)


def writes(arguments: tuple[object, ...]) -> bool:
    flags = arguments[2] if len(arguments) > 2 else 0
    return isinstance(flags, int) and bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))


def main(operation: str, folder: Path) -> None:
    origin = folder / "origin"
    prepared(operation, origin)
    seen: set[str] = set()
    at, died = 0, True
    while died:
        at += 1
        root = folder / f"killed-{at}"
        shutil.copytree(origin, root)
        lines = operation in ("submit", "sign")
        died = dying(root, at, lambda root=root: perform(operation, root), lines=lines)
        report = {"died": died, "at": at, **look(root)}
        known = json.dumps([died, report["left"], report["leftovers"] != []])
        if known not in seen:
            seen.add(known)
            report["errors"] = errors(root)
            if died:
                report |= go_on(operation, root)
            print(json.dumps(report))  # noqa: T201
        shutil.rmtree(root)


def look(root: Path) -> dict[str, object]:
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

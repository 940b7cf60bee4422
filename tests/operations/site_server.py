"""`regelwerk serve` as a command of its own, and its words."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

DAY = "2026-11-20"


def environment() -> dict[str, str]:
    """Settings of MkDocs that keep its words to what matters."""
    return {
        **os.environ,
        "REGELWERK_AS_OF": DAY,
        "NO_MKDOCS_2_WARNING": "1",
        "DISABLE_MKDOCS_2_WARNING": "true",
    }


@contextmanager
def serving(project: Path) -> Iterator[tuple[str, Callable[[], str]]]:
    """The address of the handbook while it is served, and what the server has said so far."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = project.parent / f"{project.name}.log"
    command = [sys.executable, "-u", "-m", "regelwerk", "-C", str(project), "--as-of", DAY]
    with log.open("wb") as output:
        server = subprocess.Popen(
            [*command, "serve", "--address", f"127.0.0.1:{port}"],
            stdout=output,
            stderr=output,
            env=environment(),
        )
        try:
            wait_for(lambda: "Serving on" in log.read_text("utf-8"), "the server to start")
            yield f"http://127.0.0.1:{port}", lambda: log.read_text("utf-8")
        finally:
            server.terminate()
            server.wait(30)


def wait_for(condition: Callable[[], bool], what: str) -> None:
    """Wait until something holds; the test fails where it never does."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if condition():
            return
        time.sleep(0.1)
    pytest.fail(f"waited in vain for {what}")

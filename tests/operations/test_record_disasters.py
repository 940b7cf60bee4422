"""What can go wrong around a check of records ends with a clear word, never with a false "good"."""

from __future__ import annotations

import gzip
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from acceptance.conformance_records.company import write_company
from operations.test_record_faults import FOLDER, lines, put, record, run
from operations.test_record_run import DAY
from regelwerk.operations.progress import silent
from regelwerk.operations.record_run import run_records
from regelwerk.operations.record_selection import select_records
from regelwerk.project.load import load

HUGE = 100 * 1024 * 1024
# The command, and then the most memory that it had, in KiB.
MEASURED = """
import sys
from regelwerk.cli.main import run
code = run(sys.argv[1:])
status = open("/proc/self/status", encoding="utf-8").read()
print(status.split("VmHWM:")[1].split()[0], file=sys.stderr)
sys.exit(code)
"""


@pytest.fixture
def company(tmp_path: Path) -> Path:
    root = tmp_path / "company"
    root.mkdir()
    write_company(root)
    return root


def command(root: Path, *arguments: str) -> list[str]:
    start = [sys.executable, "-m", "regelwerk", "-C", str(root), "--as-of", "2026-11-24"]
    return [*start, "records", "check", *arguments]


def environment() -> dict[str, str]:
    source = os.pathsep.join(path for path in sys.path if path.endswith("generator"))
    return {**os.environ, "PYTHONPATH": source}


def small_files(size: int) -> None:
    """No file of this process grows beyond the size: for who writes, the disk is full."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


@contextmanager
def as_nobody() -> Iterator[None]:
    """Root may read everything; somebody else may not."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_files_that_may_not_be_read_are_told() -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "company"
        write_company(root)
        for path in (root.parent, root, *root.rglob("*")):
            path.chmod(0o755 if path.is_dir() else 0o644)
        for name in ("a.yaml", "b.json", "c.jsonl", "d.jsonl.gz", "e.parquet"):
            put(root, name, b"{}")
            (root / FOLDER / name).chmod(0)
        put(root, "good.json", json.dumps(record(1)).encode())
        os.mkfifo(root / FOLDER / "f.yaml")
        (root / FOLDER / "g.json").symlink_to("nowhere.json")
        run(root)  # imports what nobody could
        with as_nobody():
            found = run(root)
        (root / FOLDER / "f.yaml").unlink()
    assert {Path(one.file).name for one in found.findings} == {
        "a.yaml", "b.json", "c.jsonl", "d.jsonl.gz", "e.parquet", "f.yaml", "g.json",
    }  # fmt: skip
    assert all("cannot be read" in one.message for one in found.findings)


@pytest.mark.parametrize("suffix", ["json", "jsonl", "html", "parquet"])
def test_a_full_disk_while_reporting_leaves_no_half_report(
    company: Path, tmp_path: Path, suffix: str
) -> None:
    put(company, "x.jsonl", lines(2000, frozenset(range(2000))))
    report = tmp_path / f"report.{suffix}"
    report.write_bytes(b"the report before")
    done = subprocess.run(
        command(company, "--jobs", "1", "--report", str(report)),
        capture_output=True,
        text=True,
        env=environment(),
        preexec_fn=lambda: small_files(2000),
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert f"error: the report {report} cannot be written: File too large" in done.stderr
    assert report.read_bytes() == b"the report before"
    assert {path.name for path in tmp_path.iterdir()} == {"company", report.name}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
@pytest.mark.parametrize("form", ["text", "json", "junit"])
def test_findings_that_cannot_be_printed_are_no_success(company: Path, form: str) -> None:
    put(company, "x.jsonl", lines(3))
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            command(company, "--jobs", "1", "--format", form),
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            env=environment(),
        )
    assert done.returncode == 1
    assert done.stderr == "error: what was found cannot be printed: No space left on device\n"


def test_a_full_disk_while_a_pipe_is_kept_is_told(company: Path) -> None:
    done = subprocess.run(
        command(company, "--jobs", "1", "-"),
        input=lines(200),
        capture_output=True,
        env=environment(),
        preexec_fn=lambda: small_files(2000),
    )
    assert (done.returncode, done.stdout) == (1, b"")
    assert b"error: the records from the pipe cannot be kept: File too large" in done.stderr


def workers_of(process: int) -> list[int]:
    children = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="utf-8")
    return [int(child) for child in children.split()]


def are_gone(processes: list[int]) -> bool:
    """Whether the processes have ended, or do so within seconds."""
    for _ in range(600):
        if not any(is_running(process) for process in processes):
            return True
        time.sleep(0.05)
    return False


def is_running(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2]
    except OSError:
        return False
    return state.split()[0] not in "ZX"


@pytest.mark.skipif(sys.platform != "linux", reason="processes are watched by /proc")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_check_that_is_stopped_leaves_no_process_behind(
    company: Path, how: signal.Signals
) -> None:
    content = lines(20_000, frozenset(range(20_000)))
    put(company, "x.jsonl", content)
    started = subprocess.Popen(
        command(company, "--jobs", "2"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
    )
    workers: list[int] = []
    while len(workers) < 2 and started.poll() is None:
        workers = workers_of(started.pid)
        time.sleep(0.01)
    assert len(workers) == 2
    if how is signal.SIGINT:
        os.killpg(started.pid, how)  # as a terminal does
    else:
        started.send_signal(how)
    out, err = started.communicate()
    assert out == b""
    if how is signal.SIGINT:
        assert (started.returncode, err) == (130, b"\nInterrupted.\n")
    else:
        assert (started.returncode, err) == (-how, b"")
    assert are_gone(workers)


@pytest.mark.parametrize("suffix", ["jsonl", "jsonl.gz"])
def test_a_line_of_100_mb_is_told_and_never_kept(company: Path, suffix: str) -> None:
    before, after = lines(3), json.dumps(record(9, "acd")).encode()
    path = company / FOLDER / f"x.{suffix}"
    if suffix == "jsonl":
        with path.open("wb") as file:
            file.write(before)
            file.seek(HUGE, os.SEEK_CUR)
            file.write(b"\n" + after)
    else:
        with gzip.open(path, "wb", compresslevel=1) as packed:
            packed.write(before)
            for _ in range(100):
                packed.write(bytes(HUGE // 100))
            packed.write(b"\n" + after)
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, *command(company, "--jobs", "1", "--format", "json")[3:]],
        capture_output=True,
        env=environment(),
    )
    found = json.loads(done.stdout)
    assert [(one["line"], one["code"]) for one in found["findings"]] == [
        (4, "yaml/too-large"),
        (5, "record/skipped-step"),
    ]
    assert found["summary"]["records"] == 5
    assert int(done.stderr) < 100 * 1024  # KiB


def test_of_two_hundred_thousand_files_in_one_folder_none_is_passed_over(
    company: Path, tmp_path: Path
) -> None:
    """Most of them are empty, and read only for the ids of their cases."""
    folder = tmp_path / "archive"
    folder.mkdir()
    count = 200_000
    for number in range(count):
        path = folder / f"e-{number:06}.json"
        if number % 30_000 == 0:  # a file may have only so many names
            path.touch()
            empty = path
        else:
            os.link(empty, path)
    twice = (7, 123_456, 199_999)
    for number in twice:
        path = folder / f"e-{number:06}.json"
        path.unlink()
        path.write_text(json.dumps(record(1)), encoding="utf-8")
    every = select_records(company, company, [folder], [folder])
    assert (len(every.chosen), every.others) == (count, ())
    assert every.chosen == tuple(sorted(every.chosen))
    some = [folder / f"e-{number:06}.json" for number in twice]
    files = select_records(company, company, some[1:], [folder])
    assert (len(files.chosen), len(files.others)) == (2, count - 2)
    found = run_records(load(company), DAY, files, silent, jobs=2)
    assert [(one.file, one.code) for one in found.findings] == [
        (path.as_posix(), "record/duplicate-case") for path in some[1:]
    ]
    assert f"already used in {some[0].as_posix()}" in found.findings[0].message

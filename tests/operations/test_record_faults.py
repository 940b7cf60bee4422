"""Whatever happens to files and processes meanwhile: nothing is lost, never a false "good"."""

from __future__ import annotations

import gzip
import json
import os
import signal
from pathlib import Path

import pytest

from acceptance.conformance_records.company import write_company
from operations.test_record_run import DAY
from regelwerk.errors import RegelwerkError
from regelwerk.operations import record_kernel, workers
from regelwerk.operations.progress import silent
from regelwerk.operations.record_run import RecordRun, run_records
from regelwerk.operations.record_selection import RecordFiles
from regelwerk.project import record_chunks
from regelwerk.project.load import load
from regelwerk.project.record_files import record_files

FOLDER = "process/linear/records"


def record(number: int, steps: str = "abcd", **more: object) -> dict[str, object]:
    done = [{"step": step, "by": "wanda", "completed": "2026-03-02"} for step in steps]
    head = {"process": "linear", "version": "1.0", "case": f"L-{number}", "status": "closed"}
    dates = {"started": "2026-03-02", "closed": "2026-03-02", "end": "done"}
    return {**head, **dates, "steps": done, **more}


def lines(count: int, bad: frozenset[int] = frozenset()) -> bytes:
    texts = (json.dumps(record(n, "acd" if n in bad else "abcd")) for n in range(count))
    return "".join(text + "\n" for text in texts).encode()


@pytest.fixture
def company(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Pieces are small here, so that few records make many of them."""
    write_company(tmp_path)
    monkeypatch.setattr(record_chunks, "_BYTES_A_CHUNK", 20_000)
    monkeypatch.setattr(record_chunks, "_BLOCK", 1000)
    return tmp_path


def put(root: Path, name: str, content: bytes) -> str:
    path = root / FOLDER / name
    path.write_bytes(content)
    return f"{FOLDER}/{name}"


def run(root: Path, jobs: int = 1) -> RecordRun:
    files = RecordFiles(tuple(record_files(root)), (), ())
    return run_records(load(root), DAY, files, silent, jobs=jobs)


def where(found: RecordRun) -> list[tuple[str, int, str]]:
    return [(Path(one.file).name, one.line, one.code) for one in found.findings]


def test_a_file_in_pieces_keeps_its_lines(company: Path) -> None:
    bad = frozenset({0, 1, 217, 499})
    file = put(company, "x.jsonl", lines(500, bad).replace(b"\n", b"\r\n\n", 3).rstrip(b"\n"))
    assert len(list(record_chunks.cut(company, [file]))) > 5
    found = run(company)
    skipped = "record/skipped-step"
    assert where(found) == [("x.jsonl", n, skipped) for n in (1, 3, 221, 503)]
    assert found.records == 500
    assert run(company, jobs=3) == found


def test_one_line_longer_than_a_piece_is_told_and_the_rest_judged(
    company: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record_chunks, "MAX_BYTES", 30_000)
    long = json.dumps(record(900, subject="x" * 70_000)).encode() + b"\n"
    put(company, "x.jsonl", lines(60) + long + lines(160, frozenset({159}))[-400:])
    found = run(company)
    assert ("x.jsonl", 61, "yaml/too-large") in where(found)
    assert where(found)[-1][2] == "record/skipped-step"


@pytest.mark.parametrize("jobs", [1, 2])
def test_ids_given_twice_are_found_across_pieces_files_and_kinds(company: Path, jobs: int) -> None:
    put(company, "a.json", json.dumps(record(3)).encode())
    put(company, "b.jsonl", lines(200))
    put(company, "c.jsonl.gz", gzip.compress(lines(2)))
    found = run(company, jobs=jobs)
    code = "record/duplicate-case"
    assert where(found) == [("b.jsonl", 4, code), ("c.jsonl.gz", 1, code), ("c.jsonl.gz", 2, code)]
    assert found.findings[0].message.endswith(f"already used in {FOLDER}/a.json")


def test_packed_files_read_as_unpacked_ones(company: Path) -> None:
    zstandard = pytest.importorskip("zstandard")
    content = lines(300, frozenset({299}))
    put(company, "x.jsonl.gz", gzip.compress(content))
    renamed = content.replace(b'"L-', b'"M-')
    put(
        company,
        "y.jsonl.zst",
        zstandard.compress(renamed[:9000]) + zstandard.compress(renamed[9000:]),
    )
    skipped = "record/skipped-step"
    assert where(run(company)) == [("x.jsonl.gz", 300, skipped), ("y.jsonl.zst", 300, skipped)]


@pytest.mark.parametrize("cut", [10, 400, -8, -1])
@pytest.mark.parametrize("suffix", ["gz", "zst"])
def test_a_packed_file_that_is_cut_off_is_told(company: Path, cut: int, suffix: str) -> None:
    pack = gzip.compress if suffix == "gz" else pytest.importorskip("zstandard").compress
    put(company, f"x.jsonl.{suffix}", pack(lines(300))[:cut])
    assert "yaml/syntax" in {code for _, _, code in where(run(company))}


def test_damaged_packed_content_is_told(company: Path) -> None:
    content = bytearray(gzip.compress(lines(300)))
    content[200:260] = bytes(60)
    put(company, "x.jsonl.gz", bytes(content))
    assert "yaml/syntax" in {code for _, _, code in where(run(company))}


@pytest.mark.parametrize("change", ["grows", "shrinks", "vanishes", "is replaced"])
def test_a_file_that_changes_between_its_pieces_is_told(
    company: Path, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    file = put(company, "x.jsonl", lines(300))
    path = company / file
    scan = record_kernel.RecordKernel.scan

    def scan_then_change(kernel, chunk, *, judging):
        result = scan(kernel, chunk, judging=judging)
        if change == "grows":
            with path.open("ab") as content:
                content.write(b"{}\n")
        elif change == "shrinks":
            path.write_bytes(b"")
        elif change == "vanishes":
            path.unlink(missing_ok=True)
        else:
            path.with_suffix(".new").write_bytes(lines(300))
            path.with_suffix(".new").replace(path)
        return result

    monkeypatch.setattr(record_kernel.RecordKernel, "scan", scan_then_change)
    found = run(company)
    assert any(
        "while it was read" in f.message or "cannot be read" in f.message for f in found.findings
    )


def _kill_once(_kernel: record_kernel.RecordKernel, chunk: record_chunks.Chunk) -> int:
    mark = Path(chunk.files[0])
    if chunk.start > 50_000 and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return chunk.start


def _kill_always(_kernel: record_kernel.RecordKernel, _chunk: record_chunks.Chunk) -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return 0


def test_what_a_killed_worker_had_is_done_again(tmp_path: Path) -> None:
    chunks = [
        record_chunks.Chunk((str(tmp_path / "mark"),), start=n * 1000, first_line=1)
        for n in range(100)
    ]
    team: workers.Workers[object] = workers.Workers(object, 2)
    done = list(team.map(_kill_once, iter(chunks)))
    assert (tmp_path / "mark").exists()
    assert done == [(chunk, chunk.start) for chunk in chunks]


def test_workers_killed_again_and_again_are_an_error_not_a_result() -> None:
    chunks = [record_chunks.Chunk(("x",), start=n) for n in range(10)]
    with pytest.raises(RegelwerkError, match="killed"):
        list(workers.Workers(object, 2).map(_kill_always, chunks))


def test_an_error_in_a_worker_ends_the_run() -> None:
    with pytest.raises(ZeroDivisionError):
        list(workers.Workers(object, 2).map(_fail, range(20)))


def _fail(_tool: object, number: int) -> float:
    return 1 / (7 - number)


def test_processes_that_cannot_be_forked_find_the_same(
    company: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(company, "x.jsonl", lines(300, frozenset({250})))
    expected = run(company)
    monkeypatch.setattr(workers, "_can_fork", lambda: False)
    assert run(company, jobs=2) == expected
    assert len(expected.findings) == 1


def test_strange_bytes_are_each_told_in_their_line(company: Path) -> None:
    good = json.dumps(record(1)).encode()
    strange = [
        good.replace(b"L-1", b"L-2").replace(b"linear", b"li\xffnear"),
        b"\x00" * 50,
        good.replace(b"L-1", b"L-3").replace(b"wanda", b"wa\\u0000nda", 1),
        good.replace(b"L-1", b"L-4").replace(b'"status"', b'"status": "open", "status"'),
        b"[" * 100_000,
        b"{}",
        b"null",
    ]
    put(company, "x.jsonl", b"\n".join([good, *strange, good.replace(b"L-1", b"L-9")]))
    found = run(company)
    assert {line for _, line, _ in where(found)} == set(range(2, 9))


def test_a_folder_loop_and_hundreds_of_files_do_no_harm(company: Path) -> None:
    folder = company / FOLDER
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    for number in range(500):
        put(company, f"{number:05}.json", json.dumps(record(number)).encode())
    found = run(company, jobs=2)
    assert (found.records, found.findings) == (500, ())

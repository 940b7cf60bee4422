"""Spark finds what the processes of one machine find, in every line, and loses nothing."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import signal
import sys
import threading
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from acceptance.conformance_records.company import cases, write_company
from operations.test_record_faults import FOLDER, lines, record
from operations.test_record_run import DAY
from regelwerk.cli.main import run as run_command
from regelwerk.diagnostics import Diagnostic
from regelwerk.errors import MissingExtraError, RegelwerkError, UsageError
from regelwerk.operations import spark_session
from regelwerk.operations.review_records import review_records
from regelwerk.operations.spark_run import SparkResult, review_by_spark
from regelwerk.operations.spark_source import found_here

pytestmark = pytest.mark.spark


@pytest.fixture
def company(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Files are read in small parts here, so that few records make many of them."""
    pytest.importorskip("pyspark")
    if shutil.which("java") is None:
        pytest.skip("Java is not installed")
    small = {**spark_session._SETTINGS, "spark.sql.files.maxPartitionBytes": "150000"}
    monkeypatch.setattr(spark_session, "_SETTINGS", small)
    source = os.pathsep.join(path for path in sys.path if path.endswith("generator"))
    monkeypatch.setenv("PYTHONPATH", source)  # the processes of Spark import what we test
    root = tmp_path / "company"
    root.mkdir()
    write_company(root)
    return root


def day(_zone: object) -> date:
    return DAY


def by_spark(root: Path, *paths: object, **more: Any) -> SparkResult:
    more.setdefault("most_of_each", None)
    return review_by_spark(root, list(map(str, paths)), day, "local[2]", **more)


def here(root: Path, *paths: Path) -> tuple[list[Diagnostic], int]:
    outside = [path for path in paths if not path.is_relative_to(root)]
    folders = [path if path.is_dir() else path.parent for path in outside]
    found = review_records(root, list(paths), day, folders=folders)
    return list(found.findings), found.records


def text_of(records: list[Any]) -> bytes:
    return b"".join(json.dumps(one, ensure_ascii=False).encode() + b"\n" for one in records)


def test_lines_of_every_kind_have_the_same_findings(company: Path, tmp_path: Path) -> None:
    every = text_of([case.record for case in cases()])
    out = tmp_path / "out [1] {ü} %20"
    (out / "deep").mkdir(parents=True)
    (out / "evidence").mkdir()
    (out / "evidence" / "no.jsonl").write_bytes(b"never read\n")
    (company / FOLDER / "kept.jsonl").write_bytes(lines(3, frozenset({1})))  # ids given twice
    strange = [b"\x00" * 50, b"", b"\xff\xfe", b"[" * 9_000, b"{}", b"null", b' {"a": 1} x', b"\r"]
    many = lines(1000, frozenset({0, 1, 700, 999})).replace(b"\n", b"\r\n", 40)
    (out / "skewed.jsonl").write_bytes(b"\xef\xbb\xbf" + many + b"\n".join(strange) + b"\n{}")
    (out / "deep" / "every.jsonl").write_bytes(every)
    (out / "deep" / "packed.jsonl.gz").write_bytes(
        gzip.compress(b"x" * (5 << 20) + b"\n" + lines(30, frozenset({29})))
    )
    (out / "empty.jsonl").write_bytes(b"")
    expected, records = here(company, out)
    codes = {one.code for one in expected}
    assert {"record/duplicate-case", "record/called-case", "yaml/too-large"} <= codes
    report = tmp_path / "report"
    found = by_spark(company, out, report=str(report))
    assert found.records == records > 1300
    assert list(found.first) == expected
    counted = Counter((severity, code) for severity, code, _, n in found.counts for _ in range(n))
    assert counted == Counter((one.severity, one.code) for one in expected)
    written = pq.read_table(report / "findings").to_pylist()
    assert [(one["file"], one["line"], one["message"]) for one in written] == [
        (one.file, one.line, one.message) for one in expected
    ]
    assert sum(one["count"] for one in pq.read_table(report / "counts").to_pylist()) == len(written)
    with pytest.raises(UsageError, match="already"):
        by_spark(company, out, report=str(report))


def test_tables_have_the_same_findings(company: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    for folder in ("whole", "table.parquet"):
        (out / folder).mkdir(parents=True)
    texts = [json.dumps(case.record) for case in cases()] + [None, "{", "x" * (5 << 20)]
    rows = pa.table({"record": texts, "number": list(range(len(texts)))})
    pq.write_table(rows, out / "whole" / "x.parquet", row_group_size=20)
    step = pa.struct([(name, pa.string()) for name in ("step", "by", "completed")])
    for number in range(2):
        bad = frozenset({3, 299})
        some = [record(n, "acd" if n in bad else "abcd") for n in range(number * 300, 300)]
        some += [record(n + 5000) for n in range(10)]
        table = pa.Table.from_pylist(some).select(["process", "version", "case", "status"])
        for name in ("started", "closed", "end"):
            table = table.append_column(name, pa.array([one[name] for one in some]))
        steps = pa.array([one["steps"] for one in some], pa.list_(step))
        table = table.append_column("steps", steps)
        pq.write_table(table, out / "table.parquet" / f"part-{number}.parquet", row_group_size=70)
    whole = by_spark(company, out / "whole" / "x.parquet")
    expected, records = here(company, out / "whole" / "x.parquet")
    assert (list(whole.first), whole.records) == (expected, records)
    nested = by_spark(company, out / "table.parquet")
    expected, records = here(company, out / "table.parquet")
    assert (list(nested.first), nested.records) == (expected, records)
    assert Counter(one.code for one in expected) == {
        "record/duplicate-case": 10,
        "record/skipped-step": 2,
    }


def _kill_workers(done: threading.Event, killed: list[int]) -> None:
    """Kill a process of Spark's in which Python judges, as soon as one is there."""
    while not done.is_set() and len(killed) < 1:
        for process in Path("/proc").glob("[0-9]*"):
            try:
                words = (process / "cmdline").read_bytes()
                parent = (process / "stat").read_text().rpartition(")")[2].split()[1]
                above = Path("/proc", parent, "cmdline").read_bytes()
                used = int((process / "stat").read_text().rpartition(")")[2].split()[11])
            except OSError:
                continue
            if b"pyspark.daemon" in words and b"pyspark.daemon" in above and used > 10:
                os.kill(int(process.name), signal.SIGKILL)
                killed.append(int(process.name))
                break
        done.wait(0.01)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="there is no /proc")
def test_what_a_killed_process_had_is_done_again(company: Path, tmp_path: Path) -> None:
    out = tmp_path / "x.jsonl"
    out.write_bytes(lines(6000, frozenset(range(0, 6000, 7))))
    done, killed = threading.Event(), []
    thread = threading.Thread(target=_kill_workers, args=(done, killed))
    thread.start()
    try:
        found = by_spark(company, out)
    finally:
        done.set()
        thread.join()
    assert len(killed) == 1
    expected, records = here(company, out)
    assert (list(found.first), found.records) == (expected, records)


def test_the_command_counts_first_and_says_what_it_cannot_read(
    company: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "x.jsonl").write_bytes(lines(90, frozenset(range(80))))
    (out / "readme.txt").write_text("…", encoding="utf-8")
    start = ["-C", str(company), "--as-of", "2026-11-24", "records", "check", "--engine", "spark"]
    start += ["--master", "local[2]"]
    assert run_command([*start, str(out)]) == 1
    said = capsys.readouterr()
    assert said.out.startswith("80  error[record/skipped-step]  linear\n")
    assert said.out.count("-->") == 3
    assert "80 errors, 0 warnings; 1 file and 90 records checked." in said.out
    assert said.err == "1 files beside them hold no records.\n"
    assert run_command([*start, str(tmp_path / "none")]) == 2
    assert "none" in capsys.readouterr().err
    (out / "one.yaml").write_text("{}", encoding="utf-8")
    assert run_command([*start, str(out)]) == 2
    assert "one.yaml" in capsys.readouterr().err
    for more in (["--jobs", "2"], ["-"], ["--report", "x.json"], ["--explain", "L-1"], []):
        assert run_command([*start, *more]) == 2
        assert "Spark could not" not in capsys.readouterr().err


def test_files_that_change_or_vanish_are_never_good(
    company: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from regelwerk.operations.spark_source import SparkSource

    out = tmp_path / "x.jsonl"
    listing = SparkSource.listing

    def then(change: Callable[[], object]) -> Any:
        def changed(self: SparkSource) -> Any:
            found = listing(self)
            change()
            return found

        return changed

    for change in (out.unlink, lambda: out.write_bytes(lines(20) + lines(20))):
        out.write_bytes(lines(20))
        monkeypatch.setattr(SparkSource, "listing", then(change))
        with pytest.raises(RegelwerkError, match=r"Spark (read|judged|could not)"):
            by_spark(company, out)
    out.write_bytes(lines(20))
    times = iter((1, 2, 3, 4, 5))
    monkeypatch.setattr(SparkSource, "listing", then(lambda: os.utime(out, (next(times),) * 2)))
    found = by_spark(company, out)
    assert [one.message for one in found.first] == ["the file was changed while it was read"]


def test_without_the_extra_or_java_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_company(tmp_path)
    monkeypatch.setitem(sys.modules, "pyspark", sys.modules[__name__])
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(UsageError, match="needs Java, which is not installed") as caught:
        by_spark(tmp_path, "x")
    assert "openjdk-17-jre-headless" in caught.value.hint
    old = tmp_path / "bin" / "java"
    old.parent.mkdir()
    old.write_text('#!/bin/sh\necho "openjdk version \\"1.8.0_392\\"" >&2\n', encoding="utf-8")
    old.chmod(0o755)
    with pytest.raises(UsageError, match="needs Java 17; the one here is 8"):
        by_spark(tmp_path, "x")
    monkeypatch.setitem(sys.modules, "pyspark", None)
    with pytest.raises(MissingExtraError) as missing:
        by_spark(tmp_path, "x")
    assert "regelwerk[spark]" in missing.value.hint


def test_a_path_that_is_here_is_no_pattern(tmp_path: Path) -> None:
    (tmp_path / "a[1]{b}*").mkdir()
    assert found_here("a[1]{b}*", [tmp_path]) == f"{tmp_path}/a\\[1\\]\\{{b\\}}\\*"
    assert found_here("s3a://bucket/*.jsonl", [tmp_path]) == "s3a://bucket/*.jsonl"

"""`regelwerk verify` over 1,000 documents, each of a version with three signatures.

Run: python benchmarks/verify.py [PROCESSES]. Four documents a process (Word, checklist in Word, in
Excel and in the browser). Prints CPU seconds of the whole command, start included, beside those of
what somebody would do by hand in the same run: `sha256sum` of every file and `unzip` of its
properties. Then the same documents in containers packed anew, which no manifest names, and a
sample that has to be made again from the sources because there is no manifest at all.
"""

from __future__ import annotations

import io
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import zipfile
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "benchmarks"), str(ROOT / "tests"), str(ROOT / "generator")]

from versions import prepared  # noqa: E402

from regelwerk.operations.build import build  # noqa: E402
from regelwerk.operations.rendering import cores  # noqa: E402

DAY = date(2026, 12, 1)
KINDS = ("document", "checklist", "workbook", "webform")
SAMPLE = 40


def main(processes: int = 250) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = prepared(Path(folder), processes, 1)
        built = build(root, (), KINDS, None, lambda _: DAY, jobs=cores())
        assert built.exit_code == 0, list(built.sentences())
        copies = Path(folder) / "copies"
        copies.mkdir()
        for path in sorted((root / "build").glob("*/1.0/*.*")):
            shutil.copy(path, copies / f"{path.parts[-3]}-{path.name}")
        files = sorted(copies.iterdir())
        by_hand = hand(files)
        ours = verified(root, copies)
        size = sum(path.stat().st_size for path in files) // 1_000_000
        print(f"{len(files)} documents, {size} MB, {processes} versions with 3 signatures")
        print(f"sha256sum and unzip, by hand        {by_hand:8.2f} CPU s")
        print(f"regelwerk verify                    {ours:8.2f} CPU s, {ours / by_hand:.2f} x")
        for path in files:
            if path.suffix != ".html":
                path.write_bytes(packed_anew(path.read_bytes()))
        again = verified(root, copies)
        print(f"  containers packed anew            {again:8.2f} CPU s, {again / by_hand:.2f} x")
        shutil.rmtree(root / "build")
        some = files[:: max(1, len(files) // SAMPLE)][:SAMPLE]
        sample = Path(folder) / "sample"
        sample.mkdir()
        for path in some:
            shutil.copy(path, sample)
        made = verified(root, sample) / len(some)
        print(f"  no manifest, made from the sources {made * 1000:7.0f} CPU ms a document")


def hand(files: list[Path]) -> float:
    """CPU seconds of one `sha256sum` of all, and an `unzip` of the properties of each."""
    before = children()
    subprocess.run(["sha256sum", *map(str, files)], check=True, capture_output=True)
    for path in files:
        if path.suffix != ".html":
            command = ["unzip", "-p", str(path), "docProps/custom.xml"]
            subprocess.run(command, check=True, capture_output=True)
    return children() - before


def verified(root: Path, copies: Path) -> float:
    """CPU seconds of the command over a folder; every file in it must be in force."""
    before = children()
    command = [sys.executable, "-m", "regelwerk", "-C", str(root), "--as-of", str(DAY), "verify"]
    run = subprocess.run(
        [*command, "--format", "json", str(copies)],
        check=False,
        capture_output=True,
        env={"PYTHONPATH": str(ROOT / "generator"), "PATH": "/usr/bin:/bin"},
    )
    spent = children() - before
    assert run.returncode == 0, run.stderr.decode()
    assert {one["state"] for one in json.loads(run.stdout)["files"]} == {"in-force"}
    return spent


def packed_anew(content: bytes) -> bytes:
    """The same parts in another container."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
    ):
        for name in source.namelist():
            archive.writestr(name, source.read(name))
    return target.getvalue()


def children() -> float:
    """CPU seconds of finished children so far."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))

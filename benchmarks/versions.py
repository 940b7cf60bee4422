"""`regelwerk versions` over 500 processes of 10 versions each, every stage signed with a key.

Run: python benchmarks/versions.py [PROCESSES [VERSIONS]]. Prints CPU seconds beside those of a peer
in the same run: `ssh-keygen -Y verify` for one signature, times the number of signatures.
"""

from __future__ import annotations

import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "generator")]

from approvals.signing import sign_all  # noqa: E402
from operations.versions_world import begin  # noqa: E402
from regelwerk.approvals.digest import digest  # noqa: E402
from regelwerk.operations.versions_list import list_versions  # noqa: E402
from regelwerk.operations.versions_statements import write_statements  # noqa: E402
from regelwerk.project.reading import parse  # noqa: E402

STAGES = (("created", "anna.clerk"), ("examined", "quinn.qmb"), ("approved", "cora.ceo"))


def main(processes: int = 500, versions: int = 10) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = prepared(Path(folder), processes, versions)
        started = time.process_time()
        rows = list_versions(root, (), lambda _: date(2026, 12, 1))
        ours = time.process_time() - started
        assert len(rows) == processes * versions
        assert all(len(stage.signed_by) == 1 for row in rows for stage in row.stages)
        theirs = peer(root, Path(folder) / "proof") * len(rows) * len(STAGES)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{len(rows)} versions, {len(rows) * len(STAGES)} signatures")
    print(f"regelwerk versions         {ours:8.2f} CPU s, {memory} MB")
    print(f"ssh-keygen -Y verify alone {theirs:8.2f} CPU s, {theirs / ours:.0f} x")


def prepared(folder: Path, processes: int, versions: int) -> Path:
    """Copies of one process under other names, each version frozen, signed and superseding."""
    root = begin(folder / "project")
    origin = root / "process/example"
    text = (origin / "process.yaml").read_text(encoding="utf-8")
    shutil.rmtree(origin)
    for number in range(processes):
        name = f"process-{number}"
        own = text.replace("id: example", f"id: {name}").replace("P-EX-01", f"P-EX-{number}")
        write(root / "process" / name / "process.yaml", own)
        for minor in range(versions):
            frozen = own.replace('"1.1"', f'"1.{minor}"')
            place = root / "process" / name / "versions" / f"1.{minor}"
            write(place / "process.yaml", frozen)
            write(place / "approvals.yaml", approvals(name, minor, frozen))
    return root


def approvals(process: str, minor: int, frozen: str) -> str:
    """Signed by all three, a month after the version before; JSON is YAML too."""
    month = f"2026-{minor % 12 + 1:02}"
    content = {
        "version": f"1.{minor}",
        "digest": digest(parse(frozen, is_json=False).data, None),
        "effective_from": f"{month}-05",
        "signatures": [
            {"stage": stage, "by": person, "at": f"{month}-0{day}", "method": "ssh"}
            for day, (stage, person) in enumerate(STAGES, 1)
        ],
    }
    return json.dumps(sign_all(content, process), indent=1)


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def peer(root: Path, out: Path) -> float:
    """CPU seconds of ssh-keygen for one signature."""
    write_statements(root, "process-0", "1.1", out)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    statement = (out / "signatures-0.json").read_bytes()
    times = 20
    for _ in range(times):
        subprocess.run(
            ["ssh-keygen", "-Y", "verify", "-n", "regelwerk-approval@v1", "-f", "allowed_signers",
             "-I", "anna.clerk", "-s", "signatures-0.sig"],
            cwd=out, input=statement, check=True, capture_output=True,
        )  # fmt: skip
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) / times


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))

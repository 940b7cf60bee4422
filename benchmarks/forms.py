"""What it costs to make checklists and to read them back, and to import a hundred.

Run: python benchmarks/forms.py [RUNS]. A form of forty steps, every field answered: made as Word
file and as workbook, and read back. Beside the reading stands what opening the same file costs with
python-docx and openpyxl, which only parse it: the median of the pairwise ratios of CPU seconds, in
turn. Then one such form, and a hundred, are imported into an empty project by one command, first
without and then with writing, and once more when they say nothing new; CPU seconds of whole
processes, for one form the median.
"""

from __future__ import annotations

import io
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "generator"), str(ROOT / "tests")]

from docx import Document  # noqa: E402
from openpyxl import load_workbook  # noqa: E402

from intake.forty_steps import context_of, fields, filled, write_project  # noqa: E402
from regelwerk.artifacts.checklist.form import form_of  # noqa: E402
from regelwerk.intake.answers import answers_of  # noqa: E402
from regelwerk.intake.excel import read_workbook  # noqa: E402
from regelwerk.intake.word import read_word  # noqa: E402
from regelwerk.model.context import BuildContext  # noqa: E402
from regelwerk.operations.import_form import basis_of  # noqa: E402

FORMS = 100
KINDS: dict[str, tuple[Callable, Callable]] = {
    "docx": (read_word, Document),
    "xlsx": (read_workbook, load_workbook),
}


def cpu(task: Callable[[], object]) -> float:
    before = time.process_time()
    task()
    return time.process_time() - before


def reading(context: BuildContext, kind: str, content: bytes) -> Callable[[], object]:
    read = KINDS[kind][0]

    def task() -> object:
        form = form_of(context)
        return answers_of(read(content), form, basis_of(context, form))

    return task


def opened(peer: Callable, content: bytes) -> object:
    return peer(io.BytesIO(content))


def one_form(context: BuildContext, runs: int) -> None:
    for kind, (_, peer) in KINDS.items():
        content = filled(context, kind, "F-1")
        making = statistics.median(cpu(partial(filled, context, kind, "F-1")) for _ in range(runs))
        ours = reading(context, kind, content)
        pairs = [(cpu(ours), cpu(partial(opened, peer, content))) for _ in range(runs)]
        ratio = statistics.median(mine / theirs for mine, theirs in pairs)
        read = statistics.median(mine for mine, _ in pairs)
        name = {"docx": "python-docx", "xlsx": "openpyxl"}[kind]
        print(
            f"{kind}, {fields(context)} fields, {len(content) // 1024} kB: made in "
            f"{making * 1000:.0f} ms, read in {read * 1000:.0f} ms = {ratio:.2f} x opening it with "
            f"{name}"
        )


def command(folder: Path, *arguments: str) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [sys.executable, "-m", "regelwerk", "--as-of", "2026-11-24", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT / "generator")},
        stdout=subprocess.DEVNULL,
        check=True,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    with tempfile.TemporaryDirectory() as name:
        folder = write_project(Path(name) / "project")
        context = context_of(folder)
        one_form(context, runs)
        for kind in KINDS:
            form = Path(name) / f"one.{kind}"
            form.write_bytes(filled(context, kind, "F-1"))
            one = [command(folder, "records", "import", str(form)) for _ in range(min(runs, 5))]
            help_ = [command(folder, "records", "import", "--help") for _ in range(min(runs, 5))]
            print(
                f"1 {kind}: import {statistics.median(one):.2f} s CPU, of which "
                f"{statistics.median(help_):.2f} s is starting the command"
            )
            inbox = Path(name) / kind
            inbox.mkdir()
            begun = time.process_time()
            for number in range(FORMS):
                case = f"{kind}-{number:03}"
                (inbox / f"{case}.{kind}").write_bytes(filled(context, kind, case))
            made = time.process_time() - begun
            tried = command(folder, "records", "import", str(inbox))
            written = command(folder, "records", "import", str(inbox), "--write")
            again = command(folder, "records", "import", str(inbox), "--write")
            print(
                f"{FORMS} {kind}: made in {made:.1f} s CPU; import {tried:.1f} s, with writing "
                f"{written:.1f} s, again {again:.1f} s"
            )


if __name__ == "__main__":
    main()

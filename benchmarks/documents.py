"""What making documents costs: our part beside bare docxtpl, and a hundred processes.

Run: python benchmarks/documents.py [RUNS]. First, one document of about twenty pages is made by
this tool and by docxtpl with the same template and data, in turn; the median of the pairwise ratios
of CPU seconds is printed, once with all that our document has beyond text (picture, contents,
watermark, properties) and once without the picture, which costs docxtpl nothing because it makes
none. Then a hundred processes are built by the command, cold, again with nothing changed, and after
one edit, on one core and on two; seconds on the clock and CPU seconds of whole processes.
"""

from __future__ import annotations

import io
import os
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "generator"), str(ROOT / "tests")]

from docxtpl import DocxTemplate  # noqa: E402
from jinja2 import Environment  # noqa: E402
from markupsafe import Markup  # noqa: E402

from regelwerk.artifacts.document import render as render_module  # noqa: E402
from regelwerk.artifacts.document import render_document  # noqa: E402
from regelwerk.artifacts.view.process import process_view  # noqa: E402
from regelwerk.project.templates import TemplateFolder  # noqa: E402
from word_support import long_context  # noqa: E402

PROCESSES = 100


def cpu(task: Callable[[], object]) -> float:
    before = time.process_time()
    task()
    return time.process_time() - before


def bare_docxtpl() -> Callable[[], None]:
    """The same template and data; what only we know how to write becomes plain text."""
    template = (ROOT / "templates/document/process.docx").read_bytes()
    view = process_view(long_context())
    environment = Environment(autoescape=True)

    def blocks(value: list[dict], style: str = "BodyText") -> Markup:
        texts = ("".join(run["text"] for run in b.get("runs", ())) for b in value)
        return Markup("").join(
            Markup(
                '<w:p><w:pPr><w:pStyle w:val="{}"/></w:pPr><w:r><w:t>{}</w:t></w:r></w:p>'
            ).format(style, text)
            for text in texts
        )

    environment.filters |= {
        "blocks": blocks,
        "insert": lambda _: Markup(""),
        "link": lambda text, _anchor: Markup("<w:r><w:t>{}</w:t></w:r>").format(text),
        "bookmark": lambda _: Markup(""),
    }

    def make() -> None:
        document = DocxTemplate(io.BytesIO(template))
        document.render(view, environment, autoescape=True)
        document.save(io.BytesIO())

    return make


def one_document(runs: int) -> None:
    context = long_context()
    theirs = bare_docxtpl()

    def ours() -> None:
        from regelwerk.artifacts.picture.png import rendered

        rendered.cache_clear()
        render_document(context, TemplateFolder(ROOT))

    def ours_without_picture() -> None:
        figure, render_module.figure = render_module.figure, lambda *_: ""
        try:
            render_document(context, TemplateFolder(ROOT))
        finally:
            render_module.figure = figure

    for name, task in (("with its picture", ours), ("without a picture", ours_without_picture)):
        task(), theirs()
        pairs = [(cpu(task), cpu(theirs)) for _ in range(runs)]
        ratio = statistics.median(mine / other for mine, other in pairs)
        mine, other = (statistics.median(side) * 1000 for side in zip(*pairs, strict=True))
        print(
            f"a document of 40 steps {name}: {ratio:.2f} x docxtpl "
            f"({mine:.0f} ms against {other:.0f} ms CPU, {runs} pairs)"
        )


def many_processes(folder: Path) -> None:
    """A project with a hundred copies of the sales process as it stands, and what it calls."""
    shutil.copytree(ROOT / "process", folder / "process")
    shutil.copytree(ROOT / "templates", folder / "templates")
    text = (ROOT / "process/sales/process.yaml").read_text(encoding="utf-8")
    for number in range(1, PROCESSES):
        made = re.sub(r"(?m)^id: .*$", f"id: sales-{number}", text)
        made = re.sub(r"(?m)^document: .*$", f"document: P-SAL-{number + 100}", made)
        target = folder / f"process/sales-{number}/process.yaml"
        target.parent.mkdir()
        target.write_text(made, encoding="utf-8")


def command(folder: Path, jobs: int) -> tuple[float, float]:
    """Seconds on the clock and CPU seconds of one build of documents and checklists."""
    arguments = ["build", "--jobs", str(jobs)]
    for kind in ("document", "checklist", "emails", "picture"):
        arguments += ["--only", kind]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "generator")}
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    run = subprocess.run(
        [sys.executable, "-m", "regelwerk", *arguments],
        check=False,
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
    )
    seconds = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if run.returncode:
        sys.exit((run.stdout + run.stderr)[-2000:])
    return seconds, after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def edit(folder: Path, number: int) -> None:
    path = folder / f"process/sales-{number}/process.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"(?m)^subtitle: .*$", "subtitle: edited", text), encoding="utf-8")


def a_hundred() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        many_processes(folder)
        for jobs in (1, 2):
            shutil.rmtree(folder / "build", ignore_errors=True)
            for what in ("cold", "nothing changed", "one edit"):
                if what == "one edit":
                    edit(folder, jobs)
                clock, used = command(folder, jobs)
                print(
                    f"{PROCESSES} processes, {what}, {jobs} core{'s' * (jobs > 1)}: "
                    f"{clock:.2f} s ({used:.2f} s CPU)"
                )


def main() -> None:
    one_document(int(sys.argv[1]) if len(sys.argv) > 1 else 9)
    a_hundred()


if __name__ == "__main__":
    main()

"""The handbook's site for 500 processes: what regelwerk adds to what MkDocs needs anyway.

Run: python benchmarks/site.py [PROCESSES]. Copies of the sales process, each approved, with its
documents, checklists and e-mails built. Then, in one run and as CPU seconds of whole commands:

- `mkdocs build` of a folder that holds the same Markdown and downloads, without our plugin;
- the same with the plugin, after one process has been edited: its artifacts and all pages are
  made anew before MkDocs begins, of the pictures only its own;
- the same with the plugin when nothing has changed.

The ratio to the first is printed for each, and how large site and search index are.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "generator")]

from regelwerk.approvals.digest import digest  # noqa: E402
from regelwerk.operations.kinds import KINDS  # noqa: E402
from regelwerk.project.reading import parse  # noqa: E402

STAGES = (
    ("created", "christian.gabriel", None, "2026-01-05"),
    ("examined", "kavin.somasundaram", "qmb", "2026-01-06"),
    ("approved", "gerald.unger", "ceo", "2026-01-07"),
)
DAY = "2026-11-24"


def main(processes: int = 500) -> None:
    with tempfile.TemporaryDirectory() as folder:
        # What is installed has been compiled; so has this checkout, from the first command on.
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = str(Path(folder) / "bytecode")
        root = project(Path(folder) / "project", processes)
        every = [f"--only={kind.name}" for kind in KINDS]
        making = seconds(["-m", "regelwerk", "--as-of", DAY, "build", *every], root)
        site(root, "first")
        plain = seconds(["-m", "mkdocs", "build", "-q", "-d", "../plain"], merged(root))
        edit(root / "process/process-0/versions/1.4")
        edited = site(root, "edited")
        unchanged = site(root, "unchanged")
        built = root.parent / "unchanged"
        pages = sum(1 for _ in built.rglob("*.html"))
        size = sum(path.stat().st_size for path in built.rglob("*") if path.is_file())
        markup = sum(path.stat().st_size for path in built.rglob("*.html"))
        index = (built / "search" / "search_index.js").stat().st_size
    print(f"{processes} processes, {pages} pages")
    print(f"documents, checklists, e-mails   {making:8.1f} CPU s (once, and then what has changed)")
    print(f"MkDocs alone                     {plain:8.1f} CPU s")
    print(f"with regelwerk, one edited       {edited:8.1f} CPU s, ratio {edited / plain:.2f}")
    print(f"with regelwerk, nothing changed  {unchanged:8.1f} CPU s, ratio {unchanged / plain:.2f}")
    print(f"site {mega(size)}, of it pages {mega(markup)}; search index {mega(index)}")


def mega(size: int) -> str:
    return f"{size / 1e6:.1f} MB"


def project(root: Path, processes: int) -> Path:
    for name in ("schemas", "templates", "docs"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("manual", "adr"))
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    settings = settings.replace("  - Manual of the tool: manual/\n", "")
    (root / "mkdocs.yml").write_text(settings, encoding="utf-8")
    shutil.copytree(ROOT / "process", root / "process", ignore=shutil.ignore_patterns("sales"))
    called = root / "process/sales-customer-qualification/process.yaml"
    called.write_text(called.read_text("utf-8").replace(": sales}", ": process-0}"), "utf-8")
    text = (ROOT / "process/sales/process.yaml").read_text(encoding="utf-8")
    for number in range(processes):
        own = text.replace("id: sales\n", f"id: process-{number}\n", 1)
        own = own.replace("P-SAL-01", f"P-{number}").replace(
            "title: Sales process", f"title: Sales process of branch {number}", 1
        )
        place = root / f"process/process-{number}/versions/1.4"
        place.mkdir(parents=True)
        (place / "process.yaml").write_text(own, encoding="utf-8")
        approve(place)
    return root


def approve(place: Path) -> None:
    """Signed on paper, over the text as it is; JSON is YAML too."""
    definition = parse((place / "process.yaml").read_text(encoding="utf-8"), is_json=False).data
    signatures = [
        {"stage": stage, "by": by, "at": at, "method": "paper"} | ({"role": role} if role else {})
        for stage, by, role, at in STAGES
    ]
    approvals = {
        "version": "1.4",
        "digest": digest(definition, None),
        "effective_from": "2026-01-08",
        "signatures": signatures,
    }
    (place / "approvals.yaml").write_text(json.dumps(approvals, indent=1), encoding="utf-8")


def edit(place: Path) -> None:
    path = place / "process.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("The sales manager makes an", "The sales manager arranges an", 1),
        encoding="utf-8",
    )
    approve(place)


def merged(root: Path) -> Path:
    """One folder with the hand-written and the generated pages, and settings without our plugin."""
    folder = root.parent / "merged"
    shutil.copytree(root / "build/handbook", folder / "docs")
    shutil.copytree(root / "docs", folder / "docs", dirs_exist_ok=True)
    settings = (root / "mkdocs.yml").read_text(encoding="utf-8").replace("  - regelwerk\n", "")
    head, _, rest = settings.partition("nav:\n")
    kept = rest.partition("\n\n")[2]
    (folder / "mkdocs.yml").write_text(head + kept, encoding="utf-8")
    return folder


def site(root: Path, name: str) -> float:
    return seconds(["-m", "mkdocs", "build", "-q", "-d", f"../{name}"], root)


def seconds(arguments: list[str], folder: Path) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT / "generator"),
        "REGELWERK_AS_OF": DAY,
        "NO_MKDOCS_2_WARNING": "1",
        "DISABLE_MKDOCS_2_WARNING": "true",
    }
    command = [sys.executable, *arguments]
    subprocess.run(command, cwd=folder, env=environment, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))

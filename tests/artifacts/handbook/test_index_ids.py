"""A role or a process called `index` keeps its page beside the overview of its folder."""

from __future__ import annotations

import shutil
from pathlib import Path

from artifacts.handbook.handbook_worlds import pages_of, project_contexts
from examples_support import BASE


def test_what_is_called_index_does_not_replace_the_overview(tmp_path: Path) -> None:
    root = tmp_path / "project"
    shutil.copytree(BASE.parent / "contract", root)
    for path in (root / "process").rglob("*.yaml"):
        text = path.read_text("utf-8")
        path.write_text(text.replace("cora.ceo", "CORA").replace("ceo", "index"), "utf-8")
    folder = root / "process" / "complaints"
    shutil.rmtree(folder / "versions")
    shutil.rmtree(folder / "records", ignore_errors=True)
    working = folder / "process.yaml"
    working.write_text(
        working.read_text("utf-8").replace("id: complaints", "id: index", 1), "utf-8"
    )
    folder.rename(root / "process" / "index")
    contexts = {
        name: context for name, context in project_contexts(root).items() if "index" in name
    }
    pages = pages_of(contexts, root, {})
    assert {"roles/index.md", "roles/index_.md", "drafts/index_.md"} <= set(pages)
    assert b"(index_.md)" in pages["roles/index.md"]

"""Labels of clauses: the packaged ones can be said in other languages, a project's own are its."""

from __future__ import annotations

import json
from pathlib import Path

from regelwerk.project.clauses import catalogues, packaged_phrases

STANDARD = "ISO 9001:2015"
EIGHT = f"{STANDARD} 8.1"


def own(root: Path, clauses: dict[str, str]) -> None:
    folder = root / "schemas/clauses"
    folder.mkdir(parents=True)
    data = {"standard": STANDARD, "clauses": clauses, "keys": {EIGHT: "not from here"}}
    (folder / "own.json").write_text(json.dumps(data), "utf-8")


def test_packaged_labels_have_keys(tmp_path: Path) -> None:
    catalogue = catalogues(tmp_path)[STANDARD]
    assert catalogue.keys == packaged_phrases()
    assert catalogue.keys[EIGHT] == catalogue.clauses["8.1"]
    assert catalogue.keys[f"{STANDARD} 4.1 amended"] == catalogue.amended["4.1"]


def test_a_label_of_the_projects_own_has_none_unless_it_is_the_packaged_one(tmp_path: Path) -> None:
    known = packaged_phrases()
    own(tmp_path, {"8.1": "Unsere Planung", "8.2": known[f"{STANDARD} 8.2"]})
    assert set(catalogues(tmp_path)[STANDARD].keys) == {f"{STANDARD} 8.2"}

"""`regelwerk serve` with the page open in Chromium, which nobody reloads by hand."""

from __future__ import annotations

import re
from pathlib import Path

from browser.form_pages import MARKS, drive
from operations.site_server import serving
from regelwerk.operations.init import init

pytestmark = MARKS


def test_an_edit_is_shown_by_one_reload_and_a_broken_one_keeps_the_page_and_says_why(
    tmp_path: Path,
) -> None:
    project = tmp_path / "project"
    init(project)
    file = project / "process/complaints/process.yaml"
    match = re.search(r"^title: .*$", file.read_text("utf-8"), re.MULTILINE)
    assert match is not None
    changes = [
        {"before": match[0], "after": "title: Quite another title", "shows": "Quite another title"},
        {"before": "\nowner:", "after": "\nowned:", "shows": "Not up to date"},
        {
            "before": "\nowned:",
            "after": "\nowner:",
            "shows": "Quite another title",
            "hides": "Not up to date",
        },
    ]
    with serving(project) as (address, log):
        page = f"{address}/drafts/complaints.html"
        seen = drive("watch", address=page, file=file, changes=changes[:2])
        again = drive("watch", address=page, file=file, changes=changes[2:])
        rebuilds = log().count("Reloading browsers")
    edited, broken = seen["found"]
    assert "Quite another title" in edited["text"]
    assert "Not up to date" not in edited["text"]
    assert "Quite another title" in broken["text"]
    assert "process/complaints/process.yaml:" in broken["text"]
    assert "unknown key `owned`" in broken["text"]
    assert "Not up to date" not in again["found"][0]["text"]
    assert [one["loads"] for one in (edited, broken, *again["found"])] == [1, 1, 1]
    assert rebuilds == 3

"""Read filled checklists and make records of them; write only when that is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from regelwerk.diagnostics import Diagnostic, did_you_mean
from regelwerk.errors import UsageError
from regelwerk.operations.day import Clock, zone_of
from regelwerk.operations.import_desk import Desk, Wish
from regelwerk.operations.import_files import HandedFile, handed_files
from regelwerk.operations.import_form import Definitions
from regelwerk.operations.import_report import ImportResult
from regelwerk.operations.import_store import RecordStore
from regelwerk.operations.lock import locked
from regelwerk.operations.progress import Progress, silent
from regelwerk.operations.review import RecordReview
from regelwerk.project.load import Loaded, load
from regelwerk.project.root import find_root


def import_records(
    start: Path, paths: Sequence[Path], wish: Wish, clock: Clock, progress: Progress = silent
) -> ImportResult:
    """Read forms and say what is or would be recorded.

    The findings are those of the records as they are now, or would be. UsageError where a path, a
    person or a scan is not there.
    """
    root = find_root(start)
    loaded = load(root)
    files = handed_files(paths)
    _require_sense(wish, loaded, files)
    as_of = clock(zone_of(loaded.project.organization))
    with locked(root / "process"):
        store = RecordStore(loaded)
        review = RecordReview(loaded, as_of, store.files)
        desk = Desk(loaded, store, review, Definitions(loaded, as_of), wish)
        handed = []
        for number, file in enumerate(files):
            progress(number, len(files), file.name)
            handed.append(desk.take(file))
        progress(len(files), len(files), "")
        final = RecordReview(loaded, as_of, store.files, store.planned)
        findings = [
            finding
            for finding in final.findings(sorted(store.planned), silent)
            if wish.write or not _about_a_copy_to_come(finding)
        ]
    findings.sort(key=Diagnostic.sort_key)
    return ImportResult(root=root, files=tuple(handed), findings=tuple(findings))


def _about_a_copy_to_come(finding: Diagnostic) -> bool:
    """Before anything is written the form is not kept beside the record yet."""
    return finding.code == "record/evidence-missing" and finding.path == "$.source.file"


def _require_sense(wish: Wish, loaded: Loaded, files: Sequence[HandedFile]) -> None:
    people = loaded.project.people
    if wish.entered_by is not None and wish.entered_by not in people:
        hint = did_you_mean(wish.entered_by, people) or "add them to people.yaml"
        raise UsageError(f"`{wish.entered_by}` is not in people.yaml", hint)
    if wish.paper is None:
        return
    if wish.entered_by is None:
        raise UsageError(
            "a form filled in by hand needs somebody who typed it", "add `--entered-by ID`"
        )
    if len(files) != 1:
        raise UsageError("a scan belongs to exactly one form", "import them one by one")
    if not wish.paper.is_file():
        raise UsageError(f"there is no file {wish.paper}")

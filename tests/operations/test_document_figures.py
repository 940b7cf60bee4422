"""Key figures in built documents: on request, remade with the records, never where issued."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from examples_support import BASE
from operations.test_pdf import Office
from operations.versions_world import begin, clock, freeze, sign_all_stages
from regelwerk.artifacts.document.figures import shows_figures
from regelwerk.artifacts.office.contents import entries_of
from regelwerk.operations import pdf
from regelwerk.operations.build import build
from regelwerk.operations.build_result import BuildResult
from regelwerk.operations.verify import Wish, verify
from regelwerk.operations.verify_result import Checked, State
from regelwerk.operations.versions_issue import issue
from word_support import paragraphs, parts, text

DAY = date(2026, 11, 24)
DRAFT = "build/example/draft/document.docx"
MARK = "Not part of what is approved"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(BASE, tmp_path / "project")
    return tmp_path / "project"


def keep(root: Path, count: int, name: str = "cases.jsonl", *, year: int = 2025) -> None:
    """Cases of a year, in each of which 12 EUR were asked for."""
    done = {
        "step": "receive",
        "by": "anna.clerk",
        "completed": f"{year}-03-04",
        "remarks": "Secret remark",
        "fields": {"amount": 12},
    }
    record = {"process": "example", "version": "1.0", "subject": "Secret Customer"}
    record |= {"status": "open", "started": f"{year}-03-03", "steps": [done]}
    lines = (json.dumps({**record, "case": f"{name[0]}-4711-{n}"}) for n in range(count))
    folder = root / "process/example/records"
    folder.mkdir(exist_ok=True)
    (folder / name).write_text("\n".join(lines), encoding="utf-8")


def make(
    root: Path,
    *,
    figures: bool = True,
    day: date = DAY,
    with_pdf: bool = False,
    kinds: tuple[str, ...] = ("document",),
) -> BuildResult:
    result = build(root, (), kinds, None, clock(day), figures=figures, with_pdf=with_pdf)
    assert result.exit_code == 0, list(result.sentences())
    return result


def built(root: Path) -> Mapping[str, bytes]:
    folder = root / "build"
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*.docx"))
    }


def last(root: Path) -> list[str]:
    """What stands below the pictures."""
    return [line for line in paragraphs((root / DRAFT).read_bytes()) if line.startswith("2025: ")]


def test_they_come_and_go_with_the_wish_and_only_in_documents(root: Path) -> None:
    kinds = ("document", "checklist")
    keep(root, 4)
    make(root, figures=False, kinds=kinds)
    plain = built(root)
    assert not any(shows_figures(content) for content in plain.values())
    result = make(root, kinds=kinds)
    assert set(result.written) == {"example/1.0/document.docx", "example/draft/document.docx"}
    drawn = built(root)
    assert {path for path in drawn if drawn[path] != plain[path]} == set(result.written)
    assert last(root) == ["2025: 4. 4 cases.", "2025: 48 EUR. 4 cases."]
    assert MARK in text(drawn["example/1.0/document.docx"])
    assert make(root).written == ()
    make(root, figures=False)
    assert built(root) == plain


def test_records_remake_a_document_only_where_they_give_other_figures(root: Path) -> None:
    keep(root, 4)
    make(root)
    keep(root, 3, "more.jsonl")
    assert len(make(root).written) == 2
    assert last(root) == ["2025: 7. 7 cases.", "2025: 84 EUR. 7 cases."]
    records = root / "process/example/records/cases.jsonl"
    records.write_text(records.read_text("utf-8").replace("Secret", "Other"), "utf-8")
    assert make(root).written == ()
    make(root, figures=False)
    keep(root, 9, "yet-more.jsonl")
    assert make(root, figures=False).written == ()


def test_a_day_that_passes_changes_nothing_a_year_that_is_over_does(root: Path) -> None:
    keep(root, 4)
    keep(root, 5, "new.jsonl", year=2026)
    make(root)
    before = built(root)
    make(root, day=date(2026, 12, 30))
    assert built(root) == before
    make(root, day=date(2026, 12, 31))
    assert "2026: 5. 5 cases." in text((root / DRAFT).read_bytes())


def test_too_few_cases_leave_the_document_as_it_is(root: Path) -> None:
    keep(root, 2)
    make(root, figures=False)
    plain = built(root)
    make(root)
    assert built(root) == plain


def test_nothing_of_a_single_case_gets_into_it(root: Path) -> None:
    keep(root, 4)
    make(root)
    for content in built(root).values():
        for name, part in parts(content).items():
            for personal in (b"Secret", b"4711", b"anna.clerk", b"2025-03"):
                assert personal not in part, name


def test_records_that_cannot_be_read_stop_nothing(root: Path) -> None:
    keep(root, 3)
    (root / "process/example/records/broken.yaml").write_bytes(b"\x00\xff: [")
    (root / "process/example/records/odd.json").write_text('{"process": ["example"]}', "utf-8")
    make(root)
    assert last(root)[0] == "2025: 3. 3 cases."


def test_two_builds_give_the_same_bytes(root: Path) -> None:
    keep(root, 4)
    make(root)
    first = built(root)
    shutil.rmtree(root / "build")
    make(root)
    assert built(root) == first


def test_what_was_issued_stays_byte_for_byte(tmp_path: Path) -> None:
    root = begin(tmp_path / "project")
    freeze(root)
    sign_all_stages(root)
    keep(root, 4)
    issue(root, "example", "1.1", clock())
    kept = root / "process/example/versions/1.1/issued/document.docx"
    assert not shows_figures(kept.read_bytes())
    make(root)
    assert (root / "build/example/1.1/document.docx").read_bytes() == kept.read_bytes()


def test_a_pdf_shows_them_too_whatever_its_length(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = Office(pages=9)  # longer than estimated, so that the document is made again
    monkeypatch.setattr(pdf, "to_pdf", office.to_pdf)
    keep(root, 4)
    result = make(root, with_pdf=True)
    assert "example/draft/document.pdf" in result.written
    content = (root / DRAFT).read_bytes()
    assert shows_figures(content)
    assert entries_of(content, "")
    assert make(root, with_pdf=True).written == ()
    plain = make(root, figures=False)
    assert "example/draft/document.pdf" in plain.removed  # it showed what is no longer there


def ask(root: Path, path: Path) -> Checked:
    (found,) = verify(root, [path], Wish(), clock(DAY)).checked
    return found


def test_a_copy_is_known_by_its_manifest_else_by_the_records_while_they_give_it(
    root: Path, tmp_path: Path
) -> None:
    keep(root, 4)
    make(root)
    copy = tmp_path / "attachment.docx"
    copy.write_bytes((root / "build/example/1.0/document.docx").read_bytes())
    found = ask(root, copy)
    assert (found.state, found.origin) == (State.IN_FORCE, "build")
    make(root, figures=False)
    found = ask(root, copy)
    assert (found.state, found.origin) == (State.IN_FORCE, "rendered")
    keep(root, 3, "more.jsonl")
    assert ask(root, copy).state is State.UNCONFIRMED


def test_the_words_of_a_changed_copy_are_compared_with_one_that_shows_figures_too(
    root: Path, tmp_path: Path
) -> None:
    from regelwerk.artifacts.office.package import open_package

    keep(root, 4)
    make(root)
    package = open_package((root / DRAFT).read_bytes(), "")
    make(root, figures=False)
    styles = "word/styles.xml"
    package.parts[styles] = package.parts[styles].replace(b"Calibri", b"Courier")
    copy = tmp_path / "attachment.docx"
    copy.write_bytes(package.to_bytes())
    found = ask(root, copy)
    assert found.state is State.CHANGED
    assert "No word of its body differs" in found.facts[0]

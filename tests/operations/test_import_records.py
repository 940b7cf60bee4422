"""Forms that are handed in become records: what is written, added, refused and said."""

from __future__ import annotations

import json
import os
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import yaml

from intake import forty_steps
from intake.form_files import (
    DECIDED,
    SACRED,
    TRICKY,
    WAY,
    W,
    blank_word,
    control,
    filled_word,
    filled_workbook,
    project,
    with_part,
    word,
)
from regelwerk.artifacts.checklist.render import render_checklist
from regelwerk.errors import UsageError
from regelwerk.operations.import_desk import Wish
from regelwerk.operations.import_records import import_records
from regelwerk.operations.import_report import Handed, ImportResult
from regelwerk.operations.new_form import new_form
from regelwerk.operations.review_records import review_records
from regelwerk.project.reading import read_tree
from word_support import contexts, house_templates

RECORD = "process/sales/records/S-2026-0100.yaml"
DAY = date(2026, 11, 24)


class Office:
    """A project, and somebody who hands forms in."""

    def __init__(self, folder: Path) -> None:
        self.root = project(folder / "project")
        self.inbox = folder / "inbox"
        self.inbox.mkdir()

    def put(self, name: str, content: bytes) -> Path:
        path = self.inbox / name
        path.write_bytes(content)
        return path

    def hand_in(self, *paths: Path, **wish: Any) -> ImportResult:
        return import_records(self.root, paths, Wish(**wish), lambda _: DAY)

    def one(self, name: str, content: bytes, **wish: Any) -> Handed:
        return self.hand_in(self.put(name, content), **wish).files[0]

    def form(self, kind: Any, case: str = "S-2026-0100") -> bytes:
        target = self.inbox / "form"
        new_form(self.root, "sales", case, None, kind, target, lambda _: DAY)
        content = target.read_bytes()
        target.unlink()
        return content

    @property
    def text(self) -> str:
        return (self.root / RECORD).read_text("utf-8")

    @property
    def record(self) -> Any:
        return read_tree(self.root / RECORD).data


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def words(handed: Handed) -> list[str]:
    return [note.word for note in handed.notes]


def test_nothing_is_written_unless_it_is_asked_for(office: Office) -> None:
    before = sorted(office.root.rglob("*"))
    result = office.hand_in(office.put("a.docx", filled_word(WAY)))
    assert result.files[0].outcome == "ready"
    assert result.findings == ()
    assert result.good
    assert sorted(office.root.rglob("*")) == before


@pytest.mark.parametrize(("name", "fill"), [("a.docx", filled_word), ("a.xlsx", filled_workbook)])
def test_a_filled_form_becomes_a_valid_record(office: Office, name: str, fill: Any) -> None:
    content = fill({**WAY, **DECIDED})
    result = office.hand_in(office.put(name, content), write=True, entered_by="anna.beispiel")
    handed = result.files[0]
    assert (handed.outcome, handed.case, handed.record) == ("recorded", "S-2026-0100", RECORD)
    assert handed.notes == ()
    record = office.record
    assert record["status"] == "open"
    assert [entry["step"] for entry in record["steps"]][-1].startswith("decide")
    assert record["steps"][0]["remarks"] == SACRED
    assert record["source"] == {
        "file": f"evidence/S-2026-0100/{name}",
        "sha256": sha256(content).hexdigest(),
        "kind": name.removeprefix("a."),
        "entered_by": "anna.beispiel",
    }
    kept = office.root / "process/sales/records" / record["source"]["file"]
    assert kept.read_bytes() == content
    assert [f for f in result.findings if f.code.startswith(("schema/", "yaml/"))] == []
    checked = review_records(office.root, [], lambda _: DAY)
    assert checked.findings == result.findings
    # Whoever reads YAML 1.1 reads the same.
    assert yaml.safe_load(office.text)["steps"][0]["remarks"] == SACRED


@pytest.mark.parametrize("text", TRICKY)
def test_any_text_arrives_as_itself_by_all_three_ways(office: Office, text: str) -> None:
    web = {
        "process": "sales",
        "version": "1.3",
        "case": "C-3",
        "status": "open",
        "started": "2026-11-02",
        "steps": [
            {"step": "make-appointment", "by": "anna.beispiel", "completed": "2026-11-03"}
            | {"remarks": text}
        ],
    }
    values = {**WAY, "01_1_rem": text}
    office.put("a.docx", filled_word({**values, "case": "C-1"}))
    office.put("b.xlsx", filled_workbook({**values, "case": "C-2"}))
    office.put("c.json", json.dumps(web).encode())
    result = office.hand_in(office.inbox, write=True)
    assert [file.outcome for file in result.files] == ["recorded"] * 3
    for number in (1, 2, 3):
        data = read_tree(office.root / f"process/sales/records/C-{number}.yaml").data
        assert data["steps"][0]["remarks"] == text


def test_the_same_form_again_says_nothing_new(office: Office) -> None:
    office.one("a.docx", filled_word(WAY), write=True)
    before = office.text
    again = office.one("b.xlsx", filled_workbook(WAY), write=True)
    assert again.outcome == "unchanged"
    assert office.text == before


def test_a_case_passes_through_several_hands(office: Office) -> None:
    office.one("a.docx", filled_word(WAY), write=True)
    # By hand, meanwhile:
    path = office.root / RECORD
    path.write_text(office.text.replace("status: open", "status: open   # waiting"), "utf-8")
    form = office.form("docx")
    added = office.one("b.docx", filled_word(DECIDED, form), write=True)
    assert added.outcome == "updated"
    assert added.notes == ()
    assert "# waiting" in office.text
    assert len(office.record["steps"]) == 6
    assert office.record["source"]["file"] == "evidence/S-2026-0100/b.docx"
    assert office.record["source"]["x-earlier"][0]["file"] == "evidence/S-2026-0100/a.docx"
    assert review_records(office.root, [], lambda _: DAY).findings == ()


def test_a_part_of_a_case_may_be_handed_in(office: Office) -> None:
    office.one("a.docx", filled_word(WAY), write=True)

    def only_the_decision(root: Any) -> None:
        for table in list(root.iter(f"{W}tbl")):
            tags = {tag.get(f"{W}val", "") for tag in table.iter(f"{W}tag")}
            if not any(tag.startswith(("06_", "05_", "case")) for tag in tags):
                table.getparent().remove(table)

    part = word(only_the_decision, filled_word({"case": WAY["case"], **DECIDED}))
    handed = office.one("part.docx", part, write=True)
    assert handed.outcome == "updated"
    assert set(words(handed)) == {"missing"}
    assert len(office.record["steps"]) == 6


def test_a_changed_value_is_a_conflict_until_it_is_asked_for(office: Office) -> None:
    office.one("a.docx", filled_word(WAY), write=True)
    before = office.text
    other = filled_word({**WAY, "02_1_on": "2026-11-05", "subject": "Other Ltd"})
    handed = office.one("b.docx", other, write=True)
    assert handed.outcome == "refused"
    assert words(handed) == ["conflict", "conflict"]
    assert [note.place.split(",")[0] for note in handed.notes] == [
        "control `subject`",
        "control `02_1_on`",
    ]
    assert "“2026-11-04”, the form “2026-11-05”" in handed.notes[1].message
    assert office.text == before
    handed = office.one("b.docx", other, write=True, overwrite=True)
    assert handed.outcome == "updated"
    assert office.record["subject"] == "Other Ltd"
    assert office.record["steps"][1]["completed"] == "2026-11-05"


def test_a_conflict_and_a_change_name_the_field_as_the_form_does(office: Office) -> None:
    office.one("a.docx", filled_word(WAY), write=True)
    changed = filled_word({**WAY, "02_1_by": "Bernd Muster"})
    conflict = office.one("b.docx", changed).notes[0]
    assert conflict.message.startswith("“2 Prepare appointment: Done by”: the record says")
    said = office.one("b.docx", changed, write=True, overwrite=True)
    assert [change.label for change in said.changes] == ["2 Prepare appointment: Done by"]
    wrong = office.one("c.docx", filled_word({**WAY, "02_1_by": "Nobody"})).notes
    assert wrong[0].message.startswith("“2 Prepare appointment: Done by”")


@pytest.mark.parametrize("overwrite", [False, True])
def test_a_file_that_was_recorded_before_never_takes_a_change_back(
    office: Office, overwrite: bool
) -> None:
    office.one("a.docx", filled_word({**WAY, "02_1_rem": "first"}), write=True)
    later = filled_word({**WAY, "02_1_rem": "second"})
    office.one("b.docx", later, write=True, overwrite=True)
    before = office.text
    result = office.hand_in(office.inbox, write=True, overwrite=overwrite)
    assert [handed.outcome for handed in result.files] == ["unchanged", "unchanged"]
    assert words(result.files[0]) == ["superseded"]
    assert result.good
    assert office.text == before
    # What somebody has put right by hand stays, too.
    path = office.root / RECORD
    path.write_text(before.replace("second", "third"), "utf-8")
    assert office.one("b.docx", later, write=True, overwrite=overwrite).outcome == "unchanged"
    assert "third" in office.text


def test_earlier_forms_stay_named_when_the_last_one_is_handed_in_again(office: Office) -> None:
    office.one("a.docx", filled_word(WAY), write=True)
    later = filled_word({**WAY, "02_1_rem": "more"})
    office.one("b.docx", later, write=True)
    path = office.root / RECORD
    path.write_text(office.text.replace("    remarks: more\n", ""), "utf-8")
    assert office.one("b.docx", later, write=True).outcome == "updated"
    files = [one["file"] for one in office.record["source"]["x-earlier"]]
    assert files == ["evidence/S-2026-0100/a.docx"]


@pytest.mark.parametrize("kind", ["folder", "pipe"])
def test_what_stands_in_the_way_of_the_kept_form_is_gone_round(office: Office, kind: str) -> None:
    there = office.root / "process/sales/records/evidence/S-2026-0100/a.docx"
    there.parent.mkdir(parents=True)
    if kind == "folder":
        there.mkdir()
    else:
        os.mkfifo(there)
    content = filled_word(WAY)
    assert office.one("a.docx", content, write=True).outcome == "recorded"
    name = f"a-{sha256(content).hexdigest()[:8]}.docx"
    assert office.record["source"]["file"] == f"evidence/S-2026-0100/{name}"
    there.with_name(name).unlink()
    there.with_name(name).mkdir()
    (office.root / RECORD).unlink()
    assert office.one("a.docx", content, write=True).outcome == "refused"


def test_a_recorded_time_is_no_conflict_with_its_day(office: Office) -> None:
    office.one("a.docx", filled_word(WAY), write=True)
    path = office.root / RECORD
    timed = office.text.replace("completed: 2026-11-03", "completed: 2026-11-03T10:15:00+01:00")
    path.write_text(timed, "utf-8")
    assert office.one("b.docx", filled_word(WAY)).outcome == "unchanged"


def test_a_status_may_go_on_but_not_back(office: Office) -> None:
    office.one("a.docx", filled_word(WAY), write=True)
    closed = {**WAY, "status": "cancelled", "c_on": "2026-11-20", "c_by": "Anna Beispiel"}
    handed = office.one("b.docx", filled_word({**closed, "c_why": "Withdrawn"}), write=True)
    assert handed.outcome == "updated"
    assert office.record["cancelled"]["by"] == "anna.beispiel"
    handed = office.one("c.docx", filled_word({**WAY, "status": "open"}))
    assert words(handed) == ["conflict"]


def test_a_record_that_cannot_be_added_to_without_loss_is_left_alone(office: Office) -> None:
    office.one("a.docx", filled_word(WAY), write=True)
    path = office.root / RECORD
    text = office.text.replace("steps:\n  - step", "steps:\n  - &first\n    step")
    path.write_text(text.rstrip("\n") + "\n  - *first\n", "utf-8")
    before = path.read_bytes()
    changed = filled_word({**WAY, "01_1_rem": "other"})
    handed = office.one("b.docx", changed, write=True, overwrite=True)
    assert words(handed)[-1] == "comments"
    assert path.read_bytes() == before


def test_line_ends_and_byte_order_mark_of_a_record_stay(office: Office) -> None:
    office.one("a.docx", filled_word(WAY), write=True)
    path = office.root / RECORD
    path.write_bytes(b"\xef\xbb\xbf" + office.text.replace("\n", "\r\n").encode())
    assert office.one("b.docx", filled_word({**WAY, **DECIDED}), write=True).outcome == "updated"
    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\n") == content.count(b"\r\n")


@pytest.mark.parametrize("name", ["S.json", "cases.jsonl"])
def test_records_in_json_are_added_to_where_they_are(office: Office, name: str) -> None:
    office.one("a.docx", filled_word(WAY), write=True)
    path = office.root / RECORD
    line = json.dumps(office.record, ensure_ascii=False)
    other = line.replace("S-2026-0100", "S-2026-0099")
    path.unlink()
    target = path.with_name(name)
    target.write_text(f"{other}\n{line}\n" if name.endswith("l") else line, "utf-8")
    handed = office.one("b.docx", filled_word(DECIDED | {"case": WAY["case"]}), write=True)
    assert (handed.outcome, handed.record) == ("updated", f"process/sales/records/{name}")
    written = target.read_text("utf-8")
    last = json.loads(written.splitlines()[-1] if name.endswith("l") else written)
    assert len(last["steps"]) == 6
    if name.endswith("l"):
        assert target.read_text("utf-8").splitlines()[0] == other


def test_a_step_without_who_or_when_waits(office: Office) -> None:
    handed = office.one("a.docx", filled_word({**WAY, "05_1_rem": "begun"}), write=True)
    assert handed.outcome == "recorded"
    assert words(handed) == ["incomplete"]
    assert "“Done by” and “Done on” are empty" in handed.notes[0].message
    assert len(office.record["steps"]) == 4


def test_what_breaks_a_rule_of_the_format_is_refused_with_the_rule(office: Office) -> None:
    handed = office.one("a.docx", filled_word({**WAY, "status": "closed"}), write=True)
    assert words(handed) == ["rule", "rule"]
    assert "schema/missing-key" in handed.notes[0].message
    assert not (office.root / RECORD).exists()


def test_a_departure_is_recorded_and_found_like_any_other(office: Office) -> None:
    values = {key: value for key, value in WAY.items() if not key.startswith("02_")}
    result = office.hand_in(office.put("a.docx", filled_word(values)), write=True)
    assert result.files[0].outcome == "recorded"
    assert [finding.code for finding in result.findings] == ["record/skipped-step"]
    assert not result.good


def test_a_new_case_says_when_it_started(office: Office) -> None:
    handed = office.one("a.docx", filled_word({"case": "S-1"}))
    assert [(note.word, note.place) for note in handed.notes] == [("invalid", "control `started`")]


def test_a_form_without_a_case_or_of_another_case_is_refused(office: Office) -> None:
    assert words(office.one("a.docx", filled_word({"started": "2026-11-02"}))) == ["invalid"]
    form = office.form("docx")
    handed = office.one("b.docx", filled_word({"case": "S-9", "started": "2026-11-02"}, form))
    assert words(handed) == ["other-case"]


def custom(name: str, value: str, content: bytes | None = None) -> bytes:
    def change(root: Any) -> None:
        for entry in root:
            if entry.get("name") == name:
                entry[0].text = value

    return with_part(content or filled_word(WAY), "docProps/custom.xml", change)


@pytest.mark.parametrize(
    ("name", "value", "found"),
    [
        ("Process", "purchasing", "foreign"),
        ("Version", "1.2", "unknown-version"),
        ("Digest", "sha256:" + "1" * 64, "other-digest"),
    ],
)
def test_a_form_of_something_else_is_told(
    office: Office, name: str, value: str, found: str
) -> None:
    assert words(office.one("a.docx", custom(name, value))) == [found]


def test_a_form_whose_properties_are_lost_is_known_by_its_visible_digest(office: Office) -> None:
    def drop(root: Any) -> None:
        for entry in list(root):
            root.remove(entry)

    content = with_part(filled_word(WAY), "docProps/custom.xml", drop)
    assert office.one("a.docx", content).outcome == "ready"


def test_a_form_of_a_draft_is_no_form_to_work_by(office: Office) -> None:
    content = render_checklist(
        contexts(".", "sales")["draft"], house_templates(), {"case": "S-1", "started": "2026-11-02"}
    ).content
    assert words(office.one("a.docx", content)) == ["unknown-version"]


def test_a_form_of_an_older_version_is_told(tmp_path: Path) -> None:
    repository = Path(__file__).parents[1] / "examples/contract"
    result = import_records(
        repository,
        [older_form(tmp_path)],
        Wish(),
        lambda _: date(2026, 11, 24),
    )
    assert "other-version" in words(result.files[0])


def older_form(folder: Path) -> Path:
    found = contexts("tests/examples/contract", "complaints")
    version = next(name for name in found if name != "draft")
    record = {"case": "C-OLD-1", "started": "2024-01-08", "status": "open"}
    path = folder / "old.docx"
    path.write_bytes(render_checklist(found[version], house_templates(), record).content)
    return path


def test_a_word_file_that_is_no_form_is_foreign(office: Office) -> None:
    letter = word(lambda root: [root[0].remove(one) for one in list(root[0])[:-1]])

    def drop(root: Any) -> None:
        for entry in list(root):
            root.remove(entry)

    handed = office.one("letter.docx", with_part(letter, "docProps/custom.xml", drop))
    assert words(handed) == ["foreign"]


def test_an_inbox_says_what_became_of_each_file(office: Office) -> None:
    office.put("1.docx", filled_word(WAY))
    office.put("2.docx", filled_word({**DECIDED, "case": WAY["case"]}))
    office.put("3.xlsx", filled_workbook({**WAY, "case": "S-2026-0101"}))
    office.put("4.pdf", b"%PDF-1.7 a scan")
    office.put("5.txt", b"notes")
    office.put("6.docx", b"broken")
    office.put("~$1.docx", b"Word's own")
    office.put(".hidden.docx", b"x")
    result = office.hand_in(office.inbox, write=True)
    assert [(Path(file.file).name, file.outcome) for file in result.files] == [
        ("1.docx", "recorded"),
        ("2.docx", "updated"),
        ("3.xlsx", "recorded"),
        ("4.pdf", "skipped"),
        ("5.txt", "skipped"),
        ("6.docx", "refused"),
    ]
    assert [words(file) for file in result.files[3:]] == [["scan"], ["not-a-form"], ["unreadable"]]
    again = office.hand_in(office.inbox, write=True)
    assert [file.outcome for file in again.files[:3]] == ["unchanged"] * 3


def test_a_form_filled_in_by_hand_names_its_scan_and_who_typed_it(office: Office) -> None:
    scan = office.put("scan.pdf", b"%PDF-1.7 a scan")
    typed = office.put("typed.xlsx", filled_workbook(WAY))
    result = office.hand_in(typed, paper=scan, entered_by="anna.beispiel", write=True)
    assert result.files[0].outcome == "recorded"
    assert office.record["source"] == {
        "file": "evidence/S-2026-0100/scan.pdf",
        "sha256": sha256(b"%PDF-1.7 a scan").hexdigest(),
        "kind": "paper",
        "entered_by": "anna.beispiel",
    }
    assert not (office.root / "process/sales/records/evidence/S-2026-0100/typed.xlsx").exists()


def test_whoever_enters_something_is_known(office: Office) -> None:
    form = office.put("a.docx", blank_word())
    with pytest.raises(UsageError, match=r"not in people\.yaml"):
        office.hand_in(form, entered_by="nobody")
    with pytest.raises(UsageError, match="needs somebody who typed it"):
        office.hand_in(form, paper=form)
    with pytest.raises(UsageError, match="there is no file or folder"):
        office.hand_in(office.inbox / "missing.docx")


def test_two_forms_with_the_same_file_name_are_both_kept(office: Office) -> None:
    office.one("form.docx", filled_word(WAY), write=True)
    office.one("form.docx", filled_word(DECIDED | {"case": WAY["case"]}), write=True)
    kept = sorted((office.root / "process/sales/records/evidence/S-2026-0100").iterdir())
    assert len(kept) == 2
    assert review_records(office.root, [], lambda _: DAY).findings == ()


def test_a_web_record_with_another_digest_or_as_draft_is_told(office: Office) -> None:
    record = {
        "process": "sales",
        "version": "1.3",
        "case": "W-1",
        "status": "open",
        "started": "2026-11-02",
        "steps": [],
    }
    other = {**record, "source": {"kind": "web", "x-definition": "sha256:" + "1" * 64}}
    assert words(office.one("a.json", json.dumps(other).encode())) == ["other-digest"]
    draft = {**record, "x-status": "DRAFT"}
    assert words(office.one("b.json", json.dumps(draft).encode())) == ["unknown-version"]
    handed = office.one("c.yaml", yaml.safe_dump(record).encode(), write=True)
    assert handed.outcome == "recorded"
    data = read_tree(office.root / "process/sales/records/W-1.yaml").data
    assert data["source"]["kind"] == "web"
    broken = office.one("d.yaml", b"process: sales\n\tx: [")
    assert words(broken) == ["unreadable"]
    assert broken.notes[0].place.startswith("line 2")


@pytest.mark.parametrize(
    "change",
    [
        {"case": "../../../evil"},
        {"case": "CON"},
        {"case": 7},
        {"case": None},
        {"steps": "x"},
        {"steps": [1]},
        {"steps": [{"step": "prepare", "completed": 5, "by": [[]], "checks": "no"}]},
        {"started": {"a": []}},
        {"status": ["open"]},
        {"inputs": {"customer-request": {"file": "../../../../etc/passwd"}}, "process": "x"},
        {"process": ["sales"]},
        {"version": 1.3},
    ],
)
def test_a_web_record_of_any_shape_is_refused_in_words(office: Office, change: Any) -> None:
    record = {
        "process": "sales",
        "version": "1.3",
        "case": "W-1",
        "status": "open",
        "started": "2026-11-02",
        "steps": [],
    }
    before = sorted(office.root.rglob("*"))
    handed = office.one("a.json", json.dumps({**record, **change}).encode(), write=True)
    assert handed.outcome == "refused"
    assert all(note.message for note in handed.notes)
    assert sorted(office.root.rglob("*")) == before


def test_a_record_of_the_project_is_not_imported_into_itself(office: Office) -> None:
    office.one("a.docx", filled_word(WAY), write=True)
    handed = office.hand_in(office.root / RECORD).files[0]
    assert (handed.outcome, words(handed)) == ("skipped", ["not-a-form"])


def test_a_record_that_changes_meanwhile_is_not_overwritten(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    from regelwerk.operations import import_store

    office.one("a.docx", filled_word(WAY), write=True)
    path = office.root / RECORD
    original = import_store.replace_unless_changed

    def somebody_else_first(target: Path, before: bytes, after: bytes) -> bool:
        path.write_text(office.text + "# mine\n", "utf-8")
        return original(target, before, after)

    monkeypatch.setattr(import_store, "replace_unless_changed", somebody_else_first)
    handed = office.one("b.docx", filled_word({**WAY, **DECIDED}), write=True)
    assert handed.outcome == "refused"
    assert office.text.endswith("# mine\n")


def test_a_prefilled_form_handed_back_untouched_changes_nothing(office: Office) -> None:
    office.one("a.docx", filled_word({**WAY, **DECIDED}), write=True)
    for kind in ("docx", "xlsx"):
        handed = office.one(f"back.{kind}", office.form(kind))
        assert (handed.outcome, handed.notes) == ("unchanged", ())


def test_a_form_is_written_into_a_folder_that_is_not_there_yet(office: Office) -> None:
    target = office.inbox / "forms/2026/S-1.xlsx"
    new_form(office.root, "sales", "S-1", None, "xlsx", target, lambda _: DAY)
    assert target.read_bytes().startswith(b"PK")


def test_the_control_of_every_value_read_is_named(office: Office) -> None:
    handed = office.one("a.docx", filled_word(WAY))
    places = {one.label: (one.place, one.value) for one in handed.read}
    assert places["2 Prepare appointment: Done on"] == ("control `02_1_on`", "2026-11-04")
    assert control is not None
    assert len(handed.empty) > 20


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_forty_filled_steps_are_imported_whole(tmp_path: Path, kind: str) -> None:
    root = forty_steps.write_project(tmp_path / "project")
    form = tmp_path / f"form.{kind}"
    form.write_bytes(forty_steps.filled(forty_steps.context_of(root), kind, "F-1"))
    result = import_records(root, [form], Wish(write=True), lambda _: DAY)
    assert result.files[0].outcome == "recorded"
    assert result.files[0].notes == ()
    assert result.findings == ()
    written = read_tree(root / "process/forty/records/F-1.yaml").data
    assert {key: value for key, value in written.items() if key != "source"} == (
        forty_steps.record("F-1")
    )

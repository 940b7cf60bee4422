"""Records past their retention: listed, erased on demand, and nothing else is touched."""

from __future__ import annotations

import json
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from acceptance.conformance_records.company import _approval as approval
from acceptance.conformance_records.company import definition, write_company, write_json
from regelwerk.diagnostics import Severity
from regelwerk.errors import UsageError
from regelwerk.intake.note import IntakeError
from regelwerk.operations import record_erase
from regelwerk.operations.import_form import Told
from regelwerk.operations.import_store import RecordStore
from regelwerk.operations.measure import Question, measure
from regelwerk.operations.new_form import new_form
from regelwerk.operations.record_erase import ErasedRecords, Erasing, erase, removable
from regelwerk.operations.record_explain import explain_case
from regelwerk.operations.record_retention import Retention, retention
from regelwerk.operations.review_records import review_records
from regelwerk.project.load import load

DAY = date(2026, 11, 24)
PROCESS = {
    "documents": {
        "offer": {"title": "Offer", "retention": "P1Y"},
        "contract": {"title": "Contract", "retention": "P10Y"},
    },
    "steps": [
        {"id": "a", "outputs": ["offer"]},
        {"id": "b", "outputs": ["contract"], "optional": True, "next": {"end": "done"}},
    ],
    "kpis": [
        {"id": "cases", "title": "Cases", "measure": {"count": "cases"}, "period": "year"},
        {"id": "right", "title": "Right", "measure": {"conformance_rate": {}}, "period": "year"},
    ],
}  # fmt: skip


@pytest.fixture
def company(tmp_path: Path) -> Path:
    root = tmp_path / "company"
    root.mkdir()
    write_company(root)
    data = definition("kept", PROCESS)
    folder = root / "process/kept/versions/1.0"
    write_json(folder / "process.yaml", data)
    write_json(folder / "approvals.yaml", approval(data, {}))
    write_json(root / "process/kept/process.yaml", data)
    (root / "process/kept/records/evidence").mkdir(parents=True)
    return root


def record(case: str, closed: str = "2021-05-03", proof: object = None, **more: object) -> dict:
    shown = {"offer": proof or {"reference": "there"}}
    done = {"step": "a", "by": "wanda", "completed": "2021-05-03", "outputs": shown}
    head = {"process": "kept", "version": "1.0", "case": case, "subject": "Erika Müller"}
    dates = {"started": "2021-05-03", "status": "closed", "closed": closed, "end": "done"}
    return {**head, **dates, "steps": [done], **more}


def put(root: Path, case: str, *arguments: object, **more: object) -> Path:
    path = root / f"process/kept/records/{case}.json"
    write_json(path, record(case, *arguments, **more))
    return path


def look(root: Path, *paths: Path, folders: tuple[Path, ...] = (), day: date = DAY) -> Retention:
    return retention(root, paths, lambda _zone: day, folders=folders)


def wipe(root: Path, *, evidence: bool = False, **more: object) -> ErasedRecords:
    wish = Erasing(by="bob", on=DAY, evidence=evidence)
    return erase(look(root, **more), wish)


def findings(root: Path, *folders: Path) -> list[tuple[str, str, str]]:
    result = review_records(root, (), lambda _zone: DAY, folders=folders)
    return [(one.code, one.severity, Path(one.file).name) for one in result.findings]


def test_records_past_all_or_some_of_their_documents_are_listed(company: Path) -> None:
    put(company, "old")
    put(company, "new", "2026-01-01")
    more = {"step": "b", "by": "wanda", "completed": "2021-05-03", "outputs": proof("contract")}
    put(company, "some", steps=[done_by("wanda"), more])
    still = {key: value for key, value in record("open").items() if key not in ("closed", "end")}
    write_json(company / "process/kept/records/open.json", still | {"status": "open"})
    (company / "process/kept/records/broken.json").write_text("{", encoding="utf-8")
    found = look(company)
    assert [(one.case, one.over, one.until) for one in found.past] == [
        ("old", True, date(2022, 5, 3)),
        ("some", False, date(2031, 5, 3)),
    ]
    assert (found.records, found.untold, found.erased) == (5, 1, 0)
    assert [one.case for one in found.erasable()] == ["old"]
    assert look(company, day=date(2022, 5, 3)).past == ()
    assert look(company, company / "process/kept/records/new.json").past == ()


def test_a_stone_takes_the_place_of_the_record_and_holds_its_digest(company: Path) -> None:
    path = put(company, "old")
    digest = sha256(path.read_bytes()).hexdigest()
    other = put(company, "new", "2026-01-01")
    untouched = other.read_bytes()
    assert wipe(company).failures == ()
    stone = json.loads(path.read_text(encoding="utf-8"))
    assert stone == {
        "process": "kept",
        "version": "1.0",
        "case": "old",
        "status": "closed",
        "started": "2021-05-03",
        "closed": "2021-05-03",
        "end": "done",
        "erased": {
            "on": "2026-11-24",
            "by": "bob",
            "reason": "The retention of all its documents was over on 2022-05-03.",
            "sha256": digest,
        },
        "steps": [],
    }
    assert other.read_bytes() == untouched
    assert "Erika" not in path.read_text(encoding="utf-8")
    assert findings(company) == [("record/erased", Severity.INFO, "old.json")]
    assert look(company).erased == 1
    assert wipe(company).records == ()


def test_yaml_keeps_its_schema_line_and_nothing_else_of_the_old_text(company: Path) -> None:
    path = company / "process/kept/records/old.yaml"
    schema = "# yaml-language-server: $schema=../../../schemas/records/kept-1.0.schema.json\n"
    text = json.dumps(record("old"), indent=1)
    path.write_text(f"{schema}# Erika called on Monday\n{text}\n", encoding="utf-8")
    assert len(wipe(company).records) == 1
    stone = path.read_text(encoding="utf-8")
    assert stone.startswith(schema)
    assert "Erika" not in stone
    assert findings(company) == [("record/erased", Severity.INFO, "old.yaml")]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_only_its_line_of_a_file_of_lines_is_replaced(company: Path, end: str) -> None:
    path = company / "process/kept/records/many.jsonl"
    lines = [
        json.dumps(record(case, day)) for case, day in (("n1", "2026-01-01"), ("o1", "2021-06-01"))
    ]
    lines = [lines[0], "", lines[1], lines[0].replace("n1", "n2")]
    path.write_bytes(end.join(lines).encode())
    (erased,) = wipe(company).records
    assert (erased.case, erased.line) == ("o1", 3)
    after = path.read_bytes().decode().split(end)
    assert [*after[:2], after[3]] == [*lines[:2], lines[3]]
    stone = json.loads(after[2])
    assert stone["erased"]["sha256"] == sha256(lines[2].encode()).hexdigest()
    assert findings(company) == [("record/erased", Severity.INFO, "many.jsonl")]


def test_packed_files_and_links_are_left_and_told(company: Path) -> None:
    import gzip

    records = company / "process/kept/records"
    (records / "many.jsonl.gz").write_bytes(gzip.compress(json.dumps(record("o1")).encode()))
    real = put(company, "old").rename(company / "process/kept/elsewhere.json")
    (records / "old.json").symlink_to(real)
    before = real.read_bytes()
    result = wipe(company)
    assert result.records == ()
    assert sorted(one.split(": ")[1] for one in result.failures) == [
        "it is a link; erase the records where they are",
        "it is packed; unpack it to erase records in it",
    ]
    assert real.read_bytes() == before


def test_evidence_goes_only_when_asked_and_when_no_other_record_names_it(company: Path) -> None:
    folder = company / "process/kept/records/evidence"
    for name in ("own.pdf", "shared.pdf", "both.pdf"):
        (folder / name).write_bytes(name.encode())
    (company / "process/kept/records/note.txt").write_text("…", encoding="utf-8")
    put(company, "old", proof={"file": "evidence/own.pdf"}, source=source("evidence/shared.pdf"))
    put(company, "new", "2026-01-01", {"file": "evidence/../evidence/shared.pdf"})
    put(company, "o2", proof={"file": "evidence/both.pdf"}, source=source("note.txt"))
    put(company, "o3", proof={"file": "evidence/both.pdf"}, source=source("../process.yaml"))
    found = look(company)
    names = [path.name for paths in removable(found).values() for path in paths]
    assert sorted(names) == ["both.pdf", "own.pdf"]
    assert erase(found, Erasing(by="bob", on=DAY)).evidence == ()
    assert len(list(folder.iterdir())) == 3


def source(file: str) -> dict:
    return {"kind": "paper", "file": file}


def test_evidence_that_is_removed_leaves_its_digest(company: Path) -> None:
    own = company / "process/kept/records/evidence/own.pdf"
    own.write_bytes(b"personal")
    put(company, "old", proof={"file": "evidence/own.pdf"})
    path = put(company, "o2", proof={"file": "evidence/own.pdf"})
    result = wipe(company, evidence=True)
    assert [Path(name).name for name in result.evidence] == ["own.pdf"]
    assert not own.exists()
    assert findings(company) == [
        ("record/erased", Severity.INFO, "o2.json"),
        ("record/erased", Severity.INFO, "old.json"),
    ]
    digests = [
        json.loads(file.read_text(encoding="utf-8"))["erased"].get("evidence")
        for file in (path, path.with_name("old.json"))
    ]
    assert [sha256(b"personal").hexdigest()] in digests


def test_no_evidence_goes_where_some_record_cannot_be_read(company: Path) -> None:
    own = company / "process/kept/records/evidence/own.pdf"
    own.write_bytes(b"x")
    put(company, "old", proof={"file": "evidence/own.pdf"})
    (company / "process/kept/records/broken.json").write_text("{", encoding="utf-8")
    assert wipe(company, evidence=True).evidence == ()
    assert own.exists()


def test_a_file_changed_meanwhile_stays(company: Path) -> None:
    path = put(company, "old")
    found = look(company)
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    changed = path.read_bytes()
    result = erase(found, Erasing(by="bob", on=DAY))
    assert result.records == ()
    assert "changed meanwhile" in result.failures[0]
    assert path.read_bytes() == changed


def test_a_disk_that_is_full_leaves_the_record(
    company: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = put(company, "old")
    before = path.read_bytes()

    def full(*_arguments: object) -> bool:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(record_erase, "replace_unless_changed", full)
    result = wipe(company)
    assert result.records == ()
    assert "No space left" in result.failures[0]
    assert path.read_bytes() == before


def test_somebody_known_has_to_answer_for_it(company: Path) -> None:
    put(company, "old")
    with pytest.raises(UsageError, match="nemo"):
        erase(look(company), Erasing(by="nemo", on=DAY))


def test_records_outside_the_project_are_erased_there_with_their_evidence(
    company: Path, tmp_path: Path
) -> None:
    outside = tmp_path / "archive"
    (outside / "evidence").mkdir(parents=True)
    (outside / "evidence/own.pdf").write_bytes(b"x")
    path = outside / "old.json"
    write_json(path, record("old", proof={"file": "evidence/own.pdf"}))
    assert wipe(company).records == ()
    result = wipe(company, evidence=True, folders=(outside,))
    assert [Path(name) for name in result.evidence] == [outside / "evidence/own.pdf"]
    assert "erased" in json.loads(path.read_text(encoding="utf-8"))
    assert findings(company, outside) == [("record/erased", Severity.INFO, "old.json")]


def test_an_erased_case_can_still_have_been_called(company: Path) -> None:
    """Whoever called it needs its process, end and day of closing only, which the stone holds."""
    sub = definition("sub", {**PROCESS, "kpis": []})
    for folder in (company / "process/sub", company / "process/sub/versions/1.0"):
        write_json(folder / "process.yaml", sub)
    write_json(company / "process/sub/versions/1.0/approvals.yaml", approval(sub, {}))
    steps = [{"id": "call", "calls": {"process": "sub"}, "next": {"end": "done"}}]
    caller = definition("caller", {"steps": steps})
    write_json(company / "process/caller/versions/1.0/process.yaml", caller)
    write_json(company / "process/caller/versions/1.0/approvals.yaml", approval(caller, {}))
    called = company / "process/sub/records/Q-1.json"
    write_json(called, record("Q-1") | {"process": "sub"})
    call = {"step": "call", "by": "wanda", "completed": "2021-05-04", "called_case": "Q-1"}
    data = record("X-1", "2021-05-04", steps=[call]) | {"process": "caller"}
    write_json(company / "process/caller/records/X-1.json", data)
    assert findings(company) == []
    assert [one.case for one in wipe(company).records] == ["Q-1"]
    assert findings(company) == [("record/erased", Severity.INFO, "Q-1.json")]


def test_a_stone_is_explained_and_never_filled_in_again(company: Path, tmp_path: Path) -> None:
    put(company, "old")
    wipe(company)
    (explained,) = explain_case(company, "old", lambda _zone: DAY).cases
    assert explained.rows == ()
    assert [one.code for one in explained.findings] == ["record/erased"]
    form = tmp_path / "old.docx"
    with pytest.raises(UsageError, match="was erased"):
        new_form(company, "kept", "old", None, "docx", form, lambda _zone: DAY)
    assert not form.exists()
    loaded = load(company)
    told = Told(process="kept", version="1.0", data={"case": "old", "steps": []}, rounds=())
    with pytest.raises(IntakeError) as error:
        RecordStore(loaded).plan(told, {}, "Title", overwrite=True)
    assert "was erased" in error.value.note.message


def test_opaque_person_ids_do(company: Path) -> None:
    people = company / "process/people.yaml"
    hidden = "p-7f3a91.k2"
    known = f"{hidden}: {{name: {hidden}, roles: [{{role: worker}}]}}\n"
    people.write_text(people.read_text(encoding="utf-8") + known, encoding="utf-8")
    put(company, "right", "2026-01-01", steps=[done_by(hidden)])
    put(company, "wrong", "2026-01-01", steps=[done_by("p-000000")])
    assert findings(company) == [("record/unknown-person", Severity.ERROR, "wrong.json")]


def done_by(person: str) -> dict:
    return {"step": "a", "by": person, "completed": "2021-05-03", "outputs": proof("offer")}


def proof(document: str) -> dict:
    return {document: {"reference": "x"}}


def test_a_stone_counts_as_a_case_and_not_as_one_that_conforms(company: Path) -> None:
    put(company, "old")
    put(company, "new", "2026-01-01")
    assert len(wipe(company).records) == 1
    question = Question(process="kept", kind="year")
    (measured,) = measure(company, question, lambda _zone: DAY).processes
    cells = {figure.id: figure.cells for figure in measured.figures}
    cases = {cell.period.label: cell.cases for cell in cells["cases"]}
    assert cases["2021"] == 2
    right = {cell.period.label: (cell.value, cell.missing) for cell in cells["right"]}
    assert (right["2021"], right["2026"]) == ((None, 1), (100.0, 0))

from __future__ import annotations

import functools
import http.server
import shutil
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml

from artifacts.handbook.handbook_worlds import nasty_contexts, project_contexts
from artifacts.webform.webform_worlds import REPOSITORY, context_of, page_of
from browser.form_pages import MARKS, drive, quiet
from records.support import PLACE, entry, judge, process, said, world
from regelwerk.cli.main import run
from regelwerk.project.reading import parse
from regelwerk.records.check import check_case
from regelwerk.records.compile import compile_definition

pytestmark = MARKS

SACRED = 'R&D <Vertrieb> "quoted" {{ x }} ü 漢字'
HOSTILE = '</script><img src=x onerror="globalThis.hacked=1"><!-- \' " ` ${1}'
TRAPS = ["yes", "1:30", "2026-11-24", "=1+1", "0123", SACRED, HOSTILE, "null", "~", " two\nlines "]

WON: dict[str, Any] = {
    "process": "sales",
    "version": "1.3",
    "case": "S-2026-0100",
    "subject": SACRED,
    "status": "closed",
    "started": "2026-05-16",
    "closed": "2026-07-04",
    "end": "inquiry-received",
    "inputs": {"customer-request": {"reference": "=1+1"}},
    "steps": [
        {"step": "make-appointment", "by": "anna.beispiel", "completed": "2026-05-17"},
        {
            "step": "prepare",
            "by": ["anna.beispiel", "bernd.muster"],
            "completed": "2026-05-18",
            "remarks": "0123",
        },
        {"step": "conduct-first-appointment", "by": "clara.probe", "completed": "2026-05-19"},
        {
            "step": "revise",
            "by": "anna.beispiel",
            "completed": "2026-05-20",
            "outputs": {"assessment": {"reference": "yes"}},
        },
        {
            "step": "assess",
            "by": "anna.beispiel",
            "completed": "2026-05-21",
            "outputs": {"risk-assessment": {"reference": "1:30"}},
        },
        {
            "step": "decide",
            "by": "magda.exempel",
            "completed": "2026-06-01",
            "option": "interested",
            "remarks": HOSTILE,
        },
        {
            "step": "qualify",
            "by": "anna.beispiel",
            "completed": "2026-06-14",
            "called_case": {"reference": "2026-11-24"},
            "outputs": {"specified-contact": {"reference": "odoo lead 1"}},
        },
        {"step": "receive-inquiry", "by": "anna.beispiel", "completed": "2026-07-04"},
    ],
}
LOST: dict[str, Any] = {
    **WON,
    "case": "S-2026-0101",
    "end": "transferred",
    "closed": "2026-06-02",
    "steps": [
        *WON["steps"][:5],
        {**WON["steps"][5], "option": "not-interested"},
        {"step": "transfer", "by": "bernd.muster", "completed": "2026-06-02"},
    ],
}
OTHER_WORDING = "It was filled in by another wording of version 1.3. Check every step."
STARTED = {
    "case": "S-2026-0102",
    "subject": "Begun",
    "started": "2026-11-20",
    "status": "open",
    "steps": WON["steps"][:1],
}


def step(id_: str, answers: dict[str, Any], **more: Any) -> dict[str, Any]:
    """An entry of the working definition with every check answered yes."""
    definition = project_contexts(REPOSITORY)["sales/draft"].definition.process
    known = definition.step(id_)
    assert known is not None
    checks = {check.id: "yes" for check in known.checks}
    outputs = {document: {"reference": "odoo"} for document in known.outputs}
    found = {"step": id_, "by": "anna.beispiel", **more, "checks": checks, "fields": answers}
    found["outputs"] = outputs
    return {key: value for key, value in found.items() if value != {}}


def drafted(option: str) -> dict[str, Any]:
    """A case by the working definition: assessed twice, then decided."""
    begun = [
        step(
            "make-appointment",
            {
                "contact": TRAPS[0],
                "email": TRAPS[1],
                "origin": "Trade fair",
                "date": "2026-05-20",
                "time": TRAPS[2],
                "place": TRAPS[3],
            },
            completed="2026-05-17",
        ),
        step("prepare", {"starting-points": TRAPS[9]}, completed="2026-05-18"),
        step(
            "conduct-first-appointment",
            {"second-participant": TRAPS[4], "duration": 1.5},
            completed="2026-05-19",
        ),
        step(
            "revise",
            {"topics": TRAPS[5], "agreed": TRAPS[6], "impression": "Open"},
            completed="2026-05-20",
        ),
        assessed("2026-05-21", TRAPS[7]),
        decided("2026-05-22", "unclear"),
        assessed("2026-05-23", TRAPS[8]),
        decided("2026-05-26", option),
    ]
    return {
        **{key: WON[key] for key in ("process", "subject", "started", "inputs")},
        "version": "1.4",
        "case": "S-2026-0103",
        "status": "open",
        "steps": begun,
    }


def assessed(day: str, text: str) -> dict[str, Any]:
    answers = {"volume": 12000, "risk": "High", "recommendation": text}
    return step("assess", answers, completed=day)


def decided(day: str, option: str) -> dict[str, Any]:
    answers = {"reason": "We know enough."}
    return step("decide", answers, by="magda.exempel", completed=day, option=option)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    for name, context in project_contexts(REPOSITORY).items():
        path = folder / f"{name.replace('/', '-')}.html"
        path.write_text(page_of(context), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def address(pages: Path) -> str:
    return (pages / "sales-1.3.html").as_uri()


@pytest.fixture(scope="module")
def draft(pages: Path) -> str:
    return (pages / "sales-draft.html").as_uri()


def read(path: str) -> dict[str, Any]:
    """The file as the generator reads it, which is as YAML 1.2 has it."""
    tree = parse(Path(path).read_text(encoding="utf-8"), is_json=False)
    assert tree.problems == ()
    return tree.data


def without_source(record: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in record.items() if key not in ("source", "x-status")}


@pytest.mark.parametrize("record", [WON, LOST], ids=["won", "lost"])
def test_a_case_typed_by_keyboard_alone_is_a_record_that_passes(
    address: str, tmp_path: Path, record: dict[str, Any]
) -> None:
    found = drive("fill", address=address, record=record, folder=tmp_path)
    assert found["problems"] == []
    quiet(found, address)
    assert found["at"] == address
    assert Path(found["path"]).name == f"{record['case']}.yaml"
    made = read(found["path"])
    assert without_source(made) == record
    digest = project_contexts(REPOSITORY)["sales/1.3"].verdict.digest
    assert made["source"] == {"kind": "web", "x-definition": digest}
    assert [f"{one['step']}#1" for one in record["steps"]] == found["shown"]
    for name in ("process", "schemas", "templates"):
        shutil.copytree(REPOSITORY / name, tmp_path / "project" / name)
    target = tmp_path / "project" / "process" / "sales" / "records" / Path(found["path"]).name
    shutil.copy(found["path"], target)
    place = target.relative_to(tmp_path / "project").as_posix()
    options = ["-C", str(tmp_path / "project"), "--as-of", "2026-11-24"]
    code = run([*options, "records", "check", place])
    assert code == 0


@pytest.mark.parametrize("option", ["interested", "not-interested"])
def test_every_kind_of_field_a_loop_and_texts_that_look_like_something_else(
    draft: str, tmp_path: Path, option: str
) -> None:
    record = drafted(option)
    found = drive("fill", address=draft, record=record, folder=tmp_path)
    assert found["problems"] == []
    quiet(found, draft)
    made = read(found["path"])
    assert made["x-status"] == "DRAFT"
    assert Path(found["path"]).read_text(encoding="utf-8").startswith("# DRAFT")
    assert without_source(made) == record
    # Any other reader of YAML gets the same, whatever it takes `yes` and `1:30` for.
    assert yaml.safe_load(Path(found["path"]).read_text(encoding="utf-8")) == made
    following = {"interested": "qualify#1", "not-interested": "transfer#1"}[option]
    assert found["shown"][:8] == [
        *("make-appointment#1", "prepare#1", "conduct-first-appointment#1", "revise#1"),
        *("assess#1", "decide#1", "assess#2", "decide#2"),
    ]
    assert found["shown"][8:] == [following]
    project = project_contexts(REPOSITORY)["sales/draft"].project
    definition = project_contexts(REPOSITORY)["sales/draft"].definition.process
    table = compile_definition(definition, project.organization)
    given = world(
        table,
        organization=project.organization,
        people=project.people,
        zone=ZoneInfo("Europe/Berlin"),
        as_of=date(2026, 5, 27),
        in_force=lambda _process, _day: "1.4",
    )
    assert said(check_case(made, table, given, PLACE)) == []


def test_a_form_that_nobody_touched_records_nothing(address: str, tmp_path: Path) -> None:
    found = drive("untouched", address=address, folder=tmp_path)
    assert found["saved"] is None
    assert found["checked"] is None
    assert "nothing to save" in found["said"]
    assert (found["stored"], found["answered"], found["typed"]) == ([], 0, 0)
    assert found["problems"] == [
        *("Case is missing", "Subject is missing", "Started on is missing"),
        "Status: an answer is missing",
    ]
    assert found["focus"] == "problems"
    quiet(found, address)


def test_loading_the_page_again_restores_the_draft_until_it_is_deleted(
    draft: str, tmp_path: Path
) -> None:
    record = drafted("interested")
    found = drive("reload", address=draft, record=record, folder=tmp_path)
    assert found["said"] == "The draft of S-2026-0103 is restored."
    assert found["problems"] == []
    assert without_source(read(found["path"])) == record
    assert (found["stored"], found["typed"], found["focus"]) == ([], "", "new")
    quiet(found, draft)


LOOKS = [{"width": width, "dark": dark} for width in (360, 1280) for dark in (False, True)]


@pytest.mark.parametrize("page", ["sales-1.3", "sales-draft", "sales-customer-qualification-draft"])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(
    pages: Path, tmp_path: Path, page: str
) -> None:
    address = (pages / f"{page}.html").as_uri()
    record = {"case": "a b", "steps": []}
    if page == "sales-draft":
        record["steps"] = [{"step": "make-appointment", "fields": {"contact": "x"}}]
    found = drive("judge", address=address, looks=LOOKS, folder=tmp_path, record=record)
    assert len(found["found"]) == 2 * len(LOOKS)
    for look in found["found"]:
        assert look["violations"] == [], look
        assert look["width"] in (360, 1280), look
    assert found["errors"] >= (12 if page == "sales-draft" else 4)
    quiet(found, address)


def test_each_problem_leads_to_its_field(address: str) -> None:
    found = drive("links", address=address)
    assert found["found"] == ["Case", "Subject", "Started on", "Status"]
    assert "?" not in found["at"]


RECORDS = sorted((REPOSITORY / "process" / "sales" / "records").glob("S-*"))


def test_records_made_by_hand_come_back_as_they_were(address: str, tmp_path: Path) -> None:
    found = drive("load", address=address, files=RECORDS, folder=tmp_path)
    for file, loaded in zip(RECORDS, found["loaded"], strict=True):
        before = parse(file.read_text(encoding="utf-8"), is_json=file.suffix == ".json").data
        if before["version"] == "1.3":
            assert without_source(read(loaded["path"])) == without_source(before)
            assert loaded["aside"] == []
    assert [one["path"] for one in found["loaded"]].count(False) == 0
    quiet(found, address)


def test_a_case_goes_on_from_a_file_on_another_device(address: str, tmp_path: Path) -> None:
    (tmp_path / "laptop").mkdir()
    begun = drive("fill", address=address, record=STARTED, folder=tmp_path / "laptop")
    more = {"steps": [{"step": "prepare", "by": "anna.beispiel", "completed": "2026-11-21"}]}
    given = {"address": address, "files": [begun["path"]], "folder": tmp_path}
    [found] = drive("load", **given, more=more, button="check")["loaded"]
    assert found["problems"] == []
    steps = read(found["path"])["steps"]
    assert [one["step"] for one in steps] == ["make-appointment", "prepare"]


BAD_FILES = {
    "process: other\nversion: '1.3'\ncase: A\nsteps: []\n": "belongs to the process other",
    "process: sales\nversion: '1.2'\ncase: A\nsteps: []\n": "belongs to version 1.2",
    "a: &a [x]\nprocess: *a\n": "cannot be read",
    "process: [": "cannot be read",
    "just a text": "holds no record",
    "- process: sales\n": "several cases",
    "process: sales\nversion: '1.3'\nsteps: [1]\n": "holds no record",
    "process: !!js/function 'x'\n": "cannot be read",
    "[" * 500: "cannot be read",
    "process: sales\nversion: '1.3'\nsteps:\n" + "- step: assess\n" * 301: "too large",
    "": "cannot be read",
}


def test_a_file_that_is_no_record_of_this_process_is_refused_in_words(
    address: str, tmp_path: Path
) -> None:
    files = []
    for number, text in enumerate(BAD_FILES):
        files.append(tmp_path / f"{number}.yaml")
        files[-1].write_text(text, encoding="utf-8")
    found = drive("load", address=address, files=files, folder=tmp_path)
    for loaded, words in zip(found["loaded"], BAD_FILES.values(), strict=True):
        assert words in loaded["said"]
        assert (loaded["path"], loaded["typed"]) == (False, "")
    quiet(found, address)


def test_what_a_file_says_beyond_the_form_stays_and_is_named(address: str, tmp_path: Path) -> None:
    record = {
        **WON,
        "x-note": {"a": [1, "b"]},
        "source": {"kind": "web", "x-definition": "sha256:" + "00" * 32},
        "steps": [
            *WON["steps"][:2],
            {"step": "dance", "by": "anna.beispiel", "completed": "2026-05-18"},
            {"step": "prepare", "by": "anna.beispiel", "completed": "2026-05-18", "x-n": 1},
            *WON["steps"][2:],
        ],
        "deviations": [
            {
                "finding": "record/repeated-step",
                "step": "prepare",
                "reason": HOSTILE,
                "approved_by": "gerald.unger",
                "on": "2026-06-01",
            }
        ],
    }
    file = tmp_path / "in.yaml"
    file.write_text(yaml.safe_dump(record, allow_unicode=True), encoding="utf-8")
    [found] = drive("load", address=address, files=[file], folder=tmp_path)["loaded"]
    assert without_source(read(found["path"])) == without_source(record)
    assert OTHER_WORDING in found["said"]
    assert "dance, deviations" in found["said"]
    assert found["aside"] == ["prepare"]


def test_only_the_branch_chosen_is_recorded(address: str, tmp_path: Path) -> None:
    file = tmp_path / "in.yaml"
    file.write_text(yaml.safe_dump({**WON, "steps": WON["steps"][:6]}), encoding="utf-8")
    touch = "document.getElementById('f-06_1_opt-2').click()"
    given = {"address": address, "files": [file], "folder": tmp_path}
    [found] = drive("load", **given, touch=touch)["loaded"]
    assert found["shown"][-1] == "transfer#1"
    assert read(found["path"])["steps"][-1]["option"] == "not-interested"


LARGE = process(
    [
        {
            "id": "visit",
            "repeatable": True,
            "fields": [{"id": "n", "label": "N", "type": "number"}],
        },
        {
            "id": "both",
            "parallel": {
                "left": [{"id": "weigh"}, {"id": "count", "optional": True}],
                "right": [{"id": "paint"}],
            },
        },
        {
            "id": "ask",
            "responsible": "boss",
            "not_same_person_as": ["paint"],
            "decision": {
                "question": "Good?",
                "options": {
                    "yes": {"label": "Yes", "next": {"end": "done"}},
                    "no": {"label": "No", "next": "both"},
                },
            },
        },
    ]
)


def large_record(*steps: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "process": "p",
        "version": "1.0",
        "case": "C-1",
        "subject": "S",
        "started": "2026-03-02",
        "status": "closed",
        "closed": "2026-03-30",
        "end": "done",
        "steps": list(steps),
        **more,
    }


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("large") / "checklist.html"
    path.write_text(page_of(context_of(LARGE)), encoding="utf-8")
    return path.as_uri()


def test_repetitions_loops_and_parallel_branches_in_any_order(large: str, tmp_path: Path) -> None:
    done = [
        entry("visit", completed="2026-03-03", fields={"n": 1}),
        entry("visit", completed="2026-03-04", fields={"n": 2.5}),
        entry("visit", completed="2026-03-04"),
        entry("paint", completed="2026-03-05"),
        entry("weigh", completed="2026-03-06"),
        entry("count", completed="2026-03-06"),
        entry("ask", "no", by="bob", completed="2026-03-07"),
        entry("weigh", completed="2026-03-08"),
        entry("paint", completed="2026-03-09"),
        entry("ask", "yes", by="bob", completed="2026-03-10"),
    ]
    record = large_record(*done)
    found = drive("fill", address=large, record=record, folder=tmp_path)
    assert found["problems"] == []
    made = read(found["path"])
    assert without_source(made) == record
    assert said(judge(LARGE, {key: made[key] for key in record if key != "subject"})) == []


@pytest.mark.parametrize(("typed", "said"), [("12.000", True), ("0.125", False), ("12.5", False)])
def test_a_number_that_may_be_a_thousand_times_more_is_told(
    large: str, tmp_path: Path, typed: str, *, said: bool
) -> None:
    done = entry("visit", completed="2026-03-03", fields={"n": typed})
    found = drive("fill", address=large, record=large_record(done, end="off"), folder=tmp_path)
    assert any("N is not a number such as" in one for one in found["problems"]) is said


def test_what_is_left_out_and_who_did_too_much_is_told(large: str, tmp_path: Path) -> None:
    done = [
        entry("visit", completed="2026-03-03", fields={"n": "1,5"}),
        entry("paint", by="bob", completed="0026-03-05"),
        entry("ask", "yes", by="bob", completed="2026-03-10"),
    ]
    found = drive("fill", address=large, record=large_record(*done, end="off"), folder=tmp_path)
    assert found["path"] is None
    assert found["problems"] == [
        "Step 1: N is not a number such as 1234.5, without thousands separators",
        "Step 2a.1: WEIGH is not filled in, though a later step is",
        "Step 2b.1: Done on is not a complete date",
        "Step 3: Done by: Bob has also done step 2b.1 PAINT, which four eyes forbid",
        "End: by what is decided, the case ended otherwise (Done)",
    ]


def test_texts_of_a_definition_run_nothing(tmp_path: Path) -> None:
    for name, context in nasty_contexts().items():
        path = tmp_path / f"{name.replace('/', '-')}.html"
        path.write_text(page_of(context), encoding="utf-8")
        found = drive("untouched", address=path.as_uri(), folder=tmp_path)
        quiet(found, path.as_uri())
        assert found["dialogs"] == []
        assert found["problems"]


def test_without_scripts_the_page_says_so_prints_whole_and_sends_nothing(
    draft: str, tmp_path: Path
) -> None:
    found = drive("print", address=draft, folder=tmp_path, name="empty.pdf", scripts=False)
    assert "Scripts are switched off" in found["text"]
    assert "Receive specific customer inquiry" in found["text"]
    assert "Round 2" in found["text"]
    assert "Check and download" not in found["text"]
    quiet(found, draft)
    sent = drive("submit", address=draft)
    assert sent["at"] == draft
    quiet(sent, draft)


def test_on_paper_every_page_says_what_it_is(draft: str, tmp_path: Path) -> None:
    from pypdf import PdfReader

    drive("print", address=draft, folder=tmp_path, name="page.pdf", record=drafted("interested"))
    texts = [page.extract_text() for page in PdfReader(tmp_path / "page.pdf").pages]
    assert len(texts) > 3
    for text in texts:
        assert "DRAFT" in text
        assert "version 1.4" in text
    whole = "\n".join(texts)
    assert "We know enough." in whole
    assert "mm/dd/yyyy" not in whole
    assert "Save to a file" not in whole


@pytest.fixture
def server(pages: Path) -> Iterator[str]:
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(pages))
    handler.keywords["directory"] = str(pages)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as found:
        threading.Thread(target=found.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{found.server_port}"
        found.shutdown()


def test_over_http_it_is_the_same(server: str, tmp_path: Path) -> None:
    address = f"{server}/sales-1.3.html"
    found = drive("fill", address=address, record=STARTED, folder=tmp_path)
    assert found["problems"] == []
    quiet(found, address)
    assert read(found["path"])["case"] == STARTED["case"]
    sent = drive("submit", address=address)
    assert sent["at"] == address
    quiet(sent, address)


def test_cases_are_kept_apart_and_an_answer_can_be_taken_back(draft: str) -> None:
    found = drive("cases", address=draft, radio="f-01_1_c1-2")
    assert (found["offered"], found["cleared"], found["focus"]) == (True, False, "01_1_c1")
    assert (found["fresh"], found["first"]) == ("", ["Open A-1"])
    assert (found["opened"], found["second"], found["again"]) == ("A-1", ["Open B-2"], "A-1")
    assert [draft_["head"] for draft_ in found["stored"]] == [{"case": "B-2"}]
    assert [draft_["visits"] for draft_ in found["stored"]] == [[]]
    assert found["dialogs"] == [
        "Delete the draft of A-1 from this device? What is in no file is lost."
    ]
    quiet(found, draft)


def test_a_draft_of_another_wording_is_told_and_a_broken_one_is_passed_over(address: str) -> None:
    found = drive("strange", address=address)
    assert found["said"] == [
        [
            f"The draft of A-1 is restored. {OTHER_WORDING}",
            "A-1",
        ],
        ["", ""],
        ["This browser keeps no drafts. Save to a file before you close the page.", "B"],
    ]
    quiet(found, address)

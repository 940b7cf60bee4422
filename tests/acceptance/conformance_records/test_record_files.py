"""Records in YAML, JSON and JSONL files: how they are read, and where a finding stands."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from acceptance.conformance_records.company import Findings, check, write_company

FOLDER = "process/linear/records"


@pytest.fixture
def company(tmp_path: Path) -> Path:
    write_company(tmp_path)
    return tmp_path


def _record(case: str, *steps: str, **more: object) -> dict[str, object]:
    done = [{"step": step, "by": "wanda", "completed": "2026-03-02"} for step in steps or "abcd"]
    head = {"process": "linear", "version": "1.0", "case": case, "status": "closed"}
    return {
        **head,
        "started": "2026-03-02",
        "closed": "2026-03-02",
        "end": "done",
        "steps": done,
    } | more


def _write(root: Path, name: str, content: bytes | str) -> str:
    path = root / FOLDER / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return f"{FOLDER}/{name}"


def _short(findings: Findings) -> list[str]:
    return [
        f"{file.removeprefix(FOLDER + '/')}:{one['line']}:{one['column']} "
        f"{one['code']} {one['path']}"
        for file, found in sorted(findings.items())
        for one in found
    ]


def _lines(*records: dict[str, object] | str) -> str:
    return "".join((one if isinstance(one, str) else json.dumps(one)) + "\n" for one in records)


def test_lines_are_judged_each_for_itself(company: Path) -> None:
    skipping = _record("L-2", "a", "c", "d")
    text = _lines(
        _record("L-1"), "", skipping, "   ", '{"process": ', _record("L-3", "a", "b", "d")
    )
    _write(company, "x.jsonl", text)
    entry = json.dumps(skipping["steps"]).split(", {")[0]
    second = json.dumps(skipping).index(entry) + len(entry) + 3
    third = second + len(entry) + 1
    assert _short(check(company)) == [
        f"x.jsonl:3:{second} record/skipped-step $.steps[1]",
        "x.jsonl:5:13 yaml/syntax $",
        f"x.jsonl:6:{third} record/skipped-step $.steps[2]",
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_line_ends_and_a_byte_order_mark_change_nothing(
    company: Path, end: str, mark: bytes
) -> None:
    text = end.join(json.dumps(_record(f"L-{n}")) for n in range(3)) + end
    _write(company, "x.jsonl", mark + text.encode())
    _write(
        company, "y.json", mark + json.dumps(_record("J-1"), indent=1).replace("\n", end).encode()
    )
    lines = [f"{key}: {json.dumps(value)}" for key, value in _record("Y-1").items()]
    _write(company, "z.yaml", mark + end.join(lines).encode() + end.encode())
    assert check(company) == {}


def test_a_lone_record_on_one_line_without_a_line_end(company: Path) -> None:
    _write(company, "x.jsonl", json.dumps(_record("L-1")))
    assert check(company) == {}


def test_an_empty_file_of_lines_holds_no_records(company: Path) -> None:
    _write(company, "x.jsonl", "")
    _write(company, "y.jsonl", "\n\n")
    assert check(company) == {}


def test_an_empty_file_is_no_record(company: Path) -> None:
    _write(company, "x.yaml", "")
    _write(company, "y.json", "")
    _write(company, "z.yaml", "# nothing yet\n")
    assert len(_short(check(company))) == 3


def test_a_list_is_no_record(company: Path) -> None:
    _write(company, "x.yaml", "- process: linear\n")
    _write(company, "y.json", json.dumps([_record("L-1")]))
    _write(company, "z.jsonl", "[]\n")
    assert _short(check(company)) == [
        "x.yaml:1:1 schema/type $",
        "y.json:1:1 schema/type $",
        "z.jsonl:1:1 schema/type $",
    ]


def test_the_later_place_has_the_case_id_twice(company: Path) -> None:
    _write(company, "a.jsonl", _lines(_record("L-1"), _record("L-2"), _record("L-1")))
    _write(company, "b.json", json.dumps(_record("L-2")))
    _write(company, "b.yaml", json.dumps(_record("L-1")))
    _write(company, "sub/a.yaml", json.dumps(_record("L-2")))
    column = json.dumps(_record("L-1")).index('"case"') + 1
    assert _short(check(company)) == [
        f"a.jsonl:3:{column} record/duplicate-case $.case",
        f"b.json:1:{column} record/duplicate-case $.case",
        f"b.yaml:1:{column} record/duplicate-case $.case",
        f"sub/a.yaml:1:{column} record/duplicate-case $.case",
    ]


def test_case_ids_are_compared_over_processes(company: Path) -> None:
    _write(company, "x.yaml", json.dumps(_record("L-1")))
    other = company / "process/decision/records/x.yaml"
    other.parent.mkdir(exist_ok=True)
    other.write_text(json.dumps(_record("L-1")))
    assert [line.rsplit(" ", 2)[1] for line in _short(check(company))] == ["record/duplicate-case"]
    assert f"{FOLDER}/x.yaml" in check(company)


def test_a_path_given_is_still_compared_with_all_others(company: Path) -> None:
    _write(company, "a.yaml", json.dumps(_record("L-1")))
    later = _write(company, "b.yaml", json.dumps(_record("L-1")))
    assert list(check(company, str(company / later))) == [later]
    assert check(company, str(company / FOLDER / "a.yaml")) == {}


def test_folders_named_evidence_and_other_files_hold_no_records(company: Path) -> None:
    for name in ("evidence/x.yaml", "deep/evidence/in/x.json", "notes.txt", "README.md"):
        _write(company, name, "nonsense: [")
    assert check(company) == {}


def test_faults_of_reading_say_where(company: Path) -> None:
    _write(company, "a.yaml", "process: linear\nversion: [\n")
    _write(company, "b.yaml", b"process: lin\xe4r\n")
    _write(company, "c.json", '{"process": "linear",\n "process": "linear"}')
    _write(company, "d.json", '{"process": NaN}')
    _write(company, "e.yaml", "process: !python/name:os.system x\n")
    said = {line.split(" ")[0].split(":")[0]: line.split(" ")[1] for line in _short(check(company))}
    assert said["a.yaml"] == "yaml/syntax"
    assert said["b.yaml"] == "yaml/encoding"
    assert "c.json:2:2 yaml/duplicate-key $.process" in _short(check(company))
    assert said["d.json"] == "yaml/syntax"
    assert said["e.yaml"] == "yaml/syntax"


def test_an_unknown_process_or_version_is_one_finding(company: Path) -> None:
    _write(company, "a.json", json.dumps(_record("L-1", "x", "y", process="linaer"), indent=1))
    _write(company, "b.json", json.dumps(_record("L-2", "x", "y", version="1.1"), indent=1))
    assert _short(check(company)) == [
        "a.json:2:2 record/unknown-process $.process",
        "b.json:3:2 record/unknown-version $.version",
    ]
    assert "linear" in check(company)[f"{FOLDER}/a.json"][0]["hint"]


def test_a_link_out_of_the_project_is_never_opened(company: Path) -> None:
    outside = company.parent / "outside.txt"
    outside.write_text("secret")
    place = company / "process/swap/records/evidence"
    (place / "link.txt").symlink_to(outside)
    (place / "folder").symlink_to(company.parent)
    (place / "inside.txt").symlink_to(place / "there.txt")
    for name, file in {"a": "link.txt", "b": "folder/outside.txt", "c": "inside.txt"}.items():
        data = _record(f"E-{name}", "a", "b", "c", process="swap")
        steps = data["steps"]
        assert isinstance(steps, list)
        steps[0]["outputs"] = {"paper": {"file": f"evidence/{file}"}}
        (place.parent / f"{name}.yaml").write_text(json.dumps(data))
    assert [finding["code"] for found in check(company).values() for finding in found] == [
        "record/evidence-missing",
        "record/evidence-missing",
    ]


def test_a_huge_record_is_judged_whole(company: Path) -> None:
    rounds = ["a", *["r"] * 3000, "b", "b", "c"]
    path = company / "process/repeatable/records/x.json"
    path.write_text(json.dumps(_record("H-1", *rounds, process="repeatable"), indent=1))
    found = check(company)["process/repeatable/records/x.json"]
    assert [(one["code"], one["path"]) for one in found] == [
        ("record/repeated-step", "$.steps[3002]")
    ]


@pytest.mark.parametrize(
    ("file", "content", "code"),
    [
        ("process/organization.yaml", "name: [\n", "yaml/syntax"),
        ("process/people.yaml", "wanda: [\n", "yaml/syntax"),
        ("process/linear/versions/1.0/process.yaml", "id: [\n", "approval/digest-mismatch"),
        ("process/linear/versions/1.0/process.yaml", "id: linear\n", "approval/digest-mismatch"),
        ("process/linear/versions/1.0/approvals.yaml", "version: [\n", "yaml/syntax"),
    ],
)
def test_what_keeps_a_record_from_being_judged_is_said_once(
    company: Path, file: str, content: str, code: str
) -> None:
    for number in range(3):
        _write(company, f"{number}.json", json.dumps(_record(f"L-{number}", "x", "y")))
    (company / file).write_text(content)
    elsewhere = {name: found for name, found in check(company).items() if "/records/" not in name}
    place = "process/linear/versions/1.0/approvals.yaml" if code.startswith("app") else file
    assert [finding["code"] for finding in elsewhere[place]] == [code]
    assert list(elsewhere) == [place]


def test_a_version_that_is_not_approved_and_cannot_be_read_was_not_in_force(company: Path) -> None:
    path = _write(company, "x.json", json.dumps(_record("L-1")))
    version = company / "process/linear/versions/1.0"
    (version / "approvals.yaml").unlink()
    (version / "process.yaml").write_text("id: [\n")
    assert [finding["code"] for finding in check(company)[path]] == ["record/version-not-effective"]

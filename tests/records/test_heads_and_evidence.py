"""Process, version and case id of a record; evidence files; and records that are no records."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path
from random import Random

import pytest

from records.support import PLACE, compiled, entry, process, record, said, world
from regelwerk.records import evidence
from regelwerk.records.check import check_record
from regelwerk.records.evidence import EvidenceFolder, EvidenceState
from regelwerk.records.index import build_index, case_entry

STEPS = [{"id": "a", "next": {"end": "done"}}]


def checked(data: object, place=PLACE, **more) -> list[str]:
    table = compiled(process(STEPS))
    return said(check_record(data, place, world(table, **more)))


def test_process_and_version_have_to_be_kept_here() -> None:
    right = record(entry("a"), closed_with="done")
    assert checked(right) == []
    assert checked({**right, "process": "q"}) == ["record/unknown-process process"]
    assert checked({**right, "version": "2.0"}) == ["record/unknown-version version"]


def test_without_a_definition_what_needs_none_is_still_told() -> None:
    data = record(entry("zzz", by="xy", completed="2027-01-01"), process="q", deviations=[{}])
    assert checked(data) == [
        "record/unknown-process process",
        "record/in-future steps.0",
        "record/unknown-person steps.0.by",
    ]


def test_the_version_was_in_force_when_the_case_started() -> None:
    asked: list[tuple[str, date]] = []

    def in_force(name: str, day: date) -> str | None:
        asked.append((name, day))
        return "0.9"

    data = record(started="2026-03-01T23:30:00+00:00")
    assert checked(data, in_force=in_force) == ["record/version-not-effective version"]
    assert asked == [("p", date(2026, 3, 2))]
    assert checked({**data, "started": "soon"}, in_force=in_force) == []


def test_of_equal_case_ids_the_later_path_or_line_has_the_finding() -> None:
    data = record()
    places = [("process/p/records/b.jsonl", 2), ("process/p/records/b.jsonl", 1),
              ("process/p/records/a.yaml", 0)]  # fmt: skip
    cases = build_index(case_entry(data, place) for place in places)
    found = {place: checked(data, place, cases=cases) for place in places}
    assert found[places[2]] == []
    assert found[places[0]] == found[places[1]] == ["record/duplicate-case case"]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    records = tmp_path / "project" / "process" / "p" / "records"
    (records / "evidence").mkdir(parents=True)
    (records / "evidence" / "a.txt").write_bytes(b"evidence")
    (tmp_path / "secret.txt").write_bytes(b"secret")
    (records / "evidence" / "link.txt").symlink_to(tmp_path / "secret.txt")
    (records / "evidence" / "inside.txt").symlink_to("a.txt")
    (records / "evidence" / "loop.txt").symlink_to("loop.txt")
    (records / "evidence" / "folder").symlink_to(tmp_path)
    return tmp_path / "project"


SHA = hashlib.sha256(b"evidence").hexdigest()


@pytest.mark.parametrize(
    ("file", "sha256", "state"),
    [
        ("evidence/a.txt", None, "present"),
        ("evidence/a.txt", SHA, "present"),
        ("evidence/a.txt", SHA.upper(), "present"),
        ("evidence/a.txt", "0" * 64, "changed"),
        ("evidence/inside.txt", SHA, "present"),
        ("evidence/../evidence/a.txt", SHA, "present"),
        ("../../p/records/evidence/a.txt", SHA, "present"),
        ("evidence/none.txt", None, "missing"),
        ("evidence", None, "missing"),
        ("evidence/loop.txt", None, "missing"),
        ("evidence/" + "x" * 5000, None, "missing"),
        ("../../../../secret.txt", None, "outside"),
        ("evidence/link.txt", None, "outside"),
        ("evidence/folder/secret.txt", None, "outside"),
        ("/etc/hosts", None, "outside"),
        ("C:/secret.txt", None, "outside"),
        ("C:secret.txt", None, "outside"),
        ("..\\..\\secret.txt", None, "outside"),
        ("\\\\host\\share\\x", None, "outside"),
        ("//host/share/x", None, "outside"),
        ("https://example.com/a.txt", None, "outside"),
        ("file:///etc/hosts", None, "outside"),
        ("evidence/a.txt\x00", None, "outside"),
    ],
)
def test_evidence_stays_inside_the_project(
    project: Path, file: str, sha256: str | None, state: str
) -> None:
    store = EvidenceFolder(project)
    assert store.state("process/p/records/case.yaml", file, sha256) is EvidenceState(state)


def test_what_lies_outside_is_never_opened(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def opened(_path: Path) -> str:
        raise AssertionError

    monkeypatch.setattr(evidence, "_hash", opened)
    store = EvidenceFolder(project)
    for file in ("evidence/link.txt", "../../../../secret.txt", "evidence/folder/secret.txt"):
        assert store.state("process/p/records/c.yaml", file, "0" * 64) is EvidenceState.OUTSIDE


def test_evidence_that_cannot_be_read_is_missing(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evidence, "_hash", lambda _path: None)
    file = {"doc": {"file": "evidence/a.txt", "sha256": SHA}}
    steps = [{"id": "a", "outputs": ["doc"], "next": {"end": "done"}}]
    table = compiled(process(steps))
    given = world(table, evidence=EvidenceFolder(project))
    found = check_record(record(entry("a", outputs=file), closed_with="done"), PLACE, given)
    assert said(found) == ["record/evidence-missing steps.0.outputs.doc.file"]


def test_the_text_of_a_record_arrives_unharmed_in_messages() -> None:
    odd = 'R&D <Vertrieb> "quoted" {{ x }} ü 漢字'
    table = compiled(process(STEPS))
    (problem,) = check_record(record(entry("a", by=odd)), PLACE, world(table))
    assert f"`{odd}`" in problem.message


KEYS = [
    "process",
    "version",
    "case",
    "status",
    "started",
    "closed",
    "end",
    "steps",
    "step",
    "by",
    "completed",
    "option",
    "outputs",
    "fields",
    "checks",
    "deviations",
    "finding",
    "approved_by",
    "on",
    "file",
    "sha256",
    "called_case",
    "inputs",
    "source",
    "x-y",
]
VALUES = [None, True, 7, 1.5, "a", "", "2026-03-03", "closed", "bob", "C-1"]


def _garbage(random: Random, depth: int = 0) -> object:
    kind = random.randrange(9 if depth < 4 else 6)
    if kind < 6:
        return random.choice(VALUES)
    if kind < 7:
        return [_garbage(random, depth + 1) for _ in range(random.randrange(4))]
    return {key: _garbage(random, depth + 1) for key in random.sample(KEYS, 6)}


def test_nothing_that_a_file_can_hold_stops_the_check() -> None:
    needs = {"inputs": ["d"], "outputs": ["e"], "not_same_person_as": ["a"]}
    given = world(compiled(process([{**STEPS[0], **needs}])))
    for seed in range(500):
        random = Random(seed)  # noqa: S311
        data = {**record(), "steps": _garbage(random)}
        for key in ("started", "deviations", "inputs", "source", "status", "closed"):
            if random.random() < 0.5:
                data[key] = _garbage(random)
        if isinstance(data["steps"], dict):
            data["steps"] = [{"step": "a", **data["steps"]}, data["steps"]]
        for problem in check_record(data, PLACE, given):
            assert problem.message

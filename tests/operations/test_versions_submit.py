"""Freezing: byte for byte, with the names of the day; and when it is refused."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import pytest

from operations.versions_world import (
    begin,
    clock,
    edit,
    errors,
    freeze,
    sign_all_stages,
    state,
    status,
)
from regelwerk.errors import UsageError
from regelwerk.model.context import resolve_names
from regelwerk.operations.versions_find import RefusedError
from regelwerk.operations.versions_submit import submit
from regelwerk.project.load import load

WORKING = "process/example/process.yaml"
WORDING = ("Receive the request", "Take in the request")
LATER = ("within: P2BD", "within: P3BD")
FLOW = ("    not_same_person_as: [receive]\n", "")
FROZEN = "process/example/versions/1.1"


def refused(root: Path) -> str:
    before = state(root)
    with pytest.raises(RefusedError) as error:
        submit(root, "example", None, clock())
    assert state(root) == before
    assert error.value.hint
    return error.value.message


def test_three_files_are_written_and_nothing_else_is_touched(tmp_path: Path) -> None:
    root = begin(tmp_path)
    before = state(root)
    result = freeze(root)
    after = state(root)
    assert {path: after[path] for path in before} == before
    assert sorted(after.keys() - before.keys()) == [
        f"{FROZEN}/{name}" for name in ("approvals.yaml", "context.yaml", "process.yaml")
    ]
    assert after[f"{FROZEN}/process.yaml"] == before[WORKING]
    assert result.digest in after[f"{FROZEN}/approvals.yaml"].decode()
    assert (root / FROZEN).stat().st_mode & 0o777 == 0o755
    assert errors(root) == []
    assert status(root) == "draft"


@pytest.mark.parametrize("form", ["crlf", "bom"])
def test_the_copy_is_exact_whatever_the_line_ends(tmp_path: Path, form: str) -> None:
    root = begin(tmp_path)
    content = (root / WORKING).read_bytes()
    content = content.replace(b"\n", b"\r\n") if form == "crlf" else b"\xef\xbb\xbf" + content
    (root / WORKING).write_bytes(content)
    freeze(root)
    assert (root / FROZEN / "process.yaml").read_bytes() == content
    assert errors(root) == []


def test_names_of_the_day_are_kept_and_renaming_later_changes_nothing(tmp_path: Path) -> None:
    root = begin(tmp_path)
    text = 'R&D <Vertrieb> "quoted" {{ x }} ü 漢字'
    edit(root, "process/organization.yaml", "title: Clerk", f"title: '{text}'")
    edit(
        root,
        "process/organization.yaml",
        "paper_until",
        f"terms: {{a: {{title: A, definition: '{text}'}}}}\npaper_until",
    )
    freeze(root)
    sign_all_stages(root)
    edit(root, "process/organization.yaml", f"title: '{text}'", "title: Somebody else")
    edit(root, "process/organization.yaml", "name: Example & Sons", "name: Other Ltd")
    edit(root, "process/people.yaml", "name: Cora Ceo", "name: Cora Married")
    loaded = load(root)
    context = loaded.project.processes["example"].versions[1].context
    assert context is not None
    names = resolve_names(loaded.project, context)
    assert names.role("clerk") == text
    assert names.organization == "Example & Sons"
    assert names.person("cora.ceo") == "Cora Ceo"
    assert context["standards"] == ["ISO 9001:2015"]
    assert context["terms"]["a"]["definition"] == text
    assert errors(root) == []
    assert status(root, day=date(2026, 7, 1)) == "effective"


def test_only_names_that_the_version_and_its_signers_need_are_kept(tmp_path: Path) -> None:
    root = begin(tmp_path)
    edit(root, "process/organization.yaml", "  ceo:", "  janitor: {title: Janitor}\n  ceo:")
    freeze(root)
    context = load(root).project.processes["example"].versions[1].context
    assert context is not None
    assert set(context["roles"]) == {"clerk", "manager", "qmb", "ceo"}
    assert set(context["people"]) == {"quinn.qmb", "cora.ceo"}


def test_a_number_that_is_frozen_already_is_refused(tmp_path: Path) -> None:
    root = begin(tmp_path)
    freeze(root)
    edit(root, WORKING, "title: Answer a request", "title: Answer requests")
    assert "version 1.1 is frozen already" in refused(root)


def test_a_number_below_a_frozen_one_is_refused_and_compared_as_a_number(tmp_path: Path) -> None:
    root = begin(tmp_path)
    edit(root, WORKING, 'version: "1.1"', 'version: "1.10"')
    freeze(root)
    edit(root, WORKING, 'version: "1.10"', 'version: "1.9"')
    assert "1.9 is lower than 1.10" in refused(root)


def test_a_missing_change_and_other_errors_are_findings_and_nothing_is_frozen(
    tmp_path: Path,
) -> None:
    root = begin(tmp_path)
    edit(root, WORKING, "change: The process is reviewed every two years.\n", "")
    edit(root, WORKING, "responsible: manager", "responsible: nobody")
    before = state(root)
    result = submit(root, "example", None, clock())
    assert {one.code for one in result.findings} == {
        "approval/missing-change",
        "reference/undefined-role",
    }
    assert state(root) == before
    assert result.folder == ""


def test_an_error_in_what_all_share_stops_it_and_one_in_another_process_does_not(
    tmp_path: Path,
) -> None:
    root = begin(tmp_path)
    other = root / "process" / "other" / "process.yaml"
    other.parent.mkdir()
    other.write_text("id: other\n", encoding="utf-8")
    assert submit(root, "example", None, clock()).folder == FROZEN
    edit(root, WORKING, 'version: "1.1"', 'version: "1.2"')
    edit(root, "process/organization.yaml", "country: DE", "contry: DE")
    assert [one.code for one in submit(root, "example", None, clock()).findings] == [
        "schema/unknown-key"
    ]


def test_the_editorial_rule_is_refused_where_more_than_wording_differs(tmp_path: Path) -> None:
    root = begin(tmp_path)
    rule = "  editorial:\n    - {stage: approved, title: Approval, role: qmb}\npaper_until"
    edit(root, "process/organization.yaml", "paper_until", rule)
    edit(root, WORKING, "category: core", "category: core\napproval: editorial")
    result = submit(root, "example", None, clock())
    assert [one.code for one in result.findings] == ["approval/not-editorial"]
    edit(root, WORKING, "review_every: P2Y\n", "")
    edit(root, WORKING, "title: Receive the request", "title: Take in the request")
    result = submit(root, "example", None, clock())
    assert result.findings == ()
    assert result.stages == ("Approval",)


@pytest.mark.parametrize(
    ("old", "new", "version", "extent", "advice"),
    [
        (*WORDING, "1.1", "editorial", "asks for a minor number; 1.1 after 1.0 is one"),
        (*WORDING, "2.0", "editorial", "2.0 after 1.0 is a major one. You decide"),
        (*LATER, "1.1", "minor", "asks for a minor number; 1.1 after 1.0 is one"),
        (*FLOW, "1.1", "major", "asks for a major number; 1.1 after 1.0 is a minor one"),
        (*FLOW, "2.0", "major", "2.0 after 1.0 is one"),
    ],
)
def test_it_says_whether_the_change_asks_for_a_major_or_a_minor_number(
    tmp_path: Path, old: str, new: str, version: str, extent: str, advice: str
) -> None:
    root = begin(tmp_path)
    edit(root, WORKING, "review_every: P2Y\n", "")
    edit(root, WORKING, 'version: "1.1"', f'version: "{version}"')
    edit(root, WORKING, old, new)
    change = freeze(root).change
    assert change is not None
    assert change.extent == extent
    assert change.before == "1.0"
    assert advice in change.advice(version)
    assert len(change.sentences) == 3  # the version's number and reason, and this


def test_what_lies_there_frozen_and_unsigned_is_not_compared_with(tmp_path: Path) -> None:
    """Or a change could hide in a version that nobody signs."""
    root = begin(tmp_path)
    edit(root, WORKING, *FLOW)
    freeze(root)
    edit(root, WORKING, 'version: "1.1"', 'version: "1.2"')
    change = freeze(root).change
    assert change is not None
    assert (change.before, change.extent) == ("1.0", "major")


def test_the_first_version_of_a_process_asks_for_nothing(tmp_path: Path) -> None:
    import shutil

    root = begin(tmp_path)
    shutil.rmtree(root / "process/example/versions")
    change = freeze(root).change
    assert change is not None
    assert (change.before, change.advice("1.1")) == (None, "")


def test_an_unknown_process_is_named_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as error:
        submit(begin(tmp_path), "exmaple", None, clock())
    assert "`example`" in error.value.hint


def test_a_project_with_its_own_schemas_gets_a_line_for_editors(tmp_path: Path) -> None:
    root = begin(tmp_path)
    schemas = root / "schemas"
    schemas.mkdir()
    repository = Path(__file__).resolve().parents[2]
    for source in (repository / "schemas").glob("*.schema.json"):
        (schemas / source.name).write_bytes(source.read_bytes())
    freeze(root)
    for name in ("context", "approvals"):
        first = (root / FROZEN / f"{name}.yaml").read_text(encoding="utf-8").splitlines()[0]
        target = first.partition("$schema=")[2]
        assert (root / FROZEN / target).resolve() == schemas / f"{name}.schema.json"


@pytest.mark.skipif(sys.platform == "win32", reason="no such permissions there")
def test_who_shares_the_folder_can_write_what_is_new_too(tmp_path: Path) -> None:
    root = begin(tmp_path)
    (root / FROZEN).parent.chmod(0o775)
    freeze(root)
    modes = {path.name: path.stat().st_mode & 0o777 for path in (root / FROZEN).iterdir()}
    assert (root / FROZEN).stat().st_mode & 0o777 == 0o775
    assert set(modes.values()) == {0o664}
    (root / FROZEN / "approvals.yaml").chmod(0o660)
    sign_all_stages(root)
    assert (root / FROZEN / "approvals.yaml").stat().st_mode & 0o777 == 0o660


def test_what_a_killed_run_has_left_is_cleared_away(tmp_path: Path) -> None:
    root = begin(tmp_path)
    left = root / "process/example/versions/.regelwerk-abc"
    left.mkdir()
    (left / "process.yaml").write_text("half", encoding="utf-8")
    freeze(root)
    assert not left.exists()

"""`check --trust`: people, keys and rules of another state; changes need its signatures."""

from __future__ import annotations

import os
import shutil
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from approvals.signing import public_line, signer
from operations.versions_world import (
    DAY,
    VERSIONS,
    act,
    begin,
    clock,
    do,
    edit,
    errors,
    freeze,
    now,
    on_paper,
    shown,
    sign_all_stages,
    state,
)
from regelwerk.diagnostics import Severity
from regelwerk.errors import RegelwerkError, UsageError
from regelwerk.operations.check import check
from regelwerk.operations.versions_endorse import prepare_endorsement
from regelwerk.project.load import load

GIT = shutil.which("git")
pytestmark = pytest.mark.skipif(GIT is None, reason="git is not installed")

APPROVALS = "process/example/versions/1.1/approvals.yaml"
PEOPLE = "process/people.yaml"
ORGANIZATION = "process/organization.yaml"
EXAMINED = "    - {stage: examined, title: Examination, role: qmb, not_same_as: [created]}\n"
BERT = "bert.clerk: {name: Bert Clerk, roles: ["


def git(root: Path, *arguments: str) -> None:
    done = subprocess.run(
        [str(GIT), "-c", "user.name=A", "-c", "user.email=a@example.org", *arguments],
        cwd=root,
        capture_output=True,
        text=True,
        env={"PATH": os.environ["PATH"], "HOME": str(root), "GIT_CONFIG_NOSYSTEM": "1"},
    )
    assert done.returncode == 0, done.stderr


def commit(root: Path) -> None:
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "state")


def repository(folder: Path, signed: bool = False) -> Path:
    """A project on branch main whose version 1.1 is frozen; signed by all, if asked for."""
    root = begin(folder)
    freeze(root)
    if signed:
        sign_all_stages(root)
    git(root, "init", "-q", "-b", "main")
    commit(root)
    return root


def judged(root: Path, day: date = DAY, ref: str = "main") -> list[str]:
    result = check(root, (), clock(day), trust=ref)
    return [shown(one) for one in result.findings if one.severity is not Severity.INFO]


def endorse(root: Path, stage: str, person: str, key: str | None = None, hour: int = 9) -> str:
    made = signer(key or person)
    return prepare_endorsement(root, "main", stage, person, made, None, now(hour)).add()


def endorse_all(root: Path) -> None:
    for hour, (stage, person) in enumerate(
        (("created", "anna.clerk"), ("examined", "quinn.qmb"), ("approved", "cora.ceo")), 8
    ):
        endorse(root, stage, person, hour=hour)


def test_signatures_that_the_trusted_state_knows_how_to_judge_are_accepted(tmp_path: Path) -> None:
    root = repository(tmp_path)
    sign_all_stages(root)
    assert judged(root) == []


def test_a_change_that_adds_its_own_key_does_not_approve_itself(tmp_path: Path) -> None:
    root = repository(tmp_path)
    do(root, act("anna.clerk", "created"), 8)
    do(root, act("quinn.qmb", "examined"), 9)
    edit(root, PEOPLE, public_line("cora.ceo"), public_line("thief"))
    do(root, act("cora.ceo", "approved", key="thief"), 10)
    assert errors(root) == []
    assert judged(root) == [
        "approval/bad-signature versions/1.1/approvals.yaml $.signatures[2].signature",
        "approval/untrusted-change process/people.yaml $",
    ]


def test_nor_does_one_that_gives_itself_the_role(tmp_path: Path) -> None:
    root = repository(tmp_path)
    do(root, act("anna.clerk", "created"), 8)
    do(root, act("quinn.qmb", "examined"), 9)
    edit(root, PEOPLE, BERT, BERT + "{role: ceo}, ")
    do(root, act("bert.clerk", "approved"), 10)
    assert errors(root) == []
    assert [line.split(" ")[0] for line in judged(root)] == [
        "approval/role-not-held",
        "approval/untrusted-change",
    ]


@pytest.mark.parametrize(
    ("old", "new", "file"),
    [
        ("role: ceo, not_same_as: [created, examined]", "role: clerk", ORGANIZATION),
        (EXAMINED, "", ORGANIZATION),
        ("paper_until: 2030-12-31", "paper_until: 2040-12-31", ORGANIZATION),
        ("paper_until: 2030-12-31\n", "", ORGANIZATION),
        ("title: Managing Director}", "title: Boss, includes: [clerk]}", ORGANIZATION),
        ("timezone: Europe/Berlin", "timezone: Pacific/Auckland", ORGANIZATION),
        ("approval:\n", "approval:\n  easy: [{stage: created, title: C}]\n", ORGANIZATION),
        ("from: 2026-01-01}", "from: 2025-01-01}", PEOPLE),
    ],
)
def test_a_change_of_rules_or_keys_needs_signatures_of_the_old_state(
    tmp_path: Path, old: str, new: str, file: str
) -> None:
    root = repository(tmp_path)
    edit(root, file, old, new)
    assert f"approval/untrusted-change {file} $" in judged(root)
    endorse_all(root)
    assert [line for line in judged(root) if "untrusted" in line or "trust.yaml" in line] == []


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (PEOPLE, "name: Cora Ceo", "name: Cora Married"),
        (PEOPLE, "mia.manager: {", "# a comment\nmia.manager: {email: m@example.org, "),
        (PEOPLE, "Mia Manager, roles: [", "Mia Manager, roles: [{role: clerk}, "),
        (ORGANIZATION, "title: Clerk", "title: Assistant"),
        (ORGANIZATION, "roles:", "roles:\n  janitor: {title: Janitor}"),
        (ORGANIZATION, "title: Creation}", "title: Made}"),
    ],
)
def test_names_titles_and_roles_that_sign_nothing_may_change_freely(
    tmp_path: Path, file: str, old: str, new: str
) -> None:
    root = repository(tmp_path)
    edit(root, file, old, new)
    assert [line for line in judged(root) if "trust" in line or "approval" in line] == []


def test_an_endorsed_key_signs_from_the_next_change_on(tmp_path: Path) -> None:
    root = repository(tmp_path)
    edit(root, PEOPLE, public_line("cora.ceo"), public_line("cora new"))
    endorse(root, "created", "anna.clerk", hour=8)
    endorse(root, "examined", "quinn.qmb", hour=9)
    with pytest.raises(RegelwerkError, match="approval/bad-signature"):
        endorse(root, "approved", "cora.ceo", key="cora new", hour=10)
    assert judged(root) == ["approval/untrusted-change process/people.yaml $"]
    endorse(root, "approved", "cora.ceo", hour=10)
    assert judged(root) == []
    do(root, act("anna.clerk", "created"), 11)
    do(root, act("quinn.qmb", "examined"), 12)
    do(root, act("cora.ceo", "approved", key="cora new"), 13)
    assert [line.split(" ")[0] for line in judged(root)] == ["approval/bad-signature"]
    git(root, "checkout", "-q", "-b", "after")
    commit(root)
    assert judged(root, ref="after") == []


def test_an_endorsement_is_for_one_change_only(tmp_path: Path) -> None:
    root = repository(tmp_path)
    edit(root, PEOPLE, public_line("cora.ceo"), public_line("cora new"))
    endorse_all(root)
    assert judged(root) == []
    edit(root, PEOPLE, public_line("cora new"), public_line("thief"))
    assert judged(root) == ["approval/untrusted-change process/people.yaml $"]


@pytest.mark.parametrize("name", ["at", "by", "stage", "role"])
def test_nothing_in_an_endorsement_can_be_changed(tmp_path: Path, name: str) -> None:
    root = repository(tmp_path)
    edit(root, PEOPLE, public_line("cora.ceo"), public_line("cora new"))
    endorse_all(root)
    changes = {
        "at": ("T10:00:00", "T10:00:01"),
        "by": ("by: quinn.qmb", "by: bert.clerk"),
        "stage": ("stage: examined", "stage: created"),
        "role": ("    role: qmb\n", ""),
    }
    edit(root, "process/trust.yaml", *changes[name])
    found = judged(root)
    assert any(line.startswith("approval/") and "trust.yaml" in line for line in found)
    assert "approval/untrusted-change process/people.yaml $" in found


def test_paper_and_other_shapes_do_not_endorse(tmp_path: Path) -> None:
    root = repository(tmp_path)
    edit(root, PEOPLE, public_line("cora.ceo"), public_line("cora new"))
    endorse_all(root)
    edit(root, "process/trust.yaml", "method: ssh", "method: paper")
    assert "approval/untrusted-change process/people.yaml $" in judged(root)
    assert any("schema/" in line for line in errors(root))
    for text in ("signatures: x\n", "[]\n", "signatures: [1, {before: 2}]\n", "\t"):
        (root / "process/trust.yaml").write_text(text, encoding="utf-8")
        assert "approval/untrusted-change process/people.yaml $" in judged(root)


def test_endorsing_is_refused_where_it_would_not_count(tmp_path: Path) -> None:
    root = repository(tmp_path)
    with pytest.raises(RegelwerkError, match="nothing has changed"):
        endorse(root, "created", "anna.clerk")
    edit(root, PEOPLE, BERT, BERT + "{role: qmb}, ")
    before = state(root)
    with pytest.raises(RegelwerkError, match="role-not-held"):
        endorse(root, "examined", "bert.clerk")
    with pytest.raises(UsageError):
        endorse(root, "examned", "quinn.qmb")
    with pytest.raises(UsageError):
        endorse(root, "examined", "quin.qmb")
    endorse(root, "created", "anna.clerk", hour=8)
    with pytest.raises(RegelwerkError, match="signed already"):
        endorse(root, "created", "anna.clerk", hour=9)
    (root / "process/trust.yaml").unlink()
    assert state(root) == before


def test_a_rule_named_trust_decides_where_there_is_one(tmp_path: Path) -> None:
    root = begin(tmp_path)
    edit(root, "process/organization.yaml", "approval:\n", "approval:\n  standard:\n    - {stage: created, title: C}\n  trust:\n    - {stage: approved, title: Approval, role: ceo}\n  strict:\n")  # fmt: skip  # noqa: E501
    text = (root / "process/organization.yaml").read_text(encoding="utf-8")
    (root / "process/organization.yaml").write_text(
        text.replace("  strict:\n  standard:\n", "  strict:\n"), encoding="utf-8"
    )
    git(root, "init", "-q", "-b", "main")
    commit(root)
    edit(root, PEOPLE, public_line("anna.clerk"), public_line("anna new"))
    assert any("untrusted" in line for line in judged(root))
    endorse(root, "approved", "cora.ceo")
    assert not any("untrusted" in line for line in judged(root))


def test_the_first_keys_come_in_with_a_warning(tmp_path: Path) -> None:
    """Nobody can vouch by signature where nobody has a key yet; people must compare."""
    root = begin(tmp_path)
    with_keys = (root / PEOPLE).read_text(encoding="utf-8")
    bare = "\n".join(line.partition(", keys:")[0] + "}" for line in with_keys.splitlines())
    (root / PEOPLE).write_text(bare + "\n", encoding="utf-8")
    git(root, "init", "-q", "-b", "main")
    commit(root)
    (root / PEOPLE).write_text(with_keys, encoding="utf-8")
    findings = [
        one
        for one in check(root, (), clock(), trust="main").findings
        if one.code == "approval/untrusted-change"
    ]
    assert [one.severity for one in findings] == [Severity.WARNING]
    assert "fingerprints" in findings[0].hint


def test_a_new_signature_by_a_key_that_has_run_out_is_refused_whatever_its_day(
    tmp_path: Path,
) -> None:
    root = begin(tmp_path)
    freeze(root)
    edit(root, PEOPLE, "from: 2026-01-01", "from: 2026-01-01, until: 2026-06-01")
    git(root, "init", "-q", "-b", "main")
    commit(root)
    sign_all_stages(root, day=DAY)
    assert judged(root) == []
    assert [line.split(" ")[0] for line in judged(root, date(2026, 6, 2))] == [
        "approval/bad-signature"
    ] * 3
    commit(root)
    assert judged(root, date(2036, 6, 2), ref="HEAD") == [
        "approval/review-overdue versions/1.1/approvals.yaml $"
    ]


def test_new_paper_after_the_last_day_is_refused_whatever_its_day(tmp_path: Path) -> None:
    root = begin(tmp_path)
    freeze(root)
    edit(root, "process/organization.yaml", "paper_until: 2030-12-31", "paper_until: 2026-05-31")
    git(root, "init", "-q", "-b", "main")
    commit(root)
    do(root, on_paper("anna.clerk", "created", date(2026, 5, 30)))
    assert errors(root) == []
    assert judged(root) == [
        "approval/paper-not-allowed versions/1.1/approvals.yaml $.signatures[0].method"
    ]


def rewritten(root: Path) -> list[str]:
    return [line for line in judged(root) if line.startswith("approval/rewritten")]


def test_what_was_signed_cannot_be_taken_away_or_changed(tmp_path: Path) -> None:
    root = repository(tmp_path, signed=True)
    assert judged(root) == []
    path = root / APPROVALS
    good = path.read_text(encoding="utf-8")
    last = good.index("  - stage: approved")
    old = (root / VERSIONS / "1.0" / "approvals.yaml").read_text(encoding="utf-8")
    here = ["approval/rewritten versions/1.1/approvals.yaml $"]
    path.write_text(good[:last], encoding="utf-8")
    assert rewritten(root) == here
    path.write_text(good.replace("2026-07-01", "2026-08-01"), encoding="utf-8")
    assert rewritten(root) == here
    path.unlink()
    assert rewritten(root) == here
    path.write_text(good, encoding="utf-8")
    assert rewritten(root) == []
    shutil.rmtree(root / VERSIONS / "1.0")
    assert rewritten(root) == ["approval/rewritten versions/1.0/approvals.yaml $"]
    git(root, "checkout", "-q", "--", ".")
    paper = root / VERSIONS / "1.0" / "approvals.yaml"
    edit(root, f"{VERSIONS.as_posix()}/1.0/process.yaml", "Answer a request", "Answer everything")
    found = [line for line in errors(root) if "digest" in line]
    assert found == ["approval/digest-mismatch versions/1.0/approvals.yaml $.digest"]
    from regelwerk.approvals.digest import digest

    frozen = load(root).project.processes["example"].versions[0]
    assert frozen.definition is not None
    line = next(one for one in old.splitlines() if one.startswith("digest:"))
    forged = old.replace(line, f'digest: "{digest(frozen.definition.data, None)}"')
    paper.write_text(forged, encoding="utf-8")
    assert errors(root) == []  # paper alone cannot tell
    assert rewritten(root) == ["approval/rewritten versions/1.0/approvals.yaml $"]


def test_a_review_or_withdrawal_cannot_be_taken_back(tmp_path: Path) -> None:
    root = repository(tmp_path, signed=True)
    do(root, act("quinn.qmb", result="unchanged"), 20)
    do(root, act("cora.ceo", reason="No more."), 21)
    commit(root)
    path = root / APPROVALS
    good = path.read_text(encoding="utf-8")
    for key in ("reviews:", "withdrawn:"):
        path.write_text(good[: good.index(key)], encoding="utf-8")
        assert rewritten(root) == ["approval/rewritten versions/1.1/approvals.yaml $"]


def test_issued_documents_cannot_be_exchanged_together_with_their_manifest(tmp_path: Path) -> None:
    from hashlib import sha256

    root = repository(tmp_path, signed=True)
    issued = root / VERSIONS / "1.1" / "issued"
    issued.mkdir()
    digest = next(
        line.partition('"')[2].rstrip('"')
        for line in (root / APPROVALS).read_text(encoding="utf-8").splitlines()
        if line.startswith("digest:")
    )
    manifest = (
        '{{"process": "example", "version": "1.1", "digest": "{}", "tool": "x",'
        ' "kinds": {{"document": {{"document.docx": "{}"}}}}}}'
    )
    for content in (b"issued", b"forged"):
        (issued / "document.docx").write_bytes(content)
        text = manifest.format(digest, sha256(content).hexdigest())
        (issued / "manifest.json").write_text(text, encoding="utf-8")
        if content == b"issued":
            commit(root)
            assert judged(root) == []
    assert errors(root) == []
    here = ["approval/rewritten versions/1.1/issued/manifest.json $"]
    assert judged(root) == here
    shutil.rmtree(issued)
    assert judged(root) == here


def test_adding_signatures_moving_comments_and_keys_rewrites_nothing(tmp_path: Path) -> None:
    root = repository(tmp_path, signed=True)
    do(root, act("quinn.qmb", result="unchanged"), 20)
    path = root / APPROVALS
    path.write_text("# note\n" + path.read_text(encoding="utf-8") + "# end\n", encoding="utf-8")
    assert judged(root) == []


def test_a_frozen_version_that_nobody_signed_may_be_frozen_anew(tmp_path: Path) -> None:
    root = repository(tmp_path)
    shutil.rmtree(root / VERSIONS / "1.1")
    edit(root, "process/example/process.yaml", "Answer a request", "Answer requests")
    freeze(root)
    assert judged(root) == []


@pytest.mark.parametrize("ref", ["", "-x", "a b", "nothing", "--help", "main:process"])
def test_a_ref_that_is_none_is_wrong_usage(tmp_path: Path, ref: str) -> None:
    root = repository(tmp_path)
    with pytest.raises(UsageError):
        check(root, (), clock(), trust=ref)


def test_outside_a_repository_or_without_the_project_there_it_is_wrong_usage(
    tmp_path: Path,
) -> None:
    root = begin(tmp_path / "plain")
    with pytest.raises(UsageError):
        check(root, (), clock(), trust="main")
    git(tmp_path, "init", "-q", "-b", "main")
    git(tmp_path, "commit", "-q", "--allow-empty", "-m", "nothing")
    with pytest.raises(UsageError, match="holds no"):
        check(root, (), clock(), trust="main")


def test_a_project_in_a_folder_of_the_repository_is_found_there(tmp_path: Path) -> None:
    root = begin(tmp_path / "deep" / "project")
    freeze(root)
    git(tmp_path, "init", "-q", "-b", "main")
    commit(tmp_path)
    sign_all_stages(root)
    assert judged(root) == []


def test_links_in_the_trusted_state_are_not_followed(tmp_path: Path) -> None:
    root = repository(tmp_path / "project")
    secret = tmp_path / "people.yaml"
    shutil.move(root / PEOPLE, secret)
    (root / PEOPLE).symlink_to(secret)
    commit(root)
    assert any("untrusted" in line or "approval" in line for line in judged(root))


def histories(tmp_path: Path) -> dict[str, Any]:
    root = repository(tmp_path / "project")
    git(root, "checkout", "-q", "-b", "work")
    for hour, (stage, person) in enumerate(
        (("created", "anna.clerk"), ("examined", "quinn.qmb"), ("approved", "cora.ceo")), 8
    ):
        do(root, act(person, stage), hour)
        commit(root)
    git(root, "checkout", "-q", "main")
    git(root, "merge", "-q", "--squash", "work")
    commit(root)
    url = root.as_uri()
    git(tmp_path, "clone", "-q", "--depth", "1", url, "shallow")
    git(tmp_path, "clone", "-q", "-c", "core.autocrlf=true", url, "crlf")
    return {"squashed": root, "shallow": tmp_path / "shallow", "crlf": tmp_path / "crlf"}


def test_squashed_shallow_and_with_other_line_ends_it_is_still_approved(tmp_path: Path) -> None:
    from operations.versions_world import status

    for name, root in histories(tmp_path).items():
        text = (root / APPROVALS).read_bytes()
        assert (b"\r\n" in text) is (name == "crlf")
        assert errors(root) == []
        assert status(root) == "approved", name
        assert judged(root, ref="HEAD") == []


def test_a_name_beside_a_new_signature_is_that_which_the_trusted_state_gives(
    tmp_path: Path,
) -> None:
    root = repository(tmp_path)
    sign_all_stages(root)
    edit(root, APPROVALS, 'name: "Anna Clerk"', 'name: "Board of Directors"')
    assert errors(root) == []  # names are not signed, and people may be renamed
    here = ["approval/other-name versions/1.1/approvals.yaml $.signatures[0].name"]
    assert judged(root) == here
    edit(root, PEOPLE, "name: Anna Clerk", "name: Board of Directors")
    assert judged(root) == here


ISSUED = "process/example/versions/1.1/issued"


def reissued(root: Path, path: str, content: bytes) -> None:
    """Exchange an issued file together with its SHA-256 in the manifest."""
    from hashlib import sha256

    old = sha256((root / ISSUED / path).read_bytes()).hexdigest()
    (root / ISSUED / path).write_bytes(content)
    edit(root, f"{ISSUED}/manifest.json", old, sha256(content).hexdigest())


def forged(content: bytes, old: bytes, new: bytes, part: str = "word/document.xml") -> bytes:
    """A Word file in which a text is another, with a build digest that fits."""
    import io
    import zipfile

    from regelwerk.artifacts.office.build_digest import with_build_digest

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert old in parts[part]
    parts[part] = parts[part].replace(old, new)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, one in with_build_digest(parts).items():
            archive.writestr(name, one)
    return target.getvalue()


def test_what_a_change_issues_is_what_its_version_gives(tmp_path: Path) -> None:
    from regelwerk.operations.versions_issue import issue

    root = repository(tmp_path, signed=True)
    issue(root, "example", "1.1", clock())
    assert judged(root) == []
    assert judged(root, date(2026, 8, 20)) == []
    document = (root / ISSUED / "document.docx").read_bytes()
    evil = forged(document, b"Every request", b"No request")
    reissued(root, "document.docx", evil)
    assert errors(root) == []
    assert judged(root) == ["approval/issued-otherwise versions/1.1/issued/document.docx $"]
    reissued(root, "document.docx", document)
    reissued(root, "process.svg", b"<svg>approved</svg>")
    assert judged(root) == ["approval/issued-otherwise versions/1.1/issued/process.svg $"]


def test_a_picture_that_another_machine_may_draw_otherwise_is_only_a_warning(
    tmp_path: Path,
) -> None:
    from regelwerk.operations.versions_issue import issue

    root = repository(tmp_path, signed=True)
    issue(root, "example", "1.1", clock())
    reissued(root, "process.png", (root / ISSUED / "process.png").read_bytes() + b"x")
    found = check(root, (), clock(), trust="main").findings
    assert [(one.code, one.severity) for one in found if one.severity is not Severity.INFO] == [
        ("approval/issued-otherwise", Severity.WARNING)
    ]


def test_a_copy_is_not_in_force_where_what_ended_it_was_taken_away(tmp_path: Path) -> None:
    from regelwerk.operations.verify import Wish, verify
    from regelwerk.operations.versions_issue import issue

    root = repository(tmp_path, signed=True)
    issue(root, "example", "1.1", clock())
    signed = (root / APPROVALS).read_text(encoding="utf-8")
    do(root, act("cora.ceo", reason="No more."), day=date(2026, 7, 3))
    commit(root)

    def told(trust: str | None) -> tuple[str, tuple[str, ...]]:
        wish = Wish(trust=trust)
        result = verify(root, [root / ISSUED / "document.docx"], wish, clock(date(2026, 7, 5)))
        return result.checked[0].state.value, result.checked[0].problems

    assert told("main") == ("withdrawn", ())
    (root / APPROVALS).write_text(signed, encoding="utf-8")
    assert told(None) == ("in-force", ())  # nothing here tells
    state_, problems = told("main")
    assert state_ == "not-approved"
    assert "`cora.ceo`" in problems[0]
    assert "unlike in main" in problems[0]

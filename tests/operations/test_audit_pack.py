"""An audit pack: the same bytes every time, checked with nothing else at hand, without names."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from datetime import UTC, date
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from approvals.signing import public_line
from archive.hostile_zips import (
    bomb,
    contradicting,
    encrypted,
    in_between,
    link,
    overlapping,
    zipped,
)
from operations.versions_world import begin, clock, edit, freeze, sign_all_stages
from regelwerk.approvals.public_key import fingerprint, key_of_line
from regelwerk.archive.write import write_archive
from regelwerk.diagnostics import Severity
from regelwerk.errors import RegelwerkError, UsageError
from regelwerk.operations.audit_pack import Packed, PackWish, audit_pack
from regelwerk.operations.pack_cases import Period, packed_cases
from regelwerk.operations.verify import Wish, verify
from regelwerk.operations.verify_result import Checked, State
from regelwerk.operations.versions_issue import issue

pytestmark = pytest.mark.xdist_group("audit-pack")
DAY = date(2026, 10, 1)
SACRED = 'R&D <Vertrieb> "quoted" {{ x }} ü 漢字'
SIGNERS = ("anna.clerk", "quinn.qmb", "cora.ceo")
RECORD = """\
process: example
version: "1.1"
case: {case}
subject: '{subject}'
status: closed
started: {day}
closed: {day}
end: rejected
inputs: {{request: {{file: evidence/{case}-Bert Clerk.txt, sha256: "{sha256}"}}}}
steps:
  - step: receive
    by: bert.clerk
    completed: {day}
    fields: {{amount: 12}}
    checks: {{complete: "yes"}}
    remarks: Bert Clerk asked Mia Manager; see mia@example.com or call Clerk.
  - step: decide
    by: mia.manager
    completed: {day}
    option: reject
"""


def record(root: Path, case: str, day: str, subject: str = SACRED) -> None:
    folder = root / "process/example/records"
    (folder / "evidence").mkdir(parents=True, exist_ok=True)
    proof = f"said by Bert Clerk in {case}".encode()
    (folder / f"evidence/{case}-Bert Clerk.txt").write_bytes(proof)
    text = RECORD.format(case=case, day=day, subject=subject, sha256=sha256(proof).hexdigest())
    (folder / f"{case}.yaml").write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Version 1.1, signed by key and issued, with a case in July and one in September."""
    root = begin(tmp_path_factory.mktemp("audit"))
    edit(root, "process/example/process.yaml", "title: Answer a request", "title: Answer & Co")
    freeze(root)
    sign_all_stages(root)
    issue(root, "example", "1.1", clock())
    record(root, "S-1", "2026-07-10")
    record(root, "S-2", "2026-09-10")
    lines = root / "process/example/records/more.jsonl"
    one = {"process": "example", "version": "1.1", "status": "open", "steps": []}
    lines.write_text(
        "".join(
            json.dumps({**one, "case": case, "subject": "L", "started": day}) + "\n"
            for case, day in (("L-1", "2026-07-20"), ("L-2", "2026-09-20"))
        )
    )
    return root


def pack(root: Path, target: Path, **wish: object) -> Packed:
    return audit_pack(root, PackWish(**wish), target, clock(DAY))


@pytest.fixture(scope="module")
def packed(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return pack(project, tmp_path_factory.mktemp("packs") / "audit.zip").path


def errors(made: Packed) -> list[str]:
    """Codes of errors in records."""
    return [one.code for one in made.told.record_findings if one.severity is Severity.ERROR]


def check(path: Path, keys: Path | None = None) -> Checked:
    """Judge a pack where there is no project at all."""
    result = verify(path.parent, [path], Wish(keys=keys), clock(date(2030, 1, 1)))
    (found,) = result.checked
    assert result.exit_code == int(not found.good)
    return found


def contents(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def changed(
    packed: Path, folder: Path, edit_: Callable[[dict[str, bytes]], object], *, cover: bool
) -> Path:
    """The pack with changed files; `cover` makes the manifest fit them, as a forger would."""
    files = contents(packed)
    edit_(files)
    if cover:
        manifest = json.loads(files.pop("manifest.json"))
        manifest["files"] = {name: sha256(c).hexdigest() for name, c in sorted(files.items())}
        files["manifest.json"] = json.dumps(manifest).encode()
    target = folder / "changed.zip"
    with target.open("w+b") as archive:
        write_archive(archive, files)
    return target


def test_two_packs_of_the_same_day_are_the_same_bytes(
    project: Path, packed: Path, tmp_path: Path
) -> None:
    elsewhere = Path(shutil.copytree(project, tmp_path / "moved"))
    again = pack(elsewhere, tmp_path / "again.zip")
    assert again.path.read_bytes() == packed.read_bytes()
    assert again.sha256 == sha256(packed.read_bytes()).hexdigest()


def test_it_holds_what_an_auditor_asks_for_and_a_hash_of_each(packed: Path) -> None:
    files = contents(packed)
    assert {
        "index.html",
        "keys/allowed_signers",
        "reports/coverage.json",
        "reports/figures.json",
        "reports/findings.json",
        "documents/example/1.1/document.docx",
        "project/process/example/versions/1.1/approvals.yaml",
        "project/process/example/records/S-1.yaml",
        "project/process/example/records/evidence/S-1-Bert Clerk.txt",
    } <= files.keys()
    manifest = json.loads(files.pop("manifest.json"))
    assert manifest["files"] == {name: sha256(c).hexdigest() for name, c in files.items()}


def test_it_is_whole_with_nothing_else_at_hand(packed: Path) -> None:
    found = check(packed)
    assert (found.state, found.kind) == (State.IN_ORDER, "audit pack")
    assert found.headline == "WHOLE AND UNCHANGED, as of 2026-10-01"
    said = " ".join(found.facts)
    assert "Answer & Co 1.1: in force; signed by: Creation Anna Clerk" in said
    assert "4 records; departures found in them: none" in said
    assert fingerprint(key_of_line(public_line("cora.ceo"))) in said
    assert any("key belongs to the person" in one for one in found.proves_not)


def test_sacred_text_arrives_once_and_unharmed(packed: Path) -> None:
    page = contents(packed)["index.html"].decode()
    escaped = "R&amp;D &lt;Vertrieb&gt; &#34;quoted&#34; {{ x }} ü 漢字"
    assert page.count(escaped) == 2  # two cases
    assert "<Vertrieb>" not in page


def replace(name: str, old: bytes, new: bytes) -> Callable[[dict[str, bytes]], None]:
    def edit_(files: dict[str, bytes]) -> None:
        assert old in files[name]
        files[name] = files[name].replace(old, new)

    return edit_


VERSION = "project/process/example/versions/1.1"
APPROVALS = f"{VERSION}/approvals.yaml"


@pytest.mark.parametrize("name", ["index.html", APPROVALS, "keys/allowed_signers"])
def test_a_changed_file_is_named(packed: Path, tmp_path: Path, name: str) -> None:
    path = changed(packed, tmp_path, lambda files: files.update({name: b"x"}), cover=False)
    found = check(path)
    assert found.state is State.NOT_IN_ORDER
    assert found.problems == (f"{name} is not the file that was packed",)


def test_a_file_more_or_less_is_named(packed: Path, tmp_path: Path) -> None:
    more = changed(packed, tmp_path, lambda files: files.update({"more.txt": b"x"}), cover=False)
    assert check(more).problems == ("more.txt is in no manifest",)
    less = changed(packed, tmp_path, lambda files: files.pop(APPROVALS), cover=False)
    assert check(less).problems == (f"{APPROVALS} is not there",)


@pytest.mark.parametrize(
    ("edit_", "said"),
    [
        (replace(f"{VERSION}/process.yaml", b"Answer & Co", b"Answer & Go"), "digest-mismatch"),
        (replace(APPROVALS, b"by: cora.ceo", b"by: quinn.qmb"), "approval/"),
        (replace(APPROVALS, b"2026-07-01", b"2026-06-02"), "bad-signature"),
        (
            replace("project/process/people.yaml", b"Cora Ceo", b"Carl Ceo"),
            "says something else than the project in it",
        ),
        (replace("index.html", b"Cora Ceo", b"Carl Ceo"), "index.html says something else"),
        (replace("reports/findings.json", b"[", b"[ "), "reports/findings.json says"),
        (
            replace("project/process/example/records/S-1.yaml", b"reject", b"accept"),
            "says something else",
        ),
        (
            lambda files: files.update(
                {"project/process/example/records/evidence/S-1-Bert Clerk.txt": b"other"}
            ),
            "evidence-changed",
        ),
        (lambda files: files.update({"more.txt": b"x"}), "more.txt does not follow"),
        (lambda files: files.pop("index.html"), "index.html is missing"),
        (
            lambda files: files.update({"documents/example/1.1/document.docx": b"PK"}),
            "document.docx is not what its definition gives",
        ),
        (lambda files: files.pop("project/process/organization.yaml"), ""),
    ],
)
def test_a_forger_who_writes_the_manifest_anew_is_found_out(
    packed: Path, tmp_path: Path, edit_: Callable[[dict[str, bytes]], object], said: str
) -> None:
    found = check(changed(packed, tmp_path, edit_, cover=True))
    assert found.state is State.NOT_IN_ORDER
    assert said in " ".join(found.problems)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04",
        link(),
        encrypted(),
        bomb(2_000_000_000 // 40),
        overlapping(),
        contradicting(),
        in_between(),
        zipped(("../up", b"x")),
        zipped(("manifest.json", b"{}"), ("MANIFEST.JSON", b"{}")),
        zipped(("manifest.json", b"{}")),
        zipped(("manifest.json", b"[" * 100_000)),
        zipped(("nul.txt", b"")),
    ],
)
def test_tricks_are_refused_without_a_crash(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "pack.zip"
    path.write_bytes(content)
    found = check(path)
    assert (found.state, found.headline) == (State.REFUSED, "NOT READ")
    assert found.problems


def test_something_appended_is_refused(packed: Path, tmp_path: Path) -> None:
    path = tmp_path / "pack.zip"
    path.write_bytes(packed.read_bytes() + b"more")
    assert check(path).state is State.REFUSED


@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_no_damage_crashes_or_passes(packed: Path, tmp_path: Path, data: st.DataObject) -> None:
    content = bytearray(packed.read_bytes())
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + data.draw(st.integers(0, 2))] = data.draw(st.binary(max_size=2))
    path = tmp_path / "pack.zip"
    path.write_bytes(content)
    found = check(path)
    assert not found.good or contents(path) == contents(packed)


def test_keys_that_somebody_knows_decide(packed: Path, tmp_path: Path) -> None:
    known = tmp_path / "known.txt"
    lines = [public_line(person) for person in SIGNERS]
    for text, good in (
        ("\n".join(lines), True),
        ("\n".join(f"{p} {line}" for p, line in zip(SIGNERS, lines, strict=True)), True),
        ("\n".join(fingerprint(key_of_line(line)) for line in lines), True),
        ("# only two\n" + "\n".join(lines[:2]), False),
        (f"{lines[0]}\n{lines[1]}\nbert.clerk {lines[2]}", False),
    ):
        known.write_text(text + "\n")
        found = check(packed, known)
        assert found.good is good, text
        assert good or "key" in " ".join(found.problems)
    for text in ("", "ssh-rsa AAAA", "hello"):
        known.write_text(text)
        with pytest.raises(UsageError):
            check(packed, known)


def test_only_what_was_under_way_in_the_period_is_there(project: Path, tmp_path: Path) -> None:
    some = pack(project, tmp_path / "some.zip", first=date(2026, 9, 1), last=date(2026, 9, 15))
    files = contents(some.path)
    records = {name.rsplit("/", 1)[1] for name in files if "/records/" in name}
    assert records == {"S-2.yaml", "S-2-Bert Clerk.txt", "more.jsonl"}
    lines = files["project/process/example/records/more.jsonl"].decode().splitlines()
    assert [json.loads(line)["case"] for line in lines] == ["L-1"]  # open, since July
    assert some.scope.cases == 2
    assert check(some.path).good


def test_a_called_case_comes_along(repository: Path) -> None:
    contract = repository / "tests/examples/contract"
    found = packed_cases(contract, ("complaints",), Period(None, None), UTC)
    files = {one.file.removeprefix("process/") for one in found}
    assert "supplier-audit/records/A-2025-0001.yaml" in files
    assert not any(file.startswith("tool-release/") for file in files)
    without = packed_cases(contract, ("supplier-audit",), Period(None, None), UTC)
    assert {one.process for one in without} == {"supplier-audit"}


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("keys") / "pseudonyms.key"


def test_no_name_is_left_under_pseudonyms(project: Path, tmp_path: Path, key: Path) -> None:
    made = pack(project, tmp_path / "a.zip", key_file=key)
    assert made.new_key
    assert key.stat().st_mode & 0o077 == 0
    assert len(key.read_text().strip()) == 64
    signed = (APPROVALS, f"{VERSION}/context.yaml", "project/process/people.yaml")
    for name, content in contents(made.path).items():
        assert "Bert" not in name
        assert "S-1" not in name
        if name in signed or name.startswith(("signatures/", "keys/", "reports/keys")):
            continue
        for word in ("bert.clerk", "Bert Clerk", "mia.manager", "Mia", "mia@", "S-1", "Vertrieb"):
            for part in parts(name, content):
                assert word.encode() not in part, f"{word} in {name}"
    found = check(made.path)
    assert found.good
    assert "2 evidence files are left out" in " ".join(found.facts)
    assert any("free texts" in note for note in made.scope.notes)
    assert errors(made) == []


def parts(name: str, content: bytes) -> list[bytes]:
    if not name.endswith(".docx"):
        return [content]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return [archive.read(one) for one in archive.namelist()]


def test_pseudonyms_are_stable_and_need_the_key(project: Path, tmp_path: Path, key: Path) -> None:
    first = pack(project, tmp_path / "a.zip", key_file=key)
    second = pack(project, tmp_path / "b.zip", key_file=key)
    other = pack(project, tmp_path / "c.zip", key_file=tmp_path / "other.key")
    assert not second.new_key
    assert first.path.read_bytes() == second.path.read_bytes()
    mine, theirs = (
        {name for name in contents(one.path) if "/records/" in name} for one in (first, other)
    )
    assert len(mine) == len(theirs)
    assert mine.isdisjoint(theirs)


def test_a_key_that_is_none_is_wrong_usage(project: Path, tmp_path: Path) -> None:
    short = tmp_path / "short.key"
    for text in ("", "abc", "00" * 31, "no key at all" * 10):
        short.write_text(text)
        with pytest.raises(UsageError, match="no key"):
            pack(project, tmp_path / "a.zip", key_file=short)
    with pytest.raises(UsageError, match="into the pack"):
        pack(project, tmp_path / "a.zip", key_file=tmp_path / "a.zip")
    assert not (tmp_path / "a.zip").exists()


def test_what_no_archive_can_hold_is_told(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zipfile.ZIP_FILECOUNT_LIMIT", 10)
    with pytest.raises(RegelwerkError, match="at most"):
        pack(project, tmp_path / "a.zip")
    assert list(tmp_path.iterdir()) == []


def test_wrong_processes_and_periods_are_told(project: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="exampel"):
        pack(project, tmp_path / "a.zip", processes=("exampel",))
    with pytest.raises(UsageError, match="before it begins"):
        pack(project, tmp_path / "a.zip", first=date(2026, 2, 1), last=date(2026, 1, 1))


def test_evidence_outside_the_project_is_never_packed(project: Path, tmp_path: Path) -> None:
    root = Path(shutil.copytree(project, tmp_path / "project"))
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    text = (root / "process/example/records/S-1.yaml").read_text(encoding="utf-8")
    evidence = root / "process/example/records/evidence"
    (evidence / "S-1-Bert Clerk.txt").unlink()
    (evidence / "S-1-Bert Clerk.txt").symlink_to(secret)
    assert "evidence/S-1" in text
    made = pack(root, tmp_path / "a.zip")
    assert all(content != b"secret" for content in contents(made.path).values())
    assert errors(made) == ["record/evidence-missing"]
    assert check(made.path).good  # what is told of the record is true


@pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="ssh-keygen is not installed")
def test_ssh_keygen_verifies_every_signature_of_the_pack(packed: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(packed) as archive:
        archive.extractall(tmp_path)
    signatures = sorted((tmp_path / "signatures").rglob("*.sig"))
    assert len(signatures) == 3
    for signature in signatures:
        said = signature.with_suffix("")
        by = said.name.removesuffix(".json").rsplit("-", 1)[-1]
        run = subprocess.run(
            [
                *("ssh-keygen", "-Y", "verify", "-f", "keys/allowed_signers", "-I", by),
                *("-n", "regelwerk-approval@v1", "-s", str(signature)),
            ],
            cwd=tmp_path,
            input=said.read_bytes(),
            capture_output=True,
            timeout=60,
        )
        assert run.returncode == 0, run.stderr


def by_another_tool(files: dict[str, bytes]) -> None:
    manifest = json.loads(files["manifest.json"])
    files["manifest.json"] = json.dumps({**manifest, "tool": "regelwerk 0.0.1"}).encode()


def test_a_pack_of_another_tool_is_whole_where_nothing_differs(
    packed: Path, tmp_path: Path
) -> None:
    found = check(changed(packed, tmp_path, by_another_tool, cover=True))
    assert found.state is State.IN_ORDER


def test_whoever_names_another_tool_gets_no_forged_page_called_whole(
    packed: Path, tmp_path: Path
) -> None:
    def forge(files: dict[str, bytes]) -> None:
        by_another_tool(files)
        files["index.html"] = files["index.html"].replace(b"Anna Clerk", b"Somebody Else")

    found = check(changed(packed, tmp_path, forge, cover=True))
    assert found.state is State.UNCONFIRMED
    assert found.headline.startswith("CONFIRMED ONLY IN PART")
    assert "regelwerk 0.0.1" in found.problems[0]
    assert any("index.html" in one for one in found.problems)


def test_an_issued_document_that_its_version_does_not_give_is_told(
    project: Path, tmp_path: Path
) -> None:
    root = Path(shutil.copytree(project, tmp_path / "project"))
    kept = root / "process/example/versions/1.1/issued"
    sound = check(pack(root, tmp_path / "sound.zip").path)
    assert not any("Issued documents" in fact for fact in sound.facts)
    old = sha256((kept / "process.svg").read_bytes()).hexdigest()
    (kept / "process.svg").write_bytes(b"<svg>anything</svg>")
    new = sha256(b"<svg>anything</svg>").hexdigest()
    text = (kept / "manifest.json").read_text(encoding="utf-8")
    (kept / "manifest.json").write_text(text.replace(old, new), encoding="utf-8")
    found = check(pack(root, tmp_path / "forged.zip").path)
    assert any(
        "Issued documents" in fact and "example 1.1 process.svg" in fact for fact in found.facts
    )

"""Is this copy valid? What a file in somebody's hand is, told from its bytes."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from operations.versions_world import DAY, begin, clock, edit, freeze, sign_all_stages
from regelwerk.artifacts.office.build_digest import with_build_digest
from regelwerk.errors import ProjectNotFoundError, UsageError
from regelwerk.operations.build import build
from regelwerk.operations.new_form import new_form
from regelwerk.operations.verify import Wish, verify
from regelwerk.operations.verify_result import Checked, State
from regelwerk.operations.versions_issue import issue

pytestmark = pytest.mark.xdist_group("verify")
FIRST = date(2026, 7, 1)
KINDS = ("document", "checklist", "workbook", "webform")
FILES = ("document.docx", "checklist.docx", "checklist.xlsx", "checklist.html")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Version 1.1 signed by key and issued; built on its first day in force."""
    root = begin(tmp_path_factory.mktemp("verify"))
    freeze(root)
    sign_all_stages(root)
    issue(root, "example", "1.1", clock())
    edit(root, "process/example/process.yaml", "title: Answer a request", "title: Next request")
    edit(root, "process/example/process.yaml", 'version: "1.1"', 'version: "1.2"')
    built = build(root, (), (*KINDS, "picture"), None, clock(FIRST))
    assert built.exit_code == 0, list(built.sentences())
    return root


@pytest.fixture
def root(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "project"))


def ask(root: Path, path: Path, day: date = FIRST, **wish: object) -> Checked:
    result = verify(root, [path], Wish(**wish), clock(day))
    (found,) = result.checked
    assert result.exit_code == int(not found.good)
    return found


def given_file(folder: Path, name: str, content: bytes) -> Path:
    """A file that somebody has got, under a name that says nothing."""
    path = folder / f"attachment{Path(name).suffix}"
    path.write_bytes(content)
    return path


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(files: Mapping[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target.getvalue()


@pytest.mark.parametrize("name", FILES)
def test_what_was_issued_is_in_force_wherever_it_lies(
    made: Path, tmp_path: Path, name: str
) -> None:
    content = (made / "process/example/versions/1.1/issued" / name).read_bytes()
    found = ask(made, given_file(tmp_path, name, content))
    assert (found.state, found.headline, found.origin) == (State.IN_FORCE, "IN FORCE", "issued")
    assert (found.process, found.version, found.effective_from) == ("example", "1.1", FIRST)
    assert [(one.stage, one.name, one.method) for one in found.signatures] == [
        ("Creation", "Anna Clerk", "ssh"),
        ("Examination", "Quinn Qmb", "ssh"),
        ("Approval", "Cora Ceo", "ssh"),
    ]
    assert found.problems == ()


def test_pictures_say_nothing_of_themselves_and_are_known_by_their_bytes(made: Path) -> None:
    found = ask(made, made / "build/example/1.1/process.svg")
    assert (found.state, found.kind, found.version) == (State.IN_FORCE, "picture", "1.1")


@pytest.mark.parametrize("name", FILES)
def test_without_any_manifest_the_sources_prove_it(root: Path, tmp_path: Path, name: str) -> None:
    shutil.rmtree(root / "process/example/versions/1.1/issued")
    content = (root / "build/example/1.1" / name).read_bytes()
    shutil.rmtree(root / "build")
    found = ask(root, given_file(tmp_path, name, content))
    assert (found.state, found.origin) == (State.IN_FORCE, "rendered")


def test_a_container_packed_anew_is_told_and_a_changed_letter_too(
    made: Path, tmp_path: Path
) -> None:
    content = (made / "build/example/1.1/document.docx").read_bytes()
    again = ask(made, given_file(tmp_path, "a.docx", packed(parts(content))))
    assert (again.state, again.origin) == (State.IN_FORCE, "parts")
    assert "only the container was packed anew" in again.facts[0]
    changed = parts(content)
    text = changed["word/document.xml"]
    changed["word/document.xml"] = text.replace(b"Every request", b"Some request", 1)
    found = ask(made, given_file(tmp_path, "a.docx", packed(changed)))
    assert (found.state, found.headline) == (State.CHANGED, "CHANGED SINCE IT WAS MADE")
    said = " ".join(found.facts)
    assert "Its words differ, first where it says “Some request is answered." in said
    assert "what was made says “Every request is answered." in said
    assert "It says that it is of version 1.1" in said
    looks = parts(content)
    looks["word/styles.xml"] = looks["word/styles.xml"].replace(b"Calibri", b"Courier")
    found = ask(made, given_file(tmp_path, "a.docx", packed(looks)))
    assert found.state is State.CHANGED
    assert "No word of its body differs" in found.facts[0]


def test_what_an_office_program_saved_is_changed_even_if_no_word_is(
    made: Path, tmp_path: Path
) -> None:
    """Such a program writes every part anew; here it only writes the body in another way."""
    saved = parts((made / "build/example/1.1/checklist.docx").read_bytes())
    root = etree.fromstring(saved["word/document.xml"])
    saved["word/document.xml"] = etree.tostring(root, pretty_print=True)
    found = ask(made, given_file(tmp_path, "a.docx", packed(saved)))
    assert found.state is State.CHANGED
    assert "No word of its body differs" in " ".join(found.facts)


def test_a_form_that_was_filled_in_is_changed_and_told_how_to_read_it(
    made: Path, tmp_path: Path
) -> None:
    page = (made / "build/example/1.1/checklist.html").read_bytes()
    found = ask(made, given_file(tmp_path, "a.html", page.replace(b"<h1>", b"<h1> ", 1)))
    assert found.state is State.CHANGED
    assert "records import" in found.facts[0]


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_a_form_made_for_a_case_is_known_too(
    made: Path, tmp_path: Path, kind: Literal["docx", "xlsx"]
) -> None:
    target = tmp_path / f"form.{kind}"
    new_form(made, "example", "E-2026-0001", None, kind, target, clock(FIRST))
    found = ask(made, target)
    assert (found.state, found.origin) == (State.IN_FORCE, "rendered")


def test_a_forgery_that_is_whole_in_itself_cannot_be_confirmed(made: Path, tmp_path: Path) -> None:
    forged = parts((made / "build/example/1.1/document.docx").read_bytes())
    text = forged["word/document.xml"]
    forged["word/document.xml"] = text.replace(b"Every request", b"Some request", 1)
    found = ask(made, given_file(tmp_path, "a.docx", packed(with_build_digest(forged))))
    assert (found.state, found.headline) == (State.UNCONFIRMED, "CANNOT BE CONFIRMED")
    assert not found.good


def test_a_day_decides_whether_it_is_in_force(made: Path) -> None:
    document = made / "build/example/1.1/document.docx"
    before = ask(made, document, DAY)
    assert (before.state, before.headline) == (
        State.NOT_YET,
        "NOT YET IN FORCE, from 2026-07-01",
    )
    assert ask(made, document, FIRST).state is State.IN_FORCE


def test_manifests_of_builds_need_not_be_believed(root: Path) -> None:
    """Whoever can write into build/ can have any file called ours; then the sources decide."""
    shutil.rmtree(root / "process/example/versions/1.1/issued")
    document = root / "build/example/1.1/document.docx"
    forged = parts(document.read_bytes())
    forged["word/document.xml"] = forged["word/document.xml"].replace(
        b"Every request", b"Some request", 1
    )
    before = sha256(document.read_bytes()).hexdigest()
    document.write_bytes(packed(with_build_digest(forged)))
    manifest = root / "build/manifest.json"
    after = sha256(document.read_bytes()).hexdigest()
    manifest.write_text(manifest.read_text().replace(before, after))
    assert ask(root, document).origin == "build"
    assert ask(root, document, from_sources=True).state is State.UNCONFIRMED
    genuine = ask(root, root / "build/example/1.1/checklist.docx", from_sources=True)
    assert (genuine.state, genuine.origin) == (State.IN_FORCE, "rendered")


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_with_a_trusted_state_only_what_it_holds_counts_as_issued(root: Path) -> None:
    def git(*arguments: str) -> None:
        who = ("-c", "user.name=x", "-c", "user.email=x@example.com", "-c", "commit.gpgsign=false")
        subprocess.run(["git", *who, *arguments], cwd=root, check=True, capture_output=True)

    git("init", "-q", "-b", "main")
    git("add", "process")
    git("commit", "-q", "-m", "x")
    document = root / "process/example/versions/1.1/issued/document.docx"
    good = ask(root, document, from_sources=True, trust="main")
    assert (good.state, good.origin) == (State.IN_FORCE, "issued")
    forged = parts(document.read_bytes())
    forged["word/document.xml"] = forged["word/document.xml"].replace(
        b"Every request", b"Some request", 1
    )
    before = sha256(document.read_bytes()).hexdigest()
    document.write_bytes(packed(with_build_digest(forged)))
    manifest = document.with_name("manifest.json")
    after = sha256(document.read_bytes()).hexdigest()
    manifest.write_text(manifest.read_text().replace(before, after))
    assert ask(root, document, from_sources=True).origin == "issued"
    found = ask(root, document, from_sources=True, trust="main")
    assert found.state is State.UNCONFIRMED


def test_a_superseded_version_names_the_one_to_work_by(repository: Path, tmp_path: Path) -> None:
    """Nothing is built or issued there: the document is made as on its last day in force."""
    project = Path(shutil.copytree(repository / "tests/examples/contract", tmp_path / "project"))
    build(project, ("complaints",), ("document",), tmp_path / "old", clock(date(2024, 3, 1)))
    old = tmp_path / "old/complaints/1.9/document.docx"
    found = ask(project, old, date(2025, 2, 2))
    assert (found.state, found.headline) == (State.SUPERSEDED, "SUPERSEDED by 1.10")
    assert (found.superseded_by, found.origin) == ("1.10", "rendered")
    assert "Work by version 1.10." in found.facts
    known = ask(project, old, date(2025, 2, 2), folders=(tmp_path / "old",))
    assert (known.state, known.origin) == (State.SUPERSEDED, "build")
    gone = ask(project, old, date(2026, 1, 1))
    assert (gone.state, gone.headline) == (State.WITHDRAWN, "WITHDRAWN, work by 1.10")
    paper = ask(project, old, date(2024, 3, 1))
    assert paper.headline == "IN FORCE (approved on paper)"
    assert "not verifiable by this tool" in " ".join(paper.facts)
    assert {one.method for one in paper.signatures} == {"paper"}


def test_a_draft_is_a_draft_and_an_old_one_is_told(root: Path) -> None:
    draft = root / "build/example/draft/document.docx"
    found = ask(root, draft)
    assert (found.state, found.headline, found.version) == (State.DRAFT, "DRAFT", "1.2")
    edit(root, "process/example/process.yaml", "title: Next request", "title: Later request")
    assert ask(root, draft).headline == "DRAFT, AND NOT THE LATEST"
    copy = root / "copy.docx"
    copy.write_bytes(packed(parts(draft.read_bytes())))
    assert ask(root, copy).state is State.OTHER_TEXT


def test_a_frozen_definition_that_was_changed_is_no_longer_what_the_copy_says(root: Path) -> None:
    document = root / "build/example/1.1/document.docx"
    frozen = "process/example/versions/1.1/process.yaml"
    edit(root, frozen, "title: Answer a request", "title: Answer a letter")
    found = ask(root, document)
    assert (found.state, found.headline) == (State.OTHER_TEXT, "OF ANOTHER TEXT")
    picture = ask(root, root / "build/example/1.1/process.svg")
    assert picture.state is State.NOT_APPROVED  # it does not say of which text it is


def test_a_version_whose_signature_was_taken_away_is_not_approved(root: Path) -> None:
    approvals = root / "process/example/versions/1.1/approvals.yaml"
    text = approvals.read_text(encoding="utf-8")
    approvals.write_text(text.replace("by: cora.ceo", "by: quinn.qmb"), encoding="utf-8")
    found = ask(root, root / "build/example/1.1/document.docx")
    assert (found.state, found.headline) == (State.NOT_APPROVED, "NOT APPROVED")
    assert found.problems


@pytest.mark.parametrize(
    ("name", "content", "state"),
    [
        ("a.docx", b"", State.FOREIGN),
        ("a.txt", b"hello", State.FOREIGN),
        ("a.pdf", b"%PDF-1.7 nothing", State.FOREIGN),
        ("a.docx", packed({"word/document.xml": b"<x/>"}), State.FOREIGN),
        ("a.docx", packed({"../../evil": b"x", "docProps/custom.xml": b"x"}), State.REFUSED),
        ("a.docx", b"PK\x03\x04" + b"\0" * 50, State.REFUSED),
        ("a.json", b"{}", State.FOREIGN),
        ("a.json", b"[" * 5000, State.FOREIGN),
        ("a.yaml", b"a: &a [*a]\n", State.FOREIGN),
        ("a.yaml", b"\xff\xfe", State.FOREIGN),
    ],
)
def test_what_is_not_ours_is_said_and_nothing_crashes(
    made: Path, tmp_path: Path, name: str, content: bytes, state: State
) -> None:
    assert ask(made, given_file(tmp_path, name, content)).state is state


def test_a_bomb_is_refused(made: Path, tmp_path: Path) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("docProps/custom.xml", b"\0" * 60_000_000)
    assert ask(made, given_file(tmp_path, "a.docx", target.getvalue())).state is State.REFUSED


def test_of_another_process_or_version_is_not_ours(made: Path, tmp_path: Path) -> None:
    files = parts((made / "build/example/1.1/document.docx").read_bytes())
    custom = files["docProps/custom.xml"]
    for old, new, said in (
        (b">example<", b">elsewhere<", "`elsewhere`"),
        (b">1.1<", b">9.9<", "9.9"),
    ):
        assert old in custom
        other = with_build_digest({**files, "docProps/custom.xml": custom.replace(old, new)})
        found = ask(made, given_file(tmp_path, "a.docx", packed(other)))
        assert found.state is State.FOREIGN
        assert said in found.problems[0]


def test_a_pdf_is_only_confirmed_by_the_build_that_made_it(made: Path, tmp_path: Path) -> None:
    from artifacts.marks.test_marks import PDF
    from regelwerk.artifacts.marks.pdf import with_pdf_marks
    from regelwerk.artifacts.marks.read import marks_of

    marks = marks_of((made / "build/example/1.1/document.docx").read_bytes())
    assert marks is not None
    found = ask(made, given_file(tmp_path, "a.pdf", with_pdf_marks(PDF, marks)))
    assert (found.state, found.version) == (State.UNCONFIRMED, "1.1")
    assert "no two are alike" in found.problems[0]


def test_manifests_tell_what_is_missing_or_changed(root: Path) -> None:
    for manifest, good in (
        (root / "build/manifest.json", State.IN_ORDER),
        (root / "process/example/versions/1.1/issued/manifest.json", State.IN_FORCE),
    ):
        assert ask(root, manifest).state is good
    (root / "build/example/1.1/process.svg").write_bytes(b"other")
    (root / "build/example/1.1/process.png").unlink()
    found = ask(root, root / "build/manifest.json")
    assert found.state is State.NOT_IN_ORDER
    assert found.problems == (
        "example/1.1/process.png is not there",
        "example/1.1/process.svg is not as it was made",
    )
    (root / "process/example/versions/1.1/issued/document.docx").write_bytes(b"other")
    issued = ask(root, root / "process/example/versions/1.1/issued/manifest.json")
    assert issued.problems == ("document.docx is not as it was made",)


def test_records_are_judged_and_copies_compared(repository: Path, tmp_path: Path) -> None:
    project = Path(shutil.copytree(repository / "tests/examples/contract", tmp_path / "project"))
    record = project / "process/complaints/records/C-2025-0001.yaml"
    found = ask(project, record, date(2026, 1, 1))
    assert (found.state, found.headline) == (State.IN_ORDER, "KEEPS TO ITS VERSION")
    assert any(fact.startswith("Evidence: ") for fact in found.facts)
    copy = tmp_path / "copy.yaml"
    copy.write_text(record.read_text(encoding="utf-8") + "\n# a remark\n", encoding="utf-8")
    same = ask(project, copy, date(2026, 1, 1))
    assert same.state is State.IN_ORDER
    assert "says what the project keeps" in same.facts[0]
    copy.write_text(record.read_text(encoding="utf-8") + "x-more: 1\n", encoding="utf-8")
    assert ask(project, copy, date(2026, 1, 1)).headline == "NOT WHAT THE PROJECT KEEPS"
    other = record.read_text(encoding="utf-8").replace("C-2025-0001", "C-9999-0001")
    copy.write_text(other, encoding="utf-8")
    assert ask(project, copy, date(2026, 1, 1)).state is State.FOREIGN
    evidence = next((project / "process/complaints/records/evidence").glob("C-2025-0001*"))
    evidence.unlink()
    broken = ask(project, record, date(2026, 1, 1))
    assert broken.state is State.NOT_IN_ORDER
    assert "evidence" in broken.problems[0]


def test_a_definition_is_known_by_its_meaning(root: Path) -> None:
    frozen = root / "process/example/versions/1.1/process.yaml"
    copy = root / "copy.yaml"
    copy.write_text("# a remark\n" + frozen.read_text(encoding="utf-8"), encoding="utf-8")
    assert ask(root, copy).state is State.IN_FORCE
    assert ask(root, root / "process/example/versions/1.0/process.yaml").state is State.SUPERSEDED
    assert ask(root, root / "process/example/process.yaml").state is State.DRAFT
    text = frozen.read_text(encoding="utf-8").replace("Every request", "Some request")
    copy.write_text(text, encoding="utf-8")
    found = ask(root, copy)
    assert (found.state, found.problems) == (
        State.OTHER_TEXT,
        ("it is not the text of version 1.1",),
    )


def test_a_folder_is_every_file_in_it_and_one_bad_file_decides(made: Path, tmp_path: Path) -> None:
    shutil.copytree(made / "build/example/1.1", tmp_path / "copies")
    good = verify(made, [tmp_path / "copies"], Wish(), clock(FIRST))
    assert len(good.checked) > 4
    assert good.exit_code == 0
    (tmp_path / "copies/more.txt").write_text("x")
    assert verify(made, [tmp_path / "copies"], Wish(), clock(FIRST)).exit_code == 1


def test_what_is_not_there_is_wrong_usage_and_so_is_no_project(made: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        verify(made, [tmp_path / "nowhere.docx"], Wish(), clock())
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError):
        verify(made, [tmp_path / "empty"], Wish(), clock())
    (tmp_path / "a.txt").write_text("x")
    with pytest.raises(ProjectNotFoundError, match=r"a\.txt"):
        verify(tmp_path, [tmp_path / "a.txt"], Wish(), clock())


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_no_damaged_copy_is_ever_in_force(made: Path, tmp_path: Path, data: st.DataObject) -> None:
    """Bytes changed anywhere: told, refused, or only the container differs."""
    name = data.draw(st.sampled_from(["document.docx", "checklist.html"]))
    before = (made / "build/example/1.1" / name).read_bytes()
    content = bytearray(before)
    at = data.draw(st.integers(0, len(content) - 1))
    content[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    found = ask(made, given_file(tmp_path, name, bytes(content)))
    if found.good and bytes(content) != before:
        assert found.origin == "parts"
        assert parts(bytes(content)) == parts(before)

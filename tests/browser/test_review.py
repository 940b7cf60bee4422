"""The review page in Chromium, from a file: a key, a signature, and what comes of the file."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from browser.form_pages import MARKS, drive, quiet
from operations.versions_world import begin, edit, errors, status
from regelwerk.cli.main import run

pytestmark = [*MARKS, pytest.mark.xdist_group("review")]

SACRED = 'R&D <Vertrieb> "quoted" {{ x }} ü 漢字 \\ 🙂\n# second line'
PEOPLE = "process/people.yaml"
SIGNERS = (("created", "anna.clerk"), ("examined", "quinn.qmb"), ("approved", "cora.ceo"))
LOOKS = [
    {"width": 1000},
    {"width": 1000, "dark": True},
    {"width": 360},
    {"width": 360, "dark": True},
]


class World:
    """A project with a frozen version, and a browser profile for each person."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.root = begin(folder / "project")
        edit(self.root, "process/example/process.yaml", "Answer a request", "Answer R&D <b>")
        assert self.run("versions", "submit", "example", "--effective-from", "2099-01-01") == 0

    def run(self, *arguments: str) -> int:
        return run(["-C", str(self.root), *arguments])

    def page(self) -> str:
        path = self.folder / "review.html"
        assert self.run("review", "example", "1.1", "-o", str(path)) == 0
        return path.as_uri()

    def drive(self, scenario: str, who: str, **given: Any) -> dict[str, Any]:
        address = self.page()
        profile = self.folder / f"profile-{who}"
        found = drive(scenario, address=address, folder=self.folder, profile=profile, **given)
        quiet(found, address)
        return found

    def enrol(self, person: str) -> None:
        """Make a key in the person's browser and enter what is sent in."""
        found = self.drive("reviewEnrol", person)
        text = Path(found["path"]).read_text(encoding="utf-8")
        assert text == f"{found['line']}\n"
        self.enter(person, found["line"])

    def enter(self, person: str, line: str) -> None:
        """Put a key into people.yaml in the place of the person's old one."""
        people = self.root / PEOPLE
        lines = people.read_text(encoding="utf-8").splitlines(keepends=True)
        key = re.compile(r'"ssh-ed25519 [^"]*"')
        people.write_text(
            "".join(
                key.sub(f'"{line}"', one) if one.startswith(f"{person}:") else one for one in lines
            ),
            encoding="utf-8",
        )

    def receive(self, path: str | Path) -> int:
        return self.run("versions", "sign", "example", "1.1", "--from", str(path), "--yes")


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def test_three_people_enrol_and_sign_by_keyboard_and_the_version_is_approved(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    world.enrol("anna.clerk")
    for stage, person in SIGNERS:
        found = world.drive("reviewSign", person, person=person, comment=SACRED)
        assert found["chosen"] == (person if person == "anna.clerk" else ""), "the key says who"
        assert found["focus"] == "done"
        made = json.loads(Path(found["path"]).read_text(encoding="utf-8"))
        assert Path(found["path"]).read_text(encoding="utf-8") == found["text"]
        assert found["command"].endswith(f"--from example-1.1-{stage}-{person}.json")
        assert json.loads(found["shown"]) == made["statement"]
        assert made["statement"]["comment"] == SACRED
        world.enter(person, found["line"])
        capsys.readouterr()
        assert world.receive(found["path"]) == 0
        assert world.receive(found["path"]) == 1
        assert "signed already" in capsys.readouterr().err
        assert errors(world.root) == []
    assert status(world.root, day=date(2098, 12, 31)) == "approved"
    assert status(world.root, day=date(2099, 1, 1)) == "effective"
    _verified_by_ssh_keygen(world)


def _verified_by_ssh_keygen(world: World) -> None:
    if shutil.which("ssh-keygen") is None:
        assert not os.environ.get("CI"), "ssh-keygen is not installed"
        return
    out = world.folder / "proof"
    assert world.run("versions", "statements", "example", "1.1", "--out", str(out)) == 0
    for index, (_, person) in enumerate(SIGNERS):
        verify = ["ssh-keygen", "-Y", "verify", "-n", "regelwerk-approval@v1"]
        verify += ["-f", "allowed_signers", "-I", person, "-s", f"signatures-{index}.sig"]
        statement = (out / f"signatures-{index}.json").read_bytes()
        assert subprocess.run(verify, cwd=out, input=statement, capture_output=True).returncode == 0
        other = statement.replace(person.encode(), b"other.one")
        assert subprocess.run(verify, cwd=out, input=other, capture_output=True).returncode != 0


def test_a_key_cannot_be_read_out_and_signs_before_it_is_entered_but_does_not_count(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    found = world.drive("reviewEnrol", "anna.clerk")
    assert not found["before"], "nothing can be signed without a key"
    assert found["focus"] == "key-line"
    assert "was not in people.yaml" in found["whose"]
    assert found["kept"]["extractable"] is False
    assert found["kept"]["exported"] == ["InvalidAccessError"] * 3
    signed = world.drive("reviewSign", "anna.clerk", person="anna.clerk")
    capsys.readouterr()
    assert world.receive(signed["path"]) == 1
    assert "is none of Anna Clerk's keys (approval/bad-signature)" in capsys.readouterr().err


TAMPERED: list[tuple[dict[str, Any], str]] = [
    ({"version": "1.0"}, "another version"),
    ({"process": "other"}, "another process"),
    ({"stage": "examined"}, "approval/out-of-order"),
    ({"by": "bert.clerk"}, "is that of Anna Clerk"),
    ({"comment": "Yes."}, "another statement"),
    ({"digest": "sha256:" + "1" * 64}, "approval/digest-mismatch"),
]


def test_a_file_in_which_anything_was_changed_is_refused(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    world.enrol("anna.clerk")
    found = world.drive("reviewSign", "anna.clerk", person="anna.clerk", comment="Yes!")
    made = json.loads(Path(found["path"]).read_text(encoding="utf-8"))
    approvals = world.root / "process/example/versions/1.1/approvals.yaml"
    before = approvals.read_bytes()
    signature = made["signature"]
    middle = len(signature) // 2
    other = "A" if signature[middle] != "A" else "B"
    files = [({**made, "statement": made["statement"] | keys}, words) for keys, words in TAMPERED]
    files.append(
        (
            {**made, "signature": signature[:middle] + other + signature[middle + 1 :]},
            "bad-signature",
        )
    )
    for data, words in files:
        path = world.folder / "tampered.json"
        path.write_text(json.dumps(data), encoding="utf-8")
        capsys.readouterr()
        assert world.receive(path) == 1
        assert words in capsys.readouterr().err
        assert approvals.read_bytes() == before
    assert world.receive(found["path"]) == 0


def test_what_is_left_out_or_changed_afterwards_is_not_signed(world: World) -> None:
    world.drive("reviewEnrol", "anna.clerk")
    found = world.drive("reviewCareless", "anna.clerk", person="anna.clerk")
    assert found["nobody"] == {
        "wrong": "Choose who you are.",
        "focus": "who",
        "look": False,
        "done": False,
    }
    assert "longer than 20,000 characters" in found["long"]["wrong"]
    assert found["long"]["focus"] == "comment"
    assert found["signed"]["done"]
    assert found["signed"]["wrong"] == ""
    assert not found["changed"]["done"]
    assert not found["changed"]["look"]


def test_a_key_is_deleted_only_after_a_second_yes(world: World) -> None:
    world.drive("reviewEnrol", "anna.clerk")
    found = world.drive("reviewDelete", "anna.clerk")
    assert found["kept"]
    assert found["focus"] == "key-make"
    assert not found["after"]


NO_ED25519 = "crypto.subtle.generateKey = () => Promise.reject(new Error('no such algorithm'))"
NO_CRYPTO = "Object.defineProperty(crypto, 'subtle', { value: undefined })"
NO_STORE = "Object.defineProperty(globalThis, 'indexedDB', { value: undefined })"
FULL_STORE = (
    "IDBObjectStore.prototype.add = () => { throw new DOMException('', 'QuotaExceededError') }"
)


@pytest.mark.parametrize(
    ("lacking", "words"),
    [
        (NO_ED25519, "lacks Ed25519"),
        (NO_CRYPTO, "lacks Ed25519"),
        (NO_STORE, "does not let this page keep a key"),
        (FULL_STORE, "does not let this page keep a key"),
    ],
)
def test_a_browser_that_cannot_says_so_and_the_page_can_be_read(
    world: World, lacking: str, words: str
) -> None:
    found = drive("reviewWithout", address=world.page(), lacking=lacking)
    assert words in found["told"]
    assert not found["box"]
    assert "Receive the request" in found["read"]
    assert found["console"] == []


def test_without_scripts_it_is_read_and_says_what_is_missing(world: World) -> None:
    found = drive("reviewWithout", address=world.page(), scripts=False)
    assert "Scripts are switched off" in found["told"]
    assert "Receive the request" in found["read"]


def test_it_is_accessible_and_fits_in_every_look(world: World) -> None:
    address = world.page()
    found = drive(
        "reviewLooks", address=address, folder=world.folder, looks=LOOKS, person="anna.clerk"
    )
    quiet(found, address)
    assert len(found["found"]) == 2 + len(LOOKS)
    for look in found["found"]:
        assert look["violations"] == [], look
        assert look["scroll"] <= look["width"], look
    assert found["printed"]["box"] == "none"
    assert found["printed"]["text"] > 1000

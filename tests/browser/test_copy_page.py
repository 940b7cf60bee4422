"""The page to copy an e-mail from, in Chromium: by keyboard, in the dark, on a phone, on paper."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import msgspec
import pytest

from artifacts.email.support import MEET, SACRED, context, head, read
from browser.form_pages import CHROMIUM, MARKS, TOOLS, quiet
from regelwerk.artifacts.email.copy_page import copy_page
from regelwerk.artifacts.email.message import AttachedFile, Draft, eml
from regelwerk.artifacts.email.render import compose
from regelwerk.artifacts.email.sending import txt
from regelwerk.artifacts.email.values import Shown

pytestmark = MARKS

HOSTILE = '</pre></script><img src=x onerror="globalThis.hacked=1">'
LOOKS = [
    {"width": 1000}, {"width": 1000, "dark": True}, {"width": 360}, {"width": 360, "dark": True},
    {"width": 800, "print": True},
]  # fmt: skip


def draft(root: Path, *, working: bool = False) -> Draft:
    given = {
        ("steps", "meet", "fields", "first-name"): Shown(SACRED),
        ("steps", "meet", "fields", "notes"): Shown(f"{HOSTILE}\n{'long' * 100}"),
    }
    text = head('{{ fields["first-name"] }}', cc='["role:office"]') + (
        '**Dear** {{ fields["first-name"] }},\n\n- {{ fields.notes }}\n- {{ fields.date }}\n\n'
        "| a | b |\n|--:|---|\n| 1 | 2 |\n"
    )
    email = read(root, text)
    made = compose(context(working=working), email, (MEET,), given, allow_blank=True)
    calendar = AttachedFile("m.ics", "text/calendar; charset=utf-8", b"BEGIN:VCALENDAR\r\n")
    return msgspec.structs.replace(made, calendar=calendar)


def drive(address: str, folder: Path, looks: list[dict[str, Any]]) -> dict[str, Any]:
    given = json.dumps({"address": address, "folder": str(folder), "looks": looks})
    run = subprocess.run(
        ["node", str(TOOLS / "copying.mjs"), given],
        capture_output=True,
        text=True,
        timeout=120,
        env={**os.environ, "CHROMIUM": str(CHROMIUM)},
    )
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


@pytest.mark.parametrize("working", [False, True])
def test_every_part_is_copied_by_keyboard_and_nothing_leaves_the_machine(
    tmp_path: Path, *, working: bool
) -> None:
    made = draft(tmp_path, working=working)
    page = tmp_path / "hello.html"
    page.write_bytes(copy_page("hello", made, "T-1-hello"))
    found = drive(page.as_uri(), tmp_path / "taken", LOOKS)

    copied = found["copied"]
    assert copied["to"]["text"] == "office@example.com"
    assert copied["subject"]["text"] == made.subject
    assert SACRED in made.subject
    assert copied["text"]["text"] == copied["plain"]["text"] == made.copy.text
    assert copied["plain"]["html"] == ""
    formatted = copied["text"]["html"]
    assert "<strong>Dear</strong> R&amp;D &lt;Vertrieb&gt;" in formatted
    assert "<li>" in formatted
    assert "&lt;img src=x" in formatted
    assert "<img" not in formatted
    assert ("DRAFT" in formatted) == working
    # The colours of a dark screen would be unreadable on white paper: only pairs are copied.
    assert formatted.count("color:") == 2 * formatted.count("background-color:")
    assert found["said"] == [
        "To: copied", "Copy to: copied", "Subject: copied", "Text: copied", "Text: copied",
    ]  # fmt: skip

    assert [Path(path).name for path in found["files"]] == [
        "T-1-hello.eml", "T-1-hello.txt", "T-1-hello.ics",
    ]  # fmt: skip
    contents = [Path(path).read_bytes() for path in found["files"]]
    assert contents == [eml(made), txt(made), b"BEGIN:VCALENDAR\r\n"]

    assert len(found["widths"]) == len(LOOKS)
    for look in found["widths"]:
        assert look["shown"] == look["width"], look
        assert look["violations"] == []
    quiet(found, page.as_uri())

"""Template files as people save them."""

from __future__ import annotations

from pathlib import Path

import pytest

from artifacts.email.support import head, read
from regelwerk.artifacts.email.recipients import FieldReference, Recipient
from regelwerk.artifacts.email.source import MAX_BYTES
from regelwerk.artifacts.email.template import Attachment, Place
from regelwerk.model.span import Span

TEXT = head("Hello {{ record.by }}") + "Dear {{ fields.date }},\n\nü {{ record.case }}\n"


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        b"\xef\xbb\xbf" + TEXT.encode(),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("\n", "\r").encode(),
        TEXT.replace("---\n", "---  \n").encode(),
    ],
    ids=["plain", "bom", "crlf", "cr", "trailing spaces"],
)
def test_any_way_of_saving_reads_alike(tmp_path: Path, content: bytes) -> None:
    email = read(tmp_path, content)
    assert email.problems == ()
    assert [(used.name, used.place) for used in email.used] == [
        (("record", "by"), Place(("subject",), 2, 1)),
        (("fields", "date"), Place((), 5, 9)),
        (("record", "case"), Place((), 7, 6)),
    ]


def test_everything_in_the_head_is_read(tmp_path: Path) -> None:
    email = read(
        tmp_path,
        head(
            "Hello",
            to='["field:meet.mail", "role:clerk"]',
            cc='["person:anna.b", "a@example.com"]',
            language="de",
            attachments='["document:answer", "artifact:picture"]',
            meeting='{title: "At {{ organization.name }}", date: "field:meet.date", '
            'time: "field:meet.notes", place: Room 1, duration: PT90M}',
        ),
    )
    assert email.problems == ()
    assert email.to == (Recipient("field", "mail", "meet"), Recipient("role", "clerk"))
    assert email.cc == (Recipient("person", "anna.b"), Recipient("address", "a@example.com"))
    assert email.language == "de"
    assert email.attachments == (
        Attachment("document", "answer"),
        Attachment("artifact", "picture"),
    )
    assert email.meeting is not None
    assert email.meeting.date == FieldReference("meet", "date")
    assert email.meeting.time == FieldReference("meet", "notes")
    assert email.meeting.place == "Room 1"
    assert email.meeting.duration == Span(minutes=90)
    assert [used.name for used in email.used] == [("organization", "name")]


def test_what_is_not_utf_8_has_its_place(tmp_path: Path) -> None:
    (problem,) = read(tmp_path, TEXT.encode("latin-1")).problems
    assert (problem.code, problem.line, problem.column) == ("yaml/encoding", 7, 1)


def test_a_template_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    (problem,) = read(tmp_path, head() + "x" * MAX_BYTES).problems
    assert problem.code == "template/unsafe"


@pytest.mark.parametrize(
    "content",
    [b"", b"\n", b"---", b"---\n", b"---\n---", b"---\n---\n", b"---\n[]\n---\n",
     b"---\n- a\n---\n",
     b"---\nto: {}\nsubject: []\nmeeting: []\ncc: 1\nattachments: x\n---\n",
     b"---\nsubject: x\nto: [1, [], {}]\nmeeting: {date: 1, place: [], time: x}\n---\n",
     b"---\nsubject: &a [*a]\n---\n", b"---\n\xef\xbb\xbf\n---\n", b"---\n\x00\n---\n"],
)  # fmt: skip
def test_a_broken_head_is_a_finding_and_never_an_error(tmp_path: Path, content: bytes) -> None:
    problems = read(tmp_path, content).problems
    assert problems
    for problem in problems:
        assert problem.file == "templates/email/hello.md"
        assert problem.line
        assert problem.column

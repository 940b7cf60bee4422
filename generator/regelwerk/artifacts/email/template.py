"""An e-mail template as it is written: YAML between two lines `---`, then the text in Markdown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import msgspec

from regelwerk.artifacts.email.headers import not_for_headers, not_for_texts
from regelwerk.artifacts.email.recipients import (
    FieldReference,
    Recipient,
    parse_field,
    parse_recipient,
)
from regelwerk.artifacts.email.source import split
from regelwerk.artifacts.email.syntax import Name, Parsed, parse
from regelwerk.diagnostics import Path, Problem
from regelwerk.model.context import FrontMatter, Template, TemplateSource
from regelwerk.model.process import Step
from regelwerk.model.span import Span, parse_span

AREA = "email"


class Place(msgspec.Struct, frozen=True):
    """A place in a template file: a path in its head (empty: in the text), line and column."""

    path: Path
    line: int
    column: int


class Used(msgspec.Struct, frozen=True):
    """A value that the template takes, and where it does."""

    name: Name
    place: Place


class Attachment(msgspec.Struct, frozen=True):
    """What is sent along: a document of the process, or an artifact."""

    kind: Literal["document", "artifact"]
    id: str


class Meeting(msgspec.Struct, frozen=True, kw_only=True):
    """The meeting that a mail invites to; `place` is a field or the place itself."""

    title: Parsed
    date: FieldReference
    time: FieldReference | None = None
    place: FieldReference | str | None = None
    duration: Span | None = None


class EmailTemplate(msgspec.Struct, frozen=True, kw_only=True):
    """A template that was read. Only one without `problems` may be rendered.

    `used` and `fields` are what it takes, `entries` the places of recipients and attachments as
    they are written (`role:qmb`).
    """

    name: str
    file: str
    subject: Parsed
    body: Parsed
    to: tuple[Recipient, ...] = ()
    cc: tuple[Recipient, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    meeting: Meeting | None = None
    language: str | None = None
    used: tuple[Used, ...] = ()
    fields: tuple[tuple[FieldReference, Place], ...] = ()
    entries: Mapping[str, Place] = {}
    problems: tuple[Problem, ...] = ()

    @property
    def is_packaged(self) -> bool:
        """Whether it came with the tool, and not from the project."""
        return self.file.startswith("<")


def read_email_template(templates: TemplateSource, name: str) -> EmailTemplate | None:
    """Read `email/<name>.md`; None where there is none. Never raises for what it holds."""
    template = templates.read(AREA, f"{name}.md")
    return _Reader(template, templates, name).email() if template is not None else None


def emails_of(steps: tuple[Step, ...]) -> Mapping[str, tuple[Step, ...]]:
    """The names of the e-mails that the steps send, sorted, and who sends each."""
    found: dict[str, tuple[Step, ...]] = {}
    for step in steps:
        if step.email is not None:
            found[step.email] = (*found.get(step.email, ()), step)
    return dict(sorted(found.items()))


class _Reader:
    """Reads one file; holds what was found so far."""

    def __init__(self, template: Template, templates: TemplateSource, name: str) -> None:
        self._name = name
        self._file = template.file
        self._templates = templates
        self._content = template.content
        self._problems: list[Problem] = []
        self._used: list[Used] = []
        self._fields: list[tuple[FieldReference, Place]] = []
        self._entries: dict[str, Place] = {}

    def email(self) -> EmailTemplate:
        parts = split(self._content)
        if parts.problem is not None:
            return EmailTemplate(
                name=self._name,
                file=self._file,
                subject=parse(""),
                body=parse(""),
                problems=(msgspec.structs.replace(parts.problem, file=self._file),),
            )
        front = self._templates.front_matter(AREA, parts.head)
        values = self._values(front)
        body = self._text(parts.body, None, parts.first_line)
        return EmailTemplate(
            name=self._name,
            file=self._file,
            body=body,
            used=tuple(self._used),
            fields=tuple(self._fields),
            entries=self._entries,
            problems=(*self._shape(front), *self._problems),
            **values,
        )

    def _shape(self, front: FrontMatter) -> list[Problem]:
        """What is wrong with the head, unless it was said better already."""
        said = {problem.path for problem in self._problems if problem.path}
        return [self._placed(item, front) for item in front.problems if item.path not in said]

    def _placed(self, problem: Problem, front: FrontMatter) -> Problem:
        line, column = front.place(problem.path)
        if not problem.path and problem.line is None:
            line, column = 1, 1
        return msgspec.structs.replace(
            problem, file=self._file, line=problem.line or line, column=problem.column or column
        )

    def _values(self, front: FrontMatter) -> dict[str, Any]:
        data = front.data if isinstance(front.data, dict) else {}
        language = data.get("language")
        return {
            "subject": self._line(data.get("subject"), ("subject",), front),
            "to": self._recipients(data.get("to"), "to", front),
            "cc": self._recipients(data.get("cc"), "cc", front),
            "attachments": self._attachments(data.get("attachments"), front),
            "meeting": self._meeting(data.get("meeting"), front),
            "language": language if isinstance(language, str) else None,
        }

    def _line(self, value: object, path: Path, front: FrontMatter) -> Parsed:
        return self._text(value if isinstance(value, str) else "", self._place(path, front), 1)

    def _text(self, text: str, key: Place | None, first_line: int) -> Parsed:
        """Parse a text: one of the head stands at its key, the body at its own lines."""
        parsed = parse(text)
        unfit = not_for_texts(text) if key is None else not_for_headers(text)
        if unfit is not None:
            self._say(
                key or _place_in(text, unfit, first_line),
                "template/syntax",
                f"an e-mail cannot carry the control character U+{ord(text[unfit]):04X} here",
                "remove it",
            )
        for fault in parsed.faults:
            place = key or _place_in(text, fault.offset, first_line)
            self._problems.append(
                Problem(
                    fault.code,
                    place.path,
                    fault.message,
                    fault.hint,
                    line=place.line,
                    column=place.column,
                    file=self._file,
                )
            )
        self._used += [
            Used(reference.name, key or _place_in(text, reference.offset, first_line))
            for reference in parsed.references
        ]
        return parsed

    def _recipients(self, value: object, key: str, front: FrontMatter) -> tuple[Recipient, ...]:
        found = []
        for index, item in enumerate(value if isinstance(value, list) else []):
            place = self._entry(item, (key, index), front)
            recipient = parse_recipient(item) if isinstance(item, str) else None
            if recipient is not None:
                found.append(recipient)
                if recipient.kind == "field":
                    self._fields.append((FieldReference(recipient.step, recipient.id), place))
            elif isinstance(item, str):
                message = f"`{item[:60]}` is no recipient"
                self._say(place, "schema/value", message, _RECIPIENT_HINT)
        return tuple(found)

    def _attachments(self, value: object, front: FrontMatter) -> tuple[Attachment, ...]:
        found = []
        for index, item in enumerate(value if isinstance(value, list) else []):
            self._entry(item, ("attachments", index), front)
            kind, _, id_ = item.partition(":") if isinstance(item, str) else ("", "", "")
            if kind == "document":
                found.append(Attachment("document", id_))
            elif kind == "artifact":
                found.append(Attachment("artifact", id_))
        return tuple(found)

    def _meeting(self, value: object, front: FrontMatter) -> Meeting | None:
        if not isinstance(value, dict):
            return None
        title = self._line(value.get("title"), ("meeting", "title"), front)
        date, time = self._field(value, "date", front), self._field(value, "time", front)
        place, duration = value.get("place"), value.get("duration")
        where: FieldReference | str | None = place if isinstance(place, str) else None
        if isinstance(where, str) and where.startswith("field:"):
            where = self._field(value, "place", front)
        if date is None:
            return None
        return Meeting(
            title=title,
            date=date,
            time=time,
            place=where,
            duration=parse_span(duration) if isinstance(duration, str) else None,
        )

    def _field(
        self, meeting: dict[str, Any], key: str, front: FrontMatter
    ) -> FieldReference | None:
        text = meeting.get(key)
        if not isinstance(text, str):
            return None
        place = self._place(("meeting", key), front)
        field = parse_field(text)
        if field is None:
            message = f"`{text[:60]}` names no field"
            self._say(place, "schema/value", message, "write `field:<step>.<field>`")
        else:
            self._fields.append((field, place))
        return field

    def _place(self, path: Path, front: FrontMatter) -> Place:
        line, column = front.place(path)
        return Place(path, line, column)

    def _entry(self, item: object, path: Path, front: FrontMatter) -> Place:
        place = self._place(path, front)
        return self._entries.setdefault(item, place) if isinstance(item, str) else place

    def _say(self, place: Place, code: str, message: str, hint: str) -> None:
        self._problems.append(
            Problem(
                code,
                place.path,
                message,
                hint,
                line=place.line,
                column=place.column,
                file=self._file,
            )
        )


_RECIPIENT_HINT = (
    "an address such as `name@example.com`, or `role:<id>`, `person:<id>`, `field:<step>.<field>`"
)


def _place_in(text: str, offset: int, first_line: int) -> Place:
    before = text[:offset]
    return Place((), first_line + before.count("\n"), offset - before.rfind("\n"))

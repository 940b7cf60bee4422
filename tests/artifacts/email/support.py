"""Projects and templates in a folder, and what the e-mail room makes of them."""

from __future__ import annotations

from datetime import date
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, cast

from conftest import REPOSITORY
from regelwerk.artifacts.email.lint import lint_emails
from regelwerk.artifacts.email.template import EmailTemplate, read_email_template
from regelwerk.diagnostics import Diagnostic
from regelwerk.model.context import BuildContext, resolve_names
from regelwerk.model.organization import Organization, Person, Role, RoleHolding
from regelwerk.model.process import Document, End, Field, Process, Start, Step
from regelwerk.model.project import Definition, Project
from regelwerk.model.version import Status, Verdict
from regelwerk.project.load import load
from regelwerk.project.source import place
from regelwerk.project.templates import TemplateFolder
from regelwerk.project.translations import read_translations

SACRED = 'R&D <Vertrieb> "quoted" {{ x }} ü 漢字'
FIELDS = (
    Field(id="first-name", label="First name", type="text"),
    Field(id="mail", label="E-mail address", type="text"),
    Field(id="date", label="Date of the appointment", type="date"),
    Field(id="notes", label="Notes", type="text"),
    Field(id="items", label="Items", type="text"),
)
MEET = Step(
    id="meet", title="Meet", at=("steps", 0), responsible="clerk", fields=FIELDS, email="hello"
)


def context(
    *,
    steps: tuple[Step, ...] = (MEET,),
    working: bool = False,
    organization: str = "Example & Sons",
    title: str = "Answer a request",
    document: str | None = "P-1",
    role_title: str = "Clerk",
    language: str = "en",
) -> BuildContext:
    """What a small definition's artifacts are made from."""
    roles = {
        "clerk": Role(id="clerk", title=role_title),
        "office": Role(id="office", title="Office", includes=("clerk",)),
        "nobody": Role(id="nobody", title="Nobody"),
    }
    project = Project(
        organization=Organization(name=organization, languages=(language,), roles=roles),
        people={
            "anna": _person("anna", "Änne Müller", date(2020, 1, 1), None),
            "bert": _person("bert", "Bert Clerk", date(2019, 1, 1), date(2019, 12, 31)),
            "cora": Person(id="cora", name="Cora Ceo"),
        },
        translations=read_translations(REPOSITORY, ["de"])[0],
    )
    process = Process(
        id="example",
        title=title,
        version="1.1",
        purpose="",
        start=Start(event="A request has arrived"),
        steps=steps,
        ends={"done": End(id="done", event="It is done")},
        document=document,
        documents={"answer": Document(id="answer", title="Answer to the customer")},
    )
    status = Status.DRAFT if working else Status.EFFECTIVE
    return BuildContext(
        project=project,
        definition=Definition(
            file="process/example/process.yaml",
            data={},
            process=process,
            sound=True,
            version=None if working else "1.1",
        ),
        verdict=Verdict(version="1.1", status=status),
        names=resolve_names(project, None),
        as_of=date(2026, 11, 24),
        working=working,
    )


def _person(id_: str, name: str, since: date, until: date | None) -> Person:
    holding = RoleHolding(role="clerk", since=since, until=until)
    return Person(id=id_, name=name, email=f"{id_}@example.com", roles=(holding,))


def head(subject: str = "Hello", **keys: str) -> str:
    """The head of a template; `keys` are further lines as YAML."""
    lines = {"to": "[office@example.com]", **keys}
    rest = "".join(f"{key}: {value}\n" for key, value in lines.items())
    quoted = subject.replace("'", "''")
    return f"---\nsubject: '{quoted}'\n{rest}---\n"


def templates(root: Path, text: str | bytes, name: str = "hello") -> TemplateFolder:
    """A project folder with one template."""
    file = root / "templates" / "email" / f"{name}.md"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return TemplateFolder(root)


def read(root: Path, text: str | bytes) -> EmailTemplate:
    """The template read from a project folder."""
    email = read_email_template(templates(root, text), "hello")
    assert email is not None
    return email


def findings(root: Path) -> list[Diagnostic]:
    """What is found in the templates of a project on disk."""
    loaded = load(root)
    problems = lint_emails(loaded.project, TemplateFolder(root))
    return sorted((place(item, loaded.sources) for item in problems), key=Diagnostic.sort_key)


def parsed(content: bytes) -> EmailMessage:
    """The mail as Python's parser reads it; it must find no fault."""
    message = cast("EmailMessage", message_from_bytes(content, policy=default))
    for part in message.walk():
        assert part.defects == []
        for value in part.values():
            assert cast("Any", value).defects == ()
    return message


def text_of(message: EmailMessage) -> str:
    """The plain text, with `\\n`."""
    return _content(message, "plain")


def html_of(message: EmailMessage) -> str:
    """The HTML as it is sent."""
    return _content(message, "html")


def _content(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    assert part is not None
    return cast("str", part.get_content()).replace("\r\n", "\n")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.text += "\n" if tag == "br" else ""


def seen(html: str) -> str:
    """What a person reads in the HTML."""
    reader = _Reader()
    reader.feed(html)
    return reader.text


def tags(html: str) -> list[tuple[str, dict[str, str | None]]]:
    """Every tag and its attributes."""
    reader = _Reader()
    reader.feed(html)
    return reader.tags

"""E-mails as drafts: the blank templates of a definition, and one filled from a record."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import msgspec

from regelwerk.artifacts.email.addresses import addresses_of
from regelwerk.artifacts.email.fill import Marks, fill, text_of
from regelwerk.artifacts.email.headers import header_text
from regelwerk.artifacts.email.layout import html_part, plain_part
from regelwerk.artifacts.email.lint import lint_email_template, lint_email_use
from regelwerk.artifacts.email.message import Draft, eml
from regelwerk.artifacts.email.syntax import Name
from regelwerk.artifacts.email.template import EmailTemplate, emails_of, read_email_template
from regelwerk.artifacts.email.values import Gap, Shown, Value, values_for
from regelwerk.artifacts.email.words import say
from regelwerk.artifacts.view.lookup import lookup
from regelwerk.artifacts.view.speech import speech
from regelwerk.artifacts.view.standing import status_view
from regelwerk.errors import RenderError
from regelwerk.model.context import Artifact, BuildContext, TemplateSource
from regelwerk.model.process import Step

_NOTHING: Mapping[Name, Shown] = {}


def render_emails(context: BuildContext, templates: TemplateSource) -> Iterator[Artifact]:
    """`emails/<template>.eml` for every e-mail of the definition, with gaps for a case's values.

    RenderError where a template is missing or has faults.
    """
    for name, steps in emails_of(tuple(context.definition.process.work_steps())).items():
        email = sound_template(context, templates, name, steps)
        draft = compose(context, email, steps, _NOTHING, allow_blank=True)
        yield Artifact(f"emails/{name}.eml", eml(draft))


def sound_template(
    context: BuildContext, templates: TemplateSource, name: str, steps: tuple[Step, ...]
) -> EmailTemplate:
    """The template, free of faults; RenderError with the first one otherwise."""
    email = read_email_template(templates, name)
    if email is None:
        raise RenderError(f"there is no e-mail template `{name}`", f"add templates/email/{name}.md")
    problems = lint_email_template(email, context.project)
    for step in steps:
        problems += lint_email_use(context.definition, step, email)
    if problems:
        first = problems[0]
        place = f"{first.file}:{first.line}:{first.column}"
        raise RenderError(f"{place}: {first.message} ({first.code})", first.hint)
    return email


def compose(
    context: BuildContext,
    email: EmailTemplate,
    steps: tuple[Step, ...],
    given: Mapping[Name, Shown],
    *,
    allow_blank: bool,
) -> Draft:
    """Fill a template that `steps` send (one step, or for the blank form all that name it).

    `given` are a case's values by their full names (see `values_for`). A value that is missing
    raises a RenderError that names it and where it comes from, unless `allow_blank` shows it as a
    gap. A definition that is not in force says so in subject and body.
    """
    language = email.language or context.names.language
    values = values_for(context, steps, given, language)
    subject = fill(email.subject, values, language, allow_blank=allow_blank, show=_in_subject)
    subject = re.sub(r"\s*\n\s*", " ", subject).strip()
    marks = Marks(email.body.source)
    body = fill(email.body, values, language, allow_blank=allow_blank, show=marks.show)
    stamp, banner = _stamp(context, language)
    to, to_open = addresses_of(context, email.to, values, allow_blank=allow_blank)
    cc, cc_open = addresses_of(context, email.cc, values, allow_blank=allow_blank)
    attached = _attachments(context, email, language) if allow_blank else ()
    notes = [
        say(language, key, list=", ".join(marks.show(gap) for gap in gaps))
        for key, gaps in (("to", to_open), ("cc", cc_open), ("attachments", attached))
        if gaps
    ]
    return Draft(
        subject=say(language, "subject", stamp=stamp, subject=subject) if stamp else subject,
        to=to,
        cc=cc,
        text=plain_part(banner, notes, body, marks),
        html=html_part(banner, notes, body, marks, language),
    )


def _in_subject(value: Value) -> str:
    return header_text(text_of(value), "the subject")


def _stamp(context: BuildContext, language: str) -> tuple[str, str]:
    """What a definition that is not in force says in the subject, and above the text."""
    look = msgspec.structs.replace(lookup(context), speech=speech(language))
    status = status_view(look)
    if not status["stamp"]:
        return "", ""
    process = context.definition.process
    banner = say(
        language,
        "banner",
        stamp=status["stamp"],
        process=process.title,
        version=process.version,
        statement=status["text"],
    )
    return status["stamp"], banner


def _attachments(context: BuildContext, email: EmailTemplate, language: str) -> tuple[Gap, ...]:
    documents = context.definition.process.documents
    return tuple(
        Gap(
            documents[item.id].title
            if item.kind == "document"
            else say(language, f"artifact.{item.id}"),
            f"`attachments` of {email.file}",
        )
        for item in email.attachments
    )

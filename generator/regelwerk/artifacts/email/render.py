"""E-mails as drafts: the blank templates of a definition, and one filled from a record."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import msgspec

from regelwerk.artifacts.email.addresses import addresses_of
from regelwerk.artifacts.email.copy_page import copy_page
from regelwerk.artifacts.email.fill import Marks, Show, fill, text_of
from regelwerk.artifacts.email.headers import header_text
from regelwerk.artifacts.email.layout import html_content, html_part, plain_part
from regelwerk.artifacts.email.lint import lint_email_template, lint_email_use
from regelwerk.artifacts.email.message import AttachedFile, Copy, Draft, eml
from regelwerk.artifacts.email.syntax import Name
from regelwerk.artifacts.email.template import (
    Attachment,
    EmailTemplate,
    emails_of,
    read_email_template,
)
from regelwerk.artifacts.email.values import Gap, Shown, Value, values_for
from regelwerk.artifacts.email.words import email_speech, say
from regelwerk.artifacts.view.lookup import lookup
from regelwerk.artifacts.view.speech import Speech
from regelwerk.artifacts.view.standing import status_view
from regelwerk.errors import RenderError
from regelwerk.model.context import Artifact, BuildContext, TemplateSource
from regelwerk.model.process import Step

NO_FILES: Mapping[Attachment, AttachedFile] = {}


def render_emails(context: BuildContext, templates: TemplateSource) -> Iterator[Artifact]:
    """`emails/<template>.eml` and a page to copy from, `.html`, for every e-mail of the definition.

    A case's values are gaps. RenderError where a template is missing or has faults.
    """
    for name, steps in emails_of(tuple(context.definition.process.work_steps())).items():
        email = sound_template(context, templates, name, steps)
        draft = compose(context, email, steps, None, allow_blank=True)
        yield Artifact(f"emails/{name}.eml", eml(draft))
        yield Artifact(f"emails/{name}.html", copy_page(name, draft))


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
    given: Mapping[Name, Shown] | None,
    *,
    allow_blank: bool,
    files: Mapping[Attachment, AttachedFile] = NO_FILES,
) -> Draft:
    """As `draft_of`, but a RenderError names what is missing, unless `allow_blank`."""
    drafted = draft_of(context, email, steps, given, both_ways=allow_blank, files=files)
    if drafted.gaps and not allow_blank:
        labels = ", ".join(f"“{gap.label}”" for gap in drafted.gaps)
        verb = "is" if len(drafted.gaps) == 1 else "are"
        raise RenderError(
            f"the e-mail needs {labels}, which {verb} missing",
            f"it comes from {drafted.gaps[0].origin}",
        )
    return drafted.draft


class Drafted(msgspec.Struct, frozen=True):
    """A draft, and what shows in it as a gap; each gap once."""

    draft: Draft
    gaps: tuple[Gap, ...]


def draft_of(
    context: BuildContext,
    email: EmailTemplate,
    steps: tuple[Step, ...],
    given: Mapping[Name, Shown] | None,
    *,
    both_ways: bool,
    files: Mapping[Attachment, AttachedFile] = NO_FILES,
) -> Drafted:
    """Fill a template that `steps` send (one step, or for the blank form all that name it).

    `given` are a case's values by their full names (see `values_for`), None for the blank form,
    which names roles instead of people. `files` are what is attached; what they lack is a gap.
    `both_ways`: see `fill`. A definition that is not in force says so in subject and body.
    """
    speech = email_speech(email.language or context.names.language, context.names.translations)
    values = values_for(context, steps, given or {}, speech)
    gaps: list[Gap] = []
    marks = Marks(email.body.source)
    subject = fill(
        email.subject, values, speech, both_ways=both_ways, show=_noting(gaps, _in_subject)
    )
    subject = re.sub(r"\s*\n\s*", " ", subject).strip()
    body = fill(email.body, values, speech, both_ways=both_ways, show=_noting(gaps, marks.show))
    stamp, banner = _stamp(context, speech)
    to, to_open = addresses_of(context, email.to, values, with_roles=given is not None)
    cc, cc_open = addresses_of(context, email.cc, values, with_roles=given is not None)
    directly = {one.address.casefold() for one in to}
    cc = tuple(one for one in cc if one.address.casefold() not in directly)
    unattached = _unattached(context, email, speech, files)
    still_open = {"to": to_open, "cc": cc_open, "attachments": unattached}
    notes = [
        say(speech, key, list=", ".join(marks.show(gap) for gap in found))
        for key, found in still_open.items()
        if found
    ]
    draft = Draft(
        subject=say(speech, "subject", stamp=stamp, subject=subject) if stamp else subject,
        to=to,
        cc=cc,
        text=plain_part(banner, notes, body, marks),
        html=html_part(banner, notes, body, marks, speech.language),
        attachments=tuple(files[item] for item in email.attachments if item in files),
        copy=Copy(
            text=plain_part(banner, [], body, marks),
            html=html_content(banner, [], body, marks),
            to=tuple(gap.label for gap in to_open),
            cc=tuple(gap.label for gap in cc_open),
            attachments=tuple(gap.label for gap in unattached),
            speech=speech,
        ),
    )
    gaps += [gap for found in still_open.values() for gap in found]
    return Drafted(draft, tuple(dict.fromkeys(gap for gap in gaps if gap.origin)))


def _noting(gaps: list[Gap], show: Show) -> Show:
    def noted(value: Value) -> str:
        if isinstance(value, Gap):
            gaps.append(value)
        return show(value)

    return noted


def _in_subject(value: Value) -> str:
    return header_text(text_of(value), "the subject")


def _stamp(context: BuildContext, speech: Speech) -> tuple[str, str]:
    """What a definition that is not in force says in the subject, and above the text."""
    look = msgspec.structs.replace(lookup(context), speech=speech)
    status = status_view(look)
    if not status["stamp"]:
        return "", ""
    process = context.definition.process
    banner = say(
        speech,
        "banner",
        stamp=status["stamp"],
        process=process.title,
        version=process.version,
        statement=status["text"],
    )
    return status["stamp"], banner


def _unattached(
    context: BuildContext,
    email: EmailTemplate,
    speech: Speech,
    files: Mapping[Attachment, AttachedFile],
) -> tuple[Gap, ...]:
    documents = context.definition.process.documents
    return tuple(
        Gap(
            documents[item.id].title
            if item.kind == "document"
            else say(speech, f"artifact.{item.id}"),
            f"the evidence of the document `{item.id}` in the record: a `file`"
            if item.kind == "document"
            else f"`attachments` of {email.file}",
            (item.kind, item.id),
        )
        for item in email.attachments
        if item not in files
    )

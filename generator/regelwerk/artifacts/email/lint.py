"""What is wrong with an e-mail template, by itself and with the step that sends it."""

from __future__ import annotations

import msgspec

from regelwerk.artifacts.email.fill import Marks, fill
from regelwerk.artifacts.email.names import OPTION, name_fault, recorded_name
from regelwerk.artifacts.email.syntax import written
from regelwerk.artifacts.email.template import AREA, EmailTemplate, Place, read_email_template
from regelwerk.artifacts.email.values import Gap
from regelwerk.artifacts.email.words import ENGLISH_SPEECH
from regelwerk.artifacts.view import markdown
from regelwerk.diagnostics import Problem, Severity, did_you_mean
from regelwerk.model.context import TemplateSource
from regelwerk.model.process import Process, Step
from regelwerk.model.project import Definition, Project


def lint_emails(project: Project, templates: TemplateSource) -> list[Problem]:
    """Faults of every template that the project has or uses, one cause once.

    Packaged templates that no step names are nobody's concern.
    """
    senders = [
        (definition, step)
        for definition in project.definitions()
        for step in definition.process.work_steps()
        if step.email is not None
    ]
    used = {step.email for _, step in senders}
    emails: dict[str, EmailTemplate] = {}
    for file in templates.names(AREA):
        email = read_email_template(templates, file.removesuffix(".md"))
        if email is not None and (email.name in used or not email.is_packaged):
            emails[email.name] = email
    found = [
        item
        for email in emails.values()
        if not email.is_packaged
        for item in lint_email_template(email, project)
    ]
    for definition, step in senders:
        email = emails.get(step.email or "")
        if email is None or not definition.sound:
            continue
        if email.is_packaged:
            found += _packaged_use(definition, step, email, project)
        else:
            found += lint_email_use(definition, step, email)
    once: dict[object, Problem] = {}
    for item in found:
        place = (item.file, item.path, item.line, item.column)
        once.setdefault((place, item.code, item.message), item)
    return list(once.values())


def lint_email_template(email: EmailTemplate, project: Project) -> list[Problem]:
    """Faults of the template whatever definition uses it; each has file, line and column."""
    problems = [*email.problems, *_names(email), *_recipients(email, project)]
    return problems or _values_in_links(email)


def lint_email_use(definition: Definition, step: Step, email: EmailTemplate) -> list[Problem]:
    """What the template takes that the definition does not have; information where it is frozen."""
    process = definition.process
    found = [*_fields(process, step, email), *_attachments(process, email)]
    if step.decision is None:
        found += [
            _problem(
                email,
                "template/unknown-email-field",
                used.place,
                f"the step `{step.id}` decides nothing, so no option is chosen there",
                "leave `record.option` out, or send the e-mail at the step that decides",
            )
            for used in email.used
            if used.name == OPTION
        ]
    if process.document is None:
        found += [
            _problem(
                email,
                "template/undefined-variable",
                used.place,
                f"`process.document` is empty: {process.title} has no document number",
                "give the process a `document:`, or leave it out of the e-mail",
            )
            for used in email.used
            if used.name == ("process", "document")
        ]
    if definition.version is not None:
        return [msgspec.structs.replace(item, severity=Severity.INFO) for item in found]
    return found


def _packaged_use(
    definition: Definition, step: Step, email: EmailTemplate, project: Project
) -> list[Problem]:
    """A packaged template that does not suit the project stands at the step that names it."""
    faults = [*lint_email_template(email, project), *lint_email_use(definition, step, email)]
    return [
        Problem(
            fault.code,
            (*step.at, "email"),
            f"the packaged e-mail `{email.name}` does not suit this process: {fault.message}",
            f"write your own templates/email/{email.name}.md",
            severity=Severity.INFO if definition.version is not None else None,
            file=definition.file,
        )
        for fault in faults[:1]
    ]


def _names(email: EmailTemplate) -> list[Problem]:
    found = []
    for used in email.used:
        fault = name_fault(used.name)
        if fault is not None:
            found.append(
                _problem(
                    email, "template/undefined-variable", used.place, fault.message, fault.hint
                )
            )
    return found


def _recipients(email: EmailTemplate, project: Project) -> list[Problem]:
    found = []
    known_ids = {"role": project.organization.roles.keys(), "person": project.people.keys()}
    for recipient in (*email.to, *email.cc):
        known = known_ids.get(recipient.kind)
        if known is None or not (known or project.sound):
            continue  # nothing to know, or nothing could be read
        if recipient.id not in known:
            found.append(
                _problem(
                    email,
                    f"reference/undefined-{recipient.kind}",
                    email.entries[f"{recipient.kind}:{recipient.id}"],
                    f"there is no {recipient.kind} `{recipient.id}`",
                    did_you_mean(recipient.id, known),
                )
            )
    return found


def _fields(process: Process, step: Step, email: EmailTemplate) -> list[Problem]:
    wanted = [
        (named, used.place)
        for used in email.used
        if (named := recorded_name(used.name, step.id)) is not None
    ]
    wanted += [((field.step, field.field), place) for field, place in email.fields]
    found = []
    for (step_id, field_id), place in wanted:
        sender = process.step(step_id)
        if sender is None:
            message = f"the process has no step `{step_id}`"
            hint = did_you_mean(step_id, [item.id for item in process.work_steps()])
        elif field_id not in (known := [field.id for field in sender.fields]):
            message = f"the step `{step_id}` records no field `{field_id}`"
            others = [
                item.id
                for item in process.work_steps()
                if any(field.id == field_id for field in item.fields)
            ]
            hint = did_you_mean(field_id, known) or _elsewhere(others, field_id, known, place)
        else:
            continue
        found.append(_problem(email, "template/unknown-email-field", place, message, hint))
    return found


def _elsewhere(steps: list[str], field: str, known: list[str], place: Place) -> str:
    if steps and place.path not in ((), ("subject",), ("meeting", "title")):
        return f"did you mean `field:{steps[0]}.{field}`?"
    if steps:
        return f'did you mean `steps["{steps[0]}"].fields["{field}"]`?'
    if known:
        return "it records " + ", ".join(f"`{item}`" for item in known[:8])
    return "it records no fields at all"


def _attachments(process: Process, email: EmailTemplate) -> list[Problem]:
    return [
        _problem(
            email,
            "reference/undefined-document",
            email.entries[f"document:{item.id}"],
            f"the process has no document `{item.id}`",
            did_you_mean(item.id, process.documents),
        )
        for item in email.attachments
        if item.kind == "document" and item.id not in process.documents
    ]


def _values_in_links(email: EmailTemplate) -> list[Problem]:
    """A value that would become part of a link's address or title, found by trying."""
    marks = Marks(email.body.source)
    values = {used.name: Gap(written(used.name), "") for used in email.used}
    body = fill(email.body, values, ENGLISH_SPEECH, both_ways=True, show=marks.show)
    misplaced = marks.inside_tag(markdown.html(body))
    if misplaced is None:
        return []
    place = next(
        used.place for used in email.used if not used.place.path and values[used.name] == misplaced
    )
    return [
        _problem(
            email,
            "template/unsafe",
            place,
            "a value stands in the address or title of a link",
            "put the value into the text, not between the brackets of a link",
        )
    ]


def _problem(email: EmailTemplate, code: str, place: Place, message: str, hint: str) -> Problem:
    return Problem(
        code, place.path, message, hint, line=place.line, column=place.column, file=email.file
    )

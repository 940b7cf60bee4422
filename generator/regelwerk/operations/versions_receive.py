"""Take in a signature that somebody made on a review page, after the same checks as any other."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from regelwerk.approvals.basis import Basis, basis_of
from regelwerk.approvals.public_key import fingerprint
from regelwerk.approvals.signature_file import (
    SignatureFile,
    SignatureFileError,
    Statement,
    moved,
    read_signature_file,
)
from regelwerk.approvals.ssh import ssh_problem
from regelwerk.approvals.sshsig import parse
from regelwerk.approvals.subject import Subject, subject_of
from regelwerk.approvals.yaml_text import Value
from regelwerk.diagnostics import did_you_mean
from regelwerk.model.moment import parse_moment
from regelwerk.model.organization import Person
from regelwerk.model.project import FrozenVersion
from regelwerk.operations.day import zone_of
from regelwerk.operations.originals import OriginalFiles
from regelwerk.operations.versions_change import change_of
from regelwerk.operations.versions_entry import (
    Entry,
    approvals_of,
    require_counting,
    signature_in,
)
from regelwerk.operations.versions_find import Now, Opened, RefusedError, open_process
from regelwerk.operations.versions_sign import Prepared, frozen_definition, who_signs, with_name
from regelwerk.operations.versions_turn import require_turn

_ASK_AGAIN = "have it signed on a new page: `regelwerk review`"


def prepare_received(start: Path, process: str, version: str, content: bytes, now: Now) -> Prepared:
    """Make the entry that a signature file is for and judge it; nothing is written.

    RefusedError with the finding's code where it would not count: as signed on its own day, and by
    a key that is good today as well, since whoever signs writes the day.
    """
    opened = open_process(start, process)
    frozen = opened.version(version)
    approvals = approvals_of(opened, frozen)
    definition = frozen_definition(frozen, approvals)
    file = _read(content)
    subject = subject_of(frozen, approvals)
    _require_same(file.statement, subject, version)
    project = opened.loaded.project
    today = now(zone_of(project.organization)).date()
    basis = basis_of(project, OriginalFiles(opened.root))
    person = _signer(opened, file.statement)
    day = _day(file.statement, basis, today)
    require_turn(opened, frozen, file.statement.stage, today, review=False)
    entry = _entry(file)
    _require_verified(opened, frozen, entry, person, (day, today), subject, basis)
    entry = with_name(entry, frozen, person)
    require_counting(opened, frozen, entry, today)
    return Prepared(
        start=start,
        process=process,
        title=definition.process.title,
        version=version,
        digest=approvals.digest,
        effective_from=approvals.effective_from,
        what=f"Add the signature of the stage `{file.statement.stage}`, made {file.statement.at}",
        who=who_signs(person, entry, project.organization),
        change=change_of(opened.loaded, opened.folder, version, today),
        entry=entry,
        as_of=today,
        fingerprint=fingerprint(parse(file.signature).key),
    )


def _read(content: bytes) -> SignatureFile:
    try:
        return read_signature_file(content)
    except SignatureFileError as error:
        raise RefusedError(
            f"this is no signature file: {error} (approval/bad-signature)",
            "name the file that the review page gave",
        ) from None


def _require_same(statement: Statement, subject: Subject, version: str) -> None:
    for key, said, here in moved(statement, subject, version):
        code = "approval/digest-mismatch" if key == "digest" else "approval/bad-signature"
        raise RefusedError(
            f"it was signed for another {key}: {said}; here it is {here} ({code})", _ASK_AGAIN
        )


def _signer(opened: Opened, statement: Statement) -> Person:
    project = opened.loaded.project
    person = project.people.get(statement.by)
    if person is None:
        raise RefusedError(
            f"`{statement.by}` is not in people.yaml (reference/undefined-person)",
            did_you_mean(statement.by, project.people),
        )
    roles = project.organization.roles
    if statement.role is not None and statement.role not in roles:
        raise RefusedError(
            f"there is no role `{statement.role}` (reference/undefined-role)",
            did_you_mean(statement.role, roles),
        )
    return person


def _day(statement: Statement, basis: Basis, today: date) -> date:
    moment = parse_moment(statement.at)
    if not isinstance(moment, datetime):
        raise RefusedError(
            f"`{statement.at}` is no day and time with its distance from UTC (schema/value)",
            _ASK_AGAIN,
        )
    day = basis.day(moment)
    if day > today:
        raise RefusedError(
            f"it was signed on {day}, a day still to come (approval/bad-signature)",
            "set the clock of the device right and sign again",
        )
    return day


def _entry(file: SignatureFile) -> Entry:
    said = file.statement
    data: dict[str, Value] = {"stage": said.stage, "by": said.by}
    if said.role is not None:
        data["role"] = said.role
    if said.deputy:
        data["deputy"] = True
    data |= {"at": said.at, "method": "ssh"}
    if said.comment is not None:
        data["comment"] = said.comment
    data["signature"] = file.signature
    return Entry(place="signatures", data=data)


def _require_verified(
    opened: Opened,
    frozen: FrozenVersion,
    entry: Entry,
    person: Person,
    days: tuple[date, ...],
    subject: Subject,
    basis: Basis,
) -> None:
    """The signature itself, before anything else is said about it."""
    signature = signature_in(opened, frozen, entry)
    problem = ssh_problem(signature, person, days, subject.statement(signature, None), basis)
    if problem is not None:
        raise RefusedError(f"{problem.message} ({problem.code})", problem.hint)

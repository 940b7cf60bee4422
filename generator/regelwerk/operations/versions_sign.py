"""Sign a stage, a review or a withdrawal of a frozen version; what is signed is shown first."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

import msgspec

from regelwerk.approvals.digest import digest
from regelwerk.approvals.private_key import Signer
from regelwerk.approvals.public_key import fingerprint
from regelwerk.approvals.sshsig import make
from regelwerk.approvals.stages import rule_of
from regelwerk.approvals.subject import subject_of
from regelwerk.approvals.yaml_text import Value
from regelwerk.diagnostics import did_you_mean
from regelwerk.errors import UsageError
from regelwerk.model.organization import Organization, Person, RoleHolding, Stage
from regelwerk.model.project import Definition, FrozenVersion
from regelwerk.model.version import Approvals
from regelwerk.operations.day import zone_of
from regelwerk.operations.versions_change import Change, change_of
from regelwerk.operations.versions_entry import (
    Entry,
    Place,
    add,
    approvals_of,
    require_counting,
    signature_in,
)
from regelwerk.operations.versions_find import Now, Opened, RefusedError, open_process
from regelwerk.operations.versions_role import holding_for
from regelwerk.operations.versions_turn import require_turn
from regelwerk.operations.writing import sha256_of


class ByKey(msgspec.Struct, frozen=True):
    """Signed now, with a private key."""

    signer: Signer


class OnPaper(msgspec.Struct, frozen=True):
    """Signed with a pen on a day; `original` is the name and content of a scan."""

    at: date
    original: tuple[str, bytes] | None = None


class Act(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody does: sign a stage, review (`result`) or withdraw (`reason`)."""

    person: str
    means: ByKey | OnPaper
    stage: str | None = None
    result: str | None = None
    reason: str | None = None
    role: str | None = None
    comment: str | None = None


class Prepared(msgspec.Struct, frozen=True, kw_only=True):
    """An entry that would count, and what its signer must see before saying yes."""

    start: Path
    process: str
    title: str
    version: str
    digest: str
    effective_from: date | None
    what: str
    who: str
    change: Change
    entry: Entry
    as_of: date
    fingerprint: str | None = None

    def add(self) -> str:
        """Write it; the path of approvals.yaml."""
        return add(self.start, self.process, self.version, self.entry, self.as_of, self.digest)


def prepare(start: Path, process: str, version: str, act: Act, now: Now) -> Prepared:
    """Make the entry and judge it; nothing is written. RefusedError where it would not count."""
    opened = open_process(start, process)
    frozen = opened.version(version)
    approvals = approvals_of(opened, frozen)
    definition = frozen_definition(frozen, approvals)
    project = opened.loaded.project
    person = project.people.get(act.person)
    if person is None:
        hint = did_you_mean(act.person, project.people)
        raise UsageError(f"`{act.person}` is not in people.yaml", hint)
    moment = now(zone_of(project.organization))
    day = act.means.at if isinstance(act.means, OnPaper) else moment.date()
    if day > moment.date():
        raise RefusedError(f"{day} is still to come", "write the day on which the paper was signed")
    roles = _roles(act, rule_of(definition.process, project.organization))
    require_turn(opened, frozen, act.stage, moment.date(), review=act.result is not None)
    if act.stage is not None and isinstance(act.means, ByKey):
        _require_time(approvals, moment.date())
    holding = holding_for(person, roles, act.role, day, project.organization)
    entry = with_name(_entry(act, holding, roles, moment), frozen, person)
    if isinstance(act.means, ByKey):
        entry = _signed(opened, frozen, approvals, entry, act.means.signer)
    require_counting(opened, frozen, entry, moment.date())
    return Prepared(
        start=start,
        process=process,
        title=definition.process.title,
        version=version,
        digest=approvals.digest,
        effective_from=approvals.effective_from,
        what=_what(act),
        who=who_signs(person, entry, project.organization),
        change=change_of(opened.loaded, opened.folder, version, moment.date()),
        entry=entry,
        as_of=moment.date(),
        fingerprint=fingerprint(act.means.signer.key) if isinstance(act.means, ByKey) else None,
    )


def _require_time(approvals: Approvals, today: date) -> None:
    """Who signs now completes the version today at the earliest; it cannot begin before."""
    effective = approvals.effective_from
    if effective is not None and effective < today:
        raise RefusedError(
            f"version {approvals.version} was to be in force from {effective}, which is past "
            "(approval/effective-before-approved)",
            "freeze it under a higher number with a later day",
        )


def frozen_definition(frozen: FrozenVersion, approvals: Approvals) -> Definition:
    """The definition; RefusedError where it is not the one whose digest is signed."""
    definition = frozen.definition
    if frozen.faulty_files:
        raise RefusedError(
            f"{frozen.faulty_files[0]} has faults, so readers can differ in what it says "
            "(approval/digest-mismatch)",
            "run `regelwerk check`; restore what was frozen",
        )
    if definition is None or digest(definition.data, frozen.context) != approvals.digest:
        raise RefusedError(
            f"version {frozen.version} is not what was frozen: the digest is another",
            "run `regelwerk check`; restore what was frozen",
        )
    return definition


def _roles(act: Act, rule: tuple[Stage, ...]) -> tuple[str, ...]:
    """The roles of which one must be held: the stage's, the last stage's, or any stage's."""
    if act.stage is not None:
        stage = next((one for one in rule if one.id == act.stage), None)
        if stage is None:
            known = [one.id for one in rule]
            hint = did_you_mean(act.stage, known) or "one of " + ", ".join(f"`{i}`" for i in known)
            raise UsageError(f"the approval rule has no stage `{act.stage}`", hint)
        return (stage.role,) if stage.role else ()
    stages = rule[-1:] if act.reason is not None else rule
    return tuple(dict.fromkeys(stage.role for stage in stages if stage.role))


def _entry(
    act: Act, holding: RoleHolding | None, roles: tuple[str, ...], moment: datetime
) -> Entry:
    role = holding.role if holding is not None else (act.role or next(iter(roles), None))
    paper = act.means if isinstance(act.means, OnPaper) else None
    data: dict[str, Value] = {}
    if act.stage is not None:
        data["stage"] = act.stage
    data["by"] = act.person
    if role is not None:
        data["role"] = role
    if holding is not None and holding.deputy:
        data["deputy"] = True
    data["at"] = paper.at.isoformat() if paper else moment.isoformat(timespec="seconds")
    if act.result is not None:
        data["result"] = act.result
    if act.reason is not None:
        data["reason"] = act.reason
    data["method"] = "paper" if paper else "ssh"
    if act.comment is not None:
        data["comment"] = act.comment
    original = paper.original if paper else None
    if original is not None:
        data["original"] = {"file": original[0], "sha256": sha256_of(original[1])}
    if act.stage is not None:
        return Entry(place="signatures", data=data, original=original)
    place: Place = "withdrawn" if act.reason is not None else "reviews"
    return Entry(place=place, data=data, original=original)


def with_name(entry: Entry, frozen: FrozenVersion, person: Person) -> Entry:
    """The entry with the signer's name, where the version itself does not keep it."""
    people = (frozen.context or {}).get("people")
    if entry.place != "signatures" or (isinstance(people, Mapping) and person.id in people):
        return entry
    data = dict(entry.data)
    ordered = {"stage": data.pop("stage"), "by": data.pop("by"), "name": person.name, **data}
    return msgspec.structs.replace(entry, data=ordered)


def _signed(
    opened: Opened, frozen: FrozenVersion, approvals: Approvals, entry: Entry, signer: Signer
) -> Entry:
    more = {key: str(entry.data[key]) for key in ("result", "reason") if key in entry.data}
    said = subject_of(frozen, approvals).statement(signature_in(opened, frozen, entry), more)
    text = make(said, signer.key, signer.sign)
    return msgspec.structs.replace(entry, data={**entry.data, "signature": text})


def _what(act: Act) -> str:
    if act.stage is not None:
        return f"Sign the stage `{act.stage}`"
    return f"Withdraw: {act.reason}" if act.reason is not None else f"Review: {act.result}"


def who_signs(person: Person, entry: Entry, organization: Organization) -> str:
    """`Gerald Unger as CEO (deputy) with an SSH key`."""
    role = entry.data.get("role")
    known = organization.roles.get(role) if isinstance(role, str) else None
    words = [person.name]
    if known is not None:
        words.append(f"as {known.title}")
    if entry.data.get("deputy"):
        words.append("(deputy)")
    how = "on paper" if entry.data["method"] == "paper" else "with an SSH key"
    return " ".join((*words, how))

"""people.yaml as it goes into an audit pack under pseudonyms.

Whoever has signed a version stays as they are, with keys and roles, for a signature is made over
their id. In records the same people appear under pseudonyms, like everybody else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import msgspec

from regelwerk.approvals.trust import signatures_of
from regelwerk.model.organization import Person, RoleHolding
from regelwerk.model.project import Project
from regelwerk.records.pseudonyms import Pseudonyms


def people_under_pseudonyms(
    project: Project, processes: tuple[str, ...], pseudonyms: Pseudonyms
) -> bytes:
    """people.yaml (in JSON, which is YAML) with signers as they are and all others without names.

    Addresses are left out of both.
    """
    signers = set(_signers(project, processes))
    told: dict[str, Any] = {}
    for person in project.people.values():
        if person.id in signers:
            told[person.id] = _told(person, person.name, keys=True)
        pseudonym = pseudonyms.person(person.id)
        told[pseudonym] = _told(person, pseudonym, keys=False)
    content: bytes = msgspec.json.format(msgspec.json.encode(dict(sorted(told.items()))), indent=1)
    return content + b"\n"


def _signers(project: Project, processes: tuple[str, ...]) -> Iterator[str]:
    for process in processes:
        folder = project.processes.get(process)
        for frozen in folder.versions if folder is not None else ():
            yield from (signature.by for signature in signatures_of(frozen))


def _told(person: Person, name: str, *, keys: bool) -> Mapping[str, Any]:
    told: dict[str, Any] = {"name": name}
    if person.external:
        told["external"] = True
    if person.roles:
        told["roles"] = [_holding(one) for one in person.roles]
    if keys and person.keys:
        told["keys"] = [{"key": one.key, **_days(one.since, one.until)} for one in person.keys]
    return told


def _holding(one: RoleHolding) -> Mapping[str, Any]:
    deputy = {"deputy": True} if one.deputy else {}
    return {"role": one.role, **_days(one.since, one.until), **deputy}


def _days(since: date | None, until: date | None) -> Mapping[str, str]:
    days = {"from": since, "until": until}
    return {key: day.isoformat() for key, day in days.items() if day is not None}

"""Signatures and public keys of an audit pack in the form that `ssh-keygen` reads by itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import msgspec

from regelwerk.approvals.public_key import (
    KeyRefusedError,
    fingerprint,
    key_of_line,
    line_of_key,
)
from regelwerk.approvals.sshsig import NAMESPACE, SignatureError, parse
from regelwerk.approvals.subject import subject_of
from regelwerk.archive.names import name_fault
from regelwerk.model.project import FrozenVersion, Project
from regelwerk.model.version import Signature

ALLOWED = "keys/allowed_signers"
FINGERPRINTS = "keys/fingerprints.txt"
_FOLDER = "signatures"


class KeyUse(msgspec.Struct, frozen=True, kw_only=True):
    """A signature made with a key: of whom, for what. `fingerprint` is that of `ssh-keygen -l`."""

    person: str
    name: str
    fingerprint: str
    process: str
    version: str
    stage: str


def signature_files(project: Project) -> Iterator[tuple[str, bytes]]:
    """Statement and signature of every SSH signature, and the keys of people as allowed signers."""
    for _, number, frozen, signature, more in _signed(project):
        if signature.signature is None or frozen.approvals is None:
            continue
        process, stage = frozen.folder.split("/")[1], signature.stage
        place = f"{_FOLDER}/{process}/{frozen.version}/{number}-{stage}-{signature.by}"
        if name_fault(place) is not None:
            continue
        said = subject_of(frozen, frozen.approvals).statement(signature, more)
        yield f"{place}.json", said
        yield f"{place}.json.sig", signature.signature.strip().encode() + b"\n"
    keys = sorted(set(_keys(project)))
    yield ALLOWED, "".join(f"{line}\n" for line, _ in keys).encode()
    yield FINGERPRINTS, "".join(f"{told}\n" for _, told in keys).encode()


def keys_used(project: Project) -> Iterator[KeyUse]:
    """Every SSH signature in the project with the key that it names, whether or not it counts."""
    for process, _, frozen, signature, _ in _signed(project):
        if signature.signature is None:
            continue
        try:
            key = parse(signature.signature).key
        except SignatureError:
            continue
        person = project.people.get(signature.by)
        yield KeyUse(
            person=signature.by,
            name=person.name if person is not None else signature.by,
            fingerprint=fingerprint(key),
            process=process,
            version=frozen.version,
            stage=signature.stage,
        )


def _signed(
    project: Project,
) -> Iterator[tuple[str, int, FrozenVersion, Signature, dict[str, str] | None]]:
    """Process, number from 1, version, signature, and what was signed besides the usual."""
    for folder in project.processes.values():
        for frozen in folder.versions:
            approvals = frozen.approvals
            if approvals is None:
                continue
            signed: list[tuple[Signature, dict[str, str] | None]] = [
                *((one, None) for one in approvals.signatures),
                *((one.signature, {"result": one.result}) for one in approvals.reviews),
            ]
            if approvals.withdrawn is not None:
                ended = approvals.withdrawn
                signed.append((ended.signature, {"reason": ended.reason}))
            for number, (signature, more) in enumerate(signed, start=1):
                yield folder.id, number, frozen, signature, more


def _keys(project: Project) -> Iterator[tuple[str, str]]:
    """A line for `ssh-keygen -Y verify -f`, and one for people, for every key that can sign."""
    for person in project.people.values():
        for listed in person.keys:
            try:
                key = key_of_line(listed.key)
            except KeyRefusedError:
                continue
            options = f'namespaces="{NAMESPACE}"'
            if listed.since is not None:
                options += f',valid-after="{listed.since:%Y%m%d}"'
            if listed.until is not None:
                options += f',valid-before="{_next(listed.until):%Y%m%d}"'
            line = f"{person.id} {options} {line_of_key(key)}"
            yield line, f"{fingerprint(key)}  {person.id}  {person.name}"


def _next(day: date) -> date:
    return day + timedelta(days=1) if day < date.max else day

"""Keys and SSH signatures for tests: the same keys every time, made from a name."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from typing import Any

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from approvals.worlds import TODAY, Shelf, data, definition, folder, project, signed
from regelwerk.approvals.digest import digest
from regelwerk.approvals.private_key import Signer
from regelwerk.approvals.public_key import line_of_key
from regelwerk.approvals.sshsig import NAMESPACE, make
from regelwerk.approvals.statement import statement
from regelwerk.approvals.trust import Trust
from regelwerk.approvals.verdict import judge_process
from regelwerk.diagnostics import Problem
from regelwerk.model.organization import Person, SigningKey
from regelwerk.model.project import FrozenVersion, Project
from regelwerk.model.version import Verdict
from regelwerk.project.build_organization import build_approvals


def private(name: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(sha256(name.encode()).digest())


def private_file(name: str) -> bytes:
    """The private key as OpenSSH writes it, without a passphrase."""
    return private(name).private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption())


def signer(name: str) -> Signer:
    key = private(name)
    return Signer(key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw), key.sign)


def public_line(name: str) -> str:
    return line_of_key(signer(name).key)


def with_keys(world: Project, **keys: SigningKey | None) -> Project:
    """Everybody holds a key made from their id, but for those given otherwise (None: no key)."""
    people: dict[str, Person] = {}
    for person in world.people.values():
        key = keys.get(person.id, SigningKey(key=public_line(person.id)))
        listed = (key,) if key is not None else ()
        people[person.id] = msgspec.structs.replace(person, keys=listed)
    return msgspec.structs.replace(world, people=people)


def sign_all(
    approvals: dict[str, Any],
    process: str = "sales",
    keys: dict[str, str] | None = None,
    namespace: str = NAMESPACE,
) -> dict[str, Any]:
    """The approvals with a signature for every entry of method ssh that has none, by its person.

    `keys` names another key for a person.
    """
    built = build_approvals(approvals)
    acts = [("signatures", index, one, None) for index, one in enumerate(built.signatures)]
    acts += [
        ("reviews", index, one.signature, {"result": one.result})
        for index, one in enumerate(built.reviews)
    ]
    for place, index, one, more in acts:
        entry = approvals[place][index]
        if entry["method"] == "ssh" and "signature" not in entry:
            made = signer((keys or {}).get(one.by, one.by))
            said = statement(process, built, one, more)
            entry["signature"] = make(said, made.key, made.sign, namespace)
    withdrawn = built.withdrawn
    if withdrawn is not None and approvals["withdrawn"]["method"] == "ssh":
        made = signer(withdrawn.signature.by)
        said = statement(process, built, withdrawn.signature, {"reason": withdrawn.reason})
        approvals["withdrawn"].setdefault("signature", make(said, made.key, made.sign))
    return approvals


def three_ssh(year: int = 2022) -> list[dict[str, Any]]:
    return [
        signed("created", "xenia", f"{year}-03-01", method="ssh"),
        signed("examined", "quirin", f"{year}-03-02T10:00:00+01:00", "qmb", method="ssh"),
        signed("approved", "cleo", f"{year}-03-03T10:00:00+01:00", "ceo", method="ssh"),
    ]


def approvals_for(
    version: str = "1.0",
    signatures: list[dict[str, Any]] | None = None,
    content: dict[str, Any] | None = None,
    **more: Any,
) -> dict[str, Any]:
    return {
        "version": version,
        "digest": digest(data(version) if content is None else content, None),
        "effective_from": "2022-03-03",
        "signatures": three_ssh() if signatures is None else signatures,
        **more,
    }


def frozen_with(
    approvals: dict[str, Any], version: str = "1.0", content: dict[str, Any] | None = None
) -> FrozenVersion:
    return FrozenVersion(
        version=version,
        folder=f"process/sales/versions/{version}",
        definition=definition(data(version) if content is None else content, version),
        context=None,
        approvals=build_approvals(approvals),
    )


def judge_ssh(
    *versions: FrozenVersion,
    as_of: date = TODAY,
    world: Project | None = None,
    trust: Trust | None = None,
) -> tuple[dict[str, Verdict], list[Problem]]:
    held = folder(*versions)
    world = world or with_keys(project(held))
    judged = judge_process(held, world, as_of, Shelf(), trust)
    verdicts = {version: verdict for version, (verdict, _) in judged.items()}
    return verdicts, [problem for _, problems in judged.values() for problem in problems]

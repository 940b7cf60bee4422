"""Whether an SSH signature is this person's, of this statement, by a key that was good."""

from __future__ import annotations

from datetime import date

from regelwerk.approvals.basis import Basis
from regelwerk.approvals.public_key import KeyRefusedError, fingerprint, key_of_line
from regelwerk.approvals.sshsig import NAMESPACE, SignatureError, SshSignature, parse, verifies
from regelwerk.diagnostics import Problem
from regelwerk.model.organization import Person, SigningKey
from regelwerk.model.version import Signature

_SIGN_AGAIN = "sign again with `regelwerk versions sign`"
_OTHER_STATEMENT = (
    "the signature is of another statement: it was moved here, or something that it was made over "
    "has changed since"
)
_STAYS = (
    "process, version, digest, effective_from, stage, by, role, deputy, at, comment, and a "
    "review's result or a withdrawal's reason, stay as they were signed"
)


def ssh_problem(
    signature: Signature, person: Person, days: tuple[date, ...], said: bytes, basis: Basis
) -> Problem | None:
    """What keeps an SSH signature from counting, None where nothing does.

    The key must have been good on all of the `days`; `said` is what was to be signed.
    """
    found = _fault(signature, person, days, said, basis)
    if found is None:
        return None
    message, hint = found
    key = ("signature",) if signature.signature is not None else ()
    return Problem("approval/bad-signature", (*signature.path, *key), message, hint)


def _fault(
    signature: Signature, person: Person, days: tuple[date, ...], said: bytes, basis: Basis
) -> tuple[str, str] | None:
    if signature.signature is None:
        return "the SSH signature itself is missing", _SIGN_AGAIN
    try:
        parsed = parse(signature.signature)
    except SignatureError as error:
        return f"this is no SSH signature that counts: {error}", _SIGN_AGAIN
    if parsed.namespace != NAMESPACE:
        return (
            f"the signature was made for another purpose (namespace `{parsed.namespace}`)",
            f"sign with `ssh-keygen -Y sign -n {NAMESPACE}`",
        )
    if basis.owners.get(parsed.key) != (person.id,):
        return _foreign(parsed, person, basis)
    keys = [key for key in person.keys if _is(key, parsed)]
    for day in days:
        if not any(key.covers(day) for key in keys):
            return (
                f"the key {fingerprint(parsed.key)} of {person.name} was not good on {day}",
                "sign with a key that is; `from` and `until` in people.yaml say when",
            )
    if not verifies(parsed, said):
        return _OTHER_STATEMENT, _STAYS
    return None


def _foreign(parsed: SshSignature, person: Person, basis: Basis) -> tuple[str, str]:
    shown = fingerprint(parsed.key)
    owners = basis.owners.get(parsed.key, ())
    others = [basis.project.people[id_].name for id_ in owners if id_ != person.id]
    if others and person.id in owners:
        return (
            f"the key {shown} is given to several people: {person.name}, {', '.join(others)}",
            "a key belongs to one person; the others make their own",
        )
    whose = f"is that of {others[0]}" if others else f"is none of {person.name}'s keys"
    where = f" in {basis.trust.name}" if basis.trust is not None else ""
    return (
        f"the key {shown} {whose}{where}",
        "the person signs with a key that people.yaml gives to them",
    )


def _is(key: SigningKey, parsed: SshSignature) -> bool:
    try:
        return key_of_line(key.key) == parsed.key
    except KeyRefusedError:
        return False

"""Sign a change of people, keys or approval rules, as the trusted state demands."""

from __future__ import annotations

from pathlib import Path

import msgspec

from regelwerk.approvals.append import CannotAppendError, append_item
from regelwerk.approvals.basis import basis_of
from regelwerk.approvals.endorsement import (
    ChangeOfTrust,
    change_of_trust,
    rule_for_trust,
)
from regelwerk.approvals.private_key import Signer
from regelwerk.approvals.public_key import fingerprint
from regelwerk.approvals.sshsig import make
from regelwerk.approvals.stages import tally
from regelwerk.approvals.trust import Trust
from regelwerk.approvals.trusted_facts import changed_facts, trusted_facts
from regelwerk.approvals.yaml_text import Value, block
from regelwerk.diagnostics import did_you_mean
from regelwerk.errors import UsageError
from regelwerk.model.organization import Person, Stage
from regelwerk.model.project import TRUST_FILE
from regelwerk.model.version import Approvals
from regelwerk.operations.day import zone_of
from regelwerk.operations.durable import add_file, clear_leftovers, replace_unless_changed
from regelwerk.operations.lock import locked
from regelwerk.operations.originals import OriginalFiles
from regelwerk.operations.trusted import endorsements_of, trusted_state
from regelwerk.operations.versions_find import Now, RefusedError
from regelwerk.operations.versions_role import holding_for
from regelwerk.project.build_organization import build_signature
from regelwerk.project.load import Loaded, load
from regelwerk.project.reading import decode, parse, read_limited
from regelwerk.project.root import find_root

_BEGIN = "# Signatures under changes of people, keys and approval rules.\n"
_TRIES = 20


class Endorsing(msgspec.Struct, frozen=True, kw_only=True):
    """A signature that would count, and what it is for."""

    root: Path
    changes: tuple[str, ...]
    who: str
    stage: str
    fingerprint: str
    entry: dict[str, Value]

    def add(self) -> str:
        """Write it; the path of trust.yaml."""
        with locked(self.root / "process"):
            clear_leftovers(self.root / "process")
            for _ in range(_TRIES):
                if _added(self.root / TRUST_FILE, self.entry):
                    return TRUST_FILE
        raise RefusedError(f"somebody else keeps changing {TRUST_FILE}", "try again")


def prepare_endorsement(
    start: Path, ref: str, stage: str, person: str, signer: Signer, comment: str | None, now: Now
) -> Endorsing:
    """Sign the change between a git ref and now; nothing is written yet."""
    loaded = load(find_root(start))
    moment = now(zone_of(loaded.project.organization))
    trust = trusted_state(loaded.root, ref, moment.date())
    change = change_of_trust(trust.project, loaded.project, endorsements_of(loaded))
    if change is None:
        raise RefusedError(
            f"nothing has changed since {ref} in people, keys or approval rules", "nothing to sign"
        )
    rule = rule_for_trust(trust.project.organization)
    wanted = _stage(rule, stage)
    who = trust.project.people.get(person)
    if who is None:
        raise UsageError(
            f"{ref} does not know `{person}`", did_you_mean(person, trust.project.people)
        )
    roles = (wanted.role,) if wanted.role else ()
    organization = trust.project.organization
    holding = holding_for(who, roles, None, moment.date(), organization)
    entry: dict[str, Value] = {"before": change.before, "after": change.after, "stage": stage}
    entry |= {"by": person}
    if holding is not None or wanted.role is not None:
        entry["role"] = holding.role if holding is not None else str(wanted.role)
    if holding is not None and holding.deputy:
        entry["deputy"] = True
    entry |= {"at": moment.isoformat(timespec="seconds"), "method": "ssh"}
    if comment is not None:
        entry["comment"] = comment
    said = change.statement(build_signature(entry, ("signatures", 0)), None)
    entry["signature"] = make(said, signer.key, signer.sign)
    _require_counting(loaded, trust, change, rule, entry)
    facts = (trusted_facts(trust.project), trusted_facts(loaded.project))
    return Endorsing(
        root=loaded.root,
        changes=tuple(f"{part}: {name}" for part, name in changed_facts(*facts)),
        who=_words(who, holding.role if holding else None),
        stage=stage,
        fingerprint=fingerprint(signer.key),
        entry=entry,
    )


def _stage(rule: tuple[Stage, ...], stage: str) -> Stage:
    found = next((one for one in rule if one.id == stage), None)
    if found is None:
        known = [one.id for one in rule]
        hint = did_you_mean(stage, known) or "one of " + ", ".join(f"`{id_}`" for id_ in known)
        raise UsageError(f"the approval rule has no stage `{stage}`", hint)
    return found


def _words(person: Person, role: str | None) -> str:
    return f"{person.name} as `{role}`" if role is not None else person.name


def _require_counting(
    loaded: Loaded,
    trust: Trust,
    change: ChangeOfTrust,
    rule: tuple[Stage, ...],
    entry: dict[str, Value],
) -> None:
    signatures = (
        *change.approvals.signatures,
        build_signature(entry, ("signatures", len(endorsements_of(loaded)))),
    )
    approvals = Approvals(version="", digest=change.after, signatures=signatures)
    signed = msgspec.structs.replace(change, approvals=approvals)
    basis = basis_of(loaded.project, OriginalFiles(loaded.root), trust)
    counted = tally(rule, change, basis)
    if any(one.id == entry["stage"] and one.complete for one in counted.stages):
        raise RefusedError(f"the stage `{entry['stage']}` is signed already")
    known = counted.problems
    new = [problem for problem in tally(rule, signed, basis).problems if problem not in known]
    if new:
        raise RefusedError(f"{new[0].message} ({new[0].code})", new[0].hint)


def _added(path: Path, entry: dict[str, Value]) -> bool:
    if not path.exists():
        lines = list(block(entry, "    "))
        lines[0] = "  - " + lines[0].lstrip(" ")
        text = _BEGIN + "signatures:\n" + "".join(f"{line}\n" for line in lines)
        try:
            add_file(path, text.encode())
        except FileExistsError:
            return False
        return True
    before = read_limited(path)
    data = parse(decode(before), is_json=False).data
    try:
        after = append_item(before.decode(), "signatures", entry).encode()
    except CannotAppendError as error:
        raise RefusedError(f"{TRUST_FILE}: {error}", "add the entry by hand") from None
    if parse(decode(after), is_json=False).data != {
        **data,
        "signatures": [*data["signatures"], entry],
    }:
        raise RefusedError(f"{TRUST_FILE} is written in a way that nothing can be added to safely")
    return replace_unless_changed(path, before, after)

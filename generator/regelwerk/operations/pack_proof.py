"""What an audit pack proves, what it does not, and how to check it; said in one place."""

from __future__ import annotations

from collections.abc import Sequence

from regelwerk.approvals.sshsig import NAMESPACE

PROVES = (
    (
        "No file was changed, added or taken away since manifest.json was written; whoever knows"
        " the SHA-256 of the pack from another source knows that the manifest was not written "
        "anew either."
    ),
    (
        "Each version has the digest that was approved: not one sign of a definition differs "
        "from what people signed."
    ),
    (
        "Each SSH signature was made with the private key to the public key that is named, over "
        "process, version, digest, day, stage and role, and by somebody whom people.yaml gives "
        "that role on that day."
    ),
    (
        "Documents, findings, key figures, clauses and this page are what the definitions, "
        "templates and records here give; whoever verifies the pack works them out anew. "
        "Documents as issued are told where they differ from that."
    ),
    "Evidence with a SHA-256 in its record is the file that was recorded.",
)
PROVES_NOT = (
    (
        "That a key belongs to the person: compare fingerprints by another way, or give the keys"
        " that you know with --keys."
    ),
    (
        "That nothing was withheld: whoever makes a pack chooses the processes and the period, "
        "and could have left a record out before."
    ),
    (
        "That signatures were made on the day that they bear, and that recorded days and values "
        "are true."
    ),
    (
        "That the templates are those of the organization: nobody signs them; read a document "
        "beside its definition."
    ),
    (
        "Anything about signatures on paper, about references to other systems, and about "
        "evidence without SHA-256 beyond its being here."
    ),
    (
        "That an SSH signature is a qualified electronic signature: it is an advanced one at "
        "most (eIDAS, Article 26)."
    ),
)


def commands(names: Sequence[str]) -> tuple[str, ...]:
    """What to type, with a signature of this pack for example where there is one."""
    told = ["regelwerk verify PACK.zip", "regelwerk verify --keys known-keys.txt PACK.zip"]
    signature = next((name for name in names if name.endswith(".sig")), None)
    if signature is not None:
        said = signature.removesuffix(".sig")
        by = said.removesuffix(".json").rsplit("-", 1)[-1]
        told.append(
            f"ssh-keygen -Y verify -f keys/allowed_signers -I {by} -n {NAMESPACE} "
            f"-s {signature} < {said}"
        )
    return tuple(told)

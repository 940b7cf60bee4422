"""The statement that a signature is made over."""

from __future__ import annotations

from collections.abc import Mapping

from regelwerk.approvals.digest import canonical
from regelwerk.model.version import Approvals, Signature


def statement(
    process: str,
    approvals: Approvals,
    signature: Signature,
    more: Mapping[str, str] | None = None,
) -> bytes:
    """The canonical JSON (RFC 8785, UTF-8) that is signed; what is absent is null.

    Keys: at, by, comment, deputy, digest, effective_from, process, role, stage, version. `at` is
    the text as written; `deputy` is true or null, since `deputy: false` says no more than nothing.
    `more` is what a review (`result`, stage `review`) and a withdrawal (`reason`, stage
    `withdrawn`) say besides, so that neither can be taken for a stage that has the same name.
    """
    effective = approvals.effective_from
    return canonical(
        {
            "process": process,
            "version": approvals.version,
            "digest": approvals.digest,
            "effective_from": effective.isoformat() if effective is not None else None,
            "stage": signature.stage,
            "by": signature.by,
            "role": signature.role,
            "deputy": True if signature.deputy else None,
            "at": signature.at,
            "comment": signature.comment,
            **(more or {}),
        }
    )

"""The signatures that a frozen version carries, of whatever kind."""

from __future__ import annotations

from collections.abc import Iterator

from regelwerk.model.project import FrozenVersion
from regelwerk.model.version import Signature


def signatures(frozen: FrozenVersion) -> Iterator[Signature]:
    """Those of the stages, then of reviews, then of the withdrawal."""
    approvals = frozen.approvals
    if approvals is None:
        return
    yield from approvals.signatures
    for review in approvals.reviews:
        yield review.signature
    if approvals.withdrawn is not None:
        yield approvals.withdrawn.signature

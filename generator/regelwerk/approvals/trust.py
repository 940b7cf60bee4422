"""The state that is trusted: people, keys and rules that no change can give to itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import msgspec

from regelwerk.model.project import FrozenVersion, Project
from regelwerk.model.version import Signature


class Trust(msgspec.Struct, frozen=True):
    """A project as it was in a state that people have agreed on, such as the protected branch.

    `name` says to people which state that is. `as_of` is the day of judgement: what the trusted
    state does not hold yet was signed by then, whatever day it bears. `issued` maps a version's
    folder to the manifest of its issued documents there, as text that does not depend on form.
    """

    name: str
    project: Project
    as_of: date
    issued: Mapping[str, str] = {}

    def holds(self, folder: str, signature: Signature) -> bool:
        """Whether the signature stands in the version of that folder already."""
        frozen = self.version(folder)
        return frozen is not None and bare(signature) in signatures_of(frozen)

    def version(self, folder: str) -> FrozenVersion | None:
        """The frozen version in a folder `process/<id>/versions/<version>`; None for any other."""
        parts = folder.split("/")
        if len(parts) != 4:
            return None
        _, process, _, version = parts
        known = self.project.processes.get(process)
        return known.version(version) if known is not None else None


def signatures_of(frozen: FrozenVersion) -> frozenset[Signature]:
    """Every signature of a version's approvals, its reviews and withdrawal too, without places."""
    approvals = frozen.approvals
    if approvals is None:
        return frozenset()
    reviews = (review.signature for review in approvals.reviews)
    ended = (approvals.withdrawn.signature,) if approvals.withdrawn else ()
    return frozenset(bare(one) for one in (*approvals.signatures, *reviews, *ended))


def bare(signature: Signature) -> Signature:
    """The signature without the place where it stands."""
    return msgspec.structs.replace(signature, path=())

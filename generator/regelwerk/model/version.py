"""Versions of a process: signatures, and the verdict about a version on a day."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Literal

import msgspec

from regelwerk.model.moment import Moment
from regelwerk.model.process import Path


class Status(StrEnum):
    """Where a version stands on a day; derived, never written."""

    DRAFT = "draft"
    IN_APPROVAL = "in-approval"
    APPROVED = "approved"
    EFFECTIVE = "effective"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


class Signature(msgspec.Struct, frozen=True, kw_only=True):
    """Who signed which stage when and how; `at` keeps the text that was signed.

    `name` is the person's as it was then, where nothing else keeps it; it is not signed.
    """

    stage: str
    by: str
    at: str
    moment: Moment | None
    method: Literal["paper", "ssh"]
    path: Path
    role: str | None = None
    deputy: bool = False
    comment: str | None = None
    original_file: str | None = None
    original_sha256: str | None = None
    signature: str | None = None
    name: str | None = None


class Review(msgspec.Struct, frozen=True, kw_only=True):
    """A review that found a version still right; moves the review date only."""

    signature: Signature
    result: str


class Withdrawal(msgspec.Struct, frozen=True, kw_only=True):
    """The end of a version before another takes its place."""

    signature: Signature
    reason: str


class Approvals(msgspec.Struct, frozen=True, kw_only=True):
    """What approvals.yaml says; where `sound` is False its shape had faults and nothing counts."""

    version: str
    digest: str
    effective_from: date | None = None
    signatures: tuple[Signature, ...] = ()
    reviews: tuple[Review, ...] = ()
    withdrawn: Withdrawal | None = None
    sound: bool = True


class StageVerdict(msgspec.Struct, frozen=True, kw_only=True):
    """A stage of the rule and the signatures that count for it."""

    id: str
    title: str
    role: str | None
    needed: int
    signatures: tuple[Signature, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether enough signatures count."""
        return len(self.signatures) >= self.needed


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """What a version is on a day. `on_paper`: at least one signature that counts is paper.

    `effective_from` is the first day in force once the version is fully signed, before that the
    day planned; None where it never came into force and never will. `effective_until` is the last
    day in force, once that is over. `review_due` is the day by which the version in force must be
    reviewed. `superseded_by` is the version that took its place.
    """

    version: str
    status: Status
    stages: tuple[StageVerdict, ...] = ()
    effective_from: date | None = None
    effective_until: date | None = None
    on_paper: bool = False
    digest: str | None = None
    review_due: date | None = None
    superseded_by: str | None = None

    @property
    def released(self) -> bool:
        """Whether people may work by it: in force, or it was."""
        return self.effective_from is not None and self.status in (
            Status.EFFECTIVE,
            Status.SUPERSEDED,
            Status.WITHDRAWN,
        )

    def in_force_on(self, day: date) -> bool:
        """Whether the version was in force on a day not later than the one it was judged for."""
        return (
            self.released
            and self.effective_from is not None
            and self.effective_from <= day
            and (self.effective_until is None or day <= self.effective_until)
        )

"""What is found out about a file that somebody holds: one word, one headline, and the reasons."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Literal

import msgspec

from regelwerk.model.version import Status, Verdict


class State(StrEnum):
    """What a file is, in one word."""

    IN_FORCE = "in-force"
    NOT_YET = "not-yet-in-force"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"
    NOT_APPROVED = "not-approved"
    DRAFT = "draft"
    OTHER_TEXT = "other-text"
    CHANGED = "changed"
    UNCONFIRMED = "unconfirmed"
    FOREIGN = "not-ours"
    REFUSED = "refused"
    IN_ORDER = "in-order"
    NOT_IN_ORDER = "not-in-order"


GOOD = frozenset({State.IN_FORCE, State.IN_ORDER})
"""With these the exit code is 0."""

# How it is known that a file was made by this project: its bytes were kept when it was issued, the
# manifest of a build names them, every part is that of such a file, or the sources give them again.
Origin = Literal["issued", "build", "parts", "rendered"]


class SignedStage(msgspec.Struct, frozen=True, kw_only=True):
    """A signature that counts; `method` is `ssh` (verified) or `paper` (not verifiable here)."""

    stage: str
    name: str
    role: str
    at: str
    method: Literal["paper", "ssh"]
    deputy: bool = False


class Checked(msgspec.Struct, frozen=True, kw_only=True):
    """What a file is. `facts` and `problems` are sentences; a problem speaks against the file.

    `kind` says what sort of file it is (`document`, `record`, `audit pack`, …). Process, version
    and digest are those that the file belongs to or, where it is not confirmed, says it belongs
    to. Days are those of the version. `proves` and `proves_not` are said of an audit pack.
    """

    file: str
    state: State
    headline: str
    kind: str = ""
    sha256: str = ""
    process: str = ""
    title: str = ""
    version: str = ""
    digest: str = ""
    build: str = ""
    origin: Origin | None = None
    signatures: tuple[SignedStage, ...] = ()
    effective_from: date | None = None
    effective_until: date | None = None
    superseded_by: str = ""
    facts: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    proves: tuple[str, ...] = ()
    proves_not: tuple[str, ...] = ()

    @property
    def good(self) -> bool:
        """Whether people may rely on it: in force, or in order."""
        return self.state in GOOD


class Verification(msgspec.Struct, frozen=True):
    """Every file that was asked about, in the order of the question, judged as of a day."""

    as_of: date | None
    checked: tuple[Checked, ...]

    @property
    def exit_code(self) -> int:
        """0 where every file is good, else 1."""
        return int(not all(one.good for one in self.checked))


def standing(verdict: Verdict) -> tuple[State, str]:
    """Word and headline for a version on a day."""
    match verdict.status:
        case Status.EFFECTIVE:
            paper = " (approved on paper)" if verdict.on_paper else ""
            return State.IN_FORCE, f"IN FORCE{paper}"
        case Status.APPROVED if verdict.effective_from is not None:
            return State.NOT_YET, f"NOT YET IN FORCE, from {verdict.effective_from}"
        case Status.APPROVED:
            return State.NOT_YET, "NOT YET IN FORCE, no day is set"
        case Status.SUPERSEDED:
            by = f" by {verdict.superseded_by}" if verdict.superseded_by else ""
            return State.SUPERSEDED, f"SUPERSEDED{by}"
        case Status.WITHDRAWN:
            by = f", work by {verdict.superseded_by}" if verdict.superseded_by else ""
            return State.WITHDRAWN, f"WITHDRAWN{by}"
        case _:
            return State.NOT_APPROVED, "NOT APPROVED"

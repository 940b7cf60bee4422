"""What the review page is made from: a version, what it is compared with, whose turn it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import msgspec

from regelwerk.artifacts.comparison import Comparison
from regelwerk.diagnostics import Diagnostic
from regelwerk.model.context import BuildContext


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who may sign the open stage, in the role in which they would."""

    by: str
    name: str
    role: str | None = None
    role_title: str = ""
    deputy: bool = False


Obstacle = Literal["", "signed", "faults", "changed", "withdrawn", "past"]


class Turn(msgspec.Struct, frozen=True, kw_only=True):
    """The stage that is to be signed now; `obstacle` says why nobody can where there is none.

    signed: by all already. faults: in approvals.yaml. changed: not what was frozen. withdrawn.
    past: the first day in force is over.
    """

    stage: str = ""
    title: str = ""
    role_title: str = ""
    candidates: tuple[Candidate, ...] = ()
    obstacle: Obstacle = ""


class ReviewMaterial(msgspec.Struct, frozen=True, kw_only=True):
    """`before` is the version compared with, None where there is none.

    `planned`: the first day in force as it is signed (ISO 8601), None where none is set. `keys`
    maps every public key that is good today, as people.yaml's line without comment, to the person's
    id. `namespace` is that of the signatures.
    """

    context: BuildContext
    before: BuildContext | None
    comparison: Comparison | None
    advice: str
    planned: str | None
    findings: tuple[Diagnostic, ...]
    turn: Turn
    keys: Mapping[str, str]
    namespace: str

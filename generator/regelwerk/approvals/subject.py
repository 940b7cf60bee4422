"""What signatures of one version are made under: its process, folder and approvals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

import msgspec

from regelwerk.approvals.identity import process_of
from regelwerk.approvals.statement import statement
from regelwerk.model.project import FrozenVersion
from regelwerk.model.version import Approvals, Signature


class Signed(Protocol):
    """What signatures stand under: their list, the folder of originals, and what is signed."""

    @property
    def folder(self) -> str:
        """The folder that originals lie in, relative to the root."""

    @property
    def approvals(self) -> Approvals:
        """The signatures, and the digest they are for."""

    def statement(self, signature: Signature, more: Mapping[str, str] | None, /) -> bytes:
        """The bytes that a signature must have been made over."""


class Subject(msgspec.Struct, frozen=True):
    """A version as its signers see it; `folder` is relative to the root."""

    process: str
    folder: str
    approvals: Approvals

    def statement(self, signature: Signature, more: Mapping[str, str] | None) -> bytes:
        """The bytes that this signature must have been made over."""
        return statement(self.process, self.approvals, signature, more)


def subject_of(frozen: FrozenVersion, approvals: Approvals) -> Subject:
    """The subject that a frozen version is with these approvals."""
    return Subject(process_of(frozen), frozen.folder, approvals)

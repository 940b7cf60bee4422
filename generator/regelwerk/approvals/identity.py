"""Whether approvals belong to the definition beside them, and neither was changed or moved."""

from __future__ import annotations

import re
from collections.abc import Iterator

from regelwerk.approvals.digest import digest
from regelwerk.diagnostics import Problem
from regelwerk.model.project import FrozenVersion
from regelwerk.model.version import Approvals

_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")
_RESTORE = "restore what was approved, or make a new version of it"


def digest_of(frozen: FrozenVersion) -> str | None:
    """The digest of a frozen version as it is now; None where its definition cannot be read."""
    if frozen.definition is None:
        return None
    return digest(frozen.definition.data, frozen.context)


def identity_problems(
    frozen: FrozenVersion, approvals: Approvals, found: str | None
) -> Iterator[Problem]:
    """What is wrong with version, process and digest; `found` is the digest as it is now."""
    if approvals.version and approvals.version != frozen.version:
        yield Problem(
            "reference/id-folder-mismatch",
            ("version",),
            f"these are the approvals of version {approvals.version}; "
            f"the folder is {frozen.version}",
            "approvals cannot be moved to another version",
        )
    if found is None or frozen.definition is None:
        yield Problem(
            "approval/digest-mismatch",
            ("digest",),
            "there is no readable process.yaml beside these approvals",
            _RESTORE,
        )
        return
    if _DIGEST.fullmatch(approvals.digest) and approvals.digest != found:
        yield Problem(
            "approval/digest-mismatch",
            ("digest",),
            f"the definition is not the one that was approved: its digest is {found}",
            _RESTORE,
        )
        return
    for file in frozen.faulty_files:
        yield Problem(
            "approval/digest-mismatch",
            (),
            "its YAML has faults, so readers can differ in what it says: nobody can tell that it "
            "is what was approved",
            _RESTORE,
            file=file,
        )
    process, data = process_of(frozen), frozen.definition.data
    if data.get("id") != process:
        yield Problem(
            "approval/digest-mismatch",
            ("digest",),
            f"the definition approved is of the process `{data.get('id')}`, not of `{process}`",
            "approvals cannot be moved to another process",
        )
    elif data.get("version") != frozen.version and approvals.version == frozen.version:
        yield Problem(
            "approval/digest-mismatch",
            ("digest",),
            f"the definition approved says that it is version {data.get('version')}, "
            f"not {frozen.version}",
            "approvals cannot be moved to another version",
        )


def process_of(frozen: FrozenVersion) -> str:
    """The process that a frozen version's folder (`process/<id>/versions/<version>`) is of."""
    return frozen.folder.split("/")[1]

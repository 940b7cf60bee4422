"""What was frozen and signed in the trusted state, and is not so any more."""

from __future__ import annotations

from collections.abc import Iterator

from regelwerk.approvals.trust import Trust, bare, signatures_of
from regelwerk.diagnostics import Problem
from regelwerk.model.project import FrozenVersion, Project
from regelwerk.model.version import Approvals

_HINT = "restore it; a version that people have signed only ever gains signatures"


def rewritten_problems(project: Project, trust: Trust) -> Iterator[Problem]:
    """A finding for every version of the trusted state that lost or changed something signed.

    A change of the definition alone is told by its digest; here the approvals are compared, which
    one could otherwise change together with it.
    """
    for folder in trust.project.processes.values():
        here = project.processes.get(folder.id)
        for old in folder.versions:
            if not signatures_of(old):
                continue
            new = here.version(old.version) if here is not None else None
            message = _message(old, new)
            if message:
                yield Problem(
                    "approval/rewritten",
                    (),
                    f"{message}, unlike in {trust.name}",
                    _HINT,
                    file=old.approvals_file,
                )


def _message(old: FrozenVersion, new: FrozenVersion | None) -> str:
    before, after = old.approvals, new.approvals if new is not None else None
    if new is None or before is None or after is None:
        return f"version {old.version} and its approvals are not here"
    if after.digest != before.digest:
        return f"version {old.version} is approved with another digest"
    if after.effective_from != before.effective_from:
        return f"version {old.version} takes effect on another day"
    lost = signatures_of(old) - signatures_of(new)
    if lost or not _acts(before) <= _acts(after):
        names = ", ".join(sorted({f"`{one.by}` ({one.stage})" for one in lost}))
        return f"version {old.version} lacks or has changed what was signed" + (
            f" by {names}" if names else ""
        )
    return ""


def _acts(approvals: Approvals) -> set[object]:
    """Reviews with their results, and the withdrawal with its reason."""
    acts: set[object] = {(bare(one.signature), one.result) for one in approvals.reviews}
    if approvals.withdrawn is not None:
        acts.add((bare(approvals.withdrawn.signature), approvals.withdrawn.reason))
    return acts

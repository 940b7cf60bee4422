"""The approval rule named `editorial`: shorter than the others, so for wording only."""

from __future__ import annotations

from collections.abc import Iterator

from regelwerk.diagnostics import Problem
from regelwerk.model.difference import Change, differences
from regelwerk.model.project import Definition, FrozenVersion

EDITORIAL = "editorial"


def editorial_problems(
    definition: Definition | None, before: FrozenVersion | None
) -> Iterator[Problem]:
    """What keeps a definition from being approved as editorial, at its `approval`.

    `before` is the latest lower version that is fully signed: what only lies there unsigned was
    approved by nobody, so nothing may be measured by it.
    """
    if definition is None or definition.process.approval != EDITORIAL:
        return
    if before is None or before.definition is None:
        message = "the rule `editorial` needs an approved version before this one; there is none"
    else:
        changes = differences(before.definition.process, definition.process)
        beyond = [_words(change) for change in changes if change.weight != "prose"]
        if not beyond:
            return
        shown = ", ".join(beyond[:3]) + (f" and {len(beyond) - 3} more" if beyond[3:] else "")
        message = f"more than the wording differs from version {before.version}: {shown}"
    yield Problem(
        "approval/not-editorial",
        ("approval",),
        message,
        "have it approved by another rule of organization.yaml",
        file=definition.file,
    )


def _words(change: Change) -> str:
    """Where and what, by the ids and keys that its author knows."""
    place = change.place
    where = " ".join(part for part in (place.part, place.id, place.detail, place.detail_id) if part)
    return f"`{where}` {change.field or change.kind}"

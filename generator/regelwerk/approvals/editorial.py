"""The approval rule named `editorial`: shorter than the others, so for wording only."""

from __future__ import annotations

from collections.abc import Iterator

from regelwerk.approvals.prose import beyond_wording
from regelwerk.diagnostics import Problem, path_text
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
        places = beyond_wording(before.definition.data, definition.data)
        if not places:
            return
        shown = ", ".join(f"`{path_text(place)}`" for place in places[:3])
        more = f" and {len(places) - 3} more" if len(places) > 3 else ""
        message = f"more than the wording differs from version {before.version}: {shown}{more}"
    yield Problem(
        "approval/not-editorial",
        ("approval",),
        message,
        "have it approved by another rule of organization.yaml",
        file=definition.file,
    )

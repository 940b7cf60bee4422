"""Whether it is a signature's turn: stages in their order, reviews of what is approved."""

from __future__ import annotations

from datetime import date

from regelwerk.approvals.verdict import judge_process
from regelwerk.model.project import FrozenVersion
from regelwerk.model.version import StageVerdict, Status
from regelwerk.operations.originals import OriginalFiles
from regelwerk.operations.versions_find import Opened, RefusedError


def require_turn(
    opened: Opened, frozen: FrozenVersion, stage: str | None, as_of: date, *, review: bool
) -> None:
    """RefusedError where a stage comes first, is signed already, or there is nothing to review."""
    originals = OriginalFiles(opened.root)
    judged = judge_process(opened.folder, opened.loaded.project, as_of, originals)
    verdict = judged[frozen.version][0]
    if verdict.status is Status.WITHDRAWN:
        raise RefusedError(
            f"version {frozen.version} is withdrawn", "bring out a new version instead"
        )
    if stage is not None:
        _require_order(verdict.stages, stage)
    elif review and verdict.status not in (Status.APPROVED, Status.EFFECTIVE):
        raise RefusedError(
            f"version {frozen.version} is {verdict.status.value}, so there is nothing to review "
            "(approval/out-of-order)",
            "a review confirms a version that is approved and not superseded",
        )


def _require_order(stages: tuple[StageVerdict, ...], wanted: str) -> None:
    for stage in stages:
        if stage.id == wanted:
            if stage.complete:
                raise RefusedError(
                    f"the stage `{wanted}` is signed already, by "
                    + ", ".join(f"`{one.by}`" for one in stage.signatures)
                )
            return
        if not stage.complete:
            raise RefusedError(
                f"the stage `{stage.id}` comes first and has {len(stage.signatures)} of "
                f"{stage.needed} signatures (approval/out-of-order)",
                "the stages of an approval rule are signed in their order",
            )

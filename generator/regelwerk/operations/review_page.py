"""Make the page on which a frozen version is read, judged and signed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from regelwerk.approvals.digest import digest
from regelwerk.approvals.public_key import KeyRefusedError, key_of_line, line_of_key
from regelwerk.approvals.sshsig import NAMESPACE
from regelwerk.approvals.stages import rule_of
from regelwerk.artifacts.comparison import compare
from regelwerk.artifacts.review.material import Candidate, Obstacle, ReviewMaterial, Turn
from regelwerk.artifacts.review.render import render_review
from regelwerk.artifacts.review.words import review_words
from regelwerk.diagnostics import Diagnostic, Severity
from regelwerk.model.context import BuildContext
from regelwerk.model.organization import Stage
from regelwerk.model.project import ORGANIZATION_FILE, PEOPLE_FILE, FrozenVersion, Project
from regelwerk.model.version import Status, Verdict
from regelwerk.operations.day import Clock
from regelwerk.operations.examine import examine
from regelwerk.operations.versions_change import Change, before_and_after
from regelwerk.operations.versions_find import Opened, RefusedError, open_process
from regelwerk.operations.versions_role import holding_for

_SHARED = (ORGANIZATION_FILE, PEOPLE_FILE)


def review_page(start: Path, process: str, version: str, clock: Clock) -> bytes:
    """One HTML file; UsageError where there is no such version, RefusedError where it is broken."""
    opened = open_process(start, process)
    frozen = opened.version(version)
    as_of = opened.day(clock)
    before, context = before_and_after(opened.loaded, opened.folder, version, as_of)
    if context is None or not context.definition.sound:
        raise RefusedError(
            f"version {version} of {process} cannot be read", "run `regelwerk check`"
        )
    if before is not None and not before.definition.sound:
        before = None
    comparison = compare(before, context) if before is not None else None
    change = Change(
        before.definition.version if before else None,
        (),
        comparison.extent if comparison else "none",
    )
    approvals = frozen.approvals
    planned = approvals.effective_from if approvals is not None else None
    words = review_words(context.names.language, context.names.translations)
    return render_review(
        ReviewMaterial(
            context=context,
            before=before,
            comparison=comparison,
            advice=change.advice(version, words),
            planned=planned.isoformat() if planned is not None else None,
            findings=tuple(_findings(opened, frozen, as_of)),
            turn=_turn(opened.loaded.project, frozen, context, as_of),
            keys=dict(_keys(opened.loaded.project, as_of)),
            namespace=NAMESPACE,
        )
    )


def _findings(opened: Opened, frozen: FrozenVersion, as_of: date) -> Iterator[Diagnostic]:
    """What concerns this version: its own files, and what all processes share.

    That stages wait for signatures is shown where it is told who has signed.
    """
    for finding in examine(opened.loaded, as_of).findings:
        if finding.code == "approval/missing-stage" and finding.severity is Severity.INFO:
            continue
        if finding.file.startswith(f"{frozen.folder}/") or finding.file in _SHARED:
            yield finding


def _turn(project: Project, frozen: FrozenVersion, context: BuildContext, as_of: date) -> Turn:
    obstacle = _obstacle(frozen, context.verdict, as_of)
    if obstacle:
        return Turn(obstacle=obstacle)
    verdict = context.verdict
    open_stages = [stage.id for stage in verdict.stages if not stage.complete]
    rule = rule_of(context.definition.process, project.organization)
    stage = next((one for one in rule if one.id in open_stages), None)
    if stage is None:
        return Turn(obstacle="signed")
    return Turn(
        stage=stage.id,
        title=context.names.stages.get(stage.id, stage.title),
        role_title=context.names.role(stage.role) if stage.role else "",
        candidates=tuple(_candidates(project, stage, context, as_of)),
    )


def _obstacle(frozen: FrozenVersion, verdict: Verdict, as_of: date) -> Obstacle:
    """Why no signature at all would count now; empty where one would."""
    approvals, definition = frozen.approvals, frozen.definition
    if approvals is None or definition is None or not approvals.sound:
        return "faults"
    if digest(definition.data, frozen.context) != approvals.digest:
        return "changed"
    if verdict.status is Status.WITHDRAWN:
        return "withdrawn"
    effective = approvals.effective_from
    missing = not all(stage.complete for stage in verdict.stages)
    return "past" if missing and effective is not None and effective < as_of else ""


def _candidates(
    project: Project, stage: Stage, context: BuildContext, as_of: date
) -> Iterator[Candidate]:
    """Who holds the role today, and has signed nothing that four eyes keep apart from it."""
    apart = {*stage.not_same_as, stage.id}
    signed = {
        one.by
        for verdict in context.verdict.stages
        if verdict.id in apart
        for one in verdict.signatures
    }
    roles = (stage.role,) if stage.role else ()
    for person in project.people.values():
        holding = holding_for(person, roles, None, as_of, project.organization)
        if person.id in signed or (roles and holding is None):
            continue
        yield Candidate(
            by=person.id,
            name=context.names.person(person.id),
            role=holding.role if holding is not None else None,
            role_title=context.names.role(holding.role) if holding is not None else "",
            deputy=holding is not None and holding.deputy,
        )


def _keys(project: Project, as_of: date) -> Iterator[tuple[str, str]]:
    """Every public key that is good on the day, without comment, and whose it is."""
    for person in project.people.values():
        for listed in person.keys:
            if not listed.covers(as_of):
                continue
            try:
                yield line_of_key(key_of_line(listed.key)), person.id
            except KeyRefusedError:
                continue

"""Whether the sources give a file again, so that it was made from them whoever keeps no manifest.

What a document shows depends on the day: its status, the next review. So days on which that
changed are tried: today, the first and the last day in force, and every review. One that draws key
figures is made from the records there are: where these have come to something else since, it is
not confirmed.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from regelwerk.artifacts.document.figures import shows_figures
from regelwerk.artifacts.marks.marks import Marks
from regelwerk.artifacts.marks.read import marks_of
from regelwerk.artifacts.office.contents import entries_of, without_page_numbers
from regelwerk.errors import RegelwerkError
from regelwerk.model.context import BuildContext
from regelwerk.model.moment import day_of
from regelwerk.operations.context import DRAFT_FOLDER, WORKING, release_of
from regelwerk.operations.courses import with_figures
from regelwerk.operations.day import zone_of
from regelwerk.operations.kinds import KINDS
from regelwerk.operations.verify_world import World
from regelwerk.project.templates import TemplateFolder

_MOST_DAYS = 8


def made_anew(content: bytes, marks: Marks, world: World, *, working: bool) -> bool:
    """Whether a file with these marks, intact, has every part that the sources give on some day."""
    wanted = {content, *_without_numbers(content, marks)}
    digests = {marks.build, *(m.build for one in wanted if (m := _marks(one)) is not None)}
    drawn = shows_figures(content)
    for context in _contexts(marks, world, working=working, drawn=drawn):
        for made in _rendered(context, marks, world, bool(_entries(content, marks))):
            if made in wanted:
                return True
            again = _marks(made)
            if again is not None and again.build in digests:
                return True
    return False


def made_for(marks: Marks, world: World, *, working: bool, drawn: bool) -> Iterator[bytes]:
    """Files of the kind and version that the marks name: those kept, then as made anew.

    `drawn`: those that show key figures, else those that do not.
    """
    version = DRAFT_FOLDER if working else marks.version
    for known in world.made_for(marks.process, version, marks.kind):
        try:
            kept = known.path.read_bytes()
        except OSError:
            continue
        if shows_figures(kept) == drawn:
            yield kept
    for context in _contexts(marks, world, working=working, drawn=drawn):
        yield from _rendered(context, marks, world)


def _marks(content: bytes) -> Marks | None:
    return marks_of(content, whole=False)


def _without_numbers(content: bytes, marks: Marks) -> Iterator[bytes]:
    """A document as it was before LibreOffice told its page numbers."""
    if marks.kind == "document":
        try:
            yield without_page_numbers(content, "")
        except RegelwerkError:
            return


def _contexts(marks: Marks, world: World, *, working: bool, drawn: bool) -> Iterator[BuildContext]:
    """What may have been rendered, day by day; `drawn`: with the key figures of that day."""
    folder = world.folder(marks.process)
    if folder is None:
        return
    version = WORKING if working else marks.version
    for day in [world.as_of] if working else _days(marks, world):
        verdicts = world.verdicts(folder.id, day)
        release = release_of(world.loaded.project, folder, verdicts, day, version)
        if release is not None and drawn:
            yield from (one.context for one in with_figures(world.loaded, [release]))
        elif release is not None:
            yield release.context


def _days(marks: Marks, world: World) -> list[date]:
    verdict = world.verdicts(marks.process)[marks.version]
    frozen = world.frozen(marks.process, marks.version)
    approvals = frozen.approvals if frozen is not None else None
    reviews = approvals.reviews if approvals is not None else ()
    zone = zone_of(world.loaded.project.organization)
    days = [
        world.as_of,
        verdict.effective_until,
        verdict.effective_from,
        *(day_of(moment, zone) for one in reviews if (moment := one.signature.moment) is not None),
    ]
    kept = [day for day in days if day is not None and day <= world.as_of]
    return list(dict.fromkeys(kept))[:_MOST_DAYS]


def _entries(content: bytes, marks: Marks) -> tuple[str, ...]:
    """The entries of a document's table of contents."""
    try:
        return entries_of(content, "") if marks.kind == "document" else ()
    except RegelwerkError:
        return ()


def _rendered(
    context: BuildContext, marks: Marks, world: World, has_contents: bool | None = None
) -> Iterator[bytes]:
    """What the sources give; a document also with or without contents, whatever was estimated."""
    kind = next((kind for kind in KINDS if kind.name == marks.kind), None)
    if kind is None:
        return
    templates = TemplateFolder(world.loaded.root)
    try:
        if marks.case:
            yield from _forms(context, marks, world, templates)
            return
        yield from (made.content for made in kind.render(context, templates))
        if marks.kind == "document" and has_contents is not None:
            from regelwerk.artifacts.document.render import render_document

            yield render_document(context, templates, contents=has_contents).content
    except RegelwerkError:
        return


def _forms(
    context: BuildContext, marks: Marks, world: World, templates: TemplateFolder
) -> Iterator[bytes]:
    """The form of a case, empty and with what is recorded by now."""
    from regelwerk.artifacts.checklist.render import render_checklist
    from regelwerk.artifacts.checklist.workbook import render_workbook

    bare = {"case": marks.case}
    recorded = world.record(marks.case)
    for filled in (bare, recorded) if recorded is not None else (bare,):
        if marks.kind == "checklist":
            yield render_checklist(context, templates, filled).content
        elif marks.kind == "workbook":
            yield render_workbook(context, filled).content

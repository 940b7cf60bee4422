"""Documents, checklists, pictures: whether they were made here, are unchanged, are in force."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

import msgspec

from regelwerk.archive.refused import ArchiveRefusedError
from regelwerk.artifacts.marks.marks import Marks
from regelwerk.artifacts.marks.read import marks_of
from regelwerk.model.version import Verdict
from regelwerk.operations.context import DRAFT_FOLDER
from regelwerk.operations.verify_anew import made_anew
from regelwerk.operations.verify_result import Checked, Origin, State
from regelwerk.operations.verify_words import told_by_words
from regelwerk.operations.verify_world import Known, World

_FORMS = ("checklist", "workbook", "webform")
_FROM = {
    "issued": "these very bytes were kept when the version was issued",
    "build": "the manifest of a build names these very bytes",
    "parts": "every part is that of the file that was made; only the container was packed anew",
    "rendered": "the definition and the templates here give this file again, part for part",
}
_PAPER = (
    "approved on paper: whether the people signed is not verifiable by this tool; the originals are"
)


def verify_generated(file: str, content: bytes, world: World) -> Checked:
    """What a file is that may have been generated; it is judged by its bytes alone."""
    found = Checked(file=file, state=State.FOREIGN, headline="", sha256=sha256(content).hexdigest())
    known = world.made.get(found.sha256)
    try:
        marks = marks_of(content)
    except ArchiveRefusedError as error:
        return refused(found, f"the archive is not read: {error.message}")
    if known is not None:
        return _known(found, known, marks, world)
    if marks is None:
        return foreign(found, "no manifest names these bytes, and the file says nothing of itself")
    return _unknown(found, content, marks, world)


def refused(found: Checked, why: str) -> Checked:
    """A file that is not looked into."""
    return msgspec.structs.replace(found, state=State.REFUSED, headline="NOT READ", problems=(why,))


def foreign(found: Checked, why: str) -> Checked:
    """A file that this project has not made."""
    return msgspec.structs.replace(
        found, state=State.FOREIGN, headline="NOT MADE BY THIS PROJECT", problems=(why,)
    )


def _known(found: Checked, known: Known, marks: Marks | None, world: World) -> Checked:
    if not known.process:
        return msgspec.structs.replace(
            found,
            state=State.IN_ORDER,
            headline="AS IT WAS BUILT",
            kind=f"page or file of the {known.kind}",
            origin="build",
            facts=(f"Not changed since it was made: {_FROM['build']}.",),
        )
    draft = known.version == DRAFT_FOLDER
    said = marks or Marks(kind=known.kind, process=known.process, version="", digest="")
    own = msgspec.structs.replace(
        said,
        kind=said.kind or known.kind,
        process=known.process,
        version=said.version if draft or not known.version else known.version,
    )
    if world.folder(known.process) is None:
        found = _described(found, own, world)
        return foreign(found, f"it was built, but there is no process `{known.process}` here")
    if draft:
        return _draft(found, own, known.origin, world, current=known.current)
    return _version(found, own, known.origin, world, current=known.current)


def _unknown(found: Checked, content: bytes, marks: Marks, world: World) -> Checked:
    """No manifest names the bytes; so what the file says of itself has to be proven."""
    found = _described(found, marks, world)
    folder = world.folder(marks.process)
    if folder is None:
        return foreign(found, f"it says that it is of a process `{marks.process}`, unknown here")
    frozen = folder.version(marks.version)
    working = folder.working is not None and folder.working.process.version == marks.version
    if frozen is None and not working:
        return foreign(
            found, f"it says that it is of version {marks.version}, which is not kept here"
        )
    own = world.verdicts(folder.id)[marks.version].digest if frozen is not None else None
    draft = marks.digest != own and (working or frozen is None)
    if marks.intact is False:
        return _changed(found, content, marks, world, draft=draft)
    if marks.digest not in (own, world.working_digest(folder.id)):
        return _other_text(found, marks, own)
    origin = _origin(content, marks, world, draft=draft)
    if origin is None:
        return _unconfirmed(found, marks, world)
    if draft:
        return _draft(found, marks, origin, world)
    return _version(found, marks, origin, world)


def _origin(content: bytes, marks: Marks, world: World, *, draft: bool) -> Origin | None:
    if marks.intact is None:
        return None
    version = DRAFT_FOLDER if draft else marks.version
    for known in world.made_for(marks.process, version, marks.kind):
        try:
            kept = marks_of(known.path.read_bytes())
        except (OSError, ArchiveRefusedError):
            continue
        if kept is not None and kept.intact and kept.build == marks.build:
            return "parts"
    return "rendered" if made_anew(content, marks, world, working=draft) else None


def _version(
    found: Checked, marks: Marks, origin: Origin, world: World, *, current: bool = True
) -> Checked:
    """A file of a frozen version, made by this project and not changed since."""
    found = _described(found, marks, world)
    if world.frozen(marks.process, marks.version) is None:
        return foreign(found, f"it was built, but version {marks.version} is not kept here")
    verdict = world.verdicts(marks.process)[marks.version]
    digest = marks.digest or (verdict.digest if current else "")
    if digest != verdict.digest:
        return _other_text(found, marks, verdict.digest)
    state, headline = world.standing(marks.process, marks.version)
    problems = world.errors(marks.process, marks.version)
    return msgspec.structs.replace(
        found,
        state=state,
        headline=headline,
        digest=verdict.digest or "",
        origin=origin,
        signatures=world.signatures(marks.process, marks.version),
        effective_from=verdict.effective_from,
        effective_until=verdict.effective_until,
        superseded_by=verdict.superseded_by or "",
        facts=(f"Made by this project and not changed since: {_FROM[origin]}.", *_days(verdict)),
        problems=problems if state is not State.IN_FORCE else (),
    )


def _days(verdict: Verdict) -> Iterator[str]:
    first, last = verdict.effective_from, verdict.effective_until
    if first is not None and last is not None:
        yield f"It was in force from {first} to {last}."
    elif first is not None and verdict.released:
        yield f"In force since {first}."
    if verdict.superseded_by is not None:
        yield f"Work by version {verdict.superseded_by}."
    if verdict.review_due is not None:
        yield f"To be reviewed by {verdict.review_due}."
    if verdict.on_paper:
        kept = any(one.original_file for stage in verdict.stages for one in stage.signatures)
        yield _PAPER.capitalize() + (" kept with the version." if kept else " kept elsewhere.")


def _draft(
    found: Checked, marks: Marks, origin: Origin, world: World, *, current: bool = True
) -> Checked:
    found = _described(found, marks, world)
    now = world.working_digest(marks.process)
    same = marks.digest == now if marks.digest else current
    facts = (f"Made by this project and not changed since: {_FROM[origin]}.",)
    return msgspec.structs.replace(
        found,
        state=State.DRAFT,
        headline="DRAFT" if same else "DRAFT, AND NOT THE LATEST",
        origin=origin,
        facts=(*facts, "Nobody has approved it; nobody works by it."),
        problems=() if same else ("the working definition has changed since",),
    )


def _changed(found: Checked, content: bytes, marks: Marks, world: World, *, draft: bool) -> Checked:
    facts = []
    if marks.kind in _FORMS:
        facts.append(
            "A form that somebody has filled in is changed; "
            "`regelwerk records import` reads what was entered."
        )
    if marks.kind in ("document", "checklist"):
        facts += told_by_words(content, marks, world, working=draft)
    why = (
        "its parts are not those of its build digest: text, looks or properties were changed, if "
        "only by saving it in another program"
    )
    return msgspec.structs.replace(
        found,
        state=State.CHANGED,
        headline="CHANGED SINCE IT WAS MADE",
        facts=(*facts, *_claim(marks, world)),
        problems=(why,),
    )


def _other_text(found: Checked, marks: Marks, own: str | None) -> Checked:
    here = f"that of version {marks.version} here is {own}" if own else "no definition here has it"
    stated = f"the digest {marks.digest}" if marks.digest else "another digest"
    return msgspec.structs.replace(
        found,
        state=State.OTHER_TEXT,
        headline="OF ANOTHER TEXT",
        problems=(f"it was made from a definition with {stated}; {here}",),
    )


def _unconfirmed(found: Checked, marks: Marks, world: World) -> Checked:
    if marks.kind.startswith("pdf"):
        why = (
            "a PDF can only be confirmed by the build that made it: no two are alike, and no "
            "manifest here names these bytes"
        )
    else:
        why = (
            "it is whole in itself, but no manifest names it and the sources here do not give it: "
            "another version of the tool, of a template or of the people may have made it, or "
            "somebody else"
        )
    return msgspec.structs.replace(
        found,
        state=State.UNCONFIRMED,
        headline="CANNOT BE CONFIRMED",
        facts=tuple(_claim(marks, world)),
        problems=(why,),
    )


def _claim(marks: Marks, world: World) -> Iterator[str]:
    """What would hold if the file were what it says."""
    verdict = world.verdicts(marks.process).get(marks.version)
    if verdict is None:
        yield f"It says that it is a draft of version {marks.version}."
        return
    _, headline = world.standing(marks.process, marks.version)
    yield f"It says that it is of version {marks.version}; that version is: {headline.lower()}."


def _described(found: Checked, marks: Marks, world: World) -> Checked:
    return msgspec.structs.replace(
        found,
        kind=marks.kind,
        process=marks.process,
        title=world.title(marks.process) if world.folder(marks.process) else "",
        version=marks.version,
        digest=marks.digest,
        build=marks.build,
    )

"""What an e-mail sends along: artifacts made anew, and evidence of the case's record."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from regelwerk.artifacts.email.message import MOST_ATTACHED, AttachedFile
from regelwerk.artifacts.email.template import Attachment, EmailTemplate
from regelwerk.diagnostics import Path as Place
from regelwerk.diagnostics import Problem
from regelwerk.model.context import Artifact, BuildContext
from regelwerk.operations.email_record import CaseRecord
from regelwerk.operations.issued import issued_artifacts, read_issued
from regelwerk.operations.kinds import KINDS
from regelwerk.project.templates import TemplateFolder
from regelwerk.records.evidence import EvidenceFolder, EvidenceState

_ARTIFACTS = {
    "document": ("document", "document.docx"),
    "checklist": ("checklist", "checklist.docx"),
    "picture": ("picture", "process.png"),
}
_WORD = "application/vnd.openxmlformats-officedocument"
_TYPES = {
    ".csv": "text/csv",
    ".docx": f"{_WORD}.wordprocessingml.document",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".pptx": f"{_WORD}.presentationml.presentation",
    ".txt": "text/plain",
    ".xlsx": f"{_WORD}.spreadsheetml.sheet",
    ".zip": "application/zip",
}
_SAID = {
    EvidenceState.MISSING: ("record/evidence-missing", "is not there"),
    EvidenceState.OUTSIDE: ("record/evidence-missing", "leads out of the project"),
    EvidenceState.UNREADABLE: ("record/evidence-missing", "cannot be read"),
    EvidenceState.CHANGED: ("record/evidence-changed", "is not the file that was recorded"),
}


class Gathered(msgspec.Struct, frozen=True):
    """The files that there are, and what is wrong with others; what is in neither is missing."""

    files: Mapping[Attachment, AttachedFile]
    problems: tuple[Problem, ...]


def gather(
    root: Path, context: BuildContext, email: EmailTemplate, record: CaseRecord | None
) -> Gathered:
    """What the template attaches. Without a record only the tool's own artifacts are there.

    Files outside the project are never opened.
    """
    files: dict[Attachment, AttachedFile] = {}
    problems: list[Problem] = []
    for item in email.attachments:
        if item.kind == "artifact":
            files[item] = _artifact(root, context, item.id)
        elif record is not None:
            for found in _evidence(root, item.id, record):
                if isinstance(found, Problem):
                    problems.append(found)
                else:
                    files[item] = found
    return Gathered(files, tuple(problems))


def _artifact(root: Path, context: BuildContext, name: str) -> AttachedFile:
    kind_name, file = _ARTIFACTS[name]
    process = context.definition.process
    made = _issued(root, context, kind_name)
    if made is None:
        kind = next(kind for kind in KINDS if kind.name == kind_name)
        made = list(kind.render(context, TemplateFolder(root)))
    content = next(one.content for one in made if one.path == file)
    mark = "-DRAFT" if context.working else ""
    return AttachedFile(f"{process.id}-{process.version}{mark}-{file}", _type(file), content)


def _issued(root: Path, context: BuildContext, kind: str) -> list[Artifact] | None:
    """The files as they were issued; None where they were not."""
    folder = context.definition.file.rsplit("/", 1)[0]
    issued = None if context.working else read_issued(root, folder)
    files = issued.kinds.get(kind) if issued is not None else None
    return issued_artifacts(root, folder, files) if files is not None else None


def _evidence(root: Path, document: str, record: CaseRecord) -> Iterator[AttachedFile | Problem]:
    at, value = _recorded(document, record.source.tree.data)
    file = value.get("file")
    if not isinstance(file, str):
        return
    name, at = record.source.file, (*at, "file")
    if not record.inside:
        message = "the record lies outside the project, so its evidence is not sent along"
        yield Problem("record/evidence-missing", at, message, "hand the record in first", file=name)
        return
    sha256 = value.get("sha256")
    digest = sha256 if isinstance(sha256, str) else None
    state = EvidenceFolder(root).state(name, file, digest)
    if state is not EvidenceState.PRESENT:
        code, said = _SAID[state]
        yield Problem(code, at, f"`{file[:80]}` {said}", file=name)
        return
    path = (root / posixpath.normpath(posixpath.join(posixpath.dirname(name), file))).resolve()
    if any(part.startswith(".") for part in path.relative_to(root.resolve()).parts):
        message = f"`{file[:80]}` is hidden, so it is not sent along"
        yield Problem("record/evidence-missing", at, message, file=name)
        return
    if path.stat().st_size > MOST_ATTACHED:
        most = MOST_ATTACHED // 1024**2
        message = f"`{file[:80]}` is larger than the {most} MiB that an e-mail can carry"
        yield Problem("email/unfit-value", at, message, "send a link to it instead", file=name)
        return
    shown = posixpath.basename(posixpath.normpath(file))
    yield AttachedFile(shown, _type(shown), path.read_bytes())


def _recorded(document: str, data: Mapping[str, Any]) -> tuple[Place, Mapping[str, Any]]:
    """The latest evidence of a document: an output of a step, else an input of the case."""
    steps = data.get("steps")
    entries = list(enumerate(steps)) if isinstance(steps, list) else []
    for index, entry in reversed(entries):
        outputs = entry.get("outputs") if isinstance(entry, dict) else None
        value = outputs.get(document) if isinstance(outputs, dict) else None
        if isinstance(value, dict):
            return ("steps", index, "outputs", document), value
    inputs = data.get("inputs")
    value = inputs.get(document) if isinstance(inputs, dict) else None
    return ("inputs", document), value if isinstance(value, dict) else {}


def _type(name: str) -> str:
    return _TYPES.get(Path(name).suffix.lower(), "application/octet-stream")

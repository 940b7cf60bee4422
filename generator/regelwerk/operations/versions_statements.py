"""Write out what was signed, so that ssh-keygen alone can verify it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from regelwerk.approvals.public_key import KeyRefusedError, key_of_line, line_of_key
from regelwerk.approvals.sshsig import NAMESPACE
from regelwerk.approvals.subject import Subject, subject_of
from regelwerk.model.project import Project
from regelwerk.model.version import Signature
from regelwerk.operations.versions_entry import approvals_of
from regelwerk.operations.versions_find import open_process
from regelwerk.operations.writing import write_atomically


def write_statements(start: Path, process: str, version: str, out: Path) -> list[Path]:
    """Write a `.json` with the bytes that were signed and a `.sig` for every SSH signature.

    `allowed_signers` beside them holds the keys of people.yaml as ssh-keygen reads them.
    """
    opened = open_process(start, process)
    frozen = opened.version(version)
    subject = subject_of(frozen, approvals_of(opened, frozen))
    written = []
    for name, signature, statement in _statements(subject):
        files = {f"{name}.json": statement}
        if signature.signature is not None:
            files[f"{name}.sig"] = signature.signature.encode()
        for file, content in files.items():
            write_atomically(out / file, content)
            written.append(out / file)
    write_atomically(out / "allowed_signers", _allowed(opened.loaded.project).encode())
    return [*written, out / "allowed_signers"]


def _statements(subject: Subject) -> Iterator[tuple[str, Signature, bytes]]:
    approvals = subject.approvals
    for index, signature in enumerate(approvals.signatures):
        yield f"signatures-{index}", signature, subject.statement(signature, None)
    for index, review in enumerate(approvals.reviews):
        said = subject.statement(review.signature, {"result": review.result})
        yield f"reviews-{index}", review.signature, said
    withdrawn = approvals.withdrawn
    if withdrawn is not None:
        said = subject.statement(withdrawn.signature, {"reason": withdrawn.reason})
        yield "withdrawn", withdrawn.signature, said


def _allowed(project: Project) -> str:
    """One key a line; the days on which a key is good are not said, regelwerk judges them."""
    lines = []
    for person in project.people.values():
        for listed in person.keys:
            try:
                key = line_of_key(key_of_line(listed.key))
            except KeyRefusedError:
                continue
            lines.append(f'{person.id} namespaces="{NAMESPACE}" {key}\n')
    return "".join(lines)

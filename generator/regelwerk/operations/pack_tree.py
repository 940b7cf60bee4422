"""The part of a project that goes into an audit pack, written as a project of its own."""

from __future__ import annotations

import posixpath
import shutil
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from regelwerk.approvals.originals import stays_inside
from regelwerk.archive.names import name_fault
from regelwerk.model.project import (
    ORGANIZATION_FILE,
    PEOPLE_FILE,
    REGISTER_FILE,
    TRUST_FILE,
    FrozenVersion,
)
from regelwerk.operations.issued import FOLDER as ISSUED
from regelwerk.operations.pack_cases import PackedCase
from regelwerk.operations.pack_people import people_under_pseudonyms
from regelwerk.operations.writing import sha256_of_file
from regelwerk.project.load import Loaded
from regelwerk.records.evidence import EvidenceFolder, EvidenceState
from regelwerk.records.mentions import proofs
from regelwerk.records.pseudonyms import Pseudonyms

_SHARED = (ORGANIZATION_FILE, REGISTER_FILE, TRUST_FILE)
_VERSION_FILES = ("process.yaml", "context.yaml", "approvals.yaml")
# What documents are made from, names of e-mails that steps send, words, and clauses.
_BESIDES = (
    *("templates/document", "templates/checklist", "templates/email", "templates/words"),
    "schemas/clauses",
)


class PackTree:
    """Writes the tree; afterwards it knows what was left out, and how much free text there is."""

    def __init__(self, target: Path, loaded: Loaded, pseudonyms: Pseudonyms | None) -> None:
        """`target` is a folder that is there and empty."""
        self._target = target
        self._loaded = loaded
        self._root = loaded.root
        self._pseudonyms = pseudonyms
        self._evidence = EvidenceFolder(loaded.root)
        self.left_out: dict[str, str] = {}
        self.not_portable: list[str] = []

    def write(self, processes: Sequence[str], cases: Sequence[PackedCase]) -> None:
        """Definitions, approvals, people, and the records of these cases with their evidence."""
        for file in _SHARED:
            self._copy(file)
        if self._pseudonyms is None:
            self._copy(PEOPLE_FILE)
        else:
            project = self._loaded.project
            people = people_under_pseudonyms(project, tuple(processes), self._pseudonyms)
            self._write(PEOPLE_FILE, people)
        for process in processes:
            for frozen in self._loaded.project.processes[process].versions:
                self._version(frozen)
        for folder in _BESIDES:
            for path in sorted((self._root / folder).rglob("*")):
                if path.is_file() and not path.name.startswith((".", "~$")):
                    self._copy(path.relative_to(self._root).as_posix())
        self._records(cases)

    def _version(self, frozen: FrozenVersion) -> None:
        names = {*_VERSION_FILES, *_originals(frozen)}
        if self._pseudonyms is None:
            issued = self._root / frozen.folder / ISSUED
            names |= {
                path.relative_to(self._root / frozen.folder).as_posix()
                for path in issued.rglob("*")
                if path.is_file()
            }
        for name in sorted(names):
            self._copy(f"{frozen.folder}/{name}")

    def _records(self, cases: Sequence[PackedCase]) -> None:
        by_file: dict[str, list[PackedCase]] = defaultdict(list)
        for case in cases:
            by_file[case.file].append(case)
        for file, its in by_file.items():
            if its[0].line:
                lines = [self._line(case) for case in its]
                self._write(self._name_of_lines(file), b"".join(line + b"\n" for line in lines))
            else:
                self._write(*self._single(its[0]))
            for case in its:
                self._proofs(case)

    def _line(self, case: PackedCase) -> bytes:
        if self._pseudonyms is None or case.data is None:
            return case.content.strip() if self._pseudonyms is None else b"{}"
        return msgspec.json.encode(self._pseudonyms.record(case.data))

    def _name_of_lines(self, file: str) -> str:
        if self._pseudonyms is not None:
            return f"{_records_folder(file)}/lines-{self._pseudonyms.place(file)}.jsonl"
        return file if file.endswith(".jsonl") else f"{file}.jsonl"

    def _single(self, case: PackedCase) -> tuple[str, bytes]:
        """Name and content of a file with one record; folders may be named after people too."""
        if self._pseudonyms is None:
            return case.file, case.content
        data = self._pseudonyms.record(case.data or {})
        place = self._pseudonyms.place(case.file)
        name = f"{_records_folder(case.file)}/{data.get('case', place)}"
        if (self._target / f"{name}.json").exists():  # an id given twice, which is a finding
            name = f"{name}-{place}"
        return f"{name}.json", msgspec.json.format(msgspec.json.encode(data), indent=1) + b"\n"

    def _proofs(self, case: PackedCase) -> None:
        for proof in proofs(case.data):
            file, said = proof.get("file"), proof.get("sha256")
            if not isinstance(file, str):
                continue
            stated = said if isinstance(said, str) else None
            state = self._evidence.state(case.file, file, stated)
            if state not in (EvidenceState.PRESENT, EvidenceState.CHANGED):
                continue
            inside = posixpath.normpath(posixpath.join(posixpath.dirname(case.file), file))
            if self._pseudonyms is not None:
                name = self._pseudonyms.file(file)
                if state is EvidenceState.PRESENT:
                    self.left_out[name] = sha256_of_file(self._root / inside) or ""
            elif name_fault(inside) is not None:
                self.not_portable.append(inside)
                self.left_out[file] = sha256_of_file(self._root / inside) or ""
            else:
                self._copy(inside)

    def _copy(self, file: str) -> None:
        """A regular file of the project, links inside it followed; nothing where there is none."""
        source, target = self._root / file, self._target / file
        try:
            resolved = source.resolve(strict=True)
        except (OSError, RuntimeError):
            return
        if resolved.is_file() and resolved.is_relative_to(self._root.resolve()):
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(resolved, target)

    def _write(self, file: str, content: bytes) -> None:
        target = self._target / file
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def _records_folder(file: str) -> str:
    return "/".join(file.split("/")[:3])


def _originals(frozen: FrozenVersion) -> Iterator[str]:
    approvals = frozen.approvals
    if approvals is None:
        return
    more: list[Any] = [review.signature for review in approvals.reviews]
    more += [approvals.withdrawn.signature] if approvals.withdrawn is not None else []
    for signature in (*approvals.signatures, *more):
        name = signature.original_file
        if name is not None and stays_inside(name):
            yield name


def words_of(cases: Sequence[PackedCase]) -> Iterator[str]:
    """Ids of cases and their subjects, to be looked for in free text."""
    for case in cases:
        data: Mapping[str, Any] = case.data or {}
        for key in ("case", "subject"):
            if isinstance(data.get(key), str):
                yield data[key]

"""What files are compared with: versions and their verdicts, and every file known to be made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec

from regelwerk.approvals.digest import digest
from regelwerk.approvals.rewritten import rewritten_problems
from regelwerk.approvals.trust import Trust
from regelwerk.approvals.verdict import judge_process
from regelwerk.diagnostics import CODES, Problem, Severity
from regelwerk.model.context import Names, resolve_names
from regelwerk.model.project import FrozenVersion, ProcessFolder
from regelwerk.model.version import Verdict
from regelwerk.operations.context import DRAFT_FOLDER
from regelwerk.operations.issued import FOLDER, Issued, read_issued
from regelwerk.operations.manifest import fingerprint_of, read_manifest
from regelwerk.operations.originals import OriginalFiles
from regelwerk.operations.verify_result import Origin, SignedStage, State, standing
from regelwerk.project.load import Loaded
from regelwerk.project.record_files import read_records, record_files


class Known(msgspec.Struct, frozen=True):
    """A file that was made: where it lies, of what process and version it is, and of what kind.

    `version` is "draft" for the working definition; process and version are empty for pages of the
    handbook, which are of no single version. `current`: its definition has not changed since.
    """

    path: Path
    process: str
    version: str
    kind: str
    origin: Origin
    current: bool = True


class World:
    """A loaded project on a day, for the question what a file is."""

    def __init__(
        self, loaded: Loaded, as_of: date, folders: Sequence[Path], trust: Trust | None = None
    ) -> None:
        """`folders` are output folders of builds; `trust` is as in `judge_process`."""
        self.loaded = loaded
        self.as_of = as_of
        self._folders = folders
        self._trust = trust
        self._judged: dict[str, dict[str, tuple[Verdict, tuple[Problem, ...]]]] = {}

    def folder(self, process: str) -> ProcessFolder | None:
        """A process of the project."""
        return self.loaded.project.processes.get(process)

    def frozen(self, process: str, version: str) -> FrozenVersion | None:
        """A frozen version."""
        folder = self.folder(process)
        return folder.version(version) if folder is not None else None

    def verdicts(self, process: str, day: date | None = None) -> dict[str, Verdict]:
        """The verdicts about the versions of a process, on the day or another one."""
        if day is None or day == self.as_of:
            return {version: verdict for version, (verdict, _) in self._on_the_day(process).items()}
        judged = self._judge(self.loaded.project.processes[process], day)
        return {version: verdict for version, (verdict, _) in judged.items()}

    def errors(self, process: str, version: str) -> tuple[str, ...]:
        """What is wrong with the approvals of a version, as sentences."""
        found = self._on_the_day(process)[version][1]
        return self._rewritten.get(process, ()) + tuple(
            problem.message
            for problem in found
            if (problem.severity or CODES[problem.code].severity) is Severity.ERROR
        )

    def standing(self, process: str, version: str) -> tuple[State, str]:
        """Word and headline for a version on the day.

        Where the process lacks something that was signed in the trusted state, such as a later
        version or a withdrawal, none of its versions is said to stand anywhere.
        """
        if process in self._rewritten:
            return State.NOT_APPROVED, "NOT APPROVED"
        return standing(self.verdicts(process)[version])

    @cached_property
    def _rewritten(self) -> dict[str, tuple[str, ...]]:
        """By process: what the trusted state holds signed, and the project here does not."""
        found: dict[str, tuple[str, ...]] = {}
        if self._trust is not None:
            for problem in rewritten_problems(self.loaded.project, self._trust):
                process = (problem.file or "").split("/")[1]
                found[process] = (*found.get(process, ()), problem.message)
        return found

    def _on_the_day(self, process: str) -> dict[str, tuple[Verdict, tuple[Problem, ...]]]:
        if process not in self._judged:
            folder = self.loaded.project.processes[process]
            self._judged[process] = self._judge(folder, self.as_of)
        return self._judged[process]

    def _judge(
        self, folder: ProcessFolder, day: date
    ) -> dict[str, tuple[Verdict, tuple[Problem, ...]]]:
        originals = OriginalFiles(self.loaded.root)
        return judge_process(folder, self.loaded.project, day, originals, self._trust)

    def record(self, case: str) -> Mapping[str, Any] | None:
        """What the first record of a case says."""
        for file in record_files(self.loaded.root):
            for source in read_records(self.loaded.root, file):
                data = source.tree.data
                if isinstance(data, dict) and data.get("case") == case:
                    return data
        return None

    def working_digest(self, process: str) -> str | None:
        """The digest of the working definition."""
        folder = self.folder(process)
        working = folder.working if folder is not None else None
        return digest(working.data, None) if working is not None else None

    def title(self, process: str) -> str:
        """The title of a process, its id where it has none."""
        return self.loaded.project.title_of_process(process) or process

    def signatures(self, process: str, version: str) -> tuple[SignedStage, ...]:
        """Who has signed a version with signatures that count, stage by stage."""
        frozen = self.frozen(process, version)
        project = self.loaded.project if self._trust is None else self._trust.project
        names = resolve_names(project, frozen.context if frozen is not None else None)
        verdict = self.verdicts(process)[version]
        return tuple(signed_stages(verdict, names))

    @cached_property
    def made(self) -> dict[str, Known]:
        """By SHA-256: every file that was issued, and that the manifests of builds name."""
        return dict((*self._built(), *self._issued()))

    def made_for(self, process: str, version: str, kind: str) -> Iterator[Known]:
        """The files of a kind that were made for a version (or `draft`)."""
        for known in self.made.values():
            if (known.process, known.version, known.kind) == (process, version, kind):
                yield known

    def _issued(self) -> Iterator[tuple[str, Known]]:
        for folder in self.loaded.project.processes.values():
            for frozen in folder.versions:
                issued = read_issued(self.loaded.root, frozen.folder)
                own = self._on_the_day(folder.id)[frozen.version][0].digest if issued else None
                if issued is None or self._is_distrusted(frozen, issued):
                    continue
                said = (issued.process, issued.version, issued.digest)
                if said != (folder.id, frozen.version, own):
                    continue
                base = self.loaded.root / frozen.folder / FOLDER
                for kind, files in issued.kinds.items():
                    for path, sha256 in files.items():
                        yield (
                            sha256,
                            Known(base / path, folder.id, frozen.version, kind, "issued"),
                        )

    def _is_distrusted(self, frozen: FrozenVersion, issued: Issued) -> bool:
        """Whether there is a trusted state, and it does not hold what was issued like this."""
        trust = self._trust
        return trust is not None and trust.issued.get(frozen.folder) != fingerprint_of(issued)

    def _built(self) -> Iterator[tuple[str, Known]]:
        for folder in self._folders:
            for name, unit in sorted(read_manifest(folder).units.items(), key=_handbook_first):
                process, version, kind = _parts(name)
                current = self._is_current(process, version, unit.inputs)
                for path, sha256 in unit.outputs.items():
                    known = Known(folder / path, process, version, kind, "build", current)
                    yield sha256, known

    def _is_current(self, process: str, version: str, inputs: Mapping[str, str]) -> bool:
        """Whether the definition is the one that was built from, as far as the inputs tell."""
        place = f"process/{process}"
        if version != DRAFT_FOLDER:
            place += f"/versions/{version}"
        own = (f"{place}/process.yaml", f"{place}/context.yaml")
        sources = self.loaded.sources
        return own[0] not in inputs or all(
            inputs.get(file) == (sources[file].sha256 if file in sources else None) for file in own
        )


def signed_stages(verdict: Verdict, names: Names) -> Iterable[SignedStage]:
    """The signatures that count for a version."""
    for stage in verdict.stages:
        for one in stage.signatures:
            role = one.role or stage.role
            yield SignedStage(
                stage=stage.title,
                name=names.person(one.by),
                role=names.role(role) if role else "",
                at=one.at,
                method=one.method,
                deputy=one.deputy,
            )


def _handbook_first(unit: tuple[str, object]) -> tuple[bool, str]:
    """Copies of documents lie in the handbook too; what the document itself is counts."""
    return unit[0].count("/") == 2, unit[0]


def _parts(unit: str) -> tuple[str, str, str]:
    """Process, version and kind of a unit such as `sales/1.3/document`."""
    parts = unit.split("/")
    if len(parts) != 3:
        return "", "", unit
    process, version, kind = parts
    return process, version, kind

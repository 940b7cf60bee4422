"""Records: as this project keeps them, keeping to their version, with unchanged evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec

from regelwerk.diagnostics import Diagnostic, Severity
from regelwerk.operations.progress import silent
from regelwerk.operations.record_run import run_records
from regelwerk.operations.record_selection import RecordFiles
from regelwerk.operations.verify_result import Checked, State
from regelwerk.operations.verify_world import World
from regelwerk.project.record_files import read_records, record_files, records_in
from regelwerk.records.mentions import proofs

SUFFIXES = (".yaml", ".yml", ".json", ".jsonl")
_MOST_SHOWN = 5


class RecordDesk:
    """Verifies records against those of a project."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._root = world.loaded.root
        self._asked = False
        self._judged_all: dict[str, list[Diagnostic]] | None = None

    def verify(self, path: Path, file: str, content: bytes) -> Checked | None:
        """What a file of records is; None where it holds none."""
        name = "record.jsonl" if path.suffix.lower() == ".jsonl" else f"record{path.suffix.lower()}"
        data = [source.tree.data for source in records_in(name, content)]
        if not data or not any(map(_is_record, data)):
            return None
        found = Checked(
            file=file,
            state=State.IN_ORDER,
            headline="",
            kind="record" if len(data) == 1 else "records",
            title=self._world.title(process) if (process := _shared(data, "process")) else "",
            sha256=sha256(content).hexdigest(),
            process=process,
            version=_shared(data, "version"),
        )
        own = self._own_file(path)
        if own is None:
            return self._copy(found, data)
        return self._judged(found, own, data)

    def _findings(self, file: str) -> Sequence[Diagnostic]:
        """Of one file the first time; asked for a second, all are judged, for more will follow."""
        if self._judged_all is None and not self._asked:
            self._asked = True
            others = tuple(one for one in self._files if one != file)
            return self._run(RecordFiles((file,), others, ()))
        if self._judged_all is None:
            self._judged_all = defaultdict(list)
            for finding in self._run(RecordFiles(tuple(self._files), (), ())):
                self._judged_all[finding.file].append(finding)
        return self._judged_all.get(file, [])

    def _run(self, files: RecordFiles) -> Sequence[Diagnostic]:
        return run_records(self._world.loaded, self._world.as_of, files, silent).findings

    def _own_file(self, path: Path) -> str | None:
        """The path of a record of this project, relative to its root."""
        try:
            relative = path.resolve().relative_to(self._root.resolve()).as_posix()
        except ValueError:
            return None
        return relative if relative in self._files else None

    @cached_property
    def _files(self) -> Sequence[str]:
        return record_files(self._root)

    @cached_property
    def _kept(self) -> Mapping[str, tuple[str, object]]:
        """By case: the file of its record, and what it says."""
        kept: dict[str, tuple[str, object]] = {}
        for file in self._files:
            for source in read_records(self._root, file):
                data = source.tree.data
                if _is_record(data):
                    kept.setdefault(str(data["case"]), (file, data))
        return kept

    def _copy(self, found: Checked, data: Sequence[Any]) -> Checked:
        """A file from elsewhere: whether every record in it is one that this project keeps."""
        unknown = [one for one in data if not _is_record(one) or str(one["case"]) not in self._kept]
        if unknown:
            case = next((str(one["case"]) for one in unknown if _is_record(one)), "")
            return msgspec.structs.replace(
                found,
                state=State.FOREIGN,
                headline="NOT A RECORD OF THIS PROJECT",
                problems=(f"the project keeps no case {case}" if case else "it holds no record",),
            )
        differing = [str(one["case"]) for one in data if self._kept[str(one["case"])][1] != one]
        if differing:
            return msgspec.structs.replace(
                found,
                state=State.CHANGED,
                headline="NOT WHAT THE PROJECT KEEPS",
                problems=tuple(
                    f"case {case} says something else in {self._kept[case][0]}"
                    for case in differing[:_MOST_SHOWN]
                ),
            )
        files = sorted({self._kept[str(one["case"])][0] for one in data})
        judged = self._judged(found, files[0], data) if len(files) == 1 else found
        same = f"It says what the project keeps in {', '.join(files[:_MOST_SHOWN])}."
        return msgspec.structs.replace(judged, facts=(same, *judged.facts))

    def _judged(self, found: Checked, file: str, data: Sequence[Any]) -> Checked:
        """The project's own judgement about the file, and what became of evidence."""
        cases = {str(one["case"]) for one in data if _is_record(one)}
        findings = self._findings(file)
        errors = [one for one in findings if one.severity is Severity.ERROR]
        entries = [entry for one in data for entry in proofs(one)]
        facts = tuple(_told(entries, findings, found, self._world))
        if not errors:
            headline = "KEEPS TO ITS VERSION" if len(cases) < 2 else "KEEP TO THEIR VERSIONS"
            return msgspec.structs.replace(found, headline=headline, facts=facts)
        shown = [f"{one.code}: {one.message}" for one in errors[:_MOST_SHOWN]]
        more = len(errors) - len(shown)
        return msgspec.structs.replace(
            found,
            state=State.NOT_IN_ORDER,
            headline="DEPARTS FROM ITS VERSION" if len(cases) < 2 else "DEPART FROM THEIR VERSIONS",
            facts=facts,
            problems=(*shown, *([f"and {more} more: `regelwerk records check`"] if more else [])),
        )


def _is_record(data: object) -> bool:
    return isinstance(data, dict) and {"process", "version", "case"} <= data.keys()


def _shared(data: Sequence[Any], key: str) -> str:
    """The text that all records have under a key; "" where they differ."""
    told = [one.get(key) for one in data if isinstance(one, dict)]
    first = told[0] if told else ""
    return first if isinstance(first, str) and all(one == first for one in told) else ""


def _told(
    entries: Sequence[Mapping[str, Any]],
    findings: Sequence[Diagnostic],
    found: Checked,
    world: World,
) -> Iterator[str]:
    if found.version and world.frozen(found.process, found.version) is not None:
        _, headline = world.standing(found.process, found.version)
        yield f"It is judged by version {found.version}, which is: {headline.lower()}."
    files = [entry for entry in entries if isinstance(entry.get("file"), str)]
    hashed = [entry for entry in files if entry.get("sha256")]
    gone = sum(
        one.code in ("record/evidence-missing", "record/evidence-changed") for one in findings
    )
    if files:
        yield (
            f"Evidence: {len(files)} files, {len(hashed)} of them with their SHA-256, "
            f"{gone or 'none'} missing or changed."
        )
    others = len(entries) - len(files)
    if others:
        yield f"{others} references to other places are not checked by this tool."
    yield "A record is not signed: what its history is, git tells."

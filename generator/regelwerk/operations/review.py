"""Judge the case records of a loaded project, file by file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from regelwerk.diagnostics import Diagnostic, Problem
from regelwerk.model.case import CasePlace
from regelwerk.operations.progress import Progress
from regelwerk.operations.record_judge import RecordJudge
from regelwerk.project.load import Loaded
from regelwerk.project.record_chunks import holds_lines
from regelwerk.project.record_files import RecordSource, read_records, records_in
from regelwerk.records.index import CaseEntry, CaseIndex, build_index, case_entry


class RecordReview:
    """Reads every record once for the index of cases, and the chosen ones again to judge them."""

    def __init__(
        self,
        loaded: Loaded,
        as_of: date,
        files: Sequence[str],
        planned: Mapping[str, bytes] | None = None,
    ) -> None:
        """`planned` maps files to the content that they are to have."""
        self._loaded = loaded
        self._planned = planned or {}
        self._files = sorted({*files, *self._planned})
        self._judge = RecordJudge(loaded, as_of)
        self.records = 0

    @property
    def causes(self) -> frozenset[str]:
        """Files whose own faults keep the records from being judged in full."""
        return self._judge.causes

    def findings(self, chosen: Sequence[str], progress: Progress) -> Iterator[Diagnostic]:
        """What is wrong with the records in the chosen files, in the order of the files."""
        if not chosen:
            return
        total = len(self._files) + len(chosen)
        world = self._judge.world(self._index(progress, total))
        for done, file in enumerate(chosen):
            progress(len(self._files) + done, total, file)
            for source in self._read(file):
                self.records += 1
                yield from self._judge.findings(source.tree, _place(source), world)
        progress(total, total, "")

    def shape_problems(self, source: RecordSource) -> list[Problem]:
        """What keeps a record from being well-formed, whatever happened in the case."""
        world = self._judge.world(CaseIndex())
        return [
            problem
            for problem in self._judge.problems(source.tree, _place(source), world)
            if problem.code.startswith(("schema/", "yaml/"))
        ]

    def _read(self, file: str) -> Iterator[RecordSource]:
        content = self._planned.get(file)
        if content is None:
            return read_records(self._loaded.root, file)
        return records_in(file, content)

    def _index(self, progress: Progress, total: int) -> CaseIndex:
        def entries() -> Iterator[CaseEntry | None]:
            for done, file in enumerate(self._files):
                progress(done, total, file)
                for source in self._read(file):
                    if isinstance(source.tree.data, dict):
                        yield case_entry(source.tree.data, _place(source))

        return build_index(entries())


def _place(source: RecordSource) -> CasePlace:
    return (source.file, source.line if holds_lines(source.file) else 0)

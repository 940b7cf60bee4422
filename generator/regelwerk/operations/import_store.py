"""The records that are there: found by their case, added to, and written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from regelwerk.intake.merge import Change, Merged, merge
from regelwerk.intake.note import IntakeError, Note
from regelwerk.intake.record_text import changed_text, json_text, new_text
from regelwerk.operations.durable import add_file, replace_unless_changed
from regelwerk.operations.import_form import Told
from regelwerk.operations.write_schemas import FOLDER as SCHEMAS
from regelwerk.project.load import Loaded
from regelwerk.project.reading import decode
from regelwerk.project.record_files import RecordSource, read_records, record_files, records_in
from regelwerk.project.tree import ReadingError
from regelwerk.records.schema import schema_name


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """A record's file as it is (None: not there) and as it is to be, and what that changes.

    `taken` are the digests of the forms that the record was made from so far.
    """

    file: str
    before: bytes | None
    after: bytes
    source: RecordSource
    changes: tuple[Change, ...]
    taken: tuple[str, ...] = ()


class RecordStore:
    """Knows every record of the project by its case; plans are remembered until they are written.

    `planned` maps files to the content that they are to have.
    """

    def __init__(self, loaded: Loaded) -> None:
        self.files = record_files(loaded.root)
        self.planned: dict[str, bytes] = {}
        self._loaded = loaded
        self._cases: dict[str, RecordSource] = {}
        for file in self.files:
            for source in read_records(loaded.root, file):
                self._remember(source)

    def record(self, case: str) -> RecordSource | None:
        """The record of a case, with what is planned for it."""
        return self._cases.get(case)

    def plan(self, told: Told, source: Mapping[str, Any], title: str, *, overwrite: bool) -> Plan:
        """What a form makes of its case's record; an IntakeError where that cannot be."""
        case = str(told.data["case"])
        known = self._cases.get(case)
        if known is None:
            return self._new(told, source, title, case)
        data = known.tree.data
        if (data.get("process"), data.get("version")) != (told.process, told.version):
            message = (
                f"case {case} is recorded in {known.file} by {data.get('process')} "
                f"{data.get('version')}, the form is of {told.process} {told.version}"
            )
            raise _error("other-case", message, "take a form of that process and version")
        if "erased" in data:
            message = f"the record of case {case} was erased, as its retention was over"
            raise _error("other-case", message, "a case that goes on needs an id of its own")
        merged = merge(data, told.data, told.rounds, overwrite=overwrite)
        if not merged.changes or merged.conflicts:
            plan = self._unchanged(known, merged)
        else:
            plan = self._changed(known, merged, source)
        return msgspec.structs.replace(plan, taken=tuple(_taken(data.get("source"))))

    def keep(self, plan: Plan) -> None:
        """Go on as if a plan had been carried out."""
        self.planned[plan.file] = plan.after
        self._remember(plan.source)

    def write(self, plan: Plan, evidence: Mapping[str, bytes]) -> None:
        """Write the record, and before it the form itself; an IntakeError where somebody else did.

        `evidence` maps paths from the root to content.
        """
        path = self._loaded.root / plan.file
        for name in (plan.file, *evidence):
            self._refuse_outside(name)
        try:
            for name, content in evidence.items():
                target = self._loaded.root / name
                target.parent.mkdir(parents=True, exist_ok=True)
                add_file(target, content)
            if plan.before is None:
                path.parent.mkdir(parents=True, exist_ok=True)
                add_file(path, plan.after)
            elif not replace_unless_changed(path, plan.before, plan.after):
                raise _meanwhile(plan.file)
        except FileExistsError:
            raise _meanwhile(plan.file) from None
        except OSError as error:
            message = f"{plan.file} cannot be written: {error.strerror or type(error).__name__}"
            raise _error("unreadable", message) from error

    def _refuse_outside(self, file: str) -> None:
        """Nothing is written through a link that leads out of the project."""
        root = self._loaded.root.resolve()
        if not (root / file).resolve().is_relative_to(root):
            message = f"{file} leads out of the project; nothing was written"
            raise _error("unreadable", message, "make it a folder of the project, not a link")

    def _new(self, told: Told, source: Mapping[str, Any], title: str, case: str) -> Plan:
        file = f"process/{told.process}/records/{case}.yaml"
        if file in self.planned or (self._loaded.root / file).exists():
            raise _error("other-case", f"{file} is there already, and is not the record of {case}")
        data: dict[str, Any] = {"process": told.process, "version": told.version, "case": case}
        data |= {key: value for key, value in told.data.items() if key != "steps"}
        data.setdefault("status", "open")
        data = {**data, "source": dict(source), "steps": list(told.data.get("steps", []))}
        changes = [Change(kind="added", path=(k,), new=v) for k, v in told.data.items()]
        schema = f"{SCHEMAS}/{schema_name(told.process, told.version)}"
        known = (self._loaded.root / schema).is_file()
        text = new_text(data, title, f"../../../{schema}" if known else None)
        return _plan(file, None, text.encode(), tuple(changes), data)

    def _unchanged(self, known: RecordSource, merged: Merged) -> Plan:
        before = self._content(known.file)
        return Plan(
            file=known.file, before=before, after=before, source=known, changes=merged.changes
        )

    def _changed(self, known: RecordSource, merged: Merged, source: Mapping[str, Any]) -> Plan:
        before = self._content(known.file)
        wanted = {**merged.data, "source": _with_earlier(source, known.tree.data.get("source"))}
        if known.file.endswith(".jsonl"):
            lines = before.split(b"\n")
            lines[known.line - 1] = json_text(wanted, line=True).rstrip("\n").encode()
            return _plan(known.file, before, b"\n".join(lines), merged.changes, wanted)
        if known.file.endswith(".json"):
            content = json_text(wanted, line=False).encode()
            return _plan(known.file, before, content, merged.changes, wanted)
        try:
            text = changed_text(decode(before), merged.changes, wanted["source"])
        except ReadingError as error:
            raise _error("comments", error.problem.message) from error
        if text is None:
            raise _by_hand(known.file)
        return _plan(known.file, before, _as_before(text, before), merged.changes, wanted)

    def _content(self, file: str) -> bytes:
        known = self.planned.get(file)
        return known if known is not None else (self._loaded.root / file).read_bytes()

    def _remember(self, source: RecordSource) -> None:
        data = source.tree.data
        if isinstance(data, dict) and isinstance(data.get("case"), str):
            self._cases.setdefault(data["case"], source)
            if self._cases[data["case"]].file == source.file:
                self._cases[data["case"]] = source


def _plan(
    file: str,
    before: bytes | None,
    after: bytes,
    changes: Sequence[Change],
    wanted: Mapping[str, Any],
) -> Plan:
    """The plan, if the content really reads as what is wanted."""
    for source in records_in(file, after):
        if source.tree.readable and not source.tree.problems and source.tree.data == wanted:
            return Plan(
                file=file, before=before, after=after, source=source, changes=tuple(changes)
            )
    raise _by_hand(file)


def _with_earlier(source: Mapping[str, Any], old: object) -> dict[str, Any]:
    """The source, with those of earlier imports under `x-earlier`."""
    if not isinstance(old, dict):
        return dict(source)
    earlier = old.get("x-earlier")
    kept = [*earlier] if isinstance(earlier, list) else []
    if old.get("sha256") != source.get("sha256"):
        kept.append({key: value for key, value in old.items() if key != "x-earlier"})
    return {**source, "x-earlier": kept} if kept else dict(source)


def _taken(source: object) -> Iterator[str]:
    """The digests of the forms that a source names; a scan is none of them."""
    if isinstance(source, dict):
        earlier = source.get("x-earlier")
        for one in [source, *(earlier if isinstance(earlier, list) else ())]:
            if isinstance(one, dict) and one.get("kind") != "paper":
                yield str(one.get("sha256", ""))


def _as_before(text: str, before: bytes) -> bytes:
    """With the mark at the beginning and the line ends that the file had."""
    mark = b"\xef\xbb\xbf" if before.startswith(b"\xef\xbb\xbf") else b""
    content = text.encode()
    return mark + (content.replace(b"\n", b"\r\n") if b"\r\n" in before else content)


def _meanwhile(file: str) -> IntakeError:
    message = f"{file} was changed by somebody else meanwhile; it was not written"
    return _error("unreadable", message, "import again")


def _by_hand(file: str) -> IntakeError:
    message = f"{file} is written in a way that nothing can be added to without losing something"
    hint = "enter it by hand, or write the values out in lines of their own and import again"
    return _error("comments", message, hint)


def _error(word: str, message: str, hint: str = "") -> IntakeError:
    return IntakeError(Note(word=word, message=message, hint=hint))

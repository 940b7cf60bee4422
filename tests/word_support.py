"""Word files for tests: definitions, contexts, what a reader sees, and what must always hold."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
from lxml import etree

from regelwerk.artifacts.view.sample import sample_context
from regelwerk.model.context import BuildContext, Template, VersionEntry, resolve_names
from regelwerk.model.figure import Cell, Figure, Judgement, Period
from regelwerk.model.process import Branch, Decision, End, KpiTarget, Option, Step, Target
from regelwerk.model.project import ProcessFolder
from regelwerk.model.version import StageVerdict, Status, Verdict
from regelwerk.project.load import load
from regelwerk.project.templates import TemplateFolder

REPOSITORY = Path(__file__).resolve().parent.parent
SACRED = 'R&D <Vertrieb> "quoted" {{ x }} {% y %} {_{ ü 漢字'
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def house_templates() -> TemplateFolder:
    return TemplateFolder(REPOSITORY)


class OneTemplate:
    """A template source that holds a single file under any name."""

    def __init__(self, content: bytes) -> None:
        self._template = Template("templates/document/own.docx", content)

    def read(self, _area: str, name: str) -> Template | None:
        return self._template if name.endswith(".docx") else None

    def names(self, _area: str) -> tuple[str, ...]:
        return ("own.docx",)


def contexts(folder: str, process: str) -> dict[str, BuildContext]:
    """The contexts of a process in a project: by version, the working definition as `draft`."""
    project = load(REPOSITORY / folder).project
    found = project.processes[process]
    entries = tuple(reversed([_entry(found, version.version) for version in found.versions]))
    made = {
        version.version: BuildContext(
            project=project,
            definition=version.definition,
            verdict=next(e.verdict for e in entries if e.version == version.version),
            names=resolve_names(project, version.context),
            as_of=date(2026, 1, 1),
            working=False,
            versions=entries,
        )
        for version in found.versions
        if version.definition is not None
    }
    if found.working is not None:
        made["draft"] = BuildContext(
            project=project,
            definition=found.working,
            verdict=Verdict(
                version=found.working.process.version,
                status=Status.DRAFT,
                digest="sha256:" + "ab" * 32,
            ),
            names=resolve_names(project, None),
            as_of=date(2026, 1, 1),
            working=True,
            versions=entries,
        )
    return made


def _entry(folder: ProcessFolder, version: str) -> VersionEntry:
    frozen = folder.version(version)
    assert frozen is not None
    assert frozen.approvals is not None
    assert frozen.definition is not None
    later = [v.version for v in folder.versions if v.version != version]
    last = folder.versions[-1].version == version
    titles = {"created": "Creation", "examined": "Examination", "approved": "Approval"}
    stages = tuple(
        StageVerdict(
            id=signature.stage,
            title=titles.get(signature.stage, signature.stage),
            role=None,
            needed=1,
            signatures=(signature,),
        )
        for signature in frozen.approvals.signatures
    )
    verdict = Verdict(
        version=version,
        status=Status.EFFECTIVE if last else Status.SUPERSEDED,
        stages=stages,
        effective_from=frozen.approvals.effective_from,
        on_paper=True,
        digest=frozen.approvals.digest,
        superseded_by=None if last else later[-1],
    )
    return VersionEntry(version=version, verdict=verdict, change=frozen.definition.process.change)


def with_status(status: Status, *, on_paper: bool) -> BuildContext:
    """The sample definition with another status."""
    context = sample_context()
    verdict = msgspec.structs.replace(
        context.verdict, status=status, on_paper=on_paper, superseded_by=None
    )
    return msgspec.structs.replace(context, verdict=verdict)


def long_context() -> BuildContext:
    """Forty steps with loops, parallel branches, several ends and a role of its own for many."""
    context = sample_context()
    steps: list[Step] = []
    for group in range(10):
        first, check, side = (f"{name}-{group}" for name in ("do", "check", "side"))
        again = Option(id="no", label="No", next=Target(step=first), max_repeats=2)
        on = Target(step=side)
        stop = Option(id="stop", label="Stop", next=Target(end=f"stopped-{group % 3}"))
        decision = Decision(
            question=f"Is part {group} good?",
            options=(Option(id="yes", label="Yes", next=on), again, stop),
        )
        branches = tuple(
            Branch(id=name, steps=(_work(f"{name}-{group}", group + 1),), at=())
            for name in ("left", "right")
        )
        steps += [
            _work(first, group),
            msgspec.structs.replace(_work(check, group), decision=decision),
            Step(id=side, title=f"Side by side {group}", at=(), parallel=branches),
        ]
    steps[-1] = msgspec.structs.replace(steps[-1], next=Target(end="done"))
    ends = {id_: End(id=id_, event=f"It is {id_}") for id_ in ("done", *_STOPS)}
    process = msgspec.structs.replace(
        context.definition.process, steps=tuple(steps), ends=ends, kpis=()
    )
    definition = msgspec.structs.replace(context.definition, process=process)
    return msgspec.structs.replace(context, definition=definition)


_STOPS = ("stopped-0", "stopped-1", "stopped-2")


def _work(id_: str, role: int) -> Step:
    return Step(id=id_, title=f"Work on {id_}", at=(), responsible=f"role-{role % 7}")


def sacred_context() -> tuple[BuildContext, list[str]]:
    """The sample with a sacred text in every text that a person writes; and all those texts."""
    context = sample_context()
    texts: list[str] = []
    process = _made_sacred(context.definition.process, texts)
    definition = msgspec.structs.replace(context.definition, process=process)
    organization = msgspec.structs.replace(
        context.project.organization, name=_sacred(texts, "name")
    )
    project = msgspec.structs.replace(context.project, organization=organization)
    return (
        msgspec.structs.replace(
            context,
            definition=definition,
            project=project,
            names=resolve_names(project, None),
        ),
        texts,
    )


def figured_context() -> BuildContext:
    """The sample with two key figures from its records, one of them of a sacred title and unit.

    The latest year that is over missed its target, the one before has too few cases, and the
    running one has a number that no document tells.
    """
    amount = Figure(
        id="amount",
        title=SACRED,
        measured=True,
        unit=SACRED,
        target=KpiTarget(min=30),
        cells=(
            _year(2022, 31.5, Judgement.MET, cases=9),
            _year(2023, None, Judgement.WITHHELD),
            _year(2024, 12, Judgement.MISSED, cases=7, missing=1),
            _year(2025, 4711, Judgement.MET, cases=5, complete=False),
        ),
    )
    share = Figure(
        id="share",
        title="Share",
        measured=True,
        unit="%",
        cells=(_year(2024, 94.123, Judgement.NO_TARGET, cases=1200),),
    )
    few = Figure(
        id="few",
        title="Known to nobody",
        measured=True,
        cells=(
            _year(2024, None, Judgement.WITHHELD),
            _year(2025, 8, Judgement.MET, cases=8, complete=False),
        ),
    )
    return msgspec.structs.replace(sample_context(), figures=(amount, share, few))


def _year(
    year: int,
    value: float | None,
    judgement: Judgement,
    *,
    cases: int | None = None,
    missing: int | None = 0,
    complete: bool = True,
) -> Cell:
    return Cell(
        period=Period("year", date(year, 1, 1), date(year, 12, 31)),
        value=value,
        cases=cases,
        missing=missing if cases is not None else None,
        judgement=judgement,
        complete=complete,
    )


_TEXTS = {
    *("title", "subtitle", "document", "classification", "purpose", "scope", "text", "note"),
    *("event", "label", "help", "unit", "question", "action", "change", "definition", "form"),
}


_IDS = ("at", "id", "next", "calls", "measure", "due")
_NOT_TEXT = {"DocumentUse": ("at", "document", "party"), "ApplicableDocument": ("register",)}


def _sacred(texts: list[str], key: str) -> str:
    texts.append(f"{SACRED} {key}{len(texts)}.")
    return texts[-1]


def _made_sacred(value: Any, texts: list[str], key: str = "") -> Any:
    if isinstance(value, msgspec.Struct):
        changes = {
            field: _made_sacred(getattr(value, field), texts, field)
            for field in value.__struct_fields__
            if field not in _NOT_TEXT.get(type(value).__name__, _IDS)
        }
        return msgspec.structs.replace(value, **changes)
    if isinstance(value, dict):
        return {k: _made_sacred(v, texts) for k, v in value.items()}
    if isinstance(value, tuple):
        return tuple(_made_sacred(v, texts, key) for v in value)
    if isinstance(value, str) and (key in _TEXTS or key in ("instructions", "options")):
        return _sacred(texts, key)
    return value


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def xml_parts(content: bytes) -> Iterator[tuple[str, etree._Element]]:
    for name, data in parts(content).items():
        if name.endswith((".xml", ".rels")):
            yield name, etree.fromstring(data)


def paragraphs(content: bytes, part: str = "word/document.xml") -> list[str]:
    """The text of every paragraph of a part, line breaks as such."""
    root = etree.fromstring(parts(content)[part])
    return [paragraph_text(p) for p in root.iter(f"{W}p")]


def paragraph_text(paragraph: etree._Element) -> str:
    pieces = {f"{W}t": lambda e: e.text or "", f"{W}br": lambda _: "\n", f"{W}tab": lambda _: "\t"}
    return "".join(pieces[e.tag](e) for e in paragraph.iter(*pieces))


def text(content: bytes, part: str = "word/document.xml") -> str:
    return "\n".join(paragraphs(content, part))


def headers(content: bytes) -> list[str]:
    return sorted(name for name in parts(content) if re.fullmatch(r"word/header[^/]*\.xml", name))


def lint(content: bytes) -> list[str]:
    """What is wrong with a Word file that validators miss; empty if nothing is."""
    wrong: list[str] = []
    roots = dict(xml_parts(content))
    for name, root in roots.items():
        cells = [cell for cell in root.iter(f"{W}tc") if not len(cell) or cell[-1].tag != f"{W}p"]
        wrong += [f"{name}: a cell that does not end with a paragraph"] * len(cells)
        for table in root.iter(f"{W}tbl"):
            columns = len(table.findall(f"{W}tblGrid/{W}gridCol"))
            rows = table.findall(f"{W}tr")
            wrong += [f"{name}: a table without rows"] * (not rows)
            wrong += [
                f"{name}: a row of {_cells(row)} cells in a grid of {columns}"
                for row in rows
                if _cells(row) != columns
            ]
        for element in root.iter(f"{W}t"):
            if element.text and element.text != element.text.strip():
                space = element.get("{http://www.w3.org/XML/1998/namespace}space")
                wrong += [f"{name}: spaces that would be lost"] * (space != "preserve")
    drawings = [d for root in roots.values() for d in root.iter(f"{WP}docPr")]
    wrong += _repeated("drawing", [d.get("id", "") for d in drawings])
    wrong += ["a drawing without alternative text" for d in drawings if not d.get("descr")]
    starts = [m for root in roots.values() for m in root.iter(f"{W}bookmarkStart")]
    ends = [m.get(f"{W}id") for root in roots.values() for m in root.iter(f"{W}bookmarkEnd")]
    wrong += _repeated("bookmark", [m.get(f"{W}id", "") for m in starts])
    wrong += _repeated("bookmark name", [m.get(f"{W}name", "") for m in starts])
    if sorted(ends) != sorted(m.get(f"{W}id") for m in starts):
        wrong.append("a bookmark without its end")
    controls = [i.get(f"{W}val", "") for r in roots.values() for i in r.iter(f"{W}sdtPr/{W}id")]
    wrong += _repeated("control", controls)
    names = {m.get(f"{W}name") for m in starts}
    links = [e.get(f"{W}anchor") for root in roots.values() for e in root.iter(f"{W}hyperlink")]
    wrong += [f"a link to {a}, which is not there" for a in links if a and a not in names]
    for name, root in roots.items():
        left = re.search(r"\{\{|\{%|%\}|\}\}", "".join(_untyped(root)))
        wrong += [f"{name}: a tag is left over: {left[0]}"] if left and not _is_sacred(root) else []
        for code in root.iter(f"{W}instrText"):
            words = (code.text or "").split()
            if words[0] == "PAGEREF" and words[1] not in names:
                wrong.append(f"{name}: a page reference to {words[1]}, which is not there")
            if words[0] == "DOCPROPERTY" and words[1] not in _properties(roots):
                wrong.append(f"{name}: a field with the property {words[1]}, which is not there")
    wrong += _headings(roots)
    wrong += _relations(content, roots)
    return wrong


def _untyped(root: etree._Element) -> Iterator[str]:
    yield from (e.text or "" for e in root.iter(f"{W}t", f"{W}instrText"))
    yield from (str(v) for e in root.iter("*") for v in e.attrib.values())


def _is_sacred(root: etree._Element) -> bool:
    """Whether tags stand there because a person wrote them as text."""
    return "{{ x }}" in "".join(_untyped(root))


def _properties(roots: dict[str, etree._Element]) -> dict[str, str]:
    custom = roots.get("docProps/custom.xml")
    return {p.get("name", ""): "".join(p.itertext()) for p in custom} if custom is not None else {}


def _headings(roots: dict[str, etree._Element]) -> list[str]:
    """Headings that skip a level."""
    wrong = []
    last = 0
    for style in roots["word/document.xml"].iter(f"{W}pStyle"):
        found = re.fullmatch(r"Heading(\d)", style.get(f"{W}val", ""))
        if found:
            level = int(found[1])
            wrong += [f"a heading of level {level} after {last}"] * (level > last + 1)
            last = level
    return wrong


def _relations(content: bytes, roots: dict[str, etree._Element]) -> list[str]:
    wrong = []
    held = parts(content)
    for name, root in roots.items():
        if name.endswith(".rels"):
            folder = name.replace("_rels/", "").rpartition("/")[0]
            for rel in root:
                target = f"{folder}/{rel.get('Target')}".lstrip("/")
                if rel.get("TargetMode") != "External" and target not in held:
                    wrong.append(f"{name}: {target} does not exist")
            continue
        folder, _, file = name.rpartition("/")
        relations = roots.get(f"{folder}/_rels/{file}.rels")
        known = {rel.get("Id") for rel in relations} if relations is not None else set()
        used = {v for e in root.iter("*") for k, v in e.attrib.items() if k.startswith(R)}
        wrong += [f"{name}: relationship {id_} does not exist" for id_ in used - known]
    return wrong


def _cells(row: etree._Element) -> int:
    return sum(
        int(span.get(f"{W}val", "1"))
        if (span := cell.find(f"{W}tcPr/{W}gridSpan")) is not None
        else 1
        for cell in row.findall(f"{W}tc")
    )


def _repeated(what: str, ids: list[str]) -> list[str]:
    return [f"{what} id {id_} twice" for id_ in sorted({i for i in ids if ids.count(i) > 1})]

"""PDF of what a build has made as Word files, and the page numbers for their tables of contents.

LibreOffice never gives the same bytes twice. So a PDF is current while the Word file is the one
that it was made from, whatever its own bytes; see ADR 10.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping, Sequence

import msgspec

from regelwerk.artifacts.marks.pdf import with_pdf_marks
from regelwerk.artifacts.marks.read import marks_of
from regelwerk.artifacts.office.contents import (
    FEWEST_PAGES,
    entries_of,
    with_page_numbers,
    without_page_numbers,
)
from regelwerk.errors import RegelwerkError
from regelwerk.model.context import Artifact
from regelwerk.operations.libre_office import to_pdf
from regelwerk.operations.manifest import fingerprint_of
from regelwerk.operations.output import Output
from regelwerk.operations.progress import Progress
from regelwerk.operations.writing import sha256_of

KINDS = ("document", "checklist")

_UNIT = "-pdf"


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """A Word file that is to be had as PDF too.

    `unit` is that of the Word file. `render` makes it anew with or without a table of contents;
    None where it has none, or must stay as it is because it was issued.
    """

    unit: str
    render: Callable[[bool], bytes] | None


def unit_names(units: Sequence[str]) -> set[str]:
    """The names of the PDFs that belong to units of Word files."""
    return {unit + _UNIT for unit in units if unit.rpartition("/")[2] in KINDS}


def drop_outdated(units: Sequence[str], output: Output) -> None:
    """Remove PDFs of Word files that have changed since: nobody shall read an old text."""
    for name in sorted(unit_names(units)):
        path = _word_file(output, name.removesuffix(_UNIT))
        known = output.fingerprint_of(name)
        if known is not None and (path is None or known != _fingerprint(output, path)):
            output.drop(name)


def build_pdfs(sheets: Sequence[Sheet], output: Output, progress: Progress) -> None:
    """Make the PDFs that are missing; give the Word files the page numbers that were found."""
    waiting: dict[str, Sheet] = {}
    for sheet in sheets:
        path = _word_file(output, sheet.unit)
        if path is not None and not output.is_current(
            sheet.unit + _UNIT, _fingerprint(output, path)
        ):
            waiting[path] = sheet
    if not waiting:
        return
    progress(0, len(waiting), "PDF")
    contents = {path: (output.folder / path).read_bytes() for path in waiting}
    try:
        made = to_pdf(contents)
        again = dict(_of_other_length(waiting, contents, made))
        contents |= again
        made |= to_pdf(again)
    except RegelwerkError as error:
        output.fail("PDF", error.message, error.hint)
        return
    for path, sheet in waiting.items():
        if path in made:
            _place(sheet, path, contents[path], made[path], output)
        else:
            output.fail(_pdf_name(path), "LibreOffice could not lay it out", "open it there")
    progress(len(waiting), len(waiting), "")


def with_known_numbers(unit: str, artifacts: Sequence[Artifact], output: Output) -> list[Artifact]:
    """The artifacts, but Word files that say what they said before keep their page numbers."""
    if output.fingerprint_of(unit + _UNIT) is None:
        return list(artifacts)
    return [_with_known_numbers(artifact, output) for artifact in artifacts]


def _with_known_numbers(artifact: Artifact, output: Output) -> Artifact:
    try:
        known = (output.folder / artifact.path).read_bytes()
        same = without_page_numbers(known, artifact.path) == artifact.content
    except (OSError, RegelwerkError):  # not there, or no longer ours
        return artifact
    return Artifact(artifact.path, known) if same else artifact


def _of_other_length(
    sheets: Mapping[str, Sheet], contents: Mapping[str, bytes], made: Mapping[str, bytes]
) -> Iterator[tuple[str, bytes]]:
    """Documents that turned out to be longer or shorter than estimated, made anew."""
    for path, pdf in made.items():
        render = sheets[path].render
        wanted = len(_pages(pdf)) >= FEWEST_PAGES
        if render is not None and wanted != bool(entries_of(contents[path], path)):
            content = render(wanted)
            if content != contents[path]:
                yield path, content


def _place(sheet: Sheet, path: str, content: bytes, pdf: bytes, output: Output) -> None:
    """Write the PDF, and the Word file where it has gained page numbers."""
    entries = entries_of(content, path)
    if sheet.render is not None and entries:
        content = with_page_numbers(content, _page_numbers(entries, pdf), path)
    if sheet.render is not None:
        output.amend(sheet.unit, Artifact(path, content))
    fingerprint = _fingerprint(output, path)
    digest = sha256_of(content)
    marks = marks_of(content, whole=False)
    artifact = Artifact(_pdf_name(path), with_pdf_marks(pdf, marks) if marks is not None else pdf)
    output.write_unit(sheet.unit + _UNIT, fingerprint, {path: digest}, {}, [artifact])


def _page_numbers(entries: Sequence[str], pdf: bytes) -> dict[int, int]:
    """The pages of the entries by their place, from the outline of the PDF."""
    found: dict[int, int] = {}
    outline = iter(_outline(pdf))
    for place, text in enumerate(entries):
        for title, page in outline:
            if title == text or title.endswith(f" {text}"):
                found[place] = page
                break
    return found


def _outline(pdf: bytes) -> list[tuple[str, int]]:
    """Title and page (from 1) of every entry of the outline, in its order."""
    from pypdf import PdfReader
    from pypdf.generic import Destination

    reader = PdfReader(io.BytesIO(pdf))
    found: list[tuple[str, int]] = []

    def walk(items: Sequence[object]) -> None:
        for item in items:
            if isinstance(item, list):
                walk(item)
            elif isinstance(item, Destination):
                page = reader.get_destination_page_number(item)
                if page is not None:
                    found.append((" ".join(str(item.title).split()), page + 1))

    walk(reader.outline)
    return found


def _pages(pdf: bytes) -> Sequence[object]:
    from pypdf import PdfReader

    return PdfReader(io.BytesIO(pdf)).pages


def _word_file(output: Output, unit: str) -> str | None:
    """The one Word file of a unit, where it is there."""
    paths = [path for path in output.outputs_of(unit) if path.endswith(".docx")]
    return paths[0] if len(paths) == 1 and (output.folder / paths[0]).is_file() else None


def _pdf_name(path: str) -> str:
    return path.removesuffix(".docx") + ".pdf"


def _fingerprint(output: Output, path: str) -> str:
    return fingerprint_of(_UNIT, sha256_of((output.folder / path).read_bytes()))

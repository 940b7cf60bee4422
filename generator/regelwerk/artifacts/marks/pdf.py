"""Marks of a PDF: entries of its information dictionary, added without touching what is there.

ISO 32000-1, 7.5.6 (incremental updates) and 14.3.3. Read by a pattern, for a PDF that nobody
vouches for is not to be taken apart.
"""

from __future__ import annotations

import re

from regelwerk.artifacts.marks.marks import Marks

_END = re.compile(
    rb"trailer\s*<<(?P<trailer>[^\0]{0,2000}?/Info\s+(?P<info>\d+)\s+0\s+R[^\0]{0,2000}?)>>\s*"
    rb"startxref\s+(?P<start>\d+)\s+%%EOF\s*\Z"
)
_TAIL = 8192
_MARK = re.compile(rb"/Regelwerk(Kind|Process|Version|Digest|Build) \(([a-z0-9:.-]{1,200})\)")


def with_pdf_marks(pdf: bytes, marks: Marks) -> bytes:
    """The PDF with the marks; as it is where its end is not of the kind that LibreOffice writes."""
    end = _END.search(pdf, max(0, len(pdf) - _TAIL))
    known = _information(pdf, end["info"]) if end is not None else None
    if end is None or known is None:
        return pdf
    said = {
        "Kind": marks.kind,
        "Process": marks.process,
        "Version": marks.version,
        "Digest": marks.digest,
        "Build": marks.build,
    }
    entries = "".join(f"\n/Regelwerk{key} ({value})" for key, value in said.items() if value)
    place = len(pdf)
    number = end["info"]
    item = b"%s 0 obj\n<<%s%s>>\nendobj\n" % (number, known, entries.encode())
    table = b"xref\n%s 1\n%010d 00000 n \n" % (number, place)
    trailer = b"trailer\n<<%s/Prev %s\n>>\n" % (end["trailer"], end["start"])
    ending = b"startxref\n%d\n%%%%EOF\n" % (place + len(item))
    return pdf + item + table + trailer + ending


def marks_of_pdf(pdf: bytes) -> Marks | None:
    """What a PDF says of itself at its end; None where it says nothing."""
    said = {key.decode(): value.decode() for key, value in _MARK.findall(pdf[-_TAIL:])}
    if not {"Process", "Version"} <= set(said):
        return None
    return Marks(
        kind=f"pdf of a {said.get('Kind', 'document')}",
        process=said["Process"],
        version=said["Version"],
        digest=said.get("Digest", ""),
        build=said.get("Build", ""),
    )


def _information(pdf: bytes, number: bytes) -> bytes | None:
    """What stands between the brackets of the information dictionary."""
    pattern = rb"(?:^|[\r\n])%s 0 obj\s*<<(.{0,4000}?)>>\s*endobj" % number
    found = list(re.finditer(pattern, pdf, re.DOTALL))
    return found[-1][1] if found and b"<<" not in found[-1][1] else None

"""The marks of any file of which this tool makes the like."""

from __future__ import annotations

import io

from regelwerk.archive.read import OFFICE, open_archive
from regelwerk.artifacts.marks.html import marks_of_page
from regelwerk.artifacts.marks.marks import Marks
from regelwerk.artifacts.marks.office import marks_of_office
from regelwerk.artifacts.marks.pdf import marks_of_pdf

ZIP, PDF = b"PK\x03\x04", b"%PDF-"


def marks_of(content: bytes, *, whole: bool = True) -> Marks | None:
    """What the bytes of a file say of themselves; None where they say nothing.

    `whole` is as in `marks_of_office`. ArchiveRefusedError for an archive that is not to be read.
    """
    if content.startswith(ZIP):
        return marks_of_office(open_archive(io.BytesIO(content), OFFICE), whole=whole)
    if content.startswith(PDF):
        return marks_of_pdf(content)
    return marks_of_page(content)

"""What became of a changed Word file: whether its words are those of the file that was made."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import zip_longest

from lxml import etree

from regelwerk.archive.read import OFFICE, open_archive
from regelwerk.archive.refused import ArchiveRefusedError
from regelwerk.artifacts.document.figures import shows_figures
from regelwerk.artifacts.marks.marks import Marks
from regelwerk.artifacts.office.package import DOCUMENT
from regelwerk.artifacts.office.xml import parse, qn
from regelwerk.operations.verify_anew import made_for
from regelwerk.operations.verify_world import World

_SHOWN = 8


def told_by_words(content: bytes, marks: Marks, world: World, *, working: bool) -> Iterator[str]:
    """Whether the words of the body differ and where first; nothing where that cannot be told.

    Looks, pictures, headers and properties are not compared.
    """
    theirs = _words(content)
    if theirs is None:
        return
    for made in made_for(marks, world, working=working, drawn=shows_figures(content)):
        ours = _words(made)
        if ours is None:
            continue
        pairs = enumerate(zip_longest(theirs, ours))
        place = next((number for number, (one, other) in pairs if one != other), None)
        if place is None:
            yield (
                "No word of its body differs from the file that was made; looks, pictures, headers "
                "and properties were not compared."
            )
        else:
            here = " ".join(theirs[place : place + _SHOWN]) or "nothing"
            there = " ".join(ours[place : place + _SHOWN]) or "nothing"
            yield f"Its words differ, first where it says “{here}”; what was made says “{there}”."
        return


def _words(content: bytes) -> list[str] | None:
    """The words of the body in their order; None where it is no Word file that can be read."""
    try:
        archive = open_archive(io.BytesIO(content), OFFICE)
        root = parse(archive.read(DOCUMENT)) if DOCUMENT in archive else None
    except (ArchiveRefusedError, etree.XMLSyntaxError):
        return None
    if root is None or root.getroottree().docinfo.internalDTD is not None:
        return None
    return [word for text in _paragraphs(root) for word in text.split()]


def _paragraphs(root: etree._Element) -> Iterator[str]:
    """The text of each paragraph; what fields show, such as page numbers, is left out."""
    depth = 0
    for paragraph in root.iter(qn("w:p")):
        parts: list[str] = []
        for node in paragraph.iter(qn("w:t"), qn("w:tab"), qn("w:br"), qn("w:fldChar")):
            if node.tag == qn("w:fldChar"):
                kind = node.get(qn("w:fldCharType"))
                depth += {"begin": 1, "end": -1}.get(str(kind), 0)
            elif depth <= 0:
                parts.append(node.text or "" if node.tag == qn("w:t") else " ")
        yield "".join(parts)

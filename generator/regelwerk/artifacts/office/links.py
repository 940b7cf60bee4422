"""Links inside a document: bookmarks by a name that Word allows, and no link that leads nowhere."""

from __future__ import annotations

import re
from hashlib import sha256

from lxml import etree

from regelwerk.artifacts.office.xml import escaped, qn

_LONGEST = 40


def bookmark_name(anchor: str) -> str:
    """An anchor such as `step-decide` as a bookmark: letters, digits and `_`, at most 40."""
    name = re.sub(r"[^A-Za-z0-9]", "_", anchor)
    if len(name) <= _LONGEST:
        return name
    return f"{name[: _LONGEST - 9]}_{sha256(anchor.encode()).hexdigest()[:8]}"


def bookmark(anchor: str) -> str:
    """A place in the text that links can lead to; nothing for an empty anchor."""
    if not anchor:
        return ""
    name = escaped(bookmark_name(anchor))
    return f'<w:bookmarkStart w:id="{name}" w:name="{name}"/><w:bookmarkEnd w:id="{name}"/>'


def internal_link(runs: str, anchor: str) -> str:
    """Runs that lead to a bookmark; for an empty anchor the runs alone."""
    if not anchor:
        return runs
    name = escaped(bookmark_name(anchor))
    return f'<w:hyperlink w:anchor="{name}" w:history="1">{runs}</w:hyperlink>'


def unlink_dangling(root: etree._Element) -> None:
    """Keep the text of links to bookmarks that are not there, without the link."""
    known = {mark.get(qn("w:name")) for mark in root.iter(qn("w:bookmarkStart"))}
    for link in list(root.iter(qn("w:hyperlink"))):
        anchor = link.get(qn("w:anchor"))
        if anchor is None or anchor in known or link.get(qn("r:id")) is not None:
            continue
        for run in list(link):
            link.addprevious(run)
        parent = link.getparent()
        if parent is not None:
            parent.remove(link)

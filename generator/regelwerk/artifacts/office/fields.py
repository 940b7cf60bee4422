"""Fields (ECMA-376-1, 17.16): what Word works out anew, with what it shows until then."""

from __future__ import annotations

from regelwerk.artifacts.office.blocks import text_run
from regelwerk.artifacts.office.xml import escaped


def field(instruction: str, shown: str) -> str:
    """Runs of a field; with nothing to show it asks Word to work it out when it opens the file."""
    dirty = "" if shown else ' w:dirty="true"'
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"{dirty}/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {escaped(instruction)} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        + (text_run(shown) if shown else "")
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )

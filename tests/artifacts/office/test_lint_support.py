"""The tests' own lint finds what it is there to find."""

from __future__ import annotations

import io
import re
import zipfile
from functools import lru_cache

import pytest

from regelwerk.artifacts.document import render_document
from regelwerk.artifacts.view.sample import sample_context
from word_support import house_templates, lint, parts


@lru_cache
def sample() -> bytes:
    return render_document(sample_context(), house_templates()).content


@pytest.mark.parametrize(
    ("pattern", "replacement", "finding"),
    [
        (r' descr="[^"]*"', "", "without alternative text"),
        (r'r:embed="rId\d+"', 'r:embed="rId999"', "rId999 does not exist"),
        (r'<w:gridCol w:w="\d+"/>', "", "in a grid of"),
        (r' xml:space="preserve"', "", "spaces that would be lost"),
        (r"</w:p></w:tc>", "</w:p><w:tbl/></w:tc>", "does not end with a paragraph"),
    ],
)
def test_a_fault_is_found(pattern: str, replacement: str, finding: str) -> None:
    assert lint(sample()) == []
    held = parts(sample())
    xml, count = re.subn(pattern, replacement, held["word/document.xml"].decode(), count=40)
    assert count
    held["word/document.xml"] = xml.encode()
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in held.items():
            archive.writestr(name, content)
    assert any(finding in wrong for wrong in lint(target.getvalue()))

"""Packages: read with limits, written the same every time."""

from __future__ import annotations

import contextlib
import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regelwerk.artifacts.office.package import DOCUMENT, Package, open_package
from regelwerk.errors import RenderError
from word_support import house_templates, parts


def house() -> Package:
    template = house_templates().read("document", "process.docx")
    assert template is not None
    return open_package(template.content, template.file)


def test_parts_are_sorted_dated_the_same_and_from_no_machine() -> None:
    with zipfile.ZipFile(io.BytesIO(house().to_bytes())) as archive:
        entries = archive.infolist()
    names = [entry.filename for entry in entries]
    assert names[0] == "[Content_Types].xml"
    assert names[1:] == sorted(names[1:])
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert {(entry.create_system, entry.external_attr) for entry in entries} == {(0, 0)}


def test_relating_twice_gives_the_same_id() -> None:
    package = house()
    one = package.relate(DOCUMENT, "hyperlink", "https://a.example", "External")
    two = package.relate(DOCUMENT, "hyperlink", "https://b.example", "External")
    assert one != two
    assert package.relate(DOCUMENT, "hyperlink", "https://a.example", "External") == one


def test_leftovers_of_old_versions_of_word_are_dropped_with_what_points_at_them() -> None:
    package = house()
    kind = "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects"
    package.add("word/stylesWithEffects.xml", b"<x/>", "application/xml")
    package.relate(DOCUMENT, kind, "word/stylesWithEffects.xml")
    written = parts(package.to_bytes())
    assert not any(b"stylesWithEffects" in content for content in written.values())
    assert "word/stylesWithEffects.xml" not in written


@pytest.mark.parametrize("name", ["/absolute.xml", "a/../../b.xml", "a\\b.xml"])
def test_a_part_outside_the_package_is_refused(name: str) -> None:
    target = io.BytesIO(house().to_bytes())
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr(zipfile.ZipInfo(name), b"x")
    with pytest.raises(RenderError, match="sound office file"):
        open_package(target.getvalue(), "own.docx")


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_damaged_template_is_refused_or_read_and_never_crashed_on(data: st.DataObject) -> None:
    content = bytearray(house().to_bytes())
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at] ^= data.draw(st.integers(1, 255))
    with contextlib.suppress(RenderError):
        open_package(bytes(content), "process.docx")

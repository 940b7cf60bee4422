"""Templates that somebody prepared: refused in words, never a crash, a hang or far content."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from regelwerk.artifacts.office.filters import Office
from regelwerk.artifacts.office.lint import lint_word_template
from regelwerk.artifacts.office.package import DOCUMENT, open_package
from regelwerk.artifacts.office.template import compiled, fill
from regelwerk.errors import RenderError
from regelwerk.model.context import Template
from regelwerk.project.defaults import packaged

SOUND = packaged("templates") / "document" / "process.docx"
RELATIONS = "word/_rels/document.xml.rels"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def changed(source: Path = SOUND, **parts: tuple[bytes, bytes] | bytes) -> bytes:
    """The packaged template with texts replaced in parts, or with parts added."""
    target = io.BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            change = parts.pop(name, None)
            content = old.read(name)
            new.writestr(
                name, content.replace(*change, 1) if isinstance(change, tuple) else content
            )
        for name, content in parts.items():
            new.writestr(name, content if isinstance(content, bytes) else b"")
    return target.getvalue()


def relation(kind: str, target: str, mode: str = ' TargetMode="External"') -> tuple[bytes, bytes]:
    written = f'<Relationship Id="far" Type="{OFFICE}/{kind}" Target="{target}"{mode}/>'
    return b"</Relationships>", f"{written}</Relationships>".encode()


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ({"word/vbaProject.bin": b"x"}, "macros"),
        ({"word/activeX/activeX1.xml": b"<x/>"}, "macros"),
        ({RELATIONS: relation("image", "http://far/pixel.png")}, "from elsewhere"),
        ({RELATIONS: relation("oleObject", "file:///far/x.xls")}, "from elsewhere"),
        ({RELATIONS: (b"</Relationships>", b"")}, "not a sound Word file"),
        ({"[Content_Types].xml": (b"</Types>", b"<")}, "not a sound Word file"),
        ({DOCUMENT: (b"<w:body>", b"<w:body>" + b"<w:p>" * 2000 + b"</w:p>" * 2000)}, "depth"),
        ({"word/own.xml": b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'}, "entities"),
        ({"word/own.xml": b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a/>'}, "entiti"),
    ],
)
def test_a_template_that_is_armed_or_unsound_is_refused(
    parts: dict[str, tuple[bytes, bytes] | bytes], message: str
) -> None:
    with pytest.raises(RenderError, match=message):
        open_package(changed(**parts), "own.docx")


def test_the_template_of_a_template_is_forgotten() -> None:
    package = open_package(
        changed(**{RELATIONS: relation("attachedTemplate", "http://far/x.dotm")}), "own.docx"
    )
    assert b"dotm" not in b"".join(package.parts.values())


def test_a_header_that_is_not_there_is_not_looked_for() -> None:
    parts = {RELATIONS: relation("header", "../../../etc/passwd", "")}
    package = open_package(changed(**parts), "own.docx")
    assert all(name in package.parts for _, name in package.targets(DOCUMENT, "header"))


@pytest.mark.parametrize(
    "tag",
    ["{{ " + "(" * 1500 + "1" + ")" * 1500 + " }}", "{{ " + "not " * 3000 + "1 }}",
     "{{ title" + "|upper" * 3000 + " }}"],
    ids=["brackets", "conditions", "filters"],
)  # fmt: skip
def test_tags_nested_too_deeply_are_a_finding(tag: str) -> None:
    content = changed(**{DOCUMENT: (b"<w:body>", f"<w:body><w:p>{tag}</w:p>".encode())})
    (problem,) = lint_word_template(Template("own.docx", content), {"title": ""})[:1]
    assert problem.code == "template/unsafe"


def test_a_template_of_a_million_empty_paragraphs_is_refused_at_once() -> None:
    body = changed(**{DOCUMENT: (b"<w:body>", b"<w:body>" + b"<w:p/>" * 1_000_000)})
    template = Template("templates/document/own.docx", body)
    with pytest.raises(RenderError, match=r"own\.docx is too large: word/document\.xml has more"):
        compiled(template)


def with_tag(tag: str) -> Template:
    paragraph = f"<w:p><w:r><w:t>{tag}</w:t></w:r></w:p>".encode()
    return Template(
        "templates/document/own.docx", changed(**{DOCUMENT: (b"<w:body>", b"<w:body>" + paragraph)})
    )


@pytest.mark.parametrize(
    ("tag", "message"),
    [
        (
            "{% for a in x %}" * 5 + "{% endfor %}" * 5,
            r"word/document\.xml, paragraph .*: its loops take more than 1000000 rounds in all",
        ),
        ("{{ x | join(long) }}", "`join` would make a text"),
        ("{{ x" + " | list | upper" * 30 + " }}", "`list` takes a list, not a long text"),
        ("{% for a in [[x, x]] %}{{ a }}{% endfor %}", "may not use a loop over lists in lists"),
    ],
)
def test_a_template_that_would_run_or_grow_without_end_is_named(tag: str, message: str) -> None:
    values = {"x": [str(i) for i in range(1100)], "long": "a" * 2000}
    with pytest.raises(RenderError, match=message):
        fill(with_tag(tag), values, Office(open_package(SOUND.read_bytes(), "x"), 9000, {}))

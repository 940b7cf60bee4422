"""Templates people edit: every mistake is named by part, paragraph and expression."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from regelwerk.artifacts.document import lint_document_template, render_document
from regelwerk.artifacts.view.sample import sample_context, sample_view
from regelwerk.diagnostics import Problem
from regelwerk.errors import RenderError
from regelwerk.model.context import Template
from word_support import OneTemplate, headers, house_templates, lint, parts, text

SAMPLE = sample_view()


def house() -> bytes:
    template = house_templates().read("document", "process.docx")
    assert template is not None
    return template.content


def edited(*changes: tuple[str, str], part: str = "word/document.xml") -> bytes:
    """The house template with texts of a part replaced."""
    held = parts(house())
    xml = held[part].decode()
    for old, new in changes:
        assert old in xml, old
        xml = xml.replace(old, new, 1)
    held[part] = xml.encode()
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in held.items():
            archive.writestr(name, content)
    return target.getvalue()


def problems(content: bytes) -> list[Problem]:
    return lint_document_template(Template("templates/document/own.docx", content), SAMPLE)


def with_tag(tag: str) -> bytes:
    """The house template with a tag in a paragraph of its own."""
    paragraph = f"<w:p><w:r><w:t>Before {tag} after</w:t></w:r></w:p>"
    return edited(("<w:body>", f"<w:body>{paragraph}"))


def test_the_house_template_has_no_problem() -> None:
    assert problems(house()) == []


def test_a_misspelt_variable_is_named_with_its_place_and_what_was_meant() -> None:
    (problem,) = problems(with_tag("{{ titel }}"))
    assert problem.code == "template/undefined-variable"
    assert problem.file == "templates/document/own.docx"
    assert "word/document.xml" in problem.message
    assert "“Before {{ titel }} after”" in problem.message
    assert problem.hint == "did you mean `title`?"


def test_a_misspelt_key_is_found_where_no_rendering_would_reach_it() -> None:
    (problem,) = problems(with_tag("{% if language == 'xx' %}{{ status.txet }}{% endif %}"))
    assert "`status.txet`" in problem.message
    assert problem.hint == "did you mean `text`?"


def test_a_key_of_an_item_in_a_loop_is_known() -> None:
    assert problems(with_tag("{% for s in all_steps %}{{ s.title }}{% endfor %}")) == []
    (problem,) = problems(with_tag("{% for s in all_steps %}{{ s.titel }}{% endfor %}"))
    assert "`s.titel`" in problem.message


def test_headers_and_footers_are_looked_at_too() -> None:
    content = edited(("{{ organization }}", "{{ organisation }}"), part="word/header1.xml")
    (problem,) = problems(content)
    assert "word/header1.xml" in problem.message
    assert problem.hint == "did you mean `organization`?"


@pytest.mark.parametrize("tag", ["{{ title", "{% if title %}", "{% nonsense %}", "{{ title | }}"])
def test_a_broken_tag_is_a_syntax_problem(tag: str) -> None:
    found = problems(with_tag(tag))
    assert [problem.code for problem in found] == ["template/syntax"]
    assert "word/document.xml" in found[0].message


@pytest.mark.parametrize(
    "tag",
    [
        "{{ title.__class__ }}",
        "{{ title.upper() }}",
        "{{ ''.join(['a']) }}",
        "{{ _office.package }}",
        "{% set x = title %}",
        "{{ title ~ title }}",
        "{{ 'a' * 1000000000 }}",
        "{% macro m() %}{% endmacro %}",
        "{% include 'x' %}",
        "{{ title | attr('x') }}",
        "{{ title | replace('a', 'b') }}",
        "{% for a in steps recursive %}{% endfor %}",
        "{% for a in steps %}" * 6 + "{% endfor %}" * 6,
    ],
)
def test_what_could_run_code_or_grow_without_end_is_unsafe(tag: str) -> None:
    codes = {problem.code for problem in problems(with_tag(tag))}
    assert "template/unsafe" in codes
    with pytest.raises(RenderError):
        render_document(sample_context(), OneTemplate(with_tag(tag)))


@pytest.mark.parametrize("tag", ["{{ titel }}", "{{ title", "{{ status.txet }}"])
def test_rendering_refuses_and_names_part_and_paragraph(tag: str) -> None:
    with pytest.raises(RenderError) as caught:
        render_document(sample_context(), OneTemplate(with_tag(tag)))
    assert "templates/document/own.docx" in caught.value.message
    assert "word/document.xml" in caught.value.message
    assert "Before" in caught.value.message


def test_a_key_that_only_some_things_have_is_refused_at_its_place() -> None:
    content = with_tag("{% for s in all_steps %}{{ s.decision.question }}{% endfor %}")
    assert problems(content) == []
    with pytest.raises(RenderError, match=r"word/document\.xml, paragraph “Before .*question"):
        render_document(sample_context(), OneTemplate(content))


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x03\x04 broken"])
def test_what_is_no_word_file_is_said_so(content: bytes) -> None:
    (problem,) = problems(content)
    assert problem.code == "template/syntax"
    assert "not a Word file" in problem.message


def test_a_zip_that_leaves_its_folder_or_explodes_is_refused() -> None:
    for name, data in (("../evil", b"x"), ("word/bomb.xml", b"0" * (65 * 1024 * 1024))):
        target = io.BytesIO(house())
        with zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(name, data)
        assert [problem.code for problem in problems(target.getvalue())] == ["template/syntax"]


def test_entities_in_a_template_are_not_followed() -> None:
    content = edited(
        ("<w:document", '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><w:document'),
        ("<w:body>", "<w:body><w:p><w:r><w:t>&e;</w:t></w:r></w:p>"),
    )
    try:
        rendered = render_document(sample_context(), OneTemplate(content)).content
    except RenderError:
        return
    assert "root:" not in text(rendered)


def test_tags_that_word_has_torn_apart_still_work() -> None:
    torn = (
        "<w:p><w:r><w:t>{</w:t></w:r><w:proofErr w:type='spellStart'/><w:r><w:t>{ ti</w:t></w:r>"
        "<w:r><w:t>tle }}!</w:t></w:r></w:p>"
    )
    content = edited(("<w:body>", f"<w:body>{torn}"))
    assert problems(content) == []
    assert "Sample process!" in text(
        render_document(sample_context(), OneTemplate(content)).content
    )


def test_a_template_without_a_header_still_gets_the_watermark() -> None:
    held = parts(house())
    xml = re.sub(r"<w:headerReference[^>]*/>", "", held["word/document.xml"].decode())
    old = held["word/document.xml"].decode()
    content = edited((old, xml))
    rendered = render_document(sample_context(), OneTemplate(content)).content
    names = [n for n in headers(rendered) if b'string="SUPERSEDED"' in parts(rendered)[n]]
    assert "word/header-default.xml" in names
    assert lint(rendered) == []


def test_a_conditional_round_all_of_a_cell_leaves_a_sound_cell() -> None:
    cell = "<w:tc><w:tcPr/><w:p><w:r><w:t>{%p if not title %}</w:t></w:r></w:p><w:p/>"
    cell += "<w:p><w:r><w:t>{%p endif %}</w:t></w:r></w:p></w:tc>"
    table = (
        f'<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="100"/></w:tblGrid><w:tr>{cell}</w:tr></w:tbl>'
    )
    content = edited(("<w:body>", f"<w:body>{table}"))
    assert lint(render_document(sample_context(), OneTemplate(content)).content) == []


def test_the_committed_template_is_what_its_script_makes() -> None:
    from make_templates.checklist import checklist_template
    from make_templates.document import document_template

    assert document_template() == house()
    committed = house_templates().read("checklist", "checklist.docx")
    assert committed is not None
    assert checklist_template() == committed.content


def test_every_template_of_the_project_is_looked_at() -> None:
    from regelwerk.artifacts.checklist.lint import lint_checklists
    from regelwerk.artifacts.document.lint import lint_documents

    broken = OneTemplate(with_tag("{{ titel }}"))
    assert [problem.code for problem in lint_documents(broken)] == ["template/undefined-variable"]
    assert [problem.code for problem in lint_checklists(broken)] == ["template/undefined-variable"]
    assert lint_documents(house_templates()) == lint_checklists(house_templates()) == []

from __future__ import annotations

import base64
import hashlib
import re
from html import unescape

import pytest
from lxml import html

from artifacts.handbook.handbook_worlds import (
    SACRED,
    nasty_contexts,
    pages_of,
    project_contexts,
    spoiled_texts,
)
from artifacts.webform.webform_worlds import REPOSITORY, context_of, data_of, page_of
from records.support import process
from regelwerk.artifacts.checklist.form import form_of
from regelwerk.artifacts.lone_page import embedded
from regelwerk.artifacts.webform.render import render_webform
from regelwerk.errors import RenderError
from regelwerk.model.context import Template

HOSTILE = "</script><script>alert(1)</script><!--<script>\"'><img src=x onerror=alert(1)>&lt;"
STYLE_ENDS = "body{} </style><script>alert(1)</script>"


@pytest.fixture(scope="module", params=["sales/1.3", "sales/draft"])
def page(request: pytest.FixtureRequest) -> str:
    return page_of(project_contexts(REPOSITORY)[request.param])


def test_every_field_of_the_field_model_is_there_once_and_unanswered() -> None:
    for context in project_contexts(REPOSITORY).values():
        tree = html.fromstring(page_of(context))
        keys = [field.get("data-field") for field in tree.xpath("//*[@data-field]")]
        assert len(keys) == len(set(keys))
        # A step that only one role can do does not ask for the role.
        wanted = {
            field.key
            for field in form_of(context).all_fields()
            if field.path != ("role",) or len(field.choices) > 1
        }
        assert wanted <= set(keys)
        assert {key for key in keys if not key.endswith("_way")} == wanted
        assert tree.xpath("//@checked | //@selected | //input[@type='text']/@value") == []


def test_the_policy_allows_this_script_and_this_style_and_no_request(page: str) -> None:
    found = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert found is not None
    policy = dict(part.split(" ", 1) for part in unescape(found[1]).split("; "))
    script = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    style = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    assert policy == {
        "default-src": "'none'",
        "script-src": _hash(script),
        "style-src": _hash(style),
        "img-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
        "require-trusted-types-for": "'script'",
        "trusted-types": "'none'",
    }


def _hash(texts: list[str]) -> str:
    [text] = texts
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def test_nothing_is_loaded_or_sent_and_no_handler_stands_in_the_markup(page: str) -> None:
    tree = html.fromstring(page)
    assert tree.xpath("//@src | //@action | //@style") == []
    assert tree.xpath("//link/@href") == ["data:,"]
    assert tree.xpath("//form/@method") == ["dialog"]
    assert tree.xpath("//a/@href") == []
    assert tree.xpath("//@*[starts-with(name(), 'on')]") == []
    assert tree.xpath("//button[not(@type='button')]") == []


def test_every_control_has_a_name_and_every_group_a_legend(page: str) -> None:
    tree = html.fromstring(page)
    labelled = set(tree.xpath("//label/@for"))
    for control in tree.xpath("//input | //select | //textarea"):
        assert control.get("id") in labelled or control.get("aria-label")
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert labelled <= set(ids)
    assert all(group.xpath("./legend") for group in tree.xpath("//fieldset"))


def test_a_draft_says_so_in_its_title_its_head_its_print_and_to_its_records() -> None:
    contexts = project_contexts(REPOSITORY)
    draft, released = page_of(contexts["sales/draft"]), page_of(contexts["sales/1.3"])
    assert "<title>DRAFT: Sales process, version 1.4</title>" in draft
    assert '<p class="stamp">DRAFT</p>' in draft
    assert "DRAFT" in draft.partition("@top-right{content:")[2].partition("}")[0]
    assert data_of(draft)["draft"] is True
    assert "DRAFT" not in re.sub(r"<script.*?</script>", "", released, flags=re.DOTALL)
    assert data_of(released)["draft"] is False


def test_the_same_definition_makes_the_same_bytes(page: str) -> None:
    contexts = project_contexts(REPOSITORY).values()
    assert page in [page_of(context) for context in contexts]


@pytest.mark.parametrize("folder", ["sample/1.1", "sample/draft"])
def test_every_nasty_text_of_a_definition_arrives_once_and_unharmed(folder: str) -> None:
    context = nasty_contexts()[folder]
    text = html.fromstring(page_of(context)).xpath("string(//main)")
    steps = context.definition.process.all_steps()
    shown = {step.title for step in steps if not step.is_container}
    shown |= {
        field.label for step in context.definition.process.work_steps() for field in step.fields
    }
    shown |= {
        check.label for step in context.definition.process.work_steps() for check in step.checks
    }
    assert shown <= spoiled_texts(context)
    for wanted in shown:
        assert wanted in text
    assert "&amp;amp;" not in text.replace(SACRED, "")


def test_a_hostile_definition_cannot_leave_its_places() -> None:
    definition = process(
        [
            {
                "id": "a",
                "title": HOSTILE,
                "instructions": [HOSTILE],
                "fields": [
                    {"id": "f", "label": HOSTILE, "type": "choice", "options": [HOSTILE, "b"]},
                    {
                        "id": "n",
                        "label": HOSTILE,
                        "type": "number",
                        "unit": HOSTILE,
                        "help": HOSTILE,
                    },
                ],
                "checks": [{"id": "c", "label": HOSTILE}],
                "decision": {
                    "question": HOSTILE,
                    "options": {"o": {"label": HOSTILE, "next": {"end": "done"}}},
                },
            }
        ],
        title=HOSTILE,
        ends={"done": {"event": HOSTILE}},
    )
    page = page_of(context_of(definition))
    tree = html.fromstring(page)
    assert len(tree.xpath("//script")) == 2
    assert tree.xpath("//img | //comment()") == []
    assert page.count("<!--") == 0
    assert data_of(page)["steps"]["a"]["title"] == HOSTILE
    assert tree.xpath("//option/@value")[1] == HOSTILE


def test_data_leaves_no_sign_of_html_and_reads_back() -> None:
    text = embedded({"a": HOSTILE + "\u2028"})
    assert not set("<>&\u2028") & set(text)


class Style:
    """A template source whose style sheet is given."""

    def __init__(self, content: bytes | None) -> None:
        self.content = content

    def read(self, _area: str, name: str) -> Template | None:
        return Template(f"templates/checklist/{name}", self.content) if self.content else None


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "there is no template"),
        (STYLE_ENDS.encode(), "holds `</style`"),
        (b"body { content: '\xfc' }", "is not UTF-8"),
    ],
)
def test_a_broken_style_sheet_is_refused(content: bytes | None, said: str) -> None:
    context = project_contexts(REPOSITORY)["sales/1.3"]
    with pytest.raises(RenderError, match=re.escape(said)):
        render_webform(context, Style(content), {})


def test_people_who_may_do_a_step_are_offered_and_a_long_list_is_a_list_to_choose_from() -> None:
    definition = process([{"id": "a"}])
    tree = html.fromstring(page_of(context_of(definition)))
    assert tree.xpath("//input[@type='checkbox']/@value") == ["ann", "ben"]
    context = context_of(definition)
    many = {f"p{number}": context.project.people["ann"] for number in range(20)}
    context.project.people.update(many)
    try:
        tree = html.fromstring(page_of(context))
    finally:
        for person in many:
            del context.project.people[person]
    assert len(tree.xpath("//select[@multiple]/option")) == 22


def test_the_process_page_leads_to_the_form_and_offers_it_as_a_download() -> None:
    contexts = project_contexts(REPOSITORY)
    files = {f"{folder}/checklist.html": b"form" for folder in contexts}
    pages = pages_of(contexts, REPOSITORY, files)
    draft = "downloads/sales/draft/sales-1.4-DRAFT-checklist.html"
    assert pages[draft] == b"form"
    assert f"**[Fill in the checklist](../{draft})**".encode() in pages["drafts/sales.md"]
    without = pages_of(contexts, REPOSITORY, {})
    assert b"Fill in the checklist" not in without["drafts/sales.md"]

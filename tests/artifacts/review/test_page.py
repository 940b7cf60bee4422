"""The page holds everything that is signed, unharmed, and lets nothing in or out."""

from __future__ import annotations

import base64
import hashlib
import re
from html import unescape
from typing import Any

import msgspec
import pytest
from lxml import html

from artifacts.handbook.handbook_worlds import (
    SACRED,
    nasty_contexts,
    project_contexts,
    spoiled_texts,
)
from artifacts.webform.webform_worlds import REPOSITORY
from regelwerk.artifacts.comparison import compare
from regelwerk.artifacts.review.material import Candidate, ReviewMaterial, Turn
from regelwerk.artifacts.review.render import render_review
from regelwerk.artifacts.view.sample import sample_context
from regelwerk.diagnostics import Diagnostic, Severity
from regelwerk.model.context import BuildContext

HOSTILE = "</script><script>alert(1)</script><!--<script>\"'><img src=x onerror=alert(1)>&lt;"


def material(
    context: BuildContext, before: BuildContext | None = None, text: str = SACRED
) -> ReviewMaterial:
    who = Candidate(by="anna.clerk", name=text, role="qmb", role_title=text)
    return ReviewMaterial(
        context=context,
        before=before,
        comparison=compare(before, context) if before is not None else None,
        advice=text,
        planned="2026-07-01",
        findings=(
            Diagnostic(
                code="approval/bad-signature",
                severity=Severity.ERROR,
                file=text,
                line=1,
                column=1,
                path="$",
                message=text,
                hint=text,
            ),
        ),
        turn=Turn(stage="approved", title=text, role_title=text, candidates=(who,)),
        keys={"ssh-ed25519 AAAA": "anna.clerk"},
        namespace="regelwerk-approval@v1",
    )


@pytest.fixture(scope="module")
def contexts() -> dict[str, BuildContext]:
    return nasty_contexts()


def test_nasty_texts_arrive_unharmed_in_every_part(contexts: dict[str, BuildContext]) -> None:
    old, new = sample_context(), contexts["sample/draft"]
    tree: Any = html.fromstring(render_review(material(new, old)).decode())
    assert len(tree.xpath("//script")) == 2
    for heading in ("The changes in the text", "The whole process"):
        section = tree.xpath(f"//section[h2[.='{heading}']]")[0]
        for spoken in section.xpath(".//*[@class='spoken']"):
            spoken.drop_tree()
        shown = " ".join(section.text_content().split())
        assert {text for text in spoiled_texts(new) if " ".join(text.split()) not in shown} == set()
    sentences = tree.xpath("string(//section[h2[.='What changes']])")
    assert sentences.count(SACRED) > 20


def test_hostile_texts_make_no_element(contexts: dict[str, BuildContext]) -> None:
    made = render_review(material(contexts["sample/draft"], text=HOSTILE)).decode()
    tree: Any = html.fromstring(made)
    assert len(tree.xpath("//script")) == 2
    assert tree.xpath("//img") == []
    assert tree.xpath("string(//li[contains(@class, 'finding')])").count(HOSTILE) == 3


def test_every_text_of_the_definition_stands_in_the_whole() -> None:
    """Whatever a signer approves can be read: each text of the definition, one by one."""
    context = project_contexts(REPOSITORY)["sales/draft"]
    numbered: dict[str, str] = {}

    def renamed(value: Any) -> Any:
        if isinstance(value, str) and " " in value:
            return numbered.setdefault(value, f"text number{len(numbered)}end")
        if isinstance(value, msgspec.Struct):
            fields = {name: renamed(getattr(value, name)) for name in value.__struct_fields__}
            return type(value)(**fields)
        if isinstance(value, tuple):
            return tuple(renamed(one) for one in value)
        if isinstance(value, dict):
            return {key: renamed(one) for key, one in value.items()}
        return value

    process = renamed(context.definition.process)
    definition = msgspec.structs.replace(context.definition, process=process)
    context = msgspec.structs.replace(context, definition=definition)
    tree: Any = html.fromstring(render_review(material(context)).decode())
    whole = tree.xpath("//section[h2[.='The whole process']]")[0].text_content()
    missing = [old for old, new in numbered.items() if new not in whole]
    assert len(numbered) > 100
    assert missing == []


def test_the_policy_allows_this_script_and_this_style_and_no_request(
    contexts: dict[str, BuildContext],
) -> None:
    page = render_review(material(contexts["sample/draft"])).decode()
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
    assert not re.search(r'\son\w+="|\sstyle="|javascript:|https?://(?!\S*iso)', _markup(page))


def test_the_script_evaluates_nothing_and_asks_nobody() -> None:
    page = render_review(material(nasty_contexts()["sample/draft"])).decode()
    (script,) = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    assert script.isascii()
    for word in ("eval(", "Function(", "innerHTML", "fetch(", "XMLHttp", "Beacon", "WebSocket"):
        assert word not in script
    assert "extractable" not in script.replace("generateKey(ALGORITHM, false", "")


def _hash(found: list[str]) -> str:
    (text,) = found
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _markup(page: str) -> str:
    """The page without the texts of the definition, which may hold links."""
    return re.sub(r"<main>.*</main>", "", page, flags=re.DOTALL)

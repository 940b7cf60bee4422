"""No word that the generator adds bypasses the catalogue that translators work with."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from html import escape
from pathlib import Path
from typing import get_args

import msgspec
import pytest
from babel import Locale
from babel.lists import format_list
from babel.units import format_unit

from artifacts.handbook.handbook_worlds import CONTRACT, project_contexts
from artifacts.language.made_up import (
    LANGUAGE,
    in_other_letters,
    spoken,
    translations,
    without_phrases,
)
from artifacts.language.visible import seen_in
from conftest import REPOSITORY
from regelwerk.artifacts.catalog import Kind
from regelwerk.artifacts.comparison import compare
from regelwerk.artifacts.handbook.render import render_handbook
from regelwerk.artifacts.handbook.sample import SAMPLE_SURROUNDINGS
from regelwerk.artifacts.review.material import Candidate, Obstacle, ReviewMaterial, Turn
from regelwerk.artifacts.review.render import render_review
from regelwerk.artifacts.review.words import review_words
from regelwerk.artifacts.view.sample import sample_context
from regelwerk.artifacts.view.speech import words_of
from regelwerk.model.context import BuildContext, FrontMatter, Template
from regelwerk.model.version import Status, Verdict
from regelwerk.operations.kinds import KINDS
from regelwerk.operations.versions_change import Change
from regelwerk.project.templates import TemplateFolder

# An e-mail that says everything that one can say.
_EVERYTHING = """---
subject: "{{ process.title }}, {{ record.case }}"
to: ["role:lead", "field:work.kind"]
cc: ["role:team"]
attachments: ["artifact:document", "artifact:checklist", "artifact:picture", "document:paper"]
---
{{ step.title }} {{ step.responsible }} {{ record.subject }} {{ record.started }} {{ record.by }}

{% if fields.kind and not record.case == record.subject or fields.kind != record.case %}
One
{% else %}
Two
{% endif %}
"""
# What is no word, or the same in every language.
_SAME = re.compile(
    r"https?://\S+|mailto:\S+|\S+@\S+|[\w./-]*\.(?:docx|xlsx|html|yaml|yml|md|txt|svg|png|eml|ics|pdf)\b"
    r"|sha256:\w+|SHA-256|\b[0-9a-f]{8,64}\b|\bID\b|regelwerk(?: [a-z]+)*|ssh-ed25519 \w+"
    r"|\b[A-Z]+(?:-[A-Z]+)*-[0-9]+\b|\b[RASCI](?:/[RASCI])*\b|ISO|EN\b|Amd"
)
_WORD = re.compile(r"[A-Za-z]{2,}")


def _babels_words() -> frozenset[str]:
    """Names of months and units as Babel writes them in the made-up language."""
    months = Locale.parse(LANGUAGE).months.values()
    texts = [name for forms in months for form in forms.values() for name in form.values()]
    texts += [
        format_unit(n, unit, locale=LANGUAGE)
        for unit in ("year", "month", "week", "day", "hour", "minute")
        for n in range(1, 13)
    ]
    texts.append(format_list(["1", "2", "3"], locale=LANGUAGE))
    return frozenset(word for text in texts for word in _WORD.findall(text))


_BABEL = _babels_words()


def strange(path: str, content: bytes, *contexts: BuildContext) -> Iterator[str]:
    """Texts that hold a word from outside the catalogue, with where they stand."""
    allowed = _BABEL | {word for one in contexts for word in _ids_as_words(one)}
    for text in seen_in(path, content):
        words = _WORD.findall(_SAME.sub(" ", without_phrases(text)))
        if any(word not in allowed for word in words):
            yield f"{path}: {' '.join(text.split())[:200]}"


def _ids_as_words(context: BuildContext) -> Iterator[str]:
    """Things whose title is not known here are called by their ids, which the user chose."""
    for step in context.definition.process.all_steps():
        calls = step.calls
        ids = (*([calls.process, *calls.outcomes] if calls is not None else ()), step.email or "")
        yield from (word for id_ in ids for word in _WORD.findall(words_of(id_)))


class _Mails:
    """The templates of a project, with what people wrote into e-mails in other letters."""

    def __init__(self, root: Path) -> None:
        self._folder = TemplateFolder(root)

    def read(self, area: str, name: str) -> Template | None:
        found = self._folder.read(area, name)
        if area != "email":
            return found
        text = found.content.decode() if found is not None else _EVERYTHING
        head, mark, body = text.removeprefix("---\n").partition("\n---\n")
        head = re.sub(r"(?<=subject: )[^\n]*|(?<=title: )[^\n]*", _in_greek, head)
        return Template(f"{name}.md", f"---\n{head}{mark}{_in_greek(body)}".encode())

    def names(self, area: str) -> tuple[str, ...]:
        return self._folder.names(area)

    def front_matter(self, area: str, text: str) -> FrontMatter:
        return self._folder.front_matter(area, text)


def _in_greek(found: str | re.Match[str]) -> str:
    text = found if isinstance(found, str) else found[0]
    parts = re.split(r"(\{\{.*?\}\}|\{%.*?%\})", text)
    return "".join(p if p.startswith("{") else in_other_letters(p, "text") for p in parts)


def _sample(status: Status, *, working: bool = False, paper: bool = True) -> BuildContext:
    sample = sample_context()
    verdict = msgspec.structs.replace(sample.verdict, status=status, on_paper=paper)
    if working:
        verdict = Verdict(version="1.1", status=Status.DRAFT)
    return msgspec.structs.replace(sample, verdict=verdict, working=working)


@cache
def contexts() -> Mapping[str, BuildContext]:
    found = {
        **{f"contract-{k}": v for k, v in project_contexts(CONTRACT).items()},
        **{f"own-{k}": v for k, v in project_contexts(REPOSITORY).items()},
        **{f"sample/{status.value}": _sample(status) for status in Status},
        "sample/draft": _sample(Status.DRAFT, working=True),
    }
    return {folder: spoken(context) for folder, context in found.items()}


NAMES = sorted(contexts())


FEW = ("contract-complaints/1.10", "own-sales/draft", "sample/draft", "sample/effective")


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_what_is_made_for_a_version(kind: Kind) -> None:
    found = []
    for name in NAMES if kind.name in ("document", "webform") else FEW:
        found += [f"{name}/{one}" for one in _strange_in(kind, name, contexts()[name])]
    assert found == []


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_word_that_no_catalogue_holds_would_be_seen(kind: Kind) -> None:
    context = contexts()[FEW[2]]
    names = msgspec.structs.replace(context.names, translations={})
    assert list(_strange_in(kind, FEW[2], msgspec.structs.replace(context, names=names)))


def _strange_in(kind: Kind, name: str, context: BuildContext) -> Iterator[str]:
    root = CONTRACT if name.startswith("contract") else REPOSITORY
    for artifact in kind.render(context, _Mails(root)):
        yield from strange(artifact.path, artifact.content, context)


def test_the_handbook() -> None:
    chosen = {
        f"{_process(name)}/{version}": context
        for name, context in contexts().items()
        if (version := name.rpartition("/")[2]) in ("effective", "draft") or "." in version
    }
    surroundings = in_other_letters(SAMPLE_SURROUNDINGS)
    made = {f"{folder}/document.docx": b"x" for folder in chosen}
    pages = list(render_handbook(chosen, made, _Mails(REPOSITORY), surroundings))
    found = [
        one
        for page in pages
        if page.path.endswith((".md", ".xml"))
        for one in strange(page.path, page.content, *chosen.values())
    ]
    assert found == []
    assert len(pages) > len(chosen)


def _process(name: str) -> str:
    return name.partition("/")[0].partition("-")[2] or "sample"


def _pairs() -> list[tuple[BuildContext, BuildContext]]:
    """Versions that differ: kept ones and drafts, and everything against nothing, both ways."""
    found = contexts()
    full = found["sample/effective"]
    process = full.definition.process
    bare = msgspec.structs.replace(
        process,
        **{
            key: type(value)()
            for key, value in ((k, getattr(process, k)) for k in process.__struct_fields__)
            if isinstance(value, tuple | dict) and key not in ("steps", "ends")
        },
        steps=(msgspec.structs.replace(process.steps[-1], title="Ω"),),
        subtitle=None,
        scope=None,
        owner=None,
        change="Ω",
    )
    empty = msgspec.structs.replace(
        full, definition=msgspec.structs.replace(full.definition, process=bare)
    )
    kept = [
        (found[f"{name}/{old}"], found[f"{name}/draft"])
        for name, old in (("contract-complaints", "1.10"), ("own-sales", "1.3"))
    ]
    return [*kept, (full, empty), (empty, full)]


@pytest.mark.parametrize("pair", range(4))
def test_what_is_said_of_differences_and_the_page_on_which_they_are_signed(pair: int) -> None:
    old, new = _pairs()[pair]
    told = compare(old, new)
    said = [
        told.head,
        told.note,
        told.summary,
        *(f"{one.part}: {one.sentence}" for one in told.told),
    ]
    page = f"<html><body>{''.join(f'<p>{escape(one)}</p>' for one in said)}</body></html>"
    words = review_words(LANGUAGE, translations())
    found = list(strange("comparison.html", page.encode(), old, new))
    for obstacle in get_args(Obstacle):
        candidates = () if obstacle else (Candidate(by="a", name="Α", role="lead", role_title="Β"),)
        turn = Turn(stage="approved", title="Γ", candidates=candidates, obstacle=obstacle)
        material = ReviewMaterial(
            context=new,
            before=old,
            comparison=told,
            advice=Change("1.0", (), "major").advice("1.1", words),
            planned="2026-07-01",
            findings=(),
            turn=turn,
            keys={"ssh-ed25519 AAAA": "a"},
            namespace="α",
        )
        found += strange("review.html", render_review(material), old, new)
    assert found == []
    assert len(told.told) > 1

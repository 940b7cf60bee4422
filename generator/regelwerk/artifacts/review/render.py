"""A frozen version as one page on which it is judged and signed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from markupsafe import Markup

from regelwerk.artifacts.review.chapters import Chapter, chapters
from regelwerk.artifacts.review.material import ReviewMaterial
from regelwerk.artifacts.review.page import Section, page
from regelwerk.artifacts.review.redline import redline
from regelwerk.artifacts.review.sections import (
    changes_section,
    findings_section,
    redline_section,
    signed_section,
    whole_section,
)
from regelwerk.artifacts.review.signing import script_data, signing_section
from regelwerk.artifacts.review.words import review_words
from regelwerk.artifacts.view.lookup import lookup
from regelwerk.artifacts.view.process import process_view
from regelwerk.artifacts.view.standing import status_view
from regelwerk.model.context import BuildContext


def render_review(material: ReviewMaterial) -> bytes:
    """One HTML file that needs no other.

    Its looks are no template of the project's: a style sheet could hide what is signed.
    """
    context = material.context
    look = lookup(context)
    words = review_words(context.names.language, context.names.translations)
    process, version = look.process, context.definition.version or look.process.version
    digest = context.verdict.digest or ""
    content = page(
        language=look.speech.language,
        title=words["title"].format(process=process.title, version=version),
        organization=context.names.organization,
        status=status_view(look)["text"],
        facts=_facts(material, words, look.speech.labels["document_number"]),
        lead=words["lead"],
        contents=words["contents"],
        sections=_sections(material, words),
        foot=words["digest"].format(process=process.title, version=version, digest=digest),
        data=script_data(material, words),
    )
    return content.encode()


def _facts(material: ReviewMaterial, words: Mapping[str, str], number: str) -> dict[str, str]:
    day = date.fromisoformat(material.planned) if material.planned else None
    planned = lookup(material.context).date(day) or words["not_planned"]
    facts = {words["planned"]: planned}
    if material.context.definition.process.document:
        facts = {number: material.context.definition.process.document, **facts}
    return facts


def _sections(material: ReviewMaterial, words: Mapping[str, str]) -> list[Section]:
    look = lookup(material.context)
    new = _chapters(material.context, words)
    changes = words["first"]
    sections = []
    if material.comparison is not None and material.before is not None:
        version = material.before.definition.version or ""
        told = changes_section(material.comparison, words)
        text = redline(_chapters(material.before, words), new, _renamed(material))
        hints = (words["against"].format(version=version), material.advice)
        sections += [
            Section("changes", words["changes"], _hints(*hints) + told),
            Section("redline", words["redline"], redline_section(text, words)),
        ]
    else:
        sections.append(Section("changes", words["changes"], _hints(changes)))
    return [
        *sections,
        Section("whole", words["whole"], whole_section(new)),
        Section("findings", words["findings"], findings_section(material.findings, words)),
        Section(
            "signed", words["signed"], signed_section(material.context.verdict.stages, look, words)
        ),
        Section("signing", words["sign"], signing_section(material, words)),
    ]


def _hints(*texts: str) -> Markup:
    return Markup("").join(Markup("<p>{}</p>\n").format(text) for text in texts if text)


def _chapters(context: BuildContext, words: Mapping[str, str]) -> tuple[Chapter, ...]:
    view = process_view(context)
    return chapters(view, {**view["words"], "success": words["success"]})


def _renamed(material: ReviewMaterial) -> dict[str, str]:
    """Chapters of steps that had other ids in the version before."""
    before = material.before.definition.process if material.before else None
    known = {step.id for step in before.all_steps()} if before else set()
    return {
        f"step {step.id}": f"step {old}"
        for step in material.context.definition.process.all_steps()
        if step.id not in known
        for old in step.was
        if old in known
    }

"""Whether a process document is made and kept in hand as ISO 9001:2015, 7.5.2 and 7.5.3, asks."""

from __future__ import annotations

from collections.abc import Sequence

from regelwerk.coverage.observed import Seen, found, missing, to_be_judged
from regelwerk.model.context import BuildContext
from regelwerk.model.ids import version_key
from regelwerk.model.process import ApplicableDocument
from regelwerk.model.version import Status


def identification(edition: BuildContext, _all: Sequence[BuildContext]) -> Seen:
    """7.5.2 a: number, title and version."""
    process = edition.definition.process
    if not process.document:
        return missing("identification.none")
    return found(
        "identification.found",
        number=process.document,
        title=process.title,
        version=process.version,
    )


def form_and_medium(edition: BuildContext, _all: Sequence[BuildContext]) -> Seen:
    """7.5.2 b: in which language and as what it is made."""
    language = edition.names.language
    return to_be_judged("medium.found", language=language)


def approval(edition: BuildContext, _all: Sequence[BuildContext]) -> Seen:
    """7.5.2 c: examined and approved, and looked at again in time."""
    verdict = edition.verdict
    if edition.working or verdict.status is not Status.EFFECTIVE:
        return missing("approval.none")
    if verdict.review_due is not None and verdict.review_due < edition.as_of:
        return missing("approval.overdue", day=verdict.review_due)
    if verdict.on_paper:
        return to_be_judged("approval.paper")
    return found("approval.found", stages=len(verdict.stages))


def availability(edition: BuildContext, _all: Sequence[BuildContext]) -> Seen:
    """7.5.3.1 a: a version is in force and can be read."""
    verdict = edition.verdict
    if edition.working or verdict.effective_from is None:
        return missing("availability.none")
    return found("availability.found", version=verdict.version, day=verdict.effective_from)


def protection(edition: BuildContext, _all: Sequence[BuildContext]) -> Seen:
    """7.5.3.1 b: the text is the one that was signed."""
    verdict = edition.verdict
    if edition.working or verdict.status is not Status.EFFECTIVE:
        return missing("protection.draft")
    if verdict.on_paper:
        return to_be_judged("protection.paper")
    return found("protection.found")


def distribution(edition: BuildContext, _all: Sequence[BuildContext]) -> Seen:
    """7.5.3.2 a: who may see it."""
    classification = edition.definition.process.classification
    if not classification:
        return missing("distribution.none")
    return to_be_judged("distribution.found", classification=classification)


def storage(_edition: BuildContext, _all: Sequence[BuildContext]) -> Seen:
    """7.5.3.2 b: where it is kept."""
    return to_be_judged("storage.found")


def changes(edition: BuildContext, _all: Sequence[BuildContext]) -> Seen:
    """7.5.3.2 c: versions have numbers, and each after the first says what changed."""
    own = version_key(edition.definition.process.version) or (0, 0)
    kept = [e for e in reversed(edition.versions) if (version_key(e.version) or own) <= own]
    told = [(entry.version, entry.change) for entry in kept]
    if edition.working:
        process = edition.definition.process
        told = [pair for pair in told if pair[0] != process.version]
        told.append((process.version, process.change))
    silent = next((version for version, change in told[1:] if not change), None)
    if silent is not None:
        return missing("changes.silent", silent=silent)
    if len(told) == 1:
        return found("changes.single", version=told[0][0])
    return found("changes.found", count=len(told))


def retention(edition: BuildContext, _all: Sequence[BuildContext]) -> Seen:
    """7.5.3.2 d: how long each document is kept."""
    documents = edition.definition.process.documents.values()
    bare = sum(not document.retention for document in documents)
    if not documents:
        return to_be_judged("retention.none")
    if bare:
        return missing(
            "retention.bare",
            documents=len(documents),
            bare=bare,
        )
    return found("retention.found", documents=len(documents))


def from_outside(edition: BuildContext, _all: Sequence[BuildContext]) -> Seen:
    """7.5.3.2, its end: documents from outside can be told apart."""
    outer = [
        edition_known
        for document in edition.definition.process.applicable_documents
        if (edition_known := _outer_edition(document, edition)) is not None
    ]
    bare = sum(not known for known in outer)
    if not outer:
        return to_be_judged("outside.none")
    if bare:
        return missing(
            "outside.bare",
            outer=len(outer),
            bare=bare,
        )
    return found("outside.found", outer=len(outer))


def _outer_edition(document: ApplicableDocument, edition: BuildContext) -> str | None:
    """The edition of a document from outside, empty where none is given; None for ours."""
    entry = edition.project.register.get(document.register or "")
    if entry is not None:
        return (entry.edition or "") if entry.kind == "external" else None
    return (document.edition or "") if document.external else None

"""Documents, applicable documents, clauses of standards and terms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from regelwerk.artifacts.view.lookup import Lookup
from regelwerk.model.process import ApplicableDocument, DocumentUse, Process, Term

View = dict[str, Any]


def documents_view(look: Lookup) -> list[View]:
    """Documented information: title, form, how long it is kept, and whether it is from outside."""
    return [
        {
            "title": document.title,
            "form": document.form or "",
            "retention": look.speech.span(document.retention),
            "external": document.external,
            "origin": look.speech.say("document.external" if document.external else "document.own"),
        }
        for document in look.process.documents.values()
    ]


def uses_view(look: Lookup, uses: Iterable[DocumentUse]) -> list[View]:
    """Inputs or outputs of the whole process; `party` is from whom or to whom."""
    return [{"title": look.document(use.document), "party": look.party(use.party)} for use in uses]


def applicable_view(look: Lookup) -> list[View]:
    """Documents that apply here, those of the register with what the register says."""
    return [_applicable(look, document) for document in look.process.applicable_documents]


def _applicable(look: Lookup, document: ApplicableDocument) -> View:
    entry = look.context.project.register.get(document.register or "")
    if entry is not None:
        kept = _frozen(look, "register").get(entry.id, {})
        return {
            "title": kept.get("title") or entry.title,
            "number": kept.get("number") or entry.number or "",
            "edition": kept.get("edition") or entry.edition or "",
            "kind": look.speech.say(f"register.{entry.kind}"),
            "url": entry.url or "",
            "owner": look.role(entry.owner) if entry.owner else "",
        }
    key = "applicable.external" if document.external else "applicable.own"
    return {
        "title": document.title or document.number or "",
        "number": (document.number or "") if document.title else "",
        "edition": document.edition or "",
        "kind": look.speech.say(key),
        "url": "",
        "owner": "",
    }


def clauses_view(look: Lookup) -> list[View]:
    """Each standard with its clauses, and which steps or the whole process serve each of them."""
    first = look.context.names.standards[:1]
    found: dict[str, dict[str, list[str]]] = {}
    for standard, clauses in look.process.clauses.items():
        for clause in clauses:
            found.setdefault(standard or "".join(first), {}).setdefault(clause, []).append("")
    for step in look.process.all_steps():
        for standard, clauses in step.clauses.items():
            for clause in clauses:
                rows = found.setdefault(standard or "".join(first), {})
                rows.setdefault(clause, []).append(look.numbers[step.id])
    return [
        {
            "standard": standard,
            "text": ", ".join(sorted(rows, key=_clause_key)),
            "rows": [
                {"clause": clause, "where": _where(look, rows[clause])}
                for clause in sorted(rows, key=_clause_key)
            ],
        }
        for standard, rows in found.items()
    ]


def _clause_key(clause: str) -> list[tuple[int, str]]:
    parts = re.split(r"[.\s]", clause)
    return [(int(part), "") if part.isdecimal() else (10**6, part) for part in parts]


def _where(look: Lookup, places: list[str]) -> str:
    numbers = [place for place in places if place]
    parts = [look.speech.say("clause.process")] if "" in places else []
    if numbers:
        parts.append(look.some_steps(numbers))
    return look.speech.sentence("; ".join(parts))


def terms_view(terms: Iterable[Term]) -> list[View]:
    """Terms with their meaning, in alphabetical order."""
    return [
        {"title": term.title, "definition": term.definition}
        for term in sorted(terms, key=lambda term: term.title.casefold())
    ]


def general_terms(look: Lookup) -> list[View]:
    """The organization's terms that the process uses and does not define itself.

    A frozen version has those that were approved with it (context.yaml), and no others.
    """
    own = {term.title.casefold() for term in look.process.terms.values()}
    text = "\n".join(_texts(look.process))
    return terms_view(
        term
        for term in _terms(look)
        if term.title.casefold() not in own
        and re.search(rf"(?<!\w){re.escape(term.title)}(?!\w)", text, re.IGNORECASE)
    )


def _terms(look: Lookup) -> Iterable[Term]:
    if look.context.definition.version is None:
        return look.context.project.organization.terms.values()
    return [
        Term(id=id_, title=str(term["title"]), definition=str(term["definition"]))
        for id_, term in _frozen(look, "terms").items()
        if {"title", "definition"} <= term.keys()
    ]


def _frozen(look: Lookup, kind: str) -> Mapping[str, Mapping[str, Any]]:
    """What context.yaml kept of a kind of things, by id; what has a wrong shape is passed over."""
    definition = look.context.definition
    folder = look.context.project.processes.get(definition.process.id)
    frozen = folder.version(definition.version or "") if folder is not None else None
    kept = (frozen.context or {}).get(kind) if frozen is not None else None
    if not isinstance(kept, Mapping):
        return {}
    return {id_: value for id_, value in kept.items() if isinstance(value, Mapping)}


def _texts(process: Process) -> Iterable[str]:
    yield from (process.title, process.subtitle or "", process.purpose, process.scope or "")
    for section in process.sections:
        yield from (section.title, section.text)
    for term in process.terms.values():
        yield term.definition
    for resource in process.resources.values():
        yield from (resource.title, resource.note or "")
    for step in process.all_steps():
        yield step.title
        yield from step.instructions

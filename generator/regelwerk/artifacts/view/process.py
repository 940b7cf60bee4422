"""The whole reader's view of one definition; see `process_view`."""

from __future__ import annotations

from typing import Any

from regelwerk.artifacts.view.chart import chart_of
from regelwerk.artifacts.view.figures import kpi_view
from regelwerk.artifacts.view.lookup import Lookup, lookup
from regelwerk.artifacts.view.markdown import text_view
from regelwerk.artifacts.view.people import rasci_view, roles_view
from regelwerk.artifacts.view.references import (
    applicable_view,
    clauses_view,
    documents_view,
    general_terms,
    terms_view,
    uses_view,
)
from regelwerk.artifacts.view.standing import (
    approval_view,
    copies_words,
    history_view,
    statement_with_place,
    validity_view,
)
from regelwerk.artifacts.view.steps import reading_order, step_tree
from regelwerk.model.context import BuildContext

View = dict[str, Any]

_DIGEST_SHOWN = 12


def process_view(context: BuildContext) -> View:
    """Everything a reader may see of a definition, in words: dicts, lists, strings and bools only.

    What is missing is an empty string, list or dict. Keys `id`, `anchor`, `target`, `template`
    and `process` hold ids for links and form fields and are not for readers. Markdown texts are
    `{"raw", "plain", "html", "blocks"}` (see `view.markdown`). `build_short` is known only once a
    file is finished, and filled in there.
    """
    look = lookup(context)
    tree = step_tree(look)
    chart = chart_of(context)
    view = {
        "language": look.speech.language,
        "words": {**look.speech.labels, "not_controlled": copies_words(look)},
        "organization": context.names.organization,
        **_identity(look),
        "status": statement_with_place(look),
        "validity": validity_view(look),
        "approval": approval_view(look),
        **_frame(look),
        "roles": roles_view(look),
        "rasci": rasci_view(look),
        "steps": tree,
        "all_steps": list(reading_order(tree)),
        "kpis": [kpi_view(look, kpi) for kpi in look.process.kpis],
        "risks": _risks(look),
        "documents": documents_view(look),
        "applicable_documents": applicable_view(look),
        "clauses": clauses_view(look),
        "history": history_view(look),
        "picture": {"title": chart.title, "description": chart.description},
    }
    return {**view, "has": _has(view)}


def _has(view: View) -> dict[str, bool]:
    """What there is to say at all, so that templates can leave out empty columns and sections."""

    def said(entries: str, *keys: str) -> bool:
        return any(entry[key] for entry in view[entries] for key in keys)

    return {
        "kpi_details": said("kpis", "target", "period", "measure"),
        "kpi_targets": said("kpis", "target", "period"),
        "document_details": said("documents", "form", "retention", "external"),
        "resource_notes": said("resources", "note"),
        "history_changes": any(entry["change"]["raw"] for entry in view["history"]),
        "risk_owners": said("risks", "owner"),
    }


def _identity(look: Lookup) -> View:
    process = look.process
    digest = (look.context.verdict.digest or "").removeprefix("sha256:")
    return {
        "id": process.id,
        "number": process.document or "",
        "title": process.title,
        "subtitle": process.subtitle or "",
        "version": process.version,
        "category": look.speech.say(f"category.{process.category}") if process.category else "",
        "owner": look.role(process.owner) if process.owner else "",
        "classification": process.classification or "",
        "digest": digest,
        "digest_short": digest[:_DIGEST_SHOWN],
        "build_short": "",
        "change": text_view(process.change),
    }


def _frame(look: Lookup) -> View:
    process = look.process
    return {
        "purpose": text_view(process.purpose),
        "scope": text_view(process.scope),
        "sections_before": _sections(look, "before-steps"),
        "sections_after": _sections(look, "after-steps"),
        "terms": terms_view(process.terms.values()),
        "general_terms": general_terms(look),
        "participants": [look.role_with_members(id_) for id_ in process.participants],
        "resources": [
            {
                "title": resource.title,
                "kind": look.speech.say(f"resource.{resource.kind}"),
                "note": resource.note or "",
            }
            for resource in process.resources.values()
        ],
        "inputs": uses_view(look, process.inputs),
        "outputs": uses_view(look, process.outputs),
        "start": process.start.event,
        "ends": [{"event": end.event, "success": end.success} for end in process.ends.values()],
    }


def _sections(look: Lookup, place: str) -> list[View]:
    return [
        {"title": section.title, "text": text_view(section.text)}
        for section in look.process.sections
        if section.place == place
    ]


def _risks(look: Lookup) -> list[View]:
    return [
        {
            "title": risk.title,
            "kind": look.speech.say(f"risk.{risk.kind}"),
            "action": risk.action or "",
            "owner": look.role(risk.owner) if risk.owner else "",
        }
        for risk in look.process.risks
    ]

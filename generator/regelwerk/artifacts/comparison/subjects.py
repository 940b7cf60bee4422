"""What a sentence is about: the step, key figure or document as a reader knows it."""

from __future__ import annotations

from collections.abc import Sequence

from regelwerk.artifacts.comparison.sides import Sides
from regelwerk.artifacts.view.lookup import Lookup
from regelwerk.artifacts.view.numbering import branch_letter
from regelwerk.artifacts.view.speech import words_of
from regelwerk.model.difference import Change, Part, Place
from regelwerk.model.process import Step


def subject(both: Sides, change: Change) -> str:
    """`Step 5, Assess the case`, in the numbers of the new version, or of the old where gone."""
    place = change.place
    if place.part == "process":
        return ""
    look = look_of(both, change)
    title = title_of(look, place.part, place.id)
    if place.part == "start":
        return both.say("subject.start")
    if place.part == "step":
        return both.say("subject.step", number=number_of(look, place.id), title=title)
    key = "opportunity" if _is_opportunity(look, place) else place.part
    return both.say(f"subject.{key}", title=title)


def look_of(both: Sides, change: Change) -> Lookup:
    """The version in which a change's item stands: the old one where the item is gone."""
    gone = change.kind == "removed" and not change.field and not change.place.detail
    return both.old if gone else both.new


def title_of(look: Lookup, part: Part, id_: str) -> str:
    """The title of an item of a part."""
    process = look.process
    match part:
        case "step":
            known = look.steps.get(id_)
            return known.title if known is not None else words_of(id_)
        case "end":
            return look.end(id_)
        case "resource":
            return look.resource(id_)
        case "document" | "input" | "output":
            return look.document(id_)
        case "term":
            term = process.terms.get(id_)
            return term.title if term is not None else words_of(id_)
        case "kpi":
            return next((kpi.title for kpi in process.kpis if kpi.id == id_), words_of(id_))
        case "applicable":
            return _applicable(look, id_)
        case _:
            return id_


def _applicable(look: Lookup, id_: str) -> str:
    for document in look.process.applicable_documents:
        if document.register == id_:
            entry = look.context.project.register.get(id_)
            return entry.title if entry is not None else words_of(id_)
        if id_ in (document.number, document.title):
            return document.title or id_
    return id_


def number_of(look: Lookup, step: str) -> str:
    """A step's number."""
    return look.numbers.get(step, "")


def detail(both: Sides, change: Change) -> str:
    """`field “Volume”`, `answer “Yes”`; empty where the change is of the whole item."""
    place = change.place
    if not place.detail:
        return ""
    title = detail_titles(both, [change])[0]
    return both.say(f"detail.{place.detail}", title=title)


def details(both: Sides, changes: Sequence[Change]) -> str:
    """Several details of one step together."""
    titles = [both.say("quoted", text=title) for title in detail_titles(both, changes)]
    return both.say(f"details.{changes[0].place.detail}", titles=both.new.speech.listing(titles))


def detail_titles(both: Sides, changes: Sequence[Change]) -> list[str]:
    """Titles of the details that changes are about."""
    return [_detail_title(both, change) for change in changes]


def _detail_title(both: Sides, change: Change) -> str:
    place = change.place
    look = both.old if change.kind == "removed" and not change.field else both.new
    step = look.steps.get(place.id)
    id_ = place.detail_id
    if step is None:
        return words_of(id_)
    if place.detail == "outcome":
        return look.outcome(step.calls.process, id_) if step.calls is not None else words_of(id_)
    if place.detail == "branch":
        return _letter(step, id_)
    if place.detail == "option":
        labels = {o.id: o.label for o in step.decision.options} if step.decision else {}
    else:
        held = step.fields if place.detail == "field" else step.checks
        labels = {one.id: one.label for one in held}
    return labels.get(id_) or words_of(id_)


def branch_words(look: Lookup, container: str, branch: str) -> str:
    """`branch a of step 5`, as it stands in a sentence."""
    step = look.steps.get(container)
    letter = _letter(step, branch) if step is not None else branch
    return look.speech.say("branch.within", letter=letter, number=number_of(look, container))


def _letter(step: Step, branch: str) -> str:
    ids = [one.id for one in step.parallel]
    return branch_letter(ids.index(branch)) if branch in ids else words_of(branch)


def _is_opportunity(look: Lookup, place: Place) -> bool:
    return place.part == "risk" and any(
        risk.title == place.id and risk.kind == "opportunity" for risk in look.process.risks
    )

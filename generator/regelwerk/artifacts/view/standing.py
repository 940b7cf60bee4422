"""Where a version stands: status in words, who approved it and how, validity and history."""

from __future__ import annotations

from typing import Any

from regelwerk.artifacts.view.lookup import Lookup
from regelwerk.artifacts.view.markdown import text_view
from regelwerk.model.ids import version_key
from regelwerk.model.version import Signature, Status, Verdict

View = dict[str, Any]

_SIGNED = (Status.APPROVED, Status.EFFECTIVE, Status.SUPERSEDED, Status.WITHDRAWN)


def status_view(look: Lookup) -> View:
    """`stamp` goes across the page (empty in force), `short` into the header, `text` to the front.

    A paper approval is never called simply approved. The working definition is always a draft.
    """
    verdict = look.context.verdict
    status = Status.DRAFT if look.context.working else verdict.status
    paper = verdict.on_paper and status in _SIGNED
    return {
        "key": status.value,
        "stamp": look.speech.say(f"stamp.{status.value}"),
        "short": _phrase(look, "status", status, paper=paper),
        "text": _statement(look, verdict, status, paper=paper),
        "draft": status in (Status.DRAFT, Status.IN_APPROVAL),
        "in_force": status == Status.EFFECTIVE,
        "on_paper": paper,
    }


def approval_view(look: Lookup) -> list[View]:
    """A row for each signature that counts; none before the version is approved."""
    verdict = look.context.verdict
    if look.context.working or verdict.status not in _SIGNED:
        return []
    return [
        {
            "stage": look.context.names.stages.get(stage.id, stage.title),
            "name": look.person(signature.by),
            "role": _role(look, signature, stage.role),
            "date": look.day(signature.moment),
            "how": look.speech.say(f"method.{signature.method}"),
            "comment": signature.comment or "",
        }
        for stage in verdict.stages
        for signature in stage.signatures
    ]


def copies_words(look: Lookup) -> str:
    """What holds for printed copies; names the signed original where a version has one."""
    files = _originals(look)
    if not files:
        return look.speech.labels["not_controlled"]
    return look.speech.say("copies.original", files=look.speech.listing(files))


def statement_with_place(look: Lookup) -> View:
    """The status as `status_view` says it, with the place of the signed original in `text`."""
    status = status_view(look)
    folder = look.context.definition.file.rpartition("/")[0]
    files = look.speech.listing(f"{folder}/{name}" for name in _originals(look))
    if not files:
        return status
    text = look.speech.say("statement.original", text=status["text"], files=files)
    return {**status, "text": text}


def _originals(look: Lookup) -> list[str]:
    """The files that paper signatures of an approved version name, from the version's folder."""
    verdict = look.context.verdict
    stages = () if look.context.working or verdict.status not in _SIGNED else verdict.stages
    names = (
        one.original_file for stage in stages for one in stage.signatures if one.method == "paper"
    )
    return list(dict.fromkeys(name for name in names if name))


def validity_view(look: Lookup) -> View:
    """From when until when, and when to look at it again; for a draft nothing but the interval."""
    verdict = look.context.verdict
    released = not look.context.working and verdict.status in _SIGNED
    over = verdict.status in (Status.SUPERSEDED, Status.WITHDRAWN)
    return {
        "effective_from": look.date(verdict.effective_from) if released else "",
        "effective_until": look.date(verdict.effective_until) if released and over else "",
        "review_due": look.date(verdict.review_due) if released and not over else "",
        "review_every": look.speech.span(look.process.review_every),
    }


def history_view(look: Lookup) -> list[View]:
    """This version and all before it, latest first; those older than kept here by the definition.

    A frozen version does not know what came after it.
    """
    own = look.process.version
    rows = []
    if look.context.working:
        short = look.speech.say("status.draft")
        rows.append(_row(own, "", short, look.process.change, current=True))
    kept = {own} if look.context.working else set()
    for entry in look.context.versions:
        if entry.version in kept or not _not_after(entry.version, own):
            continue
        kept.add(entry.version)
        verdict = entry.verdict
        signed = verdict.status in _SIGNED
        rows.append(
            _row(
                entry.version,
                look.date(verdict.effective_from) if signed else "",
                _phrase(look, "status", verdict.status, paper=verdict.on_paper and signed),
                entry.change,
                current=entry.version == own,
            )
        )
    older = sorted(look.process.history, key=lambda e: version_key(e.version) or (0, 0))
    rows += [
        _row(entry.version, look.date(entry.on), "", entry.change)
        for entry in reversed(older)
        if entry.version not in kept
    ]
    return rows


def _row(version: str, day: str, status: str, change: str | None, *, current: bool = False) -> View:
    return {
        "version": version,
        "date": day,
        "status": status,
        "change": text_view(change),
        "current": current,
    }


def _not_after(version: str, own: str) -> bool:
    return (version_key(version) or (0, 0)) <= (version_key(own) or (0, 0))


def _phrase(look: Lookup, kind: str, status: Status, *, paper: bool) -> str:
    key = f"{kind}.{status.value}"
    if paper and look.speech.has(f"{key}.paper"):
        key += ".paper"
    return look.speech.say(key)


def _statement(look: Lookup, verdict: Verdict, status: Status, *, paper: bool) -> str:
    if status == Status.SUPERSEDED and verdict.superseded_by:
        words = look.speech.say("statement.superseded.by", version=verdict.superseded_by)
    else:
        words = _phrase(look, "statement", status, paper=paper)
    if paper and status in (Status.SUPERSEDED, Status.WITHDRAWN):
        words += " " + look.speech.say("statement.formerly.paper")
    return words


def _role(look: Lookup, signature: Signature, stage_role: str | None) -> str:
    """The role that was signed in; for somebody from outside without one, that they are."""
    role = signature.role or stage_role
    if role is not None:
        title = look.role(role)
        return look.speech.say("deputy", role=title) if signature.deputy else title
    person = look.context.project.people.get(signature.by)
    return look.speech.say("external") if person is not None and person.external else ""

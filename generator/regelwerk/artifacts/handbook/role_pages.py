"""A page for each role: what it has to do, across all processes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from markupsafe import Markup

from regelwerk.artifacts.handbook.escape import literal
from regelwerk.artifacts.handbook.links import link, page_name
from regelwerk.artifacts.handbook.shelf import Edition, Shelf
from regelwerk.model.process import Process, Step

View = dict[str, Any]

_PARTS = ("responsible", "accountable", "supporting", "consulted", "informed")


def role_page_paths(shelf: Shelf) -> dict[str, str]:
    """The page of every role that any process names, by role id, in the organization's order."""
    project = shelf.project
    if project is None:
        return {}
    organization = project.organization
    named = {role for edition in shelf for role in _named(edition.process)}
    with_members = {member for role in named for member in organization.members(role)}
    return {role: f"roles/{page_name(role)}" for role in organization.roles if role in with_members}


def role_page(role: str, shelf: Shelf, pages: Mapping[str, str], words: dict[str, str]) -> View:
    """`duties` in force, those as a member of other roles, and `drafts`, each a list of processes.

    A process has its `link`, whether the role owns it, and `rows` of step, part and term.
    """
    here = pages[role]
    project = shelf.project
    roles = project.organization.roles if project is not None else {}
    groups = [
        id_
        for id_ in roles
        if project is not None and id_ != role and role in project.organization.members(id_)
    ]
    return {
        "words": words,
        "title": roles[role].title if role in roles else role,
        "members": [
            _linked(member, pages, here, roles[member].title)
            for member in (roles[role].includes if role in roles else ())
            if member in roles
        ],
        "duties": _duties(role, shelf.released.values(), here),
        "groups": [
            {
                "link": _linked(id_, pages, here, roles[id_].title),
                "duties": _duties(id_, shelf.released.values(), here),
            }
            for id_ in groups
            if _duties(id_, shelf.released.values(), here)
        ],
        "drafts": [
            duty for id_ in (role, *groups) for duty in _duties(id_, shelf.drafts.values(), here)
        ],
    }


def roles_page(shelf: Shelf, pages: Mapping[str, str], words: dict[str, str], here: str) -> View:
    """A row for each role: its page, and the processes in force in which it has a part."""
    project = shelf.project
    rows = []
    for role in pages:
        title = project.organization.roles[role].title if project is not None else role
        processes = [
            edition.link(here)
            for edition in shelf
            if not edition.draft and role in _with_members(edition)
        ]
        rows.append({"role": _linked(role, pages, here, title), "processes": processes})
    return {"words": words, "title": words["roles_page"], "rows": rows}


def _with_members(edition: Edition) -> set[str]:
    organization = edition.context.project.organization
    return {m for role in _named(edition.process) for m in organization.members(role)}


def _named(process: Process) -> Iterator[str]:
    yield from process.participants
    if process.owner is not None:
        yield process.owner
    for step in process.work_steps():
        for part in _PARTS:
            yield from _roles_of(step, part)


def _roles_of(step: Step, part: str) -> tuple[str, ...]:
    value = getattr(step, part)
    return (value,) if isinstance(value, str) else tuple(value or ())


def _duties(role: str, editions: Iterable[Edition], here: str) -> list[View]:
    """What the role has to do in each of the processes; processes without a part are left out."""
    ordered = sorted(editions, key=lambda e: (e.process.title.casefold(), e.id))
    return [
        {"link": edition.link(here), "owns": owns, "rows": rows, "takes_part": not (owns or rows)}
        for edition in ordered
        if role in set(_named(edition.process))
        for owns in (edition.process.owner == role,)
        for rows in ([*_rows(role, edition, here)],)
    ]


def _rows(role: str, edition: Edition, here: str) -> Iterator[View]:
    words = edition.words
    steps = {step.id: step for step in edition.process.all_steps()}
    for step in edition.view["all_steps"]:
        known = steps.get(step["id"])
        if known is None or known.is_container:
            continue
        parts = [part for part in _PARTS if role in _roles_of(known, part)]
        if parts:
            label = Markup("{} {}").format(step["number"], literal(step["title"]))
            yield {
                "step": edition.link_as(label, here, step["anchor"]),
                "part": ", ".join(words[part] for part in parts),
                "due": step["due"] if "responsible" in parts else "",
            }


def _linked(role: str, pages: Mapping[str, str], here: str, title: str) -> Markup:
    page = pages.get(role)
    return link(title, page, here) if page is not None else literal(title)

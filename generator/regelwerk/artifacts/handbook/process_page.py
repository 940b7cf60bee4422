"""What the page of one version is made from: the reader's view, with links and the picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from regelwerk.artifacts.handbook.changes import changes_of
from regelwerk.artifacts.handbook.courses import courses_of
from regelwerk.artifacts.handbook.documents import documents_told, named
from regelwerk.artifacts.handbook.downloads import WEBFORM, Download, copy_name, mail_name
from regelwerk.artifacts.handbook.escape import literal
from regelwerk.artifacts.handbook.links import link, outside
from regelwerk.artifacts.handbook.picture import Draw, pictures
from regelwerk.artifacts.handbook.related import related_rows
from regelwerk.artifacts.handbook.shelf import Edition, Shelf
from regelwerk.artifacts.handbook.tables import grid

View = dict[str, Any]


def process_page(
    edition: Edition,
    shelf: Shelf,
    role_pages: Mapping[str, str],
    downloads: Sequence[Download],
    draw: Draw,
) -> View:
    """The view of the edition with `picture`, `roles`, `steps`, `downloads`, `form` and more.

    `other` is a link to the draft where this is in force, else to the version in force; `form`
    links to the checklist in the browser where it was built; `courses` are pictures of its key
    figures; `changes` is what it changed. An `old` version is told without pictures.
    """
    here, view = edition.page, edition.view
    steps = [_step(edition, shelf, role_pages, downloads, step) for step in view["all_steps"]]
    others = shelf.released if edition.draft or edition.old else shelf.drafts
    other = others.get(edition.id)
    return {
        **view,
        "words": edition.words,
        "title": _title(edition),
        "name": edition.process.title,
        "draft": edition.draft,
        "old": edition.old,
        "owner": _role(view["owner"], edition.process.owner, role_pages, here),
        "picture": {**view["picture"], **_pictures(edition, draw)},
        "roles": _roles(edition, role_pages),
        "steps": steps,
        "rasci": {**view["rasci"], "table": _rasci(view, steps)},
        "applicable_documents": [
            {
                **document,
                "title": named(
                    outside(document["title"], document["url"]),
                    document["number"],
                    document["edition"],
                    edition.words,
                ),
            }
            for document in view["applicable_documents"]
        ],
        "risks": [{**risk, "title": [risk["title"], risk["kind"]]} for risk in view["risks"]],
        "courses": [] if edition.old else courses_of(edition.context),
        "inputs": _uses(view["inputs"], edition.words["from_whom"]),
        "outputs": _uses(view["outputs"], edition.words["to_whom"]),
        "documents": documents_told(view),
        "documents_title": _documents_title(edition),
        "history": [_history(row, edition, shelf) for row in view["history"]],
        "changes": changes_of(edition),
        "downloads": [
            {
                "link": link(download.label, download.path, here),
                "sha256": Markup("<code>{}</code>").format(download.sha256),
            }
            for download in downloads
        ],
        "form": _form(edition, downloads),
        "related": [] if edition.old else related_rows(edition, shelf),
        "other": other.link(here) if other is not None else "",
    }


def _pictures(edition: Edition, draw: Draw) -> View:
    return {"wide": "", "narrow": ""} if edition.old else {**pictures(edition.context, draw)}


def _documents_title(edition: Edition) -> str:
    """Nothing is promised of how long they are kept where the definition does not say it."""
    kept = any(document["retention"] for document in edition.view["documents"])
    return edition.words["documents" if kept else "documents_only"]


def _history(row: Mapping[str, Any], edition: Edition, shelf: Shelf) -> View:
    """A version with a link to its page, unless this is it."""
    other = None if row["current"] else shelf.version(edition.id, row["version"])
    version = other.link_as(row["version"], edition.page) if other is not None else row["version"]
    return {**row, "version": version, "change": row["change"]["plain"]}


def _form(edition: Edition, downloads: Sequence[Download]) -> Markup:
    path = next((download.path for download in downloads if download.name == WEBFORM), None)
    return link(edition.words["fill_in"], path, edition.page) if path is not None else Markup("")


def _title(edition: Edition) -> str:
    """The title of the page; a draft's and an old version's say first of all what they are."""
    process = edition.process
    if not (edition.draft or edition.old):
        return process.title
    mark = edition.words["draft"] if edition.draft else edition.view["status"]["stamp"]
    return f"{mark}: {process.title} {process.version}"


def _step(
    edition: Edition,
    shelf: Shelf,
    role_pages: Mapping[str, str],
    downloads: Sequence[Download],
    step: Mapping[str, Any],
) -> View:
    here = edition.page
    known = edition.process.step(step["id"])
    role = known.responsible if known is not None else None
    email = step["email"]
    return {
        **step,
        "link": link(Markup("{} {}").format(step["number"], literal(step["title"])), _at(step), ""),
        "responsible": _role(step["responsible"], role, role_pages, here),
        "email": _mail(email, downloads, here) if email else "",
        "calls": _calls(step["calls"], shelf, here),
        "decision": _decision(step["decision"]),
    }


def _at(step: Mapping[str, Any]) -> str:
    return f"#{step['anchor']}"


def _mail(email: Mapping[str, str], downloads: Sequence[Download], here: str) -> Markup:
    """The page to copy the e-mail from, which offers the draft too; else the draft."""
    paths = {download.name: download.path for download in downloads}
    template = email["template"]
    path = paths.get(copy_name(template)) or paths.get(mail_name(template))
    return link(email["title"], path, here) if path is not None else literal(email["title"])


def _calls(calls: Mapping[str, Any], shelf: Shelf, here: str) -> View:
    if not calls:
        return {}
    called = shelf.best(calls["process"])
    return {
        **calls,
        "link": called.link(here) if called is not None else literal(calls["title"]),
        "outcomes": [_way(outcome) for outcome in calls["outcomes"]],
    }


def _decision(decision: Mapping[str, Any]) -> View:
    if not decision:
        return {}
    return {**decision, "options": [_way(option) for option in decision["options"]]}


def _way(way: Mapping[str, Any]) -> View:
    words = literal(way["sentence"])
    return {**way, "link": link(words, _at(way), "") if way["anchor"] else words}


def _role(title: str, role: str | None, pages: Mapping[str, str], here: str) -> Markup:
    page = pages.get(role or "")
    return link(title, page, here) if page is not None and title else literal(title)


def _roles(edition: Edition, pages: Mapping[str, str]) -> list[View]:
    by_title = {title: role for role, title in edition.context.names.roles.items()}
    return [
        {**role, "link": _role(role["text"], by_title.get(role["title"]), pages, edition.page)}
        for role in edition.view["roles"]
    ]


def _rasci(view: Mapping[str, Any], steps: Sequence[View]) -> Markup:
    links = {step["number"]: step["link"] for step in steps}
    rasci = view["rasci"]
    return grid(
        [view["words"]["step"], *rasci["roles"]],
        [
            [links[row["number"]], *(entry["text"] for entry in row["cells"])]
            for row in rasci["rows"]
        ],
    )


def _uses(uses: Sequence[Mapping[str, str]], way: str) -> list[str]:
    return [
        f"{use['title']} ({way}: {use['party']})" if use["party"] else use["title"] for use in uses
    ]

"""A definition as chapters of labelled texts, so that it can be read as a whole and compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeVar

import msgspec

from regelwerk.artifacts.view.steps import reading_order

View = Mapping[str, Any]


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One text of a chapter; `key` finds its like in another version.

    `html` is the same with its lists, tables and links, where the text is Markdown.
    """

    key: str
    label: str
    text: str
    html: str = ""


class Chapter(msgspec.Struct, frozen=True, kw_only=True):
    """A heading and the texts under it; `number` is a step's."""

    key: str
    title: str
    entries: tuple[Entry, ...]
    number: str = ""


def chapters(view: View, words: View) -> tuple[Chapter, ...]:
    """Everything that `process_view` says of a definition, in reading order.

    `words` are the view's labels and the page's own.
    """
    found = (
        _front(view, words),
        _chapter("purpose", words["purpose"], [_markdown("purpose", "", view["purpose"])]),
        _chapter("scope", words["scope"], [_markdown("scope", "", view["scope"])]),
        *_sections(view["sections_before"]),
        *_needs(view, words),
        *(_step(step, words) for step in reading_order(view["steps"])),
        _ends(view, words),
        *_sections(view["sections_after"]),
        *_about(view, words),
    )
    return _told_apart(chapter for chapter in found if chapter.entries or chapter.number)


def _chapter(key: str, title: str, entries: Iterable[Entry], number: str = "") -> Chapter:
    told = _told_apart(entry for entry in entries if entry.text)
    return Chapter(key=key, title=title, entries=told, number=number)


_Keyed = TypeVar("_Keyed", Chapter, Entry)


def _told_apart(things: Iterable[_Keyed]) -> tuple[_Keyed, ...]:
    """The things, where two have one key the later with a number behind it."""
    seen: Counter[str] = Counter()
    found = []
    for thing in things:
        seen[thing.key] += 1
        key = f"{thing.key}#{seen[thing.key]}" if seen[thing.key] > 1 else thing.key
        found.append(msgspec.structs.replace(thing, key=key))
    return tuple(found)


def _plain(key: str, label: str, text: str) -> Entry:
    return Entry(key=key, label=label, text=text)


def _markdown(key: str, label: str, text: View) -> Entry:
    return Entry(key=key, label=label, text=text["plain"], html=text["html"])


def _rows(rows: Iterable[tuple[str, Iterable[str]]]) -> list[Entry]:
    """Things in a table: what names each finds it again, the rest stands behind it."""
    return [
        _plain(name, "", " · ".join(part for part in (name, *more) if part)) for name, more in rows
    ]


def _front(view: View, words: View) -> Chapter:
    entries = [
        _plain("title", words["title"], view["title"]),
        _plain("subtitle", "", view["subtitle"]),
        _plain("number", words["document_number"], view["number"]),
        _plain("category", words["kind"], view["category"]),
        _plain("owner", words["owner"], view["owner"]),
        _plain("classification", words["classification"], view["classification"]),
        _plain("review", words["review_every"], view["validity"]["review_every"]),
        _markdown("change", words["change"], view["change"]),
    ]
    return _chapter("front", words["process"], entries)


def _sections(sections: Iterable[View]) -> Iterator[Chapter]:
    for section in sections:
        text = _markdown("text", "", section["text"])
        yield _chapter(f"section {section['title']}", section["title"], [text])


def _needs(view: View, words: View) -> Iterator[Chapter]:
    roles = [(role["text"], [role["part"]]) for role in view["roles"]]
    yield _chapter("roles", words["roles"], _rows(roles))
    resources = [(one["title"], [one["kind"], one["note"]]) for one in view["resources"]]
    yield _chapter("resources", words["resources"], _rows(resources))
    for key in ("inputs", "outputs"):
        uses = [(one["title"], [one["party"]]) for one in view[key]]
        yield _chapter(key, words[key], _rows(uses))
    yield _chapter("start", words["event"], [_plain("start", "", view["start"])])


def _step(step: View, words: View) -> Chapter:
    def listed(key: str) -> Entry:
        return _plain(key, words[key], ", ".join(step[key]))

    decision, calls = step["decision"], step["calls"]
    fields = [(one["text"], [one["help"]]) for one in step["fields"]]
    entries = [
        _plain("branch", "", step["branch"]),
        _plain("responsible", words["responsible"], step["responsible"]),
        _plain("accountable", words["accountable"], step["accountable"]),
        *(listed(key) for key in ("supporting", "consulted", "informed")),
        *(
            _markdown(f"instructions {index}", "", text)
            for index, text in enumerate(step["instructions"])
        ),
        *(_plain(f"note {note}", "", note) for note in step["notes"]),
        _plain("question", words["decision"], decision["question"] if decision else ""),
        *_ways(decision["options"] if decision else ()),
        _plain("calls", "", calls["text"] if calls else ""),
        *_ways(calls["outcomes"] if calls else ()),
        *(listed(key) for key in ("inputs", "resources", "outputs")),
        _plain("fields", words["records"], "\n".join(_joined(*row) for row in fields)),
        _plain("checks", words["checks"], "\n".join(one["label"] for one in step["checks"])),
        _plain("due", words["due"], step["due"]),
        _plain("four_eyes", words["four_eyes"], step["four_eyes"]),
        _plain("email", words["email"], step["email"].get("title", "")),
        _plain("clauses", words["clauses"], "; ".join(step["clauses"])),
        _plain("onward", words["then"], step["onward"]),
    ]
    return _chapter(f"step {step['id']}", step["title"], entries, step["number"])


def _joined(name: str, more: Iterable[str]) -> str:
    return " · ".join(part for part in (name, *more) if part)


def _ways(options: Iterable[View]) -> Iterator[Entry]:
    for option in options:
        yield _plain(f"way {option['label']}", "", option["text"])


def _ends(view: View, words: View) -> Chapter:
    ends = [(end["event"], [words["success"] if end["success"] else ""]) for end in view["ends"]]
    return _chapter("ends", words["ends"], _rows(ends))


def _about(view: View, words: View) -> Iterator[Chapter]:
    kpis = [(one["title"], [one["goal"], one["measure"]]) for one in view["kpis"]]
    yield _chapter("kpis", words["kpis"], _rows(kpis))
    risks = [(one["title"], [one["kind"], one["action"], one["owner"]]) for one in view["risks"]]
    yield _chapter("risks", words["risks"], _rows(risks))
    documents = [
        (one["title"], [one["form"], one["retention"], one["origin"]]) for one in view["documents"]
    ]
    yield _chapter("documents", words["documents"], _rows(documents))
    applicable = [
        (one["title"], [one["number"], one["edition"], one["kind"], one["url"], one["owner"]])
        for one in view["applicable_documents"]
    ]
    yield _chapter("applicable", words["applicable_documents"], _rows(applicable))
    clauses = [
        (f"{standard['standard']} {row['clause']}".strip(), [row["where"]])
        for standard in view["clauses"]
        for row in standard["rows"]
    ]
    yield _chapter("clauses", words["clauses"], _rows(clauses))
    for key in ("terms", "general_terms"):
        terms = [(one["title"], [one["definition"]]) for one in view[key]]
        yield _chapter(key, words[key], _rows(terms))
    history = [
        (one["version"], [one["date"], one["change"]["plain"]])
        for one in view["history"]
        if not one["current"]
    ]
    yield _chapter("history", words["history"], _rows(history))

"""The clauses of standards: what answers each of them, what a machine can see, what is open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from markupsafe import Markup

from regelwerk.artifacts.handbook.escape import literal
from regelwerk.artifacts.handbook.shelf import Edition, Shelf
from regelwerk.artifacts.handbook.surroundings import Surroundings
from regelwerk.artifacts.view.speech import speech
from regelwerk.model.coverage import (
    Answer,
    ClauseCoverage,
    Observation,
    Result,
    StandardCoverage,
    Standing,
)
from regelwerk.model.translations import in_language

View = dict[str, Any]

# Of more processes than this in which something was found, only the number is told.
_MOST_FOUND = 10


def coverage_page(
    shelf: Shelf, surroundings: Surroundings, words: dict[str, str], here: str
) -> View:
    """`standards`, each with its `counts` and its `chapters`, whose `rows` are clauses."""
    page = _Page(shelf, words, here, surroundings.min_cases)
    return {
        "words": words,
        "title": words["clause_coverage"],
        "meanings": [
            {"standing": words[f"standing_{one}"], "meaning": words[f"meaning_{one}"]}
            for one in Standing
        ],
        "standards": [page.standard(standard) for standard in surroundings.coverage],
    }


class _Page:
    """What every cell of the page is written with."""

    def __init__(self, shelf: Shelf, words: dict[str, str], here: str, min_cases: int) -> None:
        self.shelf, self.words, self.here, self.min_cases = shelf, words, here, min_cases

    def standard(self, standard: StandardCoverage) -> View:
        counts = [(one, standard.count(one)) for one in Standing]
        told = ", ".join(
            f"{count} {self.words[f'standing_{one}']}" for one, count in counts if count
        )
        return {
            "title": " + ".join((standard.standard, *standard.amendments)),
            "counts": self.words["leaf_counts"].format(counts=told) if told else "",
            "note": "" if standard.catalogued else self.words["no_catalogue"],
            "chapters": [self._chapter(list(rows)) for _, rows in _by_chapter(standard.clauses)],
        }

    def _chapter(self, clauses: Sequence[ClauseCoverage]) -> View:
        head = clauses[0]
        whole = not head.leaf and "." not in head.clause and not head.is_item
        title = f"{head.clause} {self._label(head)}" if whole else head.clause.split(".")[0]
        rows = clauses[1:] if whole and not _says_something(head) else clauses
        return {"title": title, "rows": [self._row(clause) for clause in rows]}

    def _row(self, clause: ClauseCoverage) -> View:
        label = self._label(clause)
        if not clause.known:
            label = label or ("" if clause.is_item else self.words["no_such_clause"])
        name = Markup('<strong class="hb-nowrap">{}</strong> {}').format(
            literal(clause.clause), literal(label)
        )
        added = self._in_language("clause", clause.amended_key, clause.amended)
        amended = [Markup("<em>{}</em>").format(literal(added))] if added else []
        return {"clause": [name, *amended], "answer": list(self._lines(clause))}

    def _lines(self, clause: ClauseCoverage) -> Iterator[object]:
        if not clause.only_observed:
            yield self._standing(clause)
        if clause.reason:
            yield clause.reason
        if clause.contradicts:
            yield self.words["contradicts"]
        yield from (self._answer(answer) for answer in clause.answers)
        yield from self._observed(clause.observations)

    def _standing(self, clause: ClauseCoverage) -> Markup:
        judged = f", {self.words['to_be_judged']}" if clause.to_be_judged else ""
        return Markup('<span class="hb-{}">{}</span>{}').format(
            Markup(clause.standing.value),  # noqa: S704 one of our own words
            literal(self.words[f"standing_{clause.standing}"]),
            literal(judged),
        )

    def _answer(self, answer: Answer) -> Markup:
        editions = self.shelf.drafts if answer.draft else self.shelf.released
        edition = editions.get(answer.process)
        parts: list[Markup] = [literal(self.words["whole_process"])] if answer.whole else []
        parts += self._steps(answer, edition)
        if answer.documents:
            documents = ", ".join(answer.documents)
            parts.append(literal(f"{self.words['documents_left']}: {documents}"))
        parts.append(literal(self._records(answer.records)))
        who = edition.link(self.here) if edition is not None else literal(answer.title)
        return Markup("{}: {}").format(who, Markup("; ").join(parts))

    def _steps(self, answer: Answer, edition: Edition | None) -> list[Markup]:
        if edition is None:
            return [literal(title) for title in answer.step_titles]
        by_id = {step["id"]: step for step in edition.view["all_steps"]}
        known = [by_id[step] for step in answer.steps if step in by_id]
        return [
            edition.link_as(f"{step['number']} {step['title']}", self.here, step["anchor"])
            for step in known
        ]

    def _records(self, count: int) -> str:
        if count < self.min_cases:
            return self.words["few_records"].format(count=self.min_cases)
        return self.words["count_records"].format(count=count)

    def _observed(self, observations: Sequence[Observation]) -> Iterator[object]:
        for result in Result:
            seen = [one for one in observations if one.result is result]
            if not seen:
                continue
            word = self.words[f"result_{result.value.replace('-', '_')}"]
            if result is Result.FOUND and len(seen) > _MOST_FOUND:
                yield f"{word}: {len(seen)}"
                continue
            yield from (self._seen(word, one) for one in seen)

    def _seen(self, word: str, one: Observation) -> Markup:
        editions = self.shelf.drafts if one.draft else self.shelf.released
        edition = editions.get(one.process)
        who = edition.link(self.here) if edition is not None else literal(one.title)
        return Markup('<span class="hb-{}">{}</span> {}: {}').format(
            Markup(one.result.value),  # noqa: S704 one of our own words
            literal(word),
            who,
            literal(self._in_language("coverage", one.key, one.words).format(**self._values(one))),
        )

    def _values(self, one: Observation) -> dict[str, str]:
        """What was seen, with days as the language writes them."""
        say = speech(self.shelf.language)
        return {
            name: say.day(value) if isinstance(value, date) else str(value)
            for name, value in one.values.items()
        }

    def _label(self, clause: ClauseCoverage) -> str:
        label = self._in_language("clause", clause.label_key, clause.label)
        return label or self._in_language("coverage", clause.checked_key, clause.checked)

    def _in_language(self, area: str, key: str, english: str) -> str:
        """Words that another room made, as the organization's catalogue says them."""
        project = self.shelf.project
        known = project.translations if project is not None else {}
        return in_language(area, {key: english}, known, self.shelf.language)[key]


def _by_chapter(
    clauses: Iterable[ClauseCoverage],
) -> Iterator[tuple[str, Iterator[ClauseCoverage]]]:
    return groupby(clauses, key=lambda clause: clause.clause.split(".")[0].split(" ")[0])


def _says_something(clause: ClauseCoverage) -> bool:
    return bool(clause.answers or clause.reason or clause.amended or clause.observations)

from __future__ import annotations

from datetime import date
from html import unescape
from pathlib import Path

import msgspec
import pytest

from artifacts.handbook.handbook_worlds import SACRED, pages_of, project_contexts
from regelwerk.artifacts.handbook.surroundings import Surroundings
from regelwerk.model.coverage import (
    Answer,
    ClauseCoverage,
    Observation,
    Result,
    StandardCoverage,
    Standing,
)
from regelwerk.project.translations import read_translations

STEP = Answer(
    process="sales",
    title="Sales process",
    version="1.3",
    draft=False,
    named="8.2.1",
    whole=False,
    steps=("decide",),
    step_titles=("Decide",),
    documents=("Offer",),
    records=12,
)
SEEN = Observation(
    process="sales",
    title="Sales process",
    version="1.3",
    draft=False,
    result=Result.FOUND,
    words="inputs named: {inputs}",
    values={"inputs": 4},
)


def clause(id_: str, standing: Standing = Standing.OPEN, **more: object) -> ClauseCoverage:
    plain = ClauseCoverage(clause=id_, label=f"Label {id_}", standing=standing, leaf=True)
    return msgspec.structs.replace(plain, **more)


def page(repository: Path, *clauses: ClauseCoverage, min_cases: int = 3) -> str:
    standard = StandardCoverage(
        standard="ISO 9001:2015", catalogued=True, amendments=("Amd 1:2024",), clauses=clauses
    )
    around = Surroundings(coverage=(standard,), min_cases=min_cases)
    made = pages_of(project_contexts(repository), repository, {}, around)
    return unescape(made["clauses.md"].decode())


def row(repository: Path, one: ClauseCoverage, min_cases: int = 3) -> str:
    text = page(repository, one, min_cases=min_cases)
    (found,) = [line for line in text.splitlines() if f">{one.clause}</strong>" in line]
    return found


def test_a_clause_links_what_answers_it(repository: Path) -> None:
    answered = row(repository, clause("8.2.1", Standing.ANSWERED, answers=(STEP,)))
    assert '<span class="hb-answered">answered</span>, to be judged' in answered
    assert (
        "[Sales process](processes/sales.md): [6 Make decision about the sales opportunity]("
        in (answered)
    )
    assert "processes/sales.md#step-decide); documents: Offer; records: 12 |" in answered


def test_the_answer_of_a_draft_says_that_it_is_one(repository: Path) -> None:
    draft = msgspec.structs.replace(STEP, draft=True, version="1.4")
    planned = row(repository, clause("8.2.1", Standing.PLANNED, answers=(draft,)))
    assert "[Sales process (DRAFT 1.4)](drafts/sales.md)" in planned


@pytest.mark.parametrize("records", [0, 1, 2])
def test_few_records_are_not_told_apart_from_none(repository: Path, records: int) -> None:
    few = msgspec.structs.replace(STEP, records=records)
    told = row(repository, clause("8.2.1", Standing.ANSWERED, answers=(few,)))
    assert "records: fewer than 3 |" in told


def test_an_exclusion_shows_its_reason_and_a_contradiction_is_told(repository: Path) -> None:
    excluded = clause("8.3.1", Standing.EXCLUDED, reason="We design nothing.", answers=(STEP,))
    told = row(repository, excluded)
    assert "excluded</span><br>We design nothing.<br>Yet a version in force answers it" in told


def test_what_was_seen_is_shown_as_seen_and_the_rest_is_to_be_judged(repository: Path) -> None:
    results = [
        msgspec.structs.replace(SEEN, result=result, words=words, values={})
        for result, words in (
            (Result.FOUND, "one"),
            (Result.MISSING, "two"),
            (Result.TO_BE_JUDGED, "three"),
        )
    ]
    item = clause(
        "4.4.1 a", label="", leaf=False, checked="Something is named", observations=tuple(results)
    )
    told = row(repository, item)
    for word, seen in (("Found", "one"), ("Not found", "two"), ("To be judged", "three")):
        assert f">{word}</span> [Sales process](processes/sales.md): {seen}" in told
    assert "Something is named" in told
    assert "hb-open" not in told, "an item by itself is neither open nor answered"


def test_many_that_have_something_are_counted_and_those_that_lack_it_are_named(
    repository: Path,
) -> None:
    lacking = msgspec.structs.replace(SEEN, result=Result.MISSING, words="none", values={})
    item = clause("4.4.1 a", leaf=False, checked="Inputs", observations=(*[SEEN] * 11, lacking))
    told = row(repository, item)
    assert "Found: 11<br>" in told
    assert ">Not found</span> [Sales process](processes/sales.md): none" in told


def test_chapters_are_headings_and_the_count_leaves_out_what_has_parts(repository: Path) -> None:
    text = page(
        repository,
        clause("8", Standing.PARTLY, leaf=False),
        clause("8.1", Standing.ANSWERED),
        clause("8.2"),
        clause("10", leaf=False),
        clause("10.1"),
    )
    assert "## ISO 9001:2015 + Amd 1:2024" in text
    assert "Clauses without subclauses: 1 answered, 2 open." in text
    assert [line for line in text.splitlines() if line.startswith("### ")] == [
        "### 8 Label 8",
        "### 10 Label 10",
    ]


def test_the_words_for_standings_are_explained(repository: Path) -> None:
    text = page(repository)
    for standing in ("answered", "partly answered", "planned", "excluded", "open"):
        assert f"| {standing} | " in text


def test_no_standard_is_said_plainly(repository: Path) -> None:
    pages = pages_of(project_contexts(repository), repository, {})
    assert "The organization names no standard" in pages["clauses.md"].decode()


def test_text_arrives_unharmed(repository: Path) -> None:
    nasty = clause(
        "8.3.1",
        Standing.EXCLUDED,
        label=SACRED,
        reason=SACRED,
        amended=SACRED,
        answers=(msgspec.structs.replace(STEP, process="gone", title=SACRED, documents=(SACRED,)),),
        observations=(msgspec.structs.replace(SEEN, words="{x}", values={"x": SACRED}),),
    )
    assert page(repository, nasty).count(SACRED) == 6


def test_labels_and_what_was_seen_are_said_in_the_organizations_language(repository: Path) -> None:
    seen = msgspec.structs.replace(
        SEEN,
        key="availability.found",
        words="version {version} is in force since {day}",
        values={"version": "1.3", "day": date(2026, 5, 12)},
    )
    known = clause("8.1", label_key="ISO 9001:2015 8.1", observations=(seen,))
    own = clause("8.2", label="Unser Abschnitt")
    german = {
        folder: msgspec.structs.replace(
            context,
            project=msgspec.structs.replace(
                context.project,
                organization=msgspec.structs.replace(
                    context.project.organization, languages=("de",)
                ),
                translations=read_translations(repository, ["de"])[0],
            ),
        )
        for folder, context in project_contexts(repository).items()
    }
    standard = StandardCoverage(
        standard="ISO 9001:2015", catalogued=True, amendments=(), clauses=(known, own)
    )
    around = Surroundings(coverage=(standard,))
    text = unescape(pages_of(german, repository, {}, around)["clauses.md"].decode())
    assert "Die Arbeit planen und steuern" in text
    assert "Version 1.3 ist in Kraft seit 12. Mai 2026" in text
    assert "Unser Abschnitt" in text
    assert "Label 8.1" not in text

"""What the project's own templates are tried with, so that everything there is gets told."""

from __future__ import annotations

import msgspec

from regelwerk.artifacts.handbook.shelf import Shelf, shelve
from regelwerk.artifacts.handbook.surroundings import Surroundings
from regelwerk.artifacts.view.sample import sample_context
from regelwerk.model.coverage import (
    Answer,
    ClauseCoverage,
    Observation,
    Result,
    StandardCoverage,
    Standing,
)
from regelwerk.model.site import Site

_ANSWER = Answer(
    process="sample",
    title="Sample process",
    version="1.1",
    draft=False,
    named="8.1",
    whole=True,
    steps=("work",),
    step_titles=("Work",),
    documents=("Paper",),
    records=3,
)
_SEEN = Observation(
    process="sample",
    title="Sample process",
    version="1.1",
    draft=False,
    result=Result.FOUND,
    words="inputs named: {inputs}; outputs: {outputs}",
    key="inputs.found",
    values={"inputs": 1, "outputs": 1},
)
_CLAUSE = ClauseCoverage(
    clause="8.1",
    label="Planning and steering the work",
    label_key="ISO 9001:2015 8.1",
    standing=Standing.ANSWERED,
    leaf=True,
    amended="One thing more.",
    reason="Nothing is planned.",
    answers=(_ANSWER,),
    checked="There is something",
    observations=(_SEEN,),
)
SAMPLE_SURROUNDINGS = Surroundings(
    coverage=(
        StandardCoverage(
            standard="ISO 9001:2015",
            catalogued=True,
            amendments=("Amd 1:2024",),
            clauses=(_CLAUSE,),
        ),
    ),
    site=Site(address="https://www.example.com/", feedback="quality@example.com"),
)


def sample_shelf() -> Shelf:
    """A version in force, its draft, and an older one."""
    released = sample_context()
    draft = msgspec.structs.replace(released, working=True)
    return shelve({"sample/1.1": released, "sample/draft": draft})

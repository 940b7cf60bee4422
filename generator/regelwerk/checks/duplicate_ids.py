"""The same id given twice; the later place in the file has the finding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from regelwerk.checks.walk import items_at, texts_at
from regelwerk.diagnostics import Path, Problem
from regelwerk.model.project import ORGANIZATION_FILE, Definition, Project


def duplicate_id(_project: Project, definition: Definition) -> Iterator[Problem]:
    """Ids of steps, resources and key figures are unique, and those of a step's fields and checks.

    Whoever names an id, a record for example, must mean exactly one thing.
    """
    data = definition.data
    steps = list(definition.process.all_steps())
    yield from _twice("step", ((step.at, step.id) for step in steps))
    yield from _twice("resource", _ids(definition, ("resources",)))
    yield from _twice("key figure", _ids(definition, ("kpis",)))
    for step in steps:
        yield from _twice("field", _ids(definition, (*step.at, "fields")))
        yield from _twice("check", _ids(definition, (*step.at, "checks")))
    earlier = {step.id: f"is a step of this version as well (`{step.title}`)" for step in steps}
    for step in steps:
        for path, former in texts_at(data, (*step.at, "was")):
            if former in earlier:
                message = f"`{former}`, the earlier id of `{step.id}`, {earlier[former]}"
                hint = "name each earlier id once, and only ids that are no longer in use"
                yield Problem("reference/duplicate-id", path, message, hint)
            earlier.setdefault(former, f"is given as an earlier id of `{step.id}` already")


def duplicate_stage(project: Project) -> Iterator[Problem]:
    """The stages of an approval rule are unique.

    A signature names its stage, and must complete exactly one.
    """
    for rule, stages in project.organization.approval.items():
        places = ((("approval", rule, index), stage.id) for index, stage in enumerate(stages))
        yield from _twice("stage", places, "stage", ORGANIZATION_FILE)


def _ids(definition: Definition, path: Path) -> Iterator[tuple[Path, str]]:
    for at, item in items_at(definition.data, path):
        id_ = item.get("id")
        if isinstance(id_, str):
            yield at, id_


def _twice(
    what: str, places: Iterable[tuple[Path, str]], key: str = "id", file: str = ""
) -> Iterator[Problem]:
    seen: set[str] = set()
    for at, id_ in places:
        if id_ and id_ in seen:
            message = f"there is another {what} `{id_}` further up"
            yield Problem(
                "reference/duplicate-id",
                (*at, key),
                message,
                "give one of them another id",
                file=file,
            )
        seen.add(id_)

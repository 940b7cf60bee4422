"""Under which ids a step stands in the records of earlier versions."""

from __future__ import annotations

from collections.abc import Iterable

from regelwerk.model.process import Process


def names_of(step: str, process: Process, earlier: Iterable[Process]) -> frozenset[str]:
    """The step's id and its former ones: its `was`, and the `was` of those in earlier versions.

    An id that another step of this version has or had means that other step, never this one.
    """
    others = {
        name
        for other in process.work_steps()
        if other.id != step
        for name in (other.id, *other.was)
    }
    known = process.step(step)
    names = {step} | (set(known.was) - others if known is not None else set())
    formers = [(former.id, former.was) for version in earlier for former in version.work_steps()]
    while True:
        found = {name for id_, was in formers if id_ in names for name in was} - others - names
        if not found:
            return frozenset(names)
        names |= found

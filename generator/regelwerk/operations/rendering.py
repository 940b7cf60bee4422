"""Artifacts made side by side on several cores; the same artifacts in the same order as on one."""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from regelwerk.errors import RegelwerkError
from regelwerk.model.context import Artifact
from regelwerk.operations.context import Release
from regelwerk.operations.kinds import KINDS
from regelwerk.project.templates import TemplateFolder

# What is to be made: the release by its place among all, and the name of the kind.
Task = tuple[int, str]
Made = list[Artifact] | RegelwerkError

# From how many tasks on further processes pay: where they begin as a copy of this one, and where
# they have to load everything anew.
_FEWEST = {"fork": 4, "spawn": 40}

_releases: Sequence[Release] = ()
_root = Path()


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def render_all(
    releases: Sequence[Release], tasks: Sequence[Task], root: Path, jobs: int
) -> Iterator[Made]:
    """What each task makes, or why it cannot, in the order of the tasks."""
    method = "fork" if sys.platform == "linux" and threading.active_count() == 1 else "spawn"
    jobs = min(jobs, len(tasks))
    if jobs < 2 or len(tasks) < _FEWEST[method]:
        _adopt(releases, root)
        yield from map(_make, tasks)
        return
    context = multiprocessing.get_context(method)
    # What belongs to one release stays together: its document and its picture share drawings.
    groups = [list(group) for _, group in groupby(tasks, key=itemgetter(0))]
    with ProcessPoolExecutor(
        jobs, mp_context=context, initializer=_adopt, initargs=(releases, root)
    ) as pool:
        for made in pool.map(_make_all, groups):
            yield from made


def _adopt(releases: Sequence[Release], root: Path) -> None:
    """Tell a worker once what all its tasks are about."""
    global _releases, _root
    _releases, _root = releases, root


def _make_all(tasks: Sequence[Task]) -> list[Made]:
    return [_make(task) for task in tasks]


def _make(task: Task) -> Made:
    place, name = task
    kind = next(kind for kind in KINDS if kind.name == name)
    try:
        return list(kind.render(_releases[place].context, TemplateFolder(_root)))
    except RegelwerkError as error:
        return error

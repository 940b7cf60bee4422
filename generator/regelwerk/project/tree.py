"""What reading a file gives: data, the place of every key and item, and what was wrong."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from regelwerk.diagnostics import Path, Problem

Place = tuple[int, int]  # line and column, both from 1


class Tree(msgspec.Struct, frozen=True):
    """A file's content. `data` is None where it could not be read at all (`readable` False)."""

    data: Any
    places: Mapping[Path, Place]
    problems: tuple[Problem, ...]
    readable: bool

    def place(self, path: Path) -> Place:
        """The place of the key or item at the path, or of the nearest thing round it."""
        for length in range(len(path), -1, -1):
            found = self.places.get(path[:length])
            if found is not None:
                return found
        return (1, 1)


class ReadingError(Exception):
    """The text cannot be read on; carries the one problem that says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def unreadable(problem: Problem) -> Tree:
    """A tree that holds nothing but the reason."""
    return Tree(data=None, places={}, problems=(problem,), readable=False)

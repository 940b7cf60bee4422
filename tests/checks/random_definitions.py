"""Random definitions for the oracles: decisions, loops, parallels, optional steps, documents."""

from __future__ import annotations

from random import Random
from typing import Any

Data = dict[str, Any]
DOCUMENTS = ("d0", "d1", "d2")
ENDS = ("won", "lost")


class Maker:
    """Makes one definition's steps from a seed; all names exist and no way crosses a parallel."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311 - tests, not secrets
        self.count = 0

    def process(self) -> Data:
        """A whole definition."""
        return {
            "id": "one",
            "document": "P-1",
            "title": "One",
            "version": "1.0",
            "category": "core",
            "owner": "clerk",
            "purpose": "Random",
            "start": {"event": "Begin"},
            "documents": {document: {"title": document} for document in DOCUMENTS},
            "inputs": self.some(0.2),
            "outputs": self.some(0.6),
            "steps": self.steps(0, self.random.randint(2, 5)),
            "ends": {"won": {"event": "Won", "success": True}, "lost": {"event": "Lost"}},
        }

    def some(self, chance: float) -> list[str]:
        """Some of the documents."""
        return [document for document in DOCUMENTS if self.random.random() < chance]

    def steps(self, depth: int, number: int) -> list[Data]:
        """A list of steps whose ways stay inside the list."""
        ids = [f"s{self.count + offset}" for offset in range(number)]
        self.count += number
        return [self.step(id_, ids, depth) for id_ in ids]

    def step(self, id_: str, ids: list[str], depth: int) -> Data:
        """One step of any kind."""
        step: Data = {"id": id_, "title": id_, "responsible": "clerk"}
        step |= {"inputs": self.some(0.15), "outputs": self.some(0.25)}
        kind = self.random.random()
        if kind < 0.3:
            options = [f"o{number}" for number in range(self.random.randint(2, 3))]
            step["decision"] = {
                "options": {o: {"label": "O", "next": self.target(ids, depth)} for o in options}
            }
            return step
        if kind < 0.5 and depth < 2:
            step["parallel"] = {
                f"b{branch}": self.steps(depth + 1, self.random.randint(1, 3))
                for branch in range(self.random.randint(1, 3))
            }
        if self.random.random() < 0.25:
            step["optional"] = True
        if self.random.random() < 0.3 or (depth == 0 and id_ == ids[-1]):
            step["next"] = self.target(ids, depth)
        return step

    def target(self, ids: list[str], depth: int) -> Any:
        """A step of the list, an end, or the join."""
        if self.random.random() < 0.35:
            return {"end": self.random.choice(ENDS)} if depth == 0 else {"join": True}
        return self.random.choice(ids)

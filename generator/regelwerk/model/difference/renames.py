"""Steps that have another id than before, and what the old definition says in the new ids."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from regelwerk.model.process import Due, Target

_STEP_KEYS = ("step", "from", "to")
_DOTTED_KEYS = ("option", "field")


class Renames(msgspec.Struct, frozen=True):
    """The new id of each step that has one, by its old id."""

    ids: Mapping[str, str]

    def step(self, id_: str) -> str:
        """A step's id."""
        return self.ids.get(id_, id_)

    def steps(self, ids: tuple[str, ...]) -> tuple[str, ...]:
        """Several steps' ids."""
        return tuple(self.step(id_) for id_ in ids)

    def target(self, target: Target | None) -> Target | None:
        """Where a way leads."""
        if target is None or target.step is None:
            return target
        return Target(step=self.step(target.step))

    def due(self, due: Due | None) -> Due | None:
        """From which step a time counts."""
        return None if due is None else Due(within=due.within, after=self.step(due.after))

    def measure(self, measure: Mapping[str, object] | None) -> Mapping[str, object] | None:
        """How a key figure is measured, without the free `x-` keys."""
        return None if measure is None else self._measure(measure)

    def _measure(self, measure: Mapping[str, object]) -> dict[str, object]:
        said: dict[str, object] = {}
        for key, value in measure.items():
            if key.startswith("x-"):
                continue
            if isinstance(value, Mapping):
                said[key] = self._measure(value)
            elif isinstance(value, str) and key in _STEP_KEYS:
                said[key] = self.step(value)
            elif isinstance(value, str) and key in _DOTTED_KEYS:
                step, dot, rest = value.partition(".")
                said[key] = f"{self.step(step)}{dot}{rest}"
            else:
                said[key] = value
        return said

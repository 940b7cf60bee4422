"""How often each option was chosen since its innermost loop was entered anew."""

from __future__ import annotations

from collections.abc import Mapping

from regelwerk.records.tables import Limit, StepPlan, Way


class Loops:
    """Counts of the options that have a limit."""

    def __init__(self, steps: Mapping[str, StepPlan]) -> None:
        self._limits: dict[tuple[str, str], Limit] = {
            (step, option): limit
            for step, plan in steps.items()
            for option, limit in plan.limits.items()
        }
        self._counts: dict[tuple[str, str], int] = {}

    def choose(self, step: str, option: str) -> int | None:
        """Count a choice; the limit if it was chosen more often than that."""
        limit = self._limits.get((step, option))
        if limit is None:
            return None
        count = self._counts[step, option] = self._counts.get((step, option), 0) + 1
        return limit.most if count > limit.most else None

    def take_back(self, step: str, option: str) -> None:
        """A choice was replaced at once by another."""
        if (step, option) in self._counts:
            self._counts[step, option] -= 1

    def counted(self) -> frozenset[tuple[tuple[str, str], int]]:
        """How often each option, by step and id, was chosen up to now."""
        return frozenset(self._counts.items())

    def led_back(self, way: Way) -> None:
        """A loop begins again: the loops inside it will be entered anew."""
        self._forget(way.loop, inside_only=True)

    def entered_anew(self, steps: frozenset[str]) -> None:
        """A repeatable parallel begins again."""
        self._forget(steps, inside_only=False)

    def _forget(self, steps: frozenset[str], *, inside_only: bool) -> None:
        for key in list(self._counts):
            scope = self._limits[key].scope
            if scope is not None and scope <= steps and not (inside_only and scope == steps):
                del self._counts[key]

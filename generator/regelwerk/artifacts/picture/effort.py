"""How much work looking for the ways of a picture may take, counted in steps, not in seconds.

A picture must not differ from machine to machine, so nothing here looks at a clock. Every search
has some steps of its own; what goes beyond is taken from one store that the whole picture shares.
Processes that people read stay far below (forty steps with loops take 2,000 steps from it).
"""

OWN_STEPS = 300
SHARED_STEPS = 250_000


class ExhaustedError(Exception):
    """The search for a way took all the steps that it may."""


class Effort:
    """The steps that all the searches of a picture share."""

    def __init__(self, steps: int = SHARED_STEPS) -> None:
        self._left = steps

    def spend(self, steps: int = 1) -> None:
        """Take steps from the store; ExhaustedError where there are none left."""
        self._left -= steps
        if self._left < 0:
            raise ExhaustedError

"""A case with everything its rules look at."""

from __future__ import annotations

import msgspec

from regelwerk.model.case import Case, CasePlace, Entry
from regelwerk.model.moment import Moment, day_of
from regelwerk.records.finding import Finding
from regelwerk.records.replay import Replayed
from regelwerk.records.tables import Compiled
from regelwerk.records.world import World


class Judged(msgspec.Struct, frozen=True):
    """A case, its definition, the replay's verdict, and the world. `place`: where it is written."""

    case: Case
    compiled: Compiled
    replayed: Replayed
    world: World
    place: CasePlace

    def is_future(self, moment: Moment) -> bool:
        """Whether a moment's day has not come yet."""
        return day_of(moment, self.world.zone) > self.world.as_of

    def finding(
        self,
        entry: Entry,
        code: str,
        message: str,
        hint: str = "",
        below: tuple[str | int, ...] = (),
    ) -> Finding:
        """A finding at an entry, or at a key below it."""
        return Finding(
            code=code,
            path=(*entry.at, *below),
            message=message,
            hint=hint,
            step=entry.step,
            occurrence=entry.occurrence,
            by=entry.people,
        )

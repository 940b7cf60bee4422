"""Which records go into an audit pack: those of the period, and the cases that they call."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date, tzinfo
from pathlib import Path
from typing import Any

import msgspec

from regelwerk.model.moment import day_of, parse_moment
from regelwerk.project.record_chunks import Chunk, Raw, holds_lines, read_chunk
from regelwerk.project.record_files import record_files
from regelwerk.records.mentions import called_cases


class PackedCase(msgspec.Struct, frozen=True):
    """A record that goes into the pack: its file and line (0: the file is the record)."""

    file: str
    line: int
    content: bytes
    data: Mapping[str, Any] | None

    @property
    def process(self) -> str:
        """The process whose folder it lies in."""
        return self.file.split("/")[1]


class Period(msgspec.Struct, frozen=True):
    """Days from and to, both included; open where None."""

    first: date | None
    last: date | None

    def meets(self, begin: date | None, end: date | None) -> bool:
        """Whether something from one day to another (open where None) falls into it in part."""
        starts_late = self.last is not None and begin is not None and begin > self.last
        ends_early = self.first is not None and end is not None and end < self.first
        return not starts_late and not ends_early


def packed_cases(
    root: Path, processes: Sequence[str], period: Period, zone: tzinfo
) -> list[PackedCase]:
    """Records of the processes that were under way in the period; what cannot be read is among
    them, and so is every case that one of them calls, of whatever process.
    """
    everything = [_packed(raw) for file in record_files(root) for raw in _raws(root, file)]
    chosen = [one for one in everything if one.process in processes and _is_of(one, period, zone)]
    by_id = {case: one for one in reversed(everything) if (case := _case(one)) is not None}
    waiting, known = list(chosen), {(one.file, one.line) for one in chosen}
    while waiting:
        data = waiting.pop().data
        for case in called_cases(data) if data is not None else ():
            called = by_id.get(case)
            if called is not None and (called.file, called.line) not in known:
                known.add((called.file, called.line))
                waiting.append(called)
    return [one for one in everything if (one.file, one.line) in known]


def _raws(root: Path, file: str) -> Iterator[Raw]:
    return read_chunk(root, Chunk((file,), first_line=1 if holds_lines(file) else 0))


def _packed(raw: Raw) -> PackedCase:
    data = _data(raw)
    return PackedCase(raw.file, raw.line, raw.content, data if isinstance(data, dict) else None)


def _data(raw: Raw) -> object:
    if raw.problem is None and raw.is_json:
        with suppress(msgspec.MsgspecError, RecursionError):
            return msgspec.json.decode(raw.content)
    return raw.tree().data


def _case(one: PackedCase) -> str | None:
    case = one.data.get("case") if one.data is not None else None
    return case if isinstance(case, str) else None


def _is_of(one: PackedCase, period: Period, zone: tzinfo) -> bool:
    data = one.data or {}
    cancelled = data.get("cancelled")
    ended = data.get("closed") or (cancelled.get("on") if isinstance(cancelled, dict) else None)
    return period.meets(_day(data.get("started"), zone), _day(ended, zone))


def _day(value: object, zone: tzinfo) -> date | None:
    moment = parse_moment(value) if isinstance(value, str) else None
    return day_of(moment, zone) if moment is not None else None

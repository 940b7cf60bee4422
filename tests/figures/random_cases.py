"""Random records, seeded: rounds, dates of all kinds, holes, wrong types, cases told twice."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from random import Random
from typing import Any

STEPS = ("meet", "visit", "decide", "deliver", "other")
OPTIONS = ("yes", "no", "again", "perhaps")
_FIRST = date(2025, 10, 1)
_GARBAGE: tuple[Any, ...] = (
    "soon", "2026-02-30", "2026-1-05", "2026-01-05T10:00", "2026-01-05 10:00:00+01:00",
    "0000-01-01", "2026-01-05T24:00:00Z", "2026-01-05T10:61:00Z", 20260105, None, True, ["x"],
    "", {"on": "2026-01-01"}, "0001-01-01T00:00:00Z", "2026-01-05\n",
)  # fmt: skip


def moment(random: Random) -> Any:
    """A date, a date-time in some offset, or rarely something that is none."""
    kind = random.random()
    day = _FIRST + timedelta(days=random.randrange(300))
    if kind < 0.05:
        return random.choice(_GARBAGE)
    if kind < 0.5:
        return day.isoformat()
    offset = random.choice((UTC, *(timezone(timedelta(minutes=m)) for m in (60, 120, -300, 330))))
    at = datetime(day.year, day.month, day.day, random.randrange(24), tzinfo=offset)
    at += timedelta(minutes=random.randrange(60), seconds=random.choice((0, 0, 7, 59)))
    text = at.isoformat(timespec=random.choice(("minutes", "seconds", "microseconds")))
    if text.endswith("+00:00"):
        text = text[:-6] + random.choice(("Z", "z", "+00:00", "-00:00"))
    return text.replace("T", "t") if random.random() < 0.05 else text


def entry(random: Random) -> Any:
    """An entry of a step."""
    if random.random() < 0.01:
        return random.choice(("meet", 5, None, [], {}))
    data: dict[str, Any] = {"step": random.choice(STEPS), "by": "anna"}
    if random.random() < 0.97:
        data["completed"] = moment(random)
    if random.random() < 0.5:
        data["option"] = random.choice((*OPTIONS, *OPTIONS, None, True))
    if random.random() < 0.6:
        cost: Any = random.choice((1, 2.5, -3, 1e6, 0.1, 2**53 - 1, "7", True, None, [1]))
        data["fields"] = random.choice(({"cost": cost}, {"cost": cost, "x": 1}, {}, "none"))
    return data


def record(random: Random, number: int) -> dict[str, Any]:
    """A record of the process `p`, or rarely of another."""
    status = random.choice(("open", "on-hold", "closed", "closed", "closed", "cancelled", "odd"))
    data: dict[str, Any] = {
        "process": "p" if random.random() < 0.95 else random.choice(("q", 5)),
        "version": random.choice(("1.0", "0.9")),
        "case": f"C-{number if random.random() < 0.95 else number // 2}",
        "subject": 'R&D <x> "q" ü 漢字',
        "status": status,
        "started": moment(random),
        "steps": [entry(random) for _ in range(random.randrange(7))],
    }
    if status == "closed" or random.random() < 0.1:
        data["closed"] = moment(random)
        data["end"] = random.choice(("delivered", "refused", "unknown", None))
    if status == "cancelled":
        data["cancelled"] = random.choice(({"on": moment(random)}, "yes", {}))
    if random.random() < 0.02:
        data[random.choice(("steps", "case", "started", "status"))] = random.choice((5, "x", {}))
    if random.random() < 0.02:
        del data[random.choice(("steps", "case", "started", "status"))]
    return data

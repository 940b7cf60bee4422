"""Random processes and walks through them, and an acceptor that tries every way.

The acceptor shares nothing with the replay: it keeps the set of all places where a case could be
(nested tuples) and moves each of them by each entry.
"""

from __future__ import annotations

from random import Random

Entry = tuple[str, str | None]


def random_process(random: Random) -> dict:
    """A process with optional and repeatable steps, decisions, loops and nested parallels."""
    names = iter(f"s{number}" for number in range(1000))
    ends = ["e1", "e2"][: random.randint(1, 2)]
    steps = _list(random, names, depth=0, ends=ends)
    if not isinstance(steps[-1].get("decision"), dict):
        steps[-1]["next"] = {"end": random.choice(ends)}
    return {
        "id": "p",
        "title": "P",
        "version": "1.0",
        "purpose": "…",
        "start": {"event": "…"},
        "steps": steps,
        "ends": {end: {"event": end} for end in ends},
    }


def _list(random: Random, names, depth: int, ends: list[str]) -> list[dict]:
    count = random.randint(1, 5 if depth == 0 else 3)
    steps = [{"id": next(names)} for _ in range(count)]
    for number, step in enumerate(steps):
        step["title"] = step["id"].upper()
        kind = random.random()
        if kind < 0.22 and depth < 2:
            branches = random.randint(2, 3 if depth == 0 else 2)
            step["parallel"] = {
                f"b{branch}": _list(random, names, depth + 1, ends) for branch in range(branches)
            }
            if random.random() < 0.1:
                step["optional"] = True
            continue
        step["responsible"] = "doer"
        if kind < 0.5:
            step["decision"] = {"question": "?", "options": {}}
            for option in range(random.randint(2, 3)):
                target = _target(random, steps, number, depth, ends)
                step["decision"]["options"][f"o{option}"] = {"label": "…", "next": target}
        elif kind < 0.62:
            step["optional"] = True
        elif kind < 0.72:
            step["repeatable"] = True
        elif kind < 0.8 and number + 2 < len(steps):
            step["next"] = steps[random.randint(number + 1, len(steps) - 1)]["id"]
    return steps


def _target(random: Random, steps: list[dict], number: int, depth: int, ends: list[str]):
    if random.random() < 0.25 or len(steps) == 1:
        return {"join": True} if depth else {"end": random.choice(ends)}
    if random.random() < 0.7 and number + 1 < len(steps):
        return steps[random.randint(number + 1, len(steps) - 1)]["id"]
    return steps[random.randint(0, number)]["id"]


class Acceptor:
    """Every place where a case can be: a place in a list is `(kind, number, branches)`."""

    def __init__(self, process: dict) -> None:
        self.steps = process["steps"]

    def start(self) -> frozenset:
        return self._silent({("before", 0, ())})

    def after(self, places: frozenset, entry: Entry) -> frozenset:
        moved = set()
        for place in places:
            moved |= self._move(self.steps, place, entry)
        return self._silent(moved)

    def accepts(self, walk: list[Entry], end: str) -> bool:
        places = self.start()
        for entry in walk:
            places = self.after(places, entry)
        return ("end", end, ()) in places

    def entries(self, places: frozenset) -> list[Entry]:
        """Every entry by which some place can be left."""
        found = set()
        for step in _all(self.steps):
            if "parallel" not in step:
                for option in step.get("decision", {}).get("options", {None: 0}):
                    if any(self._move(self.steps, place, (step["id"], option)) for place in places):
                        found.add((step["id"], option))
        return sorted(found, key=str)

    def _silent(self, places: set) -> frozenset:
        found, waiting = set(), list(places)
        while waiting:
            place = waiting.pop()
            if place not in found:
                found.add(place)
                waiting.extend(self._steps_without_entry(self.steps, place))
        return frozenset(found)

    def _steps_without_entry(self, steps: list, place: tuple):
        kind, number, inside = place
        if kind == "before":
            step = steps[number]
            if step.get("optional"):
                yield self._onward(steps, number, None)
            if "parallel" in step:
                yield ("in", number, tuple(("before", 0, ()) for _ in step["parallel"]))
        elif kind == "after":
            yield self._onward(steps, number, None)
        elif kind == "in":
            branches = list(steps[number]["parallel"].values())
            if all(branch == ("join", 0, ()) for branch in inside):
                yield self._onward(steps, number, None)
            for index, branch in enumerate(inside):
                for moved in self._steps_without_entry(branches[index], branch):
                    yield ("in", number, (*inside[:index], moved, *inside[index + 1 :]))

    def _move(self, steps: list, place: tuple, entry: Entry) -> set:
        kind, number, inside = place
        moved = set()
        if kind in ("before", "after"):
            step = steps[number]
            fits = step["id"] == entry[0] and "parallel" not in step
            if fits and (kind == "before" or step.get("repeatable")):
                if "decision" in step:
                    moved.add(self._onward(steps, number, entry[1]))
                else:
                    moved.add(("after", number, ()))
        elif kind == "in":
            branches = list(steps[number]["parallel"].values())
            for index, branch in enumerate(inside):
                for changed in self._move(branches[index], branch, entry):
                    moved.add(("in", number, (*inside[:index], changed, *inside[index + 1 :])))
        return moved

    def _onward(self, steps: list, number: int, option: str | None) -> tuple:
        step = steps[number]
        if "decision" in step:
            target = step["decision"]["options"][option]["next"]
        else:
            target = step.get("next")
        if target is None:
            last = number + 1 == len(steps)
            return ("join", 0, ()) if last else ("before", number + 1, ())
        if isinstance(target, dict):
            return ("join", 0, ()) if "join" in target else ("end", target["end"], ())
        return ("before", next(i for i, s in enumerate(steps) if s["id"] == target), ())


def _all(steps: list):
    for step in steps:
        yield step
        for branch in step.get("parallel", {}).values():
            yield from _all(branch)


def random_walk(random: Random, acceptor: Acceptor, longest: int = 25):
    """A walk to an end, as entries and end; None where chance did not lead to one."""
    places, walk = acceptor.start(), []
    while len(walk) < longest:
        ends = sorted(place[1] for place in places if place[0] == "end")
        entries = acceptor.entries(places)
        if ends and (not entries or random.random() < 0.3):
            return walk, random.choice(ends)
        if not entries:
            return None
        entry = random.choice(entries)
        walk.append(entry)
        places = acceptor.after(places, entry)
    return None


def mutate(random: Random, walk: list[Entry], process: dict) -> list[Entry]:
    """One entry dropped, doubled, moved, swapped, put in or decided otherwise."""
    walk = list(walk)
    kind = random.choice(["drop", "double", "swap", "move", "insert", "decide"])
    place = random.randrange(len(walk)) if walk else 0
    if kind == "insert" or not walk:
        step = random.choice([s for s in _all(process["steps"]) if "parallel" not in s])
        option = random.choice(list(step.get("decision", {}).get("options", {None: 0})))
        walk.insert(place, (step["id"], option))
    elif kind == "drop":
        del walk[place]
    elif kind == "double":
        walk.insert(place, walk[place])
    elif kind == "swap":
        other = random.randrange(len(walk))
        walk[place], walk[other] = walk[other], walk[place]
    elif kind == "move":
        walk.insert(random.randrange(len(walk)), walk.pop(place))
    else:
        step = next(s for s in _all(process["steps"]) if s["id"] == walk[place][0])
        options = list(step.get("decision", {}).get("options", {None: 0}))
        walk[place] = (walk[place][0], random.choice(options))
    return walk

"""Compile a definition once, so that replaying a case only looks things up."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from regelwerk.model.moment import zone_named
from regelwerk.model.organization import Organization
from regelwerk.model.process import Path, Process, Step, Target
from regelwerk.model.span import parse_span
from regelwerk.records.graph import Order, find_order, loop_of
from regelwerk.records.tables import (
    END,
    JOIN,
    LOST,
    Compiled,
    Limit,
    ListKey,
    ListPlan,
    NodePlan,
    StepPlan,
    Way,
)

EndsOf = Callable[[str], frozenset[str] | None]


def _unknown_ends(_process: str) -> frozenset[str] | None:
    return None


def _no_line(_path: Path) -> int | None:
    return None


def compile_definition(
    process: Process,
    organization: Organization,
    *,
    version: str | None = None,
    ends_of: EndsOf = _unknown_ends,
    file: str = "process.yaml",
    line: Callable[[Path], int | None] = _no_line,
) -> Compiled:
    """Compile a definition; tolerant of whatever its own checks report.

    `version` is the number under which it is kept (else its own), `ends_of` tells the ends of a
    called process, `line` where a path of the definition stands in its file.
    """
    compiler = _Compiler(process, organization, ends_of)
    root = compiler.list_plan(process.steps, (), ())
    return Compiled(
        process=process,
        version=version or process.version,
        root=root,
        steps=compiler.steps,
        containers=frozenset(compiler.containers),
        titles={step.id: step.title for step in reversed([*process.all_steps()])},
        role_titles={key: role.title for key, role in organization.roles.items()},
        owner_roles=organization.members(process.owner) if process.owner else frozenset(),
        zone=zone_named(organization.timezone),
        file=file,
        line=line,
    )


class _Compiler:
    def __init__(self, process: Process, organization: Organization, ends_of: EndsOf) -> None:
        self.process = process
        self.organization = organization
        self.ends_of = ends_of
        self.steps: dict[str, StepPlan] = {}
        self.containers: set[str] = set()

    def list_plan(
        self, steps: tuple[Step, ...], key: ListKey, loops: tuple[frozenset[str], ...]
    ) -> ListPlan:
        """Compile a list; `loops` are those round it, innermost first."""
        numbers: dict[str, int] = {}
        for number, step in enumerate(steps):
            numbers.setdefault(step.id, number)
        loose = [
            list(self._ways(step, number, steps, numbers, key)) for number, step in enumerate(steps)
        ]
        targets = [[way.target for way in ways if way.target >= 0] for ways in loose]
        order = find_order(targets)
        work = [_work(step) for step in steps]
        bodies = _bodies(targets, order, work)
        nodes: list[NodePlan] = []
        for number, step in enumerate(steps):
            ways = tuple(_placed(way, number, order, work, bodies, key) for way in loose[number])
            around = _round(number, number, bodies) + loops
            branches = tuple(
                self.list_plan(branch.steps, (*key, (number, place)), around)
                for place, branch in enumerate(step.parallel)
            )
            nodes.append(
                NodePlan(
                    id=step.id,
                    ways=ways,
                    branches=branches,
                    optional=step.optional,
                    repeatable=step.repeatable,
                    passable=step.optional or (bool(branches) and all(map(_passable, branches))),
                    work=work[number],
                )
            )
            if step.is_container:
                self.containers.add(step.id)
            elif step.id not in self.steps:
                chain = (*key, (number, 0))
                self.steps[step.id] = self._step(step, chain, ways, bodies, number, loops)
        start = Way(target=0 if steps else JOIN, kind="start")
        return ListPlan(
            key=key, start=start, nodes=tuple(nodes), reach=order.reach, order=order.topological
        )

    def _ways(
        self,
        step: Step,
        number: int,
        steps: tuple[Step, ...],
        numbers: Mapping[str, int],
        key: ListKey,
    ) -> Iterator[Way]:
        if step.decision is not None:
            for option in step.decision.options:
                at: Path = (*step.at, "decision", "options", option.id, "next")
                yield self._way(option.next, numbers, key, "option", option.id, at)
            return
        outcomes = step.calls.outcomes if step.calls is not None else {}
        for end, target in outcomes.items():
            yield self._way(
                target, numbers, key, "outcome", end, (*step.at, "calls", "outcomes", end)
            )
        if step.next is not None:
            yield self._way(step.next, numbers, key, "next", "", (*step.at, "next"))
        elif not outcomes or self._goes_on(step):
            if number + 1 < len(steps):
                yield Way(target=number + 1, at=step.at)
            else:
                yield Way(target=JOIN if key else LOST, at=step.at)

    def _goes_on(self, step: Step) -> bool:
        """Whether the called process can end in a way for which no outcome is given."""
        if step.calls is None or step.calls.external:
            return False
        ends = self.ends_of(step.calls.process)
        return ends is not None and not ends <= step.calls.outcomes.keys()

    def _way(
        self,
        target: Target,
        numbers: Mapping[str, int],
        key: ListKey,
        kind: str,
        label: str,
        at: Path,
    ) -> Way:
        number, end = LOST, ""
        if target.join:
            number = JOIN if key else LOST
        elif target.end is not None:
            if target.end in self.process.ends and not key:
                number, end = END, target.end
        elif target.step is not None:
            number = numbers.get(target.step, LOST)
        return Way(target=number, kind=kind, label=label, end=end, at=at)  # type: ignore[arg-type]

    def _step(
        self,
        step: Step,
        chain: tuple[tuple[int, int], ...],
        ways: tuple[Way, ...],
        bodies: Mapping[tuple[int, int], tuple[frozenset[int], frozenset[str]]],
        number: int,
        loops: tuple[frozenset[str], ...],
    ) -> StepPlan:
        members = self.organization.members
        accountable = self.process.accountable(step)
        options = {way.label: way for way in ways if way.kind == "option"}
        limits = {}
        for option in step.decision.options if step.decision is not None else ():
            if option.max_repeats is not None and option.id in options:
                scopes = _round(number, options[option.id].target, bodies) + loops
                limits[option.id] = Limit(option.max_repeats, scopes[0] if scopes else None)
        return StepPlan(
            step=step,
            chain=chain,
            options=options,
            outcomes={way.label: way for way in ways if way.kind == "outcome"},
            onward=next((way for way in ways if way.kind == "next"), None),
            limits=limits,
            roles=members(step.responsible) if step.responsible else None,
            accountable=accountable,
            accountable_roles=members(accountable) if accountable else frozenset(),
            due=parse_span(step.due.within) if step.due is not None else None,
        )


_Bodies = Mapping[tuple[int, int], tuple[frozenset[int], frozenset[str]]]


def _bodies(targets: list[list[int]], order: Order, work: list[frozenset[str]]) -> _Bodies:
    """For each way back the items of its loop, and the steps in them."""
    found = {}
    for source, header in order.back:
        body = loop_of(targets, source, header)
        found[source, header] = (body, frozenset().union(*(work[number] for number in body)))
    return found


def _round(source: int, target: int, bodies: _Bodies) -> tuple[frozenset[str], ...]:
    """The steps of each loop that holds both ends of a way, innermost first."""
    around = [steps for body, steps in bodies.values() if source in body and target in body]
    return tuple(sorted(around, key=lambda steps: (len(steps), sorted(steps))))


def _placed(
    way: Way,
    source: int,
    order: Order,
    work: list[frozenset[str]],
    bodies: _Bodies,
    key: ListKey,
) -> Way:
    """The way, with what it resets where it leads back."""
    if (source, way.target) not in order.back:
        return way
    ahead = frozenset().union(*(work[number] for number in order.reach[way.target]))
    return Way(
        target=way.target,
        kind=way.kind,
        label=way.label,
        end=way.end,
        at=way.at,
        back=True,
        resets=ahead,
        loop=bodies[source, way.target][1],
        key=key,
    )


def _work(step: Step) -> frozenset[str]:
    if not step.is_container:
        return frozenset((step.id,))
    inside = (_work(inner) for branch in step.parallel for inner in branch.steps)
    return frozenset().union(*inside)


def _passable(plan: ListPlan) -> bool:
    """Whether a branch can be gone through without doing anything."""
    seen: set[int] = set()
    waiting = [plan.start]
    while waiting:
        target = waiting.pop().target
        if target == JOIN:
            return True
        if target >= 0 and target not in seen and plan.nodes[target].passable:
            seen.add(target)
            waiting.extend(plan.nodes[target].ways)
    return False

"""The picture in words, for readers who cannot see it."""

from collections.abc import Mapping

from regelwerk.artifacts.picture.chart import Chart, Edge, Node
from regelwerk.artifacts.picture.ranks import known_edges, lanes_of
from regelwerk.artifacts.picture.text import clean

_DEPTH = 6


def alt_text(chart: Chart) -> str:
    """Describe the whole flow in sentences: who does what, and what comes next."""
    edges = known_edges(chart)
    words = _Words(chart, [edge for _, edge in edges], lanes_of(chart, edges))
    order = sorted(chart.nodes, key=lambda node: (node.kind != "start") + (node.kind == "end"))
    sentences = [words.heading(), *(words.sentence(node) for node in order)]
    return " ".join(sentence for sentence in sentences if sentence)


class _Words:
    """A chart's names, as sentences need them."""

    def __init__(self, chart: Chart, edges: list[Edge], lane: Mapping[str, str]) -> None:
        titles = {x.id: clean(x.title) for x in chart.lanes}
        self._chart = chart
        self._who = {node: titles.get(name, "") for node, name in lane.items()}
        self._nodes = {node.id: node for node in chart.nodes}
        self._leaving: dict[str, list[Edge]] = {node.id: [] for node in chart.nodes}
        for edge in edges:
            self._leaving[edge.source].append(edge)

    def heading(self) -> str:
        used = set(self._who.values())
        lanes = [clean(x.title) for x in self._chart.lanes if clean(x.title) in used]
        status = f" ({clean(self._chart.status)})" if clean(self._chart.status) else ""
        heading = f"Process picture: {clean(self._chart.title)}{status}."
        return f"{heading} Lanes: {_listed(lanes)}." if lanes else heading

    def sentence(self, node: Node) -> str:
        title = clean(node.title)
        if node.kind == "end":
            return f"It ends with: {title}." if title else "It ends."
        if node.kind in {"split", "join"} and not title:
            return ""
        following = self._following(node)
        if node.kind == "start":
            return f"It starts with: {title}{following}." if title else f"It starts{following}."
        number, who = clean(node.number), self._who.get(node.id, "")
        note = f", {clean(node.note)}" if clean(node.note) else ""
        name = f"{number} {title}" if number else title
        can = [w for on, w in ((node.optional, "optional"), (node.repeatable, "repeatable")) if on]
        about = ", ".join(word for word in (who, *can) if word)
        return f"{name}{note}{f' ({about})' if about else ''}{following}."

    def _following(self, node: Node) -> str:
        edges = self._leaving[node.id]
        if not edges:
            return ""
        if any(clean(edge.label) for edge in edges):
            ways = (
                f"{clean(e.label) or 'otherwise'}: {self._name(e.target, {node.id})}" for e in edges
            )
            return " – " + "; ".join(ways)
        names = [self._name(edge.target, {node.id}) for edge in edges]
        together = "in parallel " if node.kind == "split" else ""
        return f", then {together}{_listed(names)}"

    def _name(self, target: str, seen: set[str]) -> str:
        """Name what comes next; a gateway without a title is named by what follows it."""
        node = self._nodes[target]
        if clean(node.number):
            return f"step {clean(node.number)}"
        if clean(node.title):
            return f"“{clean(node.title)}”"
        if node.kind not in {"split", "join"} or target in seen or len(seen) > _DEPTH:
            return "what follows"
        names = [self._name(e.target, seen | {target}) for e in self._leaving[target]]
        if node.kind == "split":
            return f"in parallel {_listed(names)}"
        together = "when all branches are done"
        words = _listed(names) if names else "what follows"
        return words if words.endswith(together) else f"{words} {together}"


def _listed(names: list[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"

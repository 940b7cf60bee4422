"""Charts that the tests of the picture share."""

import random
from itertools import pairwise

from regelwerk.artifacts.picture.chart import Chart, Edge, Lane, Node

NASTY = 'R&D <Vertrieb> "quoted" {{ x }} ü 漢字'


def sales() -> Chart:
    lanes = (Lane("sales-manager", "Sales Manager"), Lane("management", "Management"))
    titles = (
        "Make appointment",
        "Prepare appointment",
        "Conduct first customer appointment",
        "Revise appointment",
        "Conduct assessment of opportunities and risks regarding a cooperation",
        "Make decision about the sales opportunity",
        "Qualify contact",
        "Receive specific customer inquiry",
        "Transfer customer to the ARTS group",
    )
    nodes = [Node("start", "start", "A contact between us and the customer exists")]
    for i, title in enumerate(titles, start=1):
        lane = "management" if i == 6 else "sales-manager"
        kind = "call" if i == 7 else "task"
        note = "Sales customer qualification" if i == 7 else ""
        nodes.append(Node(f"s{i}", kind, title, lane, str(i), note, f"#step-{i}"))
    nodes += [
        Node("d", "decision", "Is the customer interesting for us?", "management"),
        Node("inquiry", "end", "A specific customer inquiry exists"),
        Node("handed", "end", "The customer is handed over to the ARTS Group"),
    ]
    path = ["start", "s1", "s2", "s3", "s4", "s5", "s6", "d"]
    edges = [Edge(a, b) for a, b in pairwise(path)]
    edges += [
        Edge("d", "s7", "Yes"),
        Edge("d", "s9", "No"),
        Edge("s7", "s8"),
        Edge("s8", "inquiry"),
        Edge("s9", "handed"),
    ]
    return Chart(
        "Sales process", "From the first contact to an inquiry.", lanes, tuple(nodes), tuple(edges)
    )


def forty() -> Chart:
    """Forty steps with loops, parallel branches that nest, many options and several ends."""
    lanes = tuple(
        Lane(i, t)
        for i, t in (
            ("sales", "Sales Manager"),
            ("legal", "ARTS Group (Legal, Marketing, Finance)"),
            ("quality", "Qualitätsmanagementbeauftragter"),
            ("shop", "Project Manager"),
            ("unused", "Nobody"),
        )
    )
    order = ("sales", "legal", "quality", "shop")
    nodes = [Node("start", "start", "A request has arrived")]
    nodes += [
        Node(
            f"s{i}",
            "call" if i % 11 == 0 else "task",
            f"{_VERBS[i % len(_VERBS)]} {_THINGS[(i * 5) % len(_THINGS)]}",
            order[(i * i // 3) % 4],
            str(i),
            "Customer qualification" if i % 11 == 0 else "",
            optional=i % 9 == 4,
            repeatable=i % 13 == 6,
        )
        for i in range(1, 41)
    ]
    nodes += [
        Node("d1", "decision", "Is the request complete and feasible?", "sales"),
        Node("d2", "decision", "Which way is to be taken from here?", "quality"),
        Node("d3", "decision", "Approved?", "legal"),
        Node("p1", "split", "", "shop"),
        Node("p2", "join", "", "shop"),
        Node("p3", "split", "", "quality"),
        Node("p4", "join", "", "quality"),
        Node("won", "end", "The order has been placed and confirmed in writing"),
        Node("lost", "end", "The customer has been turned down"),
        Node("stopped", "end", "Stopped"),
    ]
    edges = []

    def chain(*names: str) -> None:
        edges.extend(Edge(a, b) for a, b in pairwise(names))

    chain("start", "s1", "s2", "s3", "s4", "d1")
    edges.append(Edge("d1", "s5", "Yes"))
    edges.append(Edge("d1", "s2", "More facts are needed"))
    edges.append(Edge("d1", "lost", "No"))
    chain("s5", "s6", "s7", "p1", "s8", "s9", "s10", "p2")
    chain("p1", "s11", "s12", "p2")
    chain("p1", "p3", "s13", "p4")
    chain("p3", "s14", "s15", "p4", "p2", "s16", "s17", "s18", "d2")
    for label, target in (("Standard", "s19"), ("Express", "s24"), ("Again", "s16")):
        edges.append(Edge("d2", target, label))
    edges.append(Edge("d2", "s28", "With a very long reason that nobody wants to read at all"))
    edges.append(Edge("d2", "stopped", "Stop"))
    chain("s19", "s20", "s21", "s22", "s23", "s28")
    chain("s24", "s25", "s26", "s27", "s28", "s29", "s30", "s31", "s32", "d3")
    edges.append(Edge("d3", "s33", "Yes"))
    edges.append(Edge("d3", "s5", "No, start anew"))
    chain("s33", "s34", "s35", "s36", "s37", "s38", "s39", "s40", "won")
    return Chart("Forty", "Forty steps.", lanes, tuple(nodes), tuple(edges), status="DRAFT")


_VERBS = ("Check", "Write", "Send", "Prepare", "Release", "Examine the", "Document", "Calculate")
_THINGS = (
    "the offer",
    "risk assessment with all departments",
    "drawings",
    "contract and general terms",
    "the customer's specification sheet",
    "Materialbedarfsplanung",
    "invoice",
    "delivery dates",
    "test report for R&D",
)


def wild(seed: int) -> Chart:
    """Make a random chart: any edges, any kinds, titles short and very long."""
    rng = random.Random(seed)  # noqa: S311
    lanes = tuple(Lane(f"l{i}", _words(rng, 1, 5)) for i in range(rng.choice((1, 2, 3, 5, 12))))
    count = rng.randint(1, 28)
    kinds = ("task", "task", "task", "task", "call", "decision", "split", "join", "end")
    nodes = [Node("n0", "start", _words(rng, 1, 8))]
    for i in range(1, count + 1):
        kind = rng.choice(kinds)
        long = rng.random() < 0.06
        title = _words(rng, 1, 40)[:200] if long else _words(rng, 0 if kind != "task" else 1, 7)
        nodes.append(
            Node(
                f"n{i}",
                kind,
                title,
                rng.choice(lanes).id,
                str(i) if rng.random() < 0.8 else "",
                _words(rng, 1, 4) if rng.random() < 0.2 else "",
                optional=rng.random() < 0.2,
                repeatable=rng.random() < 0.2,
            )
        )
    edges = [Edge(f"n{i}", f"n{i + 1}", _label(rng)) for i in range(count) if rng.random() < 0.9]
    edges += [
        Edge(f"n{rng.randint(0, count)}", f"n{rng.randint(1, count)}", _label(rng))
        for _ in range(rng.randint(0, count // 2 + 1))
    ]
    rng.shuffle(edges)
    return Chart("Wild", "Random.", lanes, tuple(nodes), tuple(edges), rng.choice(("", "DRAFT")))


def _label(rng: random.Random) -> str:
    return _words(rng, 1, 6) if rng.random() < 0.4 else ""


def _words(rng: random.Random, low: int, high: int) -> str:
    pool = (
        "offer", "the", "customer", "check", "Qualitätsmanagementbeauftragter", "R&D", "<b>", "and",
        "of", "contract", "Donaudampfschifffahrtsgesellschaftskapitänsmütze", "漢字漢字", "yes",
    )  # fmt: skip
    return " ".join(rng.choice(pool) for _ in range(rng.randint(low, high)))


def fan(options: int) -> Chart:
    """A decision whose options each lead to a step of their own."""
    places = range(options)
    nodes = [Node("start", "start", "Begin"), Node("d", "decision", "Which of them?", "a", "1")]
    nodes += [Node(f"s{i}", "task", f"Step number {i}", "a", str(i + 2)) for i in places]
    nodes.append(Node("done", "end", "Done"))
    edges = [Edge("start", "d"), *(Edge("d", f"s{i}", f"Option {i}") for i in places)]
    edges += [Edge(f"s{i}", "done") for i in places]
    return Chart("Fan", "", (Lane("a", "A"),), tuple(nodes), tuple(edges))


def stairs(options: int) -> Chart:
    """The same, but each of these steps leads to the next."""
    chart = fan(options)
    edges = [edge for edge in chart.edges if edge.target != "done"]
    edges += [Edge(f"s{i}", f"s{i + 1}") for i in range(options - 1)]
    edges.append(Edge(f"s{options - 1}", "done"))
    return Chart("Stairs", "", chart.lanes, chart.nodes, tuple(edges))


def line(steps: int) -> Chart:
    """One step after the other, in three lanes."""
    lanes = tuple(Lane(i, i.upper()) for i in "abc")
    names = ["start", *(f"s{i}" for i in range(steps)), "done"]
    nodes = [Node("start", "start", "Begin"), Node("done", "end", "Done")]
    nodes += [Node(f"s{i}", "task", f"Step {i}", "abc"[i % 3], str(i + 1)) for i in range(steps)]
    edges = tuple(Edge(a, b) for a, b in pairwise(names))
    return Chart("Line", "", lanes, tuple(nodes), edges)


def loops(count: int) -> Chart:
    """Steps, each with a decision that may lead back by two of them."""
    nodes, edges = [Node("start", "start", "Begin")], [Edge("start", "s0")]
    for i in range(count):
        nodes += [Node(f"s{i}", "task", f"Step {i}", "ab"[i % 2], str(2 * i + 1))]
        nodes += [Node(f"d{i}", "decision", "Good?", "ab"[i % 2], str(2 * i + 2))]
        after = f"s{i + 1}" if i + 1 < count else "done"
        edges += [Edge(f"s{i}", f"d{i}"), Edge(f"d{i}", f"s{max(0, i - 1)}", "No")]
        edges.append(Edge(f"d{i}", after, "Yes"))
    nodes.append(Node("done", "end", "Done"))
    lanes = (Lane("a", "A"), Lane("b", "B"))
    return Chart("Loops", "", lanes, tuple(nodes), tuple(edges))

"""What follows the steps: key figures, risks, documents, clauses and the version history."""

from make_templates.pieces import (
    Cell,
    cell,
    each,
    heading,
    listing,
    p,
    row,
    row_tag,
    sections,
    shares,
    table,
    tag,
    when,
)


def back_matter() -> str:
    """Everything behind the steps."""
    return (
        _kpis()
        + _risks()
        + _documents()
        + sections("sections_after")
        + _applicable()
        + _clauses()
        + _history()
    )


def _kpis() -> str:
    return when(
        "kpis",
        heading("{{ words.kpis }}"),
        tag("if has.kpi_details"),
        listing(
            "kpi in kpis",
            ["{{ words.key_figure }}", "{{ words.target }}", "{{ words.measure }}"],
            [
                "{{ kpi.title }}",
                "{{ kpi.goal or '–' }}",
                "{{ kpi.measure or '–' }}",
            ],
            shares(34, 26, 40),
            description="{{ words.kpis }}",
        ),
        tag("else"),
        each("kpi in kpis", p("{{ kpi.title }}", "Entry")),
        tag("endif"),
        p("{{p 'figures' | insert }}"),
    )


def _risks() -> str:
    return when(
        "risks",
        heading("{{ words.risks }}"),
        listing(
            "risk in risks",
            [
                "{{ words.risks }}",
                "{{ words.kind }}",
                "{{ words.measures }}",
                "{{ words.owner_of_risk }}",
            ],
            [
                "{{ risk.title }}",
                "{{ risk.kind }}",
                "{{ risk.action or '–' }}",
                "{{ risk.owner or '–' }}",
            ],
            shares(34, 14, 36, 16),
            description="{{ words.risks }}",
        ),
    )


def _documents() -> str:
    return when(
        "has.document_details",
        heading("{{ words.documents }}"),
        listing(
            "item in documents",
            [
                "{{ words.document }}",
                "{{ words.form }}",
                "{{ words.retention }}",
                "{{ words.origin }}",
            ],
            [
                "{{ item.title }}",
                "{{ item.form or '–' }}",
                "{{ item.retention or '–' }}",
                "{{ item.origin }}",
            ],
            shares(46, 18, 18, 18),
            description="{{ words.documents }}",
        ),
    )


def _applicable() -> str:
    return when(
        "applicable_documents",
        heading("{{ words.applicable_documents }}"),
        listing(
            "item in applicable_documents",
            ["{{ words.number }}", "{{ words.title }}", "{{ words.edition }}", "{{ words.kind }}"],
            [
                "{{ item.number or '–' }}",
                "{{ item.title }}",
                "{{ item.edition or '–' }}",
                "{{ item.kind }}",
            ],
            shares(16, 46, 20, 18),
            description="{{ words.applicable_documents }}",
        ),
    )


def _clauses() -> str:
    widths = shares(40, 60)
    rows = [
        row(
            [
                cell("{{ words.clause }}", widths[0], "TableHead"),
                cell("{{ words.where }}", widths[1], "TableHead"),
            ],
            header=True,
        ),
        row_tag("for standard in clauses", 2, widths[0]),
        row_tag("for item in standard.rows", 2, widths[0]),
        row(
            [
                cell("{{ standard.standard }}, {{ item.clause }}", widths[0]),
                cell("{{ item.where }}", widths[1]),
            ]
        ),
        row_tag("endfor", 2, widths[0]),
        row_tag("endfor", 2, widths[0]),
    ]
    return when(
        "clauses",
        heading("{{ words.clauses }}"),
        table("HouseGrid", widths, rows, head=True, description="{{ words.clauses }}"),
    )


def _history() -> str:
    def rows(with_change: bool) -> str:
        heads = ["{{ words.version }}", "{{ words.date }}", "{{ words.status }}"]
        cells: list[Cell] = [
            "{{ entry.version }}",
            "{{ entry.date or '–' }}",
            "{{ entry.status or '–' }}",
        ]
        if with_change:
            heads.append("{{ words.change }}")
            cells.append(
                (
                    tag("if entry.change.blocks")
                    + p("{{p entry.change.blocks | blocks('TableText') }}", "TableText")
                    + tag("else")
                    + p("–", "TableText")
                    + tag("endif"),
                )
            )
        return listing(
            "entry in history",
            heads,
            cells,
            shares(10, 18, 18, 54) if with_change else shares(20, 40, 40),
            description="{{ words.history }}",
        )

    return when(
        "history",
        heading("{{ words.history }}"),
        tag("if has.history_changes"),
        rows(with_change=True),
        tag("else"),
        rows(with_change=False),
        tag("endif"),
    )

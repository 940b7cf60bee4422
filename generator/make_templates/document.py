"""The house template of the process document."""

from make_templates.back_matter import back_matter
from make_templates.look import WIDTH
from make_templates.pieces import (
    cell,
    each,
    heading,
    link,
    listing,
    p,
    place,
    row,
    row_tag,
    run,
    sections,
    shares,
    table,
    tag,
    when,
)
from make_templates.skeleton import template

_LABELS = shares(24, 76)


def document_template() -> bytes:
    """The template `templates/document/process.docx`."""
    body = _front() + _frame() + _picture() + _overview() + _matrix() + _steps() + back_matter()
    return template(body, footer_left="{{ words.not_controlled }}")


def _fact(condition: str, label: str, value: str) -> list[str]:
    """A row of a table of facts that is there only if the condition holds."""
    return [
        row_tag(f"if {condition}", 2, _LABELS[0]),
        row([cell(label, _LABELS[0], "Label"), cell(value, _LABELS[1])]),
        row_tag("endif", 2, _LABELS[0]),
    ]


def _front() -> str:
    facts = [
        *_fact("number", "{{ words.document_number }}", "{{ number }}"),
        *_fact("version", "{{ words.version }}", "{{ version }}"),
        *_fact("category", "{{ words.category }}", "{{ category }}"),
        *_fact("owner", "{{ words.owner }}", "{{ owner }}"),
        *_fact("classification", "{{ words.classification }}", "{{ classification }}"),
        *_fact(
            "validity.effective_from",
            "{{ words.effective_from }}",
            "{{ validity.effective_from }}",
        ),
        *_fact(
            "validity.effective_until",
            "{{ words.effective_until }}",
            "{{ validity.effective_until }}",
        ),
        *_fact("validity.review_due", "{{ words.review_due }}", "{{ validity.review_due }}"),
        *_fact("validity.review_every", "{{ words.review_every }}", "{{ validity.review_every }}"),
        *_fact("participants", "{{ words.distribution }}", "{{ participants | join(', ') }}"),
    ]
    approval = listing(
        "signature in approval",
        [
            "{{ words.stage }}",
            "{{ words.name }}",
            "{{ words.role }}",
            "{{ words.signed }}",
            "{{ words.how }}",
        ],
        [
            "{{ signature.stage }}",
            "{{ signature.name }}",
            "{{ signature.role or '–' }}",
            "{{ signature.date }}",
            "{{ signature.how }}{% if signature.comment %}: {{ signature.comment }}{% endif %}",
        ],
        shares(18, 26, 18, 19, 19),
        description="{{ words.approval }}",
    )
    return (
        p("{{ title }}", "Title")
        + when("subtitle", p("{{ subtitle }}", "Subtitle"))
        + tag("if status.stamp")
        + p("{{ status.text }}", "StatusWarning")
        + tag("else")
        + p("{{ status.text }}", "Status")
        + tag("endif")
        + table("HouseFacts", _LABELS, facts, labels=True, description="{{ title }}")
        + when("approval", p("{{ words.approval }}", "FrontHeading"), approval)
        + when(
            "change.blocks",
            p("{{ words.changed }}", "FrontHeading"),
            p("{{p change.blocks | blocks }}"),
        )
        + p("{{p 'contents' | insert }}")
    )


def _frame() -> str:
    terms = "".join(
        when(
            name,
            *([p("{{ words.general_terms }}", "Note")] if name == "general_terms" else []),
            each(
                f"term in {name}",
                p(
                    run("{{ term.title }}", "Strong")
                    + run("{% if term.definition %}: {{ term.definition }}{% endif %}"),
                    "Entry",
                ),
            ),
        )
        for name in ("terms", "general_terms")
    )
    roles = listing(
        "role in roles",
        ["{{ words.role }}", "{{ words.part }}"],
        ["{{ role.text }}", "{{ role.part }}"],
        shares(40, 60),
        description="{{ words.roles }}",
    )
    return (
        heading("{{ words.purpose }}")
        + p("{{p purpose.blocks | blocks }}")
        + when("scope.blocks", heading("{{ words.scope }}"), p("{{p scope.blocks | blocks }}"))
        + sections("sections_before")
        + when("terms or general_terms", heading("{{ words.terms }}"), terms)
        + when("roles", heading("{{ words.roles }}"), roles)
    )


def _picture() -> str:
    return heading("{{ words.picture }}") + p("{{p 'picture' | insert }}")


def _overview() -> str:
    """The turtle: what goes in and comes out, with what, by whom, how it is measured."""
    widths = shares(1, 1, 1)

    def entries(loop: str, text: str, keep: str = "") -> tuple[str, ...]:
        dash = p("–", "TableText", keep)
        return (
            tag(f"for {loop}") + p(text, "TableEntry", keep) + tag("else") + dash + tag("endfor"),
        )

    def head(*texts: str) -> str:
        shaded = '<w:shd w:val="clear" w:color="auto" w:fill="EEF2F6"/>'
        return row([cell(t, w, "TableHead", shaded) for t, w in zip(texts, widths, strict=True)])

    together = "<w:keepNext/>"
    party = "{% if item.party %} ({{ item.party }}){% endif %}"
    middle = (
        p(run("{{ words.event }}: ", "Strong") + run("{{ start }}"), "TableText", together),
        p(run("{{ words.ends }}:", "Strong"), "TableText", together),
        each("end in ends", p("{{ end.event }}", "TableEntry", together)),
    )
    rows = [
        head("{{ words.inputs }}", "{{ words.process }}", "{{ words.outputs }}"),
        row(
            [
                cell(entries("item in inputs", "{{ item.title }}" + party, together), widths[0]),
                cell(middle, widths[1]),
                cell(entries("item in outputs", "{{ item.title }}" + party, together), widths[2]),
            ]
        ),
        head("{{ words.with_what }}", "{{ words.who }}", "{{ words.measure }}"),
        row(
            [
                cell(
                    entries(
                        "item in resources",
                        "{{ item.title }}{% if item.note %}: {{ item.note }}{% endif %}",
                    ),
                    widths[0],
                ),
                cell(entries("item in roles", "{{ item.title }}"), widths[1]),
                cell(entries("item in kpis", "{{ item.title }}"), widths[2]),
            ]
        ),
    ]
    return heading("{{ words.overview }}") + table(
        "HouseGrid", widths, rows, description="{{ words.overview }}"
    )


def _matrix() -> str:
    widths = [1000, 3600, WIDTH - 4600]
    centred = '<w:jc w:val="center"/>'
    narrow = 1500

    def columns(content: str, style: str) -> list[str]:
        return [
            cell(p("{%tc for item in " + content + " %}", style), narrow),
            cell(
                p("{{ item" + (".text" if "cells" in content else "") + " }}", style, centred),
                narrow,
            ),
            cell(p("{%tc endfor %}", style), narrow),
        ]

    rows = [
        row(
            [
                cell("{{ words.step }}", widths[0], "TableHead"),
                cell("{{ words.what_to_do }}", widths[1], "TableHead"),
                *columns("rasci.roles", "TableHead"),
            ],
            header=True,
        ),
        row_tag("for line in rasci.rows", 3, widths[0]),
        row(
            [
                cell("{{ line.number }}", widths[0]),
                cell(link("line.title", "line.anchor"), widths[1]),
                *columns("line.cells", "TableText"),
            ]
        ),
        row_tag("endfor", 3, widths[0]),
    ]
    return when(
        "rasci.roles",
        heading("{{ words.rasci }}"),
        table("HouseGrid", widths, rows, head=True, description="{{ words.rasci }}"),
        p("{{ rasci.legend }}", "Note"),
    )


def _steps() -> str:
    others = "".join(
        f"{{% if step.{key} %}}{{{{ words.{key} }}}}: {{{{ step.{key} | join(', ') }}}}. "
        "{% endif %}"
        for key in ("supporting", "consulted", "informed")
    )
    checks = (each("check in step.checks", p("☐ {{ check.label }}", "TableText")),)
    fields = (
        each(
            "field in step.fields",
            p(
                "{{ field.label }} ({{ field.details }})"
                "{% if field.help %}: {{ field.help }}{% endif %}",
                "TableEntry",
            ),
        ),
    )
    facts = [
        *_fact(
            "step.accountable and step.accountable != owner",
            "{{ words.accountable }}",
            "{{ step.accountable }}",
        ),
        *_fact("step.supporting or step.consulted or step.informed", "{{ words.also }}", others),
        *_fact("step.arrivals", "{{ words.after_step }}", "{{ step.arrivals | join(', ') }}"),
        *_fact("step.inputs", "{{ words.inputs }}", "{{ step.inputs | join(', ') }}"),
        *_fact("step.resources", "{{ words.resources }}", "{{ step.resources | join(', ') }}"),
        row_tag("if step.checks", 2, _LABELS[0]),
        row([cell("{{ words.checks }}", _LABELS[0], "Label"), cell(checks, _LABELS[1])]),
        row_tag("endif", 2, _LABELS[0]),
        row_tag("if step.fields", 2, _LABELS[0]),
        row([cell("{{ words.records }}", _LABELS[0], "Label"), cell(fields, _LABELS[1])]),
        row_tag("endif", 2, _LABELS[0]),
        *_fact("step.outputs", "{{ words.outputs }}", "{{ step.outputs | join(', ') }}"),
        *_fact("step.due", "{{ words.due }}", "{{ step.due }}"),
        *_fact("step.four_eyes", "{{ words.four_eyes }}", "{{ step.four_eyes }}"),
        *_fact("step.email", "{{ words.email }}", "{{ step.email.title }}"),
        *_fact("step.clauses", "{{ words.clause }}", "{{ step.clauses | join('; ') }}"),
        *_fact("step.onward", "{{ words.then }}", link("step.onward", "step.onward_anchor")),
    ]
    ways = shares(34, 66)
    decision = when(
        "step.decision",
        p(
            "{{ words.decision }}{% if step.decision.question %}: {{ step.decision.question }}"
            "{% endif %}",
            "Question",
        ),
        listing(
            "option in step.decision.options",
            ["{{ words.answer }}", "{{ words.leads_to }}"],
            ["{{ option.label }}", link("option.sentence", "option.anchor")],
            ways,
            description="{{ words.decision }}: {{ step.title }}",
        ),
    )
    calls = when(
        "step.calls",
        tag("if not step.calls.outcomes"),
        p(run("{{ step.calls.text }}.", "Strong")),
        tag("endif"),
        when(
            "step.calls.outcomes",
            p("{{ step.calls.text }}.", "Question"),
            listing(
                "outcome in step.calls.outcomes",
                ["{{ words.result }}", "{{ words.leads_to }}"],
                ["{{ outcome.label }}", link("outcome.sentence", "outcome.anchor")],
                ways,
                description="{{ words.result }}: {{ step.title }}",
            ),
        ),
    )
    return heading("{{ words.steps }}") + each(
        "step in all_steps",
        when("step.branch_start", p("{{ step.branch }}", "StepBranch")),
        p(
            place("step.anchor") + run("{{ words.step }} {{ step.number }}: {{ step.title }}"),
            "Heading2",
        ),
        when(
            "step.responsible",
            p(
                run("{{ words.responsible }}: ") + run("{{ step.responsible }}", "Strong"),
                "StepRole",
            ),
        ),
        each("text in step.instructions", p("{{p text.blocks | blocks }}")),
        each("note in step.notes", p("{{ note }}")),
        table(
            "HouseFacts",
            _LABELS,
            facts,
            labels=True,
            description="{{ words.step }} {{ step.number }}: {{ step.title }}",
        ),
        decision,
        calls,
    )

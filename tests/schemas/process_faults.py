"""Process definitions with one fault, and what the schema says of it."""

from __future__ import annotations

from schemas.documents import GONE

STEP = {"id": "a", "title": "A", "responsible": "r"}
DECIDE = "steps/1"
MEASURE = "kpis/0/measure"
PROCESS: dict[str, tuple[dict[str, object], str]] = {
    "unknown key": ({"purpos": "x"}, "additionalProperties $ purpos"),
    "no purpose": ({"purpose": GONE}, "required $ purpose"),
    "no start": ({"start": GONE}, "required $ start"),
    "empty start": ({"start": {}}, "required $/start event"),
    "no steps": ({"steps": []}, "minItems $/steps"),
    "no ends": ({"ends": {}}, "minProperties $/ends"),
    "steps as a mapping": ({"steps": {"a": STEP}}, "type $/steps"),
    "version as a number": ({"version": 1.1}, "type $/version"),
    "version with a leading zero": ({"version": "01.1"}, "pattern $/version"),
    "version of three parts": ({"version": "1.1.0"}, "pattern $/version"),
    "version with a line break": ({"version": "1.1\n"}, "pattern $/version"),
    "version in Arabic digits": ({"version": "١.١"}, "pattern $/version"),
    "id in capitals": ({"id": "Sales"}, "pattern $/id"),
    "id with a line break": ({"id": "sales\n"}, "pattern $/id"),
    "id of a Windows device": ({"id": "com1"}, "pattern $/id"),
    "id that climbs out": ({"id": "../sales"}, "pattern $/id"),
    "blank title": ({"title": " \u00a0\ufeff\u200b"}, "pattern $/title"),
    "title of two lines": ({"title": "a\nb"}, "not $/title"),
    "title with a NUL": ({"title": "a\u0000"}, "not $/title"),
    "purpose with an escape": ({"purpose": "a\u001b[31m"}, "not $/purpose"),
    "title without end": ({"title": "x" * 1001}, "maxLength $/title"),
    "no title at all": ({"title": None}, "type $/title"),
    "unknown category": ({"category": "kernel"}, "enum $/category"),
    "review in hours": ({"review_every": "PT4H"}, "pattern $/review_every"),
    "review in business days": ({"review_every": "P5BD"}, "pattern $/review_every"),
    "review after nothing": ({"review_every": "P0Y0D"}, "pattern $/review_every"),
    "retention without a number": (
        {"documents": {"offer": {"title": "Offer", "retention": "PY"}}},
        "format $/documents/offer/retention|pattern $/documents/offer/retention",
    ),
    "document without title": ({"documents": {"offer": {}}}, "required $/documents/offer title"),
    "document id in capitals": (
        {"documents": {"Offer": {"title": "Offer"}}},
        "propertyNames $/documents Offer",
    ),
    "section at no place": (
        {"sections": [{"title": "T", "text": "t", "place": "end"}]},
        "enum $/sections/0/place",
    ),
    "term without definition": (
        {"terms": {"crm": {"title": "CRM"}}},
        "required $/terms/crm definition",
    ),
    "participant twice": ({"participants": ["a", "a"]}, "uniqueItems $/participants"),
    "resource without kind": (
        {"resources": [{"id": "odoo", "title": "odoo"}]},
        "required $/resources/0 kind",
    ),
    "resource of no kind": (
        {"resources": [{"id": "odoo", "title": "odoo", "kind": "tool"}]},
        "enum $/resources/0/kind",
    ),
    "input to somebody": (
        {"inputs": [{"document": "offer", "to": "customer"}]},
        "additionalProperties $/inputs/0 to",
    ),
    "output without document": ({"outputs": [{"to": "customer"}]}, "required $/outputs/0 document"),
    "clause as a number": ({"clauses": [8.2]}, "type $/clauses/0"),
    "clause as a text": ({"clauses": "8.2"}, "type $/clauses"),
    "clauses of a standard as a text": (
        {"clauses": {"ISO 9001:2015": "8.2"}},
        "type $/clauses/ISO 9001:2015",
    ),
    "history on no day": (
        {"history": [{"version": "1.2", "on": "2021-02-30", "change": "x"}]},
        "format $/history/0/on",
    ),
    "risk without title": ({"risks": [{"kind": "risk"}]}, "required $/risks/0 title"),
    "register and title": (
        {"applicable_documents": [{"register": "policy", "title": "Policy"}]},
        "falseSchema $/applicable_documents/0/title",
    ),
    "applicable document without title": (
        {"applicable_documents": [{"number": "7"}]},
        "required $/applicable_documents/0 title",
    ),
    "step without title": ({"steps/0/title": GONE}, "required $/steps/0 title"),
    "step nobody does": ({"steps/0/responsible": GONE}, "required $/steps/0 responsible"),
    "step with two who answer": ({"steps/0/accountable": ["a", "b"]}, "type $/steps/0/accountable"),
    "supporting as a text": ({"steps/0/supporting": "legal"}, "type $/steps/0/supporting"),
    "optional in words": ({"steps/0/optional": "yes"}, "type $/steps/0/optional"),
    "blank instruction": ({"steps/0/instructions": ["a", " "]}, "pattern $/steps/0/instructions/1"),
    "e-mail by path": ({"steps/0/email": "a/b.md"}, "pattern $/steps/0/email"),
    "due without a span": ({"steps/0/due": {"after": "start"}}, "required $/steps/0/due within"),
    "due in words": (
        {"steps/0/due": {"within": "5 days", "after": "start"}},
        "format $/steps/0/due/within|pattern $/steps/0/due/within",
    ),
    "due in mixed days": (
        {"steps/0/due": {"within": "P1D5BD", "after": "start"}},
        "format $/steps/0/due/within|pattern $/steps/0/due/within",
    ),
    "field of no type": (
        {"steps/0/fields": [{"id": "f", "label": "F", "type": "boolean"}]},
        "enum $/steps/0/fields/0/type",
    ),
    "choice without options": (
        {"steps/0/fields": [{"id": "f", "label": "F", "type": "choice"}]},
        "required $/steps/0/fields/0 options",
    ),
    "options twice": (
        {"steps/0/fields": [{"id": "f", "label": "F", "type": "choice", "options": ["a", "a"]}]},
        "uniqueItems $/steps/0/fields/0/options",
    ),
    "option as a number": (
        {"steps/0/fields": [{"id": "f", "label": "F", "type": "choice", "options": [1]}]},
        "type $/steps/0/fields/0/options/0",
    ),
    "check without label": ({"steps/0/checks": [{"id": "c"}]}, "required $/steps/0/checks/0 label"),
    "check as a text": ({"steps/0/checks": ["c"]}, "type $/steps/0/checks/0"),
    "next as a list": ({"steps/0/next": ["a"]}, "type $/steps/0/next"),
    "next to nowhere": ({"steps/0/next": {}}, "required $/steps/0/next end"),
    "next to a step in a mapping": (
        {"steps/0/next": {"step": "a"}},
        "additionalProperties $/steps/0/next step|required $/steps/0/next end",
    ),
    "next to end and join": (
        {"steps/0/next": {"end": "won", "join": True}},
        "falseSchema $/steps/0/next/end",
    ),
    "next not to join": ({"steps/0/next": {"join": False}}, "const $/steps/0/next/join"),
    "decision and next": ({f"{DECIDE}/next": "qualify"}, f"falseSchema $/{DECIDE}/next"),
    "decision and parallel": (
        {f"{DECIDE}/parallel": {"a": [STEP]}},
        f"falseSchema $/{DECIDE}/parallel",
    ),
    "decision and call": (
        {f"{DECIDE}/calls": {"process": "other"}},
        f"falseSchema $/{DECIDE}/calls",
    ),
    "optional decision": ({f"{DECIDE}/optional": True}, f"falseSchema $/{DECIDE}/optional"),
    "call and parallel": (
        {"steps/2/parallel": {"a": [STEP]}},
        "falseSchema $/steps/2/parallel",
    ),
    "optional call with outcomes": ({"steps/2/optional": True}, "falseSchema $/steps/2/optional"),
    "decision without options": (
        {f"{DECIDE}/decision/options": GONE},
        f"required $/{DECIDE}/decision options",
    ),
    "option without label": (
        {f"{DECIDE}/decision/options/yes/label": GONE},
        f"required $/{DECIDE}/decision/options/yes label",
    ),
    "option without next": (
        {f"{DECIDE}/decision/options/yes/next": GONE},
        f"required $/{DECIDE}/decision/options/yes next",
    ),
    "option label read as a boolean": (
        {f"{DECIDE}/decision/options/yes/label": True},
        f"type $/{DECIDE}/decision/options/yes/label",
    ),
    "loop without a turn": (
        {f"{DECIDE}/decision/options/unclear/max_repeats": 0},
        f"minimum $/{DECIDE}/decision/options/unclear/max_repeats",
    ),
    "loop of half a turn": (
        {f"{DECIDE}/decision/options/unclear/max_repeats": 1.5},
        f"type $/{DECIDE}/decision/options/unclear/max_repeats",
    ),
    "call without process": ({"steps/2/calls/process": GONE}, "required $/steps/2/calls process"),
    "branch without steps": ({"steps/3/parallel/credit": []}, "minItems $/steps/3/parallel/credit"),
    "no branch": ({"steps/3/parallel": {}}, "minProperties $/steps/3/parallel"),
    "fault inside a branch": (
        {"steps/3/parallel/credit/0/responsible": GONE},
        "required $/steps/3/parallel/credit/0 responsible",
    ),
    "end without event": ({"ends/won": {"success": True}}, "required $/ends/won event"),
    "kpi without title": ({"kpis/0/title": GONE}, "required $/kpis/0 title"),
    "measure of nothing": ({MEASURE: {}}, f"required $/{MEASURE} count"),
    "measure of two things": (
        {MEASURE: {"count": "cases", "sum": {"field": "a.b"}}},
        f"falseSchema $/{MEASURE}/sum",
    ),
    "count of anything": ({MEASURE: {"count": "steps"}}, f"enum $/{MEASURE}/count"),
    "count of nothing": ({MEASURE: {"count": {}}}, f"required $/{MEASURE}/count step"),
    "count of two things": (
        {MEASURE: {"count": {"step": "a", "end": "b"}}},
        f"falseSchema $/{MEASURE}/count/end",
    ),
    "option without its step": (
        {MEASURE: {"count": {"option": "yes"}}},
        f"pattern $/{MEASURE}/count/option",
    ),
    "share of nothing": (
        {MEASURE: {"share": {"where": "cases"}}},
        f"required $/{MEASURE}/share of",
    ),
    "time from nowhere": ({MEASURE: {"time": {"to": "end"}}}, f"required $/{MEASURE}/time from"),
    "time in weeks": (
        {MEASURE: {"time": {"from": "start", "to": "end"}}, "kpis/0/unit": "weeks"},
        "enum $/kpis/0/unit",
    ),
    "sum of a step": ({MEASURE: {"sum": {"field": "meet"}}}, f"pattern $/{MEASURE}/sum/field"),
    "rate of something": (
        {MEASURE: {"conformance_rate": {"step": "a"}}},
        f"additionalProperties $/{MEASURE}/conformance_rate step",
    ),
    "ratio without a divisor": (
        {MEASURE: {"ratio": {"of": "k"}}},
        f"required $/{MEASURE}/ratio per",
    ),
    "target of nothing": ({"kpis/0/target": {}}, "required $/kpis/0/target min"),
    "target in words": ({"kpis/0/target": {"min": "10"}}, "type $/kpis/0/target/min"),
    "aggregate of no kind": ({"kpis/0/aggregate": "p95"}, "enum $/kpis/0/aggregate"),
    "period of no kind": ({"kpis/0/period": "week"}, "enum $/kpis/0/period"),
}

"""Records and the other files with one fault, and what the schema says of it."""

from __future__ import annotations

from schemas.documents import GONE, SHA, SIGNATURE

CANCELLED = {"on": "2022-06-20", "by": "anna.beispiel", "reason": "Withdrawn."}
CLOSED = {"status": "closed", "closed": "2022-07-04", "end": "won"}

RECORD: dict[str, tuple[dict[str, object], str]] = {
    "no case": ({"case": GONE}, "required $ case"),
    "no steps": ({"steps": GONE}, "required $ steps"),
    "case that climbs out": ({"case": "../x"}, "pattern $/case"),
    "case of 65 characters": ({"case": "x" * 65}, "pattern $/case"),
    "case of a Windows device": ({"case": "Con.1"}, "pattern $/case"),
    "case with a line break": ({"case": "S-1\n"}, "pattern $/case"),
    "case as a number": ({"case": 17}, "type $/case"),
    "version as a number": ({"version": 1.1}, "type $/version"),
    "status of no kind": ({"status": "done"}, "enum $/status"),
    "closed without day and end": ({"status": "closed"}, "required $ closed|required $ end"),
    "open with an end": ({"end": "won"}, "falseSchema $/end"),
    "on hold and closed": (
        {"status": "on-hold", "closed": "2022-07-04"},
        "falseSchema $/closed",
    ),
    "cancelled without saying how": ({"status": "cancelled"}, "required $ cancelled"),
    "cancelled and closed": (
        {"status": "cancelled", "cancelled": CANCELLED, "closed": "2022-07-04"},
        "falseSchema $/closed",
    ),
    "closed and cancelled": ({**CLOSED, "cancelled": CANCELLED}, "falseSchema $/cancelled"),
    "cancelled without reason": (
        {"status": "cancelled", "cancelled": {"on": "2022-06-20", "by": "a"}},
        "required $/cancelled reason",
    ),
    "started on no day": ({"started": "2022-02-29"}, "format $/started"),
    "started without offset": (
        {"started": "2022-05-16T10:15:00"},
        "format $/started|pattern $/started",
    ),
    "started at 25 hours": ({"started": "2022-05-16T25:15:00Z"}, "format $/started"),
    "step without completion": ({"steps/0/completed": GONE}, "required $/steps/0 completed"),
    "step by nobody": ({"steps/0/by": []}, "minItems $/steps/0/by"),
    "step by one person twice": ({"steps/0/by": ["a", "a"]}, "uniqueItems $/steps/0/by"),
    "answer read as a boolean": (
        {"steps/0/checks": {"c": True}},
        "enum $/steps/0/checks/c|type $/steps/0/checks/c",
    ),
    "answer in other words": ({"steps/0/checks": {"c": "n/a"}}, "enum $/steps/0/checks/c"),
    "value as a list": ({"steps/0/fields": {"f": ["a"]}}, "type $/steps/0/fields/f"),
    "value as a boolean": ({"steps/0/fields": {"f": False}}, "type $/steps/0/fields/f"),
    "value with a NUL": ({"steps/0/fields": {"f": "\u0000"}}, "not $/steps/0/fields/f"),
    "evidence as a text": ({"steps/0/outputs": {"o": "a.pdf"}}, "type $/steps/0/outputs/o"),
    "evidence of nothing": ({"steps/0/outputs": {"o": {}}}, "required $/steps/0/outputs/o file"),
    "evidence of two kinds": (
        {"inputs": {"o": {"file": "a.pdf", "reference": "odoo"}}},
        "falseSchema $/inputs/o/file",
    ),
    "file in a system": (
        {"inputs": {"o": {"file": "a.pdf", "system": "odoo"}}},
        "falseSchema $/inputs/o/system",
    ),
    "short checksum": (
        {"inputs": {"o": {"file": "a.pdf", "sha256": SHA[1:]}}},
        "pattern $/inputs/o/sha256",
    ),
    "address that runs code": (
        {"inputs": {"o": {"reference": "x", "url": "javascript:alert(1)"}}},
        "pattern $/inputs/o/url",
    ),
    "called case in a mapping": (
        {"steps/0/called_case": {"case": "Q-1"}},
        "additionalProperties $/steps/0/called_case case|required $/steps/0/called_case reference",
    ),
    "source of no kind": ({"source": {"kind": "fax"}}, "enum $/source/kind"),
    "deviation without reason": (
        {"deviations": [{"finding": "record/order", "approved_by": "a", "on": "2022-06-02"}]},
        "required $/deviations/0 reason",
    ),
    "deviation that never occurred": (
        {
            "deviations": [
                {
                    "finding": "record/order",
                    "occurrence": 0,
                    "reason": "x",
                    "approved_by": "a",
                    "on": "2022-06-02",
                }
            ]
        },
        "minimum $/deviations/0/occurrence",
    ),
}
APPROVALS: dict[str, tuple[dict[str, object], str]] = {
    "no digest": ({"digest": GONE}, "required $ digest"),
    "digest of another kind": ({"digest": f"sha1:{SHA}"}, "pattern $/digest"),
    "effective at a time": (
        {"effective_from": "2022-05-12T00:00:00Z"},
        "format $/effective_from|pattern $/effective_from",
    ),
    "signature by no id": ({"signatures/0/by": "Christian Gabriel"}, "pattern $/signatures/0/by"),
    "signature of no method": ({"signatures/0/method": "fax"}, "enum $/signatures/0/method"),
    "key without signature": (
        {"signatures/1/signature": GONE},
        "required $/signatures/1 signature",
    ),
    "paper with a signature": (
        {"signatures/0/signature": SIGNATURE},
        "falseSchema $/signatures/0/signature",
    ),
    "signature of no armour": (
        {"signatures/1/signature": "yes"},
        "pattern $/signatures/1/signature",
    ),
    "signature without stage": ({"signatures/0/stage": GONE}, "required $/signatures/0 stage"),
    "original without checksum": (
        {"signatures/0/original": {"file": "original.txt"}},
        "required $/signatures/0/original sha256",
    ),
    "review without result": ({"reviews/0/result": GONE}, "required $/reviews/0 result"),
    "review of no result": ({"reviews/0/result": "fine"}, "enum $/reviews/0/result"),
    "withdrawn without reason": ({"withdrawn/reason": GONE}, "required $/withdrawn reason"),
    "status written down": ({"status": "approved"}, "additionalProperties $ status"),
}
ORGANIZATION: dict[str, tuple[dict[str, object], str]] = {
    "no name": ({"name": GONE}, "required $ name"),
    "time zone that is none": ({"timezone": "Europe/Berln"}, "format $/timezone"),
    "time zone that climbs out": (
        {"timezone": "../etc"},
        "format $/timezone|pattern $/timezone",
    ),
    "country that there is not": ({"country": "XX"}, "format $/country"),
    "country in words": ({"country": "Germany"}, "pattern $/country"),
    "country read as a boolean": ({"country": False}, "type $/country"),
    "no language": ({"languages": []}, "minItems $/languages"),
    "language in words": ({"languages": ["English"]}, "pattern $/languages/0"),
    "role without title": ({"roles/ceo": {}}, "required $/roles/ceo title"),
    "role as a text": ({"roles/ceo": "CEO"}, "type $/roles/ceo"),
    "role id with a blank": ({"roles/the ceo": {"title": "CEO"}}, "propertyNames $/roles the ceo"),
    "role of a Windows device": ({"roles/nul": {"title": "CEO"}}, "propertyNames $/roles nul"),
    "rule without stages": ({"approval/standard": []}, "minItems $/approval/standard"),
    "stage nobody signs": ({"approval/standard/0/count": 0}, "minimum $/approval/standard/0/count"),
    "stage without title": (
        {"approval/standard/0/title": GONE},
        "required $/approval/standard/0 title",
    ),
    "exclusion without reason": (
        {"exclusions": [{"clause": "8.3"}]},
        "required $/exclusions/0 reason",
    ),
    "exclusion as a number": (
        {"exclusions": [{"clause": 8.3, "reason": "x"}]},
        "type $/exclusions/0/clause",
    ),
}
PEOPLE: dict[str, tuple[dict[str, object], str]] = {
    "person without name": ({"gerald.unger/name": GONE}, "required $/gerald.unger name"),
    "person id in capitals": ({"Gerald": {"name": "Gerald"}}, "propertyNames $ Gerald"),
    "person of a Windows device": ({"aux.x": {"name": "A"}}, "propertyNames $ aux.x"),
    "e-mail without at": ({"gerald.unger/email": "gerald"}, "pattern $/gerald.unger/email"),
    "e-mail with a header": (
        {"gerald.unger/email": "a@b.c\nBcc:d@e.f"},
        "pattern $/gerald.unger/email",
    ),
    "role held at a time": (
        {"gerald.unger/roles/0/from": "2018"},
        "format $/gerald.unger/roles/0/from|pattern $/gerald.unger/roles/0/from",
    ),
    "role as a text": ({"gerald.unger/roles": ["ceo"]}, "type $/gerald.unger/roles/0"),
    "key without key": (
        {"gerald.unger/keys": [{"from": "2022-01-01"}]},
        "required $/gerald.unger/keys/0 key",
    ),
}
REGISTER: dict[str, tuple[dict[str, object], str]] = {
    "entry without title": ({"policy/title": GONE}, "required $/policy title"),
    "entry of no kind": ({"policy/kind": "law"}, "enum $/policy/kind"),
    "edition as a number": ({"policy/edition": 3}, "type $/policy/edition"),
    "file and address": ({"policy/url": "https://example.org"}, "falseSchema $/policy/url"),
}
CONTEXT: dict[str, tuple[dict[str, object], str]] = {
    "no organization": ({"organization": GONE}, "required $ organization"),
    "role with a mapping": ({"roles/ceo": {"title": "CEO"}}, "type $/roles/ceo"),
    "people as a list": ({"people": ["gerald.unger"]}, "type $/people"),
    "register entry without title": ({"register/policy": {}}, "required $/register/policy title"),
}

"""The text that is signed."""

from __future__ import annotations

from approvals.worlds import built, signed
from regelwerk.approvals.statement import statement

DIGEST = "sha256:" + "a" * 64


def test_it_is_canonical_json_of_everything_that_a_signature_binds() -> None:
    approvals = built(
        {
            "version": "1.3",
            "digest": DIGEST,
            "effective_from": "2026-06-01",
            "signatures": [
                signed(
                    "approved",
                    "cora",
                    "2026-05-12T10:00:00+02:00",
                    "ceo",
                    deputy=True,
                    comment='R&D <Vertrieb> "quoted" ü',
                )
            ],
        }
    )
    assert statement("sales", approvals, approvals.signatures[0]).decode() == (
        '{"at":"2026-05-12T10:00:00+02:00","by":"cora",'
        '"comment":"R&D <Vertrieb> \\"quoted\\" ü","deputy":true,'
        f'"digest":"{DIGEST}","effective_from":"2026-06-01","process":"sales","role":"ceo",'
        '"stage":"approved","version":"1.3"}'
    )


def test_what_is_absent_is_null() -> None:
    approvals = built(
        {"version": "1.3", "digest": DIGEST, "signatures": [signed("created", "x", "2026-05-12")]}
    )
    assert statement("sales", approvals, approvals.signatures[0]).decode() == (
        f'{{"at":"2026-05-12","by":"x","comment":null,"deputy":null,"digest":"{DIGEST}",'
        '"effective_from":null,"process":"sales","role":null,"stage":"created","version":"1.3"}'
    )

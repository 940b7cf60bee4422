"""Signature files as the review page gives them, made here with the same parts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import rfc8785

from approvals.signing import signer
from operations.versions_world import now
from regelwerk.approvals.sshsig import NAMESPACE, make
from regelwerk.operations.versions_receive import prepare_received
from regelwerk.project.load import load

AT = "2026-06-01T09:00:00+02:00"


def statement(root: Path, stage: str, by: str, role: str | None, **more: Any) -> dict[str, Any]:
    """What a person signs on the page about version 1.1 of the example."""
    frozen = load(root).project.processes["example"].version("1.1")
    assert frozen is not None
    assert frozen.approvals is not None
    effective = frozen.approvals.effective_from
    return {
        "at": AT,
        "by": by,
        "comment": None,
        "deputy": None,
        "digest": frozen.approvals.digest,
        "effective_from": effective.isoformat() if effective else None,
        "process": "example",
        "role": role,
        "stage": stage,
        "version": "1.1",
        **more,
    }


def file_of(said: dict[str, Any], key: str | None = None, namespace: str = NAMESPACE) -> bytes:
    """The file with the signature of what was said, by the key of whoever says it."""
    made = signer(key or said["by"])
    text = make(rfc8785.dumps(said), made.key, made.sign, namespace)
    return content_of({"format": "regelwerk-signature/1", "statement": said, "signature": text})


def content_of(data: dict[str, Any]) -> bytes:
    return json.dumps(data, ensure_ascii=False, indent=2).encode()


def changed(file: bytes, **statement_keys: Any) -> bytes:
    """The same signature under another statement."""
    data = json.loads(file)
    data["statement"] |= statement_keys
    return content_of(data)


def receive(root: Path, file: bytes, hour: int = 12, version: str = "1.1", **more: Any) -> str:
    return prepare_received(root, "example", version, file, now(hour, **more)).add()

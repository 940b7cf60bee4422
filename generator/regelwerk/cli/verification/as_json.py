"""What was found out about files, as JSON."""

from __future__ import annotations

import json

import msgspec

from regelwerk.operations.verify_result import Verification


def render(verification: Verification, *, quiet: bool = False) -> str:  # noqa: ARG001
    """`{"as_of": …, "files": [{"file", "state", "good", …}], "summary": {"files", "good"}}`."""
    files = [{**msgspec.to_builtins(one), "good": one.good} for one in verification.checked]
    data = {
        "as_of": verification.as_of.isoformat() if verification.as_of is not None else None,
        "files": files,
        "summary": {"files": len(files), "good": sum(one.good for one in verification.checked)},
    }
    return json.dumps(data, indent=2, ensure_ascii=False)

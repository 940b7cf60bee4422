"""The checklist in the browser, built and driven by `tools/`; run `npm ci` there first."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

TOOLS = Path(__file__).with_name("tools")
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)

MARKS = [
    pytest.mark.browser,
    pytest.mark.node,
    pytest.mark.xdist_group("webform"),
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
    pytest.mark.skipif(shutil.which("node") is None, reason="Node is not installed"),
    pytest.mark.skipif(
        not (TOOLS / "node_modules").is_dir(), reason="run `npm ci` in tests/browser/tools first"
    ),
]


def drive(scenario: str, **given: Any) -> dict[str, Any]:
    """Run a scenario of `tools/scenarios.mjs`; paths may be given as such."""
    arguments = json.dumps(given, default=str)
    run = subprocess.run(
        ["node", str(TOOLS / "run.mjs"), scenario, arguments],
        capture_output=True,
        text=True,
        timeout=120,
        env={**os.environ, "CHROMIUM": str(CHROMIUM)},
    )
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def quiet(found: dict[str, Any], address: str) -> None:
    """Nothing was asked for but the page, nothing went wrong, and no address holds a question."""
    assert set(found["requests"]) == {address}
    assert found["console"] == []
    assert not [one for one in (*found["requests"], *found["addresses"]) if "?" in one]

"""The committed script is what its source makes; run `npm ci` in generator/webform first."""

from __future__ import annotations

import shutil
import subprocess
from importlib.resources import files
from pathlib import Path

import pytest

from artifacts.webform.webform_worlds import REPOSITORY

SOURCE = REPOSITORY / "generator" / "webform"
pytestmark = [
    pytest.mark.node,
    pytest.mark.skipif(shutil.which("node") is None, reason="Node is not installed"),
    pytest.mark.skipif(
        not (SOURCE / "node_modules").is_dir(), reason="run `npm ci` in generator/webform first"
    ),
]


def test_the_committed_bundle_is_a_fresh_build(tmp_path: Path) -> None:
    command = ["node", "build.mjs", "--to", str(tmp_path)]
    subprocess.run(command, cwd=SOURCE, check=True, timeout=60)
    shipped = files("regelwerk.artifacts.webform") / "assets"
    made = sorted(path.name for path in tmp_path.iterdir())
    assert made == ["LICENSES.txt", "webform.js"]
    for name in made:
        assert (shipped / name).read_bytes() == (tmp_path / name).read_bytes()


def test_the_bundle_cannot_end_its_element_and_evaluates_nothing() -> None:
    text = (files("regelwerk.artifacts.webform") / "assets" / "webform.js").read_text("utf-8")
    assert "</script" not in text.lower()
    assert "<!--" not in text
    for word in ("eval(", "new Function", "innerHTML", "fetch(", "XMLHttpRequest", "sendBeacon"):
        assert word not in text

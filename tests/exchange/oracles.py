"""Programs of others that judge the BPMN: the OMG's schemas, bpmnlint and bpmn-js."""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

TOOLS = Path(__file__).parent / "tools"
MODULES = TOOLS / "node_modules"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)

needs_modules = pytest.mark.skipif(
    not MODULES.is_dir(), reason="run `npm ci` in tests/exchange/tools first"
)
needs_node = pytest.mark.skipif(shutil.which("node") is None, reason="Node is not installed")
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")


@cache
def _schema() -> etree.XMLSchema:
    return etree.XMLSchema(file=str(MODULES / "bpmn-moddle/resources/bpmn/xsd/BPMN20.xsd"))


def schema_faults(content: bytes) -> list[str]:
    """What the OMG's XML Schemas of BPMN 2.0 say against a file."""
    schema = _schema()
    schema.validate(etree.fromstring(content))
    return [str(entry) for entry in schema.error_log]


def linted(files: Mapping[str, bytes], folder: Path) -> dict[str, Any]:
    """What bpmn.io's reader warns of and what bpmnlint finds, by file."""
    paths = _write(files, folder)
    command = ["node", str(TOOLS / "lint.mjs"), *map(str, paths.values())]
    run = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert run.returncode == 0, run.stderr
    said = json.loads(run.stdout)
    return {name: said[str(path)] for name, path in paths.items()}


def drawn(files: Mapping[str, bytes], folder: Path, *more: str) -> dict[str, Any]:
    """What bpmn-js shows of each file in Chromium: `{name: {warnings, elements}}`."""
    texts = json.dumps({name: content.decode() for name, content in files.items()})
    viewer = MODULES / "bpmn-js/dist/bpmn-viewer.production.min.js"
    page = (TOOLS / "draw.html").read_text(encoding="utf-8")
    page = page.replace("BPMN_JS", viewer.resolve().as_uri()).replace(
        "FILES", texts.replace("<", "\\u003c")
    )
    (folder / "page.html").write_text(page, encoding="utf-8")
    command = [
        str(CHROMIUM),
        *("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--hide-scrollbars"),
        *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
        *("--host-resolver-rules=MAP * ~NOTFOUND", "--virtual-time-budget=60000"),
        f"--user-data-dir={folder / 'profile'}",
        *(more or ("--dump-dom",)),
        (folder / "page.html").as_uri(),
    ]
    environment = {**os.environ, "HOME": str(folder)}
    run = subprocess.run(command, capture_output=True, timeout=180, check=True, env=environment)
    if more:
        return {}
    found = re.search(r'<pre id="seen"[^>]*>(.*?)</pre>', run.stdout.decode(), re.DOTALL)
    assert found is not None, run.stderr.decode(errors="replace")
    seen = json.loads(html.unescape(found.group(1)))
    assert "error" not in seen, seen["error"]
    return dict(seen)


def _write(files: Mapping[str, bytes], folder: Path) -> dict[str, Path]:
    paths = {name: folder / f"{place}.bpmn" for place, name in enumerate(files)}
    for name, path in paths.items():
        path.write_bytes(files[name])
    return paths

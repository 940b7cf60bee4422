"""Every Word file that the tests have judged, and how LibreOffice draws them."""

from __future__ import annotations

import io
import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest
from PIL import Image

from regelwerk.artifacts.checklist.render import render_checklist
from regelwerk.artifacts.document import render_document
from regelwerk.model.context import BuildContext
from regelwerk.model.version import Status
from regelwerk.operations.libre_office import find_office
from word_support import (
    contexts,
    figured_context,
    house_templates,
    long_context,
    sacred_context,
    with_status,
)

CONTRACT = "tests/examples/contract"
TOOLS = Path(__file__).parent / "tools"
VALIDATOR = TOOLS / "node_modules/.bin/ooxml-validator"

office = pytest.mark.office
needs_office = pytest.mark.skipif(
    find_office() is None or shutil.which("pdftoppm") is None,
    reason="install LibreOffice Writer and Poppler (pdftoppm) first",
)
needs_validator = pytest.mark.skipif(
    shutil.which("node") is None or not VALIDATOR.exists(),
    reason="install Node and run `npm ci` in tests/office/tools first",
)

DPI = 50


@cache
def known_contexts() -> dict[str, BuildContext]:
    """Sales, its callee, the contract's processes in every version, every status, forty steps.

    `figures` draws key figures from records.
    """
    found = {
        f"{process}-{version}": context
        for folder, process in (
            (".", "sales"),
            (".", "sales-customer-qualification"),
            (CONTRACT, "complaints"),
            (CONTRACT, "supplier-audit"),
            (CONTRACT, "tool-release"),
        )
        for version, context in contexts(folder, process).items()
    }
    found |= {status.value: with_status(status, on_paper=True) for status in Status}
    made = {"sacred": sacred_context()[0], "figures": figured_context()}
    return {**found, "forty-steps": long_context(), **made}


def document(name: str) -> bytes:
    return render_document(known_contexts()[name], house_templates()).content


def checklist(name: str) -> bytes:
    return render_checklist(known_contexts()[name], house_templates()).content


@cache
def word_files() -> dict[str, bytes]:
    made = {f"{name}.docx": document(name) for name in known_contexts()}
    return made | {f"{name}-checklist.docx": checklist(name) for name in known_contexts()}


def pages(pdf: bytes, folder: Path, dpi: int = DPI) -> list[Image.Image]:
    """The pages as grey pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "document.pdf").write_bytes(pdf)
    command = ["pdftoppm", "-r", str(dpi), "-gray", "-png", "document.pdf", "page"]
    subprocess.run(command, cwd=folder, check=True, timeout=120)
    return [
        Image.open(io.BytesIO(path.read_bytes())).convert("L")
        for path in sorted(folder.glob("page-*.png"))
    ]

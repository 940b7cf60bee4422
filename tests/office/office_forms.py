"""Forms opened, filled in and saved by LibreOffice; see `fill_by_office.py`."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from regelwerk.artifacts.view.speech import speech
from regelwerk.model.form import Form, FormField, distinct_labels
from regelwerk.model.moment import parse_date
from regelwerk.operations.libre_office import find_office

FILL = Path(__file__).parent / "fill_by_office.py"
PYTHON = "/usr/bin/python3"
_DAY_ZERO = 693594  # 1899-12-30, from which Excel counts

Entered = dict[str, dict[str, Any]]


def has_uno() -> bool:
    command = [PYTHON, "-c", "import uno"]
    return Path(PYTHON).exists() and subprocess.run(command, capture_output=True).returncode == 0


needs_uno = pytest.mark.skipif(
    find_office() is None or not has_uno(),
    reason="install LibreOffice Writer, Calc and python3-uno first",
)


def entered(kind: str, form: Form, values: Mapping[str, str]) -> Entered:
    """How each value is entered in a form of a kind: text, day, tick or number."""
    fields = {field.key: field for field in form.all_fields()}
    return dict(_entered(kind, fields[key], value) for key, value in values.items())


def _entered(kind: str, field: FormField, value: str) -> tuple[str, dict[str, Any]]:
    day = parse_date(value)
    if field.kind == "date" and day is not None:
        number = day.toordinal() - _DAY_ZERO
        word = {"day": value, "shown": speech("en").day(day)}
        return field.key, word if kind == "docx" else {"number": number}
    if field.kind == "boxes" and kind == "docx":
        place = [choice.value for choice in field.choices].index(value) + 1
        return f"{field.key}_{place}", {"checked": True}
    if field.kind in ("choice", "boxes"):
        labels = {one: label for label, one in distinct_labels(field.choices)}
        return field.key, {"text": labels[value]}
    if field.kind == "number" and kind == "xlsx":
        return field.key, {"number": float(value)}
    return field.key, {"text": value}


def by_office(folder: Path, forms: Mapping[str, tuple[bytes, Entered]]) -> dict[str, bytes]:
    """The forms by file name, each with what is entered, as LibreOffice saves them."""
    for name, (content, _) in forms.items():
        (folder / name).write_bytes(content)
    job = {
        "office": str(find_office()),
        "profile": str(folder / "profile"),
        "forms": [
            {
                "source": str(folder / name),
                "target": str(folder / f"by-office-{name}"),
                "values": values,
            }
            for name, (_, values) in forms.items()
        ],
    }
    (folder / "job.json").write_text(json.dumps(job), encoding="utf-8")
    subprocess.run([PYTHON, str(FILL), str(folder / "job.json")], check=True, timeout=240)
    shutil.rmtree(folder / "profile")
    return {name: (folder / f"by-office-{name}").read_bytes() for name in forms}

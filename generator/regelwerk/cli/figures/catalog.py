"""Every form of the key figures by the name that `--format` takes."""

from __future__ import annotations

from typing import Protocol

from regelwerk.cli.figures import as_csv, as_json, as_text
from regelwerk.operations.measure import Measurement


class Render(Protocol):
    """Say a measurement; the text ends with a line end."""

    def __call__(self, measurement: Measurement, *, all_periods: bool) -> str:
        """`all_periods` matters to people only; machines get every period."""


FORMATS: dict[str, Render] = {
    "text": as_text.render,
    "json": as_json.render,
    "csv": as_csv.render,
}

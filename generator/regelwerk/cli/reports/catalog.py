"""Every report format by the name that `--format` takes."""

from __future__ import annotations

from regelwerk.cli.reports import as_github, as_json, as_junit, as_sarif, as_text
from regelwerk.cli.reports.report import Format

FORMATS: dict[str, Format] = {
    "text": as_text.render,
    "json": as_json.render,
    "sarif": as_sarif.render,
    "junit": as_junit.render,
    "github": as_github.render,
}

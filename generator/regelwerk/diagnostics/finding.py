"""A finding: first what a rule says of the data, then the same with its place in a file."""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec

from regelwerk.diagnostics.catalog import Severity

# Leads through mappings (str) and lists (int) to a value.
Path = tuple[str | int, ...]

_PLAIN_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")


class Problem(msgspec.Struct, frozen=True):
    """What a rule found, before it has a file, a line and a severity.

    `path` leads to the key or item to be changed. `line` and `column` (both from 1) are set only
    where the data could not be read far enough to have a path. `severity` overrides the code's.
    `file` (relative to the root, with `/`) is empty where the caller knows which file it checks.
    """

    code: str
    path: Path
    message: str
    hint: str = ""
    line: int | None = None
    column: int | None = None
    severity: Severity | None = None
    file: str = ""


class Diagnostic(msgspec.Struct, frozen=True):
    """A finding as users and machines read it; `file` is relative to the root, with `/`."""

    code: str
    severity: Severity
    file: str
    line: int
    column: int
    path: str
    message: str
    hint: str = ""

    def sort_key(self) -> tuple[str, int, int, str, str]:
        """Order of reading: by file, then by place.

        Sorting is stable: findings of one code at one place stay as the rule found them, so that
        steps that were skipped come in the order of the process.
        """
        return (self.file, self.line, self.column, self.code, self.path)


def path_text(path: Path) -> str:
    """Write a path as JSONPath: `$.steps[3].responsible`; unusual keys as `['a.b']` (RFC 9535)."""
    parts = ["$"]
    for part in path:
        if isinstance(part, int):
            parts.append(f"[{part}]")
        elif _PLAIN_KEY.fullmatch(part):
            parts.append(f".{part}")
        else:
            escaped = part.replace("\\", "\\\\").replace("'", "\\'")
            parts.append(f"['{escaped}']")
    return "".join(parts)


def summary(findings: Iterable[Diagnostic]) -> dict[str, int]:
    """Count findings by severity: keys `errors`, `warnings`, `infos`."""
    counts = {"errors": 0, "warnings": 0, "infos": 0}
    names = {Severity.ERROR: "errors", Severity.WARNING: "warnings", Severity.INFO: "infos"}
    for finding in findings:
        counts[names[finding.severity]] += 1
    return counts

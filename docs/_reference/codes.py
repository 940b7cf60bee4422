"""The page of codes: what each means, and the lines of its examples that matter."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from _reference.markdown import MADE, anchor, fence, table
from regelwerk.diagnostics.catalog import CODES, Code

EXAMPLES = Path(__file__).resolve().parents[2] / "tests" / "examples"
LANGUAGES = {".md": "markdown", ".yaml": "yaml"}
AREAS = {
    "yaml": "Reading: can the file be read at all?",
    "schema": "Shape: are the keys and values those of the format?",
    "reference": "Names: does everything that is named exist?",
    "flow": "Flow: does the process work as a whole?",
    "approval": "Approval: is it what the right people approved?",
    "template": "Templates: can they be filled in?",
    "record": "Records: was the case done as the process says?",
}
SEVERITIES = {"error": "Error", "warning": "Warning", "info": "Information"}
LONGEST_EXCERPT = 24
LONGEST_LINE = 160
INTRODUCTION = (
    "Every finding has a code. An error makes the command end with exit code 1; warnings and "
    "information do not. In frozen versions only `approval/` codes are errors, everything else "
    "said of them is information: nobody can change a frozen text any more. The examples show the "
    "lines that matter, not the whole file."
)


def codes_page() -> str:
    """Every code with its meaning and a bad and a good example."""
    parts = [
        MADE,
        "# Codes of findings",
        INTRODUCTION,
        table(
            ("Code", "Severity", "Meaning"),
            (
                (f"[`{code.id}`](#{anchor(code.id)})", SEVERITIES[code.severity], code.meaning)
                for code in CODES.values()
            ),
        ),
    ]
    for area, title in AREAS.items():
        parts.append(f"## {title}")
        for code in CODES.values():
            if code.id.startswith(f"{area}/"):
                parts += code_section(code)
    return "\n\n".join(parts) + "\n"


def code_section(code: Code) -> Iterator[str]:
    """One code; without an example only what it means."""
    yield f'<a id="{anchor(code.id)}"></a>'
    yield f"### {code.id}"
    yield f"**{SEVERITIES[code.severity]}.** {code.meaning}"
    folder = EXAMPLES / code.id
    bad = next(iter(sorted(folder.glob("bad.*"))), None)
    good = next(iter(sorted(folder.glob("good.*"))), None)
    if bad is None or good is None:
        return
    expected = [
        match
        for line in (folder / "expected.txt").read_text(encoding="utf-8").splitlines()
        if (match := re.fullmatch(r"(\S+) (.+):(\d+):(\d+) (.+)", line)) and match[1] == code.id
    ]
    named = folder / "target.txt"
    target = "process/example/process.yaml"
    if named.is_file():
        target = named.read_text(encoding="utf-8").strip()
    here = [int(match[3]) for match in expected if match[2] == target]
    bad_lines, good_lines = _lines_of(bad), _lines_of(good)
    language = LANGUAGES.get(Path(target).suffix, "text")
    yield f"Bad, in `{target}`:"
    yield fence(excerpt(bad_lines, good_lines, here), language)
    places = [f"`{match[2]}`, line {match[3]}, `{match[5]}`" for match in expected]
    if places:
        yield "Found at " + "; ".join(places) + "."
    yield "Good:"
    yield fence(excerpt(good_lines, bad_lines, ()), language)


def _lines_of(file: Path) -> list[str]:
    text = file.read_bytes().removeprefix(b"\xef\xbb\xbf").decode("utf-8", errors="replace")
    return [line[:LONGEST_LINE].rstrip() for line in text.replace("\t", "→").split("\n")]


def excerpt(lines: Sequence[str], other: Sequence[str], marked: Iterable[int]) -> list[str]:
    """The lines that differ from the other file and those that a finding names, with some around.

    `marked` counts from 1. What is left out is shown as `# …`.
    """
    wanted: set[int] = set()
    matcher = difflib.SequenceMatcher(None, other, lines, autojunk=False)
    for tag, _, _, start, stop in matcher.get_opcodes():
        if tag != "equal":
            wanted |= set(range(start - 2, max(stop, start + 1) + 1))
    wanted |= {line - 1 for line in marked}
    while lines and not lines[-1]:
        lines = lines[:-1]
    chosen = sorted(number for number in wanted if 0 <= number < len(lines))
    shown: list[str] = []
    last = -1
    for number in chosen[:LONGEST_EXCERPT]:
        if number != last + 1:
            shown.append("# …")
        shown.append(lines[number])
        last = number
    if last < len(lines) - 1:
        shown.append("# …")
    return shown

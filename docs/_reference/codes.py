"""The page of codes: what each means, and the lines of its examples that matter."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from _reference.markdown import MADE, anchor, fence, table
from _reference.special import SPECIAL
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
    "email": "E-mails: can the draft of a case be written?",
    "record": "Records: was the case done as the process says?",
}
SEVERITIES = {"error": "Error", "warning": "Warning", "info": "Information"}
LONGEST_EXCERPT = 24
LONGEST_LINE = 90
LONGEST_PLACE = 60
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
    if code.id in SPECIAL:
        yield from SPECIAL[code.id]()
        return
    folder = example_of(code)
    if folder is None:
        return
    bad = next(iter(sorted(folder.glob("bad.*"))))
    good = next(iter(sorted(folder.glob("good.*"))))
    expected = [found for found in _findings(folder) if found[1] == code.id]
    named = folder / "target.txt"
    target = "process/example/process.yaml"
    if named.is_file():
        target = named.read_text(encoding="utf-8").strip()
    here = [int(match[3]) for match in expected if match[2] == target]
    bad_lines, good_lines = _lines_of(bad), _lines_of(good)
    language = LANGUAGES.get(Path(target).suffix, "text")
    yield f"Bad, in `{target}`:"
    yield fence(excerpt(bad_lines, good_lines, here), language)
    places = [_place(found, target, bad_lines) for found in expected]
    yield "Found at " + "; ".join(places) + "."
    yield "Good:"
    yield fence(excerpt(good_lines, bad_lines, ()), language)


def _place(found: re.Match[str], target: str, lines: Sequence[str]) -> str:
    """Where a finding stands: the line as it reads, and the path to it."""
    path = "" if found[5] == "$" else f" (`{found[5]}`)"
    if found[2] != target:
        return f"line {found[3]} of `{found[2]}`{path}"
    number = int(found[3])
    text = _cut(lines[number - 1].strip(), LONGEST_PLACE) if number <= len(lines) else ""
    return f"`` {text} ``{path}" if text else f"line {number}{path}"


def example_of(code: Code) -> Path | None:
    """The folder of the code's example: the one of its name, else the first that has it."""
    named = EXAMPLES / code.id
    others = sorted(path.parent for path in named.parent.glob("*/expected.txt"))
    return next(
        (
            folder
            for folder in (named, *others)
            if any(found[1] == code.id for found in _findings(folder))
        ),
        None,
    )


def _findings(folder: Path) -> list[re.Match[str]]:
    """What the bad example has, each as code, file, line, column and path."""
    expected = folder / "expected.txt"
    lines = expected.read_text(encoding="utf-8").splitlines() if expected.is_file() else []
    return [
        match for line in lines if (match := re.fullmatch(r"(\S+) (.+):(\d+):(\d+) (.+)", line))
    ]


def _lines_of(file: Path) -> list[str]:
    text = file.read_bytes().removeprefix(b"\xef\xbb\xbf").decode("utf-8", errors="replace")
    return [_cut(line, LONGEST_LINE) for line in text.replace("\t", "→").split("\n")]


def _cut(line: str, longest: int) -> str:
    return line.rstrip() if len(line) <= longest else f"{line[:longest]} …"


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

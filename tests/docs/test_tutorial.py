"""The tutorial is followed to the letter; what it says the tool answers is what the tool answers.

`--update-golden` writes the answers into the tutorial.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

from regelwerk.cli.main import run

TUTORIAL = Path(__file__).resolve().parents[2] / "docs" / "manual" / "tutorial.md"
STEP = re.compile(
    r"<!-- (?P<what>run|file|change)(?:: (?P<where>[^\n]*))? -->"
    r"(?:\n+```\w+\n(?P<body>.*?)\n```)?",
    re.DOTALL,
)
DAY = "2024-06-10"
# How many files the handbook has is no part of the lesson.
NUMBER = re.compile(r"\d+(?= (?:files?|removed|unchanged)\b(?! and))")


def same(answer: str) -> str:
    return NUMBER.sub("N", answer).strip()


class Reader:
    """Does what the tutorial says."""

    def __init__(self, folder: Path, answer_to: Callable[[list[str]], str]) -> None:
        self.folder = folder
        self.answer_to = answer_to

    def follow(self, step: re.Match[str]) -> str:
        """Do one step; what stands in its block afterwards."""
        where, body = step["where"] or "", step["body"] or ""
        match step["what"]:
            case "run":
                command = body.split("\n", 1)[0]
                answer = self.type(shlex.split(command.removeprefix("$ ")))
                return f"{command}\n{answer}".rstrip()
            case "file":
                (self.folder / where).parent.mkdir(parents=True, exist_ok=True)
                (self.folder / where).write_text(body + "\n", encoding="utf-8")
            case "change":
                old, new = (line[1:] for line in body.split("\n"))
                text = (self.folder / where).read_text(encoding="utf-8")
                assert text.count(old) == 1
                (self.folder / where).write_text(text.replace(old, new), encoding="utf-8")
        return body

    def type(self, words: list[str]) -> str:
        """Type a command; the answer."""
        if words[0] == "cd":
            self.folder /= words[1]
            assert self.folder.is_dir()
            return ""
        assert words[0] == "regelwerk"
        # Whoever signs does so today, whatever the day in the lesson.
        day = [] if words[1:3] == ["versions", "sign"] else ["--as-of", DAY]
        return self.answer_to(["-C", str(self.folder), *day, *words[1:]])


def test_the_tutorial_is_true(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], *, update_golden: bool
) -> None:
    def answer_to(arguments: list[str]) -> str:
        assert run(arguments) in (0, 1)
        return capsys.readouterr().out.rstrip("\n")

    text = TUTORIAL.read_text(encoding="utf-8")
    reader = Reader(tmp_path, answer_to)
    written, last = [], 0
    for step in STEP.finditer(text):
        block = reader.follow(step)
        body = step["body"]
        if body is not None:
            if not update_golden:
                assert same(block) == same(body)
            written += [text[last : step.start("body")], block]
            last = step.end("body")
    if update_golden:
        TUTORIAL.write_text("".join(written) + text[last:], encoding="utf-8")


def test_the_tutorial_runs_something() -> None:
    steps = [step["what"] for step in STEP.finditer(TUTORIAL.read_text(encoding="utf-8"))]
    assert steps.count("run") > 8
    assert steps.count("file") > 2

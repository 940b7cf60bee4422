from __future__ import annotations

import json
import re
from collections.abc import Sequence
from xml.etree import ElementTree

import click
import pytest

from regelwerk.cli.reports.catalog import FORMATS
from regelwerk.cli.reports.report import Report
from regelwerk.diagnostics import Diagnostic, Severity

NASTY = 'R&D <Vertrieb> "quoted" {{ x }} ü 漢字'


def finding(**changes: object) -> Diagnostic:
    values: dict[str, object] = {
        "code": "reference/undefined-role",
        "severity": Severity.ERROR,
        "file": "process/sales/process.yaml",
        "line": 3,
        "column": 5,
        "path": "$.steps[0].responsible",
        "message": "there is no role `sales-manger`",
        "hint": "did you mean `sales-manager`?",
    }
    return Diagnostic(**{**values, **changes})  # type: ignore[arg-type]


def render(name: str, *findings: Diagnostic, lines: Sequence[str] = ()) -> str:
    return FORMATS[name](Report(findings, 7, 1200, lambda _file: list(lines)))


def test_json_holds_every_key_of_the_contract_and_the_counts() -> None:
    warning = finding(code="flow/unused-end", severity=Severity.WARNING, hint="")
    data = json.loads(render("json", finding(message=NASTY), warning))

    assert data["summary"] == {"files": 7, "records": 1200, "errors": 1, "warnings": 1, "infos": 0}
    assert data["findings"][0] == {
        "code": "reference/undefined-role",
        "severity": "error",
        "file": "process/sales/process.yaml",
        "line": 3,
        "column": 5,
        "path": "$.steps[0].responsible",
        "message": NASTY,
        "hint": "did you mean `sales-manager`?",
    }
    assert data["findings"][1]["hint"] == ""


def test_text_shows_the_line_with_a_mark_under_the_key() -> None:
    lines = ["steps:", "  - id: a", "    responsible: sales-manger"]
    text = click.unstyle(render("text", finding(), lines=lines))

    assert "error[reference/undefined-role]: there is no role `sales-manger`" in text
    assert "--> process/sales/process.yaml:3:5" in text
    shown, mark = text.splitlines()[3:5]
    assert shown.index("responsible") == mark.index("^")
    assert mark.count("^") == len("responsible")
    assert "= hint: did you mean `sales-manager`?" in text
    assert text.rstrip().endswith("1 error, 0 warnings; 7 files and 1,200 records checked.")


def test_text_marks_the_right_place_in_a_very_long_line() -> None:
    long = "x" * 5000 + "responsible: y" + "z" * 5000
    text = click.unstyle(render("text", finding(column=5001), lines=["", "", long]))
    shown, mark = text.splitlines()[3:5]
    assert len(shown) < 120
    assert shown[mark.index("^") :].startswith("responsible")


def test_text_never_lets_a_file_speak_to_the_terminal() -> None:
    evil = "\x1b]0;pwned\x07\x1b[2J"
    text = click.unstyle(
        render("text", finding(message=evil, hint=evil, file=evil), lines=["", "", evil])
    )
    assert "\x1b" not in text
    assert "\x07" not in text


def test_text_says_so_when_there_is_nothing_to_say() -> None:
    assert click.unstyle(render("text")) == (
        "No errors, no warnings; 7 files and 1,200 records checked."
    )


def test_information_takes_one_line_and_comes_after_the_errors() -> None:
    info = finding(code="approval/unsigned-paper", severity=Severity.INFO, file="a.yaml")
    text = click.unstyle(render("text", info, finding()))
    assert text.index("error[") < text.index("info[approval/unsigned-paper]: a.yaml:3:5:")


def test_github_commands_escape_what_would_end_them() -> None:
    line = render("github", finding(message="50 %\nnext", file="a,b:c.yaml", hint=""))
    assert line == (
        "::error file=a%2Cb%3Ac.yaml,line=3,col=5,title=reference/undefined-role::50 %25%0Anext"
    )


def test_github_says_nothing_where_nothing_was_found() -> None:
    assert render("github") == ""


def test_sarif_names_rules_levels_and_places() -> None:
    info = finding(severity=Severity.INFO, file="process/a b/ü.yaml")
    run = json.loads(render("sarif", finding(), info))["runs"][0]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["reference/undefined-role"]
    assert [result["level"] for result in run["results"]] == ["error", "note"]
    region = run["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 3, "startColumn": 5}
    uri = run["results"][1]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == "process/a%20b/%C3%BC.yaml"


def test_junit_counts_files_with_errors_as_failures() -> None:
    warning = finding(severity=Severity.WARNING, file="b.yaml", message=NASTY + "\x00")
    root = ElementTree.fromstring(render("junit", finding(), warning))
    suite = root.find("testsuite")
    assert suite is not None
    assert (suite.get("tests"), suite.get("failures")) == ("2", "1")
    output = suite.find("testcase[@name='b.yaml']/system-out")
    assert output is not None
    assert NASTY in (output.text or "")


def test_junit_without_findings_is_a_passed_test() -> None:
    suite = ElementTree.fromstring(render("junit")).find("testsuite")
    assert suite is not None
    assert (suite.get("tests"), suite.get("failures")) == ("1", "0")


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_every_format_carries_a_text_with_special_characters_unharmed(name: str) -> None:
    text = render(name, finding(message=NASTY))
    if name == "junit":
        text = "".join(ElementTree.fromstring(text).itertext())
    elif name == "sarif":
        text = json.loads(text)["runs"][0]["results"][0]["message"]["text"]
    elif name == "json":
        text = json.loads(text)["findings"][0]["message"]
    assert len(re.findall(re.escape(NASTY), text)) == 1

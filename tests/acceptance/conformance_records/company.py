"""A company whose processes and records are written in short, and what must be said of them.

`definitions.yaml` holds processes as lists of steps; a word alone is a step, titles and responsible
roles are filled in. A file of `cases/` holds records: a step is a mapping, or words such as
`decide=go by=bob on=2026-03-04`; several steps stand in one text, parted by `|`. What must be said
stands in `says`: a code, the place in the record and, where it is not the usual one, the severity.
"""

from __future__ import annotations

import contextlib
import io
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from regelwerk.approvals.digest import digest
from regelwerk.cli.main import run

Findings = dict[str, list[dict[str, Any]]]

HERE = Path(__file__).parent
DAY = "2026-03-02"
_IN_SHORT = {"steps", "ends", "versions"}


class Plain(yaml.SafeLoader):
    """YAML in which `yes`, `no` and dates are texts, as the format has it."""


Plain.yaml_implicit_resolvers = {
    letter: [(tag, rule) for tag, rule in rules if not tag.endswith((":bool", ":timestamp"))]
    for letter, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Plain.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))


def read(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Plain)  # noqa: S506 - a SafeLoader


@dataclass(frozen=True)
class Case:
    """A record and what must be said about it."""

    group: str
    name: str
    process: str
    record: Mapping[str, Any]
    says: tuple[str, ...]

    @property
    def id(self) -> str:
        return str(self.record["case"])


def _step(written: Any) -> dict[str, Any]:
    step = {"id": written} if isinstance(written, str) else dict(written)
    step = {"title": f"Do {step['id']}", **step}
    if "parallel" in step:
        step["parallel"] = {
            name: [_step(one) for one in branch] for name, branch in step["parallel"].items()
        }
    else:
        step.setdefault("responsible", "worker")
    if "decision" in step:
        step["decision"] = {"question": "Which way?", "options": _options(step["decision"])}
    return step


def _options(written: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: {"label": name, **(option if "next" in option else {"next": option})}
        if isinstance(option, dict)
        else {"label": name, "next": option}
        for name, option in written.items()
    }


def definition(process: str, written: Mapping[str, Any], version: str = "1.0") -> dict[str, Any]:
    """A whole definition from its short form."""
    ends = written.get("ends", ["done"])
    return {
        "id": process,
        "document": f"P-{process.upper()}",
        "title": f"Process {process}",
        "version": version,
        "category": "core",
        "owner": "lead",
        "purpose": "It is done.",
        "start": {"event": "It begins"},
        **{
            key: value for key, value in written.items() if key not in {"steps", "ends", "versions"}
        },
        "steps": [_step(one) for one in written["steps"]],
        "ends": {name: {"event": f"It is {name}", "success": name == "done"} for name in ends},
    }


def _approval(data: Mapping[str, Any], about: Mapping[str, Any]) -> dict[str, Any]:
    at = about.get("signed", "2019-12-01")
    result: dict[str, Any] = {
        "version": data["version"],
        "digest": digest(data, None),
        "effective_from": about.get("effective_from", "2020-01-01"),
        "signatures": [
            {"stage": "created", "by": "wanda", "at": at, "method": "paper"},
            {"stage": "approved", "by": "bob", "role": "boss", "at": at, "method": "paper"},
        ][: about.get("signatures", 2)],
    }
    if "withdrawn" in about:
        result["withdrawn"] = {
            "at": about["withdrawn"], "by": "bob", "role": "boss",
            "reason": "No longer done.", "method": "paper",
        }  # fmt: skip
    return result


def write_company(root: Path) -> None:
    """organization.yaml, people.yaml and every process of definitions.yaml, approved on paper."""
    base = root / "process"
    base.mkdir(parents=True)
    for name in ("organization.yaml", "people.yaml"):
        (base / name).write_bytes((HERE / name).read_bytes())
    for process, written in read(HERE / "definitions.yaml").items():
        for version, about in written.get("versions", {"1.0": {}}).items():
            data = definition(process, written, version)
            if version != "1.0":
                data["change"] = "Better."
            folder = base / process / "versions" / version
            write_json(folder / "process.yaml", data)
            write_json(folder / "approvals.yaml", _approval(data, about))
        write_json(base / process / "process.yaml", data)
        evidence = base / process / "records" / "evidence" / "there.txt"
        evidence.parent.mkdir(parents=True)
        evidence.write_bytes(b"here\n")


def write_json(path: Path, data: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")


def _entry(written: Any) -> list[Any]:
    if not isinstance(written, str):
        return [_full(written)]
    return [_from_words(words) for words in written.split("|") if words.strip()]


def _full(entry: Any) -> Any:
    if isinstance(entry, dict) and "step" in entry and not entry.pop("as-written", None):
        return {"by": "wanda", "completed": DAY, **entry}
    return entry


def _from_words(words: str) -> dict[str, Any]:
    first, *rest = words.split()
    step, _, option = first.partition("=")
    entry: dict[str, Any] = {"step": step, "by": "wanda", "completed": DAY}
    if option:
        entry["option"] = option
    for word in rest:
        key, _, value = word.partition("=")
        if key == "by" and "," in value:
            entry["by"] = value.split(",")
        else:
            entry["completed" if key == "on" else key] = value
    return entry


def _record(case: Mapping[str, Any], number: str) -> dict[str, Any]:
    written = case.get("steps", [])
    parts = [written] if isinstance(written, str) else written
    steps = [entry for part in parts for entry in _entry(part)]
    record: dict[str, Any] = {
        "process": case["of"],
        "version": "1.0",
        "case": number,
        "status": "closed",
        "started": DAY,
    }
    record |= case.get("record", {})
    if record["status"] == "closed":
        days = [str(step.get("completed", DAY))[:10] for step in steps if isinstance(step, dict)]
        record = {"closed": max([DAY, *days]), "end": "done"} | record
    record = {key: value for key, value in record.items() if value != "left-out"}
    return {**record, "steps": steps, **case.get("more", {})}


def cases() -> Iterator[Case]:
    for file in sorted((HERE / "cases").glob("*.yaml")):
        for count, case in enumerate(read(file), start=1):
            number = case.get("id", f"{file.stem}-{count}")
            says = case.get("says", [])
            yield Case(
                file.stem,
                case["case"],
                case["of"],
                _record(case, number),
                tuple(sorted(_in_full(one) for one in ([says] if isinstance(says, str) else says))),
            )


def _in_full(short: str) -> str:
    """`order 2` and `schema/type 0.fields.x i` as a code, a path and a severity."""
    code, place, *severity = short.split()
    code = code if "/" in code else f"record/{code}"
    entry, dot, rest = place.partition(".")
    path = f"$.steps[{entry}]{dot}{rest}" if entry.isdecimal() else f"$.{place}"
    return " ".join([code, "$" if path == "$.$" else path, *severity])


def record_path(case: Case) -> str:
    return f"process/{case.process}/records/{case.id}.yaml"


def write_record(root: Path, case: Case) -> Path:
    path = root / record_path(case)
    path.parent.mkdir(parents=True, exist_ok=True)
    text = yaml.safe_dump(dict(case.record), sort_keys=False, allow_unicode=True, width=1000)
    path.write_text(text, encoding="utf-8")
    return path


def check(root: Path, *paths: str) -> Findings:
    """Every finding of `regelwerk records check` on the 24th of November 2026, by file."""
    arguments = ["-C", str(root), "--as-of", "2026-11-24", "records", "check", "--format", "json"]
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        run([*arguments, *paths])
    result: Findings = defaultdict(list)
    for finding in json.loads(printed.getvalue())["findings"]:
        result[finding["file"]].append(finding)
    return dict(result)

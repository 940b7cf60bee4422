"""Checking records beside the bare parse and other tools, in one run, and the faults found.

Run: python benchmarks/records.py [--yaml N] [--lines N] [--runs N]. Whole processes in turn, user +
system CPU seconds with their children; the median of the runs, our ratio to each, the largest
process's memory. The faults found are compared with the truth of the made records.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from made_records import AS_OF, records, write_project

ROOT = Path(__file__).resolve().parent.parent
SCHEMA = ROOT / "schemas" / "record.schema.json"
FOLDER = Path("process/order/records")

FLOOR_YAML_RS = """
import pathlib, sys, yaml_rs
for path in pathlib.Path(sys.argv[1]).glob("*.yaml"):
    yaml_rs.loads(path.read_text(encoding="utf-8"), parse_datetime=False)
"""
FLOOR_LIBYAML = """
import pathlib, sys, yaml
for path in pathlib.Path(sys.argv[1]).glob("*.yaml"):
    yaml.load(path.read_bytes(), yaml.CSafeLoader)
"""
JSONSCHEMA = """
import json, pathlib, sys, yaml, jsonschema
class Plain(yaml.CSafeLoader): pass
Plain.yaml_implicit_resolvers = {}
check = jsonschema.Draft202012Validator(json.loads(pathlib.Path(sys.argv[2]).read_text()))
for path in pathlib.Path(sys.argv[1]).glob("*.yaml"):
    list(check.iter_errors(yaml.load(path.read_bytes(), Plain)))
"""
FLOOR_ORJSON = """
import orjson, sys
with open(sys.argv[1], "rb") as lines:
    for line in lines:
        orjson.loads(line)
"""


def run(command: list[str]) -> tuple[float, float, float]:
    """CPU seconds, wall seconds, MiB of the largest process."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "generator")}
    began = time.monotonic()
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise SystemExit(f"{command[:4]} failed with {process.returncode}")
    return usage.ru_utime + usage.ru_stime, time.monotonic() - began, usage.ru_maxrss / 1024


def ours(root: Path, jobs: int, *more: str) -> list[str]:
    start = [sys.executable, "-m", "regelwerk", "-C", str(root), "--as-of", AS_OF.isoformat()]
    return [*start, "records", "check", "--jobs", str(jobs), *more]


def compare(title: str, commands: dict[str, list[str]], count: int, runs: int) -> None:
    """Print each command's median, and how many times the first one's CPU time it took."""
    measured: dict[str, list[tuple[float, float, float]]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            measured[name].append(run(command))
    print(f"\n{title}")
    base = statistics.median(one[0] for one in next(iter(measured.values())))
    for name, several in measured.items():
        cpu, wall, memory = (statistics.median(column) for column in zip(*several, strict=True))
        print(
            f"  {name:34} {cpu:7.2f} s CPU {wall:7.2f} s wall {cpu / count * 1e6:8.0f} µs a record"
            f" {memory:6.0f} MiB   {cpu / base:6.2f} x"
        )


def truth_holds(root: Path, truth: dict[tuple[str, int], str]) -> None:
    """Every fault found where it is, and nothing else."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.jsonl"
        run(ours(root, 2, "--report", str(report)))
        found = Counter()
        for line in report.read_text(encoding="utf-8").splitlines():
            one = json.loads(line)
            at = one["line"] if one["file"].endswith(".jsonl") else 0
            found[one["file"], at, one["code"]] += 1
    expected = Counter((*place, code) for place, code in truth.items())
    missed, false = expected - found, found - expected
    kinds = len(set(truth.values()))
    print(
        f"  truth: {len(truth)} faults of {kinds} kinds; {missed.total()} missed, "
        f"{false.total()} false alarms"
    )
    if missed or false:
        raise SystemExit(f"missed {list(missed)[:5]}, false {list(false)[:5]}")


def write_yaml(root: Path, count: int) -> dict[tuple[str, int], str]:
    import yaml

    write_project(root)
    truth = {}
    for record, code in records(count):
        file = FOLDER / f"{record['case']}.yaml"
        text = yaml.dump(record, Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True)
        (root / file).write_text(text, encoding="utf-8")
        if code is not None:
            truth[file.as_posix(), 0] = code
    return truth


def write_lines(root: Path, count: int) -> dict[tuple[str, int], str]:
    write_project(root)
    truth = {}
    file = FOLDER / "all.jsonl"
    with (root / file).open("w", encoding="utf-8") as lines:
        for number, (record, code) in enumerate(records(count), 1):
            lines.write(json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n")
            if code is not None:
                truth[file.as_posix(), number] = code
    return truth


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--yaml", type=int, default=1000)
    parser.add_argument("--many", type=int, default=10_000)
    parser.add_argument("--lines", type=int, default=200_000)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    python = [sys.executable, "-c"]
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "yaml"
        truth = write_yaml(root, options.yaml)
        where = str(root / FOLDER)
        commands = {"regelwerk, 1 process": ours(root, 1)}
        if importlib.util.find_spec("yaml_rs"):
            commands["bare parse, yaml-rs"] = [*python, FLOOR_YAML_RS, where]
        commands["bare parse, libyaml (CSafeLoader)"] = [*python, FLOOR_LIBYAML, where]
        commands["jsonschema (shape only)"] = [*python, JSONSCHEMA, where, str(SCHEMA)]
        if tool := shutil.which("check-jsonschema"):
            files = [str(path) for path in (root / FOLDER).glob("*.yaml")]
            commands["check-jsonschema (shape only)"] = [
                tool, "--schemafile", str(SCHEMA), *files,
            ]  # fmt: skip
        compare(f"{options.yaml:,} YAML files", commands, options.yaml, options.runs)
        truth_holds(root, truth)

        root = Path(folder) / "many"
        truth = write_yaml(root, options.many)
        commands = {f"regelwerk, {n} process(es)": ours(root, n) for n in (1, 2)}
        compare(f"{options.many:,} YAML files", commands, options.many, options.runs)
        truth_holds(root, truth)

        root = Path(folder) / "lines"
        truth = write_lines(root, options.lines)
        size = (root / FOLDER / "all.jsonl").stat().st_size
        commands = {f"regelwerk, {n} process(es)": ours(root, n) for n in (1, 2)}
        commands["bare parse, orjson"] = [*python, FLOOR_ORJSON, str(root / FOLDER / "all.jsonl")]
        title = f"{options.lines:,} JSON lines, {size / 1e6:,.0f} MB"
        compare(title, commands, options.lines, options.runs)
        truth_holds(root, truth)


if __name__ == "__main__":
    main()

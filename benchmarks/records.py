"""Checking records beside the bare parse and other tools, in one run, and the faults found.

Run: python benchmarks/records.py [--yaml N] [--many N] [--lines N] [--orders N] [--runs N]
[--line-runs N] [--growth FILE.svg]. Whole processes in turn, user + system CPU seconds with their
children; the median of the runs, our ratio to each, the largest process's memory. The faults found
are compared with the truth of the made records. Peers are left out where they are not installed:
`npm ci` in benchmarks/tools, `check-jsonschema` on PATH, the dependency group `oracles`.
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
from collections import Counter
from functools import cache
from pathlib import Path

from growth_plot import plot
from made_records import AS_OF, records, write_project
from order import DEFINITION, NET, write_cases

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT / "benchmarks" / "tools" / "node_modules" / ".bin"
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


@cache
def _runner() -> subprocess.Popen[str]:
    """A process that starts the others, begun while this one is small."""
    return subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("measure.py"))],
        env={**os.environ, "PYTHONPATH": str(ROOT / "generator")},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def run(command: list[str]) -> tuple[float, float, float]:
    """CPU seconds, wall seconds, MiB of the largest process."""
    runner = _runner()
    assert runner.stdin is not None
    assert runner.stdout is not None
    print(json.dumps(command), file=runner.stdin, flush=True)
    code, cpu, wall, memory = json.loads(runner.stdout.readline())
    if code not in (0, 1):
        raise SystemExit(f"{command[:4]} failed with {code}")
    return cpu, wall, memory


def ours(root: Path, jobs: int, *more: str) -> list[str]:
    start = [sys.executable, "-m", "regelwerk", "-C", str(root), "--as-of", AS_OF.isoformat()]
    return [*start, "records", "check", "--jobs", str(jobs), *more]


def compare(
    title: str, commands: dict[str, list[str]], count: int, runs: int
) -> dict[str, tuple[float, float, float]]:
    """Print and give each command's median, and how many times the first one's CPU it took."""
    measured: dict[str, list[tuple[float, float, float]]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            measured[name].append(run(command))
    print(f"\n{title}")
    base = statistics.median(one[0] for one in next(iter(measured.values())))
    medians = {}
    for name, several in measured.items():
        cpu, wall, memory = (statistics.median(column) for column in zip(*several, strict=True))
        print(
            f"  {name:34} {cpu:7.2f} s CPU {wall:7.2f} s wall {cpu / count * 1e6:8.0f} µs a record"
            f" {memory:6.0f} MiB   {cpu / base:6.2f} x",
            flush=True,
        )
        medians[name] = (cpu, wall, memory)
    return medians


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
    """Records of one process, a file each; gives the file and code of each fault."""
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


def write_lines(root: Path, count: int, definitions: int = 1) -> dict[tuple[str, int], str]:
    """Records as JSON lines in one file; gives the line and code of each fault."""
    write_project(root, definitions)
    truth = {}
    file = FOLDER / "all.jsonl"
    with (root / file).open("w", encoding="utf-8") as lines:
        for number, (record, code) in enumerate(records(count, definitions=definitions), 1):
            lines.write(json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n")
            if code is not None:
                truth[file.as_posix(), number] = code
    return truth


def peers_of_yaml(folder: Path, *, every: bool) -> dict[str, list[str]]:
    """Other tools on the same files, those that take long only with `every`.

    All of them look at shape only, by the schema of records.
    """
    python = [sys.executable, "-c"]
    files = [str(path) for path in sorted(folder.glob("*.yaml"))]
    found = {}
    if importlib.util.find_spec("yaml_rs"):
        found["bare parse, yaml-rs"] = [*python, FLOOR_YAML_RS, str(folder)]
    found["bare parse, libyaml (CSafeLoader)"] = [*python, FLOOR_LIBYAML, str(folder)]
    fast, ajv, slow = TOOLS / "jsonschema", TOOLS / "ajv", shutil.which("check-jsonschema")
    if not every:
        ajv, slow = Path(), None
    if fast.exists():
        found["sourcemeta jsonschema --fast"] = [
            str(fast), "validate", "--fast", str(SCHEMA), *files,
        ]  # fmt: skip
    if ajv.is_file():
        found["ajv-cli"] = [
            str(ajv), "validate", "--spec=draft2020", "--strict=false", "--validate-formats=false",
            "-s", str(SCHEMA), "-d", f"{folder}/*.yaml",
        ]  # fmt: skip
    if slow is not None:
        found["check-jsonschema"] = [slow, "--schemafile", str(SCHEMA), *files]
    return found


def yaml_files(folder: Path, count: int, runs: int, *, every: bool) -> None:
    truth = write_yaml(folder, count)
    commands = {f"regelwerk, {n} process(es)": ours(folder, n) for n in (1, 2)}
    commands |= peers_of_yaml(folder / FOLDER, every=every)
    compare(f"{count:,} YAML files", commands, count, runs)
    truth_holds(folder, truth)


def json_lines(folder: Path, count: int, runs: int) -> tuple[float, float]:
    """CPU seconds and memory of one process of ours."""
    truth = write_lines(folder, count)
    file = folder / FOLDER / "all.jsonl"
    commands = {f"regelwerk, {n} process(es)": ours(folder, n) for n in (1, 2)}
    commands["bare parse, orjson"] = [sys.executable, "-c", FLOOR_ORJSON, str(file)]
    title = f"{count:,} JSON lines, {file.stat().st_size / 1e6:,.0f} MB"
    medians = compare(title, commands, count, runs)
    truth_holds(folder, truth)
    cpu, _, memory = medians["regelwerk, 1 process(es)"]
    return cpu, memory


def orders(folder: Path, count: int) -> None:
    """The order of steps alone, beside pm4py's token replay on the exported net."""
    write_cases(folder, count)
    project = folder / "project"
    write_project(project)
    definition = (folder / DEFINITION).read_text(encoding="utf-8")
    (project / "process/order/process.yaml").write_text(definition, encoding="utf-8")
    shutil.rmtree(project / "process/order/versions")  # so that this definition is exported
    start = [sys.executable, "-m", "regelwerk", "-C", str(project)]
    run([*start, "export", "bpmn", "order", "-o", str(folder / NET)])
    print(f"\n{count:,} cases, the order of their steps")
    for which in ("ours", "pm4py"):
        if which == "pm4py" and importlib.util.find_spec("pm4py") is None:
            continue
        command = [sys.executable, str(Path(__file__).with_name("order.py")), which, str(folder)]
        environment = {**os.environ, "PYTHONPATH": str(ROOT / "generator")}
        done = subprocess.run(command, env=environment, capture_output=True, check=True)
        print(f"  {which:8} {done.stdout.decode().strip().splitlines()[-1]}", flush=True)


def growth(folder: Path, last: tuple[int, tuple[float, float]], image: Path) -> None:
    """How CPU time and memory grow with the records and with the definitions; drawn as SVG."""
    counts = [n for n in (1000, 10_000, 100_000, 1_000_000) if n < last[0]]
    by_count = {n: _measured(folder / f"lines-{n}", n, 1) for n in counts} | {last[0]: last[1]}
    by_definitions = {n: _measured(folder / f"of-{n}", 20_000, n) for n in (1, 10, 100, 500)}
    print("\ngrowth: records or definitions, CPU seconds, MiB")
    for name, found in (("records", by_count), ("definitions", by_definitions)):
        for n, (cpu, memory) in found.items():
            print(f"  {n:>9,} {name:12} {cpu:8.2f} s {memory:6.0f} MiB", flush=True)
    image.parent.mkdir(parents=True, exist_ok=True)
    panels = [
        (f"One process, {title}", x, "CPU seconds; MiB of memory", {
            "CPU seconds": [(n, cpu) for n, (cpu, _) in found.items()],
            "memory in MiB": [(n, memory) for n, (_, memory) in found.items()],
        })
        for title, x, found in (
            ("more records", "records", by_count),
            ("20,000 records of more definitions", "definitions", by_definitions),
        )
    ]  # fmt: skip
    image.write_text(plot(panels), encoding="utf-8")


def _measured(folder: Path, count: int, definitions: int) -> tuple[float, float]:
    truth = write_lines(folder, count, definitions)
    cpu, _, memory = run(ours(folder, 1))
    truth_holds(folder, truth)
    shutil.rmtree(folder)
    return cpu, memory


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--yaml", type=int, default=1000)
    parser.add_argument("--many", type=int, default=10_000)
    parser.add_argument("--lines", type=int, default=200_000)
    parser.add_argument("--orders", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--line-runs", type=int, default=0, help="runs of --lines; else as --runs")
    parser.add_argument("--growth", type=Path, metavar="FILE.svg")
    options = parser.parse_args()
    _runner()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        yaml_files(folder / "yaml", options.yaml, options.runs, every=True)
        yaml_files(folder / "many", options.many, options.runs, every=False)
        lines = json_lines(folder / "lines", options.lines, options.line_runs or options.runs)
        orders(folder / "orders", options.orders)
        if options.growth is not None:
            growth(folder, (options.lines, lines), options.growth)


if __name__ == "__main__":
    main()

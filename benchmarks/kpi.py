"""How long all kinds of key figures take over many cases, and how much memory.

Run: python benchmarks/kpi.py [CASES]. Cases are made by a seeded generator into a temporary folder,
as JSON lines and as Parquet; each engine runs in a process of its own. The plain Python one, which
the project's own records are measured with, takes a tenth of the cases. Both must agree on them.
"""

from __future__ import annotations

import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "generator"))

STEPS = ("contact", "prepare", "meet", "revise", "assess", "decide", "offer", "receive")
FIRST = date(2020, 1, 1)
UNTIL = date(2026, 12, 31)
KPIS = [
    {"id": "cases", "measure": {"count": "cases"}},
    {"id": "inquiries", "measure": {"count": {"end": "received"}}},
    {"id": "meetings", "measure": {"count": {"step": "meet"}}},
    {"id": "chances", "measure": {"count": {"option": "decide.yes"}}},
    {
        "id": "interesting",
        "measure": {"share": {"where": {"option": "decide.yes"}, "of": {"step": "meet"}}},
    },
    {"id": "costs", "measure": {"sum": {"field": "receive.costs"}}},
    {"id": "cost", "measure": {"ratio": {"of": "costs", "per": "inquiries"}}},
    {
        "id": "days",
        "unit": "BD",
        "aggregate": "median",
        "measure": {"time": {"from": "meet", "to": "decide"}},
    },
    {
        "id": "hours",
        "unit": "h",
        "aggregate": "p90",
        "measure": {"time": {"from": "start", "to": "end"}},
    },
]


def record(random: Random, number: int) -> dict[str, object]:
    day = FIRST + timedelta(days=random.randrange(2400))
    steps = []
    started = day
    accepted = random.random() < 0.6
    for step in STEPS[: 8 if accepted else 6]:
        day += timedelta(days=random.randrange(6))
        at: str = day.isoformat()
        if random.random() < 0.5:
            at += f"T{random.randrange(24):02}:{random.randrange(60):02}:00+01:00"
        entry: dict[str, object] = {"step": step, "by": "anna.beispiel", "completed": at}
        entry["checks"] = {f"check-{i}": "yes" for i in range(3)}
        entry["fields"] = {"remark": "Talked about the next steps and what is needed. " * 3}
        if step == "decide":
            entry["option"] = "yes" if accepted else "no"
        if step == "receive":
            entry["fields"] = {"costs": random.randrange(100, 9000), "hours": random.random() * 40}
        steps.append(entry)
    data = {
        "process": "sales",
        "version": "1.4",
        "case": f"S-{number:07}",
        "subject": f"Customer {number} GmbH & Co. KG",
        "status": "open",
        "started": started.isoformat(),
        "steps": steps,
    }
    if random.random() < 0.9:
        data |= {"status": "closed", "closed": day.isoformat()}
        data["end"] = "received" if accepted else "refused"
    return data


def write(path: Path, cases: int) -> None:
    random = Random(20261124)
    with path.open("w", encoding="utf-8") as lines:
        for number in range(cases):
            lines.write(json.dumps(record(random, number), separators=(",", ":")) + "\n")


def process():
    from regelwerk.project.build_process import build_process

    options = {
        "yes": {"label": "Y", "next": "offer"},
        "no": {"label": "N", "next": {"end": "refused"}},
    }
    return build_process(
        {
            "id": "sales",
            "title": "Sales",
            "version": "1.4",
            "purpose": "x",
            "start": {"event": "s"},
            "steps": [
                {
                    "id": s,
                    "title": s,
                    **({"decision": {"options": options}} if s == "decide" else {}),
                }
                for s in STEPS
            ],
            "ends": {"received": {"event": "r", "success": True}, "refused": {"event": "n"}},
            "kpis": [{"title": k["id"], "period": "quarter", **k} for k in KPIS],
        },
        "sales",
    )


def measure(engine: str, file: Path) -> dict[str, object]:
    """All figures by one engine, with the time and the memory that it took."""
    from regelwerk.figures.bulk.engine import Bulk
    from regelwerk.figures.compute import Window, figures_of, measures_of
    from regelwerk.figures.measure import Ratio
    from regelwerk.model.calendar import BusinessCalendar

    definition = process()
    measures = measures_of(definition, ())
    calendar = BusinessCalendar("DE")
    begun = time.perf_counter()
    if engine == "python":
        cases = _reference(file, calendar)
    else:
        direct = [one for one in measures.values() if not isinstance(one, Ratio)]
        cases = Bulk([file], "sales", direct, "Europe/Berlin", calendar, UNTIL)
    read = time.perf_counter()
    figures = list(figures_of(definition, measures, cases, Window(as_of=UNTIL)))
    done = time.perf_counter()
    return {
        "read": read - begun,
        "computed": done - read,
        "cpu": sum(resource.getrusage(resource.RUSAGE_SELF)[:2]),
        "memory": peak_memory(),
        "values": [
            [
                f.id,
                c.period.label,
                None if c.value is None else round(c.value, 6),
                c.cases,
                c.missing,
            ]
            for f in figures
            for c in f.cells
        ],
    }


def peak_memory() -> int:
    """MiB; from the kernel's own note, since `ru_maxrss` is taken over from the parent."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) // 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _reference(file: Path, calendar):
    from zoneinfo import ZoneInfo

    from regelwerk.figures.reference import JudgedCase, Reference
    from regelwerk.records.reading import read_case

    def cases() -> Iterator[JudgedCase]:
        with file.open("rb") as lines:
            for line in lines:
                yield JudgedCase(read_case(json.loads(line)))

    return Reference(cases(), ZoneInfo("Europe/Berlin"), calendar, UNTIL)


def run(engine: str, file: Path, cases: int) -> list[object]:
    command = [sys.executable, __file__, "--one", engine, str(file)]
    result = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    seconds = result["read"] + result["computed"]
    size = file.stat().st_size / 1e6
    print(
        f"{engine:7} {file.suffix:9} {cases:>9,} cases {size:7,.0f} MB: {seconds:6.1f} s "
        f"(reading {result['read']:.1f} s, {len(KPIS)} figures {result['computed']:.1f} s), "
        f"{result['cpu']:.1f} CPU s, {cases / seconds:,.0f} cases/s, {result['memory']:,} MiB"
    )
    return result["values"]


def main() -> None:
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(measure(sys.argv[2], Path(sys.argv[3]))))
        return
    import duckdb

    cases = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    print(
        f"{os.cpu_count()} CPUs, {platform.machine()}, {platform.platform(terse=True)}, "
        f"Python {platform.python_version()}, DuckDB {duckdb.__version__}; "
        f"load {os.getloadavg()[0]:.1f} before"
    )
    with tempfile.TemporaryDirectory() as folder:
        lines, tenth = Path(folder) / "cases.jsonl", Path(folder) / "tenth.jsonl"
        table = Path(folder) / "cases.parquet"
        write(lines, cases)
        write(tenth, cases // 10)
        duckdb.sql(
            f"COPY (SELECT * FROM read_json('{lines}', columns = {{process: 'VARCHAR', "
            "version: 'VARCHAR', \"case\": 'VARCHAR', subject: 'VARCHAR', status: 'VARCHAR', "
            "started: 'VARCHAR', closed: 'VARCHAR', \"end\": 'VARCHAR', steps: 'STRUCT(step "
            'VARCHAR, "by" VARCHAR, completed VARCHAR, option VARCHAR, checks JSON, '
            f"fields JSON)[]'}})) TO '{table}'"
        )
        same = run("duckdb", lines, cases) == run("duckdb", table, cases)
        agreed = run("duckdb", tenth, cases // 10) == run("python", tenth, cases // 10)
    print(f"JSON lines and Parquet agree: {same}; DuckDB and plain Python agree: {agreed}")
    sys.exit(0 if same and agreed else 1)


if __name__ == "__main__":
    main()

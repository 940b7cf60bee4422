"""How long the command takes to start, as a ratio to importing click, its heaviest fixed cost.

Run: python benchmarks/startup.py [RUNS]. Whole processes, run in turn so that a drifting machine
touches all alike; user + system CPU seconds; the median of the pairwise ratios is printed.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CLICK = [sys.executable, "-c", "import click"]
COMMANDS = {
    "regelwerk --help": ["--help"],
    "regelwerk check process/sales/process.yaml": ["check", "process/sales/process.yaml"],
    "regelwerk check (whole project)": ["check"],
}


def cpu_seconds(command: list[str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "generator")}
    subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    for name, arguments in COMMANDS.items():
        command = [sys.executable, "-m", "regelwerk", *arguments]
        cpu_seconds(command), cpu_seconds(CLICK)
        pairs = [(cpu_seconds(command), cpu_seconds(CLICK)) for _ in range(runs)]
        ratio = statistics.median(ours / click for ours, click in pairs)
        ours = statistics.median(ours for ours, _ in pairs)
        print(f"{name}: {ratio:.1f} x `import click` ({ours * 1000:.0f} ms CPU, {runs} pairs)")


if __name__ == "__main__":
    main()

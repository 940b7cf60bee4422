"""Run commands and tell what they took: a small process, whose own memory is not in the way.

A process begins with the memory of the one that starts it, which would be counted as its own. Reads
commands as JSON lines, each a list of words, and answers each with a line: exit code, user and
system CPU seconds with children, wall seconds, MiB of the largest process.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time


def main() -> None:
    for line in sys.stdin:
        began = time.monotonic()
        process = subprocess.Popen(
            json.loads(line), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        cpu, wall = usage.ru_utime + usage.ru_stime, time.monotonic() - began
        print(json.dumps([process.returncode, cpu, wall, usage.ru_maxrss / 1024]), flush=True)


if __name__ == "__main__":
    main()

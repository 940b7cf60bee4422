"""Every command, in the order in which `--help` shows what it can do."""

from __future__ import annotations

import click

from regelwerk.cli.build import build
from regelwerk.cli.check import check
from regelwerk.cli.coverage import coverage
from regelwerk.cli.diff import diff
from regelwerk.cli.export import export
from regelwerk.cli.init import init
from regelwerk.cli.kpi import kpi
from regelwerk.cli.records import records
from regelwerk.cli.schema import schema
from regelwerk.cli.serve import serve
from regelwerk.cli.versions import versions

COMMANDS: tuple[click.Command, ...] = (
    check,
    build,
    records,
    kpi,
    coverage,
    versions,
    diff,
    export,
    schema,
    serve,
    init,
)

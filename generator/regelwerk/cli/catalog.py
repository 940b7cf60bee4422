"""Every command, in the order in which `--help` shows what it can do."""

from __future__ import annotations

import click

from regelwerk.cli.audit_pack import audit_pack
from regelwerk.cli.build import build
from regelwerk.cli.check import check
from regelwerk.cli.coverage import coverage
from regelwerk.cli.diff import diff
from regelwerk.cli.email import email
from regelwerk.cli.export import export
from regelwerk.cli.init import init
from regelwerk.cli.kpi import kpi
from regelwerk.cli.records import records
from regelwerk.cli.review import review
from regelwerk.cli.schema import schema
from regelwerk.cli.serve import serve
from regelwerk.cli.verify import verify
from regelwerk.cli.versions import versions

COMMANDS: tuple[click.Command, ...] = (
    check,
    build,
    records,
    email,
    kpi,
    coverage,
    versions,
    verify,
    audit_pack,
    review,
    diff,
    export,
    schema,
    serve,
    init,
)

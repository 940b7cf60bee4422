"""`regelwerk records due`."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from regelwerk.cli.options import Settings, pass_settings
from regelwerk.cli.printable import printable

if TYPE_CHECKING:
    from regelwerk.operations.due_records import DueStep


@click.command("due")
@click.option("--person", metavar="ID", help="Only what this person may do, by id in people.yaml.")
@click.option(
    "--ics",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write what has a deadline as a calendar, for Outlook and others.",
)
@pass_settings
def due_steps(settings: Settings, person: str | None, ics: Path | None) -> None:
    """List what comes next in open cases: the step, who may do it, until when.

    \b
    Examples:
      regelwerk records due
      regelwerk records due --person anna.beispiel --ics my-steps.ics
    """
    from regelwerk.cli.calendar_file import calendar
    from regelwerk.cli.reports.files import write_report
    from regelwerk.operations.due_records import due_records

    due = due_records(settings.start, settings.today, person)
    for step in due.steps:
        click.echo(_line(step, due.day))
    if not due.steps:
        click.echo("Nothing is to be done in open cases.")
    if due.unreadable:
        click.echo(f"{due.unreadable:,} records cannot be read; see records check.", err=True)
    if ics is not None:
        write_report(ics, calendar(due.steps, due.day).encode())
        click.echo(f"Wrote {ics}", err=True)


def _line(step: DueStep, day: date) -> str:
    if step.until is None:
        until = "no deadline"
    elif step.overdue:
        until = click.style(f"overdue since {_day(step.until)}", fg="red", bold=True)
    else:
        today = " (today)" if _day(step.until) == day.isoformat() else ""
        until = f"until {_day(step.until)}{today}"
    subject = f" ({step.subject})" if step.subject else ""
    held = ", on hold" if step.on_hold else ""
    who = ", ".join(step.people) or "nobody holds the role now"
    text = printable(f"{step.case}{subject}: {step.title}; {step.role}: {who}")
    return f"{until}{held}  {text}"


def _day(moment: date | datetime) -> str:
    if isinstance(moment, datetime):
        return moment.strftime("%Y-%m-%d %H:%M")
    return moment.isoformat()

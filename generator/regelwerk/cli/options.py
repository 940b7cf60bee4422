"""What every command shares: the project's folder, the day, the clock, paths."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, tzinfo
from pathlib import Path
from typing import Any

import click
import msgspec

from regelwerk.model.moment import parse_date


class Settings(msgspec.Struct, frozen=True):
    """Options of `regelwerk` itself. `as_of` is None for today."""

    start: Path
    as_of: date | None

    def today(self, zone: tzinfo) -> date:
        """The day to judge by: the one asked for, else today in the organization's time zone."""
        return self.as_of or datetime.now(zone).date()


class DayType(click.ParamType[date]):
    """A day written as `2026-05-12`."""

    name = "date"

    def convert(
        self,
        value: object,
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> date:
        """Read the day or fail with a sentence."""
        if isinstance(value, date):
            return value
        day = parse_date(value)
        if day is None:
            self.fail(f"{value!r} is not a day such as 2026-05-12", param, ctx)
        return day


def pass_settings(function: Callable[..., Any]) -> Callable[..., Any]:
    """Hand the Settings to a command as its first argument."""
    return click.make_pass_decorator(Settings)(function)


folders_option = click.option(
    "--records",
    "folders",
    type=click.Path(path_type=Path),
    multiple=True,
    metavar="DIR",
    help="A folder outside the project that holds more records.",
)

paths_argument = click.argument(
    "paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]..."
)

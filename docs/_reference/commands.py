"""The page of commands, from what `--help` says."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

import click

from _reference.markdown import MADE, cell, fence, table
from regelwerk.cli.main import regelwerk

INTRODUCTION = (
    "`regelwerk COMMAND --help` says the same in the terminal. Options of `regelwerk` itself "
    "stand before the command: `regelwerk --as-of 2027-01-01 check`."
)


def commands_page() -> str:
    """Every command with its arguments, options and examples."""
    context = click.Context(regelwerk, info_name="regelwerk")
    parts = [
        MADE,
        "# Commands",
        INTRODUCTION,
        *command_section(regelwerk, context, 2),
        "## Exit codes",
        table(
            ("Code", "Meaning"),
            (
                ("0", "No finding of severity error."),
                ("1", "At least one error, or something that was asked for could not be made."),
                ("2", "Wrong usage, or a path that was given matches nothing."),
                ("3", "The tool itself failed; a short message says where the details were kept."),
            ),
        ),
    ]
    return "\n\n".join(parts) + "\n"


def command_section(command: click.Command, context: click.Context, level: int) -> Iterator[str]:
    """One command, and those below it."""
    yield f"{'#' * level} {context.command_path}"
    pieces = command.collect_usage_pieces(context)
    yield fence([" ".join([context.command_path, *pieces])], "text")
    yield from _help(command.help or "")
    options = [item for item in command.params if isinstance(item, click.Option)]
    rows = [
        (f"**`{', '.join(_names(option))}`**", _option_help(option, context)) for option in options
    ]
    if rows:
        yield table(("Option", "Meaning"), rows)
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            if below is not None and not below.hidden:
                child = click.Context(below, info_name=name, parent=context)
                yield from command_section(below, child, min(level + 1, 4))


def _names(option: click.Option) -> list[str]:
    metavar = "" if option.is_flag else option.metavar or "|".join(_choices(option)) or "VALUE"
    *others, last = option.opts
    return [*others, f"{last} {metavar}".strip()]


def _choices(option: click.Option) -> list[str]:
    return list(option.type.choices) if isinstance(option.type, click.Choice) else []


def _option_help(option: click.Option, context: click.Context) -> str:
    text = option.help or ""
    default = option.get_default(context)
    if option.required:
        text += " Required."
    elif option.show_default and default is not None:
        text += f" Default: `{default}`."
    return text


def _help(text: str) -> Iterator[str]:
    """A help text: paragraphs as such, what keeps its lines as a block."""
    for part in inspect.cleandoc(text).split("\n\n"):
        lines = part.split("\n")
        if lines[0] != "\b":
            yield " ".join(cell(line) for line in lines)
            continue
        if lines[1].endswith(":"):
            yield lines.pop(1)
        yield fence([line.removeprefix("  ") for line in lines[1:]], "text")

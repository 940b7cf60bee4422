"""What changed in a version since the one before it, for the documents that tell its history."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from regelwerk.artifacts.comparison.tell import Comparison, compare
from regelwerk.model.context import BuildContext, VersionEntry, resolve_names
from regelwerk.model.ids import version_key
from regelwerk.model.project import FrozenVersion


def since_last(context: BuildContext) -> Comparison | None:
    """A version compared with the next lower one that was in force; None where there is none.

    The working definition is compared with the highest one that was in force.
    """
    before = _before(context)
    return compare(before, context) if before is not None else None


def history(context: BuildContext) -> Mapping[str, Comparison]:
    """For each version kept here that was in force, what it changed since the one before it."""
    found = {}
    for entry in context.versions:
        own = as_it_was(context, entry)
        comparison = since_last(own) if own is not None and entry.verdict.released else None
        if comparison is not None:
            found[entry.version] = comparison
    return found


def _before(context: BuildContext) -> BuildContext | None:
    own = version_key(context.definition.version or "")
    for entry in context.versions:
        key = version_key(entry.version)
        lower = key is not None and (context.working or own is None or key < own)
        if lower and entry.verdict.released:
            return as_it_was(context, entry)
    return None


def as_it_was(context: BuildContext, entry: VersionEntry) -> BuildContext | None:
    """What another version of the same process is rendered from; None where it cannot be read."""
    frozen = _frozen(context, entry.version)
    if frozen is None or frozen.definition is None or not frozen.definition.sound:
        return None
    names: Mapping[str, Any] | None = frozen.context
    return msgspec.structs.replace(
        context,
        definition=frozen.definition,
        verdict=entry.verdict,
        names=resolve_names(context.project, names),
        working=False,
    )


def _frozen(context: BuildContext, version: str) -> FrozenVersion | None:
    folder = next(
        (
            folder
            for folder in context.project.processes.values()
            if any(one.file == context.definition.file for one in folder.definitions())
        ),
        None,
    )
    return folder.version(version) if folder is not None else None

"""Two processes that say different things of the same document."""

from __future__ import annotations

from collections.abc import Iterator

from regelwerk.checks.current import current_definitions
from regelwerk.checks.walk import mapping_at, pairs_at
from regelwerk.diagnostics import Problem
from regelwerk.model.project import Project

_SAID = ("title", "form", "retention", "external")


def document_conflict(project: Project) -> Iterator[Problem]:
    """What two processes say of the same document agrees: title, form, retention, external.

    The same id in two processes is the same document, and it can be kept for one period only. What
    one of them leaves out does not contradict the other.
    """
    said: dict[tuple[str, str], tuple[object, str]] = {}
    for process, definition in current_definitions(project):
        for path, document, _ in pairs_at(definition.data, ("documents",)):
            written = mapping_at(definition.data, path)
            for key in _SAID:
                value = written.get(key)
                if not isinstance(value, str | bool):
                    continue
                other, where = said.setdefault((document, key), (value, process))
                if other != value:
                    yield Problem(
                        "reference/document-conflict",
                        (*path, key),
                        f"the {key} of `{document}` is {_words(value)} here and {_words(other)} "
                        f"in the process `{where}`",
                        "say the same in both, or give one of the documents another id",
                        file=definition.file,
                    )


def _words(value: str | bool | object) -> str:
    return str(value).lower() if isinstance(value, bool) else f"“{value}”"

"""The JSON Schemas of the format: found, compiled once, and asked about data."""

from __future__ import annotations

import json
from pathlib import Path as FilePath
from typing import Any

from regelwerk.diagnostics import Problem
from regelwerk.errors import RegelwerkError
from regelwerk.project.defaults import find_default
from regelwerk.project.engines import Validate, compile_schema
from regelwerk.project.sentences import problems_of


class SchemaSet:
    """Schemas by name (`process`, `record`, …), the project's before the packaged ones."""

    def __init__(self, root: FilePath | None) -> None:
        self._root = root
        self._schemas: dict[str, dict[str, Any]] = {}
        self._compiled: dict[str, Validate] = {}

    def schema(self, name: str) -> dict[str, Any]:
        """The schema as data; RegelwerkError where it is missing or broken."""
        if name not in self._schemas:
            path = find_default(self._root, "schemas", f"{name}.schema.json")
            if path is None:
                raise RegelwerkError(
                    f"the schema {name}.schema.json is missing", "reinstall regelwerk"
                )
            try:
                self._schemas[name] = json.loads(path.read_text(encoding="utf-8"))
            except (OSError, ValueError, RecursionError) as error:
                raise RegelwerkError(f"the schema {path} cannot be read: {error}") from error
        return self._schemas[name]

    def is_packaged(self, name: str) -> bool:
        """Whether the schema says what the packaged one says, so that it is known beforehand."""
        return self.schema(name) == SchemaSet(None).schema(name)

    def check(self, name: str, data: Any) -> list[Problem]:  # noqa: ANN401
        """What is wrong with the data's shape, in sentences."""
        schema = self.schema(name)
        if name not in self._compiled:
            try:
                self._compiled[name] = compile_schema(schema)
            except ValueError as error:
                reason = str(error).split("\n", 1)[0]
                raise RegelwerkError(
                    f"the schema {name}.schema.json is broken: {reason}"
                ) from error
        violations = self._compiled[name](data)
        return problems_of(violations, data, schema) if violations else []

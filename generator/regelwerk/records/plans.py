"""The definitions by which records are read, each made ready when its first record comes."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from regelwerk.records.fast_plan import FastPlan
from regelwerk.records.record_types import Head
from regelwerk.records.world import Definitions

_MOST_KEPT = 20_000
_HEAD = msgspec.json.Decoder(Head)
_FIRST_KEYS = re.compile(rb'\{"process":"[^"\\]+","version":"[^"\\]+"')
# Whatever msgspec says of content that does not fit; UnicodeDecodeError is a ValueError.
_UNFIT = (msgspec.MsgspecError, ValueError, RecursionError)


class FastPlans:
    """Finds for a record in JSON its definition, and reads it by that."""

    def __init__(self, definitions: Definitions) -> None:
        self._definitions = definitions
        self._plans: dict[tuple[str, str], FastPlan | None] = {}
        self._by_first_keys: dict[bytes, FastPlan | None] = {}
        self._latest: FastPlan | None = None

    def read(self, content: bytes) -> Any:  # noqa: ANN401 - a record's type is made at run time
        """A record as its definition wants it; None where that is in doubt.

        Of a key given twice the last value is read; whoever calls has to notice.
        """
        try:
            plan = self._latest
            if plan is None or len(self._plans) > 1:
                plan = self._plan_of(content)
            return plan.decode(content) if plan is not None else None
        except _UNFIT:
            return self._read_anew(content)

    def _read_anew(self, content: bytes) -> Any:  # noqa: ANN401
        """Read by what the head says, should it be another definition than was thought."""
        try:
            plan = self._by_head(content)
            if plan is None or plan is self._latest:
                return None
            self._latest = plan
            return plan.decode(content)
        except _UNFIT:
            return None

    def _plan_of(self, content: bytes) -> FastPlan | None:
        first = _FIRST_KEYS.match(content)
        if first is None:
            plan = self._by_head(content)
        elif first[0] in self._by_first_keys:
            plan = self._by_first_keys[first[0]]
        else:
            plan = self._by_head(content)
            if len(self._by_first_keys) < _MOST_KEPT:
                self._by_first_keys[first[0]] = plan
        self._latest = plan
        return plan

    def _by_head(self, content: bytes) -> FastPlan | None:
        head = _HEAD.decode(content)
        key = (head.process, head.version)
        if key not in self._plans:
            if head.version not in (self._definitions.versions(head.process) or ()):
                return None
            compiled = self._definitions.compiled(*key)
            self._plans[key] = FastPlan(*key, compiled) if compiled else None
        return self._plans[key]

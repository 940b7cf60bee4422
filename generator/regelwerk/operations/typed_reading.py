"""Records read by the types of their definitions, at the speed of a bare parse."""

from __future__ import annotations

from typing import Any

import msgspec

from regelwerk.project.fast_reading import (
    DOUBT,
    LARGEST,
    fast_readers,
    numbers_are_short,
    texts_are_plain,
    without_free_keys,
)
from regelwerk.project.record_chunks import Raw
from regelwerk.project.schemas import SchemaSet
from regelwerk.records.fast import FastJudge

_encode = msgspec.json.Encoder().encode
_UNLIKE = (msgspec.MsgspecError, TypeError, ValueError, RecursionError)


class TypedReader:
    """Reads records as their definitions want them; what is unlike that, as plain data.

    The types hold what the packaged schema of records says. A project's own schema is asked too.
    """

    def __init__(self, fast: FastJudge, schemas: SchemaSet) -> None:
        self._fast = fast
        self._schemas = schemas
        self._is_known = schemas.is_packaged("record")
        self._yaml, self._json = fast_readers()

    def read(self, raw: Raw) -> tuple[Any, Any]:
        """The record, and its data where they were needed.

        Without a record, its data tell what it is, or DOUBT that only the slow reading can.
        """
        if raw.problem is not None:
            return None, DOUBT
        tried = raw.line > 0 and self._is_known and len(raw.content) <= LARGEST
        if tried:
            record = self._fast.read(raw.content)
            # A key given twice, or anything written at greater length than need be, is missing.
            if record is not None and len(_encode(record)) == len(raw.content):
                return (record, None) if texts_are_plain(raw.content) else (None, self.data(raw))
        data = self.data(raw)
        if type(data) is not dict:
            return None, data
        return self._record(data, len(raw.content) if tried else -1), data

    def data(self, raw: Raw) -> Any:  # noqa: ANN401
        """The record as plain data, or DOUBT."""
        if raw.problem is not None:
            return DOUBT
        return self._json(raw.content) if raw.is_json else self._yaml(raw.content)

    def numbers_hold(self, raw: Raw, data: Any) -> bool:  # noqa: ANN401
        """Whether the numbers of a record are written so that all readers read them alike."""
        if data is None:
            return True
        if not raw.is_json and (b"_" in raw.content or b"0b" in raw.content):
            return False
        return numbers_are_short(raw.content)

    def _record(self, data: Any, tried: int) -> Any:  # noqa: ANN401
        """Plain data as a record; not where as many bytes of JSON have been tried before."""
        try:
            if not self._is_known and self._schemas.check("record", data):
                return None
            content = _encode(data)
            if b'"x-' in content:
                content = _encode(without_free_keys(data))
        except _UNLIKE:
            return None
        if len(content) == tried or not texts_are_plain(content):
            return None
        return self._fast.read(content)

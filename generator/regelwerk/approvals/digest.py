"""The digest that people approve: SHA-256 over the canonical form of a frozen definition.

Source: RFC 8785, JSON Canonicalization Scheme. Comments, key order, quoting and line ends are
outside the data and so outside the digest; `1` and `1.0` are the same number there.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

import rfc8785


def digest(definition: Mapping[str, Any], context: Mapping[str, Any] | None) -> str:
    """`sha256:` and 64 hexadecimal digits, for a definition as written and its frozen context."""
    return "sha256:" + sha256(canonical({"context": context, "definition": definition})).hexdigest()


def canonical(value: Any) -> bytes:  # noqa: ANN401
    """The canonical JSON (RFC 8785) of data as the readers give it."""
    return rfc8785.dumps(value)

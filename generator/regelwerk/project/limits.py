"""Limits on untrusted files; generous for people, small for machines."""

from __future__ import annotations

MAX_BYTES = 4 * 1024 * 1024  # one YAML or JSON file, or one line of JSON lines
MAX_DEPTH = 64  # levels of nesting
MAX_NODES = 100_000  # values in one file, aliases counted as often as they are used
MAX_ALIASES = 1_000
MAX_SAFE_INTEGER = 2**53 - 1  # RFC 8259, section 6: beyond it, programs disagree

"""The build digest of an office file: SHA-256 over all its parts, written into the file itself.

While the digest is worked out, a mark stands where it will be written. So anybody can put the
marks back and compare, without the sources; a container packed anew keeps its build digest, one
changed letter in any part does not. It proves that nothing was changed by accident, not who made
the file: whoever forges one can work the digest out too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from hashlib import sha256

PROPERTY = "BuildDigest"
SHORT = 12

# Signs of the private use area, which no text holds by chance in this order.
PLACE_SHORT = "\ue0b1\ue0b9\ue0b5\ue0b7"
PLACE = "\ue0b1\ue0b9\ue0b5\ue0b3"

_CUSTOM = "docProps/custom.xml"
_WRITTEN = re.compile(rb'name="BuildDigest"><vt:lpwstr>sha256:([0-9a-f]{64})<')
_XML = ".xml"


def with_build_digest(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The parts with their digest in place of the marks, or of the digest they have already."""
    marked, _ = _marked(parts)
    digest = _digest(marked)
    return {name: _written(name, content, digest) for name, content in marked.items()}


def stated_build_digest(parts: Mapping[str, bytes]) -> tuple[str, bool]:
    """The digest that the parts state (hexadecimal, "" for none), and whether it is theirs."""
    marked, stated = _marked(parts)
    return stated, bool(stated) and _digest(marked) == stated


def _marked(parts: Mapping[str, bytes]) -> tuple[dict[str, bytes], str]:
    found = _WRITTEN.search(parts.get(_CUSTOM, b""))
    if found is None:
        return dict(parts), ""
    stated = found[1]
    short = stated[:SHORT]
    marked = {
        name: content.replace(short, PLACE_SHORT.encode()) if _may_tell(name) else content
        for name, content in parts.items()
    }
    marked[_CUSTOM] = parts[_CUSTOM].replace(stated, PLACE.encode())
    return marked, stated.decode()


def _written(name: str, content: bytes, digest: str) -> bytes:
    if name == _CUSTOM:
        return content.replace(PLACE.encode(), digest.encode())
    return content.replace(PLACE_SHORT.encode(), digest[:SHORT].encode())


def _may_tell(name: str) -> bool:
    return name != _CUSTOM and name.endswith(_XML)


def _digest(parts: Mapping[str, bytes]) -> str:
    """Every part by name, each with its length, so that nothing can move from one to another."""
    digest = sha256()
    for name in sorted(parts):
        head = f"{len(name.encode())} {name} {len(parts[name])} "
        digest.update(head.encode() + parts[name])
    return digest.hexdigest()

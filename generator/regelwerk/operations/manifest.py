"""What a build read and wrote: SHA-256 of every input, template and output, and the tool."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path

import msgspec

from regelwerk import __version__
from regelwerk.operations.writing import sha256_of_file, write_atomically

NAME = "manifest.json"


class Unit(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is built as a whole, such as `sales/1.3/document`.

    `fingerprint` stands for everything that decides its outputs; `inputs` and `templates` name
    the files among that, for people. All values are SHA-256 in hexadecimal, keys are paths:
    inputs and templates relative to the project, outputs relative to the output folder.
    """

    fingerprint: str
    inputs: Mapping[str, str]
    templates: Mapping[str, str]
    outputs: Mapping[str, str]


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """Every unit of an output folder, by name."""

    tool: str
    code: str
    units: Mapping[str, Unit]


@cache
def code_digest() -> str:
    """SHA-256 over this package's own modules, so that a changed tool builds anew."""
    digest = sha256(__version__.encode())
    package = Path(__file__).resolve().parent.parent
    for path in sorted(package.rglob("*.py")):
        digest.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def read_manifest(folder: Path) -> Manifest:
    """The manifest of an output folder; an empty one where there is none that can be used."""
    path = folder / NAME
    try:
        found = msgspec.json.decode(path.read_bytes() if path.is_file() else b"", type=Manifest)
    except (OSError, msgspec.MsgspecError, RecursionError):
        return Manifest(tool="", code="", units={})
    return msgspec.structs.replace(
        found, units={name: _inside(unit) for name, unit in found.units.items()}
    )


def _inside(unit: Unit) -> Unit:
    """The unit without outputs that would lie elsewhere: what it names may be read and removed."""
    outputs = {path: digest for path, digest in unit.outputs.items() if _stays_inside(path)}
    if len(outputs) == len(unit.outputs):
        return unit
    return msgspec.structs.replace(unit, fingerprint="", outputs=outputs)


def _stays_inside(path: str) -> bool:
    strange = any(sign in path for sign in "\\:\0")
    return not strange and not {"", ".", ".."}.intersection(path.split("/"))


def is_foreign(folder: Path) -> bool:
    """Whether the folder holds a `manifest.json` that some other tool wrote for its own ends."""
    path = folder / NAME
    try:
        found = msgspec.json.decode(path.read_bytes()) if path.is_file() else None
    except (OSError, msgspec.MsgspecError, RecursionError):
        return False  # half a file of ours, perhaps
    return found is not None and not (isinstance(found, dict) and "units" in found)


def is_damaged(folder: Path) -> bool:
    """Whether there is a `manifest.json` that cannot be read: half a file of ours, perhaps."""
    path = folder / NAME
    try:
        msgspec.json.decode(path.read_bytes() if path.is_file() else b"{}")
    except (OSError, msgspec.MsgspecError, RecursionError):
        return True
    return False


def write_manifest(folder: Path, units: Mapping[str, Unit]) -> None:
    """Write the manifest with sorted keys; a manifest that would not change is left alone."""
    manifest = Manifest(tool=f"regelwerk {__version__}", code=code_digest(), units=dict(units))
    content = json.dumps(msgspec.to_builtins(manifest), indent=2, sort_keys=True) + "\n"
    path = folder / NAME
    if not path.is_file() or path.read_bytes() != content.encode():
        write_atomically(path, content.encode())


def is_current(folder: Path, old: Unit | None, fingerprint: str) -> bool:
    """Whether the unit was built from the same things and all its outputs are still there."""
    return (
        old is not None
        and old.fingerprint == fingerprint
        and all(sha256_of_file(folder / path) == digest for path, digest in old.outputs.items())
    )


def fingerprint_of(*parts: object) -> str:
    """SHA-256 over values that msgspec can encode, in an order that does not depend on chance."""
    return sha256(msgspec.json.encode(parts, order="sorted", enc_hook=_encode)).hexdigest()


def _encode(value: object) -> object:
    if isinstance(value, frozenset | set):
        return sorted(value)
    raise NotImplementedError(f"cannot fingerprint {type(value).__name__}")

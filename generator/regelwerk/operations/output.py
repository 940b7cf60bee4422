"""An output folder while it is being built: what is current, what was written, what failed."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from regelwerk.errors import UsageError
from regelwerk.model.context import Artifact
from regelwerk.operations.manifest import (
    NAME,
    Unit,
    code_digest,
    is_current,
    is_damaged,
    is_foreign,
    read_manifest,
    write_manifest,
)
from regelwerk.operations.writing import (
    remove_if_ours,
    sha256_of,
    sha256_of_file,
    write_atomically,
)

_STORES = frozenset((".git", ".hg", ".svn", ".jj"))


class Failure(msgspec.Struct, frozen=True):
    """Something that could not be made or written, and what to do about it."""

    what: str
    message: str
    hint: str = ""


class Output:
    """The folder that artifacts go to, and its manifest of the last build.

    `build/` belongs to regelwerk, and whatever stands there in the way of an artifact is replaced:
    a manifest that was lost, or never written because a build was killed, must not stop the next.
    A folder that somebody `named` may hold other things: there, a file that the manifest does not
    name stays as it is, and what should have taken its place is a failure.
    """

    def __init__(self, root: Path, folder: Path, *, named: bool = False) -> None:
        self.root = root
        self.named = named
        self.folder = _resolved(folder)
        self._refuse_sources()
        self._refuse_unwritable()
        old = read_manifest(self.folder)
        self._old: Mapping[str, Unit] = old.units if old.code == code_digest() else {}
        self._all_old = old.units
        known = (path for unit in old.units.values() for path in unit.outputs)
        self._ours = None if not named or is_damaged(self.folder) else set(known)
        self._new: dict[str, Unit] = dict(old.units)
        self.written: list[str] = []
        self.removed: list[str] = []
        self.failures: list[Failure] = []
        self.unchanged = 0

    def _refuse_sources(self) -> None:
        """An output folder must not hold, or be, what a person wrote, or what git keeps.

        Letters count the same whether large or small, as on the disks of Windows and macOS.
        """
        folder, root = _folded(self.folder), _folded(self.root)
        if _STORES.intersection(folder.parts).difference(root.parts):
            raise UsageError(
                f"{self.folder} lies in what a version control system keeps for itself",
                "write to a folder of its own, such as build/",
            )
        sources = [root / name for name in ("process", "schemas", "templates", "docs")]
        for source in (root, *sources):
            if folder == source or source.is_relative_to(folder):
                raise UsageError(
                    f"{self.folder} holds the project's sources",
                    "write to a folder of its own, such as build/",
                )
        for source in sources:
            if folder.is_relative_to(source):
                raise UsageError(
                    f"{self.folder} lies among the project's sources",
                    "write to a folder of its own, such as build/",
                )

    def _refuse_unwritable(self) -> None:
        """Nothing can be built where no folder can be, or where another tool keeps its manifest."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise UsageError(
                f"{self.folder} cannot be a folder to write to: {reason}", "name another folder"
            ) from error
        if is_foreign(self.folder):
            raise UsageError(
                f"{self.folder} holds a {NAME} that is not regelwerk's",
                "write to a folder of its own, such as build/",
            )

    def is_current(self, name: str, fingerprint: str) -> bool:
        """Whether the unit needs no work; counts its outputs as unchanged if so."""
        if not is_current(self.folder, self._old.get(name), fingerprint):
            return False
        self.unchanged += len(self._old[name].outputs)
        return True

    def outputs_of(self, name: str) -> tuple[str, ...]:
        """The paths a unit has written, in this build or an earlier one."""
        unit = self._new.get(name)
        return tuple(unit.outputs) if unit is not None else ()

    def fingerprint_of(self, name: str) -> str | None:
        """What a unit was made from; None where there is no such unit."""
        unit = self._new.get(name)
        return unit.fingerprint if unit is not None else None

    def amend(self, name: str, artifact: Artifact) -> None:
        """Replace one output of a unit that stands for the same things as before."""
        unit = self._new[name]
        digest = sha256_of(artifact.content)
        if unit.outputs.get(artifact.path) == digest:
            return
        if self._write(artifact, digest, None):
            outputs = {**unit.outputs, artifact.path: digest}
            self._new[name] = msgspec.structs.replace(unit, outputs=outputs)
            self.written = list(dict.fromkeys(self.written))

    def drop(self, name: str) -> None:
        """Remove a unit with its files."""
        self._remove_leftovers(name, {})
        self._new.pop(name, None)

    def write_unit(
        self,
        name: str,
        fingerprint: str,
        inputs: Mapping[str, str],
        templates: Mapping[str, str],
        artifacts: Iterable[Artifact],
    ) -> None:
        """Write a unit's artifacts; what cannot be replaced is a failure, the rest is written."""
        outputs: dict[str, str] = {}
        complete = True
        before = self._all_old.get(name)
        for artifact in artifacts:
            digest = sha256_of(artifact.content)
            if self._write(artifact, digest, before):
                outputs[artifact.path] = digest
            else:
                complete = False
        self._remove_leftovers(name, outputs if complete else None)
        self._new[name] = Unit(
            fingerprint=fingerprint if complete else "",
            inputs=inputs,
            templates=templates,
            outputs=outputs,
        )

    def kept(self, name: str, path: str) -> bytes | None:
        """The bytes of an output of the last build; None where they are not those it wrote."""
        unit = self._old.get(name)
        digest = unit.outputs.get(path) if unit is not None else None
        file = self.folder / path
        if digest is None or not file.resolve().is_relative_to(self.folder):
            return None
        try:
            content = file.read_bytes() if file.is_file() else b""
        except OSError:
            return None
        return content if sha256_of(content) == digest else None

    def keep(self, name: str, artifacts: Iterable[Artifact]) -> None:
        """Write a unit that only the next build can use: not counted, and no harm if it fails."""
        counted = self.written, self.removed, self.failures, self.unchanged
        self.written, self.removed, self.failures = [], [], []
        self.write_unit(name, "", {}, {}, artifacts)
        self.written, self.removed, self.failures, self.unchanged = counted

    def _write(self, artifact: Artifact, digest: str, before: Unit | None) -> bool:
        path = self.folder / artifact.path
        if not path.resolve().is_relative_to(self.folder):
            self.fail(artifact.path, "the path leads out of the output folder")
            return False
        try:
            known = before is not None and before.outputs.get(artifact.path) == digest
            if known and sha256_of_file(path) == digest:
                self.unchanged += 1
                return True
            if self._is_foreign(artifact.path, path, digest):
                hint = "move it away, or name another folder; if regelwerk made it, remove it"
                self.fail(artifact.path, "a file that is not regelwerk's is there", hint)
                return False
            write_atomically(path, artifact.content)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            hint = "close it where it is open (in Word, for instance) and build again"
            self.fail(artifact.path, f"the file cannot be replaced: {reason}", hint)
            return False
        self.written.append(artifact.path)
        if self._ours is not None:
            self._ours.add(artifact.path)
        return True

    def _is_foreign(self, name: str, path: Path, digest: str) -> bool:
        if self._ours is None or name in self._ours or not os.path.lexists(path):
            return False
        return sha256_of_file(path) != digest

    def fail(self, what: str, message: str, hint: str = "") -> None:
        """Note what could not be done; the build goes on. A failed unit is tried again."""
        self.failures.append(Failure(what, message, hint))
        if what in self._new:
            self._new[what] = msgspec.structs.replace(self._new[what], fingerprint="")

    def forget_units(self, wanted: Iterable[str], keep_prefixes: tuple[str, ...]) -> None:
        """Remove what earlier builds made and nobody wants any more."""
        keep = set(wanted)
        for name in list(self._new):
            if name not in keep and name.split("/", 1)[0] not in keep_prefixes:
                self._remove_leftovers(name, {})
                del self._new[name]

    def _remove_leftovers(self, name: str, outputs: Mapping[str, str] | None) -> None:
        old = self._all_old.get(name)
        if old is None or outputs is None:
            return
        for path, digest in old.outputs.items():
            if path in outputs or not (self.folder / path).resolve().is_relative_to(self.folder):
                continue
            if remove_if_ours(self.folder / path, digest):
                self.removed.append(path)
                self._remove_empty(self.folder / path)

    def _remove_empty(self, path: Path) -> None:
        for folder in path.parents:
            if folder == self.folder or not folder.is_dir() or any(folder.iterdir()):
                return
            folder.rmdir()

    def finish(self) -> None:
        """Write the manifest; without it the next build makes everything again."""
        try:
            write_manifest(self.folder, self._new)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            self.fail(NAME, f"the file cannot be replaced: {reason}", "make room, or remove it")


def _folded(path: Path) -> Path:
    return Path(unicodedata.normalize("NFC", str(path.resolve())).casefold())


def _resolved(folder: Path) -> Path:
    try:
        return folder.resolve()
    except (OSError, RuntimeError) as error:  # a circle of links
        raise UsageError(f"{folder} cannot be a folder to write to: {error}") from error

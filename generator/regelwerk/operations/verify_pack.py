"""Check an audit pack with nothing else at hand: unpack it, work everything out anew, compare."""

from __future__ import annotations

import os
import re
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import IO

import msgspec

from regelwerk import __version__
from regelwerk.approvals.public_key import KeyRefusedError, fingerprint, key_of_line
from regelwerk.archive.read import Archive, open_archive
from regelwerk.archive.refused import ArchiveRefusedError
from regelwerk.artifacts.marks.read import marks_of
from regelwerk.diagnostics import Severity
from regelwerk.errors import RegelwerkError, UsageError
from regelwerk.model.version import Status
from regelwerk.operations.issued import read_issued
from regelwerk.operations.issued_anew import otherwise
from regelwerk.operations.manifest import code_digest
from regelwerk.operations.pack_contents import DOCUMENTS, Contents, contents_of
from regelwerk.operations.pack_format import (
    FORMAT,
    INDEX,
    LIMITS,
    MANIFEST,
    PROJECT,
    PackManifest,
)
from regelwerk.operations.pack_proof import PROVES, PROVES_NOT
from regelwerk.operations.progress import Progress, silent
from regelwerk.operations.verify_result import Checked, State
from regelwerk.operations.writing import sha256_of_file

Keys = Mapping[str, frozenset[str]]
"""Known fingerprints, each with the ids of those whose it is; none: whose is not said."""

_MOST_SHOWN = 20
_MOST_MANIFEST = 64 * 1024 * 1024
_PRINT = re.compile(r"SHA256:[A-Za-z0-9+/]{43}")
_STABLE = ("keys/", "signatures/")


def is_pack(path: Path) -> bool:
    """Whether a file is to be judged as an audit pack: a zip archive, and no office file."""
    if path.suffix.lower() == ".zip":
        return True
    try:
        with path.open("rb") as file:
            if file.read(4) != b"PK\x03\x04":
                return False
            file.seek(0)
            names = zipfile.ZipFile(file).namelist()
    except (OSError, ValueError, zipfile.BadZipFile, NotImplementedError):
        return False
    return MANIFEST in names and INDEX in names


def read_keys(file: Path) -> Keys:
    """Keys that somebody knows: lines of .pub files or allowed_signers, or fingerprints.

    UsageError where a line is none of these.
    """
    found: dict[str, frozenset[str]] = {}
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        raise UsageError(f"{file} cannot be read") from None
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        print_, owners = _known_key(line)
        if not print_:
            raise UsageError(
                f"{file}:{number} is neither a public key nor a fingerprint",
                "a line is `ssh-ed25519 AAAA…`, `anna.beispiel ssh-ed25519 AAAA…` or `SHA256:…`",
            )
        found[print_] = found.get(print_, frozenset()) | owners
    if not found:
        raise UsageError(f"{file} holds no key")
    return found


def _known_key(line: str) -> tuple[str, frozenset[str]]:
    told = _PRINT.search(line)
    if told is not None:
        return told[0], frozenset()
    place = line.find("ssh-ed25519")
    if place < 0:
        return "", frozenset()
    try:
        print_ = fingerprint(key_of_line(line[place:]))
    except KeyRefusedError:
        return "", frozenset()
    principals = line[:place].split()
    return print_, frozenset(principals[0].split(",")) if principals else frozenset()


def verify_pack(path: Path, keys: Keys | None, progress: Progress = silent) -> Checked:
    """What an audit pack is worth; never raises for what is in it."""
    found = Checked(
        file=str(path), state=State.REFUSED, headline="NOT READ", kind="audit pack",
        sha256=sha256_of_file(path) or "",
    )  # fmt: skip
    try:
        with path.open("rb") as file:
            archive = open_archive(file, LIMITS, tight=True)
            manifest = _manifest(archive)
            found = msgspec.structs.replace(found, title=manifest.organization)
            return _compared(found, archive, manifest, keys, progress)
    except ArchiveRefusedError as error:
        return msgspec.structs.replace(found, problems=(f"the archive: {error.message}",))
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return msgspec.structs.replace(found, problems=(f"it cannot be read: {reason}",))


def _manifest(archive: Archive) -> PackManifest:
    if MANIFEST not in archive or archive.size(MANIFEST) > _MOST_MANIFEST:
        raise ArchiveRefusedError("it holds no manifest of an audit pack")
    try:
        manifest = msgspec.json.decode(archive.read(MANIFEST), type=PackManifest)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
        raise ArchiveRefusedError("its manifest is not that of an audit pack") from None
    if manifest.format != FORMAT:
        raise ArchiveRefusedError(f"it is of format {manifest.format}, this tool knows {FORMAT}")
    return manifest


def _compared(
    found: Checked,
    archive: Archive,
    manifest: PackManifest,
    keys: Keys | None,
    progress: Progress,
) -> Checked:
    with tempfile.TemporaryDirectory(prefix="regelwerk-verify-") as folder:
        root = Path(folder)
        problems = list(_unpacked(archive, manifest, root))
        if problems:
            return _broken(found, problems, ())
        try:
            contents = contents_of(root, manifest.scope, progress)
        except RegelwerkError as error:
            return _broken(found, [f"the project in it cannot be read: {error.message}"], ())
        kept = tuple(_issued_otherwise(contents, manifest.scope.as_of))
    same = (manifest.tool, manifest.code) == (f"regelwerk {__version__}", code_digest())
    doubts: list[str] = []
    for name, sentence in _differences(archive, contents):
        (problems if same or name.startswith(_STABLE) else doubts).append(sentence)
    problems += _approvals(contents)
    problems += _unknown_keys(contents, keys) if keys is not None else ()
    facts = (*_facts(contents, manifest, keys), *kept)
    if problems:
        return _broken(found, [*problems, *doubts], facts)
    if doubts:
        return _in_part(found, manifest, doubts, facts)
    return msgspec.structs.replace(
        found,
        state=State.IN_ORDER,
        headline=f"WHOLE AND UNCHANGED, as of {manifest.scope.as_of}",
        facts=facts,
        proves=PROVES,
        proves_not=PROVES_NOT,
    )


def _broken(found: Checked, problems: list[str], facts: tuple[str, ...]) -> Checked:
    return msgspec.structs.replace(
        found,
        state=State.NOT_IN_ORDER,
        headline="NOT WHAT WAS PACKED, OR NOT SOUND",
        facts=facts,
        problems=_shown(problems),
    )


def _in_part(
    found: Checked, manifest: PackManifest, doubts: list[str], facts: tuple[str, ...]
) -> Checked:
    """Definitions, signatures and keys hold; what is told of them differs, which may be the tool.

    A forger can name another tool, too. So it is not said that all is as it was packed.
    """
    why = (
        f"it says that {manifest.tool} made it in another state than the tool that checks it; "
        "what differs can come from that, or be forged: verify it with that version"
    )
    return msgspec.structs.replace(
        found,
        state=State.UNCONFIRMED,
        headline=f"CONFIRMED ONLY IN PART, as of {manifest.scope.as_of}",
        facts=(
            *facts,
            "Definitions, signatures, keys and evidence were worked out anew, and hold.",
        ),
        problems=(why, *_shown(doubts)),
    )


def _shown(problems: list[str]) -> tuple[str, ...]:
    more = len(problems) - _MOST_SHOWN
    return (*problems[:_MOST_SHOWN], *([f"and {more} more"] if more > 0 else []))


def _unpacked(archive: Archive, manifest: PackManifest, root: Path) -> Iterator[str]:
    """Compare every file with the manifest; write those of the project below `root`."""
    names = set(archive.names) - {MANIFEST}
    yield from (f"{name} is not there" for name in sorted(set(manifest.files) - names))
    yield from (f"{name} is in no manifest" for name in sorted(names - set(manifest.files)))
    for name in sorted(names & set(manifest.files)):
        digest = sha256()
        with _place_for(name, root) as file:
            for block in archive.blocks(name):
                digest.update(block)
                file.write(block)
        if digest.hexdigest() != manifest.files[name]:
            yield f"{name} is not the file that was packed"


@contextmanager
def _place_for(name: str, root: Path) -> Iterator[IO[bytes]]:
    """Where a file is written to: a file of the project below `root`, any other to nowhere."""
    target = Path(os.devnull)
    if name.startswith(PROJECT):
        target = root / name.removeprefix(PROJECT)
        target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as file:
        yield file


def _differences(archive: Archive, contents: Contents) -> Iterator[tuple[str, str]]:
    """What is told in the pack against what its project gives now: file and sentence."""
    told = {name for name in archive.names if name != MANIFEST and not name.startswith(PROJECT)}
    made = contents.files
    for name in sorted(told ^ set(made)):
        stands = "does not follow from the project in it" if name in told else "is missing"
        yield name, f"{name} {stands}"
    for name in sorted(told & set(made)):
        if name.startswith(DOCUMENTS) and name.endswith(".docx"):
            if not _same_document(archive.read(name), made[name]):
                yield name, f"{name} is not what its definition gives"
        elif archive.read(name) != made[name]:
            yield name, f"{name} says something else than the project in it"


def _same_document(packed: bytes, made: bytes) -> bool:
    """Part for part; another library may have packed the container in another way."""
    if packed == made:
        return True
    try:
        theirs, ours = marks_of(packed), marks_of(made)
    except ArchiveRefusedError:
        return False
    if theirs is None or ours is None:
        return False
    return bool(theirs.intact and ours.intact and theirs.build == ours.build)


def _issued_otherwise(contents: Contents, as_of: date) -> Iterator[str]:
    """Documents as issued are copied from the project in it; what does not follow is told."""
    loaded, told = contents.loaded, []
    for folder in loaded.project.processes.values():
        for frozen in folder.versions:
            issued = read_issued(loaded.root, frozen.folder)
            if issued is None:
                continue
            found = otherwise(loaded, folder, frozen, issued, as_of)
            told += [f"{folder.id} {frozen.version} {path}" for path, alike in found if not alike]
    if told:
        yield (
            "Issued documents that their versions do not give here; another version of the tool or "
            "of a template may have made them, or somebody else, so read them beside the "
            f"definition: {', '.join(_shown(told))}."
        )


def _approvals(contents: Contents) -> Iterator[str]:
    for finding in contents.told.findings:
        if finding.code.startswith("approval/") and finding.severity is Severity.ERROR:
            yield f"{finding.file}:{finding.line} {finding.code}: {finding.message}"
    for finding in contents.told.record_findings:
        if finding.code == "record/evidence-changed":
            yield f"{finding.file}:{finding.line} {finding.code}: {finding.message}"


def _unknown_keys(contents: Contents, keys: Keys) -> Iterator[str]:
    told = set()
    for use in contents.told.keys:
        owners = keys.get(use.fingerprint)
        if (use.person, use.fingerprint) in told:
            continue
        told.add((use.person, use.fingerprint))
        if owners is None:
            yield f"the key {use.fingerprint} of {use.name} is none of those that you know"
        elif owners and use.person not in owners:
            known = ", ".join(sorted(owners))
            yield f"the key {use.fingerprint} of {use.name} is, as you know, that of {known}"


def _facts(contents: Contents, manifest: PackManifest, keys: Keys | None) -> Iterator[str]:
    told, scope = contents.told, manifest.scope
    yield f"{len(manifest.files)} files are those of the manifest, and there are no others."
    for version in told.versions:
        signed = ", ".join(f"{one.stage} {one.name}" for one in version.signatures) or "nobody"
        paper = " on paper, not verifiable by this tool" if version.on_paper else ""
        status = "in force" if version.status is Status.EFFECTIVE else version.status.value
        yield f"{version.title} {version.version}: {status}; signed{paper} by: {signed}."
    errors = sum(one.severity is Severity.ERROR for one in told.record_findings)
    yield f"{told.records} records; departures found in them: {errors or 'none'}."
    if scope.left_out:
        yield f"{len(scope.left_out)} evidence files are left out, with their SHA-256."
    yield from _keys_told(contents, keys)


def _keys_told(contents: Contents, keys: Keys | None) -> Iterator[str]:
    prints = sorted({(use.name, use.fingerprint) for use in contents.told.keys})
    if not prints:
        return
    if keys is not None:
        yield "Every key that signed is one of those that you know."
        return
    shown = "; ".join(f"{name} {print_}" for name, print_ in prints)
    yield f"Keys that signed, to be compared by another way (--keys FILE): {shown}."

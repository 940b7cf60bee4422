"""Hand over an audit pack: what is laid down, approved and recorded, as one file to be checked."""

from __future__ import annotations

import os
import secrets
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path

import msgspec

from regelwerk import __version__
from regelwerk.archive.names import colliding, name_fault
from regelwerk.archive.write import write_archive
from regelwerk.diagnostics import did_you_mean
from regelwerk.errors import RegelwerkError, UsageError
from regelwerk.operations.day import Clock, zone_of
from regelwerk.operations.manifest import code_digest
from regelwerk.operations.pack_cases import Period, packed_cases
from regelwerk.operations.pack_contents import contents_of
from regelwerk.operations.pack_format import FORMAT, MANIFEST, PROJECT, PackManifest, Scope
from regelwerk.operations.pack_reports import Told
from regelwerk.operations.pack_tree import PackTree, words_of
from regelwerk.operations.progress import Progress, silent
from regelwerk.operations.writing import sha256_of_file
from regelwerk.project.load import Loaded, load
from regelwerk.project.root import find_root
from regelwerk.records.pseudonyms import Pseudonyms

_KEY_BYTES = 32


class PackWish(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be handed over.

    No process named: all. Days None: open. `key_file` asks for pseudonyms; the key in it is used,
    or one is made there.
    """

    processes: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    key_file: Path | None = None


class Packed(msgspec.Struct, frozen=True, kw_only=True):
    """A pack that was written. `new_key`: the key for pseudonyms was made just now."""

    path: Path
    sha256: str
    size: int
    scope: Scope
    told: Told
    new_key: bool


def audit_pack(
    start: Path, wish: PackWish, target: Path, clock: Clock, progress: Progress = silent
) -> Packed:
    """Write the pack to `target`, whole or not at all; the same sources and day, the same bytes.

    UsageError where there is no such process, or the period ends before it begins.
    """
    root = find_root(start)
    loaded = load(root)
    _require(wish, loaded, target)
    as_of = clock(zone_of(loaded.project.organization))
    key, new_key = _key(wish.key_file)
    with tempfile.TemporaryDirectory(prefix="regelwerk-pack-") as folder:
        tree = Path(folder)
        scope = _write_tree(tree, loaded, wish, as_of, key)
        contents = contents_of(tree, scope, progress)
        files: dict[str, bytes | Path] = dict(contents.files)
        files |= {
            f"{PROJECT}{path.relative_to(tree).as_posix()}": path
            for path in sorted(tree.rglob("*"))
            if path.is_file()
        }
        _require_names(files)
        files[MANIFEST] = _manifest(contents.loaded, scope, files)
        digest, size = _written(target, files)
    return Packed(
        path=target, sha256=digest, size=size, scope=scope, told=contents.told, new_key=new_key
    )


def _require(wish: PackWish, loaded: Loaded, target: Path) -> None:
    known = loaded.project.processes
    for process in wish.processes:
        if process not in known:
            hint = did_you_mean(process, known) or "there are: " + ", ".join(known)
            raise UsageError(f"there is no process `{process}`", hint)
    if wish.first is not None and wish.last is not None and wish.last < wish.first:
        raise UsageError(f"the period ends on {wish.last}, before it begins on {wish.first}")
    if wish.key_file is not None and wish.key_file.absolute() == target.absolute():
        raise UsageError("the key cannot be written into the pack", "name another file for it")


def _key(file: Path | None) -> tuple[bytes | None, bool]:
    """The key for pseudonyms and whether it was made now; None where nothing is asked for."""
    if file is None:
        return None, False
    try:
        text = file.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        key = secrets.token_bytes(_KEY_BYTES)
        try:
            handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w", encoding="ascii") as new:
                new.write(key.hex() + "\n")
        except OSError as error:
            raise UsageError(f"{file} cannot be written: {error.strerror}") from None
        return key, True
    except (OSError, UnicodeDecodeError):
        raise UsageError(f"{file} cannot be read as a key") from None
    try:
        key = bytes.fromhex(text)
    except ValueError:
        key = b""
    if len(key) < _KEY_BYTES:
        raise UsageError(
            f"{file} holds no key", f"a key is {2 * _KEY_BYTES} hexadecimal digits or more"
        )
    return key, False


def _write_tree(
    tree: Path, loaded: Loaded, wish: PackWish, as_of: date, key: bytes | None
) -> Scope:
    asked = wish.processes or tuple(loaded.project.processes)
    zone = zone_of(loaded.project.organization)
    cases = packed_cases(loaded.root, asked, Period(wish.first, wish.last), zone)
    among = {*asked, *(case.process for case in cases)}
    processes = tuple(id_ for id_ in loaded.project.processes if id_ in among)
    pseudonyms = None
    if key is not None:
        pseudonyms = Pseudonyms(key, loaded.project.people, words_of(cases))
    writer = PackTree(tree, loaded, pseudonyms)
    writer.write(processes, cases)
    return Scope(
        as_of=as_of,
        first=wish.first,
        last=wish.last,
        processes=processes,
        cases=len(cases),
        pseudonymized=key is not None,
        left_out=dict(sorted(writer.left_out.items())),
        notes=tuple(_notes(wish, loaded, processes, writer, pseudonyms)),
    )


def _notes(
    wish: PackWish,
    loaded: Loaded,
    processes: Sequence[str],
    writer: PackTree,
    pseudonyms: Pseudonyms | None,
) -> Iterator[str]:
    if wish.first is not None or wish.last is not None:
        yield "Cases that were over before the period, or began after it, are not here."
    others = len(loaded.project.processes) - len(processes)
    if others:
        what = "1 process was" if others == 1 else f"{others} processes were"
        yield f"{what} not asked for; what refers there leads nowhere here."
    bare = [id_ for id_ in processes if not loaded.project.processes[id_].versions]
    if bare:
        titles = ", ".join(loaded.project.title_of_process(id_) or id_ for id_ in bare)
        yield f"No version has been frozen yet of: {titles}."
    yield "Working definitions are not here: nobody has approved them."
    if writer.not_portable:
        names = ", ".join(writer.not_portable)
        yield f"Files whose names are no names on every system are not here: {names}."
    if pseudonyms is None:
        return
    yield (
        "People, cases and subjects in records and findings stand under pseudonyms, made with a "
        "key (HMAC-SHA256) that is kept apart from this pack. Whoever has the key can undo them; "
        "days, steps and rare roles may give people away without it."
    )
    yield (
        "Evidence files are not here, since names cannot be taken out of them; their names are "
        "replaced. Documents as issued are not here either, since forms name people."
    )
    yield (
        "Approvals, their originals, and the keys and roles of those who signed are as they were "
        "signed, for nothing signed can be changed: signers stand there by name. Definitions are "
        "as approved too; a name in their text is still there."
    )
    yield (
        f"{pseudonyms.free_texts} free texts (remarks, reasons, references, recorded fields) were "
        "only searched for the names, ids and addresses that the project knows. Read them before "
        "the pack leaves the house."
    )


def _require_names(files: Mapping[str, object]) -> None:
    for name in files:
        fault = name_fault(name)
        if fault is not None:
            raise RegelwerkError(f"the name `{name}` {fault}", "rename the file; then pack again")
    twice = next(colliding(sorted(files)), None)
    if twice is not None:
        raise RegelwerkError(
            f"two names are one on some systems: `{twice}`", "rename one; then pack again"
        )


def _manifest(loaded: Loaded, scope: Scope, files: Mapping[str, bytes | Path]) -> bytes:
    digests = {
        name: sha256(content).hexdigest()
        if isinstance(content, bytes)
        else sha256_of_file(content) or ""
        for name, content in sorted(files.items())
    }
    manifest = PackManifest(
        format=FORMAT,
        tool=f"regelwerk {__version__}",
        code=code_digest(),
        organization=loaded.project.organization.name,
        scope=scope,
        files=digests,
    )
    content: bytes = msgspec.json.format(msgspec.json.encode(manifest), indent=1)
    return content + b"\n"


def _written(target: Path, files: Mapping[str, bytes | Path]) -> tuple[str, int]:
    """SHA-256 and size of the archive; nobody ever sees half of one."""
    temporary = target.with_name(f".regelwerk-{secrets.token_hex(8)}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with temporary.open("x+b") as archive:
            write_archive(archive, files)
        temporary.replace(target)
    except OSError as error:
        raise RegelwerkError(f"{target} cannot be written: {error.strerror}") from None
    except zipfile.LargeZipFile:
        raise RegelwerkError(
            "a pack holds 65,535 files and 4 GiB at most; this one would be larger",
            "pack fewer processes (--process), or a shorter period (--from, --to)",
        ) from None
    finally:
        temporary.unlink(missing_ok=True)
    return sha256_of_file(target) or "", target.stat().st_size

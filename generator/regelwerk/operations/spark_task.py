"""What each process of Spark needs to judge records, as bytes; nothing is read from its disk."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path
from urllib.parse import unquote, urlsplit

import msgspec

from regelwerk.errors import RegelwerkError
from regelwerk.operations.evidence_places import EvidencePlaces
from regelwerk.operations.manifest import code_digest
from regelwerk.operations.originals import OriginalFiles
from regelwerk.operations.record_judge import RecordJudge
from regelwerk.operations.record_kernel import RecordKernel
from regelwerk.project.load import Loaded, load
from regelwerk.records.evidence import EvidenceState, EvidenceStore

_REMOTE = "://"


class Task(msgspec.Struct, frozen=True):
    """A project's definitions and the day; `root` is where the project lies for whoever asks.

    `files` are those that were read, by their path below the root; `originals` the SHA-256 of
    signed papers by folder and name; `folders` lie outside the project and hold records.
    """

    code: str
    root: str
    as_of: date
    files: Mapping[str, bytes]
    originals: Mapping[tuple[str, str], str | None]
    folders: tuple[str, ...]

    @property
    def digest(self) -> str:
        """Stands for the whole."""
        return sha256(msgspec.msgpack.encode(self, order="sorted", enc_hook=_encoded)).hexdigest()


def _encoded(value: object) -> object:
    return sorted(value.items()) if isinstance(value, Mapping) else str(value)


class _KnownOriginals:
    def __init__(self, known: Mapping[tuple[str, str], str | None]) -> None:
        self._known = known

    def sha256(self, folder: str, name: str) -> str | None:
        """SHA-256 of the file as it was where the project lies."""
        return self._known.get((folder, name))


class _NotedOriginals:
    def __init__(self, root: Path) -> None:
        self._files = OriginalFiles(root)
        self.noted: dict[tuple[str, str], str | None] = {}

    def sha256(self, folder: str, name: str) -> str | None:
        """SHA-256 of the file, which is noted."""
        found = self._files.sha256(folder, name)
        self.noted[folder, name] = found
        return found


class RemoteEvidence:
    """Evidence beside records in a file system that is mounted; that in other stores is counted."""

    def __init__(self, places: EvidenceStore) -> None:
        self._places = places
        self._unseen: set[tuple[str, str]] = set()

    def state(self, record: str, file: str, sha256: str | None) -> EvidenceState:
        """State of `file`, relative to the record."""
        if _REMOTE in record:
            self._unseen.add((record, file))
            return EvidenceState.PRESENT
        return self._places.state(record, file, sha256)

    def forget(self) -> int:
        """How many files were not looked at since this was last asked."""
        number = len(self._unseen)
        self._unseen.clear()
        return number


def task_of(loaded: Loaded, as_of: date, folders: tuple[str, ...]) -> Task:
    """The task to be sent; RegelwerkError where a definition was changed meanwhile."""
    files: dict[str, bytes] = {}
    schemas = sorted((loaded.root / "schemas").glob("*.schema.json"))
    for name in [*loaded.sources, *(path.relative_to(loaded.root).as_posix() for path in schemas)]:
        try:
            files[name] = (loaded.root / name).read_bytes()
        except OSError:
            continue  # the loading has said so
        source = loaded.sources.get(name)
        if source is not None and source.sha256 not in ("", sha256(files[name]).hexdigest()):
            raise RegelwerkError(f"{name} was changed while it was read", "try again")
    originals = _NotedOriginals(loaded.root)
    RecordJudge(loaded, as_of, originals=originals).warm()
    return Task(
        code_digest(), loaded.root.as_posix(), as_of, files, originals.noted, tuple(folders)
    )


class Tool(msgspec.Struct, frozen=True):
    """A kernel made from a task, and the evidence that it asks for."""

    task: Task
    kernel: RecordKernel
    evidence: RemoteEvidence


_tools: dict[str, Tool] = {}


def tool_of(task: Task, digest: str) -> Tool:
    """The tool for a task, made once in each process."""
    if digest not in _tools:
        _tools.clear()
        _tools[digest] = _made(task)
    return _tools[digest]


def _made(task: Task) -> Tool:
    if task.code != code_digest():
        raise RegelwerkError(
            "regelwerk on the cluster is another version than here",
            "install the same version on every machine",
        )
    root = Path(task.root)
    places = EvidencePlaces(root, tuple(map(Path, task.folders)))
    evidence = RemoteEvidence(places)
    with tempfile.TemporaryDirectory(prefix="regelwerk-") as folder:
        here = Path(folder).resolve()
        for name, content in task.files.items():
            path = here / name
            if not path.resolve().is_relative_to(here):
                raise RegelwerkError(f"{name} would lie outside the project")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        judge = RecordJudge(
            load(here), task.as_of, evidence=evidence, originals=_KnownOriginals(task.originals)
        )
        judge.warm()
        kernel = RecordKernel(judge)
    return Tool(task, kernel, evidence)


def record_name(uri: str, root: str) -> str:
    """How findings name a file that Spark names by its URI: as they do elsewhere."""
    parts = urlsplit(uri)
    if parts.scheme not in ("", "file"):
        return unquote(uri)
    path = unquote(parts.path)
    return path.removeprefix(root + "/") if path.startswith(root + "/") else path

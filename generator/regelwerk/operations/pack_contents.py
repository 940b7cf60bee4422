"""Everything in an audit pack beside the project itself, made from that project."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from regelwerk.artifacts.auditpack.page import index_page
from regelwerk.errors import RegelwerkError
from regelwerk.model.context import Artifact
from regelwerk.model.version import Verdict
from regelwerk.operations.context import release_of
from regelwerk.operations.issued import issued_artifacts, read_issued
from regelwerk.operations.kinds import KINDS
from regelwerk.operations.pack_format import INDEX, Scope
from regelwerk.operations.pack_page import page_data
from regelwerk.operations.pack_reports import Told, report_files, tell
from regelwerk.operations.pack_signatures import signature_files
from regelwerk.operations.progress import Progress, silent
from regelwerk.project.load import Loaded
from regelwerk.project.templates import TemplateFolder

DOCUMENTS = "documents/"
_WANTED = ("document", "checklist", "picture")
_SUFFIXES = (".docx", ".svg")


class Contents(msgspec.Struct, frozen=True):
    """What is known of the project, and the files that tell it, by their name in the pack."""

    loaded: Loaded
    told: Told
    files: dict[str, bytes]


def contents_of(root: Path, scope: Scope, progress: Progress = silent) -> Contents:
    """Make the files from the project at `root`: the same ones whenever, and wherever, it is.

    RegelwerkError where the project cannot be read, or a document not be made.
    """
    loaded, told = tell(root, scope, progress)
    files = dict(signature_files(loaded.project))
    files |= dict(report_files(told))
    for done, version in enumerate(told.versions):
        progress(done, len(told.versions), f"{version.process} {version.version}")
        if version.documents:
            verdicts = told.verdicts[version.process]
            for made in _documents(loaded, version.process, version.version, verdicts, scope):
                place = f"{DOCUMENTS}{version.process}/{version.version}/{made.path}"
                files[place] = made.content
    files[INDEX] = index_page(page_data(loaded, told, scope, tuple(files))).encode()
    return Contents(loaded, told, files)


def _documents(
    loaded: Loaded, process: str, version: str, verdicts: Mapping[str, Verdict], scope: Scope
) -> Iterator[Artifact]:
    """As they were issued, else as they are made on the day of the pack."""
    folder = loaded.project.processes[process]
    frozen = folder.version(version)
    issued = read_issued(loaded.root, frozen.folder) if frozen is not None else None
    release = release_of(loaded.project, folder, verdicts, scope.as_of, version)
    if release is None or frozen is None:
        raise RegelwerkError(f"version {version} of {process} cannot be read")
    for kind in KINDS:
        if kind.name not in _WANTED:
            continue
        kept = issued.kinds.get(kind.name) if issued is not None else None
        if kept is not None:
            made = issued_artifacts(loaded.root, frozen.folder, kept)
        else:
            made = list(kind.render(release.context, TemplateFolder(loaded.root)))
        yield from (one for one in made if one.path.endswith(_SUFFIXES))

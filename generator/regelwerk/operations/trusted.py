"""The state of a git ref as the one that is trusted, and what has changed since."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from regelwerk.approvals.endorsement import Endorsement, trust_problems
from regelwerk.approvals.rewritten import rewritten_problems
from regelwerk.approvals.trust import Trust
from regelwerk.diagnostics import Diagnostic, Problem
from regelwerk.errors import UsageError
from regelwerk.model.project import ORGANIZATION_FILE, TRUST_FILE, Project
from regelwerk.operations.git import Commit
from regelwerk.operations.issued import FOLDER, MANIFEST, read_issued
from regelwerk.operations.manifest import fingerprint_of
from regelwerk.operations.originals import OriginalFiles
from regelwerk.project.build_organization import build_signature
from regelwerk.project.load import Loaded, load
from regelwerk.project.source import place

_NEEDED = re.compile(
    r"process/(?:organization|people)\.yaml"
    r"|process/[^/]+/versions/[^/]+/(?:process|context|approvals)\.yaml"
    r"|process/[^/]+/versions/[^/]+/issued/manifest\.json"
)


def trusted_state(root: Path, ref: str, as_of: date) -> Trust:
    """Read people, rules and frozen versions of a commit; nothing of the work tree is touched."""
    commit = Commit(root, ref)
    wanted = {path: id_ for path, id_ in commit.files("process/") if _NEEDED.fullmatch(path)}
    if ORGANIZATION_FILE not in wanted:
        raise UsageError(
            f"`{ref}` holds no {ORGANIZATION_FILE} at this place", "name a ref that has the project"
        )
    with TemporaryDirectory(prefix="regelwerk-") as folder:
        for path, content in zip(wanted, commit.contents(wanted.values()), strict=True):
            file = Path(folder) / path
            if not file.resolve().is_relative_to(Path(folder).resolve()):
                continue
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        project = load(Path(folder)).project
        return Trust(ref, project, as_of, dict(_issued(Path(folder), project)))


def endorsements_of(loaded: Loaded) -> tuple[Endorsement, ...]:
    """The signatures in trust.yaml; what is not of the right shape has its own finding."""
    source = loaded.sources.get(TRUST_FILE)
    data = source.tree.data if source is not None else None
    listed = data.get("signatures") if isinstance(data, dict) else None
    return tuple(
        Endorsement(
            str(item.get("before")),
            str(item.get("after")),
            build_signature(item, ("signatures", index)),
        )
        for index, item in enumerate(listed if isinstance(listed, list) else ())
        if isinstance(item, dict)
    )


def changes_of_trust(loaded: Loaded, trust: Trust) -> Iterator[Diagnostic]:
    """Findings about people, keys, rules and signed versions that changed since."""
    originals = OriginalFiles(loaded.root)
    found = trust_problems(loaded.project, trust, endorsements_of(loaded), originals)
    for problem in (*found, *rewritten_problems(loaded.project, trust)):
        yield place(problem, loaded.sources)
    here = dict(_issued(loaded.root, loaded.project))
    for version, manifest in trust.issued.items():
        if here.get(version) != manifest:
            yield place(_reissued(version, trust), loaded.sources)
    for problem in _newly_issued(loaded, trust):
        yield place(problem, loaded.sources)


def _newly_issued(loaded: Loaded, trust: Trust) -> Iterator[Problem]:
    for folder in loaded.project.processes.values():
        for frozen in folder.versions:
            issued = read_issued(loaded.root, frozen.folder)
            if issued is None or frozen.folder in trust.issued:
                continue
            from regelwerk.operations.issued_anew import issued_anew_problems

            yield from issued_anew_problems(loaded, folder, frozen, issued, trust)


def _issued(root: Path, project: Project) -> Iterator[tuple[str, str]]:
    """Folder and manifest of every version that was issued."""
    for folder in project.processes.values():
        for frozen in folder.versions:
            issued = read_issued(root, frozen.folder)
            if issued is not None:
                yield frozen.folder, fingerprint_of(issued)


def _reissued(folder: str, trust: Trust) -> Problem:
    return Problem(
        "approval/rewritten",
        (),
        f"what was issued is not here or not the same, unlike in {trust.name}",
        "restore what was issued; a change needs a new version",
        file=f"{folder}/{FOLDER}/{MANIFEST}",
    )

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
from regelwerk.diagnostics import Diagnostic
from regelwerk.errors import UsageError
from regelwerk.model.project import ORGANIZATION_FILE, TRUST_FILE
from regelwerk.operations.git import Commit
from regelwerk.operations.originals import OriginalFiles
from regelwerk.project.build_organization import build_signature
from regelwerk.project.load import Loaded, load
from regelwerk.project.source import place

_NEEDED = re.compile(
    r"process/(?:organization|people)\.yaml"
    r"|process/[^/]+/versions/[^/]+/(?:process|context|approvals)\.yaml"
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
        return Trust(ref, load(Path(folder)).project, as_of)


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

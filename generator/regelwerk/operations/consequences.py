"""Findings about records that only follow from a fault elsewhere, which has its own finding."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from regelwerk.approvals.digest import digest
from regelwerk.diagnostics import Problem
from regelwerk.model.project import ORGANIZATION_FILE, PEOPLE_FILE
from regelwerk.project.load import Loaded

_EFFECTIVE = "record/version-not-effective"
_BY_RULES = frozenset({_EFFECTIVE})
_BY_ROLES = _BY_RULES | {
    "record/role-not-held",
    "record/wrong-role",
    "record/deviation-not-authorised",
    "record/unused-deviation",
}
_BY_PEOPLE = _BY_ROLES | {"record/unknown-person"}


class Consequences:
    """What cannot be said of records while organization, people or a version are unreadable.

    One fault in people.yaml would otherwise be said again of every step of every case. `causes`
    are the files at fault, so that somebody who looks at records alone still learns of them.
    """

    def __init__(self, loaded: Loaded) -> None:
        self._loaded = loaded
        self._broken: dict[tuple[str, str], bool] = {}
        self.causes: set[str] = set()

    def only_follows(self, problem: Problem, data: Mapping[str, object]) -> bool:
        """Whether the problem of a record (its data as written) follows from another finding."""
        if problem.code in self._everywhere or self._may_be_accepted(problem, data):
            self.causes |= {ORGANIZATION_FILE, PEOPLE_FILE}
            return True
        process, version = str(data.get("process")), str(data.get("version"))
        if problem.code != _EFFECTIVE or not self._is_broken(process, version):
            return False
        folder = f"process/{process}/versions/{version}"
        self.causes |= {f"{folder}/{name}.yaml" for name in ("process", "context", "approvals")}
        return True

    def _may_be_accepted(self, problem: Problem, data: Mapping[str, object]) -> bool:
        """Whether a deviation names it, and nobody can say if the approver was allowed to."""
        deviations = data.get("deviations")
        if not isinstance(deviations, list) or not self._everywhere - _BY_RULES:
            return False
        named = {item.get("finding") for item in deviations if isinstance(item, dict)}
        return problem.code in named

    @cached_property
    def _everywhere(self) -> frozenset[str]:
        project = self._loaded.project
        if project.sound:
            return frozenset()
        if not project.people:
            return _BY_PEOPLE
        if not project.organization.roles:
            return _BY_ROLES
        return frozenset() if project.organization.approval else _BY_RULES

    def _is_broken(self, process: str, version: str) -> bool:
        key = (process, version)
        if key not in self._broken:
            self._broken[key] = self._look_at(process, version)
        return self._broken[key]

    def _look_at(self, process: str, version: str) -> bool:
        """Whether the version cannot be read, or is not the one that its approvals approve."""
        folder = self._loaded.project.processes.get(process)
        frozen = folder.version(version) if folder is not None else None
        if frozen is None:
            return False
        approvals, definition = frozen.approvals, frozen.definition
        if approvals is None:
            return frozen.approvals_file in self._loaded.sources
        if definition is None or not approvals.sound or approvals.version != version:
            return True
        return approvals.digest != digest(definition.data, frozen.context)

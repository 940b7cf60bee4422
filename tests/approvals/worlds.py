"""Small organizations and versions to judge, made without files."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from regelwerk.approvals.digest import digest
from regelwerk.approvals.verdict import judge_process
from regelwerk.diagnostics import Problem
from regelwerk.model.organization import Organization, Person, Role, RoleHolding, Stage
from regelwerk.model.project import Definition, FrozenVersion, ProcessFolder, Project
from regelwerk.model.version import Approvals, Verdict
from regelwerk.project.build_organization import build_approvals
from regelwerk.project.build_process import build_process

TODAY = date(2026, 6, 1)

ROLES = {
    "qmb": Role(id="qmb", title="QMB"),
    "ceo": Role(id="ceo", title="CEO"),
    "sales": Role(id="sales", title="Sales"),
    "board": Role(id="board", title="Board", includes=("ceo", "cfo")),
    "cfo": Role(id="cfo", title="CFO"),
}

STANDARD = (
    Stage(id="created", title="Creation"),
    Stage(id="examined", title="Examination", role="qmb", not_same_as=("created",)),
    Stage(id="approved", title="Approval", role="ceo", not_same_as=("created", "examined")),
)


def person(id_: str, *roles: RoleHolding | str, external: bool = False) -> Person:
    holdings = tuple(RoleHolding(role=r) if isinstance(r, str) else r for r in roles)
    return Person(id=id_, name=id_.title(), roles=holdings, external=external)


PEOPLE = (
    person("xenia", external=True),
    person("quirin", "qmb"),
    person("cora", "ceo", "qmb"),
    person("carl", RoleHolding(role="ceo", deputy=True)),
    person("cleo", "ceo"),
    person("frida", "cfo"),
    person("gone", RoleHolding(role="ceo", until=date(2021, 12, 31))),
    person("late", RoleHolding(role="ceo", since=date(2022, 6, 1))),
)


def project(
    folder: ProcessFolder | None = None,
    *,
    rule: tuple[Stage, ...] = STANDARD,
    paper_until: date | None = None,
    timezone: str = "Europe/Berlin",
) -> Project:
    return Project(
        organization=Organization(
            name="Beispiel",
            timezone=timezone,
            roles=ROLES,
            approval={"standard": rule} if rule else {},
            paper_until=paper_until,
        ),
        people={one.id: one for one in PEOPLE},
        processes={folder.id: folder} if folder else {},
    )


def data(version: str = "1.0", **more: Any) -> dict[str, Any]:
    return {
        "id": "sales",
        "title": "Sales",
        "version": version,
        "purpose": "To sell.",
        "start": {"event": "A customer asks"},
        "steps": [{"id": "ask", "title": "Ask", "responsible": "sales"}],
        "ends": {"sold": {"event": "Sold"}},
        **more,
    }


def definition(content: dict[str, Any], version: str | None = None) -> Definition:
    folder = "process/sales" if version is None else f"process/sales/versions/{version}"
    return Definition(
        file=f"{folder}/process.yaml",
        data=content,
        process=build_process(content, "sales"),
        sound=True,
        version=version,
    )


def signed(
    stage: str, by: str, at: str, role: str | None = None, method: str = "paper", **more: Any
) -> dict[str, Any]:
    signature: dict[str, Any] = {"stage": stage, "by": by, "at": at, "method": method, **more}
    return signature | ({"role": role} if role else {})


def three(year: int = 2022) -> list[dict[str, Any]]:
    return [
        signed("created", "xenia", f"{year}-03-01"),
        signed("examined", "quirin", f"{year}-03-02", "qmb"),
        signed("approved", "cleo", f"{year}-03-03", "ceo"),
    ]


def frozen(
    version: str = "1.0",
    signatures: list[dict[str, Any]] | None = None,
    *,
    effective: str | None = "2022-03-03",
    content: dict[str, Any] | None = None,
    context: Mapping[str, Any] | None = None,
    sound: bool = True,
    **more: Any,
) -> FrozenVersion:
    content = data(version) if content is None else content
    approvals: dict[str, Any] = {
        "version": version,
        "digest": digest(content, context),
        "effective_from": effective,
        "signatures": three() if signatures is None else signatures,
        **more,
    }
    return FrozenVersion(
        version=version,
        folder=f"process/sales/versions/{version}",
        definition=definition(content, version),
        context=context,
        approvals=built(approvals, sound=sound),
    )


def built(approvals: dict[str, Any], *, sound: bool = True) -> Approvals:
    return build_approvals(approvals, sound=sound)


def folder(*versions: FrozenVersion, working: dict[str, Any] | None = None) -> ProcessFolder:
    return ProcessFolder(
        id="sales",
        folder="process/sales",
        working=definition(working) if working is not None else None,
        versions=versions,
    )


class Shelf:
    """Originals by folder and name, as if they lay on disk."""

    def __init__(self, files: Mapping[tuple[str, str], str] | None = None) -> None:
        self.files = dict(files or {})
        self.asked: list[str] = []

    def sha256(self, folder_: str, name: str) -> str | None:
        self.asked.append(name)
        return self.files.get((folder_, name))


def judge(
    *versions: FrozenVersion,
    as_of: date = TODAY,
    working: dict[str, Any] | None = None,
    originals: Shelf | None = None,
    **organization: Any,
) -> tuple[dict[str, Verdict], list[Problem]]:
    held = folder(*versions, working=working)
    judged = judge_process(held, project(held, **organization), as_of, originals or Shelf())
    verdicts = {version: verdict for version, (verdict, _) in judged.items()}
    return verdicts, [problem for _, problems in judged.values() for problem in problems]


def found(problems: list[Problem]) -> list[tuple[str, str]]:
    """Code and path of every problem that is no information about paper."""
    from regelwerk.diagnostics import path_text

    return [
        (problem.code, path_text(problem.path))
        for problem in problems
        if problem.code != "approval/unsigned-paper"
    ]

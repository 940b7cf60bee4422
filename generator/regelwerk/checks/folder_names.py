"""Ids and versions in files that differ from the names of their folders."""

from __future__ import annotations

import re
from collections.abc import Iterator

from regelwerk.diagnostics import Problem
from regelwerk.model.ids import version_key
from regelwerk.model.project import Project

_ID = re.compile(r"[a-z][a-z0-9-]*")
_CODE = "reference/id-folder-mismatch"


def id_folder_mismatch(project: Project) -> Iterator[Problem]:
    """A process has its folder's name as id, and a frozen version its folder's as version.

    Records and other processes find a definition by the name of its folder. The version in an
    approvals.yaml is looked at where its approval is verified.
    """
    for folder in project.processes.values():
        for definition in folder.definitions():
            id_ = definition.data.get("id")
            if isinstance(id_, str) and id_ != folder.id:
                message = f"the id is `{id_}`, but the folder is called `{folder.id}`"
                hint = "rename the folder"
                if _ID.fullmatch(folder.id):
                    hint = f"write `id: {folder.id}`, or rename the folder"
                yield Problem(_CODE, ("id",), message, hint, file=definition.file)
            version = definition.data.get("version")
            kept = definition.version
            if kept is not None and isinstance(version, str) and version != kept:
                message = f"the version is `{version}`, but the folder is called `{kept}`"
                hint = "rename the folder"
                if version_key(kept) is not None:
                    hint = f'write `version: "{kept}"`, or rename the folder'
                yield Problem(_CODE, ("version",), message, hint, file=definition.file)

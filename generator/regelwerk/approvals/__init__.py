"""Canonical form, digest, signatures and who may sign: the verdict about a version, as data."""

from regelwerk.approvals.digest import digest
from regelwerk.approvals.originals import Originals
from regelwerk.approvals.statement import statement
from regelwerk.approvals.verdict import in_force, judge_process

__all__ = ["Originals", "digest", "in_force", "judge_process", "statement"]

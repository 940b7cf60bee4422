"""Exceptions: an exception means "cannot go on"; what is wrong with a file is a finding."""

from __future__ import annotations


class RegelwerkError(Exception):
    """Base of every error of this tool that a user can do something about."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class ProjectNotFoundError(RegelwerkError):
    """No folder going up from the start holds `process/organization.yaml`."""


class UsageError(RegelwerkError):
    """The command was asked for something that does not exist, such as an unknown process."""


class MissingExtraError(RegelwerkError):
    """An optional library is needed for what was asked and is not installed."""


class RenderError(RegelwerkError):
    """An artifact cannot be made from valid sources, for instance through a broken template."""

"""What a version changes against the one approved before it, and the number that asks for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import msgspec

from regelwerk.approvals.verdict import judge_process
from regelwerk.artifacts.comparison import compare
from regelwerk.artifacts.review.words import WORDS
from regelwerk.model.context import BuildContext
from regelwerk.model.difference import Extent
from regelwerk.model.ids import version_key
from regelwerk.model.project import ProcessFolder
from regelwerk.model.version import Verdict
from regelwerk.operations.context import release_of
from regelwerk.operations.originals import OriginalFiles
from regelwerk.project.load import Loaded


class Change(msgspec.Struct, frozen=True):
    """`before` is the version compared with, None where there is none; a sentence a change."""

    before: str | None
    sentences: tuple[str, ...]
    extent: Extent = "none"

    def advice(self, version: str, words: Mapping[str, str] = WORDS) -> str:
        """What the change says about the number that was chosen; empty where it asks for none.

        `words` are those of the review page, in English where none are given.
        """
        old, new = version_key(self.before or ""), version_key(version)
        if old is None or new is None or self.extent == "none":
            return ""
        raised = "major" if new[0] > old[0] else "minor"
        fits = raised == ("major" if self.extent == "major" else "minor")
        key = "number.fits" if fits else f"number.raised.{raised}"
        why = words[f"number.{self.extent}"]
        return words[key].format(why=why, version=version, before=self.before)


def change_of(loaded: Loaded, folder: ProcessFolder, version: str, as_of: date) -> Change:
    """What a version (a number, or `working`) changes, in the plain words of `diff`."""
    old, new = before_and_after(loaded, folder, version, as_of)
    if old is None or new is None:
        return Change(None, ("There is no earlier version here to compare with",))
    comparison = compare(old, new)
    sentences = tuple(told.sentence for told in comparison.told)
    return Change(old.definition.version, sentences or (comparison.summary,), comparison.extent)


def before_and_after(
    loaded: Loaded, folder: ProcessFolder, version: str, as_of: date
) -> tuple[BuildContext | None, BuildContext | None]:
    """The version approved before a version (a number, or `working`), and that version itself."""
    judged = judge_process(folder, loaded.project, as_of, OriginalFiles(loaded.root))
    verdicts = {number: verdict for number, (verdict, _) in judged.items()}
    number = version
    if folder.version(version) is None and folder.working is not None:
        number = folder.working.process.version
    before = _approved_before(verdicts, number)
    new = release_of(loaded.project, folder, verdicts, as_of, version)
    old = release_of(loaded.project, folder, verdicts, as_of, before) if before else None
    return (old.context if old else None, new.context if new else None)


def _approved_before(verdicts: Mapping[str, Verdict], number: str) -> str | None:
    """The highest version below that all have signed, else the highest below.

    What only lies there frozen was approved by nobody, so its changes are still to be shown.
    """
    own = version_key(number) or (0, 0)
    lower = sorted(
        (key, version)
        for version in verdicts
        if (key := version_key(version)) is not None and key < own
    )
    signed = [
        version
        for _, version in lower
        if (stages := verdicts[version].stages) and all(stage.complete for stage in stages)
    ]
    return next(reversed(signed or [version for _, version in lower]), None)

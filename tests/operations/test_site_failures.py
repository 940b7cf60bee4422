"""The site where the disk is full or no temporary folder can be had: a sentence, no crash."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from regelwerk.model.organization import Organization
from regelwerk.model.project import Project
from regelwerk.operations import site
from regelwerk.operations.output import Output


@pytest.mark.parametrize("full", ["the temporary folder", "the pages"])
def test_a_disk_that_is_full_is_named_and_the_rest_of_the_build_stays(
    full: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> list[str]:
        raise OSError(28, "No space left on device", "index.html")

    if full == "the pages":
        monkeypatch.setattr(site, "run_mkdocs", fails)
    else:
        monkeypatch.setattr(tempfile, "mkdtemp", fails)
    output = Output(tmp_path, tmp_path / "build")
    site.build_site(tmp_path, output, Project(organization=Organization(name="A")))
    (failure,) = output.failures
    assert failure.what == "site"
    assert failure.message == "the site cannot be made: No space left on device (index.html)"
    assert "TMPDIR" in failure.hint

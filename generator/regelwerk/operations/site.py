"""Build the handbook site from hand-written and generated pages, by MkDocs."""

from __future__ import annotations

import logging
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

from regelwerk.model.context import Artifact
from regelwerk.model.project import Project
from regelwerk.operations.manifest import fingerprint_of
from regelwerk.operations.output import Output
from regelwerk.operations.site_language import config_in_language, speaks_english
from regelwerk.operations.writing import sha256_of_file, write_atomically
from regelwerk.project.defaults import packaged

SITE = "site"
# MkDocs stamps some files with the time of the build; a fixed one keeps them the same.
_EPOCH = "315532800"


def build_site(root: Path, output: Output, project: Project) -> None:
    """Write the site below `site/` of the output folder, unless nothing has changed."""
    config_file = site_config(root)
    docs = docs_folder(root)
    words = _own_words(root, project)
    inputs = {
        path.relative_to(base).as_posix(): sha256_of_file(path) or ""
        for base, path in _inputs(root, config_file, docs)
    }
    pages = output.folder / "handbook"
    generated = {
        path: sha256_of_file(output.folder / path) or "" for path in output.outputs_of("handbook")
    }
    versions = [version(name) for name in ("mkdocs", "mkdocs-material")]
    fingerprint = fingerprint_of(SITE, inputs, generated, versions, words)
    if output.is_current(SITE, fingerprint):
        return
    try:
        with tempfile.TemporaryDirectory(prefix="regelwerk-site-") as folder:
            site = Path(folder) / SITE
            config_file, docs = in_own_words(root, project, Path(folder))
            warnings = run_mkdocs(config_file, docs, pages, site)
            files = [
                Artifact(f"{SITE}/{path.relative_to(site).as_posix()}", path.read_bytes())
                for path in sorted(site.rglob("*"))
                if path.is_file()
            ]
    except OSError as error:
        reason = error.strerror or str(error) or type(error).__name__
        place = f" ({error.filename})" if error.filename else ""
        hint = "make room on the disk, or set TMPDIR to a folder that can be written to"
        output.fail(SITE, f"the site cannot be made: {reason}{place}", hint)
        return
    if warnings:
        output.fail(SITE, "; ".join(warnings[:5]), "mend these pages and build again")
        return
    output.write_unit(SITE, fingerprint, inputs, {}, files)


def site_config(root: Path) -> Path:
    """The project's mkdocs.yml, else the packaged one."""
    own = root / "mkdocs.yml"
    return own if own.is_file() else packaged("templates") / "handbook" / "mkdocs.yml"


def in_own_words(root: Path, project: Project, folder: Path) -> tuple[Path, Path]:
    """Configuration and pages of the site; what is packaged in English is put into `folder`.

    Without a start page that somebody wrote, the generated one is shown.
    """
    config, docs = site_config(root), docs_folder(root)
    content = _own_words(root, project)
    if content is not None:
        config = folder / "mkdocs.yml"
        write_atomically(config, content)
    if not docs.is_relative_to(root) and not speaks_english(project):
        docs = folder / "docs"
        docs.mkdir(parents=True, exist_ok=True)
    return config, docs


def _own_words(root: Path, project: Project) -> bytes | None:
    """The packaged configuration in the organization's words; None where it is used as it is."""
    config = site_config(root)
    if config.is_relative_to(root) or speaks_english(project):
        return None
    return config_in_language(config.read_bytes(), project)


def docs_folder(root: Path) -> Path:
    """The project's hand-written pages, else the packaged start page."""
    own = root / "docs"
    return own if own.is_dir() else packaged("templates") / "handbook" / "docs"


def _inputs(root: Path, config_file: Path, docs: Path) -> Iterator[tuple[Path, Path]]:
    yield config_file.parent, config_file
    theme = next(
        (
            place
            for place in (root / "templates", packaged("templates"))
            if (place / "handbook" / "theme").is_dir()
        ),
        None,
    )
    for base, folder in (
        (docs.parent, docs),
        (theme, theme / "handbook" / "theme" if theme else None),
    ):
        if base is not None and folder is not None:
            for path in sorted(folder.rglob("*")):
                if path.is_file():
                    yield base, path


def run_mkdocs(config_file: Path, docs: Path, pages: Path, site: Path) -> list[str]:
    """Build into `site`; the warnings that MkDocs gave, which a strict build does not accept."""
    with _quiet_environment(), _collected_warnings() as warnings:
        from mkdocs.commands.build import build
        from mkdocs.config import load_config
        from mkdocs.exceptions import MkDocsException

        try:
            config: Any = load_config(str(config_file), docs_dir=str(docs), site_dir=str(site))
            plugin = config.plugins.get("regelwerk")
            if plugin is not None:
                plugin.config["pages"] = str(pages)
            config.plugins.on_startup(command="build", dirty=False)
            build(config)
            config.plugins.on_shutdown()
        except MkDocsException as error:
            warnings.append(str(error) or type(error).__name__)
    return list(dict.fromkeys(warnings))


@contextmanager
def _quiet_environment() -> Iterator[None]:
    wanted = {
        "SOURCE_DATE_EPOCH": _EPOCH,
        "NO_MKDOCS_2_WARNING": "1",
        "DISABLE_MKDOCS_2_WARNING": "true",
    }
    before = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


class _Collector(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


@contextmanager
def _collected_warnings() -> Iterator[list[str]]:
    logger = logging.getLogger("mkdocs")
    collector = _Collector()
    level, propagate = logger.level, logger.propagate
    logger.addHandler(collector)
    logger.setLevel(logging.WARNING)
    logger.propagate = False
    try:
        yield collector.messages
    finally:
        logger.removeHandler(collector)
        logger.setLevel(level)
        logger.propagate = propagate

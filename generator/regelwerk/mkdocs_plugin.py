"""The MkDocs plugin `regelwerk`: adds the generated pages to the hand-written ones.

Pages are rendered into the build folder, never into `docs/`: writing there while `mkdocs serve`
watches it would build for ever.
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files

log = logging.getLogger("mkdocs.plugins.regelwerk")


class RegelwerkConfig(Config):  # type: ignore[misc]
    """Options in mkdocs.yml; `pages` is a folder of pages that are there already."""

    pages = config_options.Optional(config_options.Type(str))
    as_of = config_options.Optional(config_options.Type(str))


class RegelwerkPlugin(BasePlugin[RegelwerkConfig]):  # type: ignore[misc]
    """Renders the project's pages, adds them as files, and watches the project while serving."""

    def __init__(self) -> None:
        self.serving = False
        self.watched: tuple[Path, ...] = ()

    def on_startup(self, *, command: str, dirty: bool) -> None:  # noqa: ARG002
        """Remember whether a browser is watching."""
        self.serving = command == "serve"

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add every generated page and asset that is not written by hand."""
        folder = self._pages(config)
        for path in sorted(folder.rglob("*")):
            uri = path.relative_to(folder).as_posix()
            if path.is_file() and uri not in files.src_uris:
                files.append(File(uri, str(folder), config.site_dir, config.use_directory_urls))
        return files

    def on_serve(self, server: LiveReloadServer, **_: Any) -> LiveReloadServer:  # noqa: ANN401
        """Rebuild when a definition, a template or a schema changes."""
        for path in self.watched:
            server.watch(str(path))
        return server

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Without an address a site map has nothing to say but today's date."""
        if not config.site_url:
            for name in ("sitemap.xml", "sitemap.xml.gz"):
                (Path(config.site_dir) / name).unlink(missing_ok=True)

    def _pages(self, config: MkDocsConfig) -> Path:
        if self.config.pages:
            return Path(self.config.pages)
        from regelwerk.errors import RegelwerkError
        from regelwerk.operations.pages import render_pages

        try:
            pages = render_pages(Path(config.config_file_path).parent, self.config.as_of)
        except RegelwerkError as error:
            raise PluginError(f"regelwerk: {error.message}. {error.hint}") from error
        self.watched = pages.watch
        for sentence in pages.troubles:
            if self.serving:
                log.warning("regelwerk: %s (the last good page stays)", sentence)
            else:
                log.error("regelwerk: %s", sentence)
        if pages.troubles and not self.serving:
            raise PluginError("regelwerk: the handbook cannot be built; see above")
        return pages.folder

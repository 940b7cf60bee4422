"""The MkDocs plugin `regelwerk`: adds the generated pages to the hand-written ones.

Pages are rendered into the build folder, never into `docs/`: writing there while `mkdocs serve`
watches it would build for ever.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, file_sort_key
from mkdocs.utils import nest_paths

log = logging.getLogger("mkdocs.plugins.regelwerk")


class RegelwerkConfig(Config):  # type: ignore[no-untyped-call]
    """Options in mkdocs.yml; `pages` is a folder of pages that are there already."""

    pages = config_options.Optional(config_options.Type(str))
    as_of = config_options.Optional(config_options.Type(str))


class RegelwerkPlugin(BasePlugin[RegelwerkConfig]):  # type: ignore[no-untyped-call]
    """Renders the project's pages, adds them as files, and watches the project while serving."""

    def __init__(self) -> None:
        self.serving = False
        self.watched: tuple[Path, ...] = ()
        self.troubles: tuple[str, ...] = ()

    def on_startup(self, *, command: str, dirty: bool) -> None:  # noqa: ARG002
        """Remember whether a browser is watching."""
        self.serving = command == "serve"

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add every generated file that is not written by hand, and name the pages of folders.

        All stand in the order in which MkDocs would have found them in one folder.
        """
        folder = self._pages(config)
        for path in sorted(folder.rglob("*")):
            uri = path.relative_to(folder).as_posix()
            if path.is_file() and uri not in files.src_uris:
                files.append(File(uri, str(folder), config.site_dir, config.use_directory_urls))
        if config.nav is not None:
            config.nav = list(_expanded(config.nav, files))
        return Files(sorted(files, key=file_sort_key))

    def on_page_content(self, html: str, **_: Any) -> str:  # noqa: ANN401
        """Say on every page what is wrong; only while serving, for a build fails."""
        items = "".join(f"<li>{escape(trouble)}</li>" for trouble in self.troubles)
        title = "<p class='admonition-title'>Not up to date: mend this first</p>"
        banner = f"<div class='admonition danger' role='alert'>{title}<ul>{items}</ul></div>"
        return banner + html if items else html

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
        self.watched, self.troubles = pages.watch, pages.troubles
        for trouble in self.troubles:
            log.warning("regelwerk: %s", trouble)
        if self.troubles and not self.serving:
            raise PluginError("regelwerk: the handbook cannot be built: " + self.troubles[0])
        return pages.folder


def _expanded(nav: list[Any], files: Files) -> Iterator[Any]:
    """The navigation with all its pages in place of `folder/`; empty folders are left out."""
    for item in nav:
        title, value = next(iter(item.items())) if isinstance(item, dict) else (None, item)
        if isinstance(value, list):
            value = list(_expanded(value, files))
        elif isinstance(value, str) and value.endswith("/") and "://" not in value:
            value = _pages_below(value, files)
        if value:
            yield {title: value} if title is not None else value


def _pages_below(folder: str, files: Files) -> list[Any]:
    uris = [f.src_uri for f in files.documentation_pages() if f.src_uri.startswith(folder)]
    ordered = sorted(uris, key=lambda uri: (not uri.endswith("/index.md"), uri))
    nested: list[Any] = nest_paths(ordered)  # type: ignore[no-untyped-call]
    for _ in folder.strip("/").split("/"):
        nested = next(iter(nested[0].values())) if nested else []
    return nested

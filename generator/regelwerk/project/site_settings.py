"""What mkdocs.yml says that the handbook's pages depend on; everything else is MkDocs' affair."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from regelwerk.model.site import Site
from regelwerk.project.reading import read_limited
from regelwerk.project.tree import ReadingError

_FOLDERS, _OFFLINE = "use_directory_urls", "offline"


class _Reader(yaml.SafeLoader):
    """Takes `!ENV [NAME, default]` for its default and knows no other tag, so that nothing runs."""

    def flatten_mapping(self, node: yaml.MappingNode) -> None:
        """Leave merge keys alone; nothing that is asked for here is merged."""


def _unknown(reader: _Reader, tag: str, node: yaml.Node) -> Any:  # noqa: ANN401
    if tag == "!ENV" and isinstance(node, yaml.SequenceNode):
        values = reader.construct_sequence(node)
        return values[-1] if len(values) > 1 else None
    return None


_Reader.add_multi_constructor("", _unknown)


def site_settings(config: Path) -> Site:
    """`site_url`, whether pages are folders, and `extra.feedback`; nothing where MkDocs would fail.

    The plugin `offline` makes pages files, as it does in MkDocs.
    """
    try:
        data = yaml.load(read_limited(config), Loader=_Reader)  # noqa: S506 a safe loader
    except (ReadingError, yaml.YAMLError, ValueError, RecursionError):
        return Site()
    if not isinstance(data, dict):
        return Site()
    extra = data.get("extra")
    return Site(
        address=_web(data.get("site_url")),
        folders=data.get(_FOLDERS) is not False and not _is_offline(data.get("plugins")),
        feedback=_text(extra.get("feedback")) if isinstance(extra, dict) else "",
    )


def _is_offline(plugins: object) -> bool:
    options: dict[object, object] = {}
    entries = plugins.items() if isinstance(plugins, dict) else []
    options.update(entries)
    for plugin in plugins if isinstance(plugins, list) else ():
        options.update(plugin if isinstance(plugin, dict) else {_name(plugin): None})
    if _OFFLINE not in options:
        return False
    own = options[_OFFLINE]
    return not (isinstance(own, dict) and own.get("enabled") is False)


def _name(plugin: object) -> str:
    return plugin if isinstance(plugin, str) else ""


def _web(value: object) -> str:
    text = _text(value)
    return text if text.startswith(("https://", "http://")) else ""


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""

"""The packaged configuration of the site, its start page and its navigation in other languages.

A project that brings its own mkdocs.yml or docs/ has said itself what they are to be called.
"""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path

from regelwerk.artifacts.handbook.words import WORDS, handbook_words
from regelwerk.model.project import Project
from regelwerk.model.translations import ENGLISH, primary

# Lines of the packaged mkdocs.yml, by the word that stands in them.
_LINES = {
    "handbook": "site_name: {}",
    "start": "- {}: index.md",
    "processes": "- {}: processes/",
    "roles_page": "- {}: roles/",
    "documents_page": "- {}: documents.md",
    "glossary": "- {}: glossary.md",
    "news": "- {}: news.md",
    "clause_coverage": "- {}: clauses.md",
    "drafts": "- {}: drafts/",
    "colours_light": "name: {}}}",
    "colours_dark": "name: {}}}",
    "colours_system": "name: {}}}",
    "permalink": "permalink_title: {}}}",
}


def speaks_english(project: Project) -> bool:
    """Whether the packaged files can be used as they are."""
    language = project.organization.languages[0]
    return primary(language) == ENGLISH and not project.translations.get(ENGLISH)


def config_in_language(config: bytes, project: Project) -> bytes:
    """The packaged mkdocs.yml with the organization's words; Material's own where it has them."""
    language = project.organization.languages[0]
    words = handbook_words(language, project.translations)
    text = config.decode()
    for key, line in _LINES.items():
        quoted = json.dumps(words[key], ensure_ascii=False)
        text = text.replace(line.format(WORDS[key]), line.format(quoted))
    if _material_knows(primary(language)):
        text = text.replace("\n  language: en\n", f"\n  language: {primary(language)}\n")
    return text.encode()


def _material_knows(language: str) -> bool:
    spec = find_spec("material")
    folders = (spec.submodule_search_locations or []) if spec is not None else []
    name = f"templates/partials/languages/{language}.html"
    return any((Path(folder) / name).is_file() for folder in folders)

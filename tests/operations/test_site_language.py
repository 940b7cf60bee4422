"""The site of a project that writes no configuration of its own speaks the project's language."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
import yaml

from artifacts.language.made_up import LANGUAGE, translations
from conftest import REPOSITORY
from regelwerk.model.organization import Organization
from regelwerk.model.project import Project
from regelwerk.operations.build import build
from regelwerk.operations.init import init
from regelwerk.operations.site_language import config_in_language, speaks_english

PACKAGED = (REPOSITORY / "templates/handbook/mkdocs.yml").read_bytes()


def project(language: str, **words: str) -> Project:
    organization = Organization(name="A", languages=(language,))
    own = {f"handbook.{key}": text for key, text in words.items()}
    return Project(organization=organization, translations={language: own} if own else {})


def test_every_word_of_the_packaged_configuration_comes_from_the_catalogue() -> None:
    made = Project(
        organization=Organization(name="A", languages=(LANGUAGE,)), translations=translations()
    )
    config = yaml.safe_load(config_in_language(PACKAGED, made))
    said = [config["site_name"], *(title for entry in config["nav"] for title in entry)]
    said += [one["toggle"]["name"] for one in config["theme"]["palette"]]
    said += [e["toc"]["permalink_title"] for e in config["markdown_extensions"] if "toc" in e]
    assert [text for text in said if not re.fullmatch(r"⟦[^⟦⟧]+⟧", text)] == []
    assert config["theme"]["language"] == LANGUAGE


def test_a_word_with_signs_of_yaml_stays_a_word() -> None:
    nasty = 'R&D: <x> "y" #1 ü 漢字'
    config = yaml.safe_load(config_in_language(PACKAGED, project("de", roles_page=nasty)))
    assert {nasty: "roles/"} in config["nav"]
    assert {"Glossary": "glossary.md"} in config["nav"]


@pytest.mark.parametrize(("language", "english"), [("en", True), ("en-GB", True), ("de", False)])
def test_english_needs_no_configuration_of_its_own(language: str, *, english: bool) -> None:
    assert speaks_english(project(language)) is english


def test_a_language_that_the_theme_does_not_know_leaves_its_own_words_english() -> None:
    config = yaml.safe_load(config_in_language(PACKAGED, project("qaa", start="X")))
    assert config["theme"]["language"] == "en"
    assert config["nav"][0] == {"X": "index.md"}


def test_a_new_project_in_german_has_a_german_site(tmp_path: Path) -> None:
    init(tmp_path)
    organization = tmp_path / "process/organization.yaml"
    text = organization.read_text("utf-8")
    organization.write_text(re.sub(r"languages: .*", "languages: [de]", text), "utf-8")
    (tmp_path / "docs/index.md").unlink()
    (tmp_path / "docs").rmdir()
    result = build(tmp_path, (), ("handbook", "site"), None, lambda _: date(2026, 11, 20))
    assert result.failures == ()
    page = (tmp_path / "build/site/index.html").read_text("utf-8")
    assert '<html lang="de"' in page
    assert {"Prozesse", "Rollen", "Glossar", "Neuigkeiten"} <= set(re.findall(r"\w+", page))
    assert "Switch to" not in page
    assert not (tmp_path / "mkdocs.yml").exists()

"""The manual says what is true: generated pages, links, commands, codes and complete examples."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import click
import pytest

from examples_support import BASE
from regelwerk.artifacts.email.syntax import MAX_PLACEHOLDERS
from regelwerk.artifacts.handbook.templates import PageTemplates
from regelwerk.artifacts.office.package import TEMPLATE_TAGS
from regelwerk.artifacts.office.sandbox import FILTERS
from regelwerk.artifacts.picture.png import MOST_PIXELS
from regelwerk.artifacts.work import MOST_ROUNDS
from regelwerk.cli.main import regelwerk, run
from regelwerk.diagnostics import CODES
from regelwerk.operations.kinds import KINDS
from regelwerk.project import limits
from regelwerk.project.reading import parse
from regelwerk.project.schemas import SchemaSet
from regelwerk.project.templates import TemplateFolder

REPOSITORY = Path(__file__).resolve().parents[2]
DOCS = REPOSITORY / "docs"
MANUAL = DOCS / "manual"
# The handbook's own pages link to generated ones; the strict build of the site looks after them.
PAGES = [*sorted(MANUAL.rglob("*.md")), *sorted((DOCS / "adr").rglob("*.md"))]
OUTSIDE = [REPOSITORY / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")]
COMPLETE = re.compile(r"<!-- complete: ([a-z]+) -->\n+```yaml\n(.*?)\n```", re.DOTALL)


def name(path: Path) -> str:
    return path.relative_to(REPOSITORY).as_posix()


def prose(page: Path) -> str:
    """The page without code, in which brackets are no links."""
    text = re.sub(
        r"^(```+).*?^\1$", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL
    )
    return re.sub(r"(`+)(?!`).+?(?<!`)\1(?!`)", "", text)


def links(page: Path) -> Iterator[str]:
    for match in re.finditer(r"\]\(<?([^)\s>]+)>?(?: \"[^\"]*\")?\)", prose(page)):
        if not re.match(r"[a-z]+:", match[1]):
            yield match[1]


def anchors(page: Path) -> set[str]:
    text = page.read_text(encoding="utf-8")
    text = re.sub(r"^(```+).*?^\1$", "", text, flags=re.MULTILINE | re.DOTALL)
    found = set(re.findall(r"<a id=\"([^\"]+)\">", text))
    for heading in re.findall(r"^#+ (.+)$", text, re.MULTILINE):
        words = re.sub(r"[^\w\s-]", "", heading.replace("`", "")).strip().lower()
        found.add(re.sub(r"[\s-]+", "-", words))
    return found


@pytest.fixture(scope="module")
def regenerated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reference")
    subprocess.run(
        [sys.executable, str(DOCS / "generate_reference.py"), str(folder)],
        check=True,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY / "generator"), "COLUMNS": "40"},
    )
    return folder


def test_the_reference_is_up_to_date(regenerated: Path) -> None:
    made = {path.name: path.read_bytes() for path in regenerated.iterdir()}
    kept = {path.name: path.read_bytes() for path in (MANUAL / "reference").iterdir()}
    assert sorted(made) == sorted(kept)
    stale = [page for page, content in made.items() if kept[page] != content]
    assert stale == [], "run `make reference`"


@pytest.mark.parametrize("code", CODES)
def test_every_code_is_documented_with_a_bad_and_a_good_example(code: str) -> None:
    page = (MANUAL / "reference" / "codes.md").read_text(encoding="utf-8")
    section = page.partition(f"\n### {code}\n")[2].partition("\n### ")[0]
    assert CODES[code].meaning in section
    assert re.search(r"^Bad, in `[^`]+`[^`\n]*:\n\n```", section, re.MULTILINE)
    assert re.search(r"^Found at .+\.$", section, re.MULTILINE)
    assert re.search(r"^Good:.*\n\n```", section, re.MULTILINE)


def commands(command: click.Command, path: str) -> Iterator[tuple[str, click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        for child_name, child in command.commands.items():
            yield from commands(child, f"{path} {child_name}")


@pytest.mark.parametrize(("path", "command"), list(commands(regelwerk, "regelwerk")))
def test_every_command_and_option_is_documented(path: str, command: click.Command) -> None:
    page = (MANUAL / "reference" / "commands.md").read_text(encoding="utf-8")
    section = re.split(rf"^#+ {re.escape(path)}$", page, flags=re.MULTILINE)[1]
    section = re.split(r"^#", section, flags=re.MULTILINE)[0]
    for option in command.params:
        for spelling in option.opts if isinstance(option, click.Option) else ():
            assert re.search(rf"`[^`]*{re.escape(spelling)}\b", section), spelling


@pytest.mark.parametrize("page", [*PAGES, *OUTSIDE], ids=name)
def test_every_relative_link_leads_somewhere(page: Path) -> None:
    broken = []
    for link in links(page):
        file, _, anchor = unquote(link).partition("#")
        target = (page.parent / file).resolve() if file else page
        inside = page in OUTSIDE or target.is_relative_to(DOCS)
        if not inside or not target.exists():
            broken.append(link)
        elif anchor and target.suffix == ".md" and anchor not in anchors(target):
            broken.append(link)
    assert broken == []


@pytest.mark.parametrize("page", sorted(MANUAL.rglob("*.md")), ids=name)
def test_every_page_of_the_manual_can_be_reached(page: Path) -> None:
    start = MANUAL / "index.md"
    reached, waiting = {start}, [start]
    while waiting:
        here = waiting.pop()
        for link in links(here):
            target = (here.parent / link.partition("#")[0]).resolve()
            if target.suffix == ".md" and target.is_file() and target not in reached:
                reached.add(target)
                waiting.append(target)
    assert page in reached


def complete_examples() -> list[object]:
    return [
        pytest.param(match[1], match[2], id=f"{name(page)}-{number}")
        for page in [*PAGES, *OUTSIDE]
        for number, match in enumerate(COMPLETE.finditer(page.read_text(encoding="utf-8")))
    ]


@pytest.mark.parametrize(("schema", "text"), complete_examples())
def test_examples_that_are_called_complete_are_valid(schema: str, text: str) -> None:
    tree = parse(text, is_json=False)
    assert tree.problems == ()
    assert list(SchemaSet(BASE).check(schema, tree.data)) == []


def pages_with_whole_snippets() -> list[Path]:
    """All but the page of codes, whose snippets are excerpts and partly bad on purpose."""
    return [page for page in sorted(MANUAL.rglob("*.md")) if page.name != "codes.md"]


@pytest.mark.parametrize("page", pages_with_whole_snippets(), ids=name)
def test_every_yaml_snippet_can_be_read(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for snippet in re.findall(r"^```yaml\n(.*?)^```", text, re.MULTILINE | re.DOTALL):
        assert parse(snippet, is_json=False).problems == (), snippet


def test_the_commands_of_the_readme_are_the_ones_of_the_makefile() -> None:
    readme = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    makefile = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
    for target in ("build", "test"):
        assert re.search(rf"^make {target}$", readme, re.MULTILINE)
        assert re.search(rf"^{target}:", makefile, re.MULTILINE)


def test_the_readme_shows_lines_of_the_sales_process_in_their_order() -> None:
    readme = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    snippet = re.findall(r"^```yaml\n# (\S+)\n(.*?)^```", readme, re.MULTILINE | re.DOTALL)
    assert len(snippet) == 1
    file, lines = snippet[0]
    source = iter((REPOSITORY / file).read_text(encoding="utf-8").splitlines())
    assert [line for line in lines.splitlines() if line not in source] == []


def test_the_readme_shows_what_the_build_of_the_sales_process_makes(tmp_path: Path) -> None:
    readme = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    shown = set(re.findall(r"^  (sales/\S+)$", readme, re.MULTILINE))
    kinds = [word for kind in KINDS for word in ("--only", kind.name)]
    assert (
        run(
            [
                "-C",
                str(REPOSITORY),
                "--as-of",
                "2026-12-01",
                "build",
                "sales",
                *kinds,
                "--out",
                str(tmp_path),
            ]
        )
        == 0
    )
    made = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.*")}
    assert shown == made - {"manifest.json", "sales/1.3"}


@pytest.mark.parametrize("page", [REPOSITORY / "README.md", MANUAL / "how-to" / "findings.md"])
def test_the_finding_that_is_shown_is_the_one_of_the_tutorial(page: Path) -> None:
    tutorial = (MANUAL / "tutorial.md").read_text(encoding="utf-8")
    finding = re.search(r"^error\[reference/.+?hint: .+?$", tutorial, re.MULTILINE | re.DOTALL)
    assert finding is not None
    indented = "".join(f"  {line}\n" for line in finding[0].splitlines())
    text = page.read_text(encoding="utf-8")
    assert finding[0] in text or indented in text


def test_the_limits_that_are_documented_are_the_ones_of_the_reader() -> None:
    page = (MANUAL / "limits.md").read_text(encoding="utf-8")
    for number in (limits.MAX_DEPTH, limits.MAX_NODES, limits.MAX_ALIASES, limits.MAX_SAFE_INTEGER):
        assert f"| {number:,}" in page
    assert f"| {limits.MAX_BYTES // 1024**2} MiB" in page
    assert f"| {MAX_PLACEHOLDERS} |" in page


def test_the_picture_of_the_readme_is_small() -> None:
    assert (MANUAL / "images" / "document.png").stat().st_size < 150_000


def named_after(comment: str) -> set[str]:
    page = (MANUAL / "how-to/templates.md").read_text("utf-8")
    listed = page.partition(f"<!-- {comment} -->")[2].partition("\n\n")[0]
    return set(re.findall(r"`(\w+)`", listed))


def test_the_filters_that_templates_may_use_are_all_named_and_no_other(tmp_path: Path) -> None:
    handbook = PageTemplates(TemplateFolder(tmp_path))
    assert named_after("filters of Word templates") == FILTERS
    assert named_after("filters of the handbook") == handbook.filters()


def test_the_limits_of_templates_and_pictures_are_those_of_the_code() -> None:
    page = (MANUAL / "limits.md").read_text("utf-8")
    for limit in (TEMPLATE_TAGS, MOST_ROUNDS, MOST_PIXELS):
        assert f"| {limit:,}" in page

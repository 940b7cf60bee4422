from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import msgspec
import pytest

from artifacts.handbook.handbook_worlds import CONTRACT, project_contexts
from operations.site_reading import files_of
from regelwerk.artifacts.handbook.picture import Drawn, draw_twice
from regelwerk.artifacts.picture.chart import Chart
from regelwerk.artifacts.view.chart import chart_of
from regelwerk.operations import kept_pictures, manifest, output
from regelwerk.operations.build import HANDBOOK, PICTURES, build
from regelwerk.operations.kept_pictures import KeptPictures
from regelwerk.operations.output import Output

DAY = date(2026, 11, 20)


@pytest.fixture(scope="module")
def chart() -> Chart:
    return chart_of(project_contexts(CONTRACT)["complaints/1.10"])


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[Chart]:
    """What has really been drawn."""
    asked: list[Chart] = []

    def draw(chart: Chart) -> Drawn:
        asked.append(chart)
        return draw_twice(chart)

    monkeypatch.setattr(kept_pictures, "draw_twice", draw)
    return asked


def build_of(project: Path, *charts: Chart, named: bool = False) -> tuple[list[Drawn], Output]:
    """What a build of nothing but pictures gets."""
    project.mkdir(exist_ok=True)
    out = Output(project, project / "build", named=named)
    kept = KeptPictures(out, PICTURES)
    drawings = [kept.draw(chart) for chart in charts]
    kept.keep()
    out.finish()
    return drawings, out


def files(project: Path) -> list[Path]:
    return sorted((project / "build" / PICTURES).iterdir())


def test_a_picture_is_drawn_once_and_is_the_same_from_the_folder(
    chart: Chart, drawn: list[Chart], tmp_path: Path
) -> None:
    first, _ = build_of(tmp_path, chart)
    second, again = build_of(tmp_path, chart)
    assert first == second == [draw_twice(chart)]
    assert len(drawn) == 1
    assert (again.written, again.removed, again.unchanged, again.failures) == ([], [], 0, [])


def test_another_chart_and_another_code_are_drawn_anew(
    chart: Chart, drawn: list[Chart], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = msgspec.structs.replace(chart, status="DRAFT")
    build_of(tmp_path, chart)
    assert build_of(tmp_path, draft)[0] == [draw_twice(draft)]
    assert len(drawn) == 2
    for module in (manifest, output):
        monkeypatch.setattr(module, "code_digest", lambda: "of another day")
    build_of(tmp_path, draft)
    assert len(drawn) == 3


@pytest.mark.parametrize(
    "damage",
    [
        lambda _: b"",
        lambda content: content[:-1],
        lambda content: content.replace(b"Complaint", b"Compliment"),
        lambda _: b"\xff" * 200,
    ],
    ids=["empty", "cut off", "another word", "rubbish"],
)
def test_what_was_damaged_or_changed_is_drawn_anew_and_mended(
    chart: Chart, drawn: list[Chart], tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    build_of(tmp_path, chart)
    (path,) = files(tmp_path)
    good = path.read_bytes()
    path.write_bytes(damage(good))
    assert path.read_bytes() != good
    assert build_of(tmp_path, chart)[0] == [draw_twice(chart)]
    assert path.read_bytes() == good
    assert len(drawn) == 2


def test_the_picture_of_another_chart_is_not_taken_for_it(
    chart: Chart, drawn: list[Chart], tmp_path: Path
) -> None:
    draft = msgspec.structs.replace(chart, status="DRAFT")
    build_of(tmp_path, chart, draft)
    one, other = files(tmp_path)
    one_content = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(one_content)
    assert build_of(tmp_path, chart, draft)[0] == [draw_twice(chart), draw_twice(draft)]
    assert len(drawn) == 4


def test_a_picture_that_no_manifest_names_is_not_believed(
    chart: Chart, drawn: list[Chart], tmp_path: Path
) -> None:
    build_of(tmp_path, chart)
    (path,) = files(tmp_path)
    forged = msgspec.json.encode(Drawn("<svg>forged</svg>", "<svg>forged</svg>"))
    path.write_bytes(forged)
    (tmp_path / "build" / manifest.NAME).unlink()
    assert build_of(tmp_path, chart)[0] == [draw_twice(chart)]
    assert len(drawn) == 2


def test_what_nobody_asks_for_any_more_goes(chart: Chart, tmp_path: Path) -> None:
    build_of(tmp_path, chart, msgspec.structs.replace(chart, status="DRAFT"))
    assert len(files(tmp_path)) == 2
    build_of(tmp_path, chart)
    assert len(files(tmp_path)) == 1


def test_a_folder_that_leads_elsewhere_or_takes_nothing_is_done_without(
    chart: Chart, drawn: list[Chart], tmp_path: Path
) -> None:
    elsewhere, project = tmp_path / "elsewhere", tmp_path / "project"
    elsewhere.mkdir()
    (project / "build").mkdir(parents=True)
    place = project / "build" / PICTURES
    place.symlink_to(elsewhere)
    for _ in range(2):
        drawings, out = build_of(project, chart)
        assert drawings == [draw_twice(chart)]
        assert out.failures == []
    assert list(elsewhere.iterdir()) == []
    place.unlink()
    place.write_text("a file", "utf-8")
    assert build_of(project, chart)[0] == [draw_twice(chart)]
    assert place.read_text("utf-8") == "a file"
    assert len(drawn) == 3


def test_after_an_edit_only_its_picture_is_drawn_and_all_is_as_if_made_from_nothing(
    drawn: list[Chart], tmp_path: Path
) -> None:
    project = tmp_path / "project"
    shutil.copytree(CONTRACT, project, ignore=shutil.ignore_patterns("build"))
    build(project, (), (HANDBOOK,), None, lambda _: DAY)
    before = len(drawn)
    assert before > 3
    path = project / "process/complaints/process.yaml"
    text = path.read_text("utf-8")
    edited = re.sub(
        r"(  - id: register\n(?:.*\n)*?    title: ).*", r"\1Take it down", text, count=1
    )
    assert edited != text
    path.write_text(edited, "utf-8")
    build(project, (), (HANDBOOK,), None, lambda _: DAY)
    assert len(drawn) == before + 1
    once = files_of(project / "build")
    shutil.rmtree(project / "build")
    build(project, (), (HANDBOOK,), None, lambda _: DAY)
    assert files_of(project / "build") == once


def test_a_folder_that_was_named_holds_no_kept_pictures(tmp_path: Path) -> None:
    project, out = tmp_path / "project", tmp_path / "out"
    shutil.copytree(CONTRACT, project, ignore=shutil.ignore_patterns("build"))
    build(project, (), (HANDBOOK,), out, lambda _: DAY)
    assert (out / "handbook/processes/complaints.md").is_file()
    assert not (out / PICTURES).exists()
    assert not (project / "build").exists()

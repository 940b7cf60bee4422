"""The small picture of a key figure: everything in it is said, nothing breaks out of it."""

from __future__ import annotations

import re
from datetime import date

import pytest
from lxml import etree

from regelwerk.artifacts.course import course_svg
from regelwerk.artifacts.picture.font import BOLD, REGULAR
from regelwerk.figures.compute import judge
from regelwerk.figures.periods import periods_between
from regelwerk.model.figure import Cell, Figure, Judgement
from regelwerk.model.process import KpiTarget
from word_support import SACRED

SVG = "{http://www.w3.org/2000/svg}"


def figure(
    *values: float | None,
    target: KpiTarget | None = None,
    unit: str | None = None,
    title: str = "Time",
    running: bool = False,
) -> Figure:
    last = date(2019 + len(values), 12, 31)
    periods = list(periods_between(date(2020, 1, 1), last, "year")) if values else []
    return Figure(
        id="time",
        title=title,
        measured=True,
        unit=unit,
        target=target,
        cells=tuple(
            Cell(
                period=period,
                value=value,
                cases=5,
                missing=0,
                judgement=judge(value, target),
                complete=not (running and period.last == last),
            )
            for period, value in zip(periods, values, strict=True)
        ),
    )


def drawn(told: Figure, **more) -> etree._Element:
    return etree.fromstring(course_svg(told, name="time", **more).encode())


def classes(svg: etree._Element, tag: str) -> list[str]:
    return [element.get("class", "") for element in svg.iter(f"{SVG}{tag}")]


def texts(svg: etree._Element) -> list[str]:
    return [element.text or "" for element in svg.iter(f"{SVG}text")]


def test_every_period_has_a_bar_or_a_dot_and_shapes_say_what_colours_say() -> None:
    svg = drawn(figure(3, None, 12, 0, target=KpiTarget(min=3)))
    assert classes(svg, "rect")[1:] == ["rw-c-met", "rw-c-met", "rw-c-missed"]
    assert classes(svg, "circle") == ["rw-c-none"]
    assert classes(svg, "path") == ["rw-c-cross"]
    assert classes(svg, "line") == ["rw-c-axis", "rw-c-target"]
    assert texts(svg) == ["3", "12", "0", "at least 3", "2020", "2021", "2022", "2023"]


def test_a_period_that_is_not_over_has_missed_nothing() -> None:
    svg = drawn(figure(9, 1, target=KpiTarget(min=3), running=True))
    assert classes(svg, "rect")[1:] == ["rw-c-met", "rw-c-bar rw-c-running"]
    assert classes(svg, "path") == []
    assert "2021: 1, the period is not over" in (svg.findtext(f"{SVG}desc") or "")


def test_the_description_says_every_value_and_the_target() -> None:
    told = figure(50, 94.123, None, target=KpiTarget(min=90, max=100), unit="%")
    assert drawn(told).findtext(f"{SVG}desc") == (
        "Time, period by period. Target: 90% to 100%. 2020: 50%, target missed; "
        "2021: 94.12%, target met; 2022: no value."
    )


def test_withheld_periods_say_so_and_show_no_number() -> None:
    told = figure(4)
    cell = told.cells[0]
    hidden = Cell(
        period=cell.period,
        value=None,
        cases=None,
        missing=None,
        judgement=Judgement.WITHHELD,
        complete=True,
    )
    svg = drawn(Figure(id="t", title="T", measured=True, cells=(hidden,)))
    assert "too few cases to be shown" in (svg.findtext(f"{SVG}desc") or "")
    assert texts(svg) == ["2020"]


@pytest.mark.parametrize(
    "values", [(), (None,), (0,), (0, 0), (-5,), (-5, 5), (1e12, 1e-9), tuple(range(30))]
)
@pytest.mark.parametrize("target", [None, KpiTarget(min=-3), KpiTarget(min=2, max=1e6)])
def test_everything_lies_inside_the_picture(
    values: tuple[float | None, ...], target: KpiTarget | None
) -> None:
    svg = drawn(figure(*values, target=target))
    for bar in list(svg.iter(f"{SVG}rect"))[1:]:
        x, y, width, height = (float(bar.get(key)) for key in ("x", "y", "width", "height"))
        assert 0 <= x <= x + width <= 560
        assert 0 <= y <= y + height <= 132
        assert height >= 1
    for line in svg.iter(f"{SVG}line"):
        assert 25 <= float(line.get("y1")) <= 115
    assert len(list(svg.iter(f"{SVG}rect"))) - 1 <= 24


def test_texts_arrive_unharmed_and_ids_are_unique_by_name() -> None:
    told = figure(1, title=SACRED, unit=SACRED)
    svg = drawn(told)
    assert svg.findtext(f"{SVG}title") == SACRED
    assert f"1 {SACRED}" in texts(svg)
    one, two = (set(re.findall(r'\bid="([^"]+)"', course_svg(told, name=n))) for n in ("a", "b"))
    assert one
    assert not one & two
    assert svg.get("role") == "img"
    assert svg.get("aria-labelledby", "").split() == [
        "course-time-title",
        "course-time-description",
    ]


def test_light_dark_and_print_and_plain_values_for_office_programs() -> None:
    adaptive = course_svg(figure(1), name="t")
    assert "prefers-color-scheme: dark" in adaptive
    assert '[data-md-color-scheme="slate"]' in adaptive
    assert "@media print" in adaptive
    plain = course_svg(figure(1), name="t", adaptive=False)
    assert "var(" not in plain
    assert "@media" not in plain


def test_it_can_be_drawn_as_pixels_and_is_not_blank() -> None:
    import resvg_py

    plain = course_svg(figure(1, 2, target=KpiTarget(min=2)), name="t", adaptive=False)
    empty = course_svg(figure(None, None), name="t", adaptive=False)
    fonts = [str(REGULAR), str(BOLD)]
    pictures = [
        bytes(resvg_py.svg_to_bytes(svg_string=svg, font_files=fonts)) for svg in (plain, empty)
    ]
    assert pictures[0].startswith(b"\x89PNG")
    assert len(pictures[0]) > len(pictures[1])


def test_the_same_figure_is_the_same_picture() -> None:
    assert course_svg(figure(1, 2), name="t") == course_svg(figure(1, 2), name="t")

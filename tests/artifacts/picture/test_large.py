"""Pictures of processes that nobody should write: made in a few seconds, and still nothing crossed.

Work is counted in steps of the search, so that these tests hold on slow machines too.
"""

import math
from typing import Any

import pytest

from regelwerk.artifacts.picture import assemble, layout, routing
from regelwerk.artifacts.picture import png as png_module
from regelwerk.artifacts.picture.bands import Band
from regelwerk.artifacts.picture.chart import Chart
from regelwerk.artifacts.picture.effort import OWN_STEPS, SHARED_STEPS, Effort, ExhaustedError
from regelwerk.artifacts.picture.layout import WIDTH
from regelwerk.artifacts.picture.png import SCALE, bearable, png

from . import charts, geometry_checks

LITTLE = 20_000

# Two flows may run along the same line in a picture that is too large to be searched.
MUST_HOLD = [c for c in geometry_checks.CHECKS if c is not geometry_checks.shared]


class Counted(Effort):
    """The store of steps, with its reading."""

    def __init__(self, steps: int = LITTLE) -> None:
        super().__init__(steps)
        self.spent = 0
        stores.append(self)

    def spend(self, steps: int = 1) -> None:
        self.spent += steps
        super().spend(steps)


stores: list[Counted] = []


@pytest.fixture(autouse=True)
def counted(monkeypatch: pytest.MonkeyPatch) -> None:
    stores.clear()
    layout.layout.cache_clear()
    monkeypatch.setattr(layout, "Effort", Counted)


@pytest.mark.parametrize("width", [WIDTH, math.inf])
@pytest.mark.parametrize(
    "chart",
    [charts.fan(60), charts.stairs(40), charts.line(150), charts.loops(60)],
    ids=lambda chart: chart.title,
)
def test_however_large_a_process_is_the_search_ends(chart: Chart, width: float) -> None:
    placed = layout.layout(chart, width=width)
    assert sum(store.spent for store in stores) <= LITTLE + 60
    assert sorted(n.id for n in placed.nodes) == sorted(n.id for n in chart.nodes)
    assert {r.edge for r in placed.routes} - {None} == set(range(len(chart.edges)))


@pytest.mark.parametrize("chart", [charts.line(150), charts.loops(60)], ids=lambda c: c.title)
def test_long_processes_do_not_live_on_the_store_that_all_share(chart: Chart) -> None:
    layout.layout(chart, width=WIDTH)
    assert sum(store.spent for store in stores) == 0


def test_each_band_is_searched_once_however_often_the_bands_are_cut_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: list[tuple[Band, tuple[str, ...]]] = []
    route_band = assemble.route_band

    def noting(*args: Any) -> Any:
        band, letters = args[0], args[2]
        seen.append((band, tuple(letters[i.target] for i in band.items if i.node is None)))
        return route_band(*args)

    monkeypatch.setattr(layout, "route_band", noting)
    layout.layout(charts.line(120), width=WIDTH)
    assert len(seen) == len(set(seen)) > 0


@pytest.mark.parametrize("width", [WIDTH, math.inf])
@pytest.mark.parametrize(
    "chart",
    [charts.sales(), charts.forty(), charts.fan(30), charts.stairs(30), charts.loops(10)]
    + [charts.wild(seed) for seed in range(12)],
    ids=lambda chart: chart.title,
)
def test_ways_that_are_not_searched_cross_no_node_and_no_text(
    chart: Chart, width: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(layout, "Effort", lambda: Effort(0))
    monkeypatch.setattr(routing, "OWN_STEPS", 0)
    placed = layout.layout(chart, width=width)
    layout.layout.cache_clear()
    assert {r.edge for r in placed.routes} - {None} == set(range(len(chart.edges)))
    assert {c.__name__: wrong for c in MUST_HOLD if (wrong := c(placed))} == {}


def test_flows_to_different_steps_share_no_line_where_there_are_tracks_enough(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(layout, "Effort", lambda: Effort(0))
    monkeypatch.setattr(routing, "OWN_STEPS", 0)
    placed = layout.layout(charts.sales(), width=WIDTH)
    layout.layout.cache_clear()
    assert geometry_checks.shared(placed) == []


def test_a_store_that_is_empty_says_so() -> None:
    store = Effort(2)
    store.spend(2)
    with pytest.raises(ExhaustedError):
        store.spend()
    assert OWN_STEPS < SHARED_STEPS


def test_normal_pictures_are_as_sharp_as_ever_and_huge_ones_coarser() -> None:
    assert bearable(SCALE, 760, 12_800) == SCALE
    for wide, high in ((760, 60_000), (60_000, 60_000), (1, 10_000_000)):
        scale = bearable(SCALE, wide, high)
        assert wide * high * scale**2 <= 64_000_001
        assert max(wide, high) * scale <= 32_001


def test_a_png_of_a_long_process_stays_within_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[float, bool]] = []

    def noting(_: str, *, scale: float, crisp: bool) -> bytes:
        asked.append((scale, crisp))
        return b""

    monkeypatch.setattr(png_module, "rendered", noting)
    chart = charts.line(60)
    png(chart, scale=2)
    png(chart, scale=9)
    placed = layout.layout(chart)
    assert asked[0] == (2, False)
    assert placed.width * placed.height * asked[1][0] ** 2 == pytest.approx(64e6)
    assert asked[1][1]

"""A long picture cut between its bands into pages that fit on paper."""

import msgspec

from regelwerk.artifacts.picture.geometry import Box, Layout


def pages(placed: Layout, height: float) -> tuple[Layout, ...]:
    """Deal the bands of a picture out to pages not higher than `height`, in order.

    A band that is higher alone gets a page of its own. Connectors already join the bands, so that
    nothing else is needed to read on from page to page.
    """
    if not placed.bands:
        return (placed,)
    head = placed.bands[0].y
    tail = placed.height - placed.bands[-1].y - placed.bands[-1].h
    groups: list[list[int]] = [[]]
    for number, band in enumerate(placed.bands):
        if groups[-1]:
            top = placed.bands[groups[-1][0]].y
            if head + band.y + band.h - top + tail > height:
                groups.append([])
        groups[-1].append(number)
    return tuple(_page(placed, group, head, tail) for group in groups)


def _page(placed: Layout, numbers: list[int], head: float, tail: float) -> Layout:
    """Take some bands out of a picture and move them up to where the first one was."""
    first, last = placed.bands[numbers[0]], placed.bands[numbers[-1]]
    up = head - first.y
    replace = msgspec.structs.replace
    chosen = set(numbers)
    bands: tuple[Box, ...] = tuple(placed.bands[n].moved(0, up) for n in numbers)
    return replace(
        placed,
        height=head + last.y + last.h - first.y + tail,
        bands=bands,
        lanes=tuple(x.moved(0, up) for x in placed.lanes if x.band in chosen),
        nodes=tuple(x.moved(0, up) for x in placed.nodes if x.band in chosen),
        links=tuple(x.moved(0, up) for x in placed.links if x.band in chosen),
        routes=tuple(x.moved(0, up) for x in placed.routes if x.band in chosen),
    )

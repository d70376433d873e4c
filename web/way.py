"""The picture of one case's way: where it has been, where it stands, what lies one act ahead."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from web.boxes import Box, Picture, Wire, fitted
from web.views.case import Map, Place

SIDE, LEFT, TALL = 132, 8, 36
LAST = 5


def way(case_map: Map) -> Picture:
    """The way so far downwards, where the case stands, and one step ahead in two columns."""
    boxes = _so_far(case_map.was[-LAST:])
    here = case_map.now
    now = Box(here.state, fitted(here.label, SIDE), LEFT, _below(boxes), SIDE, 52, "s-now")
    down = [_down(a, b) for a, b in pairwise((*boxes, now))]
    ahead = _ahead(case_map.may, now)
    wires = [*down, *(_to_ahead(now, box) for box in ahead)]
    height = max(box.y + box.height for box in (now, *ahead)) + 8
    return Picture(306, height, (*boxes, now, *ahead), tuple(wires))


def _so_far(places: Sequence[Place]) -> list[Box]:
    return [
        Box(place.state, fitted(place.label, SIDE), LEFT, 8 + row * (TALL + 20), SIDE, TALL, "s-was")
        for row, place in enumerate(places)
    ]


def _below(boxes: Sequence[Box]) -> float:
    return boxes[-1].y + TALL + 20 if boxes else 8


def _down(a: Box, b: Box) -> Wire:
    return Wire(f"M{a.middle:g} {a.y + a.height:g}V{b.y - 1:g}", "p-was")


def _ahead(places: Sequence[Place], now: Box) -> list[Box]:
    top = now.y + now.height + 30
    return [
        Box(
            place.state,
            fitted(place.label, 126),
            LEFT + 26 + (row % 2) * 138,
            top + (row // 2) * (TALL + 12),
            126,
            TALL,
            "s-may",
            place.by,
        )
        for row, place in enumerate(places)
    ]


def _to_ahead(now: Box, box: Box) -> Wire:
    """From the trunk under the place where the case stands, to the side of what lies ahead."""
    trunk = now.x + 10
    if box.x < 100:
        return Wire(f"M{trunk:g} {now.y + now.height:g}V{box.level:g}H{box.x - 1:g}", "p-may", box.note)
    lane = box.y - 6
    return Wire(f"M{trunk:g} {now.y + now.height:g}V{lane:g}H{box.middle:g}V{box.y - 1:g}", "p-may", box.note)

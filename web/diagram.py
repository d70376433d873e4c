"""The picture of a whole procedure: plain geometry, drawn by the templates as SVG."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import replace

from web.boxes import Box, Picture, Say, Wire, fitted
from web.views.atlas import Atlas, Move

WIDTH, HEIGHT = 138, 36
GAP_X, GAP_Y = 62, 16
EVERYWHERE = 5


def procedure(atlas: Atlas, say: Say) -> Picture:
    """States in columns by how many acts lead there at least; moves to the left run dashed beneath."""
    ranks = _ranks(atlas)
    boxes = {box.id: box for box in _columns(atlas, ranks, say)}
    pairs = _pairs(atlas.moves, say)
    wires = tuple(_lighter(_wire(boxes[a], boxes[b], "、".join(said)), boxes[b]) for (a, b), said in pairs.items())
    wires = tuple(sorted(wires, key=lambda wire: wire.look != "p-all"))
    width = max(box.x + box.width for box in boxes.values()) + 24
    height = max(box.y + box.height for box in boxes.values()) + 24
    return Picture(width, height, tuple(boxes.values()), wires)


def _lighter(wire: Wire, target: Box) -> Wire:
    """Ways out stand back behind the ways on."""
    return replace(wire, look="p-all") if target.look == "s-end" else wire


def _pairs(moves: Sequence[Move], say: Say) -> dict[tuple[str, str], list[str]]:
    """Acts by the two states they join, but for what is possible nearly everywhere: that would hide the rest."""
    pairs: dict[tuple[str, str], list[str]] = {}
    for move in (move for move in moves if not move.returns):
        for source in move.sources if len(move.sources) < EVERYWHERE else ():
            for target in move.targets:
                if source != target:
                    pairs.setdefault((source, target), []).append(say(move.id, move.label))
    return pairs


def _ranks(atlas: Atlas) -> dict[str, int]:
    """The least number of acts from the opening to each state."""
    ahead: dict[str, list[str]] = {}
    for move in (move for move in atlas.moves if not move.returns):
        for source in move.sources or ("",):
            ahead.setdefault(source, []).extend(move.targets)
    ranks, queue = {"": -1}, deque([""])
    while queue:
        here = queue.popleft()
        for target in ahead.get(here, ()):
            if target not in ranks:
                ranks[target] = ranks[here] + 1
                queue.append(target)
    return {state.id: ranks.get(state.id, 0) for state in atlas.states}


def _columns(atlas: Atlas, ranks: Mapping[str, int], say: Say) -> list[Box]:
    """The states that go on stand above, the final ones below, so that the way of a case runs along the top."""
    boxes = []
    for rank in sorted(set(ranks.values())):
        column = [state for state in atlas.states if ranks[state.id] == rank]
        column.sort(key=lambda state: state.kind == "final")
        for row, state in enumerate(column):
            x, y = 12 + rank * (WIDTH + GAP_X), 12 + row * (HEIGHT + GAP_Y)
            look = {"final": "s-end", "start": "s-start"}.get(state.kind, "")
            boxes.append(Box(state.id, fitted(say(state.id, state.label), WIDTH), x, y, WIDTH, HEIGHT, look))
    return boxes


def _wire(a: Box, b: Box, title: str) -> Wire:
    if a.x == b.x:
        return _beside(a, b, title)
    if a.x < b.x:
        start, end = a.x + a.width, b.x - 2
        bend = (end - start) / 2
        path = f"M{start:g} {a.level:g}C{start + bend:g} {a.level:g} {end - bend:g} {b.level:g} {end:g} {b.level:g}"
        return Wire(path, "p-may", title)
    start, end, out, into = a.x, b.x + b.width + 2, a.level + 7, b.level + 7
    path = f"M{start:g} {out:g}C{start - 30:g} {out:g} {end + 30:g} {into:g} {end:g} {into:g}"
    return Wire(path, "p-back", title)


def _beside(a: Box, b: Box, title: str) -> Wire:
    edge, out = a.x + a.width, 14 + abs(a.y - b.y) / 9
    path = f"M{edge:g} {a.level:g}C{edge + out:g} {a.level:g} {edge + out:g} {b.level:g} {edge + 2:g} {b.level:g}"
    return Wire(path, "p-may" if a.y < b.y else "p-back", title)

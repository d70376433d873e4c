"""What becomes of the clocks: each goes on as one of its kind, no case is left without."""

from __future__ import annotations

from collections.abc import Iterator

from workflow.proving.contradiction import Found
from workflow.proving.ways.lines import shared
from workflow.proving.ways.wrong import wrong
from workflow.words.migration import Kind, Way
from workflow.words.naming import id_of
from workflow.words.when import Clock, Pause, Recurring


def every_clock_has_its_place(way: Way) -> Found:
    for name in way.old.clocks:
        fate = way.migration.fate(name)
        if fate.kind != "given_up" and fate.clock not in way.new.clocks:
            yield wrong(way, "clocks", name, f"{name} may be running, and has no place in the new version")
        if fate.clock != name and fate.clock in way.old.clocks:
            yield wrong(way, "clocks", name, f"{name} takes the name of another clock, {fate.clock}")
    for name in shared(way.migration.fate(name).clock for name in way.old.clocks):
        yield wrong(way, "clocks", "", f"several clocks become {name}")


def clocks_stay_what_they_are(way: Way) -> Found:
    for clock, aim, kind in going_on(way):
        yield from (wrong(way, "clocks", clock.id, each) for each in unlike(way, clock, aim, kind))


def unlike(way: Way, clock: Clock, aim: Clock, kind: Kind) -> Iterator[str]:
    if type(clock) is not type(aim):
        yield f"{clock.id} is a {type(clock).__name__}, {aim.id} a {type(aim).__name__}"
    if (clock.each is None) != (aim.each is None):
        yield f"{clock.id} and {aim.id} are not both one a row"
    if not runs_there(way, clock, aim):
        yield f"{aim.id} does not run everywhere where {clock.id} does"
    if clock.pause and not pauses_alike(way, clock.pause, aim.pause):
        yield f"{clock.id} may be paused where {aim.id} cannot"
    if kind == "anew" and isinstance(clock, Recurring):
        yield f"{clock.id} recurs from its anchor and cannot start anew"
    if kind == "converted" and (clock.pause or clock.extension) and "hours" in (unit(clock), unit(aim)):
        yield f"{clock.id} may have been paused or extended, which hours do not tell: it cannot be converted"


def going_on(way: Way) -> Iterator[tuple[Clock, Clock, Kind]]:
    """Every text of every clock that goes on, with every text it may go on as."""
    for name, texts in way.old.clocks.items():
        fate = way.migration.fate(name)
        for clock in texts:
            yield from ((clock, aim, fate.kind) for aim in way.new.clocks.get(fate.clock, ()))


def no_state_loses_its_clocks(way: Way) -> Found:
    """Where all that ran is given up, and nothing new begins but with an act, nobody would be waited for any more."""
    given_up = {name for name in way.old.clocks if not way.migration.fate(name).clock}
    for state in way.old.states.values():
        ran = {clock.id for clock in way.old.all_clocks() if state.id in clock.running}
        if ran and ran <= given_up and not begins_there(way, way.migration.state(state.id)):
            yield wrong(way, "clocks", min(ran), f"{state.id} is left without a clock")


def begins_there(way: Way, state: str) -> bool:
    clocks = (clock for clock in way.new.all_clocks() if not clock.starting)
    return any(state in clock.running or not clock.states for clock in clocks)


def runs_there(way: Way, clock: Clock, aim: Clock) -> bool:
    places = clock.places or frozenset(way.old.states)
    return not aim.places or {way.migration.state(place) for place in places} <= aim.places


def pauses_alike(way: Way, pause: Pause, aim: Pause | None) -> bool:
    if aim is None or (bool(pause.between), bool(pause.holds)) != (bool(aim.between), bool(aim.holds)):
        return False
    if pause.between and aim.between:
        return [way.migration.act(id_of(act)) for act in pause.between] == [id_of(act) for act in aim.between]
    return {way.migration.state(id_of(state)) for state in pause.states} <= {id_of(state) for state in aim.states}


def unit(clock: Clock) -> str:
    return clock.span.unit if clock.span else ""

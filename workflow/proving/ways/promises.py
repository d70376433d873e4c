"""Of a window and of a waiting time people were told: neither is closed or cut short by a change of rules."""

from __future__ import annotations

from workflow.proving.contradiction import Found
from workflow.proving.ways.clocks import going_on
from workflow.proving.ways.wrong import wrong
from workflow.words.migration import Way
from workflow.words.naming import id_of, several
from workflow.words.when import Clock, Earliest, Window


def nobody_loses_what_was_promised(way: Way) -> Found:
    for name, texts in way.old.clocks.items():
        if any(isinstance(clock, Window | Earliest) for clock in texts) and not way.migration.fate(name).clock:
            yield wrong(way, "clocks", name, f"{name} was promised to people and cannot be given up")
    for clock, aim, kind in going_on(way):
        if kind == "converted" and isinstance(clock, Window | Earliest) and is_shorter(aim, clock):
            sentence = f"{aim.id} is shorter than {clock.id}, of which people were told"
            yield wrong(way, "clocks", clock.id, sentence)


def is_shorter(aim: Clock, clock: Clock) -> bool:
    """As far as it can be said beforehand; what cannot, is held to when the day is worked out."""
    new, old = aim.span, clock.span
    known = new and old and new.unit == old.unit and isinstance(new.count, int) and isinstance(old.count, int)
    return bool(known and new and old and new.count < old.count)


def nothing_is_opened_sooner(way: Way) -> Found:
    """What a waiting time holds back is still held back, under whatever name."""
    for clock, aim, _ in going_on(way):
        if isinstance(clock, Earliest) and isinstance(aim, Earliest):
            held_back = {id_of(act) for act in several(aim.opens)}
            for name in (id_of(act) for act in several(clock.opens)):
                if way.migration.act(name) not in {*held_back, ""}:
                    yield wrong(way, "clocks", clock.id, f"{name} would no longer wait for {aim.id}")


def nothing_more_is_closed(way: Way) -> Found:
    """An act that outlasted the window still does; one that is new may end with it."""
    for clock, aim, _ in going_on(way):
        if isinstance(clock, Window) and isinstance(aim, Window):
            closed = {id_of(act) for act in several(aim.closes)}
            lasting = set(way.old.acts) - {id_of(act) for act in several(clock.closes)}
            for name in sorted(name for name in lasting if way.migration.act(name) in closed):
                yield wrong(way, "clocks", clock.id, f"{name} would end with {aim.id}")

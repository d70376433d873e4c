"""A case in the words of another version of its procedure: its file, its acts and hands, its clocks by their names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from workflow.carrying import text_of
from workflow.deadlines import ended
from workflow.snapshot import CaseSnapshot, Done, RunningClock, Signing
from workflow.words.acts import Act
from workflow.words.migration import Migration, Way
from workflow.words.naming import id_of
from workflow.words.who import Role

UNCHANGED = Migration("", "", "")


def renamed(way: Way, snapshot: CaseSnapshot, on: date) -> CaseSnapshot:
    """The case in the words of the new version; clocks that it does not know are ended and put away."""
    to = way.migration
    gone = (row for row in snapshot.clocks if not way.name_of(row))
    away = (ended(row, "left", on) if row.is_live else row for row in gone)
    return replace(
        snapshot, definition=way.new.version, state=to.state(snapshot.state), left=to.state(snapshot.left),
        data={line: value for name, value in snapshot.data.items() if (line := to.line(name))},
        done=acts_done(way, snapshot), hands=hands(way, snapshot), signing=signings(way, snapshot, on),
        moved_by=person_of(way, snapshot.moved_by),
        clocks=tuple(in_new_words(way, row) for row in snapshot.clocks if way.name_of(row)),
        put_away=(*snapshot.put_away, *(replace(row, definition=way.old.version) for row in away)),
    )  # fmt: skip


def person_of(way: Way, person: str) -> str:
    """A resident acts under the id of his role, with the number of his row or of the case behind it."""
    row, case = person.rpartition("_"), person.partition(":")
    role, sign, rest = row if row[2].isdecimal() else case
    known = sign and role in way.old.roles and way.old.roles[role].outside
    return f"{way.migration.role(role)}{sign}{rest}" if known else person


def persons_of(way: Way, persons: frozenset[str]) -> frozenset[str]:
    return frozenset(person_of(way, person) for person in persons)


def acts_done(way: Way, snapshot: CaseSnapshot) -> dict[str, Done]:
    """Two acts that have become one keep the persons and the times of both."""
    found: dict[str, Done] = {}
    for name, done in snapshot.done.items():
        if aim := way.migration.act(name):
            own = replace(done, persons=persons_of(way, done.persons))
            found[aim] = together(found[aim], own) if aim in found else own
    return found


def together(one: Done, other: Done) -> Done:
    last = max(one, other, key=lambda done: done.seq)
    return replace(last, persons=one.persons | other.persons, times=one.times + other.times)


def hands(way: Way, snapshot: CaseSnapshot) -> dict[str, frozenset[str]]:
    """Two roles that have become one keep the hands of both, so that nobody who was kept apart no longer is."""
    found: dict[str, frozenset[str]] = {}
    for name, persons in snapshot.hands.items():
        role = way.migration.role(name)
        found[role] = found.get(role, frozenset()) | persons_of(way, persons)
    return found


def in_new_words(way: Way, row: RunningClock) -> RunningClock:
    name = way.name_of(row)
    return replace(row, id=name, text=text_of(way.new, name, row))


def pairs(way: Way, before: CaseSnapshot, after: CaseSnapshot) -> Iterator[tuple[RunningClock, RunningClock]]:
    """Each clock that is not given up with the same clock in the words of the new version."""
    return zip((row for row in before.clocks if way.name_of(row)), after.clocks, strict=True)


# Half signed


def signings(way: Way, snapshot: CaseSnapshot, on: date) -> dict[str, Signing]:
    """Those that can be signed to their end, in the words of the new version."""
    halves = ((name, half) for name, half in snapshot.signing.items() if is_signed_alike(way, name, half, on))
    return {way.migration.act(name): signed_as(way, half) for name, half in halves}


def signed_as(way: Way, half: Signing) -> Signing:
    to = way.migration
    actors = (replace(each, person=person_of(way, each.person), role=to.role(each.role)) for each in half.hands)
    form = {hand: {to.line(line): value for line, value in given.items()} for hand, given in half.form.items()}
    return replace(half, hands=tuple(actors), form=form)


def is_signed_alike(way: Way, name: str, half: Signing, on: date) -> bool:
    """Whether the act still has the same hands, asks each of them the same, and leads to the same end."""
    was, now = way.old.act(name, half.on), way.new.act(way.migration.act(name), on)
    return bool(was and now) and signed_for(was, way.migration) == signed_for(now, UNCHANGED)


def signed_for(act: Act | None, to: Migration) -> tuple[Any, ...]:
    assert act, "asked of an act in force"
    hands = [
        [to.role(id_of(who)) if isinstance(who, Role) else to.line(id_of(who)) for who in hand] for hand in act.hands
    ]
    form = [(line.hand, to.line(line.field.id), line.field.kind, line.field.required) for line in act.form]
    return hands, form, act.decides, {to.state(id_of(target)) for target in act.arrow.targets}

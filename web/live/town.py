"""The town of a story as rows: its units, everybody in it, the days of its years, its settings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from sqlalchemy.orm import Session

from models.tables import CalendarDay, Person, Post, Setting
from models.tables import Entry as EntryRow
from models.tables import Unit as UnitRow
from web.live.names import renamed
from workflow.questions import Entry
from workflow.registry import PROCEDURES
from workflow.snapshot import Actor, Facts, Unit
from workflow.story import Story, UnreadableStory
from workflow.words.outside import REGISTERS


def settle(session: Session, story: Story, facts: Facts) -> dict[str, str]:
    """Units from the top down, everybody with a post where he stands, the calendar, the settings of every root.

    Gives the ids of the people by their names in the story.
    """
    people: dict[str, str] = {}
    for unit in in_order(story):
        session.add(unit_row(unit, story))
        session.flush()
    for name, actor in cast(story).items():
        session.add(person := Person(name=actor.name or name))
        session.flush()
        people[name] = str(person.id)
        session.add_all(posts(story, person.id, actor))
    session.add_all(entry_row(entry, people) for entry in story.entries)
    session.add_all(calendar_rows(facts, story))
    roots = [unit.id for unit in story.units.values() if not unit.parent]
    for key, value in story.settings.items():
        session.add_all(
            Setting(unit_id=root, procedure=story.procedure, key=key, value=value, from_day=date(2000, 1, 1))
            for root in roots
        )
    return people


def cast(story: Story) -> dict[str, Actor]:
    """Everybody named, and whoever acts under the bare name of a role."""
    bare = {name for step in story.steps if step.do for name in (step.by, step.via) if name} - story.people.keys()
    return {**story.people, **{name: Actor(name, name) for name in bare}}


def posts(story: Story, person: int, actor: Actor) -> Iterator[Post]:
    """Where the story leaves the unit open, the person holds the post at each."""
    roles = [procedure.roles[actor.role] for procedure in PROCEDURES.values() if actor.role in procedure.roles]
    if any(role.outside for role in roles):
        return
    for unit in [actor.unit] if actor.unit else story.units:
        yield Post(person_id=person, role=actor.role, unit_id=unit, from_day=date(2000, 1, 1))


def entry_row(entry: Entry, people: Mapping[str, str]) -> EntryRow:
    """What a register said before the story began, with the people under the ids they have here."""
    register, about = REGISTERS[entry.register], people.get(entry.about, entry.about)
    columns = {each.id: each for each in register.columns.values()}
    values = {name: renamed(columns[name], told, people) for name, told in register.dump(entry.values).items()}
    return EntryRow(
        register=entry.register, about=about, key=entry.key, since=entry.since, until=entry.until,
        amount=entry.amount, values=values,
    )  # fmt: skip


def in_order(story: Story) -> list[Unit]:
    """Every unit after the one above it."""
    found: list[Unit] = []
    while len(found) < len(story.units):
        known = {unit.id for unit in found}
        ready = [each for each in story.units.values() if each.id not in known and each.parent in {"", *known}]
        if not ready:
            raise UnreadableStory("units: 上级单位不存在 / a parent is missing")
        found += ready
    return found


def unit_row(unit: Unit, story: Story) -> UnitRow:
    line = [unit]
    while line[-1].parent:
        line.append(story.units[line[-1].parent])
    levels = {f"{each.level}_id": each.id for each in line}
    return UnitRow(id=unit.id, name=unit.name, level=unit.level, parent_id=unit.parent or None, **levels)


def calendar_rows(facts: Facts, story: Story) -> Iterator[CalendarDay]:
    """The days of the story's years and of those beside them, as its calendar has them."""
    first, last = min(step.at.year for step in story.steps) - 1, max(step.at.year for step in story.steps) + 2
    for number in range(date(first, 1, 1).toordinal(), date(last, 12, 31).toordinal() + 1):
        on = date.fromordinal(number)
        day = facts.calendar.day(on)
        yield CalendarDay(day=on, kind=day.kind, name=day.name, source=day.source, confirmed=day.confirmed)

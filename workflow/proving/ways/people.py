"""Nobody comes to see a running case by a change of rules, and whoever was kept apart still is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations
from typing import Any

from workflow.proving.contradiction import Found
from workflow.proving.ways.wrong import wrong
from workflow.words.migration import Way
from workflow.words.naming import id_of, several
from workflow.words.procedure import Procedure
from workflow.words.who import Above, Office, OfLevel, Role

Naming = Callable[[str], str]
BENEATH_UPWARD = ("here", "the ", "above here", "above the ")


def every_role_has_its_place(way: Way) -> Found:
    """Or whoever acted in it before would no longer be kept apart."""
    for role in way.old.roles.values():
        aim = way.new.roles.get(way.migration.role(role.id))
        if aim is None:
            yield wrong(way, "roles", role.id, f"whoever acted as {role.id} has no role in the new version")
        elif aim.outside != role.outside:
            yield wrong(way, "roles", role.id, f"{role.id} and {aim.id} are not both outside")
        elif aim.id not in way.migration.joins and not held(aim, str) <= reach(held(role, way.migration.line), aim):
            sentence = f"{aim.id} is held by others than {role.id} was; say in joins by what right they see the cases"
            yield wrong(way, "roles", role.id, sentence)


def held(role: Role, line: Naming) -> set[str]:
    """By whom: the persons in a line or in the rows of a table, else the posts at these places."""
    if role.among or role.is_no_post:
        return {f"named in {line(id_of(role.among.table if role.among else role.named))}"}
    return {place_of(place, line) for place in several(role.of)}


def place_of(place: Any, line: Naming) -> str:
    if isinstance(place, Office):
        return place.kind
    if isinstance(place, OfLevel):
        return f"the {place.level}"
    return f"above {place_of(place.unit, line)}" if isinstance(place, Above) else f"at {line(id_of(place))}"


def reach(places: set[str], aim: Role) -> set[str]:
    """With all that lies within them."""
    within = {place for place in held(aim, str) if place.startswith(BENEATH_UPWARD)}
    return places | within if "upward" in places else places


def whoever_joins_is_said(way: Way) -> Found:
    """A new office reads every running case: the rule by which it does is named."""
    to = way.migration
    unknown = (name for name in to.joins if name not in way.new.roles)
    yield from (wrong(way, "joins", name, f"{name} is no role of version {way.new.version}") for name in unknown)
    for role in way.new.roles.values():
        if not role.outside and role.id not in to.joins and not were(way, role.id):
            sentence = f"{role.id} is new and would see running cases; say in joins by what right"
            yield wrong(way, "joins", role.id, sentence)


def residents_stay_who_they_are(way: Way) -> Found:
    """Their codes open the case under the role and the number of their row."""
    for role in way.new.roles.values():
        if role.outside and len(were(way, role.id)) > 1:
            yield wrong(way, "roles", min(were(way, role.id)), f"several residents become {role.id}")


def were(way: Way, role: str) -> set[str]:
    """The roles of the old version that become this one."""
    return {name for name in way.old.roles if way.migration.role(name) == role}


def newly(way: Way, before: Any, after: Any) -> list[str]:
    """Roles of the new version in which somebody stands to whom it was not open before."""
    open_to = {role.id for role in several(before)}
    return [role.id for role in several(after) if not were(way, role.id) or were(way, role.id) - open_to]


# Sealed


def what_is_sealed_stays_sealed(way: Way) -> Found:
    old, new = way.old.seal, way.new.seal
    if old and not new:
        yield wrong(way, "", "", "the new version seals nothing")
    if old and new:
        for role in newly(way, old.open_to, new.open_to):
            yield wrong(way, "roles", role, f"the seal is open to {role}, to whom it was not")
        if old.hidden_from and way.migration.line(id_of(old.hidden_from)) != id_of(new.hidden_from or ""):
            yield wrong(way, "", "", f"what was hidden from {id_of(old.hidden_from)} no longer is")


# Kept apart


def parties_stay_parties(way: Way) -> Found:
    now = {id_of(party) for party in several(way.new.parties)}
    gone = (id_of(party) for party in several(way.old.parties) if way.migration.line(id_of(party)) not in now)
    yield from (wrong(way, "lines", name, f"{name} is a party, and might act in his own case") for name in gone)


def who_was_kept_apart_still_is(way: Way) -> Found:
    now = set(apart(way.new))
    for one, other in apart(way.old):
        if way.migration.role(one) == way.migration.role(other):
            yield wrong(way, "roles", one, f"{one} and {other} were kept apart and become one")
        elif ordered(way.migration.role(one), way.migration.role(other)) not in now:
            yield wrong(way, "roles", one, f"{one} and {other} are no longer kept apart")


def apart(procedure: type[Procedure]) -> Iterator[tuple[str, str]]:
    for each in procedure.aparts:
        yield from (ordered(one.id, other.id) for one, other in combinations(each.roles, 2))


def ordered(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)


def who_did_the_one_does_not_do_the_other(way: Way) -> Found:
    """`not_by` finds whoever did it before, under whatever name."""
    act = way.migration.act
    for each in way.old.all_acts():
        barring = {act(id_of(other)): id_of(other) for other in several(each.not_by)}
        for aim in way.new.acts.get(act(each.id), ()):
            for lost in sorted(barring.keys() - {id_of(other) for other in several(aim.not_by)}):
                sentence = f"who did {barring[lost]} was kept from {each.id}, and is not from {aim.id}"
                yield wrong(way, "acts", each.id, sentence)

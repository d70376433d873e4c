"""Who may: at which units a role must be held, who is kept apart, from whom a case is sealed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from workflow.calendar import today
from workflow.field import PERSONS, Field
from workflow.refusals import Refusal
from workflow.residents import residents
from workflow.snapshot import CLOCK, Actor, CaseSnapshot, Facts
from workflow.words.acts import Act
from workflow.words.case import Blank, Case
from workflow.words.naming import id_of, several
from workflow.words.procedure import Procedure
from workflow.words.who import Above, OfLevel, Role, Turn, here, upward


def offices(role: Role, case: Procedure) -> tuple[str, ...]:
    """Ids of the units where the post must be held to act in this role on this case, nearest first."""
    return tuple(dict.fromkeys(unit for place in several(role.of) for unit in units_at(place, case) if unit))


def units_at(place: Any, case: Procedure) -> tuple[str, ...]:
    if place is here:
        return (case.unit,)
    if place is upward:
        return line_upward(case, case.unit)
    if isinstance(place, OfLevel):
        return tuple(unit for unit in line_upward(case, case.unit) if case.level_of(unit) == place.level)
    if isinstance(place, Above):
        return tuple(case.above(unit) for unit in units_at(place.unit, case))
    field = case.field_named(place) if isinstance(place, str) else place
    return (case.read(field),)


def placed(
    actor: Actor, procedure: type[Procedure], case: CaseSnapshot, trigger: str, facts: Facts, at: datetime
) -> Actor:  # fmt: skip
    """Somebody whose unit is left open stands at the first unit where his role is asked for."""
    role = procedure.roles.get(actor.role)
    act = procedure.act(trigger, today(at))
    if actor.unit or role is None or role.outside or act is None:
        return actor
    asked = [who for hand in act.hands for who in hand if isinstance(who, Role) and who.id == role.id]
    place = offices((asked or [role])[0], procedure(case, facts, CLOCK, today(at), at))
    return replace(actor, unit=next(iter(place), case.unit))


def line_upward(case: Case, unit: str) -> tuple[str, ...]:
    """The unit and all above it, the nearest first."""
    found: list[str] = []
    while unit and unit not in found:
        found.append(unit)
        unit = case.above(unit)
    return tuple(found)


def seats(role: Role, case: Procedure) -> tuple[str, ...]:
    """Where to look for somebody to tell: a vacancy goes to the next superior, never to silence."""
    if role.outside:
        return ()
    places = offices(role, case) or (case.unit,)
    return tuple(dict.fromkeys((*places, *(unit for place in places for unit in line_upward(case, place)))))


def assigned(role: Role, case: Procedure) -> tuple[str, ...]:
    """The persons the case itself names for the role, in a person field of the role's id or the one it says."""
    field = case.fields.get(id_of(role.named or role))
    named = case.data.get(field.id) if field and field.kind in PERSONS else None
    return tuple(each for each in several(named) if each) if named else ()


def hidden(case: Procedure) -> Refusal | None:
    """A sealed case does not exist for anybody else; neither state nor number is told."""
    seal, actor = case.seal, case.actor
    if seal is None or actor == CLOCK or not is_sealed(case):
        return None
    beneath = seal.hidden_from and case.read(seal.hidden_from) in line_upward(case, actor.unit)
    if actor.role in {role.id for role in several(seal.open_to)} and not beneath:
        return None
    return Refusal("NotFound", "未找到该事项，或您无权查看。")


def works_on(person: str, procedure: type[Procedure], snapshot: CaseSnapshot) -> bool:
    """Whether he has done more here than look, or the file names him for something to do.

    What was done under an earlier version and is no act of this one does not tell which of the two it was.
    """
    acts = ((procedure.acts.get(name), done) for name, done in snapshot.done.items())
    acted = (done.persons for texts, done in acts if texts and not texts[0].reveals)
    apart = {field.id for field in several(procedure.parties)}
    lines = (field for name, field in procedure.fields.items() if name in snapshot.data and name not in apart)
    named = (field.persons(snapshot.data[field.id]) for field in lines)
    return any(person in each for each in (*acted, *named))


def is_sealed(case: Procedure) -> bool:
    assert case.seal is not None, "asked of a case without a seal"
    return bool(case.seal.when(case) if callable(case.seal.when) else getattr(case, id_of(case.seal.when)))


def refusal_of_person(act: Act, hand: int, case: Procedure) -> Refusal | None:
    """Why this person may not do it, or nothing; whoever may not act learns no conditions."""
    if case.actor == CLOCK:
        return None
    own = hand < len(act.hands) and any(holds(who, case) for who in act.hands[hand])
    if not own and not holds_for_another(act, hand, case):
        return wrong_post(act, hand)
    return next(iter(kept_away(act, case)), None)


def names(act: Act, hand: int) -> dict[str, str]:
    who = act.hands[hand] if hand < len(act.hands) else ()
    return {"act": act.label, "roles": labels(who) or "系统"}


def wrong_post(act: Act, hand: int) -> Refusal:
    """Who may do it, and who may enter it for a resident."""
    values = names(act, hand)
    if act.via and hand < len(act.hands) and is_outside(act.hands[hand]):
        values["recorders"] = labels(several(act.via))
        return Refusal("NotAllowed", "您的岗位不能“{act}”，须由{roles}本人办理，或者由{recorders}代为登记。", values)
    return Refusal("NotAllowed", "您的岗位不能“{act}”，须由{roles}办理。", values)


def labels(who: Iterable[Any]) -> str:
    return "、".join(dict.fromkeys(each.label for each in who))


def is_outside(who: Iterable[Any]) -> bool:
    return any(getattr(each, "outside", False) for each in who)


def holds(who: Any, case: Procedure) -> bool:
    if isinstance(who, Field):
        return case.actor.person in who.persons(case.read(who))
    if isinstance(who, Turn):
        return case.actor.person in who.persons(case)
    if who.is_no_post:
        return holds(case.field_named(id_of(who.named)), case)
    if case.actor.role != who.id:
        return False
    if who.among and case.snapshot.state:
        resident = residents(type(case), case.data).get(case.actor.person)
        return resident is not None and resident.role == who.id
    return bool(who.outside or case.actor.unit in offices(who, case))


def holds_for_another(act: Act, hand: int, case: Procedure) -> bool:
    """`via`: recorded for an outsider by somebody whose office it is."""
    outsiders = hand < len(act.hands) and is_outside(act.hands[hand])
    return bool(outsiders and act.via and any(holds(who, case) for who in several(act.via)))


def kept_away(act: Act, case: Procedure) -> Iterator[Refusal]:
    actor = case.actor
    role = case.roles.get(actor.role)
    if role is None or not role.outside:
        yield from in_own_case(case, actor)
    for other in several(act.not_by):
        if actor.person in case.doing_of(other).persons:
            yield Refusal("Apart", "已办理“{act}”的人不得再办理这一步，须由另一人办理。", {"act": other.label})
    for apart in case.aparts:
        others = [each for each in apart.roles if each.id != actor.role]
        if len(others) < len(apart.roles) and any(actor.person in case.persons_in(each) for each in others):
            yield Refusal("Apart", apart.label)


def in_own_case(case: Procedure, actor: Actor) -> Iterator[Refusal]:
    for party in several(case.parties):
        named = case.read(party)
        if not isinstance(named, Blank) and actor.person in party.persons(named):
            yield Refusal("OwnCase", "不得办理与本人有关的事项。")

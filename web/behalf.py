"""Whose act it is: the reader's own, or a resident's for whom he enters it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from web.languages import gettext as _
from web.languages import t
from web.views.form import Line, Option
from workflow.refusals import Refusal, Refused
from workflow.residents import Resident, residents
from workflow.snapshot import Actor, CaseSnapshot
from workflow.words.acts import Act
from workflow.words.naming import several
from workflow.words.procedure import Procedure

LINE = "on_behalf_of"
UNNAMED = Refusal("InvalidData", "请选择为谁办理。", {}, LINE)
Choices = tuple[tuple[str, str], ...]


def wanted(act: Act, snapshot: CaseSnapshot) -> tuple[Any, ...]:
    """Roles of the hand whose turn it is."""
    half = snapshot.signing.get(act.id)
    hand = len(half.hands) if half else 0
    return act.hands[hand] if hand < len(act.hands) else ()


def is_own(act: Act, actor: Actor, snapshot: CaseSnapshot) -> bool:
    return any(getattr(who, "id", "") == actor.role for who in wanted(act, snapshot))


def may_record(act: Act, actor: Actor) -> bool:
    return actor.role in {who.id for who in several(act.via)}


def parties(law: type[Procedure], act: Act, actor: Actor, snapshot: CaseSnapshot) -> dict[str, Resident]:
    """By id, for whom of several he may enter the act."""
    roles = {getattr(who, "id", "") for who in wanted(act, snapshot)}
    known = residents(law, snapshot.data) if may_record(act, actor) else {}
    return {id_: each for id_, each in known.items() if each.role in roles}


def choices(law: type[Procedure], act: Act, actor: Actor, snapshot: CaseSnapshot) -> Choices:
    """The same with name and role; the empty id, first, is the reader himself where the act may be his own."""
    shown = said(law, parties(law, act, actor, snapshot))
    return (("", _("本人")), *shown) if shown and is_own(act, actor, snapshot) else shown


def said(law: type[Procedure], known: Mapping[str, Resident]) -> Choices:
    roles = {id_: t(role.label, f"{law.id}.{id_}") for id_, role in law.roles.items()}
    return tuple((each.id, _("%(name)s（%(role)s）", name=each.name, role=roles[each.role])) for each in known.values())


def line(name: str, label: str, choices: Choices, chosen: str, wrong: tuple[str, ...]) -> tuple[Line, ...]:
    """Whom to choose; nothing where there is nobody."""
    options = tuple(Option(id_, shown, id_ == chosen) for id_, shown in choices)
    return (Line(name, label, "radios", chosen, options=options, errors=wrong),) if choices else ()


def whose(
    law: type[Procedure], act: Act, actor: Actor, snapshot: CaseSnapshot, chosen: str = ""
) -> tuple[Actor, Actor | None]:
    """Whose act it is and who records it for him, if anybody; Refused where several may be meant and none is chosen."""
    several_ = parties(law, act, actor, snapshot)
    if chosen in several_:
        resident = several_[chosen]
        return Actor(resident.id, resident.role, "", resident.name), actor
    outside = [who for who in wanted(act, snapshot) if getattr(who, "outside", False)]
    if is_own(act, actor, snapshot) or not outside or not may_record(act, actor):
        return actor, None
    if several_:
        raise Refused(UNNAMED)
    party = snapshot.data.get(f"{outside[0].id}_person", "") or f"{outside[0].id}:{snapshot.id}"
    return Actor(party, outside[0].id, "", ""), actor

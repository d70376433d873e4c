"""A new tracking code for a resident who has lost his: no act of a procedure, since every case has it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from marshmallow import ValidationError

from workflow.calendar import today
from workflow.decide import refuse
from workflow.decision import REISSUE, Decision
from workflow.fields import choice, schema, text
from workflow.forms import refused
from workflow.permission import hidden, holds, in_own_case
from workflow.refusals import Refusal, Refused
from workflow.residents import residents
from workflow.snapshot import Actor, CaseSnapshot, Facts
from workflow.words.naming import several
from workflow.words.procedure import Procedure

PARTY = "party"
whose = text("为谁补发", id=PARTY, optional=True)
identity = choice("身份核对", document="核对身份证件", callback="回拨登记的电话", proxy="核对委托书和双方证件")
identity.id = "identity"


def reissued(
    procedure: type[Procedure], snapshot: CaseSnapshot, form: Mapping[str, Any], *, by: Actor, now: datetime,
    facts: Facts,
) -> Decision:  # fmt: skip
    """The event that a new code was given out, and how the clerk knew to whom; the case stays as it is."""
    case = procedure(snapshot, facts, by, today(now), now)
    refuse(hidden(case) or wrong_clerk(case))
    given = filled(form)
    refuse(wrong_party(procedure, snapshot, given))
    return Decision(
        before=snapshot, after=replace(snapshot, seq=snapshot.seq + 1), trigger=REISSUE, outcome="done", by=by,
        recorded_by=by, on=today(now), at=now, form=given, rung=REISSUE,
    )  # fmt: skip


def may_reissue(case: Procedure) -> bool:
    """Whether the actor holds a post that gives codes, where the case asks for it."""
    return any(holds(role, case) for role in several(case.codes_by))


def wrong_clerk(case: Procedure) -> Refusal | None:
    if not may_reissue(case):
        roles = "、".join(role.label for role in several(case.codes_by)) or "系统"
        return Refusal("NotAllowed", "您的岗位不能“{act}”，须由{roles}办理。", {"act": "补发查询码", "roles": roles})
    return next(in_own_case(case, case.actor), None)


def wrong_party(procedure: type[Procedure], snapshot: CaseSnapshot, given: Mapping[str, Any]) -> Refusal | None:
    """Where there are several, one of them is named; where there is one, none."""
    known = residents(procedure, snapshot.data)
    if given.get(PARTY, "") in (known or ("",)):
        return None
    return Refusal("InvalidData", "请选择为谁补发。", {}, PARTY)


def filled(form: Mapping[str, Any]) -> dict[str, Any]:
    try:
        return dict(schema((whose, identity)).load(dict(form)))
    except ValidationError as error:
        wrong = dict(error.messages_dict)
        raise Refused(*(each for name, messages in wrong.items() for each in refused(name, messages))) from error

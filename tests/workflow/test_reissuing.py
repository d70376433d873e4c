"""A new code for whoever lost his: at the counter, to one of the parties, and the case stays as it is."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.workflow.life import Life, moment
from workflow.procedures.branch_rating import BranchRating
from workflow.procedures.mediation import Mediation
from workflow.procedures.petition import Petition
from workflow.procedures.recruitment import Recruitment
from workflow.refusals import Refused
from workflow.reissuing import may_reissue, reissued
from workflow.snapshot import Actor

CLERK, CASEWORKER = Actor("zhou", "window_clerk", "community"), Actor("chen", "caseworker", "community")
REGISTRAR = Actor("chi", "registrar", "community")
SEEN = {"identity": "document"}


def petition(**data: Any) -> Life:
    life = Life(Petition, unit="community")
    life.case = replace(life.case, state="registered", seq=1, data={"known_petitioners": ("li",), **data})
    return life


def quarrel() -> Life:
    life = Life(Mediation, unit="community")
    sides = Mediation.fields["sides"].from_json([{"side": "a", "name": "甲"}, {"side": "b", "name": "乙"}])
    life.case = replace(life.case, state="registered", seq=1, data={"sides": sides})
    return life


def refusal(life: Life, by: Actor, **form: str) -> tuple[str, str]:
    with pytest.raises(Refused) as told:
        reissued(life.procedure, life.case, form, by=by, now=moment("2025-03-03T09:00"), facts=life.facts)
    first = told.value.refusals[0]
    return first.code, first.message


def test_nothing_moves_but_the_number_of_the_event() -> None:
    life = petition()
    made = reissued(Petition, life.case, SEEN, by=CLERK, now=moment("2025-03-03T09:00"), facts=life.facts)
    assert made.after == replace(life.case, seq=2)
    assert (made.trigger, dict(made.form), made.by) == ("reissue", SEEN, CLERK)


def test_only_the_counter_where_the_case_lies_or_was_taken_in_gives_one() -> None:
    elsewhere = replace(CLERK, unit="other")
    assert gives_code(petition(), CASEWORKER)
    assert refusal(petition(), elsewhere, **SEEN)[0] == "NotAllowed"
    assert gives_code(petition(received_at="other"), elsewhere)
    assert refusal(petition(), replace(CLERK, role="supervisor"), **SEEN)[1].endswith(
        "登记接访员、承办人、检举控告专办员办理。"
    )


def test_a_sealed_case_has_a_code_from_its_handler_alone() -> None:
    sealed = petition(type="accusation")
    sealed.case = replace(sealed.case, sealed_to=("sealed_handler",))
    assert gives_code(sealed, Actor("wen", "sealed_handler", "street"))
    assert refusal(sealed, CLERK, **SEEN)[0] == "NotFound"


def test_an_applicant_has_his_code_from_whoever_does_party_work_there() -> None:
    life = Life(Recruitment, unit="branch")
    life.case = replace(life.case, state="applied", seq=1)
    assert gives_code(life, Actor("jian", "organiser", "street"))
    assert not gives_code(life, Actor("mi", "branch_secretary", "branch"))


def test_where_no_role_gives_codes_nobody_does() -> None:
    life = Life(BranchRating, unit="branch")
    life.case = replace(life.case, state="noticing", seq=1)
    assert refusal(life, CASEWORKER, **SEEN) == ("NotAllowed", "您的岗位不能“补发查询码”，须由系统办理。")


def gives_code(life: Life, by: Actor) -> bool:
    now = moment("2025-03-03T09:00")
    return may_reissue(life.procedure(life.case, life.facts, by, now.date(), now))


def test_how_the_clerk_knew_him_must_be_said() -> None:
    assert refusal(petition(), CLERK, identity="guess")[0] == "InvalidData"


def test_of_several_parties_one_is_named_and_of_one_none() -> None:
    assert refusal(quarrel(), REGISTRAR, **SEEN) == ("InvalidData", "请选择为谁补发。")
    assert refusal(petition(), CLERK, party="party_1", **SEEN) == ("InvalidData", "请选择为谁补发。")
    life = quarrel()
    form = {"party": "party_2", **SEEN}
    made = reissued(Mediation, life.case, form, by=REGISTRAR, now=moment("2025-03-03T09:00"), facts=life.facts)
    assert made.form["party"] == "party_2"

"""A new code for whoever lost his: at the counter, to one of the parties, and the case stays as it is."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.workflow.life import Life, moment
from workflow.procedures.mediation import Mediation
from workflow.procedures.petition import Petition
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
    elsewhere = replace(CLERK, unit="street")
    assert may_reissue(petition().case, CASEWORKER)
    assert refusal(petition(), elsewhere, **SEEN)[0] == "NotAllowed"
    assert may_reissue(petition(received_at="street").case, elsewhere)
    assert refusal(petition(), replace(CLERK, role="supervisor"), **SEEN)[0] == "NotAllowed"


def test_how_the_clerk_knew_him_must_be_said() -> None:
    assert refusal(petition(), CLERK, identity="guess")[0] == "InvalidData"


def test_of_several_parties_one_is_named_and_of_one_none() -> None:
    assert refusal(quarrel(), REGISTRAR, **SEEN) == ("InvalidData", "请选择为谁补发。")
    assert refusal(petition(), CLERK, party="party_1", **SEEN) == ("InvalidData", "请选择为谁补发。")
    life = quarrel()
    form = {"party": "party_2", **SEEN}
    made = reissued(Mediation, life.case, form, by=REGISTRAR, now=moment("2025-03-03T09:00"), facts=life.facts)
    assert made.form["party"] == "party_2"

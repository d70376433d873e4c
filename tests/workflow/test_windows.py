"""Whoever comes after a window has run out is told so with its last day, wherever the case has gone meanwhile."""

from __future__ import annotations

import pytest

from tests.workflow.life import Life
from workflow.parts import Act, Law, Procedure, Role, State, Window, new, overdue
from workflow.refusals import Refused
from workflow.snapshot import Actor
from workflow.terms import days

rules = Law("邀请办法", since="2024-01-01")
HOST, GUEST = Actor("zhu", "host", "street"), Actor("ke", "guest")


class Invitation(Procedure):
    label, number_prefix = "邀请", "YQ"

    host, guest = Role("主人"), Role("客人", outside=True)
    asked, coming, over = State("已邀请"), State("应邀"), State("未应", final=True)
    gone = State("已散", final=True)

    with rules(1):

        @Act("邀请", new >> asked, by=host)
        def invite(case): ...

        @Act("应邀", asked >> coming, by=guest)
        def come(case): ...

        @Act("未应", asked >> over)
        def lapse(case): ...

        @Act("散席", coming >> gone, by=host)
        def part(case): ...

        answering = Window("Q1", "答复期", days(4), runs_in=asked, closes=come, ladder=overdue.do(lapse))


def refused(life: Life, at: str) -> list[tuple[str, str]]:
    with pytest.raises(Refused) as found:
        life.act(at, GUEST, "come")
    return [(each.code, each.message) for each in found.value.refusals]


def test_after_it_has_run_out_the_last_day_is_told():
    life = Life(Invitation)
    life.act("2026-03-02T09:00", HOST, "invite")
    life.until("2026-03-07T09:00")
    assert life.case.state == "over"
    assert refused(life, "2026-03-07T10:00") == [("TooLate", "答复期已于2026-03-06届满。")]


def test_what_was_done_in_time_is_refused_because_of_where_the_case_stands():
    life = Life(Invitation)
    life.act("2026-03-02T09:00", HOST, "invite")
    life.act("2026-03-03T09:00", GUEST, "come")
    ((code, _),) = refused(life, "2026-03-09T10:00")
    assert code == "WrongState"

"""What the clock does waits while the case stands where it cannot happen, and is dated no earlier than what freed it."""

from __future__ import annotations

from datetime import date

from tests.workflow.life import Life, moment
from workflow.decide import climb, pending
from workflow.fields import yes_no
from workflow.outcome import waiting
from workflow.parts import Act, Deadline, Law, Procedure, Role, State, new, overdue, same
from workflow.snapshot import Actor
from workflow.terms import days, hours

rules = Law("寄存办法", since="2024-01-01")
KEEPER = Actor("guo", "keeper", "street")


class Storage(Procedure):
    label, number_prefix = "寄存", "JC"

    keeper = Role("保管员")
    stored, in_use, lapsed = State("寄存中"), State("暂取"), State("期满", final=True)
    locked = yes_no("已锁")

    with rules(1):

        @Act("寄存", new >> stored, by=keeper)
        def store(case): ...

        @Act("暂取", stored >> in_use, by=keeper)
        def take(case): ...

        @Act("放回", in_use >> stored, by=keeper)
        def bring_back(case): ...

        @Act("看管", (stored, in_use) >> same, by=keeper)
        def look_after(case, locked): ...

        @Act("期满", stored >> lapsed)
        def lapse(case):
            case.must(not case.locked, "已锁的不期满。")

        @Act("自动放回", in_use >> stored)
        def put_back(case): ...

        storing = Deadline("J1", "寄存期", days(5), runs_in=(stored, in_use), ladder=overdue.do(lapse))
        using = Deadline("J2", "暂取期", days(5), runs_in=in_use, ladder=overdue.do(put_back))
        clearing = Deadline("J3", "清理期", days(3), runs_in=lapsed, ladder=overdue.tell(keeper))
        asking = Deadline("J4", "答复期", hours(2), runs_in=lapsed, ladder=overdue.tell(keeper))


def stored() -> Life:
    life = Life(Storage)
    life.act("2026-03-02T09:00", KEEPER, "store")
    return life


def lapsed(life: Life) -> tuple[date, str, date]:
    """The day it is dated, the moment it was done, and the day of what follows from it."""
    return life.case.done["lapse"].on, f"{life.case.done['lapse'].at:%m-%d %H:%M}", life.clock("J3").due_on


def test_what_waits_for_nothing_is_dated_the_last_day_of_its_term():
    life = stored()
    life.act("2026-03-08T00:02", KEEPER, "look_after")
    life.until("2026-03-20T09:00")
    assert lapsed(life) == (date(2026, 3, 7), "03-08 00:05", date(2026, 3, 10))


def test_what_a_person_does_while_the_clock_stands_still_frees_nothing():
    life = stored()
    life.act("2026-03-10T10:00", KEEPER, "look_after")
    life.until("2026-03-20T09:00")
    assert lapsed(life) == (date(2026, 3, 7), "03-08 00:05", date(2026, 3, 10))


def test_what_waited_for_a_person_is_dated_the_day_of_his_act():
    life = stored()
    life.act("2026-03-05T09:00", KEEPER, "take")
    life.until("2026-03-09T09:00")
    life.act("2026-03-09T10:00", KEEPER, "bring_back")
    life.until("2026-03-09T10:01")
    assert lapsed(life) == (date(2026, 3, 9), "03-09 10:00", date(2026, 3, 12))
    assert life.clock("J4").due_at == moment("2026-03-09T12:00")


def test_what_waited_for_another_act_of_the_clock_is_dated_like_that_one():
    life = stored()
    life.act("2026-03-06T09:00", KEEPER, "take")
    life.until("2026-03-20T09:00")
    assert (life.case.done["put_back"].on, life.case.done["put_back"].at) == (
        date(2026, 3, 11),
        moment("2026-03-12T00:05"),
    )
    assert lapsed(life) == (date(2026, 3, 11), "03-12 00:05", date(2026, 3, 14))


def test_what_was_refused_when_it_was_due_is_dated_the_day_it_was_freed():
    life = stored()
    life.act("2026-03-03T09:00", KEEPER, "look_after", locked=True)
    (due,) = pending(Storage, life.case, life.facts, moment("2026-03-10T09:00"))
    assert climb(Storage, life.case, due, life.facts) is None
    life.case = waiting(Storage, life.case, due, life.facts)
    life.act("2026-03-10T10:00", KEEPER, "look_after", locked=False)
    life.until("2026-03-10T10:01")
    assert lapsed(life) == (date(2026, 3, 10), "03-10 10:00", date(2026, 3, 13))

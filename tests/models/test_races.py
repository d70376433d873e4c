"""Two real connections and more, on one case, with transactions that are really kept."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event
from typing import Any

import pytest
from sqlalchemy import func, select, text

from models import audit, casework, db
from models.snapshots import lock_case
from models.tables import Case, Notice, Rung
from models.tables import Event as EventRow
from tests.models.office import Office
from workflow.refusals import Refused


def together(*works: Callable[[], Any]) -> list[Any]:
    """All of them at the same instant; a refusal is an answer like any other."""
    barrier = Barrier(len(works))

    def run(work: Callable[[], Any]) -> Any:
        barrier.wait()
        try:
            return work()
        except Refused as refused:
            return refused

    with ThreadPoolExecutor(len(works)) as pool:
        return [future.result() for future in [pool.submit(run, work) for work in works]]


def in_office(sessions: db.Sessions, work: Callable[[Office], Any]) -> Callable[[], Any]:
    def kept() -> Any:
        with db.transaction(sessions) as session:
            return work(Office(session))

    return lambda: db.retried(kept)


def begin(sessions: db.Sessions, count: int = 1) -> list[str]:
    """So many petitions registered on Monday 1 September 2025."""
    at_nine = in_office(sessions, lambda office: [office.at("2025-09-01T09:00").register().no for _ in range(count)])
    return list(at_nine())


def put_clock_to(sessions: db.Sessions, moment: str) -> None:
    in_office(sessions, lambda office: office.at(moment))()


def accept(no: str, login: str, **more: Any) -> Callable[[Office], Any]:
    return lambda office: office.act(login, no, "accept", route=6, version=1, **more)


@pytest.mark.parametrize("_", range(3))
def test_of_two_officers_who_press_at_once_one_wins(sessions: db.Sessions, _: int) -> None:
    for no in begin(sessions, 10):
        answers = together(in_office(sessions, accept(no, "chenliqiu")), in_office(sessions, accept(no, "suwanqing")))
        refused = [answer for answer in answers if isinstance(answer, Refused)]
        assert [refusal.code for each in refused for refusal in each.refusals] == ["StaleCase"]
        with sessions() as session:
            assert audit.verify(session, no) == []
            assert session.scalar(select(func.count()).select_from(EventRow).join(Case).where(Case.no == no)) == 2


def test_one_key_sent_several_times_at_once_acts_once(sessions: db.Sessions) -> None:
    (no,) = begin(sessions)
    answers = together(*[in_office(sessions, accept(no, "chenliqiu", key="k"))] * 4)
    assert sorted(answer.replayed for answer in answers) == [False, True, True, True]
    assert {answer.seq for answer in answers} == {2}


def test_one_key_sent_several_times_at_once_opens_one_case(sessions: db.Sessions) -> None:
    begin(sessions)
    opened = together(*[in_office(sessions, lambda office: office.register(key="k"))] * 4)
    assert len({(each.no, each.tracking_code) for each in opened}) == 1


def test_numbers_given_out_at_once_are_all_different(sessions: db.Sessions) -> None:
    begin(sessions)
    opened = together(*[in_office(sessions, lambda office: [office.register().no for _ in range(5)])] * 6)
    numbers = [no for each in opened for no in each]
    assert len(set(numbers)) == 30


def test_a_clerk_and_two_workers_on_one_clock_come_to_one_outcome(sessions: db.Sessions) -> None:
    cases = begin(sessions, 8)
    put_clock_to(sessions, "2025-09-17T00:05:30")
    for no in cases:
        together(
            in_office(sessions, lambda office, no=no: office.act("chenliqiu", no, "accept", route=6)),
            lambda: casework.fire_due(sessions, 3),
            lambda: casework.fire_due(sessions, 3),
        )
    while casework.fire_due(sessions):
        pass
    with sessions() as session:
        for no in cases:
            acts = session.scalars(
                select(EventRow.trigger)
                .join(Case)
                .where(Case.no == no, EventRow.trigger.in_(["accept", "auto_deem_accepted"]))
            ).all()
            assert len(acts) == 1
            assert audit.verify(session, no) == []


def test_four_workers_climb_every_rung_once(sessions: db.Sessions) -> None:
    begin(sessions, 60)
    put_clock_to(sessions, "2025-09-16T09:00")

    def drain() -> int:
        done = 0
        while found := casework.fire_due(sessions, 7):
            done += found
        return done

    together(*[drain] * 4)
    drain()
    with sessions() as session:
        per_rung = session.execute(select(Rung.rung, func.count()).group_by(Rung.rung)).all()
        assert {tuple(row) for row in per_rung} == {("warn:D1:1", 60), ("warn:D1:2", 60)}
        keys = session.execute(select(func.count(), func.count(Notice.dedup_key.distinct()))).one()
        assert keys[0] == keys[1]


def test_acts_and_workers_do_not_deadlock(sessions: db.Sessions) -> None:
    cases = begin(sessions, 20)
    put_clock_to(sessions, "2025-09-16T09:00")
    with sessions() as session:
        before = deadlocks(session)

    def clerk(login: str) -> Callable[[], Any]:
        def work() -> None:
            for no in cases:
                together(in_office(sessions, lambda office, no=no: office.act(login, no, "accept", route=6)))

        return work

    together(clerk("chenliqiu"), clerk("suwanqing"), *[lambda: casework.fire_due(sessions, 5)] * 2)
    with sessions() as session:
        assert deadlocks(session) == before
        assert all(audit.verify(session, no) == [] for no in cases)


def deadlocks(session: Any) -> int:
    session.execute(text("SELECT pg_stat_clear_snapshot()"))
    found: int = session.scalar(text("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"))
    return found


def test_whoever_waited_for_a_lock_reads_the_case_and_its_clocks_anew(sessions: db.Sessions) -> None:
    (no,) = begin(sessions)
    holds, waits = Event(), Event()

    def first(office: Office) -> None:
        lock_case(office.session, no=no)
        holds.set()
        waits.wait(5)
        office.session.execute(text("SELECT pg_sleep(0.3)"))
        accept(no, "chenliqiu")(office)

    def second(office: Office) -> Any:
        holds.wait(5)
        waits.set()
        return lock_case(office.session, no=no)

    _, stood = together(in_office(sessions, first), in_office(sessions, second))
    assert (stood.snapshot.state, stood.version) == ("accepted", 2)
    assert "D6" in {clock.code for clock in stood.snapshot.clocks if clock.is_live}
    assert stood.snapshot.seq == 2


def test_whoever_is_killed_before_the_commit_has_done_nothing(sessions: db.Sessions) -> None:
    begin(sessions)
    put_clock_to(sessions, "2025-09-09T09:00")

    def killed() -> int:
        with db.transaction(sessions) as session:
            done = casework.fire(session, session.scalars(select(Case.id)).one())
            assert done == 1
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        killed()
    assert casework.fire_due(sessions) == 1
    with sessions() as session:
        assert session.scalars(select(Rung.rung)).all() == ["warn:D1:1"]

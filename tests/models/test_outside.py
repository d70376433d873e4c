"""What lies outside a case: keys and sums that two hands want at once, codes that work once, entries that stand."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from models import audit, casework, db, polls
from models.tables import Entry
from tests.models.office import refused
from tests.models.test_races import put_clock_to, together
from tests.workflow.season import Borrowing, Club, Season
from workflow.refusals import Refused
from workflow.registry import PROCEDURES
from workflow.snapshot import Actor

HOST, KEEPER = Actor("901", "host", "LA"), Actor("902", "keeper", "LA")
ROSTER = (
    ("test_clubs", "LALA", {"street": "LA", "active": True}), ("test_clubs", "LAGH", {"street": "LA", "active": True}),
    ("test_players", "907", {"club": "LALA", "standing": "full"}),
)  # fmt: skip


@pytest.fixture
def town(sessions: db.Sessions, monkeypatch: pytest.MonkeyPatch) -> db.Sessions:
    for procedure in (Season, Club, Borrowing):
        monkeypatch.setitem(PROCEDURES, procedure.id, procedure)
    put_clock_to(sessions, "2026-03-02T09:00")
    with db.transaction(sessions) as session:
        session.execute(
            text("INSERT INTO people (id, name) OVERRIDING SYSTEM VALUE VALUES (907, '七'), (901, '九'), (902, '十')")
        )
        session.add_all(Entry(register=r, about=a, since="2024-01-01", values=v) for r, a, v in ROSTER)
    return sessions


def opened(sessions: db.Sessions, procedure: Any, trigger: str, actor: Actor = HOST, **form: Any) -> str:
    with db.transaction(sessions) as session:
        unit = form.get("club") or form.get("street") or actor.unit
        return casework.open_case(session, procedure, trigger, form, actor=actor, unit=unit).no


def acted(sessions: db.Sessions, no: str, trigger: str, actor: Actor = KEEPER, **form: Any) -> casework.Acted:
    with db.transaction(sessions) as session:
        return casework.act(session, no, trigger, form, actor=actor, version=None)


def drained(sessions: db.Sessions) -> None:
    while casework.fire_due(sessions):
        pass


def count(sessions: db.Sessions, question: str) -> int:
    with sessions() as session:
        return int(session.execute(text(f"SELECT count(*) FROM {question}")).scalar_one())


def a_club(sessions: db.Sessions) -> str:
    return opened(sessions, Club, "enrol", club="LALA", year=2026)


# One case a key


def test_of_two_who_open_the_same_at_once_one_is_told_of_the_other(town: db.Sessions) -> None:
    for year in range(2030, 2036):
        begin = [lambda year=year: opened(town, Season, "begin", street="LA", year=year)] * 3
        answers = together(*begin)
        (won,) = [each for each in answers if isinstance(each, str)]
        lost = [each for each in answers if isinstance(each, Refused)]
        assert [each.refusals[0].values["no"] for each in lost] == [won, won]
    assert count(town, "cases WHERE procedure = 'season'") == 6


def test_a_season_started_by_several_workers_at_once_opens_every_club_once(town: db.Sessions) -> None:
    opened(town, Season, "begin", street="LA", year=2026)
    together(*[lambda: drained(town)] * 3)
    assert count(town, "cases WHERE procedure = 'club'") == 2
    assert count(town, "cases WHERE procedure = 'club' AND unit_id IN ('LALA', 'LAGH')") == 2


def test_a_club_that_has_a_case_already_is_not_opened_again_by_its_season(town: db.Sessions) -> None:
    before = a_club(town)
    opened(town, Season, "begin", street="LA", year=2026)
    drained(town)
    assert count(town, "cases WHERE procedure = 'club'") == 2
    assert count(town, f"impulses i JOIN cases c ON c.id = i.opened_id WHERE c.no = '{before}'") == 1
    assert count(town, "impulses WHERE done_at IS NULL") == 0


def test_a_key_held_while_open_is_free_again_after_the_end(town: db.Sessions) -> None:
    first = opened(town, Borrowing, "lend", Actor("902", "keeper", "LALA"), club="LALA")
    with refused("E_ONE_ROOM"):
        opened(town, Borrowing, "lend", Actor("902", "keeper", "LALA"), club="LALA")
    acted(town, first, "give_back", Actor("902", "keeper", "LALA"))
    assert opened(town, Borrowing, "lend", Actor("902", "keeper", "LALA"), club="LALA") != first


def test_neither_key_nor_mark_can_be_read_back(town: db.Sessions) -> None:
    a_club(town)
    with town() as session:
        key, marks = session.execute(text("SELECT once_key, marks FROM cases")).one()
    assert "LALA" not in key + "".join(marks)


# Registers


def test_two_who_spend_at_once_do_not_spend_more_than_there_is(town: db.Sessions) -> None:
    clubs = [a_club(town), opened(town, Club, "enrol", club="LAGH", year=2026)]
    acted(town, clubs[0], "earn", member="907", earned=5)
    answers = together(*[lambda no=no: acted(town, no, "spend", member="907", price=4) for no in clubs])
    assert sorted(type(answer).__name__ for answer in answers) == ["Acted", "Refused"]
    with town() as session:
        assert session.execute(text("SELECT sum(amount) FROM entries WHERE register = 'test_points'")).scalar_one() == 1


def test_what_a_register_said_stands_in_the_chain_of_the_case(town: db.Sessions) -> None:
    no = a_club(town)
    acted(town, no, "earn", member="907", earned=5)
    with town() as session:
        assert audit.verify(session, no) == []
        session.execute(text("""
            UPDATE event_values SET "values" = jsonb_set("values", '{entered,0,amount}', '500')
            WHERE event_id = (SELECT max(id) FROM events)"""))  # fmt: skip
        assert [found.what for found in audit.verify(session, no)] != []


@pytest.mark.parametrize("change", ["UPDATE entries SET amount = 9", "DELETE FROM entries", "TRUNCATE entries"])
def test_the_database_lets_nobody_change_an_entry(town: db.Sessions, change: str) -> None:
    with pytest.raises(IntegrityError, match="never changed"), db.transaction(town) as session:
        session.execute(text(change))


# Anonymous forms


def codes(sessions: db.Sessions, no: str, copies: int = 3) -> list[str]:
    return [code for poll, code in acted(sessions, no, "hand_out", copies=copies).codes if poll == "forms"]


def filled(sessions: db.Sessions, code: str, answer: str = "good") -> None:
    with db.transaction(sessions) as session:
        polls.fill_in(session, code, answer)


def test_a_code_works_once_and_the_first_form_stays(town: db.Sessions) -> None:
    first, *_ = codes(town, a_club(town))
    filled(town, first, "good")
    with refused("NotFound"):
        filled(town, first, "bad")
    assert count(town, "poll_counts WHERE answer = 'good' AND count = 1") == 1
    assert count(town, "poll_counts WHERE answer = 'bad'") == 0


def test_of_two_who_use_one_code_at_once_one_is_counted(town: db.Sessions) -> None:
    for code in codes(town, a_club(town), copies=8):
        answers = together(*[lambda code=code: filled(town, code)] * 2)
        assert sorted(type(answer).__name__ for answer in answers) == ["NoneType", "Refused"]
    assert count(town, "poll_counts WHERE answer = 'good' AND count = 8") == 1


def test_nothing_that_is_kept_ties_an_answer_to_a_code(town: db.Sessions) -> None:
    no = a_club(town)
    used, *rest = codes(town, no)
    filled(town, used)
    with town() as session:
        kept = session.execute(text("SELECT code_hash FROM poll_codes")).scalars().all()
        columns = session.execute(text("""
            SELECT column_name FROM information_schema.columns
            WHERE table_schema = current_schema() AND table_name = 'poll_counts'""")).scalars().all()  # fmt: skip
    assert {bytes(each) for each in kept} == {polls.hash_of(code) for code in rest}
    assert {*columns} == {"case_id", "poll", "answer", "count"}


@pytest.mark.parametrize("code", ["", "0000-0000-0000-00000", "无"])
def test_a_code_that_never_was_is_told_the_same_as_a_used_one(town: db.Sessions, code: str) -> None:
    with refused("NotFound") as found:
        filled(town, code)
    assert found.value.refusals[0] == polls.UNKNOWN


def test_no_form_is_taken_where_the_poll_is_closed(town: db.Sessions) -> None:
    no = a_club(town)
    code, *_ = codes(town, no)
    acted(town, no, "leave", HOST)
    with refused("WrongState"):
        filled(town, code)


def test_an_answer_that_was_not_asked_is_refused_and_the_code_is_not_lost(town: db.Sessions) -> None:
    code, *_ = codes(town, a_club(town))
    with refused("InvalidData"):
        filled(town, code, "excellent")
    filled(town, code)

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import Engine, event, text

from models import casework, db
from models.organisation import organisation
from models.reading.board import counts, overdue
from models.reading.inbox import acknowledge, inbox, waiting
from models.reading.search import search
from models.reading.since import since
from models.reading.timeline import timeline
from models.reading.track import TooManyTries, find
from models.reading.visible import sees
from models.reading.worklist import grouped, worklist
from models.snapshots import read_case
from tests.models.office import Office
from workflow.snapshot import Actor


def numbers(rows: object) -> list[str]:
    return [row.no for row in rows]  # type: ignore[attr-defined]


def test_one_sees_his_unit_and_what_lies_beneath_it(office: Office) -> None:
    own, below, other = (office.register(login).no for login in ("zhouxiaoman", "yezhiqiu", "wupeilan"))
    assert set(numbers(worklist(office.session, office.actor("mengzhixing")))) == {own, below}
    assert set(numbers(worklist(office.session, office.actor("jiwanqing")))) == {own, below, other}
    assert numbers(worklist(office.session, office.actor("yezhiqiu"))) == [below]


def test_a_case_that_has_moved_on_is_still_found_by_those_who_had_it(office: Office) -> None:
    no = office.register("yezhiqiu").no
    office.act("yezhiqiu", no, "route", to_org="LA")
    assert numbers(worklist(office.session, office.actor("yezhiqiu"))) == []
    assert numbers(search(office.session, office.actor("yezhiqiu"), no)) == [no]
    assert search(office.session, office.actor("tianxiaoshuang"), no) == []


def test_a_sealed_case_is_seen_by_its_handler_alone_and_never_by_the_unit_it_is_about(office: Office) -> None:
    no = office.register(type="accusation", subject_org="LALA").no
    for login, seen in {"wenrenjie": [no], "mengzhixing": [], "zhouxiaoman": [], "weichunhe": []}.items():
        assert numbers(search(office.session, office.actor(login), no)) == seen, login
        assert numbers(worklist(office.session, office.actor(login))) == seen, login


def test_a_post_in_the_accused_unit_shuts_one_out_whatever_other_post_one_has(office: Office) -> None:
    no = office.register(type="accusation", subject_org="LALA").no
    insert = "INSERT INTO posts (person_id, role, unit_id, from_day) VALUES (:id, 'window_clerk', 'LALA', '2024-01-01')"
    office.session.execute(text(insert), {"id": office.id_of("wenrenjie")})
    handler = office.actor("wenrenjie", "sealed_handler")
    assert search(office.session, handler, no) == []


def test_my_work_is_mine_or_nobodys(office: Office) -> None:
    first, second = office.register().no, office.register().no
    office.act("chenliqiu", first, "accept", route=6)
    assert set(numbers(worklist(office.session, office.actor("chenliqiu")))) == {first, second}
    assert numbers(worklist(office.session, office.actor("suwanqing"))) == [second]


def test_work_is_grouped_by_how_late_it_is(office: Office) -> None:
    names = {"2025-09-25": "overdue", "2025-09-26": "today", "2025-09-29": "soon", "2025-10-20": "later", "": "none"}
    expected: dict[str, list[str]] = {}
    for due, group in names.items():
        no = office.register().no
        moment = f"{due}T23:59:59+08:00" if due else None
        office.session.execute(text("UPDATE cases SET due_at = :at WHERE no = :no"), {"at": moment, "no": no})
        expected[group] = [no]
    paused = "UPDATE cases SET due_at = NULL, paused_on = '2025-09-01' WHERE no = :no"
    expected["paused"] = [office.register().no]
    office.session.execute(text(paused), {"no": expected["paused"][0]})
    office.at("2025-09-26T10:00")
    now, known = db.now(office.session), organisation(office.session)
    rows = worklist(office.session, office.actor("chenliqiu"))
    found = {group: numbers(rows) for group, rows in grouped(rows, now, known.calendar).items()}
    assert found == expected


def test_a_list_is_one_query_however_long(office: Office) -> None:
    for _ in range(5):
        office.register()
    actor = office.actor("mengzhixing")
    organisation(office.session)
    seen: list[str] = []
    event.listen(office.session.connection(), "before_cursor_execute", lambda *given: seen.append(given[2]))
    rows = worklist(office.session, actor)
    assert (len(rows), rows[0].last, rows[0].clocks[0].code) == (5, "register", "D1")
    assert sum("FROM cases" in statement for statement in seen) == 1


def test_pages_of_a_list_meet_without_gap_or_overlap(office: Office) -> None:
    made = [office.at(f"2025-09-0{day}T09:00").register().no for day in (1, 1, 2, 2, 3)]
    actor, pages, after = office.actor("mengzhixing"), [], None
    while page := worklist(office.session, actor, after=after, limit=2):
        pages += numbers(page)
        after = page[-1]
    assert pages == made


def test_the_board_counts_what_is_overdue_by_unit_and_procedure(office: Office) -> None:
    office.register("yezhiqiu")
    late = [office.register().no, office.register("wupeilan").no]
    office.session.execute(
        text("UPDATE cases SET due_at = (SELECT linban_now()) - interval '1 day' WHERE no = ANY(:nos)"), {"nos": late}
    )
    now, known, actor = db.now(office.session), organisation(office.session), office.actor("jiwanqing")
    found = {count.unit: (count.live, count.overdue) for count in counts(office.session, actor, now=now, known=known)}
    assert found == {"LA": (1, 1), "LAGH": (1, 0), "SQ": (1, 1)}
    rows = overdue(office.session, actor, now=now)
    assert numbers(rows) == late
    assert numbers(overdue(office.session, actor, now=now, after=rows[0])) == late[1:]
    assert numbers(overdue(office.session, actor, now=now, unit="SQ")) == late[1:]


def test_notices_are_acknowledged_once_and_by_their_reader(office: Office) -> None:
    office.register()
    office.at("2025-09-09T09:00").fire_all()
    person, other = str(office.id_of("chenliqiu")), str(office.id_of("suwanqing"))
    (message,) = inbox(office.session, person)
    assert (message.title, message.clock) == ("告知期限将于9月16日到期", "D1")
    assert not acknowledge(office.session, other, message.id)
    assert acknowledge(office.session, person, message.id)
    assert not acknowledge(office.session, person, message.id)
    assert (waiting(office.session, person), waiting(office.session, other)) == (0, 1)
    assert inbox(office.session, person) == []
    assert len(inbox(office.session, person, all=True)) == 1


def test_the_timeline_names_who_did_what_and_for_whom(office: Office) -> None:
    no = office.register().no
    office.at("2025-09-09T09:00").fire_all()
    office.act("chenliqiu", no, "accept", route=6)
    office.put_on_file(
        no, "withdraw", {"statement": "f"}, actor=Actor("", "petitioner"), via=office.actor("zhouxiaoman")
    )
    first, warning, accepted, withdrawal = timeline(office.session, office.case(no).id)
    assert (first.actor_name, first.documents) == ("周小满", ["收件凭证"])
    assert (warning.is_rung, warning.role) == (True, "clock")
    assert (accepted.trigger, accepted.to_state, accepted.is_rung) == ("accept", "accepted", False)
    assert (withdrawal.role, withdrawal.recorder_name, withdrawal.outcome) == ("petitioner", "周小满", "signed")


def test_the_timeline_says_what_has_been_superseded(office: Office) -> None:
    no = office.register().no
    office.at("2025-09-17T08:30").fire_all()
    version, actor = office.case(no).version, office.actor("chenliqiu")
    casework.act(office.session, no, "accept", {"route": 6}, actor=actor, version=version, on=date(2025, 9, 16))
    found = {entry.trigger: entry.superseded for entry in timeline(office.session, office.case(no).id)}
    assert found["auto_deem_accepted"]
    assert not any(found[trigger] for trigger in ("register", "warn:D1:1", "accept"))


@pytest.mark.parametrize(("query", "hits"), [("装卸", 1), ("没有这回事", 0), ("", 0), ("%", 1), ("_", 0), ("100%", 1)])
def test_words_are_looked_for_as_they_are_written(office: Office, query: str, hits: int) -> None:
    office.register()
    office.register(content="工程量只完成百分之九十，却说100%完工。")
    assert len(search(office.session, office.actor("mengzhixing"), query)) == hits


# Tracking


def test_a_case_is_found_by_its_code_and_the_last_digits_of_the_phone(office: Office) -> None:
    opened = office.register()
    code = opened.tracking_code
    spoken = code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert find(office.session, code, "5678", address="a") == (opened.no, "")
    assert find(office.session, spoken, "５６７８", address="a") == (opened.no, "")
    for wrong in ((code, "5679"), (code[:-1], "5678"), ("", ""), (code, "")):
        assert find(office.session, *wrong, address="a") == ("", "")


def test_the_pin_serves_where_there_is_no_phone(office: Office) -> None:
    opened = office.register(petitioner_contact="")
    assert find(office.session, opened.tracking_code, opened.pin, address="a") == (opened.no, "")


def test_after_ten_wrong_tries_in_ten_minutes_one_has_to_wait(office: Office) -> None:
    opened = office.register()
    for n in range(10):
        assert find(office.session, opened.tracking_code, f"{n:04}", address=f"address {n}") == ("", "")
    with pytest.raises(TooManyTries) as found:
        find(office.session, opened.tracking_code, "5678", address="elsewhere")
    assert 590 <= found.value.retry_after <= 600
    office.at("2025-09-01T09:11")
    assert find(office.session, opened.tracking_code, "5678", address="elsewhere") == (opened.no, "")


def test_a_wrong_try_is_kept_even_if_the_request_is_taken_back(kept: Engine, sessions: db.Sessions) -> None:
    session = sessions()
    find(session, "nonsense", "0000", address="a")
    session.rollback()
    session.close()
    with kept.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM login_tries")).scalar_one() == 1


def test_one_case_and_a_list_of_cases_are_shown_to_the_same_people(office: Office) -> None:
    cases = [office.register(login).no for login in ("zhouxiaoman", "yezhiqiu", "wupeilan", "weichunhe")]
    cases.append(office.register(type="accusation", subject_org="LALA").no)
    office.act("yezhiqiu", cases[1], "route", to_org="LA")
    known = organisation(office.session)
    for person in known.names:
        for actor in known.actors(person, date(2025, 9, 1)):
            for no in cases:
                one = sees(office.session, known, read_case(office.session, no), actor)
                assert one == (numbers(search(office.session, actor, no)) == [no]), (actor, no)


def test_what_has_changed_since_a_version_is_told_line_by_line(office: Office) -> None:
    no = office.register(petitioner_name="周素珍").no
    office.act("zhouxiaoman", no, "complete_record", petitioner_name="周素真", address="北塘社区12号楼")
    office.act("chenliqiu", no, "accept", route=6)
    stood = read_case(office.session, no)
    late = since(office.session, stood.id, 1)
    assert [event.trigger for event in late.acts] == ["complete_record", "accept"]
    assert (late.was["petitioner_name"], late.now["petitioner_name"]) == ("周素珍", "周素真")
    assert (late.was.get("route"), late.now["route"]) == (None, 6)
    assert not {"petitioner_name", "address"} & set(since(office.session, stood.id, 2).changed)
    assert since(office.session, stood.id, stood.version).acts == ()
    assert [event.trigger for event in since(office.session, stood.id, -1).acts] == ["accept"]

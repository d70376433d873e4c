"""A resident who has lost his code gets another at the counter, and the lost one opens nothing any more."""

from __future__ import annotations

import pytest
from sqlalchemy import select, text

from models import audit, casework
from models.casework import Opened
from models.reading.track import find
from models.tables import Event, EventValues
from tests.models.office import Office, refused
from workflow.snapshot import Actor

SEEN = {"identity": "document"}


@pytest.fixture
def opened(office: Office) -> Opened:
    return office.register()


def reissue(office: Office, no: str, login: str, role: str = "", *, key: str = "", **form: str) -> casework.Reissued:
    return casework.reissue(office.session, no, form or SEEN, actor=office.actor(login, role), key=key)


def found(office: Office, code: str, second: str = "5678") -> str:
    number, _party = find(office.session, code, second, address="10.0.0.1")
    return number


def test_the_new_code_works_and_the_old_one_does_not(office: Office, opened: Opened) -> None:
    given = reissue(office, opened.no, "zhouxiaoman")
    assert given.tracking_code != opened.tracking_code
    assert found(office, given.tracking_code) == opened.no
    assert found(office, opened.tracking_code) == ""


def test_without_a_telephone_the_pin_is_new_too(office: Office) -> None:
    opened = office.register(petitioner_contact="")
    given = reissue(office, opened.no, "zhouxiaoman")
    assert len(given.pin) == 6
    assert found(office, given.tracking_code, given.pin) == opened.no


def test_it_is_an_event_in_the_chain_that_moves_nothing(office: Office, opened: Opened) -> None:
    before = office.case(opened.no)
    reissue(office, opened.no, "zhouxiaoman")
    after = office.case(opened.no)
    event = office.session.scalars(select(Event).where(Event.case_id == after.id).order_by(Event.seq.desc())).first()
    assert (event.trigger, event.actor, event.role) == ("reissue", str(office.id_of("zhouxiaoman")), "window_clerk")
    assert office.session.get(EventValues, event.id).values == {"form": {"identity": "document"}, "file": {}}
    assert (after.state, after.version, after.data, after.memory) == (before.state, before.version, before.data, before.memory)  # fmt: skip
    assert after.seq == before.seq + 1
    assert audit.verify(office.session, opened.no) == []


def test_the_code_stands_nowhere_in_the_record(office: Office, opened: Opened) -> None:
    given = reissue(office, opened.no, "zhouxiaoman", key="k1")
    tables = ("events", "event_values", "tracking_codes", "idempotency_keys", "notices", "documents")
    for table in tables:
        rows = office.session.execute(text(f"SELECT row::text FROM {table} row")).scalars().all()
        assert rows
        assert given.tracking_code not in "".join(rows)


@pytest.mark.parametrize("login", ["zhouxiaoman", "chenliqiu", "suwanqing"])
def test_clerk_and_caseworker_of_the_unit_that_holds_the_case_may(office: Office, opened: Opened, login: str) -> None:
    assert reissue(office, opened.no, login).tracking_code


def test_the_counter_that_took_it_in_may_wherever_the_case_lies_now(office: Office) -> None:
    opened = office.register("yezhiqiu")
    office.act("yezhiqiu", opened.no, "route", to_org="LA")
    assert office.case(opened.no).unit_id == "LA"
    assert reissue(office, opened.no, "yezhiqiu").tracking_code
    assert reissue(office, opened.no, "chenliqiu").tracking_code


@pytest.mark.parametrize(
    ("login", "role"),
    [
        ("xuchengping", "unit_head"), ("hejinghao", "dispatcher"), ("mengzhixing", "supervisor"),
        ("jiwanqing", "supervisor"), ("wenruyu", "window_clerk"), ("zhuangzijin", "caseworker"),
    ],
)  # fmt: skip
def test_nobody_else_may_who_sees_the_case(office: Office, opened: Opened, login: str, role: str) -> None:
    with refused("NotAllowed"):
        reissue(office, opened.no, login, role)
    assert found(office, opened.tracking_code) == opened.no


@pytest.mark.parametrize("login", ["wupeilan", "zhengheguang", "fanqinghe"])
def test_for_whom_the_case_does_not_exist_it_cannot_be_reissued(office: Office, opened: Opened, login: str) -> None:
    with refused("NotFound"):
        reissue(office, opened.no, login)


def test_a_sealed_case_does_not_exist_at_the_counter(office: Office) -> None:
    opened = office.register(type="accusation")
    with refused("NotFound"):
        reissue(office, opened.no, "zhouxiaoman")


def test_nobody_reissues_the_code_of_his_own_matter(office: Office) -> None:
    opened = office.register(known_petitioners=[str(office.id_of("chenliqiu"))])
    with refused("OwnCase"):
        reissue(office, opened.no, "chenliqiu")


def test_a_resident_cannot_by_himself(office: Office, opened: Opened) -> None:
    with refused("NotAllowed"):
        casework.reissue(office.session, opened.no, SEEN, actor=Actor("", "petitioner"))


@pytest.mark.parametrize("form", [{"identity": ""}, {"identity": "by face"}, {"identity": "document", "state": "x"}])
def test_how_identity_was_checked_must_be_told(office: Office, opened: Opened, form: dict[str, str]) -> None:
    with refused("InvalidData") as error:
        reissue(office, opened.no, "zhouxiaoman", **form)
    assert error.value.refusals[0].field in ("identity", "state")
    assert found(office, opened.tracking_code) == opened.no


def test_asked_twice_with_one_key_it_is_issued_once(office: Office, opened: Opened) -> None:
    first = reissue(office, opened.no, "zhouxiaoman", key="k1")
    again = reissue(office, opened.no, "zhouxiaoman", key="k1")
    assert (again.tracking_code, again.acted.replayed) == (first.tracking_code, True)
    assert office.case(opened.no).seq == 2


def test_who_has_an_older_version_before_him_is_not_held_up(office: Office, opened: Opened) -> None:
    reissue(office, opened.no, "zhouxiaoman")
    assert office.act("chenliqiu", opened.no, "accept", route=6, version=1).state == "accepted"

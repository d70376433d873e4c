from __future__ import annotations

import pytest
from sqlalchemy import text

from models import audit
from tests.models.office import Office

CHANGES = (
    "acted_on = acted_on + 1", "actor = actor || '0'", "role = 'unit_head'", "unit_id = 'SQ'", "to_state = 'concluded'",
    "from_state = 'concluded'", "trigger = 'refuse'", "rung = 'x'", "outcome = 'signed'", "at = at + interval '1 us'",
    "recorded_at = recorded_at + interval '1 us'", "recorded_by = '1'", "recorded_role = 'x'", "supersedes = at",
    "data_hash = data_hash || '\\x00'", "prev = '\\x01'", "hash = '\\x01'", "seq = 9",
)  # fmt: skip


@pytest.fixture
def no(office: Office) -> str:
    found = office.register().no
    office.act("chenliqiu", found, "accept", route=6)
    office.session.execute(text("ALTER TABLE events DISABLE TRIGGER USER"))
    return found


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("seq", [1, 2])
def test_any_change_to_an_event_breaks_the_chain(office: Office, no: str, change: str, seq: int) -> None:
    assert audit.verify(office.session, no) == []
    office.session.execute(text(f"UPDATE events SET {change} WHERE seq = {seq}"))
    assert audit.verify(office.session, no) != []


def test_a_removed_event_is_missed(office: Office, no: str) -> None:
    office.session.execute(text("DELETE FROM event_values"))
    office.session.execute(text("DELETE FROM events WHERE seq = 1"))
    assert audit.verify(office.session, no)[0] == audit.Break(1, "missing")


def test_a_changed_value_is_seen(office: Office, no: str) -> None:
    office.session.execute(
        text("""UPDATE event_values SET "values" = jsonb_set("values", '{form,content}', '"别的"')
                WHERE event_id = (SELECT min(id) FROM events)""")
    )
    assert audit.verify(office.session, no) == [audit.Break(1, "values")]


def test_a_case_that_does_not_stand_where_its_last_event_left_it_is_seen(office: Office, no: str) -> None:
    office.session.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    office.session.execute(text("ALTER TABLE cases DISABLE TRIGGER USER"))
    office.session.execute(text("UPDATE cases SET state = 'concluded'"))
    assert audit.verify(office.session, no) == [audit.Break(2, "case")]


def test_the_chain_holds_when_values_or_their_key_have_been_erased(office: Office, no: str) -> None:
    office.session.execute(text("DELETE FROM event_values"))
    assert audit.verify(office.session, no) == []
    office.session.execute(text("DELETE FROM case_keys"))
    assert audit.verify(office.session, no) == []

from __future__ import annotations

from sqlalchemy import select

from models import audit
from models.tables import Clock
from tests.models.office import Office


def test_a_petition_is_opened_accepted_and_on_record(office: Office) -> None:
    opened = office.register()
    assert opened.no == "XF-LA-2025-000001"
    done = office.at("2025-09-05T10:00").act("chenliqiu", opened.no, "accept", route=6)
    assert (done.state, done.version, done.seq) == ("accepted", 2, 2)
    clocks = office.session.scalars(select(Clock.code).where(Clock.status == "running"))
    assert "D6" in list(clocks)
    assert office.case(opened.no).due_code == "D6"
    assert audit.verify(office.session, opened.no) == []

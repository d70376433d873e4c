"""Stalls on the record in every state, opened under the first version of their rules."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import select, text

from models import audit, casework, db, migrating
from models.snapshots import read_case
from models.tables import Case, Clock
from tests.models.test_races import put_clock_to
from tests.workflow import stall, stall_1
from tests.workflow.stall_1_2 import stalls
from workflow.registry import EARLIER, PROCEDURES
from workflow.snapshot import Actor, CaseSnapshot
from workflow.words.migration import Way

WAY = Way(stalls, stall_1.Stall, stall.Stall)
VENDOR, CLERK, HEAD = Actor("907", "vendor"), Actor("902", "clerk", "LA"), Actor("901", "head", "LA")
OFFICER, OPERATOR = Actor("902", "officer", "LA"), Actor("operator", "operator")
PEOPLE = text("INSERT INTO people (id, name) OVERRIDING SYSTEM VALUE VALUES (907, '七'), (901, '九'), (902, '十')")

# State by state: the day, who, what and the form; every case begins with an application.
LIVES: dict[str, list[tuple[str, Actor, str, dict[str, Any]]]] = {
    "applied": [],
    "looked at": [("09-02", CLERK, "look", {})],
    "prolonged": [("09-03", HEAD, "prolong", {"extra": 5})],
    "papers": [("09-04", CLERK, "ask", {})],
    "papers in": [("09-04", CLERK, "ask", {}), ("09-08", CLERK, "hand_in", {})],
    "granted": [("09-05", CLERK, "grant", {"granted_on": "2025-09-05"}), ("09-05", HEAD, "grant", {})],
    "suspended": [
        ("09-05", CLERK, "grant", {"granted_on": "2025-09-05"}), ("09-05", HEAD, "grant", {}),
        ("09-05", CLERK, "collect", {}), ("09-08", HEAD, "suspend", {}),
    ],
    "refused": [("09-05", HEAD, "refuse", {})],
    "appealed": [("09-05", HEAD, "refuse", {}), ("09-08", CLERK, "appeal", {})],
}  # fmt: skip


def opened(sessions: db.Sessions, **form: Any) -> str:
    form = {"applicant": "907", "place": "东口", "goods": "food", "shelf": "3"} | form
    with db.transaction(sessions) as session:
        return casework.open_case(session, stall_1.Stall, "apply", form, actor=VENDOR, unit="LA", via=CLERK).no


def acted(sessions: db.Sessions, no: str, by: Actor, trigger: str, **form: Any) -> casework.Acted:
    via = by if trigger in ("hand_in", "appeal") else None
    with db.transaction(sessions) as session:
        return casework.act(session, no, trigger, form, actor=VENDOR if via else by, version=None, via=via)


def lived(sessions: db.Sessions, copies: int = 1, until: str = "2025-09-09T10:00") -> dict[str, str]:
    """Each life so many times, by number; the clock has done its work by the end of each day."""
    put_clock_to(sessions, "2025-09-01T09:00")
    cases = {opened(sessions): life for life in LIVES for _ in range(copies)}
    days = sorted({day for life in LIVES.values() for day, *_ in life})
    for day in days:
        put_clock_to(sessions, f"2025-{day}T10:00")
        drained(sessions)
        for no, life in cases.items():
            for on, by, trigger, form in LIVES[life]:
                if on == day:
                    acted(sessions, no, by, trigger, **form)
    put_clock_to(sessions, until)
    drained(sessions)
    return cases


def drained(sessions: db.Sessions) -> None:
    while casework.fire_due(sessions):
        pass


@contextmanager
def second_version(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The program as it is after the new version has been put in."""
    monkeypatch.setitem(EARLIER, ("stall", "1"), stall_1.Stall)
    monkeypatch.setitem(PROCEDURES, "stall", stall.Stall)
    yield
    monkeypatch.setitem(PROCEDURES, "stall", stall_1.Stall)


def standing(sessions: db.Sessions) -> list[Any]:
    """All that a case is, without what counts its events: its columns, its file, its clocks."""
    apart = {"seq", "version", "head"}
    columns = [column for column in Case.__table__.columns if column.name not in apart]
    with sessions() as session:
        cases = [tuple(row) for row in session.execute(select(*columns).order_by(Case.id))]
        clocks = [tuple(row) for row in session.execute(select(Clock.__table__).order_by(Clock.id))]
    return [cases, clocks]


# A town of stalls, led there and back


@pytest.fixture
def town(sessions: db.Sessions, monkeypatch: pytest.MonkeyPatch) -> db.Sessions:
    monkeypatch.setitem(PROCEDURES, "stall", stall_1.Stall)
    with db.transaction(sessions) as session:
        session.execute(PEOPLE)
    return sessions


@pytest.fixture
def street(town: db.Sessions, monkeypatch: pytest.MonkeyPatch) -> db.Sessions:
    """A case of every life, and the second version put in."""
    lived(town)
    monkeypatch.setitem(EARLIER, ("stall", "1"), stall_1.Stall)
    monkeypatch.setitem(PROCEDURES, "stall", stall.Stall)
    return town


def apply(sessions: db.Sessions) -> migrating.Report:
    return migrating.apply(sessions, WAY, actor=OPERATOR)


def undo(sessions: db.Sessions) -> migrating.Report:
    return migrating.undo(sessions, WAY, actor=OPERATOR)


def why(report: migrating.Report) -> dict[str, str]:
    return {no: "".join(each.message for each in refusals) for no, refusals in report.staying.items()}


def snapshots(sessions: db.Sessions) -> dict[str, CaseSnapshot]:
    with sessions() as session:
        return {no: read_case(session, no).snapshot for no in session.scalars(select(Case.no).order_by(Case.id))}


def verified(sessions: db.Sessions) -> None:
    with sessions() as session:
        broken = {no: found for no in session.scalars(select(Case.no)) if (found := audit.verify(session, no))}
    assert broken == {}


def count(sessions: db.Sessions, question: str) -> int:
    with sessions() as session:
        return int(session.execute(text(f"SELECT count(*) FROM {question}")).scalar_one())


def numbers(sessions: db.Sessions, state: str) -> list[str]:
    return [no for no, case in snapshots(sessions).items() if case.state == state]

"""A town whose transactions are really kept: people act in it, time is moved, and its record is read."""

from __future__ import annotations

from typing import Any

from sqlalchemy import text

from models import audit, casework, db
from tests.models.office import Office

MONDAY = "2025-09-01T09:00"
LEFT = text("""
    SELECT (SELECT count(*) FROM clocks WHERE next_at <= linban_now() AND dead_at IS NULL)
         + (SELECT count(*) FROM impulses WHERE done_at IS NULL AND dead_at IS NULL)
""")
DEADLOCKS = text("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")


class Town:
    """Every question and every act in a transaction of its own."""

    def __init__(self, sessions: db.Sessions) -> None:
        self.sessions = sessions

    def office(self, work: Any) -> Any:
        with db.transaction(self.sessions) as session:
            return work(Office(session))

    def put_clock_to(self, moment: str) -> None:
        self.office(lambda office: office.at(moment))

    def register(self, count: int, login: str = "zhouxiaoman", **form: Any) -> list[str]:
        return list(self.office(lambda office: [office.register(login, **form).no for _ in range(count)]))

    def act(self, login: str, no: str, trigger: str, **form: Any) -> Any:
        return self.office(lambda office: office.act(login, no, trigger, **form))

    def rest_series(self) -> None:
        """The calendar opens nothing, however far the clock is moved."""
        self.office(lambda office: casework.plan_series(office.session))
        self.run("UPDATE series SET next_at = 'infinity'")

    def drain(self) -> None:
        while casework.fire_due(self.sessions):
            pass

    def run(self, statement: str, **values: Any) -> None:
        with db.transaction(self.sessions) as session:
            session.execute(text(statement), values)

    def run_unguarded(self, statement: str, **values: Any) -> None:
        """With the record's triggers asleep, for this transaction alone: the connection goes back to the others."""
        with db.transaction(self.sessions) as session:
            session.execute(text("SET LOCAL session_replication_role = replica"))
            session.execute(text(statement), values)

    def rows(self, question: str, **values: Any) -> list[tuple[Any, ...]]:
        with self.sessions() as session:
            return [tuple(row) for row in session.execute(text(question), values)]

    def count(self, question: str, **values: Any) -> int:
        return int(self.rows(f"SELECT count(*) FROM {question}", **values)[0][0])

    def left(self) -> int:
        """How much is due and not done, what waits for a further try included."""
        with self.sessions() as session:
            return int(session.execute(LEFT).scalar_one())

    def deadlocks(self) -> int:
        with self.sessions() as session:
            session.execute(text("SELECT pg_stat_clear_snapshot()"))
            return int(session.execute(DEADLOCKS).scalar_one())

    def breaks(self) -> list[Any]:
        """Every break in the record of every case."""
        ids = [id_ for (id_,) in self.rows("SELECT id FROM cases")]
        with self.sessions() as session:
            return [found for id_ in ids for found in audit.verify(session, id_)]

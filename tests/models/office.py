"""The town's people at work: by login, on the movable clock."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from models import casework, db
from models.organisation import organisation
from models.tables import Account, Case
from workflow.calendar import today
from workflow.procedures.petition import Petition
from workflow.procedures.rating_round import RatingRound
from workflow.refusals import Refused
from workflow.snapshot import Actor


@contextmanager
def refused(*codes: str) -> Iterator[pytest.ExceptionInfo[Refused]]:
    with pytest.raises(Refused) as found:
        yield found
    assert [refusal.code for refusal in found.value.refusals] == [*codes]


NOISE = "市场每夜装卸，噪声扰民，无法入睡。"


class Office:
    """Acts through the road, each in the session it was given."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def put_clock_to(self, moment: datetime) -> None:
        statement = text("""
            INSERT INTO clock_offset (ahead) VALUES (CAST(:moment AS timestamptz) - clock_timestamp())
            ON CONFLICT (is_row) DO UPDATE SET ahead = excluded.ahead
        """)
        self.session.execute(statement, {"moment": moment})

    def at(self, moment: str) -> Office:
        self.put_clock_to(datetime.fromisoformat(f"{moment}+08:00"))
        return self

    def actor(self, login: str, role: str = "") -> Actor:
        person = str(self.session.scalars(select(Account.person_id).where(Account.login == login)).one())
        actors = organisation(self.session).actors(person, today(db.now(self.session)))
        return next(actor for actor in actors if role in ("", actor.role))

    def register(self, login: str = "zhouxiaoman", *, key: str = "", **form: Any) -> casework.Opened:
        actor = self.actor(login, "window_clerk")
        form = {"channel": "visit", "content": NOISE, "petitioner_contact": "13800005678"} | form
        return casework.open_case(self.session, Petition, "register", form, actor=actor, unit=actor.unit, key=key)

    def launch(self, login: str) -> casework.Opened:
        """A round of branch ratings in the street of that member of its committee."""
        actor = self.actor(login, "party_committee")
        return casework.open_case(self.session, RatingRound, "launch", {}, actor=actor, unit=actor.unit)

    def act(self, login: str, no: str, trigger: str, *, key: str = "", version: int | None = None, **form: Any) -> Any:
        """`role` among the form says in which post, where somebody has several."""
        actor = self.actor(login, form.pop("role", ""))
        version = self.case(no).version if version is None else version
        return casework.act(self.session, no, trigger, form, actor=actor, version=version, key=key)

    def put_on_file(self, no: str, trigger: str, form: dict[str, Any], *, actor: Actor, via: Actor) -> casework.Acted:
        return casework.act(self.session, no, trigger, form, actor=actor, version=self.case(no).version, via=via)

    def sessions(self) -> Session:
        """Another session on the same connection: what it commits is taken back with the test."""
        bind = self.session.get_bind()
        return Session(bind, join_transaction_mode="create_savepoint", info=self.session.info, **db.OPTIONS)

    def fire_all(self) -> int:
        """Lets the clock do all that is due now; how much that was."""
        done = 0
        while found := casework.fire_due(self.sessions):
            done += found
        return done

    def id_of(self, login: str) -> int:
        return int(self.actor(login).person)

    def case(self, no: str) -> Any:
        return self.session.execute(select(Case.__table__).where(Case.no == no)).one()

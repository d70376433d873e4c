"""The case that is asked for, as far as whoever asks may see it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from models.casework.acting import facts_for
from models.db import db
from models.organisation import Organisation, organisation
from models.reading.visible import visible
from models.snapshots import NOT_FOUND, Stood, read_case
from models.tables import Case
from web.api import bearer
from workflow.decide import available
from workflow.decision import Offer
from workflow.refusals import Refused
from workflow.snapshot import Actor, CaseSnapshot, Facts
from workflow.words.procedure import Procedure

NUMBER = re.compile("[A-Za-z0-9_-]{1,80}")


@dataclass(frozen=True)
class Seen:
    """A case in front of somebody who may see it."""

    stood: Stood
    actor: Actor
    session: Session

    @property
    def snapshot(self) -> CaseSnapshot:
        return self.stood.snapshot

    @property
    def law(self) -> type[Procedure]:
        return self.stood.procedure

    @cached_property
    def known(self) -> Organisation:
        return organisation(self.session, self.stood.stamps)

    @cached_property
    def facts(self) -> Facts:
        return facts_for(self.session, self.stood, {}, self.known, self.actor)

    def offers(self) -> tuple[Offer, ...]:
        return available(self.law, self.snapshot, by=self.actor, now=self.stood.now, facts=self.facts)


def seen(no: str) -> Seen:
    """NotFound for what does not exist and for what must not be known, after the same question to the record."""
    session, actor = db.session(), bearer.actor()
    may = exists().where(Case.no == no, visible(session, actor))
    if not NUMBER.fullmatch(no) or not session.scalar(select(may)):
        raise Refused(NOT_FOUND)
    return Seen(read_case(session, no), actor, session)

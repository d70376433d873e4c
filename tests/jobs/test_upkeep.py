"""Drafts go after thirty days, by the ticker, whatever else is due."""

from __future__ import annotations

from sqlalchemy import text

from jobs.clock import Ticker
from models import db, drafts
from models.drafts import Place
from tests.jobs.town import Town

COUNT = text("SELECT count(*) FROM drafts")


def test_the_ticker_drops_old_drafts_at_its_first_tick_and_once_an_hour(town: Town) -> None:
    ticker = Ticker()
    for moment, tick, left in (
        ("2025-09-01T09:00", 0.0, 1),
        ("2025-10-02T09:00", 60.0, 1),
        ("2025-10-02T09:00", 3601.0, 0),
    ):
        town.put_clock_to(moment)
        if tick == 0.0:
            town.office(lambda office: drafts.keep(
                office.session, Place(office.id_of("chenliqiu"), "", "petition.register"), {}, version=0,
                now=db.now(office.session),
            ))  # fmt: skip
        ticker.tick(tick)
        assert town.office(lambda office: office.session.scalar(COUNT)) == left

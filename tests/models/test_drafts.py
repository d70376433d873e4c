"""A draft is its author's, one an act; it goes with the act or after thirty days."""

from __future__ import annotations

from datetime import timedelta

from models import db, drafts
from models.drafts import Place
from tests.models.office import Office


def test_the_last_draft_of_an_act_is_the_one_that_is_kept(office: Office) -> None:
    now, place = db.now(office.session), Place(office.id_of("chenliqiu"), "XF-LA-2025-000001", "accept")
    drafts.keep(office.session, place, {"route": "6"}, version=1, now=now)
    drafts.keep(office.session, place, {"route": "7"}, version=2, now=now)
    found = drafts.find(office.session, place)
    assert found is not None
    assert (found.form, found.version) == ({"route": "7"}, 2)


def test_nobody_finds_another_persons_draft(office: Office) -> None:
    now = db.now(office.session)
    drafts.keep(office.session, Place(office.id_of("chenliqiu"), "XF-1", "accept"), {}, version=1, now=now)
    assert drafts.find(office.session, Place(office.id_of("suwanqing"), "XF-1", "accept")) is None
    assert drafts.find(office.session, Place(office.id_of("chenliqiu"), "XF-2", "accept")) is None


def test_a_draft_nobody_touches_for_thirty_days_is_dropped(office: Office) -> None:
    now, person = db.now(office.session), office.id_of("chenliqiu")
    for days_ago in (29, 31):
        place = Place(person, f"XF-{days_ago}", "accept")
        drafts.keep(office.session, place, {}, version=1, now=now - timedelta(days=days_ago))
    assert drafts.expire(office.session, now) == 1
    assert drafts.find(office.session, Place(person, "XF-29", "accept")) is not None
    assert drafts.find(office.session, Place(person, "XF-31", "accept")) is None

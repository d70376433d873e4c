"""The invented town comes to life through the one road alone, and its clock is given back."""

from sqlalchemy import text

from models import audit, db, seed
from models.plots import town_life
from models.stranded import stranded
from tests.models.conftest import new_engine
from workflow.calendar import today
from workflow.registry import PROCEDURES, definitions

STATES = {name: {*law.states} for name, law in PROCEDURES.items()}
SOON = {
    "petition": 20,
    "recruitment": 10,
    "mediation": 12,
    "branch_rating": 4,
}  # cases of it due within ten days of today


def test_the_town_holds_cases_in_every_state_with_due_dates_around_today(database_url):
    engine = new_engine(database_url, "town_life")
    sessions = db.sessions(engine, secret="a secret that opens nothing")
    assert seed.seed_if_empty(sessions)
    assert not seed.seed_if_empty(sessions)
    with sessions() as session:
        assert {name: states_of(session, name) for name in STATES} == STATES
        assert [name for name, soon in SOON.items() if due_around_today(session, name) < soon] == []
        assert session.execute(text("SELECT count(*) FROM clock_offset")).scalar_one() == 0
        assert list(stranded(session, definitions())) == []
        for no in session.execute(text("SELECT no FROM cases")).scalars():
            assert audit.verify(session, no) == []
    engine.dispose()


def states_of(session, procedure):
    return set(
        session.execute(
            text("SELECT state FROM cases WHERE procedure = :procedure"), {"procedure": procedure}
        ).scalars()
    )


def due_around_today(session, procedure):
    day, asked = (
        today(db.now(session)),
        text("SELECT due_at FROM cases WHERE procedure = :procedure AND due_at IS NOT NULL"),
    )
    due = session.execute(asked, {"procedure": procedure}).scalars()
    return sum(abs((today(at) - day).days) <= 10 for at in due)


def test_every_plot_has_a_name_of_its_own():
    names = [plot.name for plot in town_life()]
    assert len(set(names)) == len(names)

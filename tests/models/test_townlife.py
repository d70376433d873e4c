"""The invented town comes to life through the one road alone, and its clock is given back."""

from collections import Counter

from sqlalchemy import text

from models import audit, db, seed
from models.plots import town_life
from tests.models.conftest import new_engine
from workflow.calendar import today

STATES = {
    "petition": {
        "registered", "routed", "routing_disputed", "accepted", "simple_handling", "lawful_duty", "suggestion_study", "hearing",
        "replied", "under_review", "review_replied", "under_reexam", "closed_no_review", "closed_settled", "closed_answered",
        "concluded", "guided_out", "forwarded_sealed", "merged", "withdrawn",
    },
    "mediation": {
        "registered", "asking_consent", "accepted", "in_mediation", "recusal_pending", "referred_up", "at_court_link",
        "awaiting_signature", "effective", "confirmation_filed", "performing", "closed_fulfilled", "closed_unperformed",
        "terminated", "not_accepted",
    },
}  # fmt: skip


def test_the_town_holds_cases_in_nearly_every_state_with_due_dates_around_today(database_url):
    engine = new_engine(database_url, "town_life")
    sessions = db.sessions(engine, secret="a secret that opens nothing")
    assert seed.seed_if_empty(sessions)
    assert not seed.seed_if_empty(sessions)
    with sessions() as session:
        states = Counter(
            (row.procedure, row.state) for row in session.execute(text("SELECT procedure, state FROM cases"))
        )
        assert sum(states.values()) >= 90
        assert {name: {state for procedure, state in states if procedure == name} for name in STATES} == STATES
        day = today(db.now(session))
        for name, soon in (("petition", 20), ("mediation", 12)):
            due = session.execute(
                text("SELECT due_at FROM cases WHERE procedure = :name AND due_at IS NOT NULL"), {"name": name}
            )
            assert sum(abs((today(at) - day).days) <= 10 for at in due.scalars()) >= soon
        assert session.execute(text("SELECT count(*) FROM clock_offset")).scalar_one() == 0
        for no in session.execute(text("SELECT no FROM cases")).scalars():
            assert audit.verify(session, no) == []
    engine.dispose()


def test_every_plot_has_a_name_of_its_own():
    names = [plot.name for plot in town_life()]
    assert len(set(names)) == len(names)

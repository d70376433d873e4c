"""One case of the garden, led by short sentences; for tests that ask the law directly."""

from dataclasses import replace
from datetime import datetime

from tests.workflow.garden import Garden
from tests.workflow.paper import calendar
from workflow.calendar import SHANGHAI
from workflow.decide import climb, decide, pending
from workflow.snapshot import Actor, CaseSnapshot, Facts
from workflow.story import TREE
from workflow.world import World

ZHANG = Actor("zhang", "gardener")
WARDEN = Actor("wang", "warden", "street")
SECRETARY = Actor("shu", "secretary", "street")
DIRECTOR = Actor("ren", "director", "street")
AUDITOR = Actor("du", "auditor", "district")


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


class Life:
    """Holds the case as it stands; every act and every climbed rung moves it on."""

    def __init__(self, procedure=Garden, unit="street", posts=(), **settings):
        self.procedure, self.decisions = procedure, []
        self.case = CaseSnapshot("main", procedure.id, unit=unit)
        self.facts = Facts(TREE, calendar(), settings, outside=World({}, posts=posts))

    def act(self, at: str, by: Actor, trigger: str, on=None, via=None, **form):
        made = decide(self.procedure, self.case, trigger, form, by=by, now=moment(at), facts=self.facts, on=on, via=via)
        self.case = made.after
        self.decisions.append(made)
        return made

    def until(self, at: str):
        """The clock climbs every rung due by then; gives what it did."""
        done = []
        while due := pending(self.procedure, self.case, self.facts, moment(at)):
            made = climb(self.procedure, self.case, due[0], self.facts)
            self.case = made.after
            done.append(made)
        return done

    def linked(self, **cases):
        self.facts = replace(self.facts, linked=cases)

    def clock(self, code: str):
        return next((row for row in self.case.clocks if row.code == code and row.is_live), None)


def granted() -> Life:
    """A plot of Zhang's, tended since 20 March 2025."""
    life = Life()
    life.act("2025-03-03T09:00", ZHANG, "apply", applicant="zhang")
    life.act("2025-03-04T09:00", WARDEN, "post")
    life.act("2025-03-18T09:00", SECRETARY, "grant", tended_from="2025-03-20")
    life.act("2025-03-18T10:00", DIRECTOR, "grant", verdict="yes")
    return life

"""What may be done on a case, what may not and why, and what would come of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from web.languages import gettext as _
from web.languages import sentence, t
from web.showing.terms import foremost
from web.views.case import Act as Shown
from web.views.case import Map, Place, Shut
from workflow.decision import Offer
from workflow.machine import sources, targets
from workflow.snapshot import CaseSnapshot
from workflow.words.acts import Act
from workflow.words.naming import id_of, several
from workflow.words.procedure import Procedure
from workflow.words.where import State

Law = type[Procedure]
AHEAD = 8


@dataclass(frozen=True)
class Standing:
    """Where a case stands, and the clock that presses most."""

    law: Law
    state: str
    clock: str = ""

    @classmethod
    def of(cls, law: Law, snapshot: CaseSnapshot) -> Standing:
        first = foremost(law, snapshot.clocks)
        return cls(law, snapshot.state, first.id if first else "")


@cache
def weight(at: Standing, act: Act) -> int:
    """0: meets the pressing duty and leads on; 1: leads on; 2: ends the case; 3: a detour; 4: leaves it where it is."""
    ends = [at.law.states[target] for target in elsewhere(at.law, at.state, act)]
    if not ends:
        return 4
    if all(state.detour for state in ends):
        return 3
    if all(state.final for state in ends):
        return 2
    return 0 if meets(at, act, ends) else 1


def meets(at: Standing, act: Act, ends: list[State]) -> bool:
    """Whether the clock would no longer run afterwards."""
    clocks = at.law.clocks.get(at.clock, ())
    return any(act.id in map(id_of, clock.ending) or not set(ends) & set(clock.states) for clock in clocks)


def next_step(at: Standing, offers: Sequence[Offer]) -> Offer | None:
    """What the case waits for, whoever does it; where nothing leads on as yet, what keeps the term."""
    offices = [offer for offer in offers if not is_outside(offer.act)]
    leading = [offer for offer in offices if weight(at, offer.act) <= 1]
    ranked = sorted(
        leading, key=lambda offer: (weight(at, offer.act), not offer.mine, not offer.open, hands_on(at, offer.act))
    )
    ending = [offer for offer in offices if offer.act in pressing(at)]
    kept = min(ending, key=lambda offer: (not offer.mine, not offer.open), default=None)
    now = next((offer for offer in ranked if offer.from_day is None), None)
    return now or kept or next(iter(ranked), None)


@cache
def pressing(at: Standing) -> tuple[Act, ...]:
    """Acts by which the term that presses most is kept."""
    clocks = at.law.clocks.get(at.clock, ())
    ends = {id_of(act) for clock in clocks for act in (*clock.ending, *several(clock.met_by or ()))}
    return tuple(act for act in at.law.all_acts() if act.id in ends)


@cache
def awaited(law: Law, state: str, clock: str, role: str = "", shut: frozenset[str] = frozenset()) -> Act | None:
    """The act that the law expects next of an office, without looking into the case; of this role, where it may.

    None of those that are `shut` as yet, because a clock forbids them.
    """
    at, acts = Standing(law, state, clock), (act for act in law.all_acts() if act.by and act.id not in shut)
    here = [act for act in acts if stands(law, state, act) and not is_outside(act)]
    leading = [act for act in here if weight(at, act) <= 1]
    wanted = leading or [act for act in here if act in pressing(at)]
    return min(wanted, key=lambda act: (weight(at, act), not is_of(act, role), hands_on(at, act)), default=None)


def is_of(act: Act, role: str) -> bool:
    return any(getattr(who, "id", "") == role for hand in act.hands for who in hand)


def hands_on(at: Standing, act: Act) -> bool:
    """Whether it only passes the case to somebody else: what takes it up comes first."""
    return all(at.law.states[target].waiting for target in elsewhere(at.law, at.state, act))


def is_outside(act: Act) -> bool:
    return all(getattr(who, "outside", False) for hand in act.hands for who in hand)


def offered(law: Law, snapshot: CaseSnapshot, offer: Offer) -> Shown:
    act, then = offer.act, consequences(law, snapshot, offer.act)
    reasons = said_reasons(law, offer) if offer.mine else ()
    return Shown(
        act.id, act.label, act.law, hands(law, act), then, reasons, offer.mine, offer.open,
        offer.from_day,
    )  # fmt: skip


def said_reasons(law: Law, offer: Offer) -> tuple[str, ...]:
    """Without full stops, since they are strung together."""
    return tuple(sentence(refusal, f"{law.id}.{offer.act.id}").rstrip("。.") for refusal in offer.refusals)


def open_to(law: Law, snapshot: CaseSnapshot, offers: Iterable[Offer]) -> tuple[Shown, ...]:
    """What this person may do now: what leads on first, what leaves the case where it is last."""
    at = Standing.of(law, snapshot)
    mine = sorted((offer for offer in offers if offer.mine and offer.open), key=lambda offer: weight(at, offer.act))
    return tuple(offered(law, snapshot, offer) for offer in mine)


def elsewhere(law: Law, state: str, act: Act) -> list[str]:
    return [target for target in targets(law, act) if target in law.states and target != state]


def stands(law: Law, state: str, act: Act) -> bool:
    return state in sources(law, act)


def hands(law: Law, act: Act) -> str:
    """Role by role, in the order of signing."""
    return _("，然后").join(hand_said(law, hand) for hand in act.hands)


def first_hand(law: Law, act: Act) -> str:
    return hand_said(law, act.hands[0])


def hand_said(law: Law, hand: Iterable[object]) -> str:
    return _("或").join(t(getattr(who, "label", ""), f"{law.id}.{id_of(who)}") for who in hand)


def consequences(law: Law, snapshot: CaseSnapshot, act: Act) -> tuple[str, ...]:
    return tuple(
        said
        for said in (*_state(law, snapshot, act), *_papers(law, act), *_terms(law, snapshot, act), *_told(law, act))
    )


def _state(law: Law, snapshot: CaseSnapshot, act: Act) -> Iterator[str]:
    ends = [t(law.states[target].label, f"{law.id}.{target}") for target in elsewhere(law, snapshot.state, act)]
    if ends:
        yield _("变为“%(state)s”", state=_("”或“").join(ends))


def _papers(law: Law, act: Act) -> Iterator[str]:
    if papers := [t(paper.label, f"{law.id}.{paper.id}") for paper in several(act.issues)]:
        yield _("出具%(papers)s", papers=_("、").join(papers))


def _terms(law: Law, snapshot: CaseSnapshot, act: Act) -> Iterator[str]:
    """Clocks that run where the act leads and not where the case stands."""
    ahead = set(elsewhere(law, snapshot.state, act))
    for clock in law.all_clocks():
        states = {getattr(state, "id", "") for state in clock.states}
        if states & ahead and snapshot.state not in states:
            known = clock.span and isinstance(clock.span.count, int)
            term = t(str(clock.span), law.id) if known else ""
            label = t(clock.label, f"{law.id}.{clock.id}")
            yield (
                _("开始计算%(label)s（%(term)s）", label=label, term=term)
                if term
                else _("开始计算%(label)s", label=label)
            )


def _told(law: Law, act: Act) -> Iterator[str]:
    if who := [t(role.label, f"{law.id}.{role.id}") for role in several(act.tells) if hasattr(role, "label")]:
        yield _("通知%(who)s", who=_("、").join(who))


def shut(law: Law, offers: Iterable[Offer]) -> tuple[Shut, ...]:
    """Mine, but not yet: with every reason and the first permitted day."""
    return tuple(
        Shut(offer.act.id, offer.act.label, said_reasons(law, offer), offer.from_day)
        for offer in offers
        if offer.mine and not offer.open
    )  # fmt: skip


def of_others(law: Law, offers: Iterable[Offer]) -> tuple[Shut, ...]:
    return tuple(Shut(offer.act.id, offer.act.label, by=hands(law, offer.act)) for offer in offers if not offer.mine)


def way(law: Law, snapshot: CaseSnapshot, visited: Iterable[str], offers: Iterable[Offer]) -> Map:
    """States in the order they were first entered, the present one left out, and where one act may lead."""
    been = [state for state in dict.fromkeys(visited) if state in law.states and state != snapshot.state]
    at, ahead = Standing.of(law, snapshot), dict[str, str]()
    for offer in sorted(offers, key=lambda offer: weight(at, offer.act)):
        for target in elsewhere(law, snapshot.state, offer.act):
            ahead.setdefault(target, t(offer.act.label, f"{law.id}.{offer.act.id}"))
    return Map(
        tuple(place(law, state) for state in been), place(law, snapshot.state),
        tuple(place(law, state, act) for state, act in list(ahead.items())[:AHEAD]),
    )  # fmt: skip


def place(law: Law, state: str, by: str = "") -> Place:
    return Place(state, t(law.states[state].label, f"{law.id}.{state}"), by)

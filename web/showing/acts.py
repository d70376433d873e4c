"""What may be done on a case, what may not and why, and what would come of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from flask_babel import gettext as _

from web.languages import sentence, t
from web.views.case import Act as Shown
from web.views.case import Map, Place, Shut
from workflow.decision import Offer
from workflow.machine import targets
from workflow.snapshot import CaseSnapshot
from workflow.words.acts import Act
from workflow.words.naming import several
from workflow.words.procedure import Procedure

Law = type[Procedure]
AHEAD = 8


def open_to(law: Law, snapshot: CaseSnapshot, offers: Iterable[Offer]) -> tuple[Shown, ...]:
    """What this person may do now: what leads on first, what ends the case next, what leaves it where it is last."""
    mine = sorted((offer for offer in offers if offer.mine and offer.open), key=lambda offer: weight(law, snapshot, offer.act))
    return tuple(
        Shown(offer.act.id, offer.act.label, offer.act.law, hands(law, offer.act), then := consequences(law, snapshot, offer.act), note="；".join(then[:1]))
        for offer in mine
    )  # fmt: skip


def weight(law: Law, snapshot: CaseSnapshot, act: Act) -> int:
    ends = [law.states[target] for target in elsewhere(law, snapshot, act)]
    if not ends:
        return 3
    if snapshot.signing.get(act.id):
        return 0
    return 2 if all(state.final for state in ends) else 1


def elsewhere(law: Law, snapshot: CaseSnapshot, act: Act) -> list[str]:
    return [target for target in targets(law, act) if target in law.states and target != snapshot.state]


def hands(law: Law, act: Act) -> str:
    """Role by role, in the order of signing."""
    return _("，然后").join(_("或").join(t(who.label, f"{law.id}.{who.id}") for who in hand) for hand in act.hands)


def consequences(law: Law, snapshot: CaseSnapshot, act: Act) -> tuple[str, ...]:
    return tuple(said for said in (*_state(law, snapshot, act), *_papers(law, act), *_terms(law, snapshot, act), *_told(law, act)))


def _state(law: Law, snapshot: CaseSnapshot, act: Act) -> Iterator[str]:
    ends = [t(law.states[target].label, f"{law.id}.{target}") for target in elsewhere(law, snapshot, act)]
    if ends:
        yield _("变为“%(state)s”", state=_("”或“").join(ends))


def _papers(law: Law, act: Act) -> Iterator[str]:
    if papers := [t(paper.label, f"{law.id}.{paper.id}") for paper in several(act.issues)]:
        yield _("出具%(papers)s", papers=_("、").join(papers))


def _terms(law: Law, snapshot: CaseSnapshot, act: Act) -> Iterator[str]:
    """Clocks that run where the act leads and not where the case stands."""
    ahead = set(elsewhere(law, snapshot, act))
    for clock in law.all_clocks():
        states = {getattr(state, "id", "") for state in clock.states}
        if states & ahead and snapshot.state not in states:
            term = t(str(clock.span), law.id) if clock.span else ""
            label = t(clock.label, f"{law.id}.{clock.id}")
            yield _("开始计算%(label)s（%(term)s）", label=label, term=term) if term else _("开始计算%(label)s", label=label)


def _told(law: Law, act: Act) -> Iterator[str]:
    if who := [t(role.label, f"{law.id}.{role.id}") for role in several(act.tells) if hasattr(role, "label")]:
        yield _("通知%(who)s", who=_("、").join(who))


def shut(law: Law, offers: Iterable[Offer]) -> tuple[Shut, ...]:
    """Mine, but not yet: with every reason and the first permitted day."""
    return tuple(
        Shut(offer.act.id, offer.act.label, tuple(sentence(refusal, f"{law.id}.{offer.act.id}") for refusal in offer.refusals), offer.from_day)
        for offer in offers
        if offer.mine and not offer.open
    )  # fmt: skip


def of_others(law: Law, offers: Iterable[Offer]) -> tuple[Shut, ...]:
    return tuple(Shut(offer.act.id, offer.act.label, by=hands(law, offer.act)) for offer in offers if not offer.mine)


def way(law: Law, snapshot: CaseSnapshot, visited: Iterable[str], offers: Iterable[Offer]) -> Map:
    """States in the order they were first entered, the present one left out, and where one act may lead."""
    been = [state for state in dict.fromkeys(visited) if state in law.states and state != snapshot.state]
    ahead: dict[str, str] = {}
    for offer in sorted(offers, key=lambda offer: weight(law, snapshot, offer.act)):
        for target in elsewhere(law, snapshot, offer.act):
            ahead.setdefault(target, offer.act.label)
    return Map(
        tuple(Place(state, law.states[state].label) for state in been),
        Place(snapshot.state, law.states[snapshot.state].label),
        tuple(Place(state, law.states[state].label, act) for state, act in list(ahead.items())[:AHEAD]),
    )

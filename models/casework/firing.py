"""What is due is claimed by case, never by clock: two clocks of one case are climbed in order by one hand.

A claim skips what another worker has locked; it stays due and is found the next time. Claim, decision and effect are
one transaction, so that whoever is killed in between has done nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from sqlalchemy import Row, TextClause, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from models.casework import series
from models.casework.change import Change
from models.casework.climbing import Beyond, climbed, follow, open_from
from models.casework.faults import CLOCKS_AGAIN, IMPULSE_AGAIN, due, note
from models.casework.statements import Rows, write
from models.db import passes, retried, transaction
from models.organisation import organisation
from models.outside import Outside
from models.snapshots import Stood, linked_rows, lock_case, named, rows_of, stood_by_number
from models.snapshots import stood as stood_of

T = TypeVar("T")
Factory = Callable[[], Session]
Poisoned = list[tuple[int, Exception]]

BATCH = 100  # cases a transaction: whoever acts on one of them waits for all of them, and each batch has its own cost
CLOCK_DUE = "k.next_at <= linban_now() AND " + due("k")
IMPULSE_DUE = "i.done_at IS NULL AND " + due("i")
ANYTHING = text(
    f"SELECT EXISTS (SELECT FROM clocks k WHERE {CLOCK_DUE}) OR EXISTS (SELECT FROM impulses i WHERE {IMPULSE_DUE})"
)
CLAIM = text(f"""
SELECT c.id FROM clocks k JOIN cases c ON c.id = k.case_id
WHERE {CLOCK_DUE} ORDER BY k.next_at LIMIT :limit FOR UPDATE OF c SKIP LOCKED
""")
IMPULSE = """
SELECT i.id, i.case_id, i.kind, i.trigger, i.on_day, i.body, i.created_at, c.unit_id
FROM impulses i JOIN cases c ON c.id = i.case_id
"""
# A case that is to open changes nothing on the one that asked for it, so that many may be opened side by side.
CLAIM_OPENING = text(
    f"{IMPULSE} WHERE {IMPULSE_DUE} AND i.kind = 'open' ORDER BY i.id LIMIT 1 FOR UPDATE OF i SKIP LOCKED"
)
CLAIM_IMPULSE = text(
    f"{IMPULSE} WHERE {IMPULSE_DUE} AND i.kind <> 'open' ORDER BY i.id LIMIT 1 FOR UPDATE OF c, i SKIP LOCKED"
)
IMPULSES_OF = text(f"{IMPULSE} WHERE {IMPULSE_DUE} AND i.case_id = :case_id ORDER BY i.id LIMIT 1 FOR UPDATE OF c, i")
IMPULSE_DONE = text("""
UPDATE impulses SET done_at = linban_now(), outcome = :outcome, last_error = '',
    opened_id = (SELECT id FROM cases WHERE no = :opened)
WHERE id = :id
""")


def anything_due(session: Session) -> bool:
    return bool(session.scalar(ANYTHING)) or series.anything_due(session)


def fire_due(factory: Factory, limit: int = BATCH, rungs: int | None = None) -> int:
    """Does at most so many single things, or climbs what is due in at most so many cases; 0 when nothing was claimable.

    What follows from an act comes before the next thing the clock does. Clocks are done a batch a transaction, an
    impulse in one of its own; `rungs` is how many of one case are climbed at a time, all of them where it is not said.
    """
    found, claimed = retried(lambda: in_transaction(factory, lambda session: first_thing(session, limit, rungs)))
    while 0 < found < limit and retried(lambda: in_transaction(factory, one_thing)):
        found += 1
    return found or claimed


def first_thing(session: Session, limit: int, rungs: int | None) -> tuple[int, int]:
    """One thing, or where there is none a batch of cases: how many of each."""
    if one_thing(session):
        return 1, 0
    return 0, climb_due(session, limit, rungs)


def one_thing(session: Session) -> bool:
    """A case to open, else an act that follows from another, else what the calendar opens."""
    if next_opening(session) or next_impulse(session):
        return True
    series.plan(session)
    return series.next_of_series(session)


def in_transaction(factory: Factory, work: Callable[[Session], T]) -> T:
    with transaction(factory) as session:
        return work(session)


def fire(session: Session, case_id: int) -> int:
    """Everything due in one case, which is waited for; returns how many rungs and impulses that were."""
    stood = lock_case(session, id_=case_id)
    change = climbed_with_links(session, [stood])[case_id](stood) if is_due(stood) else None
    if change:
        write(session, [change.rows()])
    done = len(change.decisions) if change else 0
    while impulse := session.execute(IMPULSES_OF, {"case_id": case_id}).one_or_none():
        finish(session, impulse)
        done += 1
    return done


def is_due(stood: Stood) -> bool:
    return any(clock.next_at and clock.next_at <= stood.now for clock in stood.snapshot.clocks)


# Clocks


def climb_due(session: Session, limit: int, rungs: int | None = None) -> int:
    """How many cases were claimed, the poisoned ones among them: they are noted, and held against nobody else."""
    ids = list(dict.fromkeys(session.execute(CLAIM, {"limit": limit}).scalars()))
    if not ids:
        return 0
    stoods, poisoned = read_each(session, ids)
    climbers = climbed_with_links(session, stoods, rungs)
    rows: dict[int, Rows] = {}
    for stood in stoods:
        try:
            rows[stood.id] = climbers[stood.id](stood).rows()
            if rows[stood.id].get("entries"):  # the next case may ask for them
                poisoned += write_each(session, {stood.id: rows.pop(stood.id)})
        except Exception as error:  # one case's fault, whatever it is, is noted on that case
            poisoned.append((stood.id, error))
    for id_, fault in poisoned + write_each(session, rows):
        note(session, CLOCKS_AGAIN, fault, id=id_)
    return len(ids)


def read_each(session: Session, ids: list[int]) -> tuple[list[Stood], Poisoned]:
    """Cases already locked, read after the lock was taken, and those that cannot be read any more."""
    stoods: list[Stood] = []
    poisoned: Poisoned = []
    for row in rows_of(session, ids):
        try:
            stoods.append(stood_of(row))
        except Exception as error:
            poisoned.append((row.id, error))
    return stoods, poisoned


def climbed_with_links(
    session: Session, stoods: Sequence[Stood], rungs: int | None = None
) -> dict[int, Callable[[Stood], Change]]:
    """The world is read once for all of them."""
    names = {stood.id: named(stood.procedure, stood.snapshot.data) for stood in stoods}
    found = linked_rows(session, {no for nos in names.values() for no in nos})
    known = organisation(session, stoods[0].stamps) if stoods else None

    def climb_one(stood: Stood) -> Change:
        assert known is not None, "read with the first of them"
        beyond = Beyond(stood_by_number(found, names[stood.id]), Outside(session, writing=True))
        return climbed(stood, known, beyond, rungs)

    return dict.fromkeys(names, climb_one)


def write_each(session: Session, rows: dict[int, Rows]) -> Poisoned:
    """All in one statement; where the database refuses that, one by one, to find whose fault it is."""
    try:
        with session.begin_nested():
            write(session, rows.values())
        return []
    except DBAPIError as error:
        if passes(error):
            raise
    poisoned: Poisoned = []
    for id_, own in rows.items():
        try:
            with session.begin_nested():
                write(session, [own])
        except DBAPIError as error:
            if passes(error):
                raise
            poisoned.append((id_, error))
    return poisoned


# Impulses


def next_opening(session: Session) -> bool:
    return next_impulse(session, CLAIM_OPENING)


def next_impulse(session: Session, claim: TextClause = CLAIM_IMPULSE) -> bool:
    impulse = session.execute(claim).one_or_none()
    if impulse is None:
        return False
    try:
        with session.begin_nested():
            finish(session, impulse)
    except Exception as error:
        if isinstance(error, DBAPIError) and passes(error):
            raise
        note(session, IMPULSE_AGAIN, error, id=impulse.id)
    return True


def finish(session: Session, impulse: Row[Any]) -> None:
    opened = open_from(session, impulse) if impulse.kind == "open" else ""
    outcome = "done" if opened else follow(session, impulse)
    session.execute(IMPULSE_DONE, {"id": impulse.id, "outcome": outcome, "opened": opened})

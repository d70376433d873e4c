"""What is due is claimed by case, never by clock: two clocks of one case are climbed in order by one hand.

A claim skips what another worker has locked; it stays due and is found the next time. Claim, decision and effect are
one transaction, so that whoever is killed in between has done nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from traceback import extract_tb
from typing import Any, TypeVar

from sqlalchemy import Row, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from models.casework.change import Change
from models.casework.climbing import Beyond, climbed, follow, open_from
from models.casework.statements import Rows, write
from models.db import passes, retried, transaction
from models.organisation import organisation
from models.outside import Outside
from models.snapshots import Stood, linked_rows, lock_case, named, rows_of, stood_by_number
from models.snapshots import stood as stood_of

log = logging.getLogger(__name__)
T = TypeVar("T")
Factory = Callable[[], Session]
Poisoned = list[tuple[int, Exception]]

DUE = "{0}.dead_at IS NULL AND ({0}.not_before IS NULL OR {0}.not_before <= linban_now())"
CLOCK_DUE = "k.next_at <= linban_now() AND " + DUE.format("k")
IMPULSE_DUE = "i.done_at IS NULL AND " + DUE.format("i")
ANYTHING = text(
    f"SELECT EXISTS (SELECT FROM clocks k WHERE {CLOCK_DUE}) OR EXISTS (SELECT FROM impulses i WHERE {IMPULSE_DUE})"
)
CLAIM = text(f"""
SELECT c.id FROM clocks k JOIN cases c ON c.id = k.case_id
WHERE {CLOCK_DUE} ORDER BY k.next_at LIMIT :limit FOR UPDATE OF c SKIP LOCKED
""")
IMPULSE = """
SELECT i.id, i.case_id, i.kind, i.trigger, i.on_day, i.body, i.created_at
FROM impulses i JOIN cases c ON c.id = i.case_id
"""
CLAIM_IMPULSE = text(f"{IMPULSE} WHERE {IMPULSE_DUE} ORDER BY i.id LIMIT 1 FOR UPDATE OF c, i SKIP LOCKED")
IMPULSES_OF = text(f"{IMPULSE} WHERE {IMPULSE_DUE} AND i.case_id = :case_id ORDER BY i.id LIMIT 1 FOR UPDATE OF c, i")
AGAIN_LATER = """
    attempts = attempts + 1, last_error = :error,
    not_before = linban_now() + make_interval(secs => least(power(2, attempts + 1), 3600)),
    dead_at = CASE WHEN attempts + 1 >= 10 THEN linban_now() END
"""
CLOCKS_AGAIN = text(
    f"UPDATE clocks SET {AGAIN_LATER} WHERE case_id = :id AND next_at <= linban_now() AND dead_at IS NULL"
)
IMPULSE_AGAIN = text(f"UPDATE impulses SET {AGAIN_LATER} WHERE id = :id")
IMPULSE_DONE = text("""
UPDATE impulses SET done_at = linban_now(), outcome = :outcome, opened_id = :opened, last_error = '' WHERE id = :id
""")


def anything_due(session: Session) -> bool:
    return bool(session.scalar(ANYTHING))


def fire_due(factory: Factory, limit: int = 200, rungs: int | None = None) -> int:
    """Does at most so many impulses, or climbs what is due in at most so many cases; 0 when nothing was claimable.

    What follows from an act comes before the next thing the clock does. Clocks are done a batch a transaction, an
    impulse in one of its own; `rungs` is how many of one case are climbed at a time, all of them where it is not said.
    """
    found = 0
    while found < limit and retried(lambda: in_transaction(factory, next_impulse)):
        found += 1
    return found or retried(lambda: in_transaction(factory, lambda session: climb_due(session, limit, rungs)))


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
        note(session, CLOCKS_AGAIN, id_, fault)
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


def next_impulse(session: Session) -> bool:
    impulse = session.execute(CLAIM_IMPULSE).one_or_none()
    if impulse is None:
        return False
    try:
        with session.begin_nested():
            finish(session, impulse)
    except Exception as error:
        if isinstance(error, DBAPIError) and passes(error):
            raise
        note(session, IMPULSE_AGAIN, impulse.id, error)
    return True


def finish(session: Session, impulse: Row[Any]) -> None:
    opened = open_from(session, impulse) if impulse.kind == "open" else None
    outcome = "done" if opened else follow(session, impulse)
    session.execute(IMPULSE_DONE, {"id": impulse.id, "outcome": outcome, "opened": opened})


# Faults


def fault_in_short(error: Exception) -> str:
    """Kind and place of the fault only: its words may quote what a resident has written."""
    frames = extract_tb(error.__traceback__)
    place = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return " ".join(filter(None, (type(error).__name__, getattr(getattr(error, "orig", None), "sqlstate", ""), place)))


def note(session: Session, statement: Any, id_: int, error: Exception) -> None:
    told = fault_in_short(error)
    noted: Any = session.execute(statement, {"id": id_, "error": told})
    if noted.rowcount:  # otherwise another worker did it between the claim and the lock
        log.error("could not be done, will be tried again: %s %s", id_, told)

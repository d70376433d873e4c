"""Does what is due: claims cases, climbs their ladders, follows their impulses."""

from __future__ import annotations

import time

from jobs import store
from models import casework

LONGEST = 10.0  # seconds; the next ticket goes on


def drain(batch: int = casework.BATCH, rungs: int | None = None, rounds: int | None = None) -> int:
    """Until nothing is claimable or ten seconds are over; gives how many cases were claimed.

    A rehearsal goes rung by rung: at most so many of a case, and so many rounds.
    """
    done, end = 0, time.monotonic() + LONGEST
    while time.monotonic() < end and rounds != 0:
        claimed = casework.fire_due(store.sessions(), batch, rungs)
        rounds = None if rounds is None else rounds - 1
        if not claimed:
            break
        done += claimed
    return done

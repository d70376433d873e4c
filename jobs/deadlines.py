"""Does what is due: claims cases, climbs their ladders, follows their impulses."""

from __future__ import annotations

import time

from jobs import store
from models import casework

BATCH = 200  # cases a transaction
LONGEST = 10.0  # seconds; the next ticket goes on


def drain() -> int:
    """Until nothing is claimable or ten seconds are over; gives how many cases were claimed."""
    done, end = 0, time.monotonic() + LONGEST
    while time.monotonic() < end:
        claimed = casework.fire_due(store.sessions(), BATCH)
        if not claimed:
            break
        done += claimed
    return done

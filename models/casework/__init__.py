"""The one road: nothing else changes a case. Every change is lock, read, decide, write, in one transaction."""

from models.casework.acting import act
from models.casework.answers import Acted, Opened
from models.casework.firing import anything_due, fire, fire_due
from models.casework.migrating import Led, migrate, undo
from models.casework.opening import open_case
from models.casework.recounting import recount

__all__ = [
    "Acted", "Led", "Opened", "act", "anything_due", "fire", "fire_due", "migrate", "open_case", "recount", "undo",
]  # fmt: skip

"""The one road: nothing else changes a case. Every change is lock, read, decide, write, in one transaction."""

from models.casework.acting import act, preview
from models.casework.answers import Acted, Given, Opened, Reissued
from models.casework.firing import BATCH, anything_due, fire, fire_due
from models.casework.migrating import Handled, migrate, undo
from models.casework.opening import open_case
from models.casework.recounting import recount
from models.casework.reissuing import reissue
from models.casework.series import plan as plan_series

__all__ = [
    "BATCH", "Acted", "Given", "Handled", "Opened", "Reissued", "act", "anything_due", "fire", "fire_due", "migrate",
    "open_case", "plan_series", "preview", "recount", "reissue", "undo",
]  # fmt: skip

"""All tables, so that importing this package fills `Base.metadata`."""

from models.tables.accounts import Account
from models.tables.calendar_days import CalendarDay
from models.tables.cases import Case, CaseKey
from models.tables.clock_offset import ClockOffset
from models.tables.clocks import Clock, Rung
from models.tables.counters import Counter
from models.tables.definitions import Definition
from models.tables.documents import Document
from models.tables.drafts import Draft
from models.tables.entries import Entry
from models.tables.events import Event, EventValues
from models.tables.files import File
from models.tables.impulses import Impulse
from models.tables.keys import IdempotencyKey
from models.tables.links import Link
from models.tables.notices import Notice
from models.tables.people import Person
from models.tables.polls import PollCode, PollCount
from models.tables.posts import Post
from models.tables.revisions import Revision
from models.tables.series import Series
from models.tables.sessions import Try, WebSession
from models.tables.settings import Setting
from models.tables.tokens import ApiToken, ApiWrites
from models.tables.tracking_codes import TrackingCode
from models.tables.units import Unit

__all__ = [
    "Account", "ApiToken", "ApiWrites", "CalendarDay", "Case", "CaseKey", "Clock", "ClockOffset", "Counter",
    "Definition", "Document", "Draft", "Entry", "Event", "EventValues", "File", "IdempotencyKey", "Impulse", "Link",
    "Notice", "Person", "PollCode", "PollCount", "Post", "Revision", "Rung", "Series", "Setting", "TrackingCode", "Try",
    "Unit", "WebSession",
]  # fmt: skip

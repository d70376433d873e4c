"""The day it is and the calendar of days, asked once a request."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from flask import current_app, g

from workflow.calendar import Calendar
from workflow.calendar import today as day_of

Source = Callable[[], Calendar]
Clock = Callable[[], datetime]


def now() -> datetime:
    """The moment of this request by the record's clock; the same however often it is asked."""
    if "moment" not in g:
        clock: Clock = current_app.extensions["linban.clock"]
        g.moment = clock()
    moment: datetime = g.moment
    return moment


def today() -> date:
    return day_of(now())


def calendar() -> Calendar:
    if "calendar" not in g:
        source: Source = current_app.extensions["linban.calendar"]
        g.calendar = source()
    days: Calendar = g.calendar
    return days

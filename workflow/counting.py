"""What a pause and an extension do to a due day; the same for every kind of clock."""

from __future__ import annotations

from datetime import date

from workflow.calendar import ONE_DAY, Calendar, Due
from workflow.terms import Span


def after_pause(
    calendar: Calendar,
    due_on: date,
    paused_on: date,
    resumed_on: date,
    *,
    working: bool,
    whole_days: bool,
    started_on: date | None = None,
) -> Due:
    """What was left when the pause began, counted again from the day it ends.

    The day the pause begins is used up, the first day after its end counts; with `whole_days` the day it begins does
    not count either, unless it is the day the term started, which never counted. A term that had run out before the
    pause stays run out; one that has not started yet loses nothing before its start.
    """
    if due_on < paused_on:
        return Due(due_on)
    used_up = paused_on - ONE_DAY if whole_days else paused_on
    used_up = max(used_up, started_on or used_up)
    again = max(resumed_on, started_on or resumed_on)
    return calendar.add(again, calendar.left(used_up, due_on, working=working))


def extended(calendar: Calendar, due_on: date, span: Span) -> Due:
    """Counted from the present due day, not from the day the extension was granted."""
    return calendar.add(due_on, span)

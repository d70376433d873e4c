"""The month: what is worked, what is not, and what falls due."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from flask import Blueprint, Response, abort, make_response, request
from flask_login import current_user

from models.almanac import UnreadableNotice
from web import arranging, days, listing
from web.identity import calendar_keepers_only, staff_only
from web.rendering import page
from web.views.month import Month, Square

pages = Blueprint("calendar", __name__)


@pages.get("/calendar")
@staff_only
def show() -> str:
    first = asked() if "month" in request.args else days.today().replace(day=1)
    last = first.replace(day=monthrange(first.year, first.month)[1])
    due = listing.due_between(current_user.actor, first, last)
    return page("calendar.html", month=month(first, last, due))


@pages.get("/calendar/notice")
@calendar_keepers_only
def notice() -> str:
    return page("notice.html", form=arranging.form())


@pages.post("/calendar/notice/preview")
@calendar_keepers_only
def preview() -> Response:
    """Writes nothing; a notice that cannot be read comes back with what is wrong in it."""
    return told("notice_preview.html", load=False)


@pages.post("/calendar/notice")
@calendar_keepers_only
def load() -> Response:
    return told("notice_loaded.html", load=True)


def told(template: str, *, load: bool) -> Response:
    text = ""
    try:
        text = arranging.sent()
        found = arranging.arranged(text, current_user.actor, load=load)
    except UnreadableNotice as error:
        return make_response(page("notice.html", form=arranging.form(text, error.problems)), 422)
    return make_response(page(template, found=found))


def asked() -> date:
    """The first of the month asked for; what is no month of these two centuries is refused."""
    try:
        first = date.fromisoformat(f"{request.args['month']}-01")
    except ValueError:
        abort(422)
    return first if 2010 <= first.year <= 2100 else abort(422)


def month(first: date, last: date, due: dict[date, int]) -> Month:
    monday = first - timedelta(days=first.weekday())
    weeks = ((last - monday).days // 7) + 1
    return Month(first, days.today(), tuple(week(monday + timedelta(weeks=n), first, due) for n in range(weeks)))


def week(monday: date, first: date, due: dict[date, int]) -> tuple[Square, ...]:
    return tuple(square(monday + timedelta(days=n), first, due) for n in range(7))


def square(on: date, first: date, due: dict[date, int]) -> Square:
    day = days.calendar().day(on)
    return Square(on, day.kind, day.name, day.confirmed, due.get(on, 0), on.month == first.month)

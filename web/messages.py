"""The inbox of one person: what the ladder has told him, and what he has acknowledged."""

from __future__ import annotations

from models.casework.notices import NOBODY
from models.db import db
from models.reading import inbox as reading
from models.reading.inbox import Message
from models.snapshots import NOT_FOUND
from web import days
from web.languages import gettext as _
from web.languages import t
from web.rendering import day_plain
from web.views.due import Due
from web.views.inbox import Inbox, Notice
from workflow.calendar import today
from workflow.refusals import Refused
from workflow.registry import definition
from workflow.words.procedure import Procedure

MOST = 100
KINDS = {"warn": "remind", "overdue": "overdue", "after": "escalate"}


def inbox(person: str, *, everything: bool, unread: int) -> Inbox:
    found = reading.inbox(db.session(), person, all=everything, limit=MOST)
    return Inbox(tuple(map(notice, found)), unread, everything, 0 if everything else max(unread - len(found), 0))


def notice(message: Message) -> Notice:
    law = definition(message.procedure, message.definition)
    role = law.roles.get(message.role)
    return Notice(
        str(message.id), message.case_no, message.case_title, title(law, message), message.created_at,
        KINDS.get(message.what, "act"), due(message), message.acknowledged_at,  # type: ignore[arg-type]
        t(role.label, f"{law.id}.{role.id}") if role else "",
    )  # fmt: skip


def title(law: type[Procedure], message: Message) -> str:
    """As it was sent; of a term, told anew in the reader's language from what it is about."""
    clock = law.clock_coded(message.clock)
    if clock is None or message.due_at is None or message.title.startswith(NOBODY):
        return t(message.title, law.id)
    values = {"clock": t(clock.label, f"{law.id}.{clock.id}"), "due": day_plain(today(message.due_at))}
    told = {
        "warn": _("%(clock)s将于%(due)s到期", **values),
        "overdue": _("%(clock)s已逾期（%(due)s到期）", **values),
        "after": _("%(clock)s逾期未办结（%(due)s到期）", **values),
    }
    return told.get(message.what) or t(message.title, law.id)


def due(message: Message) -> Due | None:
    """The term it is about, as it stands today; nothing where it is about no term, or has been taken note of."""
    if message.due_at is None or message.acknowledged_at:
        return None
    on, now, calendar = today(message.due_at), days.today(), days.calendar()
    if on >= now:
        return Due("", on, calendar.left(now, on, working=True).count)
    return Due("", on, -max(calendar.left(on, now, working=True).count, 1), standing="overdue")


def acknowledge(person: str, id_: int) -> Notice:
    """Says who knew, and when; once. Raises Refused with NotFound for what is not his."""
    reading.acknowledge(db.session(), person, id_)
    mine = reading.inbox(db.session(), person, all=True, before=id_ + 1, limit=1)
    if not mine or mine[0].id != id_:
        raise Refused(NOT_FOUND)
    return notice(mine[0])

"""A notice of holidays at the counter: read from the form, previewed or loaded, and told to whoever may see what."""

from __future__ import annotations

from collections.abc import Iterable

from flask import request, url_for
from sqlalchemy import select

from models import holidays
from models.almanac import read_notice, text_of
from models.db import db
from models.holidays import Line, Preview
from models.reading.visible import visible_beneath
from models.tables import Case
from web.languages import gettext as _
from web.languages import said, t
from web.transaction import ring_afterwards
from web.views.form import Form
from web.views.form import Line as Question
from web.views.notice import Arranged, Moved
from workflow.registry import definition
from workflow.snapshot import Actor

LARGEST = 1 << 18
LOOKED_UP, SHOWN, PROBLEMS = 1_000, 100, 20


def form(text: str = "", problems: Iterable[str] = ()) -> Form:
    hint = _("每行一天：日期，休或班，节日名称。例如：2027-01-01,休,元旦")
    lines = (
        Question("notice", _("放假安排"), "area", text, hint=hint, required=False, at_most=20_000),
        Question("file", _("或者上传CSV文件"), "file", required=False),
    )
    troubles = tuple(said(each) for each in problems)
    return Form(url_for("calendar.preview"), _("载入放假通知"), lines, _("先看影响"), troubles=troubles[:PROBLEMS])


def sent() -> str:
    """What was typed, or the file where one was sent; raises UnreadableNotice."""
    file = request.files.get("file")
    if file and file.filename:
        return text_of(file.stream.read(LARGEST))
    return request.form.get("notice", "")


def arranged(text: str, actor: Actor, *, load: bool) -> Arranged:
    """Raises UnreadableNotice. Numbers count every term, the list names only cases that the actor may see."""
    told = read_notice(text)
    if load:
        ring_afterwards()
        found = holidays.apply(db.session(), told, actor=actor)
    else:
        found = holidays.preview(db.session(), told)
    return shown(found, text, actor)


def shown(found: Preview, text: str, actor: Actor) -> Arranged:
    lines = [line for line in found.lines if line.by_days or line.is_kept]
    moved = listed(lines[:LOOKED_UP], actor)[:SHOWN]
    kinds = [day.kind for day in found.notice.values()]
    return Arranged(
        year=found.year, text=text, rests=kinds.count("rest"), make_ups=kinds.count("make_up"),
        later=len(found.later), earlier=len(found.earlier), kept=len(found.kept), confirmed=len(found.confirmed),
        is_new=bool(found.changed), forgotten=tuple(t(name, "calendar") for name in found.forgotten),
        moved=tuple(moved), unlisted=len(lines) - len(moved),
    )  # fmt: skip


def listed(lines: list[Line], actor: Actor) -> list[Moved]:
    mine = visible_beneath(db.session(), actor), Case.id.in_({line.case_id for line in lines})
    titles = {row.id: row.title for row in db.session.execute(select(Case.id, Case.title).where(*mine))}
    return [moved(line, titles[line.case_id]) for line in lines if line.case_id in titles]


def moved(line: Line, title: str) -> Moved:
    clock = definition(line.procedure, line.definition).clock(line.clock, line.text)
    label = t(clock.label, f"{line.procedure}.{clock.id}")
    return Moved(line.no, title, label, line.from_day, line.to_day, line.by_days, line.is_kept)

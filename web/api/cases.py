"""Cases to look at: a list, one of them, what may be done on it, what happened to it, its papers and its terms."""

from __future__ import annotations

from typing import Any

from flask import url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from models.db import db
from models.organisation import organisation
from models.reading import register
from models.reading.register import Wanted
from models.reading.timeline import versions_of
from models.tables import Case, Document, Event
from web import days
from web.api import answers, bearer, cursor, taking, telling
from web.api.bilingual import in_english
from web.api.routes import NAME, TAG, api
from web.api.seeing import Seen, seen
from web.problems import Problem, fault
from web.showing.case import law_of
from web.showing.facts import Reader
from workflow.receipts import Receipt, receipt
from workflow.registry import PROCEDURES, definition, definitions
from workflow.sentences import Sentence
from workflow.snapshot import RunningClock

LAWS = {law.id: law.label for law in PROCEDURES.values()}
STATES = {state.id: state.label for law in definitions().values() for state in law.states.values()}


@api.get("/cases")
@api.arguments(taking.filters(LAWS, STATES), location="query")
@api.response(200, answers.CaseList)
def cases(asked: dict[str, Any]) -> Any:
    """看得到的案件，逐页 / The cases you may see, page by page"""
    session, now = db.session(), days.now()
    wanted = Wanted(
        **{**asked, "limit": asked.get("limit", taking.USUAL), "after": cursor.read(asked.get("after", ""))}
    )
    rows = register.cases(session, bearer.actor(), wanted)
    known = organisation(session)
    shown = [telling.row(case, known, now) for case, _key in rows[: wanted.limit]]
    return {"cases": shown, "next": onward(asked, rows, wanted.limit)}


def onward(asked: dict[str, Any], rows: list[tuple[Case, str]], limit: int) -> str | None:
    if len(rows) <= limit:
        return None
    last, key = rows[limit - 1]
    return url_for("api.cases", **{**asked, "after": cursor.written(key, last.id)})


@api.route("/cases/<name>", parameters=[NAME])
@api.response(200, answers.Case, headers={"ETag": TAG})
def case(name: str) -> ResponseReturnValue:
    """一件案件 / One case"""
    found, no = seen(name), name
    row = found.session.get_one(Case, found.stood.id)
    told = telling.row(row, found.known, days.now())
    papers = [telling.paper(each, no, found.law) for each in documents(found)]
    told |= {"facts": telling.facts(found), "bars": telling.bars(found)}
    told |= {"clocks": telling.clocks(found.law, no, clocks(found))}
    return {**told, "documents": papers}, {"ETag": f'"{found.stood.version}"'}


@api.get("/cases/<no>/acts")
@api.response(200, answers.Offers, headers={"ETag": TAG})
def acts(no: str) -> ResponseReturnValue:
    """能办的、暂不能办的及理由、他人办的 / What is open to you, what is not and why, and what is others'"""
    found = seen(no)
    signing = found.snapshot.signing
    hands = {trigger: len(half.hands) for trigger, half in signing.items()}
    offers = [telling.offer(found.law, no, hands.get(each.act.id, 0), each) for each in found.offers()]
    told = {"number": no, "version": found.stood.version, "state": telling.state(found.law, found.snapshot.state)}
    return {**told, "acts": offers}, {"ETag": f'"{found.stood.version}"'}


@api.get("/cases/<no>/events")
@api.response(200, answers.Events)
def events(no: str) -> ResponseReturnValue:
    """经过，由早到晚 / What happened, the oldest first"""
    found = seen(no)
    rows = list(found.session.scalars(select(Event).where(Event.case_id == found.stood.id).order_by(Event.seq)))
    versions = versions_of([each.rung for each in rows], found.snapshot.definition)
    laws = [definition(found.law.id, version) for version in versions]
    told = [telling.event(law, found.known, each) for law, each in zip(laws, rows, strict=True)]
    return {"number": no, "events": told}


# Papers


@api.get("/cases/<no>/documents/<int:id>")
@api.response(200, answers.Document)
def document(no: str, id: int) -> ResponseReturnValue:
    """一份文书 / One document"""
    found = seen(no)
    paper = next((each for each in documents(found) if each.id == id), None)
    if paper is None:
        raise Problem(fault("not-found"))
    told = telling.paper(paper, no, found.law)
    return {**told, "to": telling.roles(found.law, paper.to_roles), "text": paper.text}


def documents(found: Seen) -> list[Document]:
    """Without those that tell what whoever asks may not read."""
    wanted = select(Document).where(Document.case_id == found.stood.id).order_by(Document.seq, Document.id)
    reader = Reader(inside=telling.is_inside(found), role=found.actor.role)
    return [each for each in found.session.scalars(wanted) if reader.may_read_paper(found.law, each.document)]


# Terms


@api.get("/cases/<no>/clocks/<code>/receipt")
@api.response(200, answers.Receipt)
def reckoning(no: str, code: str) -> ResponseReturnValue:
    """期限怎样算出来的，逐日 / How a due day came about, day by day"""
    found = seen(no)
    row = latest(found, code)
    word = law_of(found.law, row).clock(row.id, row.text)
    shown = receipt(type(word).__name__, row, found.known.calendar)
    told = {name: getattr(shown, name) for name in ("due_on", "provisional", "total")}
    return {"number": no, "clock": telling.clock(found.law, no, row), **told, **explained(shown)}


def clocks(found: Seen) -> tuple[RunningClock, ...]:
    """Those of an earlier version too."""
    return (*found.snapshot.clocks, *found.snapshot.put_away)


def latest(found: Seen, code: str) -> RunningClock:
    """The one that runs, else the last that ran."""
    rows = [row for row in clocks(found) if row.code == code]
    if not rows:
        raise Problem(fault("not-found"))
    return max(rows, key=lambda row: (row.is_live, row.generation, row.number))


def explained(shown: Receipt) -> dict[str, Any]:
    rows = [{**vars(row), "why": words(row.why)} for row in shown.rows]
    return {"rows": rows, "sentences": [words(each) for each in shown.sentences]}


def words(told: Sentence) -> dict[str, str]:
    return {"zh": str(told), "en": in_english(told)}

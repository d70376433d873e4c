"""What a program is answered: the schemas that put it into JSON and into the document.

Each is written as its members in order: `name` for a text, `name:kind` for anything else, `?` where it may be null,
`*` for a list; a kind is one of `KINDS`, a schema above, or the texts it may be, as in `done|signed`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from marshmallow import Schema, fields

from workflow.calendar import SHANGHAI

MEMBER = re.compile(r"(\w+)(?::([\w|]+))?([?*]?)")


class Moment(fields.DateTime):
    """In the offset of Shanghai, always written out."""

    def _serialize(self, value: datetime | None, *rest: Any, **more: Any) -> Any:
        return super()._serialize(value.astimezone(SHANGHAI) if value else None, *rest, **more)


class Words(Schema):
    zh = fields.String()
    en = fields.String()


def described(**told: str) -> Callable[..., fields.Field[Any]]:
    return lambda **more: fields.String(metadata=told, **more)


KINDS: dict[str, Callable[..., fields.Field[Any]]] = {
    "text": fields.String,
    "count": fields.Integer,
    "number": fields.Float,
    "flag": fields.Boolean,
    "day": fields.Date,
    "moment": Moment,
    "value": fields.Raw,
    "url": described(format="uri-reference"),
    "uri": described(format="uri"),
    "component": described(description="The component that describes the form."),
    "words": lambda **more: fields.Nested(Words, **more),
}


def shape(name: str, members: str, base: type[Schema] = Schema) -> type[Schema]:
    """The schema of that name, which later ones may call by it."""
    own = {found[1]: member(found[2] or "text", found[3]) for found in MEMBER.finditer(members)}
    made: type[Schema] = type(name, (base,), {**own, "__module__": __name__})
    KINDS[name] = lambda **more: fields.Nested(made, **more)
    return made


def member(kind: str, often: str) -> fields.Field[Any]:
    if "|" in kind:
        return fields.String(metadata={"enum": kind.split("|")})
    if often == "*":
        return fields.List(KINDS[kind]())
    return KINDS[kind](allow_none=True) if often else KINDS[kind]()


Reason = shape("Reason", "code message message_en")
Office = shape("Office", "id name level")

# `person` is empty for the clock and for a resident without an account.
Someone = shape("Someone", "person name role role_label:words unit")

State = shape("State", "id label:words final:flag waiting:flag")

# `due_on` is a day of Shanghai, `due_at` the last moment of it; `provisional`: counted on unpublished days.
Clock = shape(
    "Clock",
    "id code label:words law kind status:running|paused|overdue|ended binds_office:flag started_on:day due_on:day"
    " due_at:moment provisional:flag generation:count number:count ended_on:day? receipt:url",
)

# Cases, in a list and whole; `next` is the address of the following page, null on the last one.
Row = shape(
    "Row",
    "number procedure procedure_label:words title state:State unit:Office version:count filed_at:moment due_at:moment?"
    " due_code overdue:flag paused_on:day? open:flag url:url",
)
CaseList = shape("CaseList", "cases:Row* next:url?")
Paper = shape("Paper", "id:count document label:words issued_at:moment url:url")
Document = shape("Document", "to:words* text", Paper)

# One line of the file that is filled in; `masked`: not shown whole.
Fact = shape("Fact", "field label:words kind value:value masked:flag")
# `about`: the branch that was graded poor in that year or a person who led it; until its next grade is confirmed.
Bar = shape("Bar", "about branch year:count since:day basis:words")
Case = shape("Case", "facts:Fact* bars:Bar* clocks:Clock* documents:Paper*", Row)

# What an act came to. `outcome` is `signed` while further hands are awaited: then nothing has moved yet. The tracking
# code is told on opening and nowhere else; `pin` where no telephone number serves as second factor.
Caution = shape("Caution", "code provisional_due:day clock message message_en")
# Codes of further parties, each with his id in the case; secret lines that the act shows this once.
Given = shape("Given", "party name tracking_code pin")
Acted = shape(
    "Acted",
    "number trigger outcome:done|signed state:State version:count at:moment documents:words* clocks:Clock*"
    " warnings:Caution* given:Given* revealed:Fact*",
)
Opened = shape("Opened", "tracking_code pin", Acted)

# An act of the state: open, closed with every reason and the first permitted day, or somebody else's.
Offer = shape(
    "Offer",
    "trigger label:words law open:flag mine:flag reasons:Reason* from_day:day? roles:words* schema:component url:url",
)
Offers = shape("Offers", "number version:count state:State acts:Offer*")

# `trigger` is the act, or the rung of a ladder (`warn:D6:1`) where `rung` is true.
Event = shape(
    "Event",
    "seq:count trigger label:words rung:flag outcome from_state to_state by:Someone recorded_by:Someone acted_on:day"
    " at:moment recorded_at:moment hash",
)
Events = shape("Events", "number events:Event*")

# How a due day came about: the rows add up to it, the sentences say the same.
Day = shape("Day", "on:day at:moment? counted:flag number:count? day_kind mark why:words")
Receipt = shape("Receipt", "number clock:Clock due_on:day provisional:flag total:count rows:Day* sentences:words*")

# Procedures.
Act = shape("Act", "trigger label:words law sources:text* targets:text* roles:words* opens:flag schemas:text*")
Term = shape("Term", "id code label:words kind law")
Role = shape("Role", "id label:words outside:flag")
ProcedureRow = shape("ProcedureRow", "id label:words version url:url")
ProcedureList = shape("ProcedureList", "procedures:ProcedureRow*")
Procedure = shape("Procedure", "states:State* roles:Role* acts:Act* clocks:Term*", ProcedureRow)

# `value` is a part of 1 for a share and for units, else days or a number; null where nothing was counted.
Measured = shape("Measured", "id label:words shape:share|days|number|units value:number? of:count among:count")
Measures = shape("Measures", "procedure unit from:day to:day measures:Measured*")

Me = shape("Me", "person name role role_labels:words* unit:Office? token expires_at:moment?")

# RFC 9457; what a problem says beyond these stands beside them.
Wrong = shape("Wrong", "pointer code message message_en")
Problem = shape("Problem", "type:uri title title_en status:count detail detail_en instance code errors:Wrong* trace_id")

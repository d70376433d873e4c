"""What a program is answered: the schemas that put it into JSON and into the document."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from marshmallow import Schema, fields

from workflow.calendar import SHANGHAI


class Moment(fields.DateTime):
    """In the offset of Shanghai, always written out."""

    def _serialize(self, value: datetime | None, *rest: Any, **more: Any) -> Any:
        return super()._serialize(value.astimezone(SHANGHAI) if value else None, *rest, **more)


class Words(Schema):
    zh = fields.String()
    en = fields.String()


class Reason(Schema):
    code = fields.String()
    message = fields.String()
    message_en = fields.String()


class Office(Schema):
    id = fields.String()
    name = fields.String()
    level = fields.String()


class Someone(Schema):
    """A person in a role; `person` is empty for the clock and for a resident without an account."""

    person = fields.String()
    name = fields.String()
    role = fields.String()
    role_label = fields.Nested(Words)
    unit = fields.String()


class State(Schema):
    id = fields.String()
    label = fields.Nested(Words)
    final = fields.Boolean()
    waiting = fields.Boolean()


class Clock(Schema):
    """`due_on` is a day of Shanghai, `due_at` the last moment of it; `provisional`: counted on unpublished days."""

    id = fields.String()
    code = fields.String()
    label = fields.Nested(Words)
    law = fields.String()
    kind = fields.String()
    status = fields.String(metadata={"enum": ["running", "paused", "overdue", "ended"]})
    binds_office = fields.Boolean()
    started_on = fields.Date()
    due_on = fields.Date()
    due_at = Moment()
    provisional = fields.Boolean()
    generation = fields.Integer()
    number = fields.Integer()
    ended_on = fields.Date(allow_none=True)
    receipt = fields.String(metadata={"format": "uri-reference"})


class Row(Schema):
    """A case in a list."""

    number = fields.String()
    procedure = fields.String()
    procedure_label = fields.Nested(Words)
    title = fields.String()
    state = fields.Nested(State)
    unit = fields.Nested(Office)
    version = fields.Integer()
    filed_at = Moment()
    due_at = Moment(allow_none=True)
    due_code = fields.String()
    overdue = fields.Boolean()
    paused_on = fields.Date(allow_none=True)
    open = fields.Boolean()
    url = fields.String(metadata={"format": "uri-reference"})


class CaseList(Schema):
    """`next` is the address of the following page, null on the last one."""

    cases = fields.List(fields.Nested(Row))
    next = fields.String(allow_none=True, metadata={"format": "uri-reference"})


class Paper(Schema):
    id = fields.Integer()
    document = fields.String()
    label = fields.Nested(Words)
    issued_at = Moment()
    url = fields.String(metadata={"format": "uri-reference"})


class Document(Paper):
    to = fields.List(fields.Nested(Words))
    text = fields.String()


class Fact(Schema):
    """One line of the file that is filled in; `masked`: not shown whole."""

    field = fields.String()
    label = fields.Nested(Words)
    kind = fields.String()
    value = fields.Raw()
    masked = fields.Boolean()


class Case(Row):
    facts = fields.List(fields.Nested(Fact))
    clocks = fields.List(fields.Nested(Clock))
    documents = fields.List(fields.Nested(Paper))


class Caution(Schema):
    code = fields.String()
    provisional_due = fields.Date()
    clock = fields.String()
    message = fields.String()
    message_en = fields.String()


class Acted(Schema):
    """What an act came to. `outcome` is `signed` while further hands are awaited: then nothing has moved yet."""

    number = fields.String()
    trigger = fields.String()
    outcome = fields.String(metadata={"enum": ["done", "signed"]})
    state = fields.Nested(State)
    version = fields.Integer()
    at = Moment()
    documents = fields.List(fields.Nested(Words))
    clocks = fields.List(fields.Nested(Clock))
    warnings = fields.List(fields.Nested(Caution))


class Opened(Acted):
    """The tracking code is told here and nowhere else; `pin` where no telephone number serves as second factor."""

    tracking_code = fields.String()
    pin = fields.String()


class Offer(Schema):
    """An act of the state: open, closed with every reason and the first permitted day, or somebody else's."""

    trigger = fields.String()
    label = fields.Nested(Words)
    law = fields.String()
    open = fields.Boolean()
    mine = fields.Boolean()
    reasons = fields.List(fields.Nested(Reason))
    from_day = fields.Date(allow_none=True)
    roles = fields.List(fields.Nested(Words))
    schema = fields.String(metadata={"description": "The component that describes the form."})
    url = fields.String(metadata={"format": "uri-reference"})


class Offers(Schema):
    number = fields.String()
    version = fields.Integer()
    state = fields.Nested(State)
    acts = fields.List(fields.Nested(Offer))


class Event(Schema):
    """`trigger` is the act, or the rung of a ladder (`warn:D6:1`) where `rung` is true."""

    seq = fields.Integer()
    trigger = fields.String()
    label = fields.Nested(Words)
    rung = fields.Boolean()
    outcome = fields.String()
    from_state = fields.String()
    to_state = fields.String()
    by = fields.Nested(Someone)
    recorded_by = fields.Nested(Someone)
    acted_on = fields.Date()
    at = Moment()
    recorded_at = Moment()
    hash = fields.String()


class Events(Schema):
    number = fields.String()
    events = fields.List(fields.Nested(Event))


class Day(Schema):
    on = fields.Date()
    at = Moment(allow_none=True)
    counted = fields.Boolean()
    number = fields.Integer(allow_none=True)
    day_kind = fields.String()
    mark = fields.String()
    why = fields.Nested(Words)


class Receipt(Schema):
    """How a due day came about: the rows add up to it, the sentences say the same."""

    number = fields.String()
    clock = fields.Nested(Clock)
    due_on = fields.Date()
    provisional = fields.Boolean()
    total = fields.Integer()
    rows = fields.List(fields.Nested(Day))
    sentences = fields.List(fields.Nested(Words))


class Act(Schema):
    trigger = fields.String()
    label = fields.Nested(Words)
    law = fields.String()
    sources = fields.List(fields.String())
    targets = fields.List(fields.String())
    roles = fields.List(fields.Nested(Words))
    opens = fields.Boolean()
    schemas = fields.List(fields.String())


class Term(Schema):
    id = fields.String()
    code = fields.String()
    label = fields.Nested(Words)
    kind = fields.String()
    law = fields.String()


class Role(Schema):
    id = fields.String()
    label = fields.Nested(Words)
    outside = fields.Boolean()


class ProcedureRow(Schema):
    id = fields.String()
    label = fields.Nested(Words)
    version = fields.String()
    url = fields.String(metadata={"format": "uri-reference"})


class ProcedureList(Schema):
    procedures = fields.List(fields.Nested(ProcedureRow))


class Procedure(ProcedureRow):
    states = fields.List(fields.Nested(State))
    roles = fields.List(fields.Nested(Role))
    acts = fields.List(fields.Nested(Act))
    clocks = fields.List(fields.Nested(Term))


class Me(Schema):
    person = fields.String()
    name = fields.String()
    role = fields.String()
    role_labels = fields.List(fields.Nested(Words))
    unit = fields.Nested(Office, allow_none=True)
    token = fields.String()
    expires_at = Moment(allow_none=True)


class Wrong(Schema):
    pointer = fields.String()
    code = fields.String()
    message = fields.String()
    message_en = fields.String()


class Problem(Schema):
    """RFC 9457; what a problem says beyond these stands beside them."""

    type = fields.String(metadata={"format": "uri"})
    title = fields.String()
    title_en = fields.String()
    status = fields.Integer()
    detail = fields.String()
    detail_en = fields.String()
    instance = fields.String()
    code = fields.String()
    errors = fields.List(fields.Nested(Wrong))
    trace_id = fields.String()

"""One act as a form: what this hand is asked, what is already on file, what was sent back and refused."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import uuid4

from flask import request
from werkzeug.exceptions import UnprocessableEntity

from web import behalf, uploads
from web.forms import Asked, Pools
from web.languages import gettext as _
from web.languages import sentence, t, term
from web.sent import MORE, read
from web.showing import acts
from web.views.form import Form, Line
from workflow.field import PERSONS, Field
from workflow.forms import lines
from workflow.refusals import Refusal
from workflow.snapshot import CaseSnapshot
from workflow.words.acts import Act
from workflow.words.procedure import Procedure

ACTED_ON = "acted_on"


@dataclass(frozen=True)
class Asking:
    """`preset` are lines answered for the reader and not shown, `pools` whom and what may be chosen.

    A `public` form leaves out what would list the staff. `previewed`: its documents may be looked at before it is sent.
    `parties` are those for whom it may be entered, by id with name and role; the empty id is the reader himself.
    """

    law: type[Procedure]
    act: Act
    snapshot: CaseSnapshot
    pools: Pools = field(default_factory=Pools)
    preset: Mapping[str, Any] = field(default_factory=dict)
    dated: bool = False
    public: bool = False
    previewed: bool = False
    parties: behalf.Choices = ()

    @property
    def hand(self) -> int:
        half = self.snapshot.signing.get(self.act.id)
        return len(half.hands) if half else 0

    @property
    def fields(self) -> tuple[Field, ...]:
        asked = (line.field for line in lines(self.act, self.hand))
        shown = (each for each in asked if each.id not in self.preset)
        return tuple(without_staff(shown)) if self.public else tuple(shown)

    def on_file(self) -> dict[str, Any]:
        """Lines of the file that are known already are not asked twice."""
        own = {line.field.id for line in lines(self.act, self.hand) if not line.of_form}
        known = {
            each.id: each.to_json(self.snapshot.data[each.id])
            for each in self.fields
            if each.id in own & self.snapshot.data.keys()
        }
        return known if self.snapshot.state else {}

    def form(
        self, action: str, raw: Mapping[str, Any] | None = None, refusals: Sequence[Refusal] = (), **more: Any
    ) -> Form:
        known = self.on_file() if raw is None else raw
        asked = Asked(self.law.id, self.fields, known, refusals, self.pools, more=self.more if raw is not None else "")
        lines = (*self._whose(raw, refusals), *self._dated(asked.lines(), self._day(raw)))
        return Form(
            action, term(self.act.label, f"{self.law.id}.{self.act.id}"), lines, _("提交"),
            t(self.act.law, self.law.id), asked.troubles(), key=(request.form.get("key") or str(uuid4())),
            then=acts.consequences(self.law, self.snapshot, self.act),
            preview=self.previewed and bool(self.act.issues), **more,
        )  # fmt: skip

    def _whose(self, raw: Mapping[str, Any] | None, refusals: Sequence[Refusal]) -> tuple[Line, ...]:
        """For which of several parties a clerk enters it."""
        chosen = str(raw.get(behalf.LINE) or request.form.get(behalf.LINE, "")) if raw is not None else ""
        wrong = tuple(sentence(each, self.law.id) for each in refusals if each.field == behalf.LINE)
        return behalf.line(behalf.LINE, _("为谁办理"), self.parties, chosen, wrong)

    def _dated(self, asked: tuple[Line, ...], day: tuple[Line, ...]) -> tuple[Line, ...]:
        """Why something is entered late is asked behind its day, and not at all where no day is."""
        reason = self.law.backdating.reason
        late = tuple(line for line in asked if reason and line.id == reason.id)
        return (*(line for line in asked if line not in late), *day, *(late if day else ()))

    def _day(self, raw: Mapping[str, Any] | None) -> tuple[Line, ...]:
        """The day of the act, for who enters it later than it was done."""
        if not self.dated:
            return ()
        typed = str(raw.get(ACTED_ON) or request.form.get(ACTED_ON, "")) if raw is not None else ""
        return (
            Line(ACTED_ON, _("办理日期"), "day", typed, hint=_("今天办的不填；补记前日的事填那一天"), required=False),
        )

    def sent(self) -> dict[str, Any]:
        """What is answered for the reader wins over what was sent; answers to what is not asked are left out."""
        asked = {line.field.id for line in lines(self.act, self.hand)}
        answered = {name: value for name, value in self.preset.items() if name in asked}
        return read(request.form, self.fields) | answered

    def grown(self, sent: dict[str, Any], who: str, case_id: int | None, **more: Any) -> Form:
        """The form once more with another row in a table and all that was typed or handed in; nothing is done."""
        uploads.take(sent, self.fields, who, case_id)
        return self.form(request.path, sent, **more)

    @property
    def more(self) -> str:
        """The table that the reader wants another row of, instead of sending the form."""
        wanted = request.form.get(MORE, "")
        return wanted if wanted in {each.id for each in self.fields if each.kind == "rows"} else ""


def without_staff(asked: Iterable[Field]) -> Iterator[Field]:
    """Lines, and columns of tables, that would list the staff to anybody are left out where they may be."""
    for each in asked:
        if each.kind in PERSONS and not each.required:
            continue
        parts = tuple(without_staff(each.parts))
        yield each if parts == each.parts else replace(each, parts=parts)


def sent_day() -> date | None:
    """The day typed for the act; what is no day is refused."""
    typed = request.form.get(ACTED_ON, "").strip()
    try:
        return date.fromisoformat(typed) if typed else None
    except ValueError:
        raise UnprocessableEntity from None

"""A form that came too late: who was there before, and what is different now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from models.db import db
from models.reading.since import Since, since
from models.reading.timeline import Happened
from web.casefile import CaseFile
from web.languages import gettext as _
from web.languages import sentence, t
from web.rendering import moment
from web.showing.case import entry
from web.showing.facts import fact
from web.views.case import Fact
from web.views.meanwhile import Change, Meanwhile
from workflow.record import load_data
from workflow.refusals import Refused


def meanwhile(seen: CaseFile, trigger: str, version: int, error: Refused) -> Meanwhile | None:
    """Nothing where the refusal is about something else than the version; `seen` is the case as it stands now."""
    stale = next((refusal for refusal in error.refusals if refusal.code == "StaleCase"), None)
    if stale is None:
        return None
    missed = since(db.session(), seen.stood.id, version)
    same, open_ = missed.done(trigger), any(offer.act.id == trigger for offer in seen.offers)
    said = first(same) if same and not open_ else sentence(stale, seen.law.id)
    now = seen.snapshot.state
    was = missed.acts[0].from_state if missed.acts else now
    acts = tuple(entry(seen.law, event) for event in reversed(missed.acts))
    return Meanwhile(said, acts, state(seen, was), state(seen, now), tuple(changes(seen, missed)), open_)


def first(done: Happened) -> str:
    return _("%(by)s已于%(at)s办理此步骤。", by=done.recorder_name or _("系统"), at=moment(done.recorded_at))


def state(seen: CaseFile, name: str) -> str:
    return t(seen.law.states[name].label, f"{seen.law.id}.{name}")


def changes(seen: CaseFile, missed: Since) -> Iterator[Change]:
    """In the order of the file; nothing of what this reader may not see."""
    was, now = (load_data(seen.law, values) for values in (missed.was, missed.now))
    for name, field in seen.law.fields.items():
        before, after = shown(seen, name, was), shown(seen, name, now)
        if before or after:
            yield Change(t(field.label, f"{seen.law.id}.{name}"), before, after)


def shown(seen: CaseFile, name: str, values: Mapping[str, Any]) -> Fact | None:
    value = values.get(name)
    return fact(seen.law, seen.law.fields[name], value, seen.reader) if value else None

"""A form that came too late: who was there before, and what is different now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from models.db import db
from models.reading.since import Since, since
from models.reading.timeline import Happened
from web.casefile import CaseFile
from web.forms import typed
from web.languages import gettext as _
from web.languages import t
from web.rendering import moment
from web.showing.case import entry
from web.showing.facts import fact
from web.showing.track import label
from web.views.case import Fact
from web.views.meanwhile import Change, Meanwhile
from workflow.decision import version_before
from workflow.record import load_data
from workflow.registry import definition
from workflow.words.procedure import Procedure


def meanwhile(seen: CaseFile, trigger: str, version: int, sent: Mapping[str, Any]) -> Meanwhile:
    """`seen` is the case as it stands now, `version` an older one of it."""
    missed = since(db.session(), seen.stood.id, version)
    same, open_ = missed.done(trigger), any(offer.act.id == trigger for offer in seen.offers)
    said = first(same) if same and not open_ else last(missed)
    now, was = label(seen.law, seen.snapshot.state), label(*stood(seen, missed.acts[0]))
    acts = tuple(entry(definition(seen.law.id, event.definition), event) for event in reversed(missed.acts))
    return Meanwhile(said, acts, was, now, tuple(changes(seen, missed)), open_, kept(sent, missed))


def stood(seen: CaseFile, event: Happened) -> tuple[type[Procedure], str]:
    """Where the case stood before that event, and under which version."""
    return definition(seen.law.id, version_before(event.rung) or event.definition), event.from_state


def kept(sent: Mapping[str, Any], missed: Since) -> dict[str, Any]:
    """What was typed; a line left as it stood when the form was opened follows the file."""
    own = [name for name in missed.changed if name in sent]
    untouched = [name for name in own if typed(sent[name]) == typed(missed.was.get(name))]
    return {**sent, **{name: missed.now.get(name, "") for name in untouched}}


def first(done: Happened) -> str:
    return _("%(by)s已于%(at)s办理此步骤。", by=done.recorder_name or _("系统"), at=moment(done.recorded_at))


def last(missed: Since) -> str:
    done = missed.acts[-1]
    told = {"by": done.recorder_name or _("系统"), "at": moment(done.recorded_at)}
    return _("该事项已被%(by)s于%(at)s更新，请核对后重新提交。", **told)


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

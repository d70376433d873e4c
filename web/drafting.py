"""Half-filled forms kept on the server: saved by a button or by the page itself, offered when the form is opened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import render_template, request

from models import drafts
from models.db import db
from models.drafts import Place
from models.tables import Draft
from web import behalf, days
from web.asking import ACTED_ON, Asking
from web.views.form import Saved


@dataclass(frozen=True)
class Drawer:
    """Where one person's draft of one form lies."""

    place: Place

    @classmethod
    def of(cls, person: str, no: str, trigger: str) -> Drawer:
        return cls(Place(int(person), no, trigger))

    @property
    def found(self) -> Draft | None:
        return drafts.find(db.session(), self.place)

    def keep(self, asking: Asking, sent: Mapping[str, Any], version: int) -> Saved | None:
        """All that was typed but files, which are kept elsewhere; nothing where the draft was to be thrown away."""
        if "drop" in request.form:
            self.empty()
            return None
        lines = {each.id: sent[each.id] for each in asking.fields if each.id in sent and each.kind != "file"}
        beside = {name: request.form[name] for name in (ACTED_ON, behalf.LINE) if request.form.get(name)}
        drafts.keep(db.session(), self.place, lines | beside, version=version, now=days.now())
        return Saved(days.now(), taken_up=True)

    def empty(self) -> None:
        drafts.drop(db.session(), self.place)


def is_kept() -> bool:
    """The form was sent only to be kept, or its draft to be thrown away."""
    return "draft" in request.form or "drop" in request.form


def is_taken_up() -> bool:
    return "draft" in request.args


def offered(draft: Draft | None) -> Saved | None:
    return Saved(draft.saved_at, taken_up=is_taken_up()) if draft else None


def note(saved: Saved | None) -> str:
    """The one line that the page puts beside the buttons."""
    return render_template("saved.html", saved=saved)


def triggers(person: str, no: str) -> set[str]:
    return drafts.triggers(db.session(), int(person), no)

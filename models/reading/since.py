"""What has become of a case since the version that somebody has seen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from models.reading.timeline import Happened, timeline

FILES = text("""
SELECT e.seq, v.values -> 'file' AS file FROM events e JOIN event_values v ON v.event_id = e.id
WHERE e.case_id = :case_id ORDER BY e.seq
""")


@dataclass(frozen=True)
class Since:
    """The acts after that version, the oldest first, and the lines of the file they changed, as the record keeps them.

    `was` and `now` hold what is filled in; what has been erased from the record is in neither.
    """

    acts: tuple[Happened, ...]
    was: Mapping[str, Any]
    now: Mapping[str, Any]

    @property
    def changed(self) -> list[str]:
        return sorted({*self.was, *self.now})

    def done(self, trigger: str) -> Happened | None:
        """The same act, done by somebody else."""
        return next((event for event in self.acts if event.trigger == trigger), None)


def since(session: Session, case_id: int, version: int) -> Since:
    """Of a version that never was, all but the last act counts as seen."""
    acts = [event for event in timeline(session, case_id) if not event.is_rung]
    missed = tuple(acts[version:] if 0 <= version <= len(acts) else acts[-1:])
    return Since(missed, *changed(session, case_id, missed[0].seq)) if missed else Since((), {}, {})


def changed(session: Session, case_id: int, first: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """Lines before the event of that number, and after the last one."""
    was: dict[str, Any] = {}
    now: dict[str, Any] = {}
    for seq, file in session.execute(FILES, {"case_id": case_id}):
        (was if seq < first else now).update(file or {})
    names = [name for name in now if filled(was.get(name)) != filled(now[name])]
    return only(names, was), only(names, now)


def only(names: list[str], file: dict[str, Any]) -> dict[str, Any]:
    return {name: file[name] for name in names if filled(file.get(name)) is not None}


def filled(value: Any) -> Any:
    """Whatever way a line is empty, it is not filled in."""
    return None if value is False or value in ("", []) else value

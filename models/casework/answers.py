"""What the road answers, and the answers it keeps for whoever asks the same thing twice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from models.audit import canonical
from workflow.decision import Decision
from workflow.record import dump_clock, plain
from workflow.refusals import Refusal, Refused
from workflow.snapshot import Actor

REUSED = Refusal("KeyReused", "重复提交编号已用于另一请求。")
STORED = text("SELECT request_hash, case_id, answer FROM idempotency_keys WHERE actor = :actor AND key = :key")
RESERVE = text("""
INSERT INTO idempotency_keys (actor, key, request_hash, created_at) VALUES (:actor, :key, :hash, linban_now())
ON CONFLICT (actor, key) DO NOTHING RETURNING key
""")
FULFIL = text("""
UPDATE idempotency_keys SET case_id = :case_id, answer = CAST(:answer AS jsonb) WHERE actor = :actor AND key = :key
""")


@dataclass(frozen=True)
class Given:
    """A tracking code and whose it is; told here and nowhere else. `pin` is empty where his phone's digits serve."""

    party: str
    name: str
    code: str
    pin: str


@dataclass(frozen=True)
class Acted:
    """What an act came to; `clocks` run after it, as `dump_clock` writes them, under the version `definition`.

    `decision` is there when it has just been taken, not when the answer is `replayed`; `codes` of anonymous forms, each
    with its poll, are told this once and kept nowhere. `given` are the tracking codes that came with the act.
    """

    no: str
    trigger: str
    outcome: str
    state: str
    version: int
    seq: int
    at: datetime
    documents: tuple[str, ...] = ()
    clocks: tuple[dict[str, Any], ...] = ()
    definition: str = ""
    replayed: bool = False
    decision: Decision | None = None
    codes: tuple[tuple[str, str], ...] = ()
    given: tuple[Given, ...] = ()


@dataclass(frozen=True)
class Opened:
    """A case opened. The code is told here and nowhere else; `pin` is empty where the phone's last digits serve.

    `name` is whose code it is where there are several parties.
    """

    no: str
    tracking_code: str
    pin: str
    acted: Acted
    name: str = ""

    @property
    def decision(self) -> Decision | None:
        return self.acted.decision

    @property
    def replayed(self) -> bool:
        return self.acted.replayed


@dataclass(frozen=True)
class Reissued:
    """A new code for a case, told here and nowhere else; `pin` and `name` as in `Opened`."""

    no: str
    tracking_code: str
    pin: str
    acted: Acted
    name: str = ""


def acted(decision: Decision, version: int) -> Acted:
    return Acted(
        decision.after.id, decision.trigger, decision.outcome, decision.after.state, version, decision.after.seq,
        decision.at, tuple(paper.label for paper in decision.documents), running(decision),
        decision.after.definition, decision=decision,
    )  # fmt: skip


def running(decision: Decision) -> tuple[dict[str, Any], ...]:
    return tuple(dump_clock(clock) for clock in decision.after.clocks if clock.is_live)


def dumped(answer: Acted) -> dict[str, Any]:
    told_once = ("decision", "replayed", "codes", "given")
    kept = {name: value for name, value in vars(answer).items() if name not in told_once}
    return kept | {"at": answer.at.isoformat(), "documents": list(answer.documents), "clocks": list(answer.clocks)}


def replayed(kept: Mapping[str, Any]) -> Acted:
    lists = {name: tuple(kept[name]) for name in ("documents", "clocks")}
    return Acted(**{**kept, **lists, "at": datetime.fromisoformat(kept["at"])}, replayed=True)


@dataclass(frozen=True)
class Request:
    """Who asks for what under which key; without a key nothing is kept."""

    actor: str
    key: str
    asked: bytes

    @classmethod
    def of(cls, by: Actor, key: str, *, form: Mapping[str, Any], on: date | None, **asked: Any) -> Request:
        """The day and the form belong to the request as they were given, the version does not."""
        given = {str(name): plain(value) for name, value in form.items()}
        body = canonical({**asked, "on": on, "form": given}) if key else b""
        return cls(by.person or by.role, key, sha256(body).digest())

    def stored(self, session: Session) -> dict[str, Any] | None:
        """The answer given before, or nothing; refused where the key was another request's."""
        if not self.key:
            return None
        row = session.execute(STORED, {"actor": self.actor, "key": self.key}).one_or_none()
        if row is None:
            return None
        if row.request_hash != self.asked:
            raise Refused(REUSED)
        answer: dict[str, Any] = row.answer
        return answer

    def row(self, case_id: int, answer: dict[str, Any], at: datetime) -> list[dict[str, Any]]:
        if not self.key:
            return []
        return [
            {"actor": self.actor, "key": self.key, "request_hash": self.asked, "case_id": case_id, "answer": answer,
             "created_at": at}
        ]  # fmt: skip

    def reserve(self, session: Session) -> bool:
        """True for the first to ask; another one waits here until the first has finished."""
        values = {"actor": self.actor, "key": self.key, "hash": self.asked}
        return not self.key or session.execute(RESERVE, values).one_or_none() is not None

    def fulfil(self, session: Session, case_id: int, answer: str) -> None:
        if self.key:
            values = {"actor": self.actor, "key": self.key, "case_id": case_id, "answer": answer}
            session.execute(FULFIL, values)

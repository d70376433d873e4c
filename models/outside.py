"""Answers from SQL to what the law asks about the world outside a case, inside the transaction that asks."""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

from models.organisation import organisation
from models.snapshots import MATCHING, NAMING, stood
from workflow.questions import (
    Asked,
    CardAsked,
    CasesAsked,
    CensusAsked,
    EntriesAsked,
    Entry,
    OnceAsked,
    PostsAsked,
    RosterAsked,
    Tally,
    TallyAsked,
    card_of,
    in_force,
)
from workflow.snapshot import CaseSnapshot
from workflow.words.naming import several
from workflow.words.outside import REGISTERS, Cases
from workflow.words.procedure import Procedure

# What the clock entered is void once a timely act has taken the place of what the clock did.
COLUMNS = """
SELECT register, about, kind, key, since, until, amount, values FROM entries WHERE NOT EXISTS (
    SELECT FROM events made JOIN events late ON late.case_id = made.case_id AND late.seq > made.seq
    WHERE made.case_id = entries.case_id AND made.seq = entries.seq AND made.role = 'clock'
        AND late.supersedes <= made.at
)
"""
ABOUT_ONE = text(f"{COLUMNS} AND register = :register AND about = :about ORDER BY id")
ABOUT_ALL = text(f"""
{COLUMNS} AND register = :register AND about IN (
    SELECT about FROM entries WHERE register = :register AND values @> CAST(:probe AS jsonb)
) ORDER BY id
""")
COUNTS = text("""
SELECT answer, count FROM poll_counts p JOIN cases c ON c.id = p.case_id WHERE c.no = :no AND p.poll = :poll
""")
CENSUS = text("""
SELECT c.state, count(*) FROM cases named JOIN links l ON l.to_case_id = named.id AND l.field = :field
JOIN cases c ON c.id = l.case_id AND c.procedure = :procedure WHERE named.no = :no GROUP BY c.state
""")
ALREADY = text("SELECT no FROM cases WHERE once_key = :key AND no <> :no")
# Whoever asks whether a key is free, or how much is left, is followed by nobody before he has written.
ALONE = text("SELECT pg_advisory_xact_lock(hashtextextended(:what, 0))")


class Outside(Mapping[Asked, Any]):
    """Asked only for what a body looks at, each question once. `writing`: keys and sums that are asked stay locked."""

    def __init__(self, session: Session, *, writing: bool) -> None:
        self.session, self.writing = session, writing
        self.known: dict[Asked, Any] = {}

    def __getitem__(self, asked: Asked) -> Any:
        if asked not in self.known:
            self.known[asked] = ANSWERS[type(asked)](self, asked)
        return self.known[asked]

    def __iter__(self) -> Iterator[Asked]:
        return iter(self.known)

    def __len__(self) -> int:
        return len(self.known)

    def alone(self, what: str) -> None:
        if self.writing:
            self.session.execute(ALONE, {"what": what})

    def entries(self, register: str, about: str) -> list[Entry]:
        return [entry(row) for row in self.session.execute(ABOUT_ONE, {"register": register, "about": about})]

    def card(self, asked: CardAsked) -> Entry | None:
        return card_of(self.entries(asked.register, asked.about), asked.on)

    def roster(self, asked: RosterAsked) -> tuple[Entry, ...]:
        probe = {"register": asked.register, "probe": json_of(asked.column, asked.value)}
        about: dict[str, list[Entry]] = {}
        for row in self.session.execute(ABOUT_ALL, probe):
            about.setdefault(row.about, []).append(entry(row))
        cards = (card_of(each, asked.on) for each in about.values())
        return tuple(card for card in cards if card and card.values.get(asked.column) == asked.value)

    def lines(self, asked: EntriesAsked) -> tuple[Entry, ...]:
        if REGISTERS[asked.register].floor is not None:
            self.alone(f"{asked.register} {asked.about}")
        return tuple(in_force(self.entries(asked.register, asked.about), asked.on))

    def others(self, asked: CasesAsked) -> tuple[CaseSnapshot, ...]:
        base = {"procedure": asked.procedure, "no": asked.no}
        if asked.by:
            found = self.session.execute(NAMING, {**base, "field": asked.by})
        else:
            groups = [[blinded(self.session, mark(name, each)) for each in values] for name, values in asked.marks]
            found = self.session.execute(MATCHING, {**base, "first": groups[0]})
            return tuple(stood(row).snapshot for row in found if all(set(row.marks) & set(each) for each in groups))
        return tuple(stood(row).snapshot for row in found)

    def census(self, asked: CensusAsked) -> dict[str, int]:
        found = self.session.execute(CENSUS, {"procedure": asked.procedure, "no": asked.no, "field": asked.by})
        return {state: count for state, count in found}  # noqa: C416 - rows are no pairs to mypy

    def tally(self, asked: TallyAsked) -> Tally:
        found = self.session.execute(COUNTS, {"no": asked.no, "poll": asked.poll})
        counts: dict[str, int] = {answer: count for answer, count in found}  # noqa: C416 - rows are no pairs to mypy
        return Tally(counts.pop("", 0), counts)

    def posts_of(self, asked: PostsAsked) -> frozenset[str]:
        held = organisation(self.session).actors(asked.person, asked.on)
        return frozenset(post.role for post in held if post.unit == asked.unit)

    def other_of_the_key(self, asked: OnceAsked) -> str:
        key = blinded(self.session, once_text(asked.procedure, asked.key))
        self.alone(key)
        return self.session.execute(ALREADY, {"key": key, "no": asked.no}).scalar() or ""


ANSWERS: Mapping[type, Any] = {
    CardAsked: Outside.card, RosterAsked: Outside.roster, EntriesAsked: Outside.lines, CasesAsked: Outside.others,
    CensusAsked: Outside.census, TallyAsked: Outside.tally, OnceAsked: Outside.other_of_the_key,
    PostsAsked: Outside.posts_of,
}  # fmt: skip


def entry(row: Row[Any]) -> Entry:
    values = REGISTERS[row.register].load(row.values)
    return Entry(row.register, row.about, row.since, row.until, row.kind, row.key, row.amount, values)


def json_of(column: str, value: str) -> str:
    return json.dumps({column: value}, ensure_ascii=False)


# What a case is found by


def blinded(session: Session, plain: str) -> str:
    """The same for the same words, and no way back to them without the server's secret."""
    secret: bytes = session.info["secret"]
    return hmac.digest(secret, b"mark\x00" + plain.encode(), "sha256")[:16].hex()


def mark(name: str, value: str) -> str:
    return f"{name}\x00{value}"


def once_text(procedure: str, key: Iterable[str]) -> str:
    return "\x00".join(("once", procedure, *key))


@cache
def marked(procedure: type[Procedure]) -> tuple[str, ...]:
    """Ids of the lines by which other cases look for cases of this procedure."""
    words = [word for other in Procedure.by_version.values() for word in other.words(Cases).values()]
    return tuple(dict.fromkeys(f.id for word in words if word.procedure == procedure.id for f in word.same))


def marks_of(procedure: type[Procedure], data: Mapping[str, Any]) -> list[str]:
    """What such a case is found by, in plain words still."""
    found = ((name, value) for name in marked(procedure) for value in several(data.get(name)) if value)
    return [mark(name, str(value)) for name, value in found]


def once_of(procedure: type[Procedure], snapshot: CaseSnapshot) -> str | None:
    """The key no second case may have, in plain words still; none after the end, where only open cases count."""
    once = procedure.once
    if once is None or (once.while_open and procedure.states[snapshot.state].final):
        return None
    key = once.key(lambda each: snapshot.data.get(each.id, each.empty))
    return once_text(procedure.id, key) if key else None

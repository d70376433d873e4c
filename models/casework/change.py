"""All that one transaction does to one case: decisions in a row, folded into the rows they leave behind."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from models import polls
from models.audit import chained, hash_of_values
from models.casework.listing import listed
from models.casework.notices import notices
from models.casework.statements import Rows
from models.organisation import Organisation
from models.outside import marks_of, once_of
from models.snapshots import Stood, lines_of, named
from workflow.decision import DEFINITION, Decision, beside
from workflow.questions import Entry
from workflow.record import dump, dump_clock, dump_data, dump_form, dump_memory, plain, remembered
from workflow.registry import PROCEDURES, definition, definitions
from workflow.snapshot import CaseSnapshot, RunningClock
from workflow.words.outside import REGISTERS
from workflow.words.procedure import Procedure


@dataclass
class Change:
    """A case as it stood, what has been decided since, and how it stands now.

    What is no act of the procedure counts as an event all the same: it raises `seq` and leaves `version` alone. A
    change of the definition it stands under raises both, since a form that somebody has open holds no longer.
    """

    stood: Stood
    organisation: Organisation
    after: CaseSnapshot
    decisions: list[Decision] = field(default_factory=list)
    keys: list[dict[str, Any]] = field(default_factory=list)
    codes: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, stood: Stood, organisation: Organisation) -> Change:
        return cls(stood, organisation, stood.snapshot)

    def add(self, decision: Decision) -> None:
        self.decisions.append(decision)
        self.after = decision.after

    @property
    def version(self) -> int:
        return self.stood.version + sum(decision.trigger != decision.rung for decision in self.decisions)

    @property
    def procedure(self) -> type[Procedure]:
        """The version the case now stands under; the events tell of it as it stood before."""
        changed = self.decisions and self.decisions[-1].trigger == DEFINITION
        return definition(self.after.procedure, self.after.definition) if changed else self.stood.procedure

    def rows(self) -> Rows:
        found: Rows = {"clocks": self.clock_rows(), "keys": self.keys}
        if not self.decisions:
            return found
        events, found["event_values"] = self.event_rows()
        found["events"], found["cases"] = events, [self.case_row(events[-1]["hash"])]
        found["rungs"] = [rung_row(self.stood, each) for each in self.decisions if is_climbed(each)]
        found["documents"] = [row for each in self.decisions for row in document_rows(self.stood, each)]
        found["notices"] = [row for each in self.decisions for row in notices(each, self.stood, self.organisation)]
        found["impulses"] = [row for each in self.decisions for row in impulse_rows(self.stood, each)]
        found["followers"] = followers(self.stood, self.decisions[-1])
        found["heeders"] = heeders(self.stood, self.procedure, self.decisions)
        found["entries"] = [row for each in self.decisions for row in entry_rows(self.stood, each)]
        found["codes"], found["asked"] = self.code_rows()
        found["unlinked"], found["linked"] = link_rows(self.stood, self.procedure, self.after)
        found["superseded"] = [superseded(self.stood, each) for each in self.decisions if each.supersedes]
        return found

    def case_row(self, head: bytes) -> dict[str, Any]:
        """File and memory only where they are not as they were: a rung moves neither."""
        procedure, before, after = self.procedure, self.stood.snapshot, self.after
        assigned = str(after.data.get("caseworker") or "")
        return {
            "id": self.stood.id, "definition": after.definition, "state": after.state, "left": after.left,
            "unit_id": after.unit, "version": self.version, "seq": after.seq, "head": head,
            "data": None if after.data == before.data else dump_data(procedure, after.data),
            "memory": None if remembered(after) == remembered(before) else dump_memory(procedure, after),
            "caseworker_id": int(assigned) if assigned in self.organisation.names else None,
            "sealed_to": list(after.sealed_to), "hidden_from": after.hidden_from,
            "marks": marks_of(procedure, after.data), "once_key": once_of(procedure, after),
            **listed(procedure, after),
        }  # fmt: skip

    def code_rows(self) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        """Codes of anonymous forms, of which `codes` keeps the plain ones to be shown this once."""
        asked = [(poll, count) for each in self.decisions for poll, count in each.handed_out]
        self.codes = tuple((poll, polls.new_code()) for poll, count in asked for _ in range(count))
        rows = [{"code_hash": polls.hash_of(code), "case_id": self.stood.id, "poll": poll} for poll, code in self.codes]
        return rows, [{"case_id": self.stood.id, "poll": poll, "count": count} for poll, count in asked]

    def event_rows(self) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        """Events with their hashes, each after the one before it, and the values that stand apart."""
        events, values, prev = [], [], self.stood.head
        for decision in self.decisions:
            told = values_of(self.stood.procedure, decision)
            event = event_row(self.stood, decision)
            event["data_hash"], event["prev"] = hash_of_values(self.stood.secret, told), prev
            event["hash"] = prev = chained(self.stood.no, prev, event)
            events.append(event)
            values.append({"case_id": self.stood.id, "seq": event["seq"], "values": told})
        return events, values

    def clock_rows(self) -> list[dict[str, Any]]:
        """Clocks that are not as they were; one that a superseded act had begun has been ended by the law."""
        before = {clock.key: clock for clock in every_clock(self.stood.snapshot)}
        changed = (clock for clock in every_clock(self.after) if before.get(clock.key) != clock)
        return [{"case_id": self.stood.id, "body": dump_clock(clock)} for clock in changed]


def every_clock(snapshot: CaseSnapshot) -> tuple[RunningClock, ...]:
    return (*snapshot.clocks, *snapshot.put_away)


# Rows


def event_row(stood: Stood, decision: Decision) -> dict[str, Any]:
    by, recorder = decision.by, decision.recorded_by
    return {
        "case_id": stood.id, "seq": decision.after.seq, "trigger": decision.trigger, "outcome": decision.outcome,
        "rung": decision.rung, "from_state": decision.before.state, "to_state": decision.after.state,
        "actor": by.person, "role": by.role, "unit_id": by.unit or recorder.unit, "recorded_by": recorder.person,
        "recorded_role": recorder.role, "acted_on": decision.on, "at": decision.at, "recorded_at": stood.now,
        "supersedes": decision.before.earlier_at if decision.supersedes else None,
    }  # fmt: skip


def values_of(procedure: type[Procedure], decision: Decision) -> dict[str, Any]:
    """The form, and every line of the file that is not as it was."""
    if decision.trigger == DEFINITION:
        return replaced(procedure, decision)
    before, after = decision.before.data, decision.after.data
    changed = {name: value for name, value in after.items() if before.get(name) != value}
    was = dump_data(procedure, {name: before[name] for name in changed if name in before})
    file = {name: value for name, value in dump_data(procedure, changed).items() if was.get(name) != value}
    entered = {"entered": [entered_line(entry) for entry in decision.entered]} if decision.entered else {}
    return {"form": dump_form(procedure, decision.form), "file": file, **entered}


def replaced(procedure: type[Procedure], decision: Decision) -> dict[str, Any]:
    """Of a change of version the whole case as it stood, so that it can be given back."""
    return {"form": dict(decision.form), "was": dump(procedure, decision.before)}


def entered_line(entry: Entry) -> dict[str, Any]:
    line = {name: plain(value) for name, value in vars(entry).items() if name != "values"}
    return line | {"values": REGISTERS[entry.register].dump(entry.values)}


def entry_rows(stood: Stood, decision: Decision) -> list[dict[str, Any]]:
    event = {"case_id": stood.id, "seq": decision.after.seq, "written_at": stood.now}
    return [entered_line(entry) | event for entry in decision.entered]


def rung_row(stood: Stood, decision: Decision) -> dict[str, Any]:
    """The clock that has climbed it is the one whose `climbed` it was not in before."""
    before = {clock.key: clock for clock in decision.before.clocks}
    clock = next(each for each in before.values() if is_on(each, decision.rung))
    return {
        "case_id": stood.id, "clock": clock.id, "number": clock.number, "generation": clock.generation,
        "dating": clock.dating, "rung": decision.rung, "seq": decision.after.seq, "due_at": decision.at,
        "climbed_at": stood.now,
    }  # fmt: skip


def is_climbed(decision: Decision) -> bool:
    """Whether its rung is one of a ladder."""
    return bool(decision.rung) and not beside(decision.rung)


def is_on(clock: RunningClock, rung: str) -> bool:
    return clock.is_live and rung.split(":")[1] == clock.code and rung not in clock.climbed


def document_rows(stood: Stood, decision: Decision) -> list[dict[str, Any]]:
    return [
        {"case_id": stood.id, "seq": decision.after.seq, "document": paper.id, "label": paper.label,
         "to_roles": list(paper.to), "only_for": list(paper.only), "text": paper.text, "issued_at": decision.at}
        for paper in decision.documents
    ]  # fmt: skip


def impulse_rows(stood: Stood, decision: Decision) -> list[dict[str, Any]]:
    """Acts by themselves and cases to open; the key says which event asked for which of them."""
    base = {"on_day": decision.on, "created_at": stood.now, "reason": ""}
    asked_by = f"{stood.no}:{decision.after.seq}"
    acts = [
        {**base, "no": each.case, "kind": "act", "trigger": each.trigger, "reason": each.reason, "body": {},
         "key": f"{asked_by}:act:{each.case}:{each.trigger}"}
        for each in decision.impulses
    ]  # fmt: skip
    openings = [
        {**base, "no": stood.no, "kind": "open", "trigger": each.trigger, "key": f"{asked_by}:open:{number}",
         "body": {"procedure": each.procedure, "by": vars(each.by), "unit": each.unit, "seq": decision.after.seq,
                  "form": dump_form(PROCEDURES[each.procedure], each.form)}}
        for number, each in enumerate(decision.opened, 1)
    ]  # fmt: skip
    return acts + openings


def followers(stood: Stood, last: Decision) -> list[dict[str, Any]]:
    key, procedures = f"{stood.no}:{last.after.seq}:follow", procedures_that_follow()
    row = {"case_id": stood.id, "key": key, "on_day": last.on, "created_at": stood.now, "procedures": procedures}
    return [row] if procedures else []


def heeders(stood: Stood, procedure: type[Procedure], decisions: Sequence[Decision]) -> list[dict[str, Any]]:
    """The cases this one names, where they wait for such acts on those that name them."""
    last, acts = decisions[-1], {each.trigger for each in decisions}
    procedures = ids(each for each in definitions().values() if each.heeds(procedure.id, acts))
    nos = named(procedure, last.after.data) if procedures else []
    base = {"key": f"{stood.no}:{last.after.seq}:heed", "on_day": last.on, "created_at": stood.now}
    return [{**base, "no": no, "procedures": procedures} for no in nos]


@cache
def by_itself(procedure: type[Procedure]) -> bool:
    """Whether it names other cases and has acts that nobody does and no clock fires."""
    return bool(lines_of(procedure, "case") and procedure.unasked)


def procedures_that_follow() -> list[str]:
    return ids(filter(by_itself, definitions().values()))


def ids(procedures: Iterable[type[Procedure]]) -> list[str]:
    """Several versions of one are one."""
    return list(dict.fromkeys(procedure.id for procedure in procedures))


def link_rows(
    stood: Stood, procedure: type[Procedure], after: CaseSnapshot
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:  # fmt: skip
    """Cases no longer named, and newly named; a line may have changed its name with the version."""
    was, now = names_in(stood.procedure, stood.snapshot), names_in(procedure, after)
    gone, come = ([name for name in one if name not in other] for one, other in ((was, now), (now, was)))
    rows = [[{"case_id": stood.id, "field": line, "no": no} for line, no in names] for names in (gone, come)]
    return rows[0], rows[1]


def names_in(procedure: type[Procedure], snapshot: CaseSnapshot) -> list[tuple[str, Any]]:
    named = ((line, snapshot.data.get(line)) for line in lines_of(procedure, "case"))
    return [(line, no) for line, no in named if no]


def superseded(stood: Stood, decision: Decision) -> dict[str, Any]:
    """What the clock did from the moment of its first act after the day of this one, up to this event."""
    since, before = decision.before.earlier_at, decision.after.seq
    return {"case_id": stood.id, "since": since, "before": before, "at": stood.now}

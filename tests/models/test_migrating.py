"""Change under running cases: a case keeps its version until it is led to another, and can be given back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from models import casework, db, migrating
from models.reading.timeline import timeline
from models.tables import Case, EventValues
from models.tables import Event as EventRow
from tests.models.stalls import (  # noqa: F401 - fixtures
    CLERK,
    HEAD,
    LIVES,
    OFFICER,
    OPERATOR,
    WAY,
    acted,
    apply,
    count,
    drained,
    numbers,
    opened,
    second_version,
    snapshots,
    standing,
    street,
    town,
    undo,
    verified,
    why,
)  # fmt: skip
from tests.models.test_races import put_clock_to
from tests.workflow import stall, stall_1
from tests.workflow.test_faults import module_of
from workflow import migrating as law
from workflow.proving.migrations import prove_way
from workflow.registry import EARLIER, PROCEDURES
from workflow.snapshot import CaseSnapshot
from workflow.words.migration import Migration, Way, converted
from workflow.words.procedure import Procedure

# Several versions beside each other


def test_a_case_goes_on_under_the_version_it_began_under(street: db.Sessions) -> None:
    no, *_ = numbers(street, "applied")
    acted(street, no, CLERK, "look")
    assert snapshots(street)[no].definition == "1"
    put_clock_to(street, "2026-01-09T10:00")
    drained(street)
    verified(street)
    with street() as session:
        assert casework.open_case(
            session, stall.Stall, "apply", {"applicant": "907", "site": "东口", "goods": "flowers"},
            actor=OFFICER, unit="LA",
        ).decision.after.definition == "2"  # type: ignore[union-attr]  # fmt: skip


def test_the_database_lets_no_case_change_its_version_without_an_event(street: db.Sessions) -> None:
    with pytest.raises(IntegrityError, match="moves without"), db.transaction(street) as session:
        session.execute(text("UPDATE cases SET definition = '2'"))


# There and back


def test_every_state_and_clock_has_its_place_in_the_new_version(street: db.Sessions) -> None:
    before = snapshots(street)
    report = apply(street)
    after = snapshots(street)
    assert (report.cases, report.staying, report.busy) == (len(LIVES), {}, 0)
    assert {case.definition for case in after.values()} == {"2"}
    moved = {(before[no].state, after[no].state) for no in before}
    assert moved >= {("applied", "received"), ("granted", "licensed"), ("suspended", "suspended")}
    assert sum(report.states.values()) == report.cases
    kinds = {line.clock.kind for line in report.lines}
    assert kinds == {"kept", "anew", "converted", "given_up", "begun"}
    verified(street)


def test_a_clock_that_keeps_running_keeps_all_it_had(street: db.Sessions) -> None:
    (no,) = numbers(street, "suspended")
    permit = next(row for row in snapshots(street)[no].clocks if row.id == "permit")
    apply(street)
    licence = next(row for row in snapshots(street)[no].clocks if row.id == "licence")
    assert (licence.code, licence.status, licence.paused_on) == ("S7", "paused", permit.paused_on)
    for same in ("started_on", "due_on", "due_at", "moves", "dating", "generation", "count", "unit"):
        assert getattr(licence, same) == getattr(permit, same)


def test_a_converted_clock_keeps_what_has_run_of_it(street: db.Sessions) -> None:
    """Ten working days from 1 September become fifteen; a pause from the 4th to the 8th and five days granted stay."""
    lives = dict(zip(snapshots(street), LIVES, strict=True))
    apply(street)
    due = {
        lives[no]: f"{row.due_on:%m-%d}" for no, case in snapshots(street).items() for row in case.clocks
        if row.id == "deciding" and row.is_live
    }  # fmt: skip
    assert due == {
        "applied": "09-22", "looked at": "09-22", "prolonged": "09-28", "papers": "09-22", "papers in": "09-24",
        "appealed": "09-22",
    }  # fmt: skip


def test_the_second_version_goes_on_from_there(street: db.Sessions) -> None:
    apply(street)
    no, *_ = numbers(street, "received")
    acted(street, no, OFFICER, "visit", clean=True)
    acted(street, no, OFFICER, "grant", granted_on="2025-09-09")
    acted(street, no, HEAD, "grant")
    put_clock_to(street, "2027-01-01T10:00")
    drained(street)
    assert snapshots(street)[no].state == "over"
    verified(street)


def test_undone_cases_are_what_they_were(street: db.Sessions) -> None:
    before = standing(street)
    apply(street)
    assert standing(street) != before
    report = undo(street)
    assert (report.cases, report.staying) == (len(LIVES), {})
    assert standing(street) == before
    verified(street)
    assert count(street, "events WHERE trigger = 'definition'") == 2 * len(LIVES)


def test_what_follows_at_once_is_counted_beforehand(street: db.Sessions) -> None:
    """The term of the visit is over under both versions; under the new one somebody is told of it again."""
    put_clock_to(street, "2025-09-20T10:00")
    drained(street)
    way = replace(
        WAY, migration=replace(WAY.migration, clocks={**WAY.migration.clocks, "looking": converted("visiting")})
    )
    told = migrating.rehearse(street, way)
    before = count(street, "rungs")
    done = migrating.apply(street, way, actor=OPERATOR)
    assert told.follows == done.follows
    assert sum(done.follows.values()) > 0
    drained(street)
    assert count(street, "rungs") - before == sum(done.follows.values())


def test_what_was_undone_can_be_done_again(street: db.Sessions) -> None:
    before = standing(street)
    apply(street)
    once = standing(street)
    undo(street)
    apply(street)
    twice = standing(street)
    assert [len(rows) for rows in once] == [len(rows) for rows in twice]
    undo(street)
    assert standing(street) == before
    verified(street)


@pytest.fixture
def third(street: db.Sessions, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Way:
    """A version after the second: a visit in eight days instead of five, and states, a clock and an act of other names."""
    known = dict(Procedure.by_version)
    source = Path(stall.__file__).read_text(encoding="utf-8").replace('version = "2"', 'version = "3"')
    for old, new in (("days(5), runs_in", "days(8), runs_in"), ("received", "taken"), ("visit", "see")):
        source = source.replace(old, new)
    made = module_of(source, tmp_path, "Stall")
    Procedure.by_version.update(known)
    monkeypatch.setitem(Procedure.by_version, ("stall", "3"), made)
    monkeypatch.setitem(EARLIER, ("stall", "2"), stall.Stall)
    monkeypatch.setitem(PROCEDURES, "stall", made)
    on = Migration(
        "stall", "2", "3", states={"received": "taken"}, acts={"visit": "see"},
        clocks={"visiting": converted("seeing")},
    )  # fmt: skip
    return prove_way(Way(on, stall.Stall, made))


def test_two_steps_are_undone_one_after_the_other(street: db.Sessions, third: Way) -> None:
    began = standing(street)
    apply(street)
    second = standing(street)
    assert migrating.apply(street, third, actor=OPERATOR).cases == len(LIVES)
    assert {case.definition for case in snapshots(street).values()} == {"3"}
    back = migrating.undo(street, third, actor=OPERATOR)
    assert (back.cases, back.staying, standing(street)) == (len(LIVES), {}, second)
    back = undo(street)
    assert (back.cases, back.staying, standing(street)) == (len(LIVES), {}, began)
    assert undo(street).cases == 0
    verified(street)


def test_two_steps_can_be_gone_again_and_what_was_acted_on_between_stays(street: db.Sessions, third: Way) -> None:
    began = standing(street)
    for _ in range(2):
        apply(street)
        migrating.apply(street, third, actor=OPERATOR)
        migrating.undo(street, third, actor=OPERATOR)
        undo(street)
    assert standing(street) == began
    apply(street)
    migrating.apply(street, third, actor=OPERATOR)
    migrating.undo(street, third, actor=OPERATOR)
    no, *_ = numbers(street, "received")
    acted(street, no, OFFICER, "visit")
    assert why(undo(street)) == {no: "换版后已有1次办理。"}
    verified(street)


def test_what_was_acted_on_since_stays_and_is_named(street: db.Sessions) -> None:
    apply(street)
    no, *_ = numbers(street, "received")
    acted(street, no, OFFICER, "visit")
    report = undo(street)
    assert (report.cases, list(report.staying)) == (len(LIVES) - 1, [no])
    assert why(report)[no] == "换版后已有1次办理。"
    assert snapshots(street)[no].definition == "2"
    verified(street)


def test_a_warning_given_since_is_something_that_happened(street: db.Sessions) -> None:
    apply(street)
    put_clock_to(street, "2025-09-30T10:00")
    drained(street)
    assert undo(street).staying


def test_the_rehearsal_says_what_is_done_and_leaves_no_trace(street: db.Sessions) -> None:
    before, events = standing(street), count(street, "events")
    told = migrating.rehearse(street, WAY)
    assert (standing(street), count(street, "events")) == (before, events)
    done = apply(street)
    assert (told.cases, told.states, told.lines) == (done.cases, done.states, done.lines)


# Who is not led


def test_a_half_signed_case_waits_for_the_last_hand(town: db.Sessions, monkeypatch: pytest.MonkeyPatch) -> None:
    put_clock_to(town, "2025-09-01T09:00")
    no = opened(town)
    acted(town, no, CLERK, "grant", granted_on="2025-09-01")
    with second_version(monkeypatch):
        assert why(apply(town)) == {no: "“许可”还在等下一位签字，新版的签法不同。"}
        acted(town, no, HEAD, "grant")
        assert apply(town).cases == 1
        verified(town)


def test_a_case_that_is_over_stays_and_one_whose_time_to_appeal_runs_is_led(
    town: db.Sessions, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_clock_to(town, "2024-01-02T09:00")
    over, refused_ = opened(town), opened(town)
    acted(town, over, CLERK, "grant", granted_on="2024-01-02")
    acted(town, over, HEAD, "grant")
    acted(town, over, CLERK, "collect")
    put_clock_to(town, "2025-09-01T09:00")
    drained(town)
    assert snapshots(town)[over].state == "over"
    put_clock_to(town, "2025-09-01T09:00")
    acted(town, refused_, HEAD, "refuse")
    with second_version(monkeypatch):
        assert apply(town).cases == 1
        assert {no: case.definition for no, case in snapshots(town).items()} == {over: "1", refused_: "2"}


def test_a_case_whose_fault_is_its_own_holds_up_no_other(street: db.Sessions, monkeypatch: pytest.MonkeyPatch) -> None:
    bad, *_ = numbers(street, "applied")
    recast = law.recast

    def broken(way: Any, case: CaseSnapshot, *given: Any) -> Any:
        return recast(way, case, *given) if case.id != bad else 1 / 0

    monkeypatch.setattr(law, "recast", broken)
    report = apply(street)
    assert (report.cases, list(report.staying)) == (len(LIVES) - 1, [bad])
    assert why(report)[bad].startswith("ZeroDivisionError")


def test_what_has_been_erased_is_not_given_back(street: db.Sessions) -> None:
    apply(street)
    no, *_ = numbers(street, "received")
    with db.transaction(street) as session:
        last = select(EventRow.id).join(Case).where(Case.no == no, EventRow.trigger == "definition").scalar_subquery()
        session.query(EventValues).filter(EventValues.event_id == last).delete()
    assert why(undo(street)) == {no: "换版前的内容已经清除。"}


def test_what_was_tampered_with_is_not_given_back(street: db.Sessions) -> None:
    apply(street)
    no, *_ = numbers(street, "received")
    with db.transaction(street) as session:
        session.execute(text("""
            UPDATE event_values SET "values" = jsonb_set("values", '{was,state}', '"granted"')
            WHERE event_id = (SELECT e.id FROM events e JOIN cases c ON c.id = e.case_id
                WHERE c.no = :no AND e.trigger = 'definition')"""), {"no": no})  # fmt: skip
    assert why(undo(street)) == {no: "换版前的记录对不上，请先核查。"}


# What residents hold


PAPER = text("""
INSERT INTO documents (case_id, seq, document, label, to_roles, only_for, text, issued_at)
SELECT id, seq, 'slip', '回执', '{head,vendor}', '{vendor_1,vendor_12,clerk_1}', '…', linban_now() FROM cases WHERE no = :no
""")
CODE = text("""
INSERT INTO tracking_codes (case_id, party, code_hash, second_hash, second_kind, issued_at)
SELECT id, :party, decode(md5(:party), 'hex'), '', 'pin', linban_now() FROM cases WHERE no = :no
""")
HELD = text("""
SELECT ARRAY(SELECT party FROM tracking_codes t WHERE t.case_id = c.id ORDER BY 1) AS codes, d.to_roles, d.only_for
FROM cases c JOIN documents d ON d.case_id = c.id WHERE c.no = :no
""")


def test_a_resident_finds_his_case_and_his_papers_under_the_new_name(
    street: db.Sessions, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    source = Path(stall.__file__).read_text(encoding="utf-8").replace("vendor", "trader")
    made = module_of(source, tmp_path, "Stall")
    monkeypatch.setitem(Procedure.by_version, ("stall", "2"), made)
    monkeypatch.setitem(PROCEDURES, "stall", made)
    to_traders = Way(replace(WAY.migration, roles={**WAY.migration.roles, "vendor": "trader"}), stall_1.Stall, made)
    no, *_ = numbers(street, "applied")
    with db.transaction(street) as session:
        session.execute(PAPER, {"no": no})
        for party in ("vendor_1", "vendor_12"):
            session.execute(CODE, {"no": no, "party": party})

    def held() -> tuple[list[str], ...]:
        with street() as session:
            return tuple(session.execute(HELD, {"no": no}).one())

    before = held()
    assert migrating.apply(street, to_traders, actor=OPERATOR).cases == len(LIVES)
    assert held() == (["", "trader_1", "trader_12"], ["head", "trader"], ["trader_1", "trader_12", "clerk_1"])
    migrating.undo(street, to_traders, actor=OPERATOR)
    assert held() == before == (["", "vendor_1", "vendor_12"], ["head", "vendor"], ["vendor_1", "vendor_12", "clerk_1"])
    verified(street)


# What is read afterwards


def test_the_timeline_tells_each_event_by_the_version_it_happened_under(street: db.Sessions) -> None:
    no, *_ = numbers(street, "suspended")
    apply(street)
    acted(street, no, HEAD, "resume")
    with street() as session:
        told = timeline(session, session.scalars(select(Case.id).where(Case.no == no)).one())
    assert [(each.trigger, each.definition) for each in told[-3:]] == [
        ("suspend", "1"), ("definition", "2"), ("resume", "2")
    ]  # fmt: skip


def test_a_clock_that_was_given_up_is_still_on_the_record(street: db.Sessions) -> None:
    (no,) = numbers(street, "suspended")
    apply(street)
    case = snapshots(street)[no]
    assert [(row.id, row.definition) for row in case.put_away] == [("fee", "1")]
    assert "fee" not in {row.id for row in case.clocks}
    acted(street, no, HEAD, "resume")
    assert [row.id for row in snapshots(street)[no].put_away] == ["fee"]


def test_the_same_key_brings_the_same_answer_after_the_version_has_changed(street: db.Sessions) -> None:
    no, *_ = numbers(street, "applied")
    with db.transaction(street) as session:
        first = casework.act(session, no, "look", {}, actor=CLERK, version=None, key="once")
    apply(street)
    with db.transaction(street) as session:
        again = casework.act(session, no, "look", {}, actor=CLERK, version=None, key="once")
    assert (again.replayed, again.state, again.definition) == (True, first.state, "1")


def test_nobody_is_told_twice_of_a_term_that_goes_on(street: db.Sessions) -> None:
    no, *_ = numbers(street, "granted")
    put_clock_to(street, "2026-08-10T10:00")  # thirty days before its end the vendor has been reminded
    drained(street)
    told = count(street, "notices WHERE clock = 'T7'")
    apply(street)
    put_clock_to(street, "2026-08-20T10:00")
    drained(street)
    assert count(street, "notices WHERE clock = 'S7'") == 0
    assert told == count(street, "notices WHERE clock = 'T7'")
    assert snapshots(street)[no].definition == "2"

"""A case is led over without loss, or stays with the reason, and is led back as if nothing had been."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workflow import stall_1
from tests.workflow.life import Life, moment
from tests.workflow.paper import calendar
from tests.workflow.stall import Stall as Now
from tests.workflow.stall_1 import Stall as Before
from tests.workflow.stall_1_2 import stalls
from tests.workflow.stall_lives import (
    AMONG,
    CLERK,
    CLOCKS,
    HEAD,
    LOOKING,
    VENDOR,
    WAY,
    applied,
    changed,
    clock,
    led,
    licensed,
    now_with,
    refused,
    table_of,
    way_to,
)
from workflow import lives
from workflow.migrating import became, give_back, migrate
from workflow.objecting import at_once
from workflow.receipts import receipt
from workflow.record import dump, load
from workflow.refusals import Refused
from workflow.renaming import person_of
from workflow.snapshot import Actor, Facts
from workflow.story import TREE
from workflow.words.migration import given_up, keeps_running, left_out, starts_anew

# There and back


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000))
def test_a_random_life_led_over_and_back_is_what_it_was(seed: int) -> None:
    life = lives.Life(Before, Random(seed), Facts(TREE, calendar())).live(16)
    for case in life.rehearsal.cases.values():
        try:
            made = migrate(WAY, case, life.rehearsal.told(), life.now, cause={})
        except Refused:
            assert case.signing
            continue
        assert made.after.seq == case.seq + 1
        assert load(Now, dump(Now, made.after)) == made.after
        back = give_back(WAY, made.after, load(Before, dump(Before, case)), life.rehearsal.told(), life.now, cause={})
        assert replace(back.after, seq=case.seq) == case


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000))
def test_a_random_life_goes_on_under_the_new_version(seed: int) -> None:
    """Whatever it had come to, its clocks climb on, and no state or clock of the old version is left in it."""
    life = lives.Life(Before, Random(seed), Facts(TREE, calendar())).live(12)
    for case in life.rehearsal.cases.values():
        if not case.signing:
            after = migrate(WAY, case, life.rehearsal.told(), life.now, cause={}).after
            going = Life(Now)
            going.case = after
            going.until("2030-01-01T09:00")
            assert going.case.state in Now.states
            assert {row.id for row in going.case.clocks} <= set(Now.clocks)


def test_the_file_and_the_hands_are_read_by_their_new_names() -> None:
    after = led(licensed())
    assert (after.data["site"], "shelf" in after.data, "place" in after.data) == ("东口", False, False)
    assert after.hands == {"vendor": {"li"}, "officer": {"wu"}, "head": {"he"}}
    assert after.state == "licensed"


def test_two_acts_that_have_become_one_were_done_by_whoever_did_either(tmp_path: Path) -> None:
    life = applied()
    life.act("2025-09-02T09:00", CLERK, "look")
    life.act("2025-09-03T09:00", Actor("xu", "clerk", "street"), "ask")
    way = way_to(now_with(tmp_path), acts={**stalls.acts, "ask": "visit"})
    visited = led(life, way=way).done["visit"]
    assert (visited.persons, visited.times, f"{visited.on}") == ({"wu", "xu"}, 2, "2025-09-03")
    life.act("2025-09-04T09:00", VENDOR, "hand_in", via=CLERK)
    going = Life(Now)
    going.case = led(life)
    with pytest.raises(Refused, match="实地看"):
        going.act("2025-09-10T09:00", Actor("wu", "head", "street"), "refuse")


def test_what_is_left_out_is_not_remembered() -> None:
    life = licensed()
    life.act("2025-09-08T09:00", CLERK, "collect")
    assert "collect" not in led(life).done


# Clocks


def test_a_clock_that_starts_anew_has_its_whole_term_before_it() -> None:
    after = led(applied())
    old, fresh = (row for row in after.clocks if row.id == "visiting")
    assert (old.ended, old.code, fresh.code, fresh.generation) == ("left", "T1", "S1", 2)
    assert (f"{fresh.started_on}", f"{fresh.due_on}") == ("2025-09-09", "2025-09-14")


def test_a_converted_clock_says_so_in_its_receipt() -> None:
    deciding = clock(led(applied()), "deciding")
    assert (f"{deciding.started_on}", f"{deciding.due_on}", deciding.dating) == ("2025-09-01", "2025-09-22", 2)
    told = receipt("Deadline", deciding, calendar())
    assert told.rows[-1].on == deciding.due_on
    assert "9月9日程序版本变更，期限按新版计算。" in told.sentence


def test_a_warning_whose_time_has_passed_is_not_given_again() -> None:
    life = applied()
    life.until("2025-09-09T10:00")
    deciding = clock(led(life), "deciding")
    assert deciding.next_at is not None
    assert deciding.next_at > moment("2025-09-22T00:00")


def test_a_rung_climbed_before_stays_climbed_and_a_new_one_is_climbed() -> None:
    life = licensed()
    life.until("2026-08-10T10:00")
    assert "warn:T7" in clock(life.case, "permit").climbed
    early = clock(led(licensed(), "2026-06-01T10:00"), "licence")
    late = clock(led(life, "2026-08-10T10:00"), "licence")
    assert (early.climbed, late.climbed) == (set(), {"warn:S7:1", "warn:S7:2"})
    assert f"{early.next_at:%m-%d}" == "07-09"


def test_an_act_of_the_clock_that_is_still_to_come_comes_under_the_new_version() -> None:
    going = Life(Now)
    going.case = led(licensed(), "2026-09-01T10:00")
    assert [made.trigger for made in going.until("2026-09-08T10:00")][-1] == "lapse"
    assert going.case.state == "over"


def test_what_became_of_each_clock_is_told() -> None:
    before = licensed().case
    told = {(each.kind, each.code) for each in became(WAY, before, led(licensed()))}
    assert told == {("kept", "T5-1"), ("kept", "S7"), ("given_up", "T6"), ("begun", "S6")}


def test_an_answered_duty_is_not_asked_again() -> None:
    life = applied()
    life.act("2025-09-02T09:00", CLERK, "look")
    after = led(life)
    assert [row.ended for row in after.clocks if row.id == "visiting"] == ["done"]
    assert [each.kind for each in became(WAY, life.case, after)] == ["converted"]


def test_the_case_before_the_acts_of_the_clock_is_led_too() -> None:
    life = licensed()
    life.until("2026-09-08T10:00")
    assert life.case.state == "over"
    after = led(life, "2026-09-08T11:00")
    assert after.earlier is not None
    assert (after.earlier.state, after.earlier.definition) == ("licensed", "2")
    assert {row.id for row in after.earlier.clocks} <= set(Now.clocks)


def test_a_term_that_is_as_long_as_before_is_not_dated_anew(tmp_path: Path) -> None:
    way = way_to(now_with(tmp_path, ('"看现场期限", days(5)', '"看现场期限", days(3)')), clocks=LOOKING)
    before = clock(applied().case, "looking")
    after = clock(led(applied(), "2025-09-03T10:00", way), "visiting")
    assert (after.due_at, after.dating, after.moves) == (before.due_at, before.dating, before.moves)


def test_a_term_of_hours_is_converted_from_its_first_minute(tmp_path: Path) -> None:
    changes = ('"看现场期限", days(5)', '"看现场期限", hours(100)'), ("days, months", "days, hours, months")
    way = way_to(now_with(tmp_path, *changes), clocks=LOOKING)
    assert clock(led(applied(), "2025-09-03T10:00", way), "visiting").due_at == moment("2025-09-05T13:00")


# What forbids it in a single case


def test_a_half_signed_act_is_signed_to_its_end_first() -> None:
    life = applied()
    life.act("2025-09-05T09:00", CLERK, "grant", granted_on="2025-09-05")
    assert refused(life, WAY) == "“许可”还在等下一位签字，新版的签法不同。"
    life.case = replace(life.case, signing={}, earlier=life.case)
    assert refused(life, WAY) == "“许可”还在等下一位签字，新版的签法不同。"


SIGNED_AS_BEFORE = ("case, granted_on, clean)", "case, granted_on)")


def test_a_half_signed_act_whose_form_is_the_same_goes_on(tmp_path: Path) -> None:
    life = applied()
    life.act("2025-09-05T09:00", CLERK, "grant", granted_on="2025-09-05")
    going = Life(now_with(tmp_path, SIGNED_AS_BEFORE))
    going.case = led(life, way=way_to(going.procedure))
    (half,) = going.case.signing.values()
    assert [(hand.person, hand.role) for hand in half.hands] == [("wu", "officer")]
    going.act("2025-09-10T09:00", HEAD, "grant")
    assert (going.case.state, f"{going.case.data['granted_on']}") == ("licensed", "2025-09-05")
    assert going.case.done["grant"].persons == {"wu", "he"}


@pytest.mark.parametrize(
    "change",
    [
        ("in_turn(officer, head)", "in_turn(officer, officer)"),
        ("received >> licensed", "received >> suspended"),
        ("by=in_turn(officer, head), decides=True", "by=in_turn(officer, head)"),
        ("    Act,\n", "    Act,\n"),
    ],
    ids=["another hand", "another end", "no decision", "none"],
)
def test_what_is_signed_otherwise_waits(change: tuple[str, str], tmp_path: Path) -> None:
    life = applied()
    life.act("2025-09-05T09:00", CLERK, "grant", granted_on="2025-09-05")
    way = way_to(now_with(tmp_path, SIGNED_AS_BEFORE, change))
    if change[0] == change[1]:
        assert led(life, way=way).signing
    else:
        assert refused(life, way) == "“许可”还在等下一位签字，新版的签法不同。"


def test_what_is_half_signed_and_left_out_waits(tmp_path: Path) -> None:
    life = applied()
    life.act("2025-09-05T09:00", CLERK, "grant", granted_on="2025-09-05")
    way = way_to(now_with(tmp_path), acts={**stalls.acts, "grant": left_out})
    assert refused(life, way) == "“许可”还在等下一位签字，新版的签法不同。"


def test_no_term_comes_to_be_over_by_a_change_of_rules(tmp_path: Path) -> None:
    """A term of ten working days, converted to three, would have ended on 4 September."""
    way = way_to(now_with(tmp_path, ("working_days(15)", "working_days(3)")))
    assert refused(applied(), way) == "办理期限会因换版而到期（2025-09-04）。"
    assert f"{clock(led(applied(), '2025-09-03T10:00', way), 'deciding').due_on}" == "2025-09-04"


def test_a_term_that_was_over_before_is_over_afterwards(tmp_path: Path) -> None:
    way = way_to(now_with(tmp_path, ("working_days(15)", "working_days(3)")))
    life = applied()
    life.until("2025-09-20T10:00")
    after = led(life, "2025-09-20T10:00", way)
    assert f"{clock(after, 'deciding').due_on}" == "2025-09-04"


def test_a_clock_that_the_new_version_does_not_want_there_is_no_silent_loss(tmp_path: Path) -> None:
    way = way_to(now_with(tmp_path, ("runs_in=received, pause=", 'runs_in=received, when="is_told_on", pause=')))
    assert refused(applied(), way) == "办理期限在新版中不再计算。"
    assert clock(led(applied(informer="某甲"), way=way), "deciding")


def test_a_sealed_case_is_not_opened_to_more_people(tmp_path: Path) -> None:
    way = way_to(now_with(tmp_path, ("return bool(case.informer)", "return False")))
    assert refused(applied(informer="某甲"), way) == "案件会向更多的人公开。"
    assert led(applied(informer="某甲")).sealed_to == ("head", "officer")
    wider = way_to(now_with(tmp_path, ("(head, officer)", "(head, officer, vendor)")))
    assert refused(applied(informer="某甲"), wider) == "案件会向更多的人公开。"
    life = applied(informer="某甲")
    life.case = replace(life.case, hidden_from="street")
    assert refused(life, WAY) == "案件会向更多的人公开。"


# What would happen at once

DROPPED = (
    ("licensed >> over, tells", "(received, licensed) >> over, tells"),
    ("ends=visit, ladder=overdue.tell(officer)", "ends=visit, ladder=(overdue.tell(officer), overdue.do('lapse'))"),
)


def test_a_rung_that_is_new_does_nothing_to_a_case_whose_term_is_over(tmp_path: Path) -> None:
    life = applied()
    life.until("2025-09-08T10:00")
    clocks = {**CLOCKS, "looking": keeps_running("visiting")}
    way = way_to(now_with(tmp_path, *DROPPED), clocks=clocks)
    assert refused(life, way) == "看现场期限会因换版立即办理“期满”。"
    early = applied()
    assert led(early, "2025-09-03T10:00", way)


def test_what_was_due_before_is_no_news(tmp_path: Path) -> None:
    """Nobody has climbed anything yet: the one rung is due under both versions, the other under the new one alone."""
    life = applied()
    clocks = {**CLOCKS, "looking": keeps_running("visiting")}
    twice = (
        "ends=visit, ladder=overdue.tell(officer)",
        "ends=visit, ladder=(overdue.tell(officer), after(days(1)).tell(head))",
    )
    way = way_to(now_with(tmp_path, twice), clocks=clocks)
    at = moment("2025-09-08T10:00")
    told = at_once(way, life.case, led(life, f"{at:%Y-%m-%dT%H:%M}", way), life.facts, at)
    assert [due.key for due in told] == ["after:S1"]


def test_no_case_is_left_without_any_clock(tmp_path: Path) -> None:
    """The visit is done; of what was left, one term is given up and the other begins with an act alone."""
    life = applied()
    life.act("2025-09-02T09:00", CLERK, "look")
    sooner = (
        '"办理期限", working_days(15).since(applied_on), runs_in=received,',
        '"办理期限", working_days(15), starts=ask, runs_in=received,',
    )
    way = way_to(now_with(tmp_path, sooner), clocks={**CLOCKS, "deciding": given_up("无")})
    assert refused(life, way) == "换版后案件没有任何期限在计。"


# Residents


def test_a_resident_is_the_same_under_another_name_of_his_role(tmp_path: Path) -> None:
    old = changed(stall_1, tmp_path, [*table_of(), *AMONG])
    traders = [(was.replace("vendor", "trader"), is_.replace("vendor", "trader")) for was, is_ in (*table_of(), *AMONG)]
    new = now_with(tmp_path, ("vendor", "trader"), *traders)
    way = way_to(new, old, roles={"clerk": "officer", "vendor": "trader"})
    assert [person_of(way, each) for each in ("vendor_2", "vendor:TD-1", "clerk_2", "17", "ghost_1", "vendor_x")] == [
        "trader_2",
        "trader:TD-1",
        "clerk_2",
        "17",
        "ghost_1",
        "vendor_x",
    ]


def test_what_people_were_told_is_never_shortened(tmp_path: Path) -> None:
    """Fifteen days to appeal from the 5th: started anew with five it would end on the 14th, and ends on the 22nd."""
    life = applied()
    life.act("2025-09-05T09:00", HEAD, "refuse")
    told = clock(life.case, "appealing").due_on
    way = way_to(
        now_with(tmp_path, ('"申诉期", days(30)', '"申诉期", days(5)')),
        clocks={**stalls.clocks, "appealing": starts_anew("appealing")},
    )  # fmt: skip
    kept = clock(led(life, way=way), "appealing")
    assert (f"{told}", kept.due_on, kept.moves[-1].kind) == ("2025-09-22", told, "convert")
    assert "期限以9月22日为准，已经告知的期限不缩短。" in receipt("Window", kept, calendar()).sentence

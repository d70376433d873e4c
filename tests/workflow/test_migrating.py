"""A migration proves itself, leads a case over without loss, and leads it back as if nothing had been."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workflow import stall
from tests.workflow.life import Life, moment
from tests.workflow.paper import calendar
from tests.workflow.stall import Stall as Now
from tests.workflow.stall_1 import Stall as Before
from tests.workflow.stall_1_2 import stalls
from tests.workflow.test_faults import module_of
from workflow import lives, wording
from workflow.migrating import became, give_back, migrate
from workflow.parts import paused_between
from workflow.proof import prove
from workflow.proving.migrations import pauses_alike, prove_way, wrongs
from workflow.receipts import receipt
from workflow.record import dump, load
from workflow.refusals import Refused
from workflow.registry import EARLIER, PROCEDURES, UnknownVersion, definition, definitions, way
from workflow.snapshot import Actor, CaseSnapshot, Facts, RunningClock
from workflow.story import TREE
from workflow.words.chapter import InvalidProcedure
from workflow.words.migration import Way, converted, given_up, keeps_running, starts_anew
from workflow.words.procedure import Procedure

WAY = Way(stalls, Before, Now)
LOOKING = {**stalls.clocks, "looking": converted("visiting")}
VENDOR, CLERK, HEAD = Actor("li", "vendor"), Actor("wu", "clerk", "street"), Actor("he", "head", "street")


def test_the_fixture_and_its_migration_hold() -> None:
    prove(Before, Now)
    assert prove_way(Way(stalls, Before, Now)).name_of(row("permit")) == "licence"


def row(name: str) -> RunningClock:
    made = applied().case.clocks[0]
    return replace(made, id=name)


def applied(**form: Any) -> Life:
    """A stall applied for on Monday 1 September 2025."""
    life = Life(Before)
    filled = {"applicant": "li", "place": "东口", "goods": "food"} | form
    life.act("2025-09-01T09:00", VENDOR, "apply", via=CLERK, **filled)
    return life


def licensed(on: str = "2025-09-05") -> Life:
    life = applied()
    life.act(f"{on}T09:00", CLERK, "grant", granted_on=on)
    life.act(f"{on}T10:00", HEAD, "grant")
    return life


def led(life: Life, at: str = "2025-09-09T10:00", way: Way = WAY) -> CaseSnapshot:
    return migrate(way, life.case, life.facts, moment(at), cause={}).after


def clock(case: CaseSnapshot, name: str) -> RunningClock:
    return next(row for row in case.clocks if row.id == name and row.is_live)


def refused(life: Life, way: Way, at: str = "2025-09-09T10:00") -> str:
    with pytest.raises(Refused) as found:
        led(life, at, way)
    return "".join(each.message for each in found.value.refusals)


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
        back = give_back(WAY, made.after, load(Before, dump(Before, case)), calendar(), life.now, cause={})
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


def test_a_pause_between_two_acts_is_the_same_between_what_they_are_called_now() -> None:
    pause = paused_between(Before.look, Before.grant)
    assert pauses_alike(WAY, pause, paused_between(Now.visit, Now.grant))
    assert not pauses_alike(WAY, pause, paused_between(Now.ask, Now.grant))


# What forbids it in a single case


def now_with(folder: Path, *changes: tuple[str, str]) -> type[Procedure]:
    """The present version, its text changed here and there; nobody else takes it for the present one."""
    source = Path(stall.__file__).read_text(encoding="utf-8")
    for old, new in changes:
        assert old in source, old
        source = source.replace(old, new)
    known = dict(Procedure.by_version)
    made = module_of(source, folder, "Stall")
    Procedure.by_version.update(known)
    return made


def way_to(new: type[Procedure], **other: Any) -> Way:
    return Way(replace(stalls, **other), Before, new)


def test_a_half_signed_act_is_signed_to_its_end_first() -> None:
    life = applied()
    life.act("2025-09-05T09:00", CLERK, "grant", granted_on="2025-09-05")
    assert refused(life, WAY) == "有一步还在等下一位签字。"


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


# What loading refuses

CLOCKS = stalls.clocks
MISTAKES: list[tuple[str, list[tuple[str, str]], dict[str, Any], str]] = [
    ("a state that is none", [], {"states": {**stalls.states, "lost": "received"}}, "lost is no state of version 1"),
    ("a state led nowhere", [], {"states": {"applied": "received", "granted": "given"}}, "given is no state of version 2"),
    ("a state without a place", [], {"states": {"applied": "received"}}, "a case may stand in granted"),
    ("an open case is closed", [], {"states": {**stalls.states, "applied": "over"}}, "applied and over are not both final"),
    (
        "a decision by migration", [], {"states": {**stalls.states, "applied": "licensed"}},
        "licensed is reached by a decision alone, and nobody has decided in applied",
    ),
    ("a detour that is none", [], {"states": {**stalls.states, "suspended": "received"}}, "are not both detour"),
    ("a role without a place", [], {"roles": {}}, "whoever acted as clerk has no role"),
    ("a role turned outside", [], {"roles": {"clerk": "vendor"}}, "clerk and vendor are not both outside"),
    ("an act that is none", [], {"acts": {"glance": "visit"}}, "glance is no act of version 1"),
    ("a line without a place", [], {"lines": {"place": "site"}}, "what stands in shelf has no place"),
    ("two lines in one", [], {"lines": {"place": "site", "shelf": "site"}}, "several lines become site"),
    ("a line of another kind", [], {"lines": {**stalls.lines, "place": "extra"}}, "place is text and extra number"),
    ("an option that is gone", [('repair="修理", ', "")], {}, "goods has no option repair"),
    ("a line open to more", [('text("举报人", optional', 'text("举报人", privacy="public", optional')], {}, "open to more people"),
    ("a line shown to more roles", [("seen_by=head", "seen_by=(head, officer)")], {}, "remark is open to more people"),
    ("a line shown to all", [(", seen_by=head", "")], {}, "remark is open to more people"),
    ("a register of other columns", [('Register("常年摊主", goods', 'Register("常年摊主", wares')], {}, "regulars has other columns"),
    ("a look that is an act", [('@Act("实地看", received >> same, by=officer)', '@Act("实地看", received >> same, by=officer, reveals=informer)')], {}, "look and visit are not both acts that only show"),
    ("a clock that runs for each row", [('"看现场期限", days(5), runs_in=received, ends=visit', '"看现场期限", until("due_on"), each=visits, met_by=visit, number=round_no, runs_in=received'), ('def visit(case, clean)', 'def visit(case, round_no)'), ('    clean = ', '    visits = rows("察看", due_on=day("日期"))\n    clean = '), ("import choice, day", "import rows, choice, day"), ("import days, months", "import until, days, months")], {}, "looking and visiting are not both one a row"),
    ("a seal that is gone", [('    seal = Seal("is_told_on", (head, officer))\n', "")], {}, "seals nothing"),
    ("a poll that is gone", [("opinions", "views")], {}, "codes of opinions may be out"),
    ("an answer that is gone", [('"good": "满意", ', "")], {}, "opinions has no answer good"),
    ("a poll that is shut", [("open_in=licensed", "open_in=received")], {}, "opinions is not open everywhere"),
    ("a clock without a place", [], {"clocks": {k: v for k, v in CLOCKS.items() if k != "looking"}}, "looking may be running"),
    ("two clocks in one", [], {"clocks": {**CLOCKS, "looking": keeps_running("deciding")}}, "several clocks become deciding"),
    ("a name taken", [], {"clocks": {**CLOCKS, "fee": keeps_running("rounds"), "rounds": given_up("无")}}, "takes the name of another"),
    ("a name used anew", [], {"clocks": {**CLOCKS, "rounds": given_up("无")}}, "rounds would be the name of another clock"),
    ("a clock of another kind", [('visiting = Deadline("S1", "看现场期限", days(5), runs_in=received, ends=visit, ladder=overdue.tell(officer))', 'visiting = Window("S1", "看现场期限", days(5), runs_in=received, ends=visit, closes=visit)')], {}, "looking is a Deadline, visiting a Window"),
    ("a clock that runs elsewhere", [("runs_in=received, ends=visit", "runs_in=papers, ends=visit")], {}, "visiting does not run everywhere"),
    ("a pause that cannot be", [(" pause=paused_in(papers),", "")], {}, "deciding may be paused where deciding cannot"),
    ("a promise given up", [], {"clocks": {**CLOCKS, "permit": given_up("无")}}, "permit was promised to people"),
    ("a promise shortened", [('"申诉期", days(30)', '"申诉期", days(9)')], {}, "of which people were told"),
    ("a duty that recurs anew", [], {"clocks": {**CLOCKS, "rounds": starts_anew("rounds")}}, "cannot start anew"),
    (
        "hours out of a pause", [("working_days(15).since(applied_on)", "hours(90)"), ("days, months", "days, hours, months")],
        {}, "which hours do not tell",
    ),
    ("a migration to itself", [('version = "2"', 'version = "1"')], {}, "leads nowhere"),
]  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES, ids=[name for name, *_ in MISTAKES])
def test_a_mistake_is_found_when_it_loads(mistake: tuple[Any, ...], tmp_path: Path) -> None:
    _, changes, said, sentence = mistake
    way = way_to(now_with(tmp_path, *changes), **said)
    assert [each for each in wrongs(way) if sentence in each], list(wrongs(way))
    with pytest.raises(InvalidProcedure, match="stall 1 →"):
        prove_way(way)


# Several versions beside each other


def test_a_case_reads_another_by_the_version_that_stands_under() -> None:
    old, new = licensed().case, led(licensed())
    life = applied()
    body = Before(life.case, life.facts, CLERK, moment("2025-09-09T10:00").date(), moment("2025-09-09T10:00"))
    assert (body.case_of(old).place, body.case_of(new).site) == ("东口", "东口")


def test_an_earlier_version_words_its_documents_its_own_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in ("stall", "stall_1"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "slip.txt").write_text(folder, encoding="utf-8")
    (tmp_path / "stall" / "letter.txt").write_text("stall", encoding="utf-8")
    monkeypatch.setattr(wording, "WORDINGS", tmp_path)
    assert [wording.place(each, "slip") for each in (Before, Now)] == ["stall_1/slip.txt", "stall/slip.txt"]
    assert wording.place(Before, "letter") == "stall/letter.txt"


def test_a_version_that_is_not_there_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(PROCEDURES, "stall", Now)
    assert definition("stall", "") is definition("stall", "2") is Now
    with pytest.raises(UnknownVersion, match="stall 1"):
        definition("stall", "1")
    with pytest.raises(UnknownVersion):
        way(stalls)
    monkeypatch.setitem(EARLIER, ("stall", "1"), Before)
    assert way(stalls) == WAY
    assert [*definitions()][-1] == ("stall", "1")

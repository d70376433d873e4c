"""A migration is refused when it loads for whatever a case would lose by it, at its file and line."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.workflow import stall_1, stall_1_2
from tests.workflow.life import moment
from tests.workflow.stall import Stall as Now
from tests.workflow.stall_1 import Stall as Before
from tests.workflow.stall_1_2 import stalls
from tests.workflow.stall_lives import (
    AMONG,
    CLERK,
    CLOCKS,
    OFFICES,
    WAY,
    applied,
    changed,
    led,
    licensed,
    now_with,
    row,
    table_of,
    way_to,
)
from workflow import wording
from workflow.fingerprint import fingerprint
from workflow.parts import paused_between
from workflow.proof import prove
from workflow.proving.migrations import prove_way, wrongs
from workflow.proving.ways.clocks import pauses_alike
from workflow.proving.ways.wrong import wrong
from workflow.registry import EARLIER, PROCEDURES, UnknownVersion, definition, definitions, way
from workflow.words.chapter import InvalidProcedure
from workflow.words.migration import Way, given_up, keeps_running, starts_anew


def test_the_fixture_and_its_migration_hold() -> None:
    prove(Before, Now)
    assert prove_way(Way(stalls, Before, Now)).name_of(row("permit")) == "licence"


def test_an_office_may_be_held_at_fewer_units(tmp_path: Path) -> None:
    old = changed(stall_1, tmp_path, [('clerk = Role("受理员")', 'clerk = Role("受理员", of=upward)'), *OFFICES])
    for office in ("here", 'the("street")', "above(here)", "upward"):
        narrow = ('officer = Role("经办人")', f'officer = Role("经办人", of={office})')
        assert list(wrongs(way_to(now_with(tmp_path, narrow, *OFFICES), old))) == []


def test_a_secret_may_be_shown_to_whom_it_was_shown_and_a_new_one_to_anybody(tmp_path: Path) -> None:
    old = changed(
        stall_1, tmp_path, [("by=clerk)\n        def inspect", "by=clerk, reveals=informer)\n        def inspect")]
    )
    shows = ("by=officer)\n        def inspect", "by=officer, reveals=(informer, clean))\n        def inspect")
    assert list(wrongs(way_to(now_with(tmp_path, shows), old))) == []


def test_what_is_wrong_is_said_at_the_line_of_the_mapping() -> None:
    source = Path(stall_1_2.__file__).read_text(encoding="utf-8").splitlines()
    for part, name, line in (
        ("clocks", "fee", '"fee": given_up'), ("acts", "look", "acts={"), ("lines", "goods", "lines={"),
        ("joins", "", "Migration("),
    ):  # fmt: skip
        told = wrong(WAY, part, name, "…")
        assert (told.file, line in source[told.line - 1]) == (stall_1_2.__file__, True), told
    unwritten = Way(replace(stalls, file="gone.py"), Before, Now)
    assert str(wrong(unwritten, "acts", "look", "…")) == f"gone.py:{stalls.first_line}: stall 1 → 2: …"


# What loading refuses

OLD, NEW = "old", "new"  # changes of the version itself


def waiting_for(opens: str) -> list[tuple[str, str]]:
    """A time in which nothing is decided yet."""
    return [
        (
            "papers_due = Window",
            f'hearing = Earliest("T8", "听取意见", days(3), runs_in=papers, opens=({opens},))\n        papers_due = Window',
        ),
        ("    Extension,\n", "    Extension,\n    Earliest,\n"),
    ]


INSPECTOR = ('    head = Role("站长")', '    head = Role("站长")\n    inspector = Role("巡查员")')


AGENT = ('    head = Role("站长")', '    head = Role("站长")\n    agent = Role("代办人", outside=True)')


UPWARD = ('officer = Role("经办人")', 'officer = Role("经办人", of=upward)')


SEAL_OF_OLD = (
    '    seal = Seal("is_told_on", (head, clerk))',
    '    board = text("被举报单位")\n    seal = Seal("is_told_on", (head, clerk), hidden_from=board)',
)


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
    # Shown to more people
    ("a seal with more keys", [('"is_told_on", (head, officer)', '"is_told_on", (head, officer, inspector)'), INSPECTOR], {"joins": {"inspector": "第九条"}}, "the seal is open to inspector"),
    ("a seal with a merged key", [('"is_told_on", (head, officer)', '"is_told_on", officer')], {OLD: [('"is_told_on", (head, clerk)', '"is_told_on", clerk')], "roles": {"clerk": "officer", "head": "officer"}}, "the seal is open to officer"),
    ("a seal that hides no more", [], {OLD: [SEAL_OF_OLD]}, "what was hidden from board no longer is"),
    ("a column open to more", table_of(privacy="public"), {OLD: table_of()}, "who is open to more people than who"),
    ("an option of a column that is gone", table_of(options='kin="亲属"'), {OLD: table_of()}, "kind has no option hired"),
    ("a column of another kind", table_of(options='kin="亲属", hired="雇工"', kind="text"), {OLD: table_of()}, "kind is choice and kind text"),
    ("a table of other columns", table_of(name="whom"), {OLD: table_of()}, "or of other parts"),
    ("a role held further up", [UPWARD, *OFFICES], {}, "officer is held by others than clerk was"),
    ("a role held elsewhere", [('officer = Role("经办人")', 'officer = Role("经办人", of=above("site"))'), *OFFICES], {}, "officer is held by others than clerk was"),
    ("a role held at another unit", [('officer = Role("经办人")', 'officer = Role("经办人", of="site")')], {OLD: [('clerk = Role("受理员")', 'clerk = Role("受理员", of="goods")')]}, "officer is held by others than clerk was"),
    ("a role no longer held by those named", [], {OLD: [('clerk = Role("受理员")', 'clerk = Role("受理员", named="applicant", of=())')]}, "officer is held by others than clerk was"),
    ("residents no longer named", table_of(), {OLD: [*table_of(), *AMONG]}, "vendor is held by others than vendor was"),
    ("a role that is new", [INSPECTOR], {}, "inspector is new and would see running cases"),
    ("a right for nobody", [], {"joins": {"ghost": "第九条"}}, "ghost is no role of version 2"),
    ("a role with the name of another", [('    head = Role("站长")', '    head = Role("站长")\n    clerk = Role("帮办")')], {"joins": {"clerk": "第九条"}}, "clerk would be the name of another role"),
    ("a state with the name of another", [('    papers = State("补正中", waiting=True)', '    papers = State("补正中", waiting=True)\n    applied = State("预约")')], {}, "applied would be the name of another state"),
    ("an act with the name of another", [('@Act("停业"', '@Act("远看", licensed >> same, by=officer)\n        def look(case): ...\n\n        @Act("停业"')], {}, "look would be the name of another act"),
    ("two residents in one", [], {OLD: [AGENT], "roles": {"clerk": "officer", "agent": "vendor"}}, "several residents become vendor"),
    ("a register open to more", [], {OLD: [('Register("常年摊主", goods=text("经营"))', 'Register("常年摊主", goods=text("经营", privacy="sensitive"))')]}, "regulars: goods is open to more people than goods"),
    ("a secret shown to more", [("by=officer)\n        def hang_sign", "by=head, reveals=informer)\n        def hang_sign")], {OLD: [("by=clerk)\n        def collect", "by=clerk, reveals=informer)\n        def collect")]}, "hang_sign shows informer to head"),
    # Kept apart
    ("an act without a place", [], {"acts": {"look": "visit"}}, "who did collect is remembered"),
    ("who looked decides", [(" not_by=visit,", "")], {}, "who did look was kept from refuse"),
    ("who did what is left out decides", [(" not_by=visit,", "")], {"acts": {"look": "", "collect": ""}}, "who did look was kept from refuse"),
    ("a party that is none", [("    parties = (applicant,)\n", "")], {}, "applicant is a party, and might act in his own case"),
    ("apart no longer", [('    apart = Apart("同一案中不得兼任。", officer, head)\n', "")], {}, "clerk and head are no longer kept apart"),
    ("apart become one", [], {"roles": {"clerk": "officer", "head": "officer"}}, "clerk and head were kept apart and become one"),
    # Promised
    ("an act no longer held back", [], {OLD: waiting_for("grant, refuse"), NEW: waiting_for("grant")}, "refuse would no longer wait for hearing"),
    ("an act that ends with a window", [('runs_in=papers, closes=hand_in)', 'runs_in=papers, closes=(hand_in, ask))')], {}, "ask would end with papers_due"),
    ("a state without a clock", [('papers_due = Window("T3", "补正期限", days(10), runs_in=papers, closes=hand_in)', 'papers_in = Deadline("S3", "补正期限", days(10), runs_in=papers, starts=ask)')], {OLD: [('papers_due = Window("T3", "补正期限", days(10), runs_in=papers, closes=hand_in)', 'papers_due = Deadline("T3", "补正期限", days(10), runs_in=papers)')], "clocks": {**CLOCKS, "papers_due": given_up("无"), "deciding": given_up("无"), "looking": given_up("无")}}, "papers is left without a clock"),
]  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES, ids=[name for name, *_ in MISTAKES])
def test_a_mistake_is_found_when_it_loads(mistake: tuple[Any, ...], tmp_path: Path) -> None:
    _, changes, told, sentence = mistake
    said = {name: value for name, value in told.items() if name not in (OLD, NEW)}
    way = way_to(
        now_with(tmp_path, *changes, *told.get(NEW, ())), changed(stall_1, tmp_path, told.get(OLD, ())), **said
    )
    assert [each for each in wrongs(way) if sentence in each.sentence], list(wrongs(way))
    with pytest.raises(InvalidProcedure, match="stall 1 →"):
        prove_way(way)


def test_a_pause_between_two_acts_is_the_same_between_what_they_are_called_now() -> None:
    pause = paused_between(Before.look, Before.grant)
    assert pauses_alike(WAY, pause, paused_between(Now.visit, Now.grant))
    assert not pauses_alike(WAY, pause, paused_between(Now.ask, Now.grant))


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


# Changed in place


def test_a_fingerprint_names_what_a_case_needs(tmp_path: Path) -> None:
    names = fingerprint(changed(stall_1, tmp_path, table_of()))
    for name in (
        "state papers waiting", "state over final", "state suspended detour", "line place text", "line goods.food",
        "line helpers.kind.kin", "clock looking Deadline", "role vendor outside", "role clerk", "act look",
    ):  # fmt: skip
        assert name in names
    assert fingerprint(Before) == fingerprint(changed(stall_1, tmp_path, [('text("摊位")', 'text("摊位号")')]))


def test_another_text_of_a_clock_is_another_name(tmp_path: Path) -> None:
    again = (
        "        papers_due = Window",
        '        papers_due = Window("T3", "补正期限", days(9), runs_in=papers, closes=hand_in)\n        papers_due = Window',
    )
    assert "clock papers_due Window 1" in fingerprint(changed(stall_1, tmp_path, [again]))

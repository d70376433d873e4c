"""One fault a class of mistakes, put into a procedure that is sound: each is found, at its own file and line."""

from __future__ import annotations

import importlib.util
import sys
from datetime import date
from itertools import count
from pathlib import Path

import pytest

from tests.workflow.paper import calendar
from workflow.proof import contradictions
from workflow.proving import paper
from workflow.proving.length import longest
from workflow.proving.others import between
from workflow.proving.tree import ladders_reach_somebody, vacancies
from workflow.snapshot import Unit
from workflow.words.procedure import Procedure

SOUND = """
import datetime

from workflow.fields import choice, day, number, person, rows, text, unit, yes_no
from workflow.parts import *
from workflow.parts import Census, Derived, Entries, Extension, Mean, Measure, Poll, Register, Roster
from workflow.terms import days, months, until, working_days
from workflow.words.law import Law, local, ours

rule = Law("借用办法", since="2024-01-01")
old = Law("旧办法", since="2020-01-01", until="2025-01-01")(1)
people = Register("名册", id="fault_people", club=unit("单位"), standing=choice("身份", full="正式", guest="临时"))


class Lending(Procedure):
    label = "借用"
    number_prefix = "JY"

    borrower = Role("借用人", outside=True)
    keeper = Role("保管员")
    head = Role("站长")
    overseer = Role("督办员", of=upward)
    apart = Apart("保管员不得兼站长。", keeper, head)

    asked = State("已申请", waiting=True)
    lent = State("借出中")
    repair = State("修理中", detour=True)
    returned = State("已归还", final=True)
    lost = State("已丢失", final=True, reopens=True)

    who = person("借用人")
    parties = (who,)
    tool, kind = text("工具"), choice("类别", saw="锯", drill="钻")
    lent_on, due_back, extra = day("借出日", of_act=True), day("约定归还日"), number("延长天数", at_least=1)
    month, damaged, at = number("第几月", at_least=1), yes_no("损坏"), unit("借出单位", optional=True)
    origin = Link("前次借用", "lending", optional=True)
    most_days = Setting("最长天数", 20, at_least=10)
    mode = Setting("方式", "a", one_of=("a", "b"))

    card = Card("名册", people, of=who)
    others = Cases("lending", same=(kind,))
    views = Poll("意见", {"good": "好", "bad": "不好"}, by=borrower, open_in=lent)
    letter = Document("催还书", to=borrower)
    slip = Document("不借通知", to=borrower)

    is_asked = property(lambda case: case.asked and case.mode == "a")

    def is_asked_now(case):
        return case.asked

    with rule(1):

        @Act("申请", new >> asked, by=borrower, via=keeper)
        def ask(case, who, tool, kind, at, origin):
            case.must(case.card.standing == "full", "只借给正式成员。")
            case.must(len(case.others) < 9, "同类已借出{n}件。", n=len(case.others))

        @Act("借出", asked >> lent, by=keeper, decides=True)
        def lend(case, lent_on, due_back): ...

        @Act("不借", asked >> returned, by=keeper, issues=slip, decides=True)
        def refuse(case, reason=text("理由")): ...

        @Act("撤回", asked >> returned, clock_may=True)
        def lapse(case): ...

        deciding = Deadline("L1", "答复期限", working_days(5), runs_in=asked,
            ladder=(on_working_day(3).tell(keeper), overdue.tell(head)))
        waiting_for = Window("L1x", "有效期", days(30), runs_in=asked, ladder=overdue.do(lapse))

    with rule(2):

        @Act("延长", lent >> same, by=keeper)
        def extend(case, extra): ...

        @Act("归还", lent >> either(returned, lost), by=in_turn(borrower, keeper), tells=head)
        def give_back(case, damaged, *, found=yes_no("查收无误")):
            case.must(case.views.of("good") >= 0, "票数不能为负。")
            if case.damaged and case.actor.role == "keeper":
                case.tell("head")
            return case.returned if found else case.lost

        @Act("月检", lent >> same, by=keeper)
        def inspect(case, month): ...

        @Act("送修", lent >> repair, by=keeper)
        def send(case): ...

        @Act("修好", repair >> back, by=keeper, not_by=(send,))
        def mend(case): ...

        @Act("找回", lost >> returned, by=keeper, issues=letter)
        def find(case):
            case.must(case.state_is("lost"), "没有丢失。")

        lending = Deadline("L2", "借用期限", until(due_back), runs_in=lent, pause=paused_in(repair),
            extension=Extension(extend, days(extra), at_most=days(10), times=1),
            ladder=(before(days(2)).tell(keeper), overdue.tell(keeper, overseer)))
        cooling = Earliest("L3", "最短借期", days(most_days).since(lent_on), runs_in=lent, opens=give_back)
        checks = Recurring("L4", "月检", months(1).since(lent_on), runs_in=lent, met_by=inspect, number=month,
            ladder=overdue.tell(head))

    lost_share = Measure("丢失率", of=find, among=lend)
"""

# Name of the mistake, what stood there, what stands there now, what is said of it; and where, if not where § stands or
# the new text begins: how that line begins.
FAULTS = [
    ("a state never reached", 'lost = State("已丢失", final=True, reopens=True)\n', 'lost = State("已丢失", final=True, reopens=True)\n    limbo = State("无路可到", final=True)§\n', "limbo is never reached"),
    ("a dead end", "repair >> back, by=keeper, not_by=(send,)", "repair >> same, by=keeper, not_by=(send,)", "repair is a dead end", 'repair = State'),
    ("a final state that is left", ', final=True, reopens=True)\n', ', final=True)§\n', "lost is final but find leaves it"),
    ("a state that reopens and is never left", 'returned = State("已归还", final=True)', 'returned = State("已归还", final=True, reopens=True)§', "returned says reopens and nothing leaves it"),
    ("a state that reopens without an end", 'lent = State("借出中")', 'lent = State("借出中", reopens=True)§', "lent reopens and is not final"),
    ("who waits without a clock", 'lent = State("借出中")', 'lent = State("借出中")\n    idle = State("闲置", waiting=True)§', "idle waits without a clock"),
    ("a final state that waits", 'returned = State("已归还", final=True)', 'returned = State("已归还", final=True, waiting=True)§', "returned is final and waits for nobody"),
    ("a silent state that is no detour", 'lent = State("借出中")', 'lent = State("借出中", silent=True)§', "lent is silent and no detour"),
    ("two states of one label", 'lent = State("借出中")', 'lent = State("已申请")§', "lent and asked bear one label"),
    ("a detour that leads nowhere back", "repair >> back", "repair >> lent", "repair is a detour that nothing leads back from", 'repair = State'),
    ("a way back from no detour", 'lost >> returned, by=keeper, issues', 'lost >> back, by=keeper, issues', "find goes back from lost", '@Act("找回"'),
    ("no end at all", 'final=True', 'final=False', "no state is final", "    label ="),
    ("no act opens a case", 'new >> asked', 'lost >> asked', "no act opens a case", "    label ="),
    ("an act that opens a case and is done on one", 'new >> asked', '(new, lost) >> asked', "ask opens a case and is also done on one", '@Act("申请"'),
    ("an act that opens a case nowhere", "new >> asked", "new >> same", "ask opens a case and says no state for it", '@Act("申请"'),
    ("a line shown to what is no role", 'tool, kind = text("工具")', 'tool, kind = text("工具", seen_by="keeper")§', "tool is seen by keeper, who is no role"),
    ("a column named like a word of tables", 'tool, kind = text("工具")', 'seen = rows("见证", seen_by=text("见证人"))§\n    tool, kind = text("工具")', "seen is seen by <Field"),
    ("several entries read as one", 'card = Card("名册", people, of=who)', 'card = Entries("名册", people, about=who)', "名册 is several lines and has no standing", "case.card.standing"),
    ("an act outside every law", "    with rule(1):\n\n        @Act(\"申请\"", "    if True:\n\n        @Act(\"申请\"", "ask stands outside a law's block", '@Act("申请"'),
    ("two texts in force at once", "    lost_share", '    with ours("另一个文本"):\n\n        @Act("送修", lent >> repair, by=keeper)§\n        def send(case): ...\n\n    lost_share', "two texts of send are in force at once"),
    ("an act done by nobody without a condition", "ladder=overdue.do(lapse)", "ladder=overdue.tell(head)", "lapse is done by nobody", '@Act("撤回"'),
    ("an act by a role of nobody's", "lent >> repair, by=keeper)", 'lent >> repair, by=Role("无名"))', "send names Role(无名), which is no role", '@Act("送修"'),
    ("a paper that is none of its own", "by=keeper, issues=letter)", 'by=keeper, issues=Document("别的"))', "find issues Document(别的)", '@Act("找回"'),
    ("lines of a hand that does not sign", "by=in_turn(borrower, keeper)", "by=keeper", "give_back asks lines of a second hand and has one", '@Act("归还"'),
    ("recorded via somebody for nobody", "lent >> repair, by=keeper)", "lent >> repair, by=keeper, via=head)", "send is recorded via somebody", '@Act("送修"'),
    ("kept away from what is no act", "not_by=(send,)", 'not_by=("sent",)', "mend keeps away whoever did sent", '@Act("修好"'),
    ("a decision that an outsider takes", "lent >> repair, by=keeper)", "lent >> repair, by=borrower, decides=True)", "send decides, and borrower is no office", '@Act("送修"'),
    ("a decision that an outsider may take too", "asked >> lent, by=keeper, decides", "asked >> lent, by=(borrower, keeper), decides", "lend decides, and borrower is no office", '@Act("借出"'),
    ("a decision in one's own case", "asked >> lent, by=keeper, decides", "asked >> lent, by=who, decides", "lend decides, and who is no office: nobody decides in his own case", '@Act("借出"'),
    ("a party that is no person", "    parties = (who,)\n", "    name = text(\"名字\", optional=True)§\n    parties = (who, name)\n", "name of parties names no person"),
    ("an act that goes on for ever by itself", '        @Act("月检", lent', '        @Act("自转", lent >> same)§\n        def spin(case):\n            case.must(case.tool, "没有工具。")\n\n        @Act("月检", lent', "spin happens by itself and changes nothing its conditions ask"),
    ("an act that goes on for ever though it writes", '        @Act("月检", lent', '        @Act("自转", lent >> same)§\n        def spin(case):\n            case.must(case.tool, "没有工具。")\n            case.month = case.month + 1\n\n        @Act("月检", lent', "spin happens by itself and changes nothing its conditions ask"),
    ("a clock that ends with what cannot happen there", "runs_in=lent, pause", "ends=refuse, runs_in=lent, pause", "L2 (lending) ends with refuse, which can never happen where it runs", "lending ="),
    ("a clock that opens what cannot happen there", "runs_in=lent, opens=give_back)", "runs_in=lent, opens=refuse)", "L3 (cooling) opens refuse, which can never happen where it runs", "cooling ="),
    ("a clock that closes what cannot happen there", 'days(30), runs_in=asked', 'days(30), closes="extend", runs_in=asked', "L1x (waiting_for) closes extend, which can never happen where it runs", "waiting_for ="),
    ("an extension by what cannot happen there", "Extension(extend,", "Extension(refuse,", "L2 (lending) is extended by refuse, which can never happen where it runs", "extension=Extension"),
    ("a clock that starts with what leads elsewhere", "runs_in=lent, pause", "starts=refuse, runs_in=lent, pause", "L2 (lending) starts with refuse, which leads to no state where it runs", "lending ="),
    ("a waiting state whose clock is paused there", 'lent = State("借出中")', 'lent = State("借出中")\n    idle = State("闲置", waiting=True)§\n    with rule(9):\n        resting = Reminder("L9", "提醒", days(3), runs_in="idle")', "idle waits, and no clock moves there: L9 (resting) only reminds or is paused"),
    ("a posting that opens nothing", 'cooling = Earliest("L3", "最短借期", days(most_days).since(lent_on), runs_in=lent, opens=give_back)', 'cooling = Posting("L3", "公示", days(most_days).since(lent_on), runs_in=lent, ladder=at_once.tell(head))', "L3 (cooling) hangs out and opens nothing"),
    ("a recurring duty that nothing meets", "runs_in=lent, met_by=inspect, number=month,", "runs_in=lent,", "L4 (checks) recurs and no act meets it", "checks ="),
    ("a warning on no day", "on_working_day(3)", "on_working_day(0)", "L1 (deciding) warns on day 0 of its term", "deciding ="),
    ("a rung after the end that lies before it", "ladder=overdue.tell(head))\n\n    lost", "ladder=(overdue.tell(head), after(days(0)).tell(head)))\n\n    lost", "L4 (checks) has a rung 0日 after its end", "checks ="),
    ("a term that the office lengthens for itself", '"有效期", days(30)', '"有效期", days(30), ladder=()) if False else Deadline("L1x", "有效期", days(most_days)', "L1x (waiting_for) binds the office, which may lengthen it: most_days needs at_most=", "waiting_for ="),
    ("a time that the office shortens for a person", '20, at_least=10)', '20, at_most=30)', "L3 (cooling) is a person's time, which the office may shorten: most_days needs at_least=", "cooling ="),
    ("a duty that outlives the case", "working_days(5), runs_in=asked,", "working_days(5),", "L1 (deciding) runs on in end states for ever", "deciding ="),
    ("a law that ends before it begins", 'with rule(2):', 'with Law("倒置", since="2026-01-01", until="2025-01-01")(2):', "extend rests on 《倒置》第2条, which ends before it begins", '@Act("延长"'),
    ("days without a text", "    lost_share", '    with Law("前法", since="2020-01-01", until="2023-01-01")(1):\n\n        @Act("送修", lent >> repair, by=keeper)\n        def send(case): ...\n\n    lost_share', "send has no text from 2023-01-01 until 2024-01-01", '@Act("送修"'),
    ("a way out that ends with its law", "repair >> back, by=keeper, not_by=(send,))", "repair >> back, by=keeper, not_by=(send,), source=old)", "repair is still entered after 2025-01-01, and by then nothing leads out of it", "repair = State"),
    ("levels in one text", "    parties = (who,)\n", '    levels = "street"§\n    parties = (who,)\n', "levels is one text; write levels = (“street”,)"),
    ("a level of nothing", "    parties = (who,)\n", '    levels = ("strete",)§\n    parties = (who,)\n', "strete of levels is no level of units; did you mean street?"),
    ("an office at a level of nothing", 'head = Role("站长")', 'head = Role("站长", of=the("strete"))§', "head stands at strete, which is no level of units; did you mean street?"),
    ("a title that is no line", "    parties = (who,)\n", '    titled = "tool"§\n    parties = (who,)\n', "titled names tool, which is no line of the file"),
    ("once for what is no line", "    parties = (who,)\n", '    once = one_open_per(text("别处"))§\n    parties = (who,)\n', "once names <Field ? text 别处>, which is no line of the file"),
    ("a seal open to nobody's role", "    parties = (who,)\n", '    seal = Seal("who", open_to="hed")§\n    parties = (who,)\n', "seal names hed, which is no role of this procedure; did you mean head?"),
    ("a seal hidden from what is no line", "    parties = (who,)\n", '    seal = Seal("who", open_to=head, hidden_from="at")§\n    parties = (who,)\n', "seal names at, which is no line of the file"),
    ("a late entry signed by nobody's role", "    parties = (who,)\n", '    backdating = Backdating(days(3), beyond="head")§\n    parties = (who,)\n', "backdating names “head” by its id"),
    ("one id for two offices", 'head = Role("站长")', 'head = Role("站长")\n    chief = Role("主任", id="head")§', "head is the id of two roles at one office"),
    ("an office without a label", 'head = Role("站长")', 'head = Role("")§', "head has no label"),
    ("an act without a label", '@Act("送修"', '@Act(""', "send has no label"),
    ("a choice of nothing", 'choice("类别", saw="锯", drill="钻")', 'choice("类别")§', "kind is a choice without options"),
    ("a number that may be none", 'number("第几月", at_least=1)', 'number("第几月", at_least=9, at_most=3)§', "month may be nothing: at least 9 and at most 3"),
    ("a card about what is no line", "people, of=who)", 'people, of="whoo")§', "card asks about whoo, which is no line of the file; did you mean who?"),
    ("a roster by what is no column", 'card = Card("名册", people, of=who)', 'card = Card("名册", people, of=who)\n    all_ = Roster("全体", people, "clubb", same=at)§', "all: 名册 has no column clubb; did you mean club?"),
    ("a census of no procedure", 'card = Card("名册", people, of=who)', 'card = Card("名册", people, of=who)\n    counted = Census("lendin", by="origin")§', "counted counts cases of lendin, which is no procedure here; did you mean lending?"),
    ("a census by what is no link", 'card = Card("名册", people, of=who)', 'card = Card("名册", people, of=who)\n    counted = Census("lending", by="tool")§', "counted: tool of lending is no link to lending"),
    ("cases waited for after no act", 'Cases("lending", same=(kind,))', 'Cases("lending", same=(kind,), after=("lendd",))§', "others waits for lendd, which is no act of lending; did you mean lend?"),
    ("somebody told who is no id", 'case.tell("head")', "case.tell(case.head)§", "case.tell asks for ids; write case.tell(“head”)"),
    ("an end in quotes", "case.returned if found else case.lost", '"returned"§', "give_back returns “returned”; an end is read from the case: case.returned"),
    ("a role for nothing with an id of its own", 'head = Role("站长")', 'head = Role("站长")\n    idle = Role("闲人", id="nobody")§', "nobody does nothing and hears nothing"),
    ("a warning beyond the length of a setting", "runs_in=lent, opens=give_back)", "runs_in=lent, opens=give_back, ladder=on_day(25).tell(head))", "L3 (cooling) warns 25日 into or before a term of 20日", "cooling ="),
    ("silence that approves", "        waiting_for = Window(", '        @Act("打发", asked >> returned, by=keeper)§\n        def send_away(case): ...\n\n        silence = Window("L5", "沉默", days(9), runs_in=asked, ladder=overdue.do(send_away))\n        waiting_for = Window(', "send_away is done by keeper, and a clock does it too; say clock_may=True"),
    ("a clock that may and does not", "lent >> repair, by=keeper)", "lent >> repair, by=keeper, clock_may=True)", "send says clock_may and no clock does it", '@Act("送修"'),
    ("silence in the place of a decision", "asked >> returned, clock_may=True)", "asked >> returned)", "lapse ends where refuse decides, and nobody decides; say clock_may=True", '@Act("撤回"'),
    ("a bar that nobody imposes", '        @Act("月检", lent', '        @Act("除名", lent >> same)§\n        def bar(case):\n            case.must(case.damaged, "没有损坏。")\n            case.remembers()\n\n        def remembers(case):\n            case.enter(people, case.who, standing="guest")\n\n        @Act("月检", lent', "bar writes about a person into a register, and nobody does it"),
    ("several ends and no word which", "            return case.returned if found else case.lost\n", "", "give_back has several ends and never says which", "def give_back"),
    ("an end that is none of its own", "case.returned if found else case.lost", "case.asked if found else case.lost§", "give_back returns asked, which is none of its ends"),
    ("a word misspelt", "case.damaged and", "case.damage and", "case.damage is not a word", "case.damage and"),
    ("a line written that is no line", 'case.tell("head")', 'case.letter = 1§', "case.letter is not a line of the file"),
    ("an option that there is not", 'case.card.standing == "full"', 'case.kind == "hammer"', "“hammer” is no option of kind", "hammer"),
    ("`is` on a line of the form", 'case.card.standing == "full"', 'kind is None', "`is` on kind does not wait", "kind is None"),
    ("isinstance on a line of the form", 'case.card.standing == "full"', 'isinstance(kind, str)', "isinstance on a line", "isinstance"),
    ("a sentence with a hole unfilled", ', n=len(case.others))', ')§', "n is not given"),
    ("a value given and not told", '"没有丢失。")', '"没有丢失。", n=1)§', "n is given and not told"),
    ("a sentence put together", '"没有丢失。"', 'f"没有{case.tool}。"', "a sentence put together", "f\"没有"),
    ("a sentence not in Chinese", '"没有丢失。"', '"not lost"', "is not told in Chinese", "not lost"),
    ("a role told that there is not", 'case.tell("head")', 'case.tell("boss")§', "boss is no role"),
    ("a state asked that there is not", 'case.state_is("lost")', 'case.state_is("gone")', "gone is no state", "gone"),
    ("a role compared that there is not", 'case.actor.role == "keeper"', 'case.actor.role == "guard"', "guard is no role", "guard"),
    ("a column that the card has not", "case.card.standing", "case.card.rank", "名册 has no column rank", "case.card.rank"),
    ("an answer that the poll has not", 'case.views.of("good")', 'case.views.of("fine")', "“fine” is no answer of 意见", "fine"),
    ("the clock of the machine", "case.must(case.state_is", "datetime.datetime.now()§\n            case.must(case.state_is", "datetime.datetime.now() reads the clock of the machine"),
    ("the clock of the machine under another name", "case.must(case.state_is", "from time import time as told\n            told.time()§\n            case.must(case.state_is", "told.time() reads the clock of the machine"),
    ("an arrow from a text", "lent >> repair", '"lent" >> repair', "send begins in the letter l: name the states themselves", '@Act("送修"'),
    ("an arrow from a state of elsewhere", "lent >> repair", 'State("别处") >> repair', "send begins in State(别处), which is no state of this procedure", '@Act("送修"'),
    ("no arrow at all", "lent >> repair", "(lent, repair)", "send leads (State(lent), State(repair)), which is no arrow", '@Act("送修"'),
    ("an arrow to where cases begin", "lent >> repair", "lent >> new", "send ends in Whence(new), which is no state", '@Act("送修"'),
    ("an office named in quotes", "lent >> repair, by=keeper)", 'lent >> repair, by="keeper")', "send names “keeper” by its id; name the role itself: keeper", '@Act("送修"'),
    ("an office misspelt in quotes", "lent >> repair, by=keeper)", 'lent >> repair, by="keper")', "send names keper, which is no role of this procedure; did you mean keeper?", '@Act("送修"'),
    ("somebody told in quotes", "keeper), tells=head)", 'keeper), tells="head")', "give_back names “head” by its id", '@Act("归还"'),
    ("a rung that tells in quotes", "overdue.tell(head)))\n        waiting", 'overdue.tell("head")))\n        waiting', "L1 (deciding) tells “head” by its id", 'ladder=(on_working_day'),
    ("a rung that issues in quotes", "overdue.tell(head)))\n        waiting", 'overdue.tell(head), overdue.issue("letter")))\n        waiting', "L1 (deciding) issues “letter” by its id; name the document itself", 'ladder=(on_working_day'),
    ("a paper for nobody's role", 'slip = Document("不借通知", to=borrower)', 'slip = Document("不借通知", to="borower")§', "slip is for borower, which is no role of this procedure; did you mean borrower?"),
    ("forms filled in where there is no state", "open_in=lent)", 'open_in="lentt")§', "views is open in lentt, which is no state of this procedure; did you mean lent?"),
    ("forms filled in by nobody", "by=borrower, open_in", 'by="borrower", open_in', "views is filled in by “borrower” by its id", "views = Poll"),
    ("a duty waived where there is no state", "met_by=inspect,", 'met_by=inspect, waived_in="away",', "L4 (checks) is waived in away, which is no state", "checks ="),
    ("a term from what is nothing", "months(1).since(lent_on)", 'months(1).since("lent_onn")', "L4 (checks) counts from lent_onn, which is neither an act nor a line of this procedure; did you mean lent_on?", "checks ="),
    ("a term from what is no day", "months(1).since(lent_on)", "months(1).since(tool)", "L4 (checks) counts from <Field tool text 工具>, which is no day", "checks ="),
    ("a term until a day in quotes", "until(due_back)", 'until("due_back")', "L2 (lending) runs until “due_back” by its id; name the day itself", "lending ="),
    ("a term until what is no day", "until(due_back)", "until(tool)", "L2 (lending) runs until <Field tool text 工具>, which is no day", "lending ="),
    ("another end that is nothing", "runs_in=lent, pause", 'instead=until("back"), runs_in=lent, pause', "L2 (lending) runs until “back” by its id", "lending ="),
    ("a length in quotes", 'days(30), runs_in=asked', 'days("30"), runs_in=asked', "L1x (waiting_for) counts '30', which is no whole number", "waiting_for ="),
    ("a length of half a day", 'days(30), runs_in=asked', 'days(14.5), runs_in=asked', "L1x (waiting_for) counts 14.5, which is no whole number", "waiting_for ="),
    ("a length below nothing", 'days(30), runs_in=asked', 'days(-3), runs_in=asked', "L1x (waiting_for) counts -3, which is no whole number", "waiting_for ="),
    ("a length that is a word", 'days(30), runs_in=asked', 'days(tool), runs_in=asked', "L1x (waiting_for) counts tool, which holds no number", "waiting_for ="),
    ("a length of elsewhere", 'days(30), runs_in=asked', 'days(number("天")), runs_in=asked', "which is neither a line nor a setting of this procedure", "waiting_for ="),
    ("a length of a setting that is yes or no", '20, at_least=10)', 'True)', "L3 (cooling) counts most_days, which holds no number", 'cooling ='),
    ("a length for a word the setting has not", 'days(30), runs_in=asked', 'days(30).unless(mode, c=days(3)), runs_in=asked', "L1x (waiting_for) has a length for “c”, which is no word of mode", "waiting_for ="),
    ("what is no term", 'days(30), runs_in=asked', '30, runs_in=asked', "L1x (waiting_for) counts 30, which is no term", "waiting_for ="),
    ("a clock that runs when nothing is", 'days(30), runs_in=asked', 'days(30), when="is_askd", runs_in=asked', "L1x (waiting_for) runs when is_askd, which is nothing here; did you mean is_asked?", "waiting_for ="),
    ("a clock that runs when a function is", 'days(30), runs_in=asked', 'days(30), when="is_asked_now", runs_in=asked', "L1x (waiting_for) runs when is_asked_now, a function, which is always true", "waiting_for ="),
    ("a clock that runs when a role is", 'days(30), runs_in=asked', 'days(30), when=keeper, runs_in=asked', "L1x (waiting_for) runs when Role(keeper), which cannot be asked; name it by its id", "waiting_for ="),
    ("a clock that runs when a number is", 'days(30), runs_in=asked', 'days(30), when=3, runs_in=asked', "L1x (waiting_for) runs when 3, which cannot be asked", "waiting_for ="),
    ("bounds of what is no number", '20, at_least=10)', 'None, at_least=10)§', "most_days has bounds, and its default is None, a NoneType"),
    ("bounds that leave nothing", '20, at_least=10)', '20, at_least=30, at_most=5)§', "most_days has bounds that leave nothing between 30 and 5"),
    ("persons named in no line", 'overseer = Role("督办员", of=upward)', 'overseer = Role("督办员", of=upward, named="whoo")§', "overseer is named in whoo, which names nobody; did you mean who?"),
    ("a name that stands alone", 'case.tell("head")', "case.must(keeper, '没有。')§", "keeper is not known in a body; write case.keeper"),
    ("a name of nothing", 'case.tell("head")', "case.must(foundd, '没有。')§", "foundd is not known in a body; did you mean found?"),
    ("a condition without a sentence", 'case.tell("head")', "case.must(case.damaged)§", "case.must says no sentence"),
    ("a sentence in the place of the condition", 'case.tell("head")', "case.must('没有损坏。', case.damaged)§", "case.must asks what always holds"),
    ("a clock asked what it does not know", 'case.tell("head")', "case.must(case.lending.dueon, '没有。')§", "case.lending knows no dueon; did you mean due_on?"),
    ("an act asked what it does not know", 'case.tell("head")', "case.must(case.lend.onn, '没有。')§", "case.lend knows no onn; did you mean on?"),
    ("an actor asked what he is not", 'case.tell("head")', "case.must(case.actor.rle, '没有。')§", "case.actor knows no rle; did you mean role?"),
    ("a column filled that there is not", 'case.tell("head")', "case.enter(people, case.who, standng='guest')§", "名册 has no column standng; did you mean standing?"),
    ("an entry into no register", 'case.tell("head")', "case.end(case.tool, case.who)§", "case.end names no register"),
    ("an option written that there is not", 'case.tell("head")', "case.kind = 'hammer' if case.damaged else 'saw'§", "“hammer” is no option of kind"),
    ("an option written with others", 'case.tell("head")', "case.tool, case.kind = 'x', 'sow'§", "“sow” is no option of kind; did you mean saw?"),
    ("an option compared from the other side", 'case.tell("head")', "case.must('hammer' == case.kind, '没有。')§", "“hammer” is no option of kind"),
    ("an option matched that there is not", 'case.tell("head")', "match case.kind:§\n                    case 'saw' | 'hammer':\n                        pass", "“hammer” is no option of kind"),
    ("a ladder that does what is no act", "overdue.do(lapse)", 'overdue.do("lapsed")', "L1x (waiting_for) names lapsed, which is no act of this procedure; did you mean lapse?", "waiting_for ="),
    ("a ladder that does what cannot happen there", '"有效期", days(30), runs_in=asked', '"有效期", days(30), runs_in=lent', "L1x (waiting_for) does lapse where it can never happen", "waiting_for ="),
    ("a rung that tells nobody's role", "ladder=overdue.tell(head))\n\n    lost", 'ladder=overdue.tell(Role("无名")))\n\n    lost', "L4 (checks) tells Role(无名)", "checks ="),
    ("a clock in a state that is none", "runs_in=lent, met_by", 'runs_in="borrowed", met_by', "L4 (checks) runs in borrowed", "checks ="),
    ("two clocks of one code together", '"L1x"', '"L1"', "both run as L1", "waiting_for ="),
    ("a clock that hangs on a day nothing fills", "def lend(case, lent_on, due_back)", "def lend(case, lent_on)", "L2 (lending) hangs on due_back", "lending ="),
    ("a warning after the term", "on_working_day(3)", "on_working_day(8)", "L1 (deciding) warns 8个工作日", "deciding ="),
    ("a duty that nobody hears is overdue", ", overdue.tell(head)))\n        waiting", "))\n        waiting", "L1 (deciding) becomes overdue and nobody hears", "deciding ="),
    ("a clock that does nothing", "runs_in=lent, opens=give_back)", "runs_in=lent)", "L3 (cooling) opens nothing", "cooling ="),
    ("a pause in what is no state", "paused_in(repair)", 'paused_in("mending")', "L2 (lending) is paused in mending", "lending ="),
    ("an extension that may never be", "times=1)", "times=0)", "L2 (lending) may be extended no times", "extension=Extension"),
    ("a recurring duty met without its number", "def inspect(case, month)", "def inspect(case)", "inspect meets L4 (checks) and does not say which", "checks ="),
    ("a setting on the unlawful side", '20, at_least=10)', '5, at_least=10)§', "the default of most_days is not on the lawful side"),
    ("an office that is no line of the file", 'head = Role("站长")', 'head = Role("站长", of="nowhere")§', "head stands at nowhere"),
    ("a procedure without a label", '    label = "借用"\n', "", "Lending says no label", "    number_prefix"),
    ("a procedure without a prefix", '    number_prefix = "JY"\n', "", "Lending says no number_prefix", "    label"),
    ("a role for nothing", 'head = Role("站长")', 'head = Role("站长")\n    idle = Role("闲人")§', "idle does nothing and hears nothing"),
    ("a paper never issued", 'slip = Document("不借通知", to=borrower)', 'slip = Document("不借通知", to=borrower)\n    idle = Document("空白", to=borrower)§', "idle is never issued"),
    ("a setting never asked", 'most_days = Setting("最长天数", 20, at_least=10)', 'most_days = Setting("最长天数", 20, at_least=10)\n    idle = Setting("空", 1)§', "idle is never asked"),
    ("a line that nothing fills", 'origin = Link("前次借用", "lending", optional=True)', 'origin = Link("前次借用", "lending", optional=True)\n    idle = text("空白")§', "idle is a line that nothing ever fills"),
    ("one role kept apart", 'Apart("保管员不得兼站长。", keeper, head)', 'Apart("保管员不得兼站长。", keeper)§', "one role alone cannot be kept apart"),
    ("a party that is no line", "parties = (who,)", "parties = (keeper,)§", "of parties is no line of the file"),
    ("a code given by a resident", "parties = (who,)", "parties = (who,)\n    codes_by = (borrower,)§", "of codes_by is no role of the office"),
    ("a seal that asks what is not there", "parties = (who,)", 'parties = (who,)\n    seal = Seal("hush", open_to=head)§', "the seal asks hush"),
    ("a timer that decides", 'asked >> returned, clock_may=True)', 'asked >> returned, clock_may=True, decides=True)', "lapse decides and must be done by a person", '@Act("撤回"'),
    ("silence that refuses", 'asked >> returned, clock_may=True)', 'asked >> returned, clock_may=True, issues=slip)', "lapse issues slip, the paper of a decision", '@Act("撤回"'),
    ("a clock that issues a decision", "overdue.tell(head)))\n        waiting", "overdue.tell(head), overdue.issue(slip)))\n        waiting", "L1 (deciding) issues slip, the paper of a decision", "deciding ="),
    ("persons and no parties", "    parties = (who,)\n", "", "a procedure with persons on file names its parties", "who ="),
    ("a right counted as a fault", "of=find, among=lend)", "of=ask, among=lend)§", "counts ask, the use of a right"),
    ("a right counted by the state it leads to", "of=find, among=lend)", "of=asked, among=lend)§", "counts asked, the use of a right"),
    ("a measure of nothing", "of=find, among=lend)", 'of="nothing", among=lend)§', "lost_share counts nothing: no act, clock"),
    ("a measure of what another procedure has", "of=find, among=lend)", 'of=State("别处"), among=lend)§', "lost_share counts State(别处): no act, clock"),
    ("a measure of what has no name to tell it by", "of=find, among=lend)", "of=property(lambda case: 1), among=lend)§", ": no act, clock, state, line or Derived here"),
    ("a measure among what has no day", "of=find, among=lend)", "of=find, among=damaged)§", "lost_share counts among <Field damaged yes_no 损坏>, which has no day"),
    ("a term kept that is not asked for", "of=find, among=lend)", "of=deciding, among=lend)§", "lost_share counts deciding as kept, but not among what falls due"),
    ("a mean among terms", 'lost_share = Measure("丢失率", of=find, among=lend)', 'counted = Derived("一", lambda case: 1)\n    lost_share = §Mean("丢失率", of=counted, among=deciding)', "lost_share counts among Deadline(deciding), which has no day"),
    ("a link to no procedure", 'Link("前次借用", "lending"', 'Link("前次借用", "loan"', "origin names cases of loan", "origin ="),
    ("cases of no procedure", 'Cases("lending", same=(kind,))', 'Cases("loan", same=(kind,))§', "others asks for cases of loan"),
    ("cases by what is no link", 'Cases("lending", same=(kind,))', 'Cases("lending", by="kind")§', "kind of lending is no link to lending"),
    ("a case opened that cannot be", 'case.tell("head")', 'case.open("lending.borrow", tool="锯")§', "lending.borrow opens no case"),
    ("a case opened with a line not asked", 'case.tell("head")', 'case.open(Lending.ask, who="x", tool="锯", kind="saw", price=1)§', "lending.ask does not ask price"),
    ("a case opened without what it needs", 'case.tell("head")', 'case.open(Lending.ask, tool="锯", kind="saw")§', "lending.ask asks who, which is not given"),
    ("a rung that opens what cannot be", "overdue.tell(keeper, overseer)))", 'overdue.tell(keeper, overseer), overdue.open("lending.borrow", dict)))', "lending.borrow opens no case", "lending ="),
]  # fmt: skip
numbers = count()


@pytest.fixture(autouse=True)
def wordings(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is proved here is all but the files of the documents."""
    monkeypatch.setattr(paper, "has_wording", lambda *_: True)


def module_of(text: str, folder: Path, name: str = "Lending") -> type[Procedure]:
    path = folder / f"lending_{next(numbers)}.py"
    path.write_text(text, encoding="utf-8")
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec
    assert spec.loader
    module = sys.modules[path.stem] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return getattr(module, name)  # type: ignore[no-any-return]


def found(procedure: type[Procedure]) -> list[tuple[int, str]]:
    told = [*contradictions(procedure), *between({procedure.id: procedure})]
    assert {each.file for each in told} <= {procedure.file}
    return [(each.line, each.sentence) for each in told]


def test_the_procedure_that_the_faults_are_put_into_is_sound(tmp_path: Path) -> None:
    assert found(module_of(SOUND, tmp_path)) == []


def test_there_are_more_than_fifty_classes_of_mistakes() -> None:
    assert len({name for name, *_ in FAULTS}) == len(FAULTS) >= 50


@pytest.mark.parametrize("fault", FAULTS, ids=[name for name, *_ in FAULTS])
def test_a_fault_is_found_at_its_file_and_line(fault: tuple[str, ...], tmp_path: Path) -> None:
    _, old, new, sentence, *where = fault
    assert old in SOUND
    text = SOUND.replace(old, new)
    at = text.index(where[0]) if where else text.index("§") if "§" in text else SOUND.index(old)
    line = text[:at].count("\n") + 1
    told = found(module_of(text.replace("§", ""), tmp_path))
    assert [each for each in told if sentence in each[1]], told
    assert line in [number for number, each in told if sentence in each], told


# Against an organisation, and how long it may take

TREE = {
    "district": Unit("district", "区", "district"), "street": Unit("street", "街道", "street", "district"),
    "community": Unit("community", "社区", "community", "street"),
}  # fmt: skip


def gaps(procedure: type[Procedure], *posts: tuple[str, str]) -> list[tuple[int, str]]:
    told = ladders_reach_somebody(procedure, TREE, lambda role, unit: (role, unit) in posts)
    return [(each.line, each.sentence) for each in told]


def test_a_ladder_that_reaches_nobody_in_some_unit_is_found_at_its_clock(tmp_path: Path) -> None:
    lending = module_of(SOUND, tmp_path)
    told = gaps(lending, ("keeper", "community"), ("head", "street"), ("overseer", "district"))
    line = SOUND[: SOUND.index("deciding = Deadline")].count("\n") + 1
    assert (line, "L1 tells keeper, and from district、street nobody hears it") in told
    assert [sentence for _, sentence in told if "community" in sentence] == []


def test_a_vacancy_that_somebody_watches_over_is_no_fault(tmp_path: Path) -> None:
    assert gaps(module_of(SOUND, tmp_path), ("supervisor", "district")) == []


def test_the_longest_lawful_way_is_counted_with_its_extension_and_its_pause_left_out(tmp_path: Path) -> None:
    lending = module_of(SOUND.replace("until(due_back)", "days(20).since(lent_on)"), tmp_path)
    way = longest(lending, date(2026, 3, 2), calendar())
    assert way.states == ("asked", "lent", "returned")
    assert way.days == 7 + 20 + 10  # five working days from a Monday, then the term, then its extension
    assert way.open_ended == ()


def test_a_state_that_no_term_ends_is_named(tmp_path: Path) -> None:
    way = longest(
        module_of(SOUND.replace("runs_in=lent, pause=", "runs_in=lost, pause="), tmp_path), date(2026, 3, 2), calendar()
    )
    assert way.open_ended == ("lent",)


def test_what_must_pass_before_a_state_may_be_left_is_counted(tmp_path: Path) -> None:
    text = SOUND.replace("days(most_days).since", "days(100).since").replace("most_days = S", "most_days_ = S")
    text = text.replace(
        "with rule(2):", "with rule(2):\n        asked_long = property(lambda case: case.most_days_)\n", 1
    )
    assert longest(module_of(text, tmp_path), date(2026, 3, 2), calendar()).days == 7 + 100


def test_an_extension_without_a_limit_is_counted_by_its_own_length(tmp_path: Path) -> None:
    text = SOUND.replace("until(due_back)", "days(20).since(lent_on)")
    text = text.replace("days(extra), at_most=days(10), times=1", "days(7), times=2")
    assert longest(module_of(text, tmp_path), date(2026, 3, 2), calendar()).days == 7 + 20 + 14


def test_a_day_that_somebody_sets_is_no_term(tmp_path: Path) -> None:
    assert longest(module_of(SOUND, tmp_path), date(2026, 3, 2), calendar()).open_ended == ("lent",)


def test_a_way_that_ends_nowhere_is_no_way(tmp_path: Path) -> None:
    text = SOUND.replace(">> either(returned, lost)", ">> either(asked, lost)").replace(
        "case.returned if", "case.asked if"
    )
    way = longest(module_of(text.replace(", final=True, reopens=True", ""), tmp_path), date(2026, 3, 2), calendar())
    assert way.states == ("asked", "returned")


def test_the_later_of_two_terms_is_what_may_be_used(tmp_path: Path) -> None:
    text = SOUND.replace("until(due_back)", "later_of(days(20).since(lent_on), days(3))")
    text = text.replace("import days, months", "import days, later_of, months")
    assert longest(module_of(text, tmp_path), date(2026, 3, 2), calendar()).days == 7 + 20 + 10


def test_a_vacancy_names_the_post_and_the_units(tmp_path: Path) -> None:
    told = [str(each) for each in vacancies(module_of(SOUND, tmp_path), TREE, lambda role, _: role == "overseer")]
    assert "head（district、street、community）" in told


# Against the other procedures of the house


def test_numbers_with_prefixes_of_their_own_are_told_apart(tmp_path: Path) -> None:
    lending = module_of(SOUND, tmp_path)
    text = SOUND.replace("class Lending", "class Hiring").replace("Lending.", "Hiring.").replace('"JY"', '"ZY"')
    assert not list(between({"lending": lending, "hiring": module_of(text, tmp_path, "Hiring")}))


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("", "", "JY is the prefix of hiring already"),
        ('keeper = Role("保管员")', 'keeper = Role("保管员", outside=True)', "keeper is staff here or in hiring, and outside"),
        ('tool, kind = text("工具"), choice("类别", saw="锯", drill="钻")', 'tool, kind = text("工具"), text("类别")',
         "others: lending has no line kind of that kind"),
    ],
)  # fmt: skip
def test_what_two_procedures_say_of_each_other_is_found(old: str, new: str, sentence: str, tmp_path: Path) -> None:
    lending = module_of(SOUND, tmp_path)
    text = SOUND.replace("class Lending", "class Hiring").replace("Lending.", "Hiring.").replace(old or "§", new)
    hiring = module_of(text, tmp_path, "Hiring")
    assert [each for each in between({"lending": lending, "hiring": hiring}) if sentence in each.sentence]


def test_a_role_that_a_person_on_file_must_hold_is_used(tmp_path: Path) -> None:
    text = SOUND.replace('head = Role("站长")', 'head = Role("站长")\n    helper = Role("帮手")')
    text = text.replace('at = day("借出日"', 'at = day("借出日"').replace(
        'who = person("借用人")', 'who = person("借用人", of=helper)'
    )
    assert found(module_of(text, tmp_path)) == []


def test_values_given_together_are_not_asked_one_by_one(tmp_path: Path) -> None:
    text = SOUND.replace(", n=len(case.others))", ', **{"n": len(case.others)})')
    assert found(module_of(text, tmp_path)) == []


def test_what_is_called_time_is_not_always_the_time(tmp_path: Path) -> None:
    text = SOUND.replace('case.tell("head")', 'case.must(found.time(), "没有时间。")')
    assert found(module_of(text, tmp_path)) == []


def test_what_stands_further_down_may_be_named_by_its_id(tmp_path: Path) -> None:
    text = SOUND.replace("days(most_days).since(lent_on)", 'days(most_days).since("lent_on")')
    text = text.replace("same=(kind,))", 'same=(kind,), after=("lend", lend_))').replace("lend_", '"refuse"')
    text = text.replace("    letter = Doc", '    counted = Census("lending", by="origin")\n    letter = Doc')
    assert found(module_of(text, tmp_path)) == []


def test_an_arrow_that_ends_in_several_states_says_either(tmp_path: Path) -> None:
    with pytest.raises(TypeError, match=r"借出中 >> .*: an arrow ends in a state, or in either\(one, other\)"):
        module_of(SOUND.replace("lent >> repair", "lent >> (repair, lost)"), tmp_path)

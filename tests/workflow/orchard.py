"""社区果园: a small procedure whose forms ask for every kind of field that counts or is made of other fields."""

from workflow.ballots import at_least
from workflow.fields import (
    Fen,
    ballot,
    choice,
    choices,
    day,
    decimal,
    money,
    names,
    number,
    people,
    person,
    rows,
    scores,
    text,
    unit,
    yes_no,
)
from workflow.parts import Act, Backdating, Deadline, Law, Procedure, Role, State, either, new, overdue, same
from workflow.terms import days

rules = Law("果园共管办法", since="2024-01-01")

SHEET = {"soil": ("土壤", 40), "water": ("浇水", 30), "pruning": ("修剪", 30)}


class Orchard(Procedure):
    label = "社区果园"
    number_prefix = "GY"

    grower = Role("果农", outside=True)
    keeper = Role("管园人")
    elder = Role("理事")

    proposed = State("已提议")
    agreed = State("已议定")
    dropped = State("未通过", final=True)
    harvested = State("已收成", final=True)

    applicant = person("提议人")
    sides = rows(
        "各方", at_least=1, at_most=6, who=person("果农"), helpers=people("帮手"), from_=unit("所在单位", optional=True)
    )
    parties = (applicant, sides)
    budget = money("预算", at_most=5_000_000)
    share = decimal("分成", at_least=0, at_most=1, optional=True)
    own_scores, elder_scores = scores("自评", SHEET), scores("理事评分", **SHEET)
    difference = decimal("评分差", places=1, optional=True)
    name = text("园名", optional=True)
    health = choice("体检结论", fit="合格", unfit="不合格", optional=True, privacy="sensitive", seen_by=elder)
    recorded_by = text("经手岗位", optional=True)
    entered_late = text("补记理由", optional=True)
    titled = name
    backdating = Backdating(days(10), reason=entered_late)
    roll = number("名册人数", at_least=12)
    vote = ballot("表决")
    terms = rows(
        "议定事项", at_least=1, what=text("事项"), due_on=day("期限"), amount=money("金额", optional=True),
        kind=choice("种类", labour="出工", goods="出物", optional=True), tools=choices("工具", saw="锯", ladder="梯"),
        shared=yes_no("共担"),
    )  # fmt: skip
    visits = rows(
        "养护记录", seen_on=day("日期"), height=decimal("树高", places=1), watched_by=names("见证人", at_least=1),
        note=text("情况", optional=True, long=True),
    )  # fmt: skip
    settled = rows("结清事项", what=text("事项"), amount=money("金额"))

    # 一、提议

    with rules(2):

        @Act("提议", new >> proposed, by=(grower, keeper), via=keeper)
        def propose(case, applicant, sides, budget, share, own_scores, name, health):
            case.recorded_by = case.recorder.role
            case.must(own_scores.total >= 60, "自评不足60分，现为{total}分。", total=own_scores.total)
            case.must(budget <= 1_000_000 or share, "预算{budget}元，超过一万元的须写明分成。", budget=Fen(budget))
            case.must(all(side.who != applicant for side in sides), "提议人不必列为一方。")

        @Act("理事评分", proposed >> same, by=elder)
        def score(case, elder_scores):
            case.difference = abs(case.own_scores.total - elder_scores.total)

        deciding = Deadline("GY1", "议定期限", days(30), runs_in=proposed, ladder=overdue.tell(keeper))

    # 二、表决与养护

    with rules(3):

        @Act("表决", proposed >> either(agreed, dropped), by=keeper, decides=True)
        def settle(case, roll, vote, terms):
            case.must(
                vote.is_quorate(roll),
                "到会{present}人，须到{needed}人。",
                present=vote.present,
                needed=vote.needed(roll),
            )
            for fault in vote.faults_against(roll):
                case.must(False, fault)
            for term in terms:
                case.must(term.due_on > case.today, "事项“{what}”的期限已过。", what=term.what)
            return case.agreed if vote.is_carried(roll, majority=at_least(2, 3)) else case.dropped

        @Act("记录养护", agreed >> same, by=keeper)
        def visit(case, visits):
            case.must(len(visits) <= 3, "最多记录三次。")

        @Act("结清", agreed >> same, by=keeper)
        def pay(case, paid=money("付款", at_least=1)):
            due = [term for term in case.terms if term.amount and term.what not in {each.what for each in case.settled}]
            case.must(due and paid <= due[0].amount, "没有待付的{paid}元。", paid=Fen(paid))
            if due:
                case.settled = (*case.settled, {"what": due[0].what, "amount": paid})

        @Act("收成并提议下一年", agreed >> harvested, by=keeper)
        def harvest(case, crop=decimal("收成", at_least=0, places=3)):
            case.must(case.vote.is_carried(case.roll), "尚未议定。")
            case.must(crop * case.share >= 0, "收成无法分配。")
            case.open(
                "orchard.propose", applicant=case.applicant, sides=case.sides, budget=case.budget, share=case.share,
                own_scores=case.elder_scores or case.own_scores,
            )  # fmt: skip

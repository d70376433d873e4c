"""社团评比: two small procedures that ask what lies outside a case; a season counts over its clubs."""

from workflow.fields import choice, number, person, unit, yes_no
from workflow.parts import (
    Act,
    Card,
    Cases,
    Deadline,
    Entries,
    Law,
    Link,
    Poll,
    Procedure,
    Register,
    Role,
    Roster,
    State,
    after,
    local,
    new,
    one_open_per,
    one_per,
    overdue,
    same,
    upward,
)  # fmt: skip
from workflow.terms import days, working_days

rules = Law("社团评比办法", since="2024-01-01")

clubs = Register("社团名册", id="test_clubs", street=unit("街道"), active=yes_no("活动中"))
players = Register(
    "社员名册", id="test_players", club=unit("社团"), standing=choice("身份", full="正式", guest="临时")
)  # fmt: skip
points = Register("积分", id="test_points", floor=0)


class Season(Procedure):
    label = "评比季"
    number_prefix = "PJ"

    host = Role("主办", of=upward)

    running = State("评比中", waiting=True)
    placed = State("已排名", final=True)

    year, street, best, counted = number("年度"), unit("街道"), unit("第一名"), number("参评数")
    once = one_per(street, year)

    roll = Roster("社团名册", clubs, "street", same=street)
    entered_clubs = Cases("club", by="season")

    with rules(1):

        @Act("开季", new >> running, by=host)
        def begin(case, year, street):
            case.must(case.roll, "本街道没有社团。")
            for club in case.roll:
                if club.active:
                    case.open("club.enrol", at=club.about, club=club.about, year=year, season=case.no)

        def hall(case):
            return {"club": case.street}

        season_term = Deadline(
            "S1",
            "评比期",
            days(60),
            runs_in=running,
            ladder=(overdue.tell(host), after(working_days(5)).open("borrowing.lend", hall)),
        )

    with rules(2):

        @Act("排名", running >> placed)
        def place(case):
            clubs_ = [each for each in case.entered_clubs if not each.withdrawn]
            case.must(clubs_ and all(each.scored for each in clubs_), "还有社团没有评分。")
            ranked = sorted(clubs_, key=lambda each: each.total, reverse=True)
            case.best = ranked[0].club if ranked else ""
            case.counted = len(clubs_)


class Club(Procedure):
    label = "社团参评"
    number_prefix = "ST"

    host = Role("主办", of=upward)
    keeper = Role("干事", of=upward)
    player = Role("社员", outside=True)

    enrolled = State("已报名")
    scored = State("已评分", final=True)
    withdrawn = State("已退出", final=True)

    club, year, season = unit("社团"), number("年度"), Link("评比季", "season", optional=True)
    member = person("社员", optional=True)
    total, seen, last_year = number("总分"), number("收回票数"), number("上年总分")
    parties = (member,)
    once = one_per(club, year)

    card = Card("社团名册", clubs, of=club)
    members = Roster("社员名册", players, "club", same=club)
    member_card = Card("社员名册", players, of=member)
    own_points = Entries("积分", points, about=member)
    other_years = Cases("club", same=(club,))
    forms = Poll("满意度", {"good": "满意", "bad": "不满意"}, by=player, open_in=enrolled)

    with rules(3):

        @Act("报名", new >> enrolled, by=host)
        def enrol(case, club, year, season):
            case.last_year = max((each.total for each in case.other_years if each.scored), default=0)

        @Act("发票", enrolled >> same, by=keeper)
        def hand_out(case, copies=number("份数", at_least=1, at_most=500)):
            case.forms.hand_out(copies)

        @Act("评分", enrolled >> scored, by=host)
        def score(case, points_=number("得分", at_least=0, at_most=100)):
            voters = [each for each in case.members if each.standing == "full"]
            case.must(3 * case.forms.returned >= 2 * len(voters), "收回的票不足三分之二。")
            case.total, case.seen = points_ + case.forms.of("good"), case.forms.returned

        @Act("退出", enrolled >> withdrawn, by=host)
        def leave(case): ...

        scoring = Deadline("S2", "评分期限", working_days(10), runs_in=enrolled, ladder=overdue.tell(host))

    with local("积分可以换茶叶"):

        @Act("记分", enrolled >> same, by=keeper)
        def earn(case, member, earned=number("加分", at_least=1)):
            case.must(case.member_card.standing == "full", "只有正式社员可以记分。")
            case.enter(points, member, amount=earned)

        @Act("兑换", enrolled >> same, by=keeper)
        def spend(case, member, price=number("用分", at_least=1)):
            case.enter(points, member, amount=-price)

        @Act("吸收社员", enrolled >> same, by=keeper)
        def admit(case, member, standing_=choice("身份", full="正式", guest="临时")):
            case.must(not case.member_card, "已经在册。")
            case.enter(players, member, club=case.club, standing=standing_)


class Borrowing(Procedure):
    label = "借场地"
    number_prefix = "CD"

    keeper = Role("干事")
    lent = State("借出中", waiting=True)
    returned = State("已归还", final=True)
    club = unit("社团")
    once = one_open_per(club, code="E_ONE_ROOM")

    with rules(4):

        @Act("借出", new >> lent, by=keeper)
        def lend(case, club): ...

        @Act("归还", lent >> returned, by=keeper)
        def give_back(case): ...

        lending = Deadline("S3", "借期", days(3), runs_in=lent, ladder=overdue.tell(keeper))

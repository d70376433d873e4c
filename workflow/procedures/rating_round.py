"""定级轮次：一个街道一年一轮，给每个支部立项；全部评分后按名额排“好”等，一览表报区委组织部。"""

# fmt: off
# isort: off
from workflow.fields import choice, day, file, number, text, unit, units
from workflow.parts import (
    Act, Backdating, Cases, Census, Deadline, Document, Procedure, Role, Roster, Series, Setting, State, after, before,
    local, new, one_per, ours, overdue, same, the,
)
from workflow.periods import first_working_monday
from workflow.procedures.branch_rating import BranchRating
from workflow.procedures.rating_scale import GRADE_WORDS, STARS, TO_THE_VERDICT
from workflow.rosters import award_bars, organisations
from workflow.scoring import allot, places
from workflow.terms import days, working_days
# isort: on

graded = local("基层党组织分类定级每年一次（据公开材料转述组厅字〔2012〕6号）")
limited = local("“好”等和五星支部有名额：由区委组织部定比例（公开的地方做法）")

UNSCORED = (
    BranchRating.planned, BranchRating.self_assessing, BranchRating.appraising, BranchRating.community_review,
)
UNCONFIRMED = (*UNSCORED, BranchRating.street_verdict, BranchRating.noticing, BranchRating.objection_handling)


class RatingRound(Procedure):
    label = "支部定级轮次"
    number_prefix = "LC"
    levels = ("street",)

    # 谁
    street_committee = Role("街道党工委", id="party_committee")
    office_head = Role("党建办主任")
    committee_secretary = Role("街道党工委书记")
    supervisor = Role("督导员", id="party_supervisor")
    org_department = Role("区委组织部", of=the("district"))

    # 在哪
    running = State("进行中")
    placed = State("名额已定")
    completed = State("全部确认")
    reported = State("已上报", final=True)

    # 卷宗
    title = text("标题")
    street, year, launched_on = unit("街道"), number("年度"), day("启动日", of_act=True)
    scheme = choice("方案", four_grade="四等次", five_star="五星")
    enrolled, rated = number("立项支部"), number("参评支部")
    good_places, star_places = number("“好”等名额"), number("五星名额")
    good, five_star = units("“好”等支部"), units("五星支部")
    voted, star_voted = units("表决确定的“好”等支部"), units("表决确定的五星支部")
    reason = text("理由", at_most=1000)
    entered_late = text("补记理由", optional=True, hint="办理日期不是今天的须填")

    once = one_per(street, year)
    backdating = Backdating(days(30), reason=entered_late)

    # 外面
    roll = Roster("党组织名册", organisations, "street", same=street)
    ratings = Cases("branch_rating", by="round", after=(BranchRating.confirm, BranchRating.exempt,
        BranchRating.close_dissolved))
    other_rounds = Cases("rating_round", same=(street,))
    standing_of_all = Census("branch_rating", by="round")

    # 文书
    yearly_list = Document("年度定级一览表", to=org_department)
    grade_words = GRADE_WORDS

    # 区委组织部可定：比例只许更低
    by_stars = Setting("按五星评定", False)
    good_percent = Setting("“好”等比例(百分之)", 30, at_least=1, at_most=30)
    star_percent = Setting("五星支部比例(百分之)", 10, at_least=1, at_most=10)

    # 一、启动

    with graded:
        @Act("启动", new >> running, by=street_committee, tells=office_head, clock_may=True)
        def launch(case, launched_on):
            case.must(case.level_of(case.unit) == "street", "定级轮次由街道启动。")
            case.street, case.year = case.unit, launched_on.year
            branches = [each for each in case.roll if case.level_of(each.about) == "branch"]
            case.must(branches, "党组织名册上本街道没有支部。")
            case.title = f"{case.name_of(case.unit)}{case.year}年度支部分类定级"
            case.scheme, case.enrolled = "five_star" if case.by_stars else "four_grade", len(branches)
            for each in branches:
                case.open(BranchRating.enrol, at=each.about, branch=each.about, round=case.no)

    with ours("每年十一月第一个上班的周一启动"):
        yearly = Series(launch, each="street", on=first_working_monday(11))

    # 二、名额

    with limited:
        @Act("定名额", running >> placed, by=street_committee, tells=office_head, decides=True)
        def fix_places(case, voted, star_voted, minutes=file("会议记录")):
            found = case.standing_of_all
            behind = found.of(*UNSCORED)
            case.must(found.total() >= case.enrolled, "还有{n}个支部没有立项。", n=case.enrolled - found.total())
            case.must(not behind, "还有{n}个支部没有到街道定级环节。", n=behind)
            asked = (frozenset(voted), frozenset(star_voted))
            rated = [each for each in case.ratings if not each.exempt_]
            unscored = [each for each in rated if not each.score]
            case.must(not unscored, "还有{n}个支部街道没有评分。", n=len(unscored))
            if not behind and not unscored:
                good = [each for each in rated if each.computed_grade == "good"]
                starred = [each for each in good if len(each.stars) == len(STARS)]
                case.rated, case.good_places = len(rated), places(case.good_percent, len(rated))
                case.star_places = places(case.star_percent, len(rated))
                case.good = case.dealt_out(case.good_places, good, asked[0])
                case.five_star = case.dealt_out(case.star_places, starred, asked[1])

        def dealt_out(case, free, candidates, chosen):
            """排在前面的当然入选；各项都相同而名额不够的，由集体表决，不抽签、不看编号。"""
            sure, level = allot(free, candidates, lambda each: each.rank)
            left, among = free - len(sure), {each.branch for each in level}
            told = "、".join(case.name_of(each.branch) for each in level)
            settled = not level or (len(chosen) == left and chosen <= among)
            case.must(settled, "{branches}各项得分相同，须集体表决确定其中{n}个。", branches=told, n=left)
            case.must(level or not chosen, "没有并列，不必表决。")
            return tuple(sorted({each.branch for each in sure} | chosen))

        @Act("调整名额", placed >> same, by=street_committee, tells=office_head, decides=True)
        def adjust_places(case, reason, change_minutes=file("调整名额的会议记录"),
                added=unit("增加的支部", optional=True), removed=unit("退出的支部", optional=True)):
            case.must(added or removed, "请写明增加或者退出的支部。")
            rated = {each.branch: each for each in case.ratings if not each.exempt_}
            case.must(not removed or removed in case.good, "退出的支部不在“好”等名单。")
            kept = removed and removed in rated and rated[removed].grade == "good"
            case.must(not kept, "该支部已经定为“好”，不能退出名额。")
            case.must(not added or (added in rated and added not in case.good), "增加的支部须参评且不在“好”等名单。")
            after_it = {*case.good} - {removed} | ({added} if added else set())
            case.must(len(after_it) <= case.good_places, "“好”等名额只有{n}个。", n=case.good_places)
            case.good = tuple(sorted(after_it))

    with ours("自评、评议、社区审核、街道定级的期限之和"):
        placing = Deadline("BR-PLACE", "名额确定期限", working_days(TO_THE_VERDICT).since(launched_on), runs_in=running,
            ladder=(before(working_days(5)).tell(street_committee), overdue.tell(office_head, supervisor),
            after(working_days(5)).tell(committee_secretary)))

    # 三、确认、上报

    with graded:
        @Act("全部确认", placed >> completed, tells=(street_committee, office_head), clock_may=True)
        def complete(case):
            unconfirmed = case.standing_of_all.of(*UNCONFIRMED)
            case.must(not unconfirmed, "还有支部没有确认等次。")
            if not unconfirmed:
                case.lifts_the_bars_left_over()

        def lifts_the_bars_left_over(case):
            """上年受限的支部今年没有确认的（不参评、已撤销），限制到今年全部确认时为止。"""
            earlier = [each for each in case.other_rounds if each.year < case.year]
            for rated in (rated for each in earlier for rated in each.ratings):
                for bar in rated.bars_of_the_year:
                    case.end(award_bars, bar.about, key=bar.key)

        @Act("上报一览表", completed >> reported, by=street_committee, issues=yearly_list)
        def report_up(case): ...

        listing = Deadline("BR-LIST", "一览表上报期限", working_days(20), runs_in=completed,
            ladder=(before(working_days(3)).tell(street_committee), overdue.tell(office_head),
            after(working_days(5)).tell(committee_secretary, org_department)))

"""支部分类定级：自评、党员群众评议、社区审核、街道定级，公示后确认；一般和差的整改、复核。定级定支部，不定党员。"""

# fmt: off
# isort: off
from datetime import date
from fractions import Fraction
from math import ceil

from workflow.fields import (
    choice, choices, contact, day, decimal, file, number, people, person, rows, scores, text, unit, yes_no,
)
from workflow.parts import (
    Act, Apart, Backdating, Card, Cases, Deadline, Derived, Document, Earliest, Entries, Extension, Link, Mean,
    Measure, Poll, Posting, Procedure, Recurring, Reminder, Role, Roster, Setting, State, above, after, at_once,
    before, either, here, local, new, on_the_day, one_per, ours, overdue, paused_in, same, the,
)
from workflow.procedures.rating_scale import (
    ANSWERS, APPRAISAL, BANDS, EVIDENCED, EXPLAINED, GRACE, GRADE_WORDS, GRADES, INDICATORS, INFLATED, LEAST_COUNTED,
    LEAST_OF_EMPLOYEES, MISSED_MEETINGS, MONTHS_TO_RECTIFY, ON_TIME, PERCENT_OF_EMPLOYEES, PERCENT_OF_HOUSEHOLDS,
    QUORUMS, RATERS, REVIEW, SELF, SELF_AGAIN, SHEET, STAR_LINE, STARS, VERDICT, VERSION, VETOES, WEAK, WITHIN_A_STEP,
    WORTH, weights_without,
)
from workflow.rosters import award_bars, members, organisations
from workflow.scoring import average, lowest, rounded, share, weighted
from workflow.terms import days, months, until, working_days
# isort: on

graded = local("基层党组织分类定级：自评、上级评、群众评，上级审定（据公开材料转述组厅字〔2012〕6号）")
scaled = local("百分制、等次线和满意率红线（公开的单位做法，各地另有规定的从其规定）")
weak = local("软弱涣散支部整顿：一支部一方案、每月报告、逐项销号、回头看（公开的地方做法）")
noticed = local("定级结果公示五个工作日，有异议的核查；确认为差的支部不评先进单位，其书记不评先进个人")
starred = local("“五星”支部创建：逐星评定、达标授星、违规摘星（公开的地方做法）")


class BranchRating(Procedure):
    label = "支部分类定级"
    number_prefix = "DJ"
    levels = ("branch",)

    # 谁
    branch_secretary = Role("支部书记")
    caseworker = Role("党务工作者", id="party_worker", of=above(here))
    community_committee = Role("社区党委", of=above(here))
    community_secretary = Role("社区党委书记", of=above(here))
    street_committee = Role("街道党工委", id="party_committee", of=the("street"))
    supervisor = Role("督导员", id="party_supervisor", of=the("street"))
    office_head = Role("党建办主任", of=the("street"))
    deputy_secretary = Role("街道党工委副书记", of=the("street"))
    committee_secretary = Role("街道党工委书记", of=the("street"))
    org_department = Role("区委组织部", of=the("district"))
    member = Role("党员", outside=True)
    resident = Role("居民/群众代表", outside=True)
    apart = Apart("同一支部的自评、社区评分和街道定级，不得由同一人办理。", branch_secretary, community_committee,
        street_committee)

    # 在哪
    planned = State("已立项")
    self_assessing = State("支部自评")
    appraising = State("党员群众评议")
    community_review = State("社区审核")
    street_verdict = State("街道定级")
    noticing = State("公示中", waiting=True)
    objection_handling = State("异议核查", waiting=True)
    confirmed_ok = State("定级确认(好/较好)", final=True)
    rectification_planning = State("制定整改方案")
    rectifying = State("整改中")
    rechecking = State("复核")
    rectified = State("整改完成", final=True)
    not_rectified = State("整改未通过")
    closed_unrectified = State("结转下年", final=True)
    exempt_ = State("不参评", final=True)

    # 卷宗：哪个支部、哪一年、哪一轮
    title = text("标题")
    branch, year, round = unit("支部"), number("年度"), Link("轮次", "rating_round")
    launched_on, year_end = day("启动日"), day("年度末日")
    scheme = choice("方案", four_grade="四等次", five_star="五星")
    sheet_version, carried_over = text("评分表"), yes_no("上年结转")
    # 卷宗：自评、评议
    self_scores, minutes = scores("自评得分", SHEET), file("支部党员大会记录")
    evidence = rows("佐证", at_most=14, indicator=choice("评分指标", **INDICATORS), what=text("材料"))
    self_missing, members_invalid = yes_no("缺自评"), yes_no("党员测评票无效")
    residents_invalid = yes_no("群众测评票无效")
    members_able, more = number("应参加评议的党员"), number("延长工作日", at_least=1, at_most=5)
    tallies = rows("测评汇总", poll=choice("测评", **RATERS), satisfied=number("满意"),
        basic=number("基本满意"), unsatisfied=number("不满意"), unknown=number("不了解"))
    # 卷宗：组织生活，本系统记支部组织生活以前由人工据台账填报
    facts_by_hand = yes_no("组织生活情况由党务工作者据台账填报，未经系统核对")
    missed_meetings = number("全年缺开的季度支部党员大会", at_least=0, at_most=4)
    on_time_rate = number("组织生活按期率", at_least=0, at_most=100, hint="百分数")
    ledger, vetoes = file("组织生活台账和佐证"), choices("一票否决情形", **VETOES)
    # 卷宗：评分、定级
    community_scores, site_visit_on = scores("社区评分", SHEET), day("实地查看日")
    differences = rows("与自评相差较大的说明", indicator=choice("评分指标", **INDICATORS), why=text("理由"))
    street_scores = scores("街道评分", SHEET)
    star_scores = scores("五星评分", {name: (words, 100) for name, words in STARS.items()}, optional=True)
    stars, removed_stars = choices("所得的星", **STARS), choices("摘除的星", **STARS)
    total, last_total = decimal("总分", optional=True), decimal("上年总分", optional=True)
    computed_grade = choice("计算等次", **GRADE_WORDS)
    inflated = yes_no("自评虚高(高出街道评分15分以上)")
    grade = choice("等次", **GRADE_WORDS)
    override_reason = text("改动计算等次的理由", at_most=1000, optional=True)
    overridden, five_star = yes_no("等次经集体研究改动"), yes_no("五星支部")
    posted_on, confirmed_on = day("公示日", optional=True), day("确认日")
    reason = text("理由", at_most=1000)
    entered_late = text("补记理由", optional=True, hint="办理日期不是今天的须填")
    # 卷宗：异议
    handlers = (caseworker, office_head, street_committee)
    objections = rows("异议", objector=text("异议人"), reach=text("联系方式"), what=text("异议内容"),
        raised_on=day("提出日"), result=choice("结果", upheld="成立", rejected="不成立", optional=True),
        privacy="personal", seen_by=handlers)
    objectors = people("异议人(系统内人员)", privacy="personal", seen_by=handlers)
    parties = (objectors,)
    # 卷宗：整改、复核
    rect_months, months_more = number("整改月数"), number("延长月数", at_least=1, at_most=3)
    items = rows("整改事项", at_least=1, indicator=choice("评分指标", **INDICATORS), problem=text("问题"),
        measure=text("措施"), owner=text("责任人"), due_on=day("完成期限"), privacy="personal")
    plan_filed_on, plan_ok = day("报方案日"), yes_no("方案已批准")
    closed_items = rows("已销号", item=number("项次"), closed_on=day("销号日"))
    talker, talked_to = person("谈话人"), person("被约谈书记")
    talked_on, talk_again_from = day("约谈日", of_act=True), day("再次约谈起算日")
    month = number("第几个月", at_least=1)
    progress = rows("各项进度", item=number("项次"), percent=number("进度", at_least=0, at_most=100))
    recheck_scores, incomplete = scores("复核评分", SHEET), yes_no("到期未申请，径行复核")
    recheck_satisfaction = decimal("复核群众满意率", at_least=0, at_most=100, places=1, hint="百分数")
    second, rectify_until = yes_no("二次整改"), day("二次整改期限")
    barred_secretary = person("评优受限的书记")

    once = one_per(branch, year)

    # 外面
    organisation = Card("党组织名册", organisations, of=branch)
    at_year_end = Card("年度末的书记", organisations, of=branch, on=year_end)
    on_the_talk_day = Card("约谈日的书记", organisations, of=branch, on=talked_on)
    roll = Roster("党员名册", members, "branch", same=branch)
    other_years = Cases("branch_rating", same=(branch,))
    bars = Entries("支部评优限制", award_bars, about=branch)
    secretarys_bars = Entries("书记评优限制", award_bars, about=barred_secretary)
    member_forms = Poll("党员测评", ANSWERS, by=member, open_in=appraising)
    resident_forms = Poll("群众测评", ANSWERS, by=resident, open_in=appraising)

    # 文书
    launch_notice = Document("启动通知", to=branch_secretary)
    self_report = Document("自评报告", to=community_committee)
    appraisal_summary = Document("测评汇总表", to=community_committee)
    community_opinion = Document("社区审核意见", to=(branch_secretary, street_committee))
    decision = Document("定级决定", to=branch_secretary)
    public_notice = Document("定级公示")
    objection_answer = Document("异议答复", to=(member, resident))
    rectification_notice = Document("整改通知书", to=branch_secretary)
    plan = Document("整改方案", to=(community_committee, street_committee))
    talk_record = Document("约谈记录", to=branch_secretary)
    monthly_report = Document("月报", to=(community_committee, street_committee))
    recheck_opinion = Document("复核意见", to=branch_secretary)
    star_notice_paper = Document("摘星公示")
    leadership_proposal = Document("调整支部班子建议", to=street_committee)

    sheet, grade_words, star_words = SHEET, GRADE_WORDS, STARS
    street_name = property(lambda case: case.name_of(case.round.street))
    two_places = staticmethod(lambda exact: rounded(Fraction(exact or 0)))

    # 本地可定：只许更严
    notice_days = Setting("公示工作日", 5, at_least=5)
    quorum = Setting("党员测评票最低比例", "two_thirds", one_of=tuple(QUORUMS))
    least_forms = Setting("群众测评票最低份数", 20, at_least=20)

    good_satisfaction = Setting("满意率不到多少最高为“一般”(百分之)", 90, at_least=90, at_most=100)
    least_satisfaction = Setting("满意率不到多少为“差”(百分之)", 60, at_least=60, at_most=100)
    recheck_of_poor = Setting("“差”的支部复核合格分", 60, at_least=60, at_most=100)
    recheck_of_average = Setting("“一般”的支部复核合格分", 70, at_least=70, at_most=100)
    recheck_least_satisfaction = Setting("复核合格的群众满意率(百分之)", 60, at_least=60, at_most=100)

    backdating = Backdating(days(30), reason=entered_late)

    # 一、立项和免评

    with graded:
        is_young = property(lambda case: bool(
            case.organisation.founded_on > case.facts.calendar.back(case.launched_on, months(6))))

        last_year = property(lambda case: tuple(each for each in case.other_years if each.year == case.year - 1))
        was_not_rectified = property(lambda case: any(
            each.not_rectified or each.closed_unrectified for each in case.last_year))

        def belongs_to(case, unit, over):
            while unit and unit != over:
                unit = case.above(unit)
            return bool(unit)

        @Act("立项", new >> either(self_assessing, planned), by=street_committee, issues=launch_notice)
        def enrol(case, branch, round):
            case.must(case.level_of(branch) == "branch", "参评的须是党支部。")
            case.must(round.running, "须写明进行中的定级轮次，名额已定的不能再增加支部。")
            case.must(case.belongs_to(branch, round.street), "该支部不属于本轮的街道。")
            case.unit, case.sheet_version = branch, VERSION
            if not round:
                return case.planned
            case.year, case.launched_on, case.scheme = round.year, round.launched_on, round.scheme
            case.year_end = date(case.year, 12, 31)
            case.title = f"{case.name_of(branch)}{case.year}年度定级"
            case.carried_over = case.was_not_rectified
            return case.planned if case.is_young else case.self_assessing

    with ours("成立不满六个月、拟合并或者撤销的不参评；已经定级的不再免评"):
        before_verdict = (planned, self_assessing, appraising, community_review, street_verdict)

        @Act("免评", before_verdict >> exempt_, by=street_committee, tells=(branch_secretary, caseworker), decides=True)
        def exempt(case, reason,
                ground=choice("免评情形", young="成立不满六个月", merging="拟合并", dissolved="已撤销")):
            case.must(ground != "young" or case.is_young, "该支部成立已满六个月，应当参评。")
            early = case.planned or case.self_assessing
            case.must(early or ground == "dissolved", "自评以后，只有已撤销的支部不再参评。")
            if ground == "dissolved":
                case.frees_the_branch()

        def frees_the_branch(case):
            """支部撤销的，对支部的限制终止，对书记个人的不终止。"""
            for each in case.bars:
                case.end(award_bars, case.branch, key=each.key)

        @Act("照常参评", planned >> self_assessing, by=street_committee, tells=branch_secretary)
        def take_part(case): ...

        deciding_exemption = Deadline("BR-EXEMPT", "免评决定期限", working_days(5), runs_in=planned,
            ladder=overdue.tell(street_committee, office_head))

    # 二、支部自评

    with graded:
        @Act("提交自评", self_assessing >> either(appraising, community_review), by=branch_secretary,
            issues=self_report)
        def submit_self(case, self_scores, minutes, evidence):
            shown = {each.indicator for each in evidence}
            for name, mark in self_scores.items():
                words, most = SHEET[name]
                proved = mark <= most * EVIDENCED or name in shown
                case.must(proved, "{indicator}得分超过该项满分八成，须附佐证。", indicator=words)
            case.self_missing = False
            return case.community_review if case.tallies else case.appraising

    with ours("自评逾期十个工作日仍未交的，自评计零分，由党务工作者决定往下办，系统不自动跳过"):
        @Act("缺自评继续", self_assessing >> either(appraising, community_review), by=caseworker,
            tells=(branch_secretary, community_committee))
        def go_on_without_self(case, reason):
            case.self_missing, case.self_scores = True, None
            return case.community_review if case.tallies else case.appraising

        is_returned = property(lambda case: bool(case.return_self))
        is_first = property(lambda case: not case.return_self)

        late_self = (overdue.tell(branch_secretary, caseworker), after(working_days(3)).tell(community_secretary),
            after(working_days(5)).tell(street_committee))
        self_assessment = Deadline("BR-SELF", "自评期限", working_days(SELF), runs_in=self_assessing, when=is_first,
            ladder=(before(working_days(5), working_days(2)).tell(branch_secretary), late_self))
        self_again = Deadline("BR-SELF2", "补正自评期限", working_days(SELF_AGAIN), runs_in=self_assessing,
            when=is_returned, ladder=(before(working_days(2)).tell(branch_secretary), late_self))
        grace = Earliest("BR-SELF10", "自评宽限期", working_days(SELF + GRACE + 1), runs_in=self_assessing,
            when=is_first, opens=go_on_without_self)
        grace_again = Earliest("BR-SELF2-10", "补正自评宽限期", working_days(SELF_AGAIN + GRACE + 1),
            runs_in=self_assessing, when=is_returned, opens=go_on_without_self)

    # 三、党员群众评议

    with graded:
        @Act("发放测评码", appraising >> same, by=caseworker)
        def issue_codes(case, unable=number("因故不能参加的党员", at_least=0, optional=True),
                unable_reason=text("不能参加的理由", at_most=1000, optional=True),
                copies=number("群众测评码份数", at_least=0, at_most=1000, optional=True)):
            case.must(unable <= len(case.roll), "名册上只有{n}名党员。", n=len(case.roll))
            case.must(not unable or unable_reason, "有党员不能参加的，须写明理由。")
            case.must(copies or not case.member_forms, "党员的码已经发过，请填群众测评码份数。")
            if not case.member_forms:
                case.members_able = len(case.roll) - unable
                case.member_forms.hand_out(case.members_able)
            case.resident_forms.hand_out(copies)

    with scaled:
        @property
        def forms_wanted(case):
            """企业支部的群众是非党员职工：不少于10份且三成；其他支部不少于20份且辖区户数的5%。"""
            if case.organisation.enterprise:
                return max(LEAST_OF_EMPLOYEES, ceil(case.organisation.employees * PERCENT_OF_EMPLOYEES / 100))
            return max(case.least_forms, ceil(case.organisation.households * PERCENT_OF_HOUSEHOLDS / 100))

        counted = property(lambda case: case.resident_forms.returned - case.resident_forms.of("unknown"))
        residents_valid = property(lambda case:
            case.resident_forms.returned >= case.forms_wanted and case.counted >= LEAST_COUNTED)

        members_wanted = property(lambda case: ceil(QUORUMS[case.quorum] * (case.members_able or 0)))
        members_valid = property(lambda case: case.member_forms.returned >= case.members_wanted
            and case.member_forms.returned > case.member_forms.of("unknown"))

        def members_have_answered(case):
            case.must(case.issue_codes, "尚未发放测评码。")
            case.must(case.members_valid, "党员测评票须有{least}份，并有人表示态度，现有{n}份。",
                least=case.members_wanted, n=case.member_forms.returned)

        def counts_the_forms(case):
            counts = {"members": case.member_forms, "residents": case.resident_forms}
            case.tallies = tuple({"poll": poll} | {answer: forms.of(answer) for answer in ANSWERS}
                for poll, forms in counts.items())

        @Act("结束评议", appraising >> community_review, by=caseworker, issues=appraisal_summary)
        def close_appraisal(case):
            case.members_have_answered()
            enough = case.resident_forms.returned >= case.forms_wanted
            case.must(enough, "有效测评票不足{least}份。", least=case.forms_wanted)
            case.must(case.counted >= LEAST_COUNTED, "表示态度的群众测评票不足{least}份。", least=LEAST_COUNTED)
            case.counts_the_forms()

        @Act("延长评议", appraising >> same, by=community_committee, tells=caseworker)
        def extend_appraisal(case, more, reason):
            case.must(not (case.residents_valid and case.members_valid), "测评票已经有效，不必延长。")

    with ours("到期或者延长后票数仍不够的：写明理由，群众、党员无效一项的权重并入社区评分，等次最高“较好”"):
        def time_is_up(case):
            last_day = case.extend_appraisal and case.today == case.appraisal.due_on
            case.must(case.appraisal.is_over or last_day, "评议期限未满，可以先延长一次。")
            case.must(case.issue_codes, "尚未发放测评码。")

        @Act("群众票不足结束评议", appraising >> community_review, by=community_committee,
            issues=appraisal_summary, tells=caseworker)
        def close_without_residents(case, reason):
            case.time_is_up()
            case.must(not case.residents_valid, "群众测评票已经有效，请结束评议。")
            case.members_have_answered()
            case.counts_the_forms()
            case.residents_invalid = True

        @Act("党员票不足结束评议", appraising >> community_review, by=community_committee,
            issues=appraisal_summary, tells=caseworker)
        def close_without_members(case, reason):
            case.time_is_up()
            case.must(not case.members_valid, "党员测评票已经有效。")
            case.counts_the_forms()
            case.members_invalid, case.residents_invalid = True, not case.residents_valid

    with graded:
        appraisal = Deadline("BR-APPR", "评议期限", working_days(APPRAISAL), runs_in=appraising,
            extension=Extension(extend_appraisal, working_days(more), at_most=working_days(5), times=1),
            ladder=(before(working_days(3)).tell(caseworker), overdue.tell(caseworker),
            after(working_days(3)).tell(community_secretary)))

    # 四、社区审核

    with ours("本支部的党员不评本支部"):
        def of_another_branch(case):
            own = case.actor.person in {each.about for each in case.roll}
            case.must(not own, "本支部党员不得评定、复核本支部，须由他人办理。", "OwnCase")

    with graded:
        @Act("退回自评", community_review >> self_assessing, by=community_committee, tells=branch_secretary)
        def return_self(case, reason):
            case.must(not case.return_self, "自评只能退回一次。")

        @Act("社区评分", community_review >> street_verdict, by=community_committee, issues=community_opinion)
        def submit_community(case, community_scores, site_visit_on, differences):
            case.must(site_visit_on <= case.today, "实地查看日不能晚于今天。", "E_FUTURE_DATE")
            case.of_another_branch()
            told = {each.indicator for each in differences}
            for name, mark in () if case.self_missing else case.self_scores.items():
                words, most = SHEET[name]
                near = abs(community_scores[name] - mark) <= most * EXPLAINED
                case.must(near or name in told, "{indicator}与自评相差超过该项满分两成，须说明理由。", indicator=words)

        review = Deadline("BR-COMM", "社区审核期限", working_days(REVIEW), runs_in=community_review,
            ladder=(before(working_days(2)).tell(community_committee), overdue.tell(community_secretary),
            after(working_days(3)).tell(supervisor), after(working_days(5)).tell(deputy_secretary)))

    # 五、总分、等次线、名额

    with scaled:
        def tally(case, poll):
            counts = ({answer: each[answer] for answer in ANSWERS} for each in case.tallies if each.poll == poll)
            return next(counts, {})

        @property
        def marks(case):
            """各方得分，未经舍入；测评票无效的没有那一项。"""
            found = {"self": case.self_scores.total, "members": average(case.tally("members"), WORTH),
                "residents": average(case.tally("residents"), WORTH), "community": case.community_scores.total,
                "street": case.street_scores.total}
            return found | dict.fromkeys(case.absent)

        @property
        def absent(case):
            invalid = {"members": case.members_invalid, "residents": case.residents_invalid}
            return tuple(who for who, is_absent in invalid.items() if is_absent)

        exact_total = property(lambda case: weighted(case.marks, weights_without(*case.absent)))

        @property
        def satisfaction(case):
            counts = case.tally("residents")
            part = counts.get("satisfied", 0) + counts.get("basic", 0)
            return None if "residents" in case.absent else share(part, part + counts.get("unsatisfied", 0))

        @property
        def caps(case):
            """最高可定的等次，逐项写明事由。"""
            rate, found = case.satisfaction, []
            if case.vetoes:
                found.append(("poor", "有一票否决情形"))
            if case.missed_meetings >= MISSED_MEETINGS:
                found.append(("poor", f"全年缺开季度支部党员大会{case.missed_meetings}次"))
            lines = (("poor", case.least_satisfaction), ("average", case.good_satisfaction))
            below = [each for each in lines if rate is not None and rate < each[1]][:1]
            found += [(grade, f"群众满意率{rounded(rate)}%，低于{line}%") for grade, line in below]
            if case.on_time_rate < ON_TIME:
                found.append(("average", f"组织生活按期率{case.on_time_rate}%，低于{ON_TIME}%"))
            found += [("fairly_good", f"{RATERS[who]}测评票无效") for who in case.absent]
            return tuple(found)

        ceiling = property(lambda case: lowest(GRADES, "good", *(grade for grade, _ in case.caps)))
        rank = property(lambda case: (case.total, *(case.marks[who] or 0 for who in ("street", "residents", "members")),
            case.last_total))
        has_a_place = property(lambda case: case.branch in case.round.good)
        waits_for_the_round = property(lambda case: bool(case.computed_grade == "good" and case.round.running))

        @property
        def grade_within_places(case):
            """计算等次，“好”等名额不够的为“较好”。"""
            return "fairly_good" if case.computed_grade == "good" and not case.has_a_place else case.computed_grade

        def computes_the_grade(case):
            band = next(grade for grade, least in BANDS if case.total >= least)
            case.computed_grade = lowest(GRADES, band, case.ceiling)

        @Act("填报组织生活", (appraising, community_review, street_verdict) >> same, by=caseworker)
        def record_year_facts(case, missed_meetings, on_time_rate, ledger, vetoes):
            case.must(not case.score, "街道已经评分，不能再改。")
            case.facts_by_hand = True

        @Act("街道评分", street_verdict >> same, by=street_committee, decides=True)
        def score(case, street_scores, star_scores, star_vetoes=choices("被否决的星", **STARS)):
            case.must(case.record_year_facts, "党务工作者尚未填报组织生活情况。")
            case.must(case.round.running, "本轮名额已定，不能再改评分。")
            case.must(star_scores or case.scheme != "five_star", "按五星评定的，须逐星评分。")
            case.of_another_branch()
            case.total = rounded(case.exact_total)
            case.computes_the_grade()
            case.inflated = case.self_scores.total - street_scores.total > INFLATED
            reached = [name for name, mark in star_scores.items() if mark >= STAR_LINE]
            case.stars = tuple(name for name in reached if name not in star_vetoes)
            case.last_total = next((each.total for each in case.last_year), 0)
            case.carried_over = case.was_not_rectified

        def sets_the_grade(case, grade, why):
            """与计算等次最多差一档；没有名额的“好”已经降了一档。"""
            case.must(case.computed_grade in WITHIN_A_STEP[grade], "与计算等次相差不得超过一档。")
            case.must(lowest(GRADES, grade, case.ceiling) == grade, "超过最高可定的等次。")
            case.must(grade != "good" or case.has_a_place, "名额限制：本轮“好”等没有该支部。")
            case.overridden = grade != case.grade_within_places
            case.must(why or not case.overridden, "改动计算等次的，须写明集体研究的理由。")
            case.grade, case.override_reason = grade, why if case.overridden else None
            case.five_star = grade == "good" and case.branch in case.round.five_star

        @Act("街道定级", street_verdict >> noticing, by=street_committee, issues=(decision, public_notice),
            decides=True)
        def decide_verdict(case, grade, override_reason, posted_on, verdict_minutes=file("党工委会议记录")):
            case.must(case.score, "街道尚未评分。")
            case.must(not case.waits_for_the_round, "计算等次为“好”的，须等本轮名额确定。")
            case.must(not posted_on or posted_on >= case.today, "公示日不得早于定级日。", "E_DATE_ORDER")
            case.of_another_branch()
            case.sets_the_grade(grade, override_reason)
            case.posted_on = posted_on or case.today

        verdict = Deadline("BR-VERD", "街道定级期限", working_days(VERDICT), runs_in=street_verdict,
            ladder=(before(working_days(3)).tell(street_committee), overdue.tell(office_head),
            after(working_days(5)).tell(committee_secretary), after(working_days(10)).tell(org_department)))

    # 六、公示、异议、确认

    with noticed:
        @Act("提出异议", noticing >> objection_handling, by=(member, resident), via=caseworker,
            tells=(street_committee, office_head))
        def raise_objection(case, objector=text("异议人姓名", at_most=50, privacy="personal", seen_by=handlers),
                reach=contact("异议人联系方式", privacy="personal", seen_by=handlers),
                objection=text("异议内容", at_least=5, privacy="personal", seen_by=handlers),
                known=person("异议人系统内身份", optional=True, privacy="personal", hint="在社区、街道任职的须填",
                    seen_by=handlers)):
            case.must(case.today >= case.posted_on, "公示尚未开始。")
            who = {"objector": objector, "reach": reach, "what": objection, "raised_on": case.today}
            case.objections = (*case.objections, who)
            case.objectors = (*case.objectors, known) if known else case.objectors
            case.objector = case.reach = case.objection = case.known = None

        @Act("延长异议核查", objection_handling >> same, by=street_committee)
        def extend_objection(case, reason): ...

        @Act("异议答复", objection_handling >> noticing, by=street_committee, issues=(objection_answer, public_notice),
            tells=branch_secretary, decides=True)
        def settle_objection(case, result=choice("核查结果", upheld="成立", rejected="不成立"),
                answer=text("答复", at_least=5, at_most=2000, long=True),
                new_grade=choice("改定等次", **GRADE_WORDS, optional=True),
                new_reason=text("改动计算等次的理由", at_most=1000, optional=True),
                proven=choices("查实的一票否决情形", **VETOES, optional=True),
                repost_on=day("重新公示日", optional=True)):
            case.must(result == "upheld" or not (new_grade or proven), "异议不成立的，不改等次。")
            case.must(not repost_on or repost_on >= case.today, "重新公示日不得早于今天。", "E_DATE_ORDER")
            case.must(not new_grade or new_grade != case.grade, "改定的等次与原等次相同。")
            case.of_another_branch()
            *earlier, last = case.objections
            case.objections = (*earlier, {**last, "result": result})
            if proven:
                case.vetoes = tuple(dict.fromkeys((*case.vetoes, *proven)))
                case.computes_the_grade()
            if new_grade or proven:
                case.sets_the_grade(new_grade or case.grade, new_reason)
            if new_grade:
                case.posted_on = repost_on or case.today
                case.issue("decision")

        objecting = Deadline("BR-OBJ", "异议核查期限", working_days(10), runs_in=objection_handling,
            extension=Extension(extend_objection, working_days(5), times=1),
            ladder=(before(working_days(3)).tell(street_committee), overdue.tell(office_head),
            after(working_days(5)).tell(deputy_secretary)))

    is_poor = property(lambda case: case.grade == "poor")
    in_rectification = (rectification_planning, rectifying)
    after_rectification = (rechecking, rectified, not_rectified, closed_unrectified)

    with noticed:
        bars_of_the_year = property(lambda case: tuple(each for each in (*case.bars, *case.secretarys_bars)
            if each.branch == case.branch and each.year == case.year))

        def lifts_earlier_bars(case):
            """限制到下一年度确认时为止；对书记个人的限制跟人走。下一年度没有确认的，到该轮全部确认时为止。"""
            for earlier in case.other_years:
                for each in earlier.bars_of_the_year if earlier.year < case.year else ():
                    case.end(award_bars, each.about, key=each.key)

        def enters_the_bar(case, about):
            if about:
                case.enter(award_bars, about, key=f"{case.branch} {case.year}", branch=case.branch, year=case.year,
                    reason="定为差")

        def bars_whoever_led_at_year_end(case):
            case.barred_secretary = case.at_year_end.secretary
            case.enters_the_bar(case.barred_secretary)

        @Act("公示期满确认", noticing >> either(confirmed_ok, rectification_planning),
            tells=(branch_secretary, community_committee), clock_may=True)
        def confirm(case):
            case.confirmed_on, case.rect_months = case.today, MONTHS_TO_RECTIFY.get(case.grade)
            case.lifts_earlier_bars()
            if case.is_poor:
                case.enters_the_bar(case.branch)
            if case.is_poor and case.today > case.year_end:
                case.bars_whoever_led_at_year_end()
            return case.confirmed_ok if case.grade in ("good", "fairly_good") else case.rectification_planning

        posting = Posting("BR-NOTICE", "公示期", working_days(notice_days).since(posted_on), runs_in=noticing,
            pause=paused_in(objection_handling, whole_days=True), ladder=overdue.do(confirm))

    with ours("受限的是年度末在任的书记，年度结束才知道是谁；支部自确认之日起受限"):
        awaits_year_end = property(lambda case: bool(
            case.is_poor and case.confirmed_on <= case.year_end and not case.bar_secretary))

        @Act("书记评优限制", (*in_rectification, *after_rectification) >> same, clock_may=True)
        def bar_secretary(case):
            case.bars_whoever_led_at_year_end()

        year_ends = Reminder("BR-BAR", "年度末在任书记的评优限制", until(year_end),
            runs_in=(*in_rectification, *after_rectification), when=awaits_year_end,
            ladder=overdue.do(bar_secretary))

    # 七、约谈、方案

    with weak:
        def by_the_level_that_answers(case):
            """差的由街道、一般的由社区。"""
            answers = BranchRating.street_committee if case.is_poor else BranchRating.community_committee
            case.must(case.actor.role == answers.id, "定为差的由街道党工委办理，定为一般的由社区党委办理。")
            case.of_another_branch()

        not_talked = property(lambda case: case.is_poor and not case.record_talk)
        no_plan = property(lambda case: not case.plan_filed_on)
        plan_waits = property(lambda case: bool(case.plan_filed_on and not case.plan_ok))

        @Act("约谈书记", (*in_rectification, not_rectified) >> same, by=street_committee, issues=talk_record)
        def record_talk(case, talked_on, talk_minutes=file("约谈笔录"),
                talked_name=text("被约谈书记姓名", at_most=50, privacy="personal")):
            case.must(case.is_poor, "只约谈定为差的支部书记。")
            case.must(case.on_the_talk_day.secretary, "党组织名册上没有约谈日的书记。")
            case.of_another_branch()
            case.talker, case.talked_to = case.actor.person, case.on_the_talk_day.secretary
            case.talk_again_from = None

        late_talk = (before(working_days(3)).tell(street_committee), overdue.tell(deputy_secretary),
            after(working_days(5)).tell(committee_secretary))
        talk = Deadline("BR-TALK", "约谈期限", working_days(10).since(confirmed_on), runs_in=in_rectification,
            when=not_talked, ladder=late_talk)
        second_talk = Deadline("BR-TALK2", "再次约谈期限", working_days(10).since(talk_again_from),
            runs_in=(rectifying, not_rectified), ladder=late_talk)

        @Act("报整改方案", rectification_planning >> same, by=branch_secretary, issues=plan)
        def submit_plan(case, items):
            case.must(case.no_plan, "方案已经上报，等待批复。")
            planned_for = {each.indicator for each in items}
            for name, mark in case.street_scores.items():
                words, most = SHEET[name]
                covered = mark >= most * WEAK or name in planned_for
                case.must(covered, "{indicator}低于满分六成，须有整改事项。", indicator=words)
            for each in items:
                in_time = case.today <= each.due_on <= case.rectification.due_on
                case.must(in_time, "事项“{what}”的期限须在整改期限以内。", what=each.problem)
            case.plan_filed_on = case.today

        @Act("批准方案", rectification_planning >> rectifying, by=(street_committee, community_committee),
            tells=branch_secretary, decides=True)
        def approve_plan(case):
            case.must(case.plan_waits, "没有待批的方案。")
            case.by_the_level_that_answers()
            case.plan_ok = True

        @Act("退回方案", rectification_planning >> same, by=(street_committee, community_committee),
            tells=branch_secretary, decides=True)
        def return_plan(case, reason):
            case.must(case.plan_waits, "没有待批的方案。")
            case.by_the_level_that_answers()
            case.plan_filed_on = None

        planning = Deadline("BR-PLAN", "报方案期限", working_days(10).since(confirmed_on),
            runs_in=rectification_planning, when=no_plan, ladder=(before(working_days(3)).tell(branch_secretary),
            overdue.tell(branch_secretary), after(working_days(3)).tell(community_secretary),
            after(working_days(5)).tell(street_committee)))
        plan_answer = Deadline("BR-PLANOK", "方案批复期限", working_days(5).since(plan_filed_on),
            runs_in=rectification_planning, when=plan_waits, ladder=(before(working_days(1)).tell(street_committee,
            community_committee), overdue.tell(office_head)))

    # 八、整改：月报、销号、延长

    with weak:
        reports_monthly = property(lambda case: case.is_poor and not case.second)

        @Act("月报", rectifying >> same, by=branch_secretary, issues=monthly_report)
        def report_progress(case, month, progress):
            case.must(case.reports_monthly, "只有定为差的支部在首次整改中按月报告。")
            told = {each.item for each in progress}
            missing = [n for n in range(1, len(case.items) + 1) if n not in told]
            case.must(not missing, "第{n}项没有报告进度。", n=missing[0] if missing else 0)

        @Act("缺月报", rectifying >> same)
        def note_missing_report(case):
            last_two = case.monthly.unmet[-2:]
            in_a_row = len(last_two) == 2 and last_two[1] == last_two[0] + 1
            if in_a_row and not case.talk_again_from:
                case.talk_again_from = case.today

        monthly = Recurring("BR-MON", "月报", months(1).since(confirmed_on), runs_in=rectifying, met_by=report_progress,
            number=month, opens_before=months(1), when=reports_monthly, ladder=(before(days(3)).tell(branch_secretary),
            overdue.tell(branch_secretary), overdue.do(note_missing_report),
            after(working_days(5)).tell(community_committee)))

        @Act("销号", rectifying >> same, by=community_committee, tells=branch_secretary)
        def close_item(case, item=number("整改项次", at_least=1), proof=file("整改佐证")):
            case.must(item <= len(case.items), "方案只有{n}项。", n=len(case.items))
            case.must(item not in {each.item for each in case.closed_items}, "这一项已经销号。")
            case.closed_items = (*case.closed_items, {"item": item, "closed_on": case.today})

        @Act("延长整改", rectifying >> same, by=street_committee, tells=(branch_secretary, community_committee))
        def extend_rect(case, months_more, reason):
            case.must(case.is_poor and not case.second, "只有定为差的支部在首次整改中可以延长。")

        @Act("申请复核", rectifying >> rechecking, by=branch_secretary, tells=(community_committee, street_committee))
        def apply_recheck(case, report=file("整改报告")):
            case.must(len(case.closed_items) >= len(case.items), "尚有{n}项没有销号。",
                n=len(case.items) - len(case.closed_items))

        @Act("到期复核", in_rectification >> rechecking)
        def force_recheck(case):
            case.incomplete = True

    with ours("整改期限：一般三个月，差六个月；到期一律复核"):
        rectification = Deadline("BR-RECT", "整改期限", months(rect_months).since(confirmed_on),
            runs_in=in_rectification, instead=until(rectify_until),
            extension=Extension(extend_rect, months(months_more), at_most=months(3), times=1),
            ladder=(at_once.issue(rectification_notice), before(days(30), days(7)).tell(branch_secretary),
            on_the_day.tell(branch_secretary), overdue.tell(branch_secretary, community_committee, street_committee),
            overdue.do(force_recheck)))

    # 九、复核、二次整改、结转

    with weak:
        @Act("复核通过", rechecking >> rectified, by=(street_committee, community_committee), issues=recheck_opinion,
            decides=True)
        def pass_recheck(case, recheck_scores, recheck_satisfaction):
            least, found = case.recheck_of_poor if case.is_poor else case.recheck_of_average, recheck_scores.total
            wanted = case.recheck_least_satisfaction
            case.must(found >= least, "复核总分不足{least}分，现为{n}分。", least=least, n=found)
            case.must(recheck_satisfaction >= wanted, "复核群众满意率低于{wanted}%。", wanted=wanted)
            case.by_the_level_that_answers()

        @Act("复核不通过", rechecking >> not_rectified, by=(street_committee, community_committee),
            issues=(recheck_opinion, leadership_proposal), tells=office_head, decides=True)
        def fail_recheck(case, recheck_scores, reason):
            case.by_the_level_that_answers()
            case.talk_again_from = case.today if case.is_poor else None

        @Act("二次整改", not_rectified >> rectifying, by=street_committee,
            tells=(branch_secretary, community_committee))
        def second_round(case, rectify_until):
            latest = case.facts.calendar.add(case.today, months(3)).on
            case.must(case.today < rectify_until <= latest, "二次整改最迟至{latest}。", latest=latest)
            case.must(not case.second, "二次整改以一次为限。")
            case.second, case.closed_items = True, None

        next_is_launched = property(lambda case: any(each.year > case.year for each in case.other_years))

        @Act("结转", not_rectified >> closed_unrectified, by=street_committee, tells=(branch_secretary, org_department))
        def carry_over(case):
            due = case.fail_recheck.times >= 2 or case.next_is_launched
            case.must(due, "首次复核不通过且下一年度尚未启动的，应当二次整改。")

        recheck = Deadline("BR-RECHECK", "复核期限", working_days(15), runs_in=rechecking,
            ladder=(before(working_days(3)).tell(street_committee, community_committee), overdue.tell(office_head),
            after(working_days(5)).tell(deputy_secretary)))

    with ours("复核不通过后十个工作日内，街道决定二次整改或者结转"):
        what_next = Deadline("BR-NEXT", "整改未通过的处理期限", working_days(10), runs_in=not_rectified,
            ladder=(before(working_days(3)).tell(street_committee), overdue.tell(office_head),
            after(working_days(5)).tell(deputy_secretary)))

    with ours("定级以后撤销的支部结转结案：对支部的评优限制终止，对书记个人的不终止"):
        graded_states = (noticing, objection_handling, *in_rectification, rechecking, not_rectified)

        @Act("撤销结案", graded_states >> closed_unrectified, by=street_committee,
            tells=(community_committee, org_department))
        def close_dissolved(case, reason):
            case.frees_the_branch()

    # 十、摘星

    with starred:
        @Act("摘星", confirmed_ok >> same, by=street_committee, issues=star_notice_paper,
            tells=(branch_secretary, community_committee), decides=True)
        def remove_star(case, reason, star=choice("摘除哪一星", **STARS)):
            case.must(star in case.stars, "该支部没有这颗星。")
            case.must(not case.star_notice, "上一次摘星还在公示。")
            case.removed_stars = (*case.removed_stars, star)

        @Act("摘星公示期满", confirmed_ok >> same, tells=(branch_secretary, org_department))
        def lose_star(case):
            case.stars = tuple(each for each in case.stars if each not in case.removed_stars)
            case.five_star = False

        star_notice = Posting("BR-STAR", "摘星公示期", working_days(notice_days), runs_in=confirmed_ok,
            starts=remove_star, ladder=overdue.do(lose_star))

    # 十一、度量：支部工作做得怎样，不看人

    is_good = Derived("等次为好", lambda case: case.grade == "good")
    is_fairly_good = Derived("等次为较好", lambda case: case.grade == "fairly_good")
    is_average = Derived("等次为一般", lambda case: case.grade == "average")
    is_rated_poor = Derived("等次为差", lambda case: case.is_poor)
    poor_again = Derived("连续两年等次为差", lambda case: case.is_poor and any(
        each.grade == "poor" for each in case.last_year))
    forms_valid = Derived("测评票有效", lambda case: not (case.residents_invalid or case.members_invalid))
    self_over_street = Derived("自评与街道评分之差", lambda case: abs(case.self_scores.total - case.street_scores.total)
        if case.self_scores and case.street_scores else None)
    starred_though_barred = Derived("有评优限制而评五星", lambda case: bool(case.five_star and case.bars))
    good_share = Measure("定为好的比例", of=is_good, among=confirm)
    fairly_good_share = Measure("定为较好的比例", of=is_fairly_good, among=confirm)
    average_share = Measure("定为一般的比例", of=is_average, among=confirm)
    poor_share = Measure("定为差的比例", of=is_rated_poor, among=confirm)
    stages_in_time = Measure("各环节按期率", of=(self_assessment, appraisal, review, verdict, objecting, recheck),
        among=(self_assessment, appraisal, review, verdict, objecting, recheck))
    self_gap = Mean("自评与街道评分的平均差", of=self_over_street, among=score)
    inflated_share = Measure("自评虚高率", of=inflated, among=score)
    valid_forms = Measure("测评有效率", of=forms_valid,
        among=(close_appraisal, close_without_residents, close_without_members))
    plans_in_time = Measure("方案按期率", of=planning, among=planning)
    rechecks_passed = Measure("复核通过率", of=pass_recheck, among=(pass_recheck, fail_recheck))
    poor_two_years = Measure("连续两年定为差", of=poor_again, among=confirm)
    overrides = Measure("改动计算等次率", of=overridden, among=decide_verdict)
    reports_in_time = Measure("月报按期率", of=monthly, among=monthly)
    barred_awards = Measure("评优限制期内仍评五星", of=starred_though_barred, among=confirm)

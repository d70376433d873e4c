"""发展党员：一个人从递交申请到成为正式党员，或者到中途退出。时钟只提醒、只让未批的决议失效，从不替组织决定一个人。"""

# fmt: off
# isort: off
from datetime import timedelta

from workflow.calendar import age
from workflow.fields import (
    ballot, choice, choices, contact, day, file, id_number, names, number, people, person, phone, rows, text, unit,
    yes_no,
)
from workflow.identity import born_on
from workflow.parts import (
    Act, Backdating, Card, Cases, Clock, Deadline, Derived, Document, Earliest, Extension, Law, Measure, Median,
    Posting, Procedure, Recurring, Reminder, Role, Roster, Setting, State, Without, above, after, back, before,
    either, here, in_turn, local, new, nowhere, on_the_day, one_open_per, ours, overdue, paused_in, paused_while,
    same, upward,
)
from workflow.rosters import members, organisations
from workflow.terms import days, months, until, working_days
# isort: on

# 两部文本同在的条款以现行条号为准，条号不同的并列；文本不同之处分写两段，按每一步办理之日适用。
REVISED_ON = "2026-05-18"
rules = Law("中国共产党发展党员工作细则", since="2014-05-28")
r2014 = Law("中国共产党发展党员工作细则（2014年）", since="2014-05-28", until=REVISED_ON)
r2026 = Law("中国共产党发展党员工作细则（2026年修订）", since=REVISED_ON)


class Recruitment(Procedure):
    label = "发展党员"
    number_prefix = "DY"
    levels = ("branch",)

    # 谁
    applicant = Role("入党申请人", outside=True)
    public = Role("群众", outside=True)
    caseworker = Role("党务工作者", of=(here, above(here)), id="party_worker")
    branch_secretary = Role("支部书记")
    branch_committee = Role("支委会")
    branch_meeting = Role("支部党员大会")
    member = Role("正式党员", id="party_member")
    league_branch = Role("团支部", of=(here, above(here)))
    contact_ = Role("培养联系人", named="contacts", of=nowhere, id="contact")
    introducer = Role("入党介绍人", named="introducers", of=nowhere)
    organiser = Role("组织员", of=upward)
    community_committee = Role("社区党委", of=upward)
    party_committee = Role("街道党工委", of=upward)
    deputy_secretary = Role("街道党工委副书记", of=upward)
    committee_secretary = Role("街道党工委书记", of=upward)
    office_head = Role("党建办主任", of=upward)
    org_department = Role("区委组织部", of=upward)
    supervisor = Role("督导员", of=upward, id="party_supervisor")
    old_secretary = Role("支部书记", of="from_branch", id="branch_secretary")
    old_organiser = Role("组织员", of=above(above("from_branch")), id="organiser")
    branch, committee = (branch_committee, branch_meeting), (party_committee, community_committee)
    # 政治审查只给支委会和街道看；不设支委会的，由支部党员大会审查，所以大会也看得到。
    reviewers = (*branch, organiser, party_committee, deputy_secretary, committee_secretary)

    # 在哪
    applied = State("已递交申请")
    talked = State("已谈话")
    activist = State("入党积极分子")
    target_noticing = State("拟发展对象公示", waiting=True)
    target_filing = State("发展对象报备", waiting=True)
    development_target = State("发展对象")
    pre_review = State("预审中", waiting=True)
    pre_review_passed = State("预审合格")
    admission_resolved = State("支部大会已通过", waiting=True)
    probationary = State("预备党员")
    conversion_due = State("预备期满待讨论")
    conversion_deferred = State("推迟讨论转正", waiting=True)
    conversion_resolved = State("转正决议待批", waiting=True)
    transferring = State("材料转接中", detour=True)
    suspended = State("暂停", detour=True)
    full_member = State("正式党员", final=True, reopens=True)
    withdrawn = State("本人撤回", final=True)
    terminated = State("终止培养", final=True)
    disqualified = State("取消预备党员资格", final=True)
    not_recognised = State("不予承认", final=True)
    cultivated = (activist, target_noticing, target_filing, development_target, pre_review, pre_review_passed)
    before_admission = (applied, talked, *cultivated)
    on_probation = (probationary, conversion_due, conversion_deferred, conversion_resolved)
    movable = (talked, activist, development_target, probationary, conversion_due)
    ended_states = (full_member, withdrawn, terminated, disqualified, not_recognised)

    # 卷宗：本人
    name, id_no = text("姓名", at_most=50, privacy="personal"), id_number("身份证号码", privacy="sensitive")
    person_id = person("申请人", else_called=name, optional=True, privacy="personal",
        hint="在系统内有岗位的须选，其他人不选")
    birth_date = day("出生日期", optional=True, privacy="personal", hint="不填的，按身份证号码")
    sex = choice("性别", optional=True, privacy="personal", female="女", male="男")
    ethnicity = text("民族", at_most=20, optional=True, privacy="personal")
    phone_, is_league_member = phone("电话", optional=True, privacy="personal"), yes_no("是团员", privacy="personal")
    received_on = day("收到日", of_act=True, privacy="personal")
    scan = file("书面材料", privacy="personal", afresh=True)
    branch_id = unit("所在支部", optional=True, hint="由街道代收的，填接收申请的支部")
    approving_org_id, acting_org_id = unit("审批党委"), unit("办理党委")
    # 卷宗：培养
    talker = person("谈话人", privacy="personal", afresh=True)
    minutes = text("记录", long=True, at_most=5000, privacy="personal", afresh=True)
    reason = text("理由", at_least=2, at_most=1000, privacy="personal", afresh=True)
    recommended_by, league_recommended = person("推荐人", privacy="personal"), yes_no("经群团组织推优")
    contacts = people("培养联系人", at_least=1, at_most=2, privacy="personal")
    opinions = choices("已听取意见", group="党小组", contacts="培养联系人", members="党员", masses="群众")
    period_no = number("第几次", at_least=1, afresh=True)
    exams = rows("考察记录", privacy="personal", period=number("第几次"), examined_on=day("考察日"),
        verdict=choice("考察结果", good="好", fair="较好", poor="一般"), of_probation=yes_no("预备期内"))
    # 卷宗：发展对象
    introducers = people("入党介绍人", at_least=2, at_most=2, privacy="personal")
    conclusion = choice("政治审查结论", passed="合格", failed="不合格", privacy="sensitive", seen_by=reviewers)
    concluded_on = day("政治审查结论日", of_act=True, privacy="sensitive", seen_by=reviewers)
    review_docs = file("政治审查材料", privacy="sensitive", seen_by=reviewers)
    # 卷宗：表决、审批、预备期
    absent = ("患病无表达能力", "自费出国半年以上", "被羁押或者服刑", "长期卧床", "外出半年以上未转组织关系")
    vote = ballot("表决", absent, afresh=True)
    tellers = names("监票人、计票人", at_least=2, privacy="personal", afresh=True)
    exclusion_consent = file("上级同意不计入应到会人数的批件", optional=True, afresh=True)
    exclusion_agreed = yes_no("大会同意不计入", afresh=True)
    written_in_time = yes_no("书面意见均在会前收到，有本人签名", afresh=True)
    due_to_attend, in_favour, by_writing = number("应到会人数"), number("赞成票数"), yes_no("书面意见决定了结果")
    vote_records = rows("表决记录", about=choice("表决事项", admit="接收预备党员", convert="按期转正",
        extend="延长预备期", cancel="取消资格"), held_on=day("大会日期"), due=number("应到会"), present=number("到会"),
        favour=number("赞成"), written=number("其中书面意见"), carried=yes_no("通过"))
    vote_failed_on, counted_from = day("上次未通过日"), day("审批期限起算日")
    pre_reviewed_on, new_due = day("预审合格或者重新确认日"), day("审批延长至", afresh=True)
    collective = yes_no("集体讨论、逐人表决", optional=False, afresh=True)
    probation_from = day("预备期起算日", hint="延长的，为延长期起算日")
    probation_months, extension_no = number("预备期月数"), number("延长次数")
    resolution_kind = choice("决议", convert="按期转正", extend="延长预备期", cancel="取消预备党员资格", afresh=True)
    conversion_applied_on, discuss_from = day("提出转正申请日"), day("讨论期限起算日")
    months_, until_ = number("延长月数", at_least=1, optional=True, afresh=True), day("推迟至", afresh=True)
    seniority_date = day("党龄起算日", privacy="personal")
    # 卷宗：转接、暂停、归档
    archived = choices("归档材料", application="入党申请书", exams="培养考察材料", review="政治审查材料",
        form="入党志愿书", conversion="转正申请书")
    from_branch, to_branch = unit("转出支部"), unit("转入支部", afresh=True)
    reported_on, files = day("报告转移日", of_act=True), names("材料目录", at_least=1, afresh=True)
    ground = choice("暂停事由", investigation="接受审查", illness="患病", abroad="出国出境", other="其他",
        privacy="personal", afresh=True)
    suspended_spans = rows("暂停区间", since=day("自"), upto=day("至"))
    entered_late = text("补记理由", optional=True, hint="办理日期不是今天的须填")

    titled = name
    parties, codes_by = (person_id,), (caseworker, organiser)
    once = one_open_per(id_no, hidden=True)
    backdating = Backdating(days(30), reason=entered_late)

    # 名册与他案
    branch_card = Card("本支部", organisations, of=branch_id)
    acting_card = Card("办理党委", organisations, of=acting_org_id)
    own_card = Card("本人", members, of=person_id)
    talker_card = Card("谈话人", members, of=talker)
    recommender_card = Card("推荐人", members, of=recommended_by)
    contact_cards = Card("培养联系人", members, of=contacts)
    introducer_cards = Card("入党介绍人", members, of=introducers)
    roll = Roster("本支部党员", members, "branch", same=branch_id)
    others = Cases("recruitment", same=(id_no,))

    # 文书
    receipt = Document("入党申请回执", to=applicant)
    talk_minutes = Document("谈话记录", to=caseworker)
    activist_report = Document("积极分子备案报告", to=party_committee)
    exam_form = Document("培养考察登记表", to=caseworker)
    target_notice = Document("发展对象公示", to=public)
    notice_report = Document("公示情况报告", to=party_committee)
    review_record = Document("政治审查结论", to=organiser)
    training_certificate = Document("培训结业证明", to=applicant)
    pre_review_opinion = Document("预审意见书", to=branch_secretary)
    admission_form = Document("入党志愿书发放单", to=applicant)
    resolution = Document("支部大会决议和票决情况汇总表", to=party_committee)
    approval_letter = Document("审批通知书", to=(applicant, branch_secretary))
    refusal_letter = Document("不予批准通知书", to=(applicant, branch_secretary))
    filing_form = Document("预备党员备案表", to=org_department)
    oath_record = Document("入党宣誓记录", to=caseworker)
    conversion_request = Document("转正申请收件单", to=branch_secretary)
    conversion_decision = Document("转正、延长、取消决定书", to=(applicant, branch_secretary))
    archive_list = Document("归档目录", to=caseworker)

    # 本地可定
    written_opinion_counts = Setting("书面意见计入票数", True)
    notice_optional = Setting("2014年文本施行期间可不公示", True)
    approval_from_receipt = Setting("审批期限自收到决议材料起算", False)
    thought_reports = Setting("每季度思想汇报", False)

    # 一、申请与谈话

    with rules("第5、6条"):
        @Act("递交申请", new >> applied, by=applicant, via=(caseworker, organiser), issues=receipt)
        def file_application(case, name, id_no, person_id, birth_date, received_on, scan, sex, ethnicity, phone_,
                is_league_member, branch_id):
            own = branch_id in ("", case.unit) or case.level_of(case.recorder.unit) == "street"
            case.must(own, "只有街道组织员可以代支部收件。")
            case.unit = case.branch_id = branch_id or case.unit
            case.person_id = next((each.person_id for each in case.others), person_id)
            case.must(case.level_of(case.unit) == "branch", "入党申请由党支部接收。")
            case.birth_date = born = born_on(id_no)
            case.must(born and (not birth_date or birth_date == born), "出生日期与身份证号码不符。")
            case.must(not born or age(born, received_on) >= 18, "申请人未满18周岁。")
            case.must(not case.own_card.standing, "该同志已是党员。")
            case.tells_the_street_where()
            case.has_waited()

        def tells_the_street_where(case):
            at = [case.facts.units[each.unit].name for each in case.others if not each.is_closed]
            told = at and case.level_of(case.recorder.unit) == "street"
            case.must(not told, "该同志的申请正由{branch}办理。", "AlreadyOpen", branch="、".join(at))

    with local("终止培养满六个月方可再次申请"):
        def has_waited(case):
            ended = [each.terminate.on for each in case.others if each.terminated]
            case.must(all(case.today >= case.after(on, months(6)) for on in ended), "终止培养未满六个月。")

    with rules("第7条"):
        @Act("派人谈话", applied >> talked, by=(branch_secretary, caseworker), issues=talk_minutes)
        def record_talk(case, talker, minutes, late_reason=text("逾期原因", optional=True)):
            case.must(talker != case.person_id and case.talker_card.standing == "full", "谈话人须是正式党员。")
            case.must(late_reason or not case.talk.is_over, "逾期谈话，须说明原因。")

        talk = Deadline("RC-TALK", "谈话期限", months(1).since(received_on), runs_in=applied,
            ladder=(before(days(7), days(3)).tell(branch_secretary), overdue.tell(branch_secretary, caseworker),
                after(days(7)).tell(organiser), after(days(15)).tell(deputy_secretary)))

    # 二、入党积极分子

    with rules("第8条"):
        @Act("推荐、推优", talked >> same, by=(league_branch, member))
        def recommend(case, votes_for=number("同意人数", at_least=1, optional=True),
                votes_total=number("参加人数", at_least=1, optional=True),
                kind=choice("推荐方式", member="党员推荐", league="群团推优")):
            by_league, case.recommended_by = case.actor.role == "league_branch", case.actor.person
            case.must(by_league == (kind == "league"), "党员推荐由党员提出，推优由群团组织提出。")
            case.must(votes_for <= votes_total, "同意人数不得多于参加人数。")
            case.must(by_league or case.is_ours(case.recommender_card), "推荐人须是本支部正式党员。")
            young = case.is_league_member or age(case.birth_date, case.today) < 28
            case.must(young or not by_league, "推优对象应是团员，或者不满28周岁。")
            case.league_recommended = case.league_recommended or by_league

        def is_ours(case, card):
            return card.standing == "full" and card.branch == case.branch_id

        def decides_here(case):
            own = "branch_committee" if case.branch_card.has_committee else "branch_meeting"
            case.must(case.actor.role == own, "设支委会的由支委会办理，不设的由支部党员大会办理。")

        @Act("确定积极分子", talked >> activist, by=branch, issues=activist_report, decides=True)
        def confirm_activist(case, minutes, contacts):
            case.decides_here()
            case.must(case.recommend, "尚无党员推荐或者群团推优。")
            case.is_accompanied(contacts)

    with rules("第9条"):
        def is_accompanied(case, contacts):
            case.must(case.person_id not in contacts, "本人不能是自己的培养联系人。")
            case.must(all(case.is_ours(card) for card in case.contact_cards), "培养联系人须是本支部正式党员。")

        @Act("更换培养联系人", cultivated >> same, by=branch_secretary, tells=contact_)
        def replace_contact(case, contacts):
            case.is_accompanied(contacts)

    with rules("第11条"):
        @Act("半年考察", (*cultivated, probationary) >> same, by=in_turn((contact_, introducer), branch_secretary),
            issues=exam_form, decides=True)
        def record_exam(case, period_no, minutes, result=choice("考察结果", good="好", fair="较好", poor="一般",
                privacy="personal")):
            own = case.probationary or all(case.is_ours(card) for card in case.contact_cards)
            case.must(own, "培养联系人已不在本支部，须先更换。")
            case.exams = (*case.exams, {"period": period_no, "examined_on": case.today, "verdict": result,
                "of_probation": bool(case.probationary)})

        later_still = (after(days(10)).tell(organiser), after(days(30)).tell(supervisor))
        examination = Recurring("RC-EXAM", "半年考察", months(6).since(confirm_activist), runs_in=cultivated,
            met_by=record_exam, number=period_no, opens_before=days(30), waived_in=suspended, ladder=(before(days(30),
            days(7)).tell(contact_), overdue.tell(contact_, branch_secretary), later_still))

    with local("积极分子每季度作一次思想汇报，由各地自定"):
        @Act("思想汇报", cultivated >> same, by=applicant, via=caseworker)
        def file_thought_report(case, scan): ...

        thinking = Recurring("RC-THINK", "思想汇报", months(3).since(confirm_activist), runs_in=cultivated,
            when=thought_reports, met_by=file_thought_report, opens_before=days(30), waived_in=suspended,
            ladder=(before(days(7)).tell(applicant), overdue.tell(caseworker)))

    # 三、发展对象

    with rules("第13条"):
        def is_examined(case):
            owed = case.examination.owed
            case.must(not owed, "第{n}次半年考察尚未完成。", n=min(owed, default=0))
            case.must(case.examination.met >= 2, "完成的半年考察不足两次。")

        def is_heard(case, opinions):
            case.must(len(opinions) == 4, "须听取党小组、培养联系人、党员和群众的意见。")

        @Act("拟发展对象公示", activist >> target_noticing, by=branch, issues=target_notice)
        def open_target_notice(case, opinions, posted_text=text("公示内容", long=True), places=names("公示地点",
                at_least=1)):
            case.decides_here()
            case.is_examined()
            case.is_heard(opinions)

        cultivation = Earliest("RC-CULT", "一年培养考察", months(12).since(confirm_activist), runs_in=activist,
            opens=(open_target_notice, "propose_target"), pause=paused_in(suspended),
            ladder=on_the_day.tell(branch_secretary))

        @Act("公示异议", target_noticing >> same, by=public, via=(caseworker, branch_committee),
            tells=(branch_secretary, branch_committee))
        def notice_objection(case, objection=text("异议", long=True, privacy="personal"), objector=text("异议人",
                at_most=50, privacy="personal"), objector_contact=contact("异议人联系方式", privacy="personal")):
            case.must(case.is_disputed or not case.posting.is_over, "公示期已满。")

        @Act("答复异议", target_noticing >> same, by=branch, tells=public)
        def answer_objection(case, answer=text("核查答复", long=True, privacy="personal")):
            case.must(case.is_disputed, "没有待答复的异议。")

        is_disputed = property(lambda case: case.notice_objection.times > case.answer_objection.times)
        stands_still = property(lambda case: case.suspended or case.is_disputed)
        posting = Posting("RC-NOTICE", "公示期", working_days(5), runs_in=target_noticing, opens="propose_target",
            pause=paused_while(stands_still, whole_days=True))

    with local("公示期间的异议，自最早未答复的一件起十个工作日内全部答复"):
        objection_answer = Deadline("RC-OBJECT", "异议答复期限", working_days(10), runs_in=target_noticing,
            when=is_disputed, pause=paused_in(suspended), ladder=(before(working_days(3)).tell(branch_secretary),
            overdue.tell(branch_secretary), after(working_days(3)).tell(organiser)))

    with r2014("第13条，公示依各地做法"):
        @Act("报备发展对象", (target_noticing, activist) >> target_filing, by=branch, issues=notice_report)
        def propose_target(case, minutes, opinions):
            case.must(case.target_noticing or case.notice_optional, "须先公示。")
            case.decides_here()
            case.is_examined()
            case.is_heard(opinions)

    with r2026(13):
        @Act("报备发展对象", target_noticing >> target_filing, by=branch, issues=notice_report)
        def propose_target(case, minutes):
            case.decides_here()
            case.is_examined()

    with rules("第13条"):
        @Act("同意列为发展对象", target_filing >> development_target, by=committee, tells=branch_secretary,
            decides=True)
        def accept_target(case):
            case.has_authority()

        @Act("退回", target_filing >> activist, by=committee, tells=branch_secretary, decides=True)
        def return_target(case, reason):
            case.has_authority()
            case.opinions = None

    with local("街道党工委十五个工作日内审核备案"):
        target_acceptance = Deadline("RC-FILE", "报备审核期限", working_days(15), runs_in=target_filing, ladder=(
            before(working_days(5)).tell(organiser), overdue.tell(organiser), after(working_days(5)).tell(office_head)))

    with rules("第14、15条"):
        @Act("确定入党介绍人", development_target >> same, by=branch, tells=introducer)
        def assign_introducers(case, introducers, kin=yes_no("介绍人之间或者与本人有近亲属关系")):
            case.decides_here()
            case.must(case.person_id not in introducers, "本人不能是自己的入党介绍人。")
            case.is_introduced()
            if kin:
                case.tell("organiser")

        def is_introduced(case):
            case.must(case.introducers, "尚未确定两名入党介绍人。")
            may = all(card.standing == "full" and not card.restricted for card in case.introducer_cards)
            case.must(may, "入党介绍人须是正式党员，留党察看的不能担任。")

    with rules("第16条"):
        @Act("政治审查", development_target >> same, by=branch, issues=review_record, decides=True)
        def record_political_review(case, conclusion, concluded_on, review_docs):
            case.decides_here()

    # 培训由基层党委或者县级以上组织部门办，宣誓由支部或者基层党委办：两样都不需要审批权。
    with rules("第17条"):
        @Act("集中培训", development_target >> same, by=(*committee, org_department), issues=training_certificate)
        def record_training(case, days_=number("培训天数", at_least=1, at_most=60, optional=True),
                hours_=number("培训学时", at_least=1, at_most=500, optional=True),
                special_waiver=file("组织部门同意不经培训的批件", optional=True),
                certificate=file("结业证明", optional=True), ended_on=day("培训结束日", of_act=True)):
            case.must(days_ >= 3 or hours_ >= 24 or special_waiver, "集中培训不少于三天，或者不少于24学时。")
            granted = case.actor.role == "org_department" or not special_waiver
            case.must(granted, "个别特殊情况不经培训的，由组织部门同意。")
            case.must(certificate or special_waiver, "须附结业证明。")

    # 四、预审

    with rules("第18条"):
        def has_authority(case):
            case.acting_org_id = case.actor.unit
            case.must(case.acting_card.approves, "该党组织无预备党员审批权。")

        def is_ready(case):
            case.is_introduced()
            case.must(case.record_training, "尚未完成集中培训。")
            case.must(case.conclusion == "passed", "政治审查未进行或者不合格的，不能发展入党。")

        @Act("报预审", development_target >> pre_review, by=branch, tells=organiser)
        def submit_pre_review(case, leaving_on=day("将离开本单位的日期", optional=True),
                consent=file("组织部门同意接收的批件", optional=True)):
            case.decides_here()
            case.is_ready()
            case.is_reviewed_lately()
            staying = not leaving_on or leaving_on > case.after(case.today, months(3))
            case.must(staying or consent, "三个月内将离开本单位的，一般不接收，确需接收须附组织部门批件。")

        @Act("预审合格", pre_review >> pre_review_passed, by=committee, issues=(pre_review_opinion, admission_form),
            decides=True)
        def pass_pre_review(case, letter=file("预审意见"), admission_form_no=text("入党志愿书编号", at_most=40)):
            case.has_authority()
            case.approving_org_id = case.actor.unit
            case.pre_reviewed_on = case.today

        @Act("预审不合格", pre_review >> development_target, by=committee, tells=branch_secretary, decides=True)
        def fail_pre_review(case, reason):
            case.has_authority()

    with local("政治审查十二个月内有效；预审以一个月为限，可延长一次；逾期三十日未开大会的，重新确认预审"):
        def is_reviewed_lately(case):
            lately = case.concluded_on and case.today <= case.after(case.concluded_on, months(12))
            case.must(lately, "政治审查已逾十二个月，须重新进行。")

        @Act("延长预审", pre_review >> same, by=committee, tells=branch_secretary)
        def extend_pre_review(case, reason):
            case.has_authority()

        pre_reviewing = Deadline("RC-PREREV", "预审期限", months(1), runs_in=pre_review,
            extension=Extension(extend_pre_review, months(1), times=1), ladder=(before(days(7)).tell(organiser),
            overdue.tell(organiser), after(days(10)).tell(deputy_secretary)))

        @Act("重新确认预审", pre_review_passed >> same, by=committee, tells=branch_secretary)
        def confirm_pre_review(case):
            case.has_authority()
            case.pre_reviewed_on = case.today

        def is_fresh(case):
            case.must(case.today <= case.after(case.meeting.due_on, days(30)), "预审合格逾期未开大会，须重新确认预审。")

    # 五、支部大会

    with rules("第19至22条"):
        voters = property(lambda case: [each for each in case.roll if each.standing == "full" and not each.restricted])

        def count_votes(case, vote, about):
            roll = len(case.voters)
            case.must(vote.is_quorate(roll), "到会有表决权人数未超过应到会半数（需{n}人）。", n=vote.needed(roll))
            for fault in vote.faults_against(roll):
                case.must(False, fault)
            case.must(case.exclusion_consent or not vote.excluded, "不计入应到会人数的，须经上级同意。")
            case.must(case.exclusion_agreed or not vote.excluded, "不计入应到会人数的，须经大会同意。")
            case.must(case.written_in_time or not vote.written, "会前未收到或者没有签名的书面意见不计票。")
            carried = vote.is_carried(roll, case.written_opinion_counts)
            written = vote.written_for if case.written_opinion_counts else 0
            case.due_to_attend, case.in_favour = vote.due(roll), vote.for_ + written
            case.by_writing = carried and not vote.is_carried(roll, False)
            case.vote_records = (*case.vote_records, {"about": about, "held_on": case.today, "due": vote.due(roll),
                "present": vote.present, "favour": case.in_favour, "written": written, "carried": carried})
            return carried

        @Act("支部大会表决", pre_review_passed >> either(admission_resolved, development_target), by=branch_meeting,
            issues=resolution, decides=True)
        def record_admission_vote(case, vote, tellers, exclusion_consent, exclusion_agreed, written_in_time):
            case.is_fresh()
            case.is_introduced()
            case.may_vote_again()
            carried = case.count_votes(vote, "admit")
            case.vote_failed_on = None if carried else case.today
            case.probation_from = case.counted_from = case.today if carried else None
            case.probation_months = 12
            return case.admission_resolved if carried else case.development_target

    with local("表决未通过的，六个月内不再表决"):
        def may_vote_again(case):
            failed = case.vote_failed_on
            case.must(not failed or case.today >= case.after(failed, months(6)), "上次表决未通过，六个月内不再表决。")

    with r2014("第19条之外，各地以预审合格后一个月为惯例"):
        coming = before(days(10), days(3)).tell(branch_secretary)
        meeting: Clock = Reminder("RC-MEET", "支部大会提醒", months(1).since(pre_reviewed_on),
            runs_in=pre_review_passed, ladder=coming)

    with r2026(19):
        meeting = Deadline("RC-MEET", "支部大会期限", months(1).since(pre_reviewed_on), runs_in=pre_review_passed,
            ladder=(coming, overdue.tell(branch_secretary), after(days(7)).tell(organiser)))

    # 六、审批

    with local("决议十个工作日内上报；逾三个月未上报的，重新讨论"):
        is_reported = property(lambda case: case.receive_resolution.on >= case.record_admission_vote.on)
        is_stale = property(lambda case: case.sending_up.is_over)

        @Act("收到决议材料", admission_resolved >> same, by=organiser)
        def receive_resolution(case):
            case.must(not case.is_reported, "决议材料已经收到。")
            case.must(not case.is_stale, "决议逾三个月未上报，须退回重新讨论。")
            case.counted_from = case.today if case.approval_from_receipt else case.counted_from

        @Act("退回重新讨论", admission_resolved >> pre_review_passed, by=organiser, tells=branch_secretary)
        def redeliberate(case, reason):
            case.must(case.is_stale, "只有逾三个月未上报的决议才退回重新讨论。")
            case.probation_from = None

        reporting = Deadline("RC-REPORT", "决议上报期限", working_days(10).since(record_admission_vote),
            runs_in=admission_resolved, ends=receive_resolution, ladder=(before(working_days(3)).tell(branch_secretary),
            overdue.tell(branch_secretary)))
        sending_up = Deadline("RC-STALE", "未上报决议的有效期", months(3).since(record_admission_vote),
            runs_in=admission_resolved, ends=receive_resolution, ladder=overdue.tell(branch_secretary, organiser))

    with rules("审批前谈话（2014年文本第25条）"):
        @Act("党委谈话", admission_resolved >> same, by=organiser, issues=talk_minutes)
        def committee_talk(case, talker, view=text("谈话人意见", long=True, privacy="personal")):
            case.must(talker not in case.introducers and talker != case.person_id, "谈话人不得是入党介绍人或者本人。")

    with rules("第25条（2014年文本第27条）"):
        def is_decided_together(case, collective):
            case.has_authority()
            case.approving_org_id = case.actor.unit
            case.must(collective, "审批须集体讨论、逐人表决。")

        @Act("批准预备党员", admission_resolved >> probationary, by=committee, issues=(approval_letter, filing_form),
            decides=True)
        def approve_admission(case, minutes, collective):
            case.is_decided_together(collective)
            case.must(case.committee_talk.on >= case.record_admission_vote.on, "审批前须派人同本人谈话。")
            case.must(not case.is_stale, "决议逾三个月未上报，须退回重新讨论。")
            case.must(not case.lapse.is_over, "决议已逾六个月，须重新履行接收手续。")
            case.extension_no = 0
            case.enter(members, case.person_id, since=case.probation_from, branch=case.branch_id,
                standing="probationary", joined_on=case.probation_from)

        @Act("延长审批", admission_resolved >> same, by=committee, tells=branch_secretary)
        def extend_approval(case, new_due, reason):
            case.has_authority()
            case.must(new_due > case.approval.due_on, "延长后的期限须晚于原期限。")
            case.must(new_due <= case.lapse.due_on, "审批最长不得超过支部大会后六个月。")

        @Act("不批准", admission_resolved >> development_target, by=committee, issues=refusal_letter, decides=True)
        def reject_admission(case, reason, collective, told_by=person("向本人说明的谈话人", privacy="personal")):
            case.is_decided_together(collective)
            case.probation_from = None

        late_approval = (overdue.tell(organiser, deputy_secretary),
            after(days(15)).tell(committee_secretary, org_department))
        approval = Deadline("RC-APPROVE", "审批期限", months(3).since(counted_from), runs_in=admission_resolved,
            extension=Extension(extend_approval, until(new_due), times=1),
            ladder=(before(days(30), days(10), days(3)).tell(organiser), late_approval))

    with local("超过六个月未审批的，决议失效，重新履行接收手续"):
        @Act("决议失效", admission_resolved >> development_target, tells=(supervisor, branch_secretary, applicant),
            clock_may=True)
        def lapse_resolution(case):
            case.probation_from = None

        lapse = Deadline("RC-LAPSE", "决议有效期", months(6).since(record_admission_vote), runs_in=admission_resolved,
            ladder=overdue.do(lapse_resolution))

    # 七、预备期

    with rules("第29条（2014年文本第31条）"):
        @Act("入党宣誓", probationary >> same, by=(*committee, branch_secretary), issues=oath_record)
        def record_oath(case, place=text("地点", at_most=100)):
            case.must(not case.record_oath, "已经宣誓。")

        is_unsworn = property(lambda case: not case.record_oath)
        is_ill_or_abroad = property(lambda case: case.suspended and case.ground in ("illness", "abroad"))

    with r2014("第31条之外，各地以批准后一个月为惯例"):
        swearing = before(days(7)).tell(branch_secretary)
        oath: Clock = Reminder("RC-OATH", "宣誓提醒", months(1).since(approve_admission), runs_in=probationary,
            ends=record_oath, when=is_unsworn, pause=paused_while(is_ill_or_abroad), ladder=swearing)

    with r2026(29):
        oath = Deadline("RC-OATH", "宣誓期限", months(1).since(approve_admission), runs_in=probationary,
            ends=record_oath, when=is_unsworn, pause=paused_while(is_ill_or_abroad),
            ladder=(swearing, overdue.tell(branch_secretary), after(days(15)).tell(organiser)))

    with local("批准后十个工作日内编入党支部和党小组"):
        @Act("编入党小组", probationary >> same, by=branch_secretary)
        def assign_group(case, group=text("编入的党小组", at_most=50)): ...

        is_unplaced = property(lambda case: not case.assign_group)
        grouping = Deadline("RC-GROUP", "编组期限", working_days(10).since(approve_admission), runs_in=probationary,
            ends=assign_group, when=is_unplaced,
            ladder=(before(working_days(3)).tell(branch_secretary), overdue.tell(branch_secretary)))

    # 预备期内由入党介绍人考察，培养联系人的责任到接收为止。
    with local("预备期内每半年考察一次，各地可缩短"):
        probation_exam = Recurring("RC-PEXAM", "预备期考察", months(6).since(record_admission_vote),
            runs_in=probationary, met_by=record_exam, number=period_no, opens_before=days(30), waived_in=suspended,
            ladder=(before(days(15)).tell(introducer), overdue.tell(introducer, branch_secretary), later_still))

    with rules("第31条（2014年文本第32条）"):
        @Act("预备期满", probationary >> conversion_due, tells=(applicant, branch_secretary))
        def expire_probation(case):
            returned = (case.resume.on, case.finish_transfer.on)
            case.discuss_from = max((on for on in returned if on > case.today), default=case.today)

        probation = Earliest("RC-PROB", "预备期", months(probation_months).since(probation_from),
            runs_in=(admission_resolved, probationary), opens="record_conversion_vote",
            ladder=(before(days(30), days(7)).tell(applicant), on_the_day.do(expire_probation)))

    # 八、转正

    with rules("第32条"):
        can_apply_from = property(lambda case: case.probation.due_on - timedelta(days=30))

        discussed_in = (probationary, conversion_due, conversion_deferred)

        @Act("转正申请", discussed_in >> same, by=applicant, via=caseworker, issues=conversion_request)
        def file_conversion_application(case, scan):
            early, first = case.probationary and case.today < case.can_apply_from, case.can_apply_from.isoformat()
            case.must(not early, "预备期满前三十日起可以提出转正申请，最早{first}。", "TooEarly", first=first)
            case.conversion_applied_on = case.today

        @Act("转正大会", discussed_in >> either(conversion_resolved, same), by=branch_meeting, issues=resolution,
            decides=True)
        def record_conversion_vote(case, resolution_kind, vote, tellers, exclusion_consent, exclusion_agreed,
                written_in_time, months_):
            asked = case.conversion_applied_on or resolution_kind == "cancel"
            case.must(asked, "本人尚未提出书面转正申请。")
            if resolution_kind == "extend":
                case.must(not case.extension_no, "只能延长一次，应转正或取消。")
                case.must(6 <= months_ <= 12, "延长预备期不少于六个月，不超过一年。")
            carried = case.count_votes(vote, resolution_kind)
            return case.conversion_resolved if carried else same

        @Act("中途取消资格", probationary >> either(conversion_resolved, same), by=branch_meeting, issues=resolution,
            decides=True)
        def cancel_probation(case, reason, vote, tellers, exclusion_consent, exclusion_agreed, written_in_time,
                cancel_ground=choice("取消事由", discipline="违纪处理结论", refusal="拒不履行党员义务",
                privacy="personal"), discipline_file=file("违纪处理结论文件", optional=True, privacy="personal")):
            case.must(discipline_file or cancel_ground != "discipline", "因违纪取消的，须附处理结论。")
            case.resolution_kind = "cancel"
            carried = case.count_votes(vote, "cancel")
            return case.conversion_resolved if carried else same

    with local("预备期满一个月内讨论，两个月未讨论的列为超期"):
        conversion_meeting = Deadline("RC-CONVMEET", "转正讨论期限", months(1).since(discuss_from),
            runs_in=conversion_due, pause=paused_in(suspended, conversion_deferred),
            ladder=(before(days(7)).tell(branch_secretary), overdue.tell(branch_secretary),
                after(days(15)).tell(organiser), after(months(2)).tell(deputy_secretary)))

    with local("期满三个月仍未申请的，不自动取消，由支部讨论，列入督导员清单"):
        is_unasked = property(lambda case: not case.conversion_applied_on)
        asking = Deadline("RC-UNASKED", "期满未申请", months(3).since(expire_probation), runs_in=conversion_due,
            when=is_unasked, pause=paused_in(suspended, conversion_deferred),
            ladder=overdue.tell(branch_secretary, supervisor))

    with rules("第33条"):
        @Act("批准决议", conversion_resolved >> either(full_member, probationary, disqualified), by=committee,
            issues=conversion_decision, decides=True)
        def approve_conversion(case, minutes, collective):
            case.is_decided_together(collective)
            if case.resolution_kind == "cancel":
                case.end(members, case.person_id)
                return case.disqualified
            if case.resolution_kind == "extend":
                case.probation_from, case.probation_months = case.probation.due_on, case.months_
                case.extension_no, case.conversion_applied_on, case.discuss_from = 1, None, None
                return case.probationary
            case.seniority_date = case.probation.due_on
            case.enter(members, case.person_id, branch=case.branch_id, standing="full",
                joined_on=case.record_admission_vote.on)
            return case.full_member

        @Act("退回复议", conversion_resolved >> either(conversion_due, probationary), by=committee,
            tells=branch_secretary, decides=True)
        def return_conversion(case, reason):
            case.has_authority()
            is_over = case.today >= case.probation.due_on
            case.discuss_from = case.today if is_over else None
            return case.conversion_due if is_over else case.probationary

        conversion_approval = Deadline("RC-CONVAPPR", "转正审批期限", months(3), runs_in=conversion_resolved,
            ladder=(before(days(30), days(10)).tell(organiser), late_approval))

    with rules("推迟讨论（2014年文本第34、35条）"):
        @Act("推迟讨论", conversion_due >> conversion_deferred, by=committee, tells=(branch_secretary, applicant),
            decides=True)
        def defer_conversion(case, until_, reason):
            came = case.finish_transfer.on >= case.probation_from
            case.must(came, "只有预备期内转入的预备党员可以推迟讨论。")
            case.must(not case.defer_conversion, "只能推迟一次。")
            latest = case.after(case.probation.due_on, months(6))
            case.must(case.today < until_ <= latest, "推迟讨论最长不超过预备期满后六个月。")

        @Act("推迟期满", conversion_deferred >> conversion_due, tells=branch_secretary)
        def end_deferral(case): ...

        deferral = Deadline("RC-DEFER", "推迟讨论期限", until(until_), runs_in=conversion_deferred,
            ladder=(before(days(30), days(7)).tell(organiser), overdue.tell(organiser), overdue.do(end_deferral)))

    # 九、转接与暂停

    with rules("转移和接续（2014年文本第12条）"):
        is_in_transit = property(lambda case: case.start_transfer.times > case.finish_transfer.times)

        @Act("转出", movable >> transferring, by=caseworker, tells=(branch_secretary, old_secretary))
        def start_transfer(case, to_branch, files, reported_on):
            elsewhere = case.level_of(to_branch) == "branch" and to_branch != case.unit
            case.must(elsewhere, "转入支部须是另一个党支部。")
            case.from_branch, case.unit = case.branch_id, to_branch

        @Act("接收", transferring >> back, by=branch_secretary, tells=(old_secretary, applicant))
        def finish_transfer(case):
            case.branch_id = case.unit
            if case.probationary or case.conversion_due:
                case.enter(members, case.person_id, branch=case.unit, standing="probationary",
                    joined_on=case.record_admission_vote.on)

    with local("三十日内转接材料；接收后三十日内重新确定培养联系人"):
        handover = Deadline("RC-HAND", "材料转接期限", days(30).since(reported_on), runs_in=transferring,
            ladder=(before(days(7)).tell(branch_secretary), overdue.tell(branch_secretary, old_secretary),
            after(days(15)).tell(organiser, old_organiser)))
        contact_renewal = Deadline("RC-CONTACT", "重新确定联系人期限", days(30), starts=finish_transfer,
            ends=replace_contact, runs_in=cultivated, ladder=(before(days(7)).tell(branch_secretary),
            overdue.tell(branch_secretary), after(days(15)).tell(organiser)))

    with ours("暂停的天数补足培养考察期；预备期不因暂停或者审批迟延变动"):
        suspendable = (*before_admission, admission_resolved, *on_probation, transferring)

        @Act("暂停", suspendable >> suspended, by=committee, tells=(branch_secretary, applicant), decides=True)
        def suspend(case, ground, expected_until=day("预计至", optional=True)):
            case.has_authority()

        @Act("恢复", suspended >> either(back, transferring), by=committee, tells=(branch_secretary, applicant))
        def resume(case):
            case.has_authority()
            case.suspended_spans = (*case.suspended_spans, {"since": case.suspend.on, "upto": case.today})
            return case.transferring if case.is_in_transit else back

    # 十、退出、归档

    with ours("入党自愿：接收以前，本人随时可以撤回"):
        @Act("本人撤回", before_admission >> withdrawn, by=applicant, via=caseworker, tells=branch_secretary)
        def withdraw(case, scan, statement=text("声明", long=True, optional=True, privacy="personal")): ...

    with local("终止培养由支部决定，报上级备案"):
        @Act("终止培养", before_admission >> terminated, by=branch, tells=(party_committee, applicant), decides=True)
        def terminate(case, reason, minutes, end_ground=choice("终止事由", unfit="不具备条件", died="去世",
                emigrated="出国定居", other="其他"), talked_by=person("谈话人", optional=True, privacy="personal"),
                talked_on=day("谈话日", optional=True)):
            case.decides_here()
            talked = talked_by and case.received_on <= talked_on <= case.today
            case.must(talked or end_ground in ("died", "emigrated"), "终止培养前须同本人谈话，写明谈话日。")

    with rules("对突击发展、弄虚作假的处理"):
        @Act("不予承认", (probationary, full_member) >> not_recognised, by=org_department,
            tells=(applicant, branch_secretary, party_committee), decides=True)
        def void_recruitment(case, reason, void_ground=choice("不予承认的事由", rushed="离开前突击发展",
                fraud="弄虚作假"), decision=file("决定")):
            case.end(members, case.person_id)

    with rules("第36条"):
        @Act("归档", ended_states >> same, by=caseworker, issues=archive_list)
        def archive(case, archived, further=names("其他归档材料")):
            case.must(case.archiving, "已经归档。")
            case.must(case.papers_made <= {*archived},
                "归档材料不全：申请书，和已经形成的考察材料、政治审查材料、志愿书、转正申请书，均须归档。")

        @property
        def papers_made(case):
            made_by = {"application": case.file_application, "exams": case.record_exam, "form": case.pass_pre_review,
                "review": case.record_political_review, "conversion": case.file_conversion_application}
            return {paper for paper, act in made_by.items() if act}

        archiving = Deadline("RC-ARCHIVE", "归档期限", days(30), runs_in=ended_states, ends=archive,
            starts=(withdraw, terminate, approve_conversion, void_recruitment),
            ladder=(before(days(7)).tell(caseworker), overdue.tell(caseworker), after(days(15)).tell(organiser)))

    # 十一、度量：组织做得怎样，不看人

    was_league_recommended = Derived("经群团推优", lambda case: bool(case.league_recommended))
    def approved_within(case, count):
        decided_on = case.approve_admission.on or case.reject_admission.on
        return decided_on <= case.after(case.record_admission_vote.on, months(count))

    was_young = Derived("确定时不满28周岁", lambda case: age(case.birth_date, case.confirm_activist.on) < 28)
    left_for_good = ("died", "emigrated")
    went_on = Derived("没有去世或出国定居", lambda case: case.end_ground not in case.left_for_good)
    talked_in_time = Measure("按期谈话率", of=talk, among=talk)
    examined_in_time = Measure("按期考察率", of=(examination, probation_exam), among=(examination, probation_exam))
    approved_in_three = Derived("三个月内审批", lambda case: case.approved_within(3))
    approved_in_six = Derived("超过三个月审批", lambda case: not case.approved_within(3))
    approved_in_time = Measure("三个月内审批率", of=approved_in_three, among=(approve_admission, reject_admission))
    approved_late = Measure("三至六个月审批率", of=approved_in_six, among=(approve_admission, reject_admission))
    lapsed_share = Measure("决议失效率", of=lapse_resolution, among=record_admission_vote)
    discussed_in_time = Measure("转正按期讨论率", of=conversion_meeting, among=conversion_meeting)
    extended_share = Measure("延长预备期率", of=extension_no, among=expire_probation)
    cancelled_share = Measure("取消资格率", of=disqualified, among=expire_probation)
    league_share = Measure("推优率", of=was_league_recommended, among=confirm_activist, where=was_young)
    days_to_activist = Median("申请到确定积极分子的天数", begin=received_on, until=confirm_activist, where=went_on)
    days_to_target = Median("积极分子到发展对象的天数", begin=confirm_activist, until=accept_target, where=went_on)
    branches_without = Without("两年内没有发展党员的支部", approve_admission, months(24), level="branch")
    not_recognised_share = Measure("不予承认率", of=void_recruitment, among=approve_admission)
    decided_by_writing = Measure("书面意见决定结果率", of=by_writing, among=record_admission_vote)

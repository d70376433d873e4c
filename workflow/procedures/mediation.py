"""邻里纠纷人民调解：自愿、免费、一个月；成则有约束力，不成则书面告知其他途径。"""

# fmt: off
# isort: off
import re
from datetime import timedelta
from itertools import combinations
from typing import Any

from workflow.fields import (
    choice, choices, day, file, money, names, number, people, person, phone, rows, text, yes_no,
)
from workflow.parts import (
    Act, Apart, Backdating, Cases, Deadline, Derived, Document, Extension, Law, Link, Measure, Median, Posts,
    Procedure, Reminder, Role, Setting, State, Window, after, anywhere, before, each_of, either, local, new, ours,
    overdue, paused_in, same, still_open, upward,
)
from workflow.terms import days, hours, months, until, working_days
# isort: on

mediation_law = Law("人民调解法", since="2011-01-01")
civil_procedure = Law("民事诉讼法（2023年修正）", since="2024-01-01")
civil_code = Law("民法典", since="2021-01-01")
work_rules = Law("人民调解工作若干规定", since="2002-11-01")
court_rules = Law("最高人民法院关于人民调解协议司法确认程序的若干规定", since="2011-03-30")
privacy_law = Law("个人信息保护法", since="2021-11-01")
public_order = Law("治安管理处罚法（2025年修订）", since="2026-01-01")
violence_law = Law("反家庭暴力法", since="2016-03-01")

ID_NUMBER = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")
OFFICES: dict[str, Any] = {"mediator": "调解员", "committee": "调解委员会"}
SIDES: dict[str, Any] = {"A": "甲方", "B": "乙方", "C": "丙方", "D": "丁方"}
FORMS: dict[str, Any] = {"signed": "书面", "recorded_oral": "口头记录", "online": "网络"}
REFERRED_BY = {"referral_police": "police", "referral_court": "court", "referral_other": "other_organ"}
COMPLETE = {"our_matter", "no_reserved", "not_settled", "voluntary", "no_violence"}


class Mediation(Procedure):
    label = "邻里纠纷调解"
    number_prefix = "TJ"
    levels = ("community", "street")

    # 谁：每位当事人只代表自己；法官不以人民调解员身份签署
    sides = rows("各方当事人", at_least=2, at_most=40, privacy="sensitive", hint="申请人填在第一行",
        side=choice("哪一方", **SIDES), name=text("姓名或名称", at_most=50, privacy="personal"),
        phone=phone("电话", optional=True, privacy="personal"), address=text("住址", optional=True, privacy="personal"),
        body=choice("身份", optional=True, person="个人", property_company="物业服务企业", organisation="其他单位"),
        birth_date=day("出生日期", optional=True, privacy="sensitive", hint="可能未成年的须填"),
        incapable=yes_no("成年但无或者限制民事行为能力", privacy="sensitive"),
        guardian_name=text("监护人", optional=True, at_most=50, privacy="personal"),
        guardian_phone=phone("监护人电话", optional=True, privacy="personal"),
        guardian_birth_date=day("监护人出生日期", optional=True, privacy="sensitive"),
        data_allowed=yes_no("监护人同意登记不满十四周岁者的信息"),
        agent_name=text("委托代理人", optional=True, at_most=50, privacy="personal"),
        agent_phone=phone("代理人电话", optional=True, privacy="personal"),
        represents=yes_no("代表本方"), staff=person("系统内人员", optional=True, hint="本人是工作人员的须填"))
    parties = (sides,)

    party = Role("当事人", outside=True, among=each_of(sides))
    guardian = Role("监护人", outside=True, among=each_of(sides, "guardian_name", "guardian_phone"))
    agent = Role("委托代理人", outside=True, among=each_of(sides, "agent_name", "agent_phone"))
    registrar = Role("登记员")
    volunteer_mediator = Role("调解志愿者", named="mediators")
    mediator = Role("人民调解员", named="mediators")
    committee_chair = Role("人民调解委员会主任")
    judge_liaison = Role("社区法官(联络)", of=upward)
    street_mediation = Role("街道人民调解委员会", of=upward)
    justice_office = Role("司法所负责人", of=upward)
    visitor = Role("回访员")
    police_contact = Role("派出所联络人", of=upward)
    their_side = (party, guardian, agent)
    desk = codes_by = (registrar, mediator)
    its_mediators = (mediator, volunteer_mediator)
    leaders = (committee_chair, street_mediation)
    team = (registrar, *its_mediators, *leaders, visitor, judge_liaison)
    concerned = (*their_side, *team)
    no_judge = Apart("法官不以人民调解员身份参加同一案的调解。", judge_liaison, mediator, volunteer_mediator)
    another_visits = Apart("回访须由调解员以外的人进行。", visitor, mediator, volunteer_mediator)

    # 在哪
    registered = State("已登记")
    asking_consent = State("征询意愿", waiting=True)
    accepted = State("已受理")
    in_mediation = State("调解中")
    recusal_pending = State("回避待决", waiting=True)
    referred_up = State("转上一级", waiting=True)
    at_court_link = State("法官联络/诉前调解", waiting=True)
    awaiting_signature = State("待签署", waiting=True)
    effective = State("协议生效")
    confirmation_filed = State("已申请司法确认")
    performing = State("履行中")
    closed_fulfilled = State("履行完毕归档", final=True)
    closed_unperformed = State("未履行结案", final=True)
    terminated = State("终止调解", final=True)
    not_accepted = State("不予受理", final=True)
    being_mediated = (accepted, in_mediation, recusal_pending, referred_up)
    in_force = (effective, confirmation_filed, performing)

    # 卷宗：纠纷
    title = text("案由", optional=True, at_most=60, hint="如：楼上夜间噪声")
    facts_ = text("纠纷事实", at_least=10, at_most=4000, long=True, privacy="personal", seen_by=concerned)
    source = choice("来源", application="当事人申请", own_initiative="主动调解", referral_police="公安机关移交",
        referral_court="法院委托", referral_other="其他机关移交", grid_event="网格上报")
    relapse_of = Link("前案", "mediation", optional=True)
    party_names = names("各方姓名", privacy="personal")
    powers = rows("委托书登记", privacy="personal", of_party=text("当事人"), to_agent=text("代理人"))
    registered_on, accepted_on, drafted_on = day("登记日"), day("受理日"), day("拟定日")
    kind = choice("纠纷类型", noise="噪声", leak="漏水", common_area="公共部位", parking="停车", pets="宠物",
        debt_small="小额债务", property_service="物业服务", damage="损坏财物", family_support="赡养抚养",
        inheritance="继承", other="其他")
    claimed_amount = money("争议金额", optional=True)
    injury, ownership = yes_no("有人受伤"), yes_no("涉及权属")
    tier = number("调解层级", at_least=1, at_most=3)
    admissibility = choices("受理审查", our_matter="属于民间纠纷", no_reserved="不属于法律专门管辖或禁止调解的事项",
        not_settled="他处未受理或者已经移交", voluntary="未见强迫", no_violence="不就家庭暴力本身讨价还价")
    handled_elsewhere = choice("已在他处受理", optional=True, police="公安机关", court="法院",
        other_organ="其他行政机关")
    referral = file("移交函", optional=True)
    # 卷宗：意愿与调解
    consents = rows("同意记录", row=number("序号"), given_on=day("同意日"), how=choice("方式", **FORMS),
        wants_public=yes_no("要求公开"))
    mediators, ever_mediated = people("调解员", of=(volunteer_mediator, mediator)), people("历任调解员")
    volunteers_first = yes_no("先由志愿者调解")
    their_posts = Posts("调解员的岗位", of=mediators)
    recused = people("已回避的人员", privacy="personal")
    recusing = people("待决回避的人员", privacy="personal")
    posts_at_issue = Posts("待决回避的人员的岗位", of=recusing)
    about_chair, chair_recused = yes_no("申请主任回避"), yes_no("主任已回避")
    decider = choice("由谁决定", chair="调解委员会主任", street="街道人民调解委员会")
    ground = choice("回避事由", relative="近亲属", interest="利害关系", other_tie="其他关系", party_wish="当事人要求")
    signers = names("签名同意的人", at_least=1, privacy="personal", hint="一行一人，与登记的姓名一致")
    willing = names("再次同意的人", privacy="personal", hint="一行一人，与登记的姓名一致")
    present = names("到场人", at_least=1, privacy="personal")
    session_records = rows("调解笔录", privacy="secret", met_on=day("日期"), place=text("地点"),
        tier=number("调解层级"), present=names("到场人"), invited=names("邀请的人"), said=text("笔录", long=True))
    assessment = text("评估", long=True, at_most=2000, seen_by=concerned, afresh=True)
    danger_told, days_ = text("已告知的机关", optional=True), number("延长天数", at_least=1)
    # 卷宗：协议
    content = text("协议内容", long=True, privacy="personal", seen_by=concerned)
    terms = rows("协议条款", seen_by=concerned, who=choice("义务方", **SIDES), what=text("事项", at_most=500),
        due_on=day("履行期限", optional=True), amount=money("金额", optional=True))
    concerns = choices("协议涉及", status="婚姻、亲子、收养等身份关系", other_procedure="其他特别程序的权利",
        ownership="物权、知识产权确权", unlawful="违反法律或公共利益", third_party="损害他人", unclear="内容不明确",
        involuntary="并非自愿", hint="不予司法确认的情形，没有的不选")
    marks = rows("签名盖章", whose=choice("签名身份", party="当事人", guardian="监护人", agent="委托代理人",
        **OFFICES), name=text("签名人"), row=number("序号", optional=True),
        marked_on=day("签名日"), form=choice("形式", signature="签名", seal="盖章", fingerprint="指印"))
    still_missing = names("尚缺签名", privacy="personal")
    effective_on, last_term_on, earlier_on = day("生效日"), day("末次履行期限"), day("原协议生效日")
    term_no = number("第几项", at_least=1)
    performed = rows("履行记录", term=number("第几项"), performed_on=day("履行日"))
    opinions = text("双方意见", long=True, at_most=2000, privacy="personal", seen_by=concerned, afresh=True)
    urgings, visits, sessions = number("催促次数"), number("回访次数"), number("调解会次数")
    filed_on, court_case_on = day("申请日", of_act=True), day("法院立案日", of_act=True)
    court, court_case_no = text("法院"), text("法院案号")
    outcome = choice("法院结果", no_settlement="未达成", settled_in_court="法院内和解")

    # 文书
    rights_notice = Document("调解权利义务告知书", to=their_side)
    refusal_notice = Document("不予受理告知书", to=their_side, only="applicant")
    not_started_notice = Document("未受理告知书", to=their_side)
    agreement = Document("人民调解协议书", to=their_side)
    oral_record = Document("口头协议记录", to=registrar)
    termination_notice = Document("终止调解通知书", to=their_side)
    performance_reminder = Document("履行提醒", to=their_side, only="debtors")
    remedy_hint = Document("履行及救济途径提示", to=their_side, only="creditors")
    referral_letter = Document("转介函", to=(judge_liaison, *their_side))
    visit_record = Document("回访记录", to=registrar)

    # 本地可定：层级的金额以分计，期限的天数按编号另定
    tier2_amount = Setting("第二级起点金额(分)", 200_000, at_least=1)
    tier3_amount = Setting("第三级起点金额(分)", 5_000_000, at_least=1)
    big_side, repeat_days = Setting("一方超过几人为第三级", 5, at_least=1), Setting("再次纠纷回看天数", 90, at_least=1)
    limit_mode = Setting("调解期限算法", "month", one_of=("month", "days30"))
    max_extension_days = Setting("最多延长天数", 30, at_least=1, at_most=30)
    extension_times = Setting("延期次数", 1, at_least=1, at_most=2)
    paper_if_not_immediate = Setting("非即时履行须书面", True)
    court_address = Setting("基层人民法院及地址", "本地基层人民法院立案窗口")

    backdating = Backdating(working_days(1), beyond=committee_chair)
    others_of_them = Cases("mediation", same=(party_names,))
    relapses = Cases("mediation", by="relapse_of")

    # 当事人与代表：未成年人和无、限制民事行为能力的成年人由监护人表示，推选代表的由代表表示

    def is_under(case, age, row):
        return bool(row.birth_date) and case.years_since(row.birth_date) < age

    def years_since(case, born):
        birthday_to_come = (case.today.month, case.today.day) < (born.month, born.day)
        return case.today.year - born.year - birthday_to_come

    def acts_through_guardian(case, row):
        return row.incapable or case.is_under(18, row)

    def called(case, side):
        return SIDES[side]

    def voices_of(case, no):
        return [f"{role}_{no}" for role in ("party", "guardian", "agent")]

    def speakers(case):
        """Rows, by number from 1, whose yes and whose mark it takes: representatives where a side has chosen some."""
        led = {row.side for row in case.sides if row.represents}
        return {no: row for no, row in enumerate(case.sides, 1) if row.represents or row.side not in led}

    def names_of(case, row):
        return {row.guardian_name} if case.acts_through_guardian(row) else {row.name, row.agent_name} - {""}

    def lacking(case, signed):
        """Those of whom nobody has signed."""
        return [row.name for row in case.speakers().values() if not case.names_of(row) & {*signed}]

    def all_agree(case, signed, code):
        who = "、".join(case.lacking(signed))
        case.must(not who, "须各方签名同意，还缺：{who}。", code, who=who)

    def speaks_for_himself(case):
        row = case.speakers().get(case.row_of_actor)
        case.must(row, "本方已推选代表，由代表表示。", "E_REPRESENTED")
        through = row and case.acts_through_guardian(row)
        case.must(not through or case.actor.role == "guardian", "由监护人代为表示。", "E_GUARDIAN")

    def give_code_to(case, no, row):
        case.give_code("guardian" if case.acts_through_guardian(row) and row.guardian_name else "party", no)

    # 一、登记与审查

    with mediation_law("17、27"):
        @Act("登记", new >> registered, by=(*desk, party))
        def register(case, sides, facts_, source, title, relapse_of):
            case.set_out(sides)
            case.must(not (facts_ and ID_NUMBER.search(facts_)), "纠纷事实中不要写身份证号码，请删去。", "E_ID_NUMBER")
            again = relapse_of and relapse_of.closed_fulfilled and case.were_the_sides_of(relapse_of)
            case.must(not relapse_of or again, "前案须是同样各方履行完毕的调解案件。")
            case.registered_on = case.today
            case.give_code_to(1, sides[0])

        @Act("补正登记", registered >> same, by=desk)
        def amend_registration(case, sides, source):
            case.must(sides[0].name == case.party_names[0], "申请人仍须填在第一行。")
            case.set_out(sides)
            if case.acts_through_guardian(sides[0]):
                case.give_code_to(1, sides[0])

        def set_out(case, sides):
            """Two sides at least, nobody twice, everybody within reach; only a power of attorney makes an agent."""
            case.must(len({row.side for row in sides}) >= 2, "至少须有两方当事人。", "E_TWO_SIDES")
            people_ = [person for row in sides for person in (row.name, row.staff) if person]
            case.must(len(people_) == len({*people_}), "同一人不得列于两处；同名的请加以区分。", "E_SAME_PERSON")
            case.nobody_is_on_two_sides()
            for row in sides:
                reached = row.phone or row.address or row.guardian_phone
                case.must(reached, "{name}须至少留一种联系方式。", name=row.name)
                case.must(not row.birth_date or row.birth_date < case.today, "{name}的出生日期不对。", name=row.name)
            agents = {(row.name, row.agent_name) for row in sides if row.agent_name}
            powers = {(power.of_party, power.to_agent) for power in case.powers}
            case.must(agents <= powers, "代理人须凭委托书另行登记。", "E_POWER")
            case.party_names = tuple(row.name for row in sides)

        def nobody_is_on_two_sides(case):
            """As a party, or by speaking for one."""
            pairs = combinations([case.people_on(side) for side in SIDES], 2)
            who = "、".join(sorted({each for one, other in pairs for each in one & other}))
            case.must(not who, "同一人不得在两方：{who}。", "E_SAME_PERSON", who=who)

        def people_on(case, side):
            own = [row for row in case.sides if row.side == side]
            return {each for row in own for each in (row.name, row.guardian_name, row.agent_name) if each}

    with local("一方超过五人的，推选一至五名代表（宁波市人民调解条例第20条）"):
        def is_represented(case, side):
            own = [row for row in case.sides if row.side == side]
            chosen = [row for row in own if row.represents]
            case.must(len(chosen) <= 5 and (chosen or len(own) <= 5), "一方超过五人的，须推选一至五名代表。",
                "E_REPS_MAX5")

    with civil_code("19、20、21、22"):
        def has_a_guardian(case, row):
            adult = row.guardian_birth_date and case.years_since(row.guardian_birth_date) >= 18
            case.must(row.guardian_name and adult, "{name}须由监护人代为表示，请登记成年的监护人。", "E_GUARDIAN",
                name=row.name)

    with privacy_law("28、31"):
        def may_be_on_file(case, row):
            case.must(row.data_allowed, "{name}不满十四周岁，登记信息须经监护人同意。", "E_GUARDIAN", name=row.name)

    with ours("一个工作日内审查：是否可以调解，先问哪一级"):
        screening = Deadline("M1", "审查期限", working_days(1), runs_in=registered,
            ladder=(overdue.tell(committee_chair), after(working_days(3)).tell(justice_office)))

    with local("层级：志愿者调小事，调解员调一般纠纷，社区法官调较大的民事纠纷；金额等标准由本地定"):
        @property
        def least_tier(case):
            if (case.claimed_amount >= case.tier3_amount or case.kind == "inheritance" or case.ownership
                    or any(len(case.on_side(side)) > case.big_side for side in SIDES)):
                return 3
            company = any(row.body == "property_company" for row in case.sides)
            second = case.claimed_amount >= case.tier2_amount or case.injury or company or case.were_here_before
            return 2 if second else 1

        def on_side(case, side):
            return [row.name for row in case.sides if row.side == side]

        @property
        def were_here_before(case):
            since = case.registered_on - timedelta(days=case.repeat_days)
            return any(case.were_the_sides_of(other) for other in case.others_of_them if other.registered_on >= since)

        def were_the_sides_of(case, other):
            """Somebody of two sides at least."""
            return sum(bool({*case.on_side(side)} & {*other.party_names}) for side in SIDES) >= 2

    with violence_law("10、13、23"):
        def is_not_about_violence(case, violence):
            case.must(not violence, "家庭暴力本身不得调解，请报告激化风险并告知求助途径。", "E_VIOLENCE")

    with mediation_law("17、18、20、21"):
        @Act("征询意愿", registered >> asking_consent, by=desk, issues=rights_notice)
        def ask_consent(case, tier, kind, claimed_amount, injury, ownership, admissibility, handled_elsewhere, referral,
                violence=yes_no("要求就家庭暴力本身调解")):
            case.is_not_about_violence(violence)
            case.must({*admissibility} >= COMPLETE, "受理审查须逐项核对；有一项不符的，不予受理。")
            sender = REFERRED_BY.get(case.source, "")
            case.must(handled_elsewhere in ("", sender), "已在他处受理的，须由受理的机关移交。", "E_ELSEWHERE")
            case.must(referral or not sender, "移交的纠纷，须有该机关的移交函。", "E_ELSEWHERE")
            least = case.least_tier
            case.must(tier >= least, "按本地标准至少为第{least}级。", "E_TIER", least=least)
            for side in SIDES:
                case.is_represented(side)
            for no, row in enumerate(case.sides, 1):
                if no in case.speakers() and case.acts_through_guardian(row):
                    case.has_a_guardian(row)
                if case.is_under(14, row):
                    case.may_be_on_file(row)
                if no > 1:
                    case.give_code_to(no, row)

    with work_rules(22):
        @property
        def applicant(case):
            """Nobody else has been asked yet."""
            return case.voices_of(1)

        @Act("不予受理", registered >> not_accepted, by=committee_chair, issues=refusal_notice, decides=True)
        def refuse_inadmissible(case, explanation=text("说明", at_most=1000), right_organ=text("有权处理的机关"),
                reason=choice("不予受理情形", reserved="法律专门管辖或禁止调解", elsewhere="他处已受理",
                violence="家庭暴力", status="身份关系等不能以调解确定", unwilling="并非自愿")):
            if case.report_danger:
                case.tell("police_contact")

    # 二、征询意愿：各方都说“愿意”才开始，沉默不是同意

    with mediation_law(17):
        @Act("同意调解", asking_consent >> either(same, accepted), by=their_side, via=desk)
        def consent(case, consent_form=choice("同意方式", **FORMS), in_public=yes_no("要求公开进行"),
                identity_checked=yes_no("已核对本人身份", hint="窗口代为登记的须填")):
            case.speaks_for_himself()
            himself = case.recorder == case.actor
            case.must(himself or identity_checked, "代为登记的，须先核对本人身份。", "E_IDENTITY")
            mine = case.row_of_actor
            case.must(mine not in {each.row for each in case.consents}, "已经同意。")
            case.consents = (*case.consents, {"row": mine, "given_on": case.today, "how": consent_form,
                "wants_public": in_public})
            if {*case.speakers()} <= {each.row for each in case.consents}:
                case.accepted_on = case.today
                return case.accepted
            return same

        @Act("拒绝调解", asking_consent >> not_accepted, by=their_side, via=desk, issues=not_started_notice)
        def decline(case, channel=choice("渠道", optional=True, phone="电话", visit="当面", letter="书面",
                online="网络")): ...

        @Act("逾期未答复", asking_consent >> not_accepted, issues=not_started_notice, clock_may=True)
        def consent_lapse(case): ...

    with ours("五个工作日内不答复，视为不愿意"):
        answering = Window("M2", "答复期限", working_days(5), runs_in=asking_consent, closes=consent,
            ladder=(before(working_days(1)).tell(*their_side), overdue.do(consent_lapse)))

    with local("委托代理须有书面委托书"):
        @Act("登记代理人", still_open >> same, by=desk)
        def appoint_agent(case, row_no=number("当事人序号", at_least=1), agent_name_=text("代理人", id="new_agent"),
                agent_phone_=phone("代理人联系电话", id="new_agent_phone", optional=True), power=file("委托书")):
            case.must(row_no <= len(case.sides), "没有这一位当事人。")
            case.must(agent_name_ not in case.party_names, "代理人不得是本案当事人。", "E_SAME_PERSON")
            if row_no <= len(case.sides):
                named = {"agent_name": agent_name_} | ({"agent_phone": agent_phone_} if agent_phone_ else {})
                case.sides = [{**row, **named} if no == row_no else row for no, row in enumerate(case.sides, 1)]
                power_of = {"of_party": case.sides[row_no - 1].name, "to_agent": agent_name_}
                case.powers = (*case.powers, power_of)
                case.nobody_is_on_two_sides()
                case.give_code("agent", row_no)

    # 三、调解：志愿者、调解员、社区法官；转上一级须各方再次同意

    with mediation_law("19、23"):
        def leads(case):
            """The chair, or the street's committee in his place once he has been recused."""
            his_turn = case.actor.role == "committee_chair" or case.chair_recused
            case.must(his_turn and case.actor.person not in case.recused,
                "由本调解委员会主任办理，主任回避的由街道人民调解委员会办理。", "NotAllowed")

        @Act("指派/选定", (accepted, referred_up) >> in_mediation, by=leaders, tells=(*their_side, mediator))
        def assign(case, mediators, willing, chosen_by=choice("选定方式", committee="委员会指派",
                parties="当事人选定")):
            case.leads()
            case.must(case.tier <= 2, "第三级转社区法官，不指派调解员。", "E_TIER")
            case.must(mediators, "请选定调解员。")
            fits = all(case.post_of_the_tier in posts for posts in case.their_posts)
            case.must(fits, "第一级由本单位的调解志愿者调解，第二级由本单位的人民调解员调解。", "E_TIER")
            case.must(not {*mediators} & {*case.recused}, "该调解员已经回避。", "E_RECUSAL")
            case.must(not {*mediators} & {row.staff for row in case.sides}, "调解员不得是本案当事人。", "OwnCase")
            if case.referred_up or chosen_by == "parties":
                case.all_agree(willing, "E_CONSENT")
            case.ever_mediated = tuple(dict.fromkeys((*case.ever_mediated, *mediators)))
            case.volunteers_first = case.volunteers_first or case.tier == 1

        mediates = property(lambda case: case.actor.role in ("mediator", "volunteer_mediator"))
        post_of_the_tier = property(lambda case: "volunteer_mediator" if case.tier == 1 else "mediator")

        def by_its_mediator(case):
            fits = case.actor.role == case.post_of_the_tier
            case.must(fits and case.actor.person in case.mediators, "须由本案的调解员办理。", "NotAllowed")

        def if_a_mediator_the_cases_own(case):
            case.must(not case.mediates or case.actor.person in case.mediators, "须由本案的调解员办理。", "NotAllowed")

    with local("疑难、跨社区的纠纷由街道人民调解委员会调解"):
        @Act("转街道调解", (accepted, referred_up) >> same, by=committee_chair, tells=(street_mediation, *their_side))
        def hand_to_street(case, handing_reason=text("移交理由")):
            case.must(case.level_of(case.unit) == "community", "本案已在街道。")
            case.unit = case.above(case.unit)

    with local("特邀调解规定第15条：有利害关系的须披露并回避；当事人要求更换即可更换"):
        def put_at_issue(case, persons):
            case.recusing, case.decider = persons, None
            case.about_chair = any("committee_chair" in posts for posts in case.posts_at_issue)
            if case.about_chair:
                case.tell("street_mediation")

        @Act("披露利害关系", (accepted, in_mediation) >> recusal_pending, by=(*its_mediators, committee_chair),
            tells=(*their_side, committee_chair))
        def disclose_conflict(case, ground):
            his_case = case.actor.role == "committee_chair" or case.actor.person in case.mediators
            case.must(his_case, "须由本案的调解员或者主任本人披露。", "NotAllowed")
            case.put_at_issue((case.actor.person,))

        @Act("申请回避", (accepted, in_mediation) >> recusal_pending, by=their_side, via=desk, tells=committee_chair)
        def request_recusal(case, ground, recusal_of=person("申请谁回避", of=(*its_mediators, committee_chair),
                optional=True, hint="不填即本案调解员")):
            case.put_at_issue((recusal_of,) if recusal_of else case.mediators)
            case.must(case.recusing, "尚未指派调解员，请写明申请谁回避。")
            his_case = case.about_chair or {*case.recusing} <= {*case.mediators}
            case.must(his_case, "只能申请本案的调解员或者主任回避。")

        @Act("决定回避", recusal_pending >> either(in_mediation, accepted), by=leaders,
            tells=(*their_side, mediator), decides=True)
        def decide_recusal(case, keepers=names("签名保留的人", privacy="personal", hint="一行一人，与登记的姓名一致"),
                recusal_decision=choice("回避决定", replace="更换", keep="保留")):
            case.must(case.actor.person not in case.recusing, "本人的回避须由他人决定。", "Apart")
            above = case.about_chair or case.chair_recused or case.decider == "street"
            case.must(not above or case.actor.role == "street_mediation", "由街道人民调解委员会决定。", "NotAllowed")
            case.must(above or case.actor.role == "committee_chair", "由本调解委员会主任决定。", "NotAllowed")
            if recusal_decision == "keep":
                case.all_agree(keepers, "E_MUST_REPLACE")
            else:
                case.recused = (*case.recused, *case.recusing)
                case.mediators = tuple(each for each in case.mediators if each not in case.recusing)
                case.chair_recused = case.chair_recused or case.about_chair
            case.recusing = ()
            return case.in_mediation if case.mediators else case.accepted

    with ours("回避两个工作日内决定，逾期由司法所指定由谁决定"):
        @Act("指定由谁决定", recusal_pending >> same, by=justice_office, tells=leaders)
        def name_decider(case, decider):
            case.must(case.recusal_term.is_over, "决定期限还没有届满。", "TooEarly")
            street = case.about_chair or case.chair_recused
            case.must(decider == "street" or not street, "主任回避的，由街道人民调解委员会决定。")

        recusal_term = Deadline("M11", "回避决定期限", working_days(2), runs_in=recusal_pending,
            ladder=overdue.tell(justice_office))

    with mediation_law("20、22、27"):
        @Act("调解会", in_mediation >> same, by=its_mediators)
        def hold_session(case, present, met_on=day("调解日", of_act=True), place=text("地点"),
                record=text("笔录", long=True, privacy="secret"), invited=names("邀请的人", privacy="personal"),
                invited_agreed=yes_no("各方同意邀请")):
            case.by_its_mediator()
            wards = [row for row in case.speakers().values() if case.acts_through_guardian(row)]
            there = all(row.guardian_name in present for row in wards)
            case.must(there, "由监护人代为表示的，监护人须到场。", "E_GUARDIAN")
            case.must(invited_agreed or not invited, "邀请他人参加须经各方同意。")
            case.sessions += 1
            held = {"met_on": met_on, "place": place, "tier": case.tier, "present": present, "invited": invited}
            case.session_records = (*case.session_records, {**held, "said": record})
            case.met_on = case.place = case.record = None

    with mediation_law(26):
        @Act("本级调解不成", in_mediation >> either(referred_up, terminated), by=its_mediators)
        def fail_tier(case, assessment, next_wanted=yes_no("各方愿意由上一级调解", optional=False)):
            case.by_its_mediator()
            own = [each for each in case.session_records if each.tier == case.tier and each.met_on >= case.accepted_on]
            case.must(own, "本级至少须有一次调解记录。")
            if next_wanted:
                case.tier += 1
                case.tell("party", "guardian", "agent")
                return case.referred_up
            case.issue("termination_notice")
            return case.terminated

    with ours("志愿者七日调解不成，转给调解员"):
        @Act("志愿者期限届满", in_mediation >> referred_up, tells=(committee_chair, *their_side))
        def tier1_timeout(case):
            case.tier = 2

        is_first_tier = property(lambda case: case.tier == 1)
        volunteering = Deadline("M3", "志愿者调解期限", days(7), runs_in=(in_mediation, awaiting_signature),
            when=is_first_tier, rolls=True, pause=paused_in(recusal_pending),
            ladder=(before(days(2)).tell(volunteer_mediator), overdue.do(tier1_timeout)))

    with ours("转上一级须各方在三个工作日内再次同意，期满终止"):
        @Act("无人再次同意", referred_up >> terminated, issues=termination_notice)
        def refer_lapse(case): ...

        asking_again = Window("M3b", "再次征询期限", working_days(3), runs_in=referred_up,
            ladder=overdue.do(refer_lapse))

    with local("较大的民事纠纷，各方书面同意的，转人民法院诉前调解"):
        @Act("转社区法官", (accepted, referred_up) >> at_court_link, by=leaders, issues=referral_letter)
        def refer_court_link(case, signers, court_contact=text("法院联系人")):
            case.leads()
            case.must(case.tier == 3, "只有第三级才转社区法官。", "E_TIER")
            case.all_agree(signers, "E_CONSENT")

        @Act("法院结果回填", at_court_link >> terminated, by=registrar)
        def court_result(case, outcome, court_paper=text("法院文书号")):
            if outcome == "no_settlement":
                case.issue("termination_notice")
            else:
                case.tell("party", "guardian", "agent")

    with ours("法院的诉前调解不由本会计时，三十日后问一次结果"):
        asking_the_court = Reminder("MC", "询问法院结果", days(30), runs_in=at_court_link,
            ladder=overdue.tell(registrar))

    with work_rules(33):
        @Act("同意延期", (accepted, in_mediation, referred_up) >> same, by=(*desk, volunteer_mediator),
            tells=their_side)
        def extend(case, days_, signers):
            case.if_a_mediator_the_cases_own()
            case.all_agree(signers, "E_CONSENT")

        @Act("期限届满未成", being_mediated >> terminated, issues=termination_notice, tells=justice_office)
        def month_expired(case): ...

        month = Deadline("M4", "调解期限", months(1).unless(limit_mode, days30=days(30)).since(accepted_on),
            runs_in=(*being_mediated, awaiting_signature), rolls=True,
            extension=Extension(extend, days(days_), at_most=days(max_extension_days), times=extension_times),
            ladder=(before(days(7), days(2)).tell(mediator, committee_chair), overdue.do(month_expired)))

    with mediation_law("23、26"):
        @Act("当事人终止", (*being_mediated, at_court_link, awaiting_signature) >> terminated, by=their_side, via=desk,
            issues=termination_notice, tells=mediator)
        def stop_by_party(case): ...

    # 四、激化风险

    with mediation_law(25):
        @Act("报告激化风险", still_open >> same, by=team, tells=(police_contact, justice_office))
        def report_danger(case, danger=choice("风险", violence="暴力", self_harm="自伤", arms="凶器",
                group_fight="群体斗殴", other="其他"), told_already=text("当时已告知的机关", optional=True)):
            case.danger_told = told_already

        @Act("登记已告知机关", anywhere >> same, by=team)
        def note_danger_told(case, danger_told):
            case.must(case.report_danger, "本案没有报告过激化风险。")
            case.must(danger_told, "请写明已告知哪个机关。")

        nobody_is_told = property(lambda case: case.report_danger and not case.danger_told)
        danger_term = Deadline("M12", "风险报告时限", hours(2), when=nobody_is_told,
            ladder=overdue.tell(justice_office, police_contact))

    # 五、协议：口头的即日生效，书面的以最后一个签章之日生效

    with mediation_law("28、30"):
        def is_lawful(case, concerns, terms):
            void = {"unlawful", "third_party", "unclear", "involuntary"} & {*concerns}
            case.must(not void, "协议须自愿、合法、明确，不损害他人。", "E_UNLAWFUL")
            case.must(all(term.due_on for term in terms if term.amount), "给付金钱的条款须写明期限。")
            case.last_term_on = max((term.due_on for term in terms if term.due_on), default=None)
            case.performed, case.ruling = (), None

        @Act("口头协议", in_mediation >> effective, by=its_mediators, issues=oral_record, tells=their_side)
        def agree_oral(case, content, terms, concerns, present, agreed_on=day("达成日", of_act=True),
                paper_asked=yes_no("有当事人要求书面"), not_at_once=yes_no("有不能即时履行的事项"),
                grave=yes_no("重大、复杂")):
            case.by_its_mediator()
            who = "、".join(case.lacking(present))
            case.must(not who, "口头协议须各方到场，还缺：{who}。", who=who)
            later = not_at_once or any(term.due_on > agreed_on for term in terms if term.due_on)
            case.must(not (later and case.paper_if_not_immediate), "不即时履行的，须采用书面形式。", "E_PAPER")
            case.must(not paper_asked, "当事人要求书面的，须采用书面形式。", "E_PAPER")
            case.must(not grave, "重大、复杂的纠纷须采用书面形式。", "E_PAPER")
            case.is_lawful(concerns, terms)
            case.effective_on = agreed_on

        @Act("拟定协议书", in_mediation >> awaiting_signature, by=its_mediators, issues=agreement)
        def draft_written(case, content, terms, concerns):
            case.by_its_mediator()
            case.must(terms, "协议书至少有一项条款。")
            case.is_lawful(concerns, terms)
            case.drafted_on, case.marks, case.effective_on = case.today, (), None
            case.still_missing = case.not_yet_marked()

    with mediation_law(29):
        def not_yet_marked(case):
            """Names of parties or their guardians, then the mediator and the committee."""
            hands = {(each.whose, each.row or 0) for each in case.marks}
            wanted = [case.speaker(row) for no, row in case.speakers().items() if not hands & case.seats_of(no, row)]
            return (*wanted, *(name for office, name in OFFICES.items() if (office, 0) not in hands))

        def speaker(case, row):
            return row.guardian_name if case.acts_through_guardian(row) else row.name

        def seats_of(case, no, row):
            return {("guardian", no)} if case.acts_through_guardian(row) else {("party", no), ("agent", no)}

        def may_sign(case):
            if case.mediates:
                case.by_its_mediator()
            elif not case.row_of_actor:
                case.leads()

        def seat_of_actor(case):
            """For whom the mark counts: a resident of a row, or an office."""
            office = "mediator" if case.mediates else "committee"
            return (case.actor.role, case.row_of_actor) if case.row_of_actor else (office, 0)

        def name_of_actor(case):
            row = case.sides[case.row_of_actor - 1]
            own = {"party": row.name, "guardian": row.guardian_name, "agent": row.agent_name}
            return own.get(case.actor.role) or OFFICES[case.seat_of_actor()[0]]

        @Act("签名盖章", awaiting_signature >> either(same, effective), via=desk,
            by=(*their_side, *its_mediators, *leaders))
        def sign(case, marked_on=day("签名日", of_act=True),
                mark_form=choice("签署形式", signature="签名", seal="盖章", fingerprint="指印")):
            case.may_sign()
            whose, row = case.seat_of_actor()
            case.must((whose, row) not in {(each.whose, each.row or 0) for each in case.marks}, "已经签署。")
            case.must(whose != "mediator" or mark_form == "signature", "调解员须签名。", "E_MARK")
            case.must(whose != "committee" or mark_form == "seal", "调解委员会须加盖印章。", "E_MARK")
            case.must(marked_on >= case.drafted_on, "签名日不得早于协议书拟定日。", "E_DATE_ORDER")
            mark = {"whose": whose, "name": case.name_of_actor(), "marked_on": marked_on, "form": mark_form}
            case.marks = (*case.marks, mark | ({"row": row} if row else {}))
            case.still_missing = case.not_yet_marked()
            if case.still_missing:
                return same
            case.effective_on = max(each.marked_on for each in case.marks)
            case.issue("agreement")
            return case.effective

        @Act("逾期未签", awaiting_signature >> in_mediation, tells=(committee_chair, *their_side, mediator))
        def signature_lapse(case):
            case.marks, case.still_missing, case.terms, case.content, case.last_term_on = (), (), (), None, None

    with ours("三个工作日内签齐；未签齐的文本没有效力，调解期限照算"):
        signing_term = Window("M5", "签署期限", working_days(3), runs_in=awaiting_signature, closes=sign,
            ladder=(before(working_days(1)).tell(*their_side, committee_chair), overdue.do(signature_lapse)))

    # 六、司法确认：三十日的窗口，须各方共同申请

    with mediation_law(33):
        @Act("申请司法确认", effective >> confirmation_filed, by=desk)
        def file_confirmation(case, filed_on, court, signers, concerns):
            case.all_agree(signers, "E_BOTH_SIDES")
            case.must(not concerns, "身份关系、权属确认等协议不予司法确认。", "E_NOT_CONFIRMABLE")

        @Act("确认期届满", effective >> performing, tells=their_side)
        def window_closed(case): ...

        confirming = Window("M6", "申请司法确认期限", days(30).since(effective_on), runs_in=effective,
            closes=file_confirmation, ladder=(before(days(10), days(3)).tell(*their_side), overdue.do(window_closed)))

        @Act("法院裁定", confirmation_filed >> either(performing, accepted, closed_unperformed), by=registrar,
            tells=their_side)
        def court_ruled(case, willing, ruling_no=text("裁定书号"), ruled_on=day("裁定日", of_act=True),
                ruling=choice("裁定", valid="确认有效", refused_renegotiate="驳回，各方愿再调解", refused="驳回")):
            if ruling == "valid":
                return case.performing
            case.issue("remedy_hint")
            if ruling == "refused":
                return case.closed_unperformed
            case.all_agree(willing, "E_CONSENT")
            case.begins_anew()
            return case.accepted

        def begins_anew(case):
            """Nothing counts any more of the agreement the court has not upheld but the day it took effect."""
            case.accepted_on, case.earlier_on, case.effective_on = case.today, case.effective_on, None
            case.mediators = case.terms = case.marks = case.performed = ()
            case.content = case.last_term_on = case.court_case_on = case.court_case_no = None
            case.urgings = 0

    with court_rules("4、5"):
        @Act("登记法院案号", confirmation_filed >> same, by=registrar)
        def note_court_case(case, court_case_no, court_case_on): ...

        court_takes = Reminder("C1", "法院决定受理(3日，仅供参考)", days(3).since(filed_on), runs_in=confirmation_filed,
            ends=note_court_case)
        court_rules_on_it = Reminder("C2", "法院裁定(15日，可延长10日，仅供参考)", days(15).since(court_case_on),
            runs_in=confirmation_filed)

    with civil_procedure(187):
        court_ends = Reminder("C3", "特别程序审限(30日，仅供参考)", days(30).since(court_case_on),
            runs_in=confirmation_filed)

    # 七、履行、催促、回访

    with mediation_law(31):
        def open_terms(case):
            done = {each.term for each in case.performed}
            return {no: term for no, term in enumerate(case.terms, 1) if term.due_on and no not in done}

        @Act("登记履行", in_force >> same, by=(*their_side, *its_mediators), via=desk)
        def record_performance(case, term_no, performed_on=day("实际履行日", of_act=True),
                proof=file("履行凭证", optional=True)):
            case.if_a_mediator_the_cases_own()
            case.must(term_no <= len(case.terms), "没有这一项条款。")
            case.must(term_no not in {each.term for each in case.performed}, "这一项已经登记履行。")
            case.must(performed_on >= case.effective_on, "履行日不得早于生效日。", "E_DATE_ORDER")
            case.performed = (*case.performed, {"term": term_no, "performed_on": performed_on})

        @Act("变更履行期限", in_force >> same, by=desk, tells=their_side)
        def move_term(case, term_no, signers, moved_to=day("改定的履行期限")):
            case.must(term_no in case.open_terms(), "没有这一项待履行的条款。")
            case.must(moved_to > case.today, "改定的期限须在今天以后。", "E_DATE_ORDER")
            case.all_agree(signers, "E_CONSENT")
            case.terms = [{**row, "due_on": moved_to} if no == term_no else row for no, row in enumerate(case.terms, 1)]
            case.last_term_on = max(term.due_on for term in case.terms if term.due_on)

        @Act("催促履行", in_force >> same, by=its_mediators, issues=performance_reminder, clock_may=True)
        def urge(case):
            case.if_a_mediator_the_cases_own()
            case.must(case.overdue_by(0), "没有逾期未履行的条款。")
            case.urgings += 1

        def overdue_by(case, count):
            return [term for term in case.open_terms().values() if (case.today - term.due_on).days > count]

        performing_term = Deadline("M7", "履行期限", until("due_on"), each=terms, met_by=record_performance,
            number=term_no, runs_in=in_force, ladder=(before(days(3)).issue(performance_reminder),
            after(days(1)).do(urge), after(days(7)).tell(mediator)))

        @property
        def creditors(case):
            return case.voices(owing=False)

        @property
        def debtors(case):
            return case.voices(owing=True)

        def voices(case, *, owing):
            """Everybody on the sides that still owe something, or on the others."""
            debtors = {term.who for term in case.open_terms().values()}
            rows_ = [no for no, row in enumerate(case.sides, 1) if (row.side in debtors) == owing]
            return [each for no in rows_ for each in case.voices_of(no)]

        @Act("未履行结案", performing >> closed_unperformed, by=leaders, issues=remedy_hint, tells=their_side,
            decides=True)
        def close_unperformed(case):
            case.leads()
            case.must(case.urgings, "至少须催促一次。")
            case.must(case.overdue_by(15), "逾期超过15日方可结案。")

    with ours("回访由调解员以外的人进行，生效后十五日内一次，最后一项履行期限后七日内一次"):
        all_performed_ = property(lambda case: not case.open_terms())

        @Act("回访", in_force >> either(same, closed_fulfilled), by=visitor, issues=visit_record)
        def follow_up(case, opinions, visited_on=day("回访日", of_act=True),
                visit_form=choice("回访方式", visit="上门", phone="电话"),
                all_performed=yes_no("已全部履行", optional=False), relapse=yes_no("有反复")):
            case.must(case.actor.person not in case.ever_mediated, "回访须由调解员以外的人进行。", "Apart")
            case.must(not all_performed or not case.open_terms(), "尚有条款没有登记履行。")
            case.visits += 1
            return case.closed_fulfilled if all_performed and not relapse else same

        first_visit = Deadline("M9a", "首次回访期限", days(15).since(effective_on), runs_in=in_force, ends=follow_up,
            rolls=True, ladder=(before(days(3)).tell(visitor), overdue.tell(committee_chair),
            after(days(7)).tell(justice_office)))
        last_visit = Deadline("M9b", "末次回访期限", days(7).since(last_term_on), runs_in=in_force, ends=follow_up,
            when=all_performed_, rolls=True, ladder=overdue.tell(committee_chair))

        @Act("纠纷反复，另立新案", closed_fulfilled >> same, by=registrar)
        def reopen_relapse(case, what_happened=text("反复的情况", at_least=10, at_most=4000, long=True,
                privacy="personal", seen_by=concerned)):
            case.must(not any(not each.is_closed for each in case.relapses), "已经另立新案。")
            sides = [{key: value for key, value in row.items() if not key.startswith("agent")} for row in case.sides]
            case.open(Mediation.register, sides=sides, facts=what_happened, source="application",
                relapse_of=case.no, **({"title": case.title} if case.title else {}))

    with ours("回访过而没有未到期的条款、又不能归档的，三十日后再问一次"):
        next_visit = Reminder("MV", "再次回访", days(30), starts=follow_up, runs_in=in_force, when=all_performed_,
            ladder=overdue.tell(visitor))

    # 八、告知与查阅

    with mediation_law(26):
        owes_notice = property(lambda case: case.outcome != "settled_in_court")

        @Act("送达告知书", (terminated, not_accepted) >> same, by=desk)
        def hand_notice(case, noticed_on=day("告知日", of_act=True), proof_of_notice=file("送达凭证", optional=True),
                how=choice("送达方式", hand="当面", post="邮寄", e_delivery="电子")): ...

        notice_term = Deadline("M10", "告知书送达期限", working_days(2), runs_in=(terminated, not_accepted),
            ends=hand_notice, when=owes_notice,
            ladder=(overdue.tell(committee_chair), after(working_days(3)).tell(justice_office)))

    with mediation_law(15):
        @Act("查阅案情", anywhere >> same, by=justice_office,
            reveals=(facts_, content, terms, session_records, assessment, opinions))
        def inspect_record(case, access_reason=text("查阅理由", at_least=5)): ...

    with public_order(9):
        @Act("告知移交的公安机关", (closed_fulfilled, closed_unperformed, terminated, not_accepted) >> same,
            tells=police_contact)
        def tell_the_police(case):
            case.must(case.source == "referral_police" and not case.tell_the_police, "无须告知公安机关。")

    # 九、度量：看办得怎样，不看谁起诉、谁退出、谁拒绝

    first_tier_agreed = Derived("由志愿者调成", lambda case: bool(case.effective_on and case.tier == 1))
    has_relapsed = Derived("一百八十日内另立了新案", lambda case: any((each.register.on - case.follow_up.on).days <= 180
        for each in case.relapses))
    agreement_rate = Measure("达成率", of=effective_on, among=accepted_on)
    days_to_agreement = Median("受理到协议生效的天数", begin=accepted_on, until=effective_on, by=tier)
    performance_rate = Measure("履行率", of=closed_fulfilled, among=(closed_fulfilled, closed_unperformed))
    first_tier_rate = Measure("志愿者调成率", of=first_tier_agreed, among=assign, where=volunteers_first)
    relapse_rate = Measure("一百八十日内反复率", of=has_relapsed, among=closed_fulfilled)
    noticed_in_time = Measure("按期告知率", of=notice_term, among=notice_term)
    replaced = Measure("回避更换", of=decide_recusal, among=assign)

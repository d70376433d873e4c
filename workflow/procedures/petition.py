"""信访事项：谁该答复、何时答复、不服如何复查复核。案件记事不记人。"""

# fmt: off
# isort: off
from typing import Any

from workflow.fields import (
    choice, choices, contact, day, file, id_number, names, number, people, person, text, unit, yes_no,
)
from workflow.parts import (
    Act, Apart, Backdating, Deadline, Derived, Document, Extension, Law, Link, Measure, Median, Procedure, Reminder,
    Role, Seal, Setting, State, Window, above, after, anywhere, back, before, either, here, in_turn, local, new,
    on_day, on_working_day, ours, overdue, paused_between, paused_in, same, still_open, upward,
)
from workflow.terms import days, later_of, until, working_days
# isort: on

regulation = Law("信访工作条例", since="2022-05-01")
simple_rules = Law("信访事项简易办理办法（国信办发〔2022〕17号）", since="2022-07-17")

HOTLINE: dict[str, Any] = {"12345": "12345热线"}
BY_NET: dict[str, Any] = {"e-delivery": "电子"}
SIMPLE = {"clear", "one_duty", "little_dispute", "first_time"}
OF_BOTH_PARTS = ("channel", "petitioner_name", "petitioner_contact", "address", "address_unknown", "at_letters_office")


class Petition(Procedure):
    label = "信访事项"
    number_prefix = "XF"

    # 谁
    petitioner = Role("信访人", outside=True)
    representative = Role("信访代表", outside=True)
    import_12345 = Role("12345转来", outside=True)
    window_clerk = Role("登记接访员", of=(here, "received_at", upward))
    counter = Role("登记接访员", of=(here, "received_at"), id="window_clerk")
    dispatcher = Role("信访办转办员", of=("sender", upward))
    conference = Role("信访工作联席会议", of=upward)
    caseworker = Role("承办人")
    unit_head = Role("机关(单位)负责人")
    hearing_chair = Role("听证主持人", of=(here, above("handling_organ"), above(above("handling_organ"))))
    reviewer = Role("复查机关承办人", of=above("handling_organ"))
    reexaminer = Role("复核机关承办人", of=above(above("handling_organ")))
    sealed_handler = Role("检举控告专办员", of=upward)
    supervisor = Role("督办员", of=upward)
    auditor = Role("审计监督员", of=upward)
    letters_head = Role("信访部门负责人", of=upward)
    sender_head = Role("转出单位负责人", of=("sender", upward))
    street_leader = Role("街道分管领导", of=upward)
    district_office = Role("区信访局", of=above("handling_organ"))
    city_office = Role("市信访局", of=above(above("handling_organ")))
    review_head = Role("复查机关负责人", of=above("handling_organ"))
    reexam_head = Role("复核机关负责人", of=above(above("handling_organ")))
    their_side = (petitioner, representative)
    apart = Apart("同一案中不得兼任承办、听证、复查、复核和撤回核实。", caseworker, hearing_chair, reviewer,
        reexaminer, supervisor)

    # 在哪
    registered = State("已登记")
    routed = State("已转送/交办", waiting=True)
    routing_disputed = State("异议待核", waiting=True)
    accepted = State("已受理办理中")
    simple_handling = State("简易办理中")
    lawful_duty = State("依法履职中")
    suggestion_study = State("建议研究中")
    hearing = State("听证中")
    replied = State("已答复", waiting=True)
    under_review = State("复查中")
    review_replied = State("复查已答复", waiting=True)
    under_reexam = State("复核中")
    reexam_hearing = State("复核听证中")
    closed_no_review = State("期满办结", final=True, reopens=True)
    closed_settled = State("调解和解办结", final=True)
    closed_answered = State("答复办结", final=True)
    concluded = State("程序终结", final=True)
    guided_out = State("已引导法定途径", final=True)
    forwarded_sealed = State("检举控告已移送", final=True)
    not_accepted = State("不予受理", final=True)
    merged = State("已并案", detour=True, silent=True)
    withdrawn = State("已撤回", final=True)

    # 卷宗：信访人
    known_petitioners = people("信访人(系统内人员)", optional=True, privacy="personal", hint="本人是工作人员的须填")
    petitioner_name = text("姓名", at_most=50, optional=True, privacy="personal", hint="可以匿名")
    petitioner_contact = contact("联系方式", optional=True, privacy="personal", hint="电话或电子邮箱")
    address = text("住址", optional=True, privacy="personal")
    address_unknown = yes_no("姓名或住址不清", hint="不清的无法书面告知，告知期限不计")
    accessible_needs = choices("无障碍需求", large_print="大字", sign_language="手语", home_visit="上门",
        minority_language="少数民族语言", optional=True, privacy="personal")
    joint = yes_no("联名或多人")
    representatives = names("代表", optional=True, privacy="personal")
    co_signers_count = number("联名人数", at_least=2, optional=True)
    co_signers = names("联名人", optional=True, privacy="personal", hint="本人愿意留名的才记")
    # 卷宗：事项
    channel = choice("渠道", web="网络", letter="来信", phone="电话", fax="传真", visit="来访",
        **HOTLINE)
    content = text("诉求内容", at_least=5, at_most=10_000, long=True, privacy="personal")
    attachments = file("材料", optional=True, privacy="personal")
    type_ = choice("类别", optional=True, suggestion="建议意见", accusation="检举控告", request="申诉求决",
        query="咨询")
    route_ = number("分类处理途径", at_least=1, at_most=6, optional=True)
    subject_org = unit("被反映单位", optional=True)
    urgent = yes_no("紧急")
    urgent_because = choices("紧急事由", life="危及生命", health="危及健康", property="危及财产",
        public_safety="危及公共安全", at_least=1)
    received_on, reached_on = day("收到日", of_act=True), day("受转单位收到日", of_act=True)
    at_letters_office, simple_wanted = yes_no("由信访部门收件"), yes_no("拟简易办理")
    # 卷宗：去向与承办
    received_at, sender, handling_organ = unit("收件单位", optional=True), unit("转送单位"), unit("办理机关")
    to_org, reason, note = unit("去向单位"), text("理由", at_most=1000), text("附言", optional=True)
    feedback_due_on, moved_to = day("反馈期限"), day("改定的反馈期限")
    objected_by = names("曾提异议的单位")
    caseworker_ = person("承办人", of=caseworker, optional=True)
    interested = people("有利害关系的工作人员", privacy="personal")
    recusal_of = person("申请回避的人员", privacy="personal")
    accepted_on, deemed = day("受理日", of_act=True), yes_no("视为受理")
    legal_basis, law_due_on = text("法律依据", at_most=1000), day("法定期限")
    days_ = number("申请延长天数", at_least=1)
    extension_days, extension_reason = number("已延长天数"), text("延期理由", at_most=1000)
    extension_pending = yes_no("延期待批")
    hearing_on, chair, record = day("听证日"), person("听证主持人", of=hearing_chair), file("听证笔录")
    closed_on = day("听证结束日", of_act=True)
    # 卷宗：答复、送达、救济
    outcome = choice("处理结果", support="支持", explain="解释", not_support="不予支持")
    opinion, signed_on = file("意见书"), day("签发日", of_act=True)
    facts_found = text("查明的事实和理由", long=True, optional=True)
    decision = text("处理决定", long=True, optional=True)
    remedy_named = yes_no("已载明向谁、在何处、何时前申请复查")
    answers, answers_passed_on = number("已出具书面答复次数"), number("已转告主案答复次数")
    served_on, proof = day("送达日", of_act=True), file("送达凭证", optional=True)
    implement_due_on, postponed_to = day("落实期限", optional=True), day("改定的落实期限")
    executed_on = day("落实日", of_act=True)
    execution_proof = file("落实凭证", optional=True)
    rateable_on = day("可评价起始日")
    letters_score = choice("对信访部门的评价", satisfied="满意", basic="基本满意", not_="不满意")
    handling_score = choice("对办理机关的评价", satisfied="满意", basic="基本满意", not_="不满意")
    grounds = text("申请理由", long=True, at_most=2000, optional=True)
    late_reason = text("逾期理由", at_most=1000, optional=True)
    asked_late = yes_no("逾期申请")
    handled_as = choice("已作处理意见", support="支持", explain="解释", not_support="不予支持")
    reviewed = yes_no("已经复查答复")
    redo_due_on, ordered_by = day("重办期限"), unit("作出决定的上级机关")
    overturned = choice("被责令重办的结论", support="支持", explain="解释", not_support="不予支持")
    into_case, ref_case = Link("并入案件", "petition"), Link("关联案件", "petition")
    forced_withdrawal = yes_no("撤回并非自愿")
    parties, codes_by = (known_petitioners,), (counter, caseworker, sealed_handler)

    # 文书
    receipt = Document("收件凭证", to=petitioner)
    destination_notice = Document("去向告知", to=petitioner)
    routing_letter = Document("转送(交办)函", to=caseworker)
    acceptance_notice = Document("受理告知书", to=petitioner)
    route_notice = Document("途径告知书", to=petitioner)
    refusal_notice = Document("不予受理告知书", to=petitioner)
    extension_notice = Document("延期告知书", to=petitioner)
    hearing_notice = Document("听证通知书", to=petitioner)
    handling_opinion = Document("信访处理意见书", to=petitioner)
    settlement_agreement = Document("调解(和解)协议书", to=(petitioner, unit_head))
    review_opinion = Document("复查意见书", to=(petitioner, unit_head))
    reexam_opinion = Document("复核意见书", to=(petitioner, unit_head))
    review_refusal = Document("不予复查(复核)告知书", to=petitioner)
    rehandling_order = Document("责令重新办理通知书", to=(unit_head, petitioner))
    completion_report = Document("办结报告", to=dispatcher)
    service_record = Document("送达回证")
    urging_letter = Document("督办函", to=unit_head)

    # 本地可定：对自己只许更严，对群众只许更宽；各期限的天数按编号另定
    deemed_acceptance = Setting("逾期未告知视为受理", True)
    hearing_pauses_handling = Setting("听证期间中止办理期限", False)
    hearing_pauses_review = Setting("听证期间中止复查期限", False)
    extension_once = Setting("只能延期一次", True)
    hearing_notice_days = Setting("听证提前告知天数", 7, at_least=7)

    seal = Seal(when="is_sealed", open_to=sealed_handler, hidden_from=subject_org)
    backdating = Backdating(working_days(1), beyond=supervisor)

    # 一、登记

    with regulation("17、19、20、22"):
        @Act("登记", new >> registered, by=(window_clerk, *their_side, import_12345), issues=receipt)
        def register(case, channel, content, received_on, type_, petitioner_name, petitioner_contact, address,
                address_unknown, known_petitioners, accessible_needs, joint, representatives, co_signers_count,
                co_signers, attachments, subject_org, received_at, at_letters_office, simple_wanted):
            if channel == "visit":
                case.must(len(representatives) <= 5, "代表人数不得超过5人，请推选。", "E_REPS_MAX5")
                case.must(representatives or not joint, "多人来访的，须推选代表。")
            case.must(not joint or co_signers_count, "联名或多人的，须填联名人数。")
            case.can_be_reached()
            own = not received_at or not case.actor.unit or received_at == case.actor.unit
            case.must(own, "收件单位须是登记人所在单位。")
            case.unit = received_at or case.unit
            case.received_at = case.unit
            if case.actor.role in ("petitioner", "representative") and case.actor.person not in known_petitioners:
                case.known_petitioners = (*known_petitioners, case.actor.person)

        @Act("补录", registered >> same, by=window_clerk)
        def complete_record(case, type_, petitioner_name, petitioner_contact, address, accessible_needs, attachments,
                subject_org,
                corrected_content=text("更正后的诉求内容", at_least=5, at_most=10_000, long=True, optional=True),
                agreed=yes_no("已向信访人宣读并经其同意")):
            case.must(agreed or not corrected_content, "更正诉求内容，须经信访人同意。")
            case.can_be_reached()
            case.content = corrected_content or case.content

        def can_be_reached(case):
            named = case.petitioner_name and not case.address_unknown
            known = case.petitioner_contact or case.address
            case.must(not named or known, "留了姓名的，须留联系方式或住址；确实不清的，请注明。")

        is_sealed = property(lambda case: case.type_ == "accusation")

        @Act("分案", registered >> same, by=window_clerk, tells=petitioner)
        def split(case, own_content=text("本案保留的诉求", at_least=5, at_most=10_000, long=True),
                other_content=text("另立一案的诉求", at_least=5, at_most=10_000, long=True),
                other_type=choice("另案类别", suggestion="建议意见", accusation="检举控告", request="申诉求决",
                query="咨询"), other_subject_org=unit("另案被反映单位", optional=True)):
            case.content = own_content
            of_both = {name: case.data[name] for name in OF_BOTH_PARTS if case.data.get(name)}
            of_other = {"content": other_content, "type": other_type, "subject_org": other_subject_org}
            case.open(Petition.register, received_on=case.received_on, **of_both, **of_other)

    with regulation(25):
        @Act("紧急报告", still_open >> same, by=(window_clerk, dispatcher, caseworker),
            tells=(street_leader, unit_head, district_office))
        def report_urgent(case, urgent_because, reason):
            case.urgent = True

    # 二、转送、交办、异议

    with regulation(22):
        is_returned = property(lambda case: bool(case.uphold_objection))

        awaits_routing = property(lambda case: case.at_letters_office and not case.is_returned and not case.is_sealed)

        late_routing = (overdue.tell(dispatcher), after(working_days(1)).tell(letters_head),
            after(working_days(3)).tell(supervisor))
        routing = Deadline("D2", "转送期限", days(15).since(received_on), runs_in=registered, when=awaits_routing,
            ladder=(on_day(5, 10).tell(dispatcher), late_routing))

        def may_be_sent(case, to_org):
            case.must(not case.answers_to(to_org, case.subject_org), "不得转给被反映的单位。", "E_ACCUSED_TARGET")
            case.must(to_org != case.unit and case.level_of(to_org), "去向单位须是本系统内的另一单位。")
            case.must(to_org not in case.objected_by, "该单位的异议已经成立，不得再转回。")
            clerk_may = case.actor.role != "window_clerk" or to_org == case.above(case.unit)
            case.must(clerk_may, "登记接访员只能转送上一级单位。")

        def answers_to(case, one, over):
            while one and over and one != over:
                one = case.above(one)
            return bool(over and one == over)

        def is_sent(case, to_org):
            case.may_be_sent(to_org)
            case.sender, case.unit = case.unit, to_org

        @Act("转送", registered >> routed, by=(dispatcher, window_clerk), issues=(routing_letter, destination_notice))
        def route(case, to_org, reached_on, note):
            case.feedback_due_on = None
            case.is_sent(to_org)

        @Act("交办", registered >> routed, by=(dispatcher, unit_head), issues=(routing_letter, destination_notice))
        def assign(case, to_org, feedback_due_on, reason, reached_on, note):
            case.must(feedback_due_on > case.today, "反馈期限须在今天以后。", "E_DATE_ORDER")
            case.is_sent(to_org)

    with ours("异议成立退回后，补给转送单位至少3个工作日"):
        rerouting = Deadline("D2b", "退回后再转送期限", later_of(days(15).since(received_on), working_days(3)),
            runs_in=registered, when=is_returned, ladder=(before(working_days(1)).tell(dispatcher), late_routing))

    with regulation("22(3)"):
        @Act("报送办结报告", anywhere >> same, by=caseworker, issues=completion_report)
        def file_completion_report(case, report=file("办结报告")):
            case.must(case.feedback_due_on, "本案不是交办件，不须报送办结报告。")

        @Act("改定反馈期限", still_open >> same, by=dispatcher, tells=caseworker)
        def move_feedback_date(case, moved_to, reason):
            case.must(moved_to > case.today, "反馈期限须在今天以后。", "E_DATE_ORDER")
            case.decided_by_the_sender()

        feedback = Deadline("D5", "交办反馈期限", until(feedback_due_on), starts=assign,
            ends=(file_completion_report, "uphold_objection"),
            extension=Extension(move_feedback_date, until(moved_to), times=1), ladder=(before(working_days(5),
            working_days(2)).tell(caseworker), overdue.tell(caseworker), after(working_days(1)).tell(unit_head),
            after(working_days(3)).tell(sender_head), after(working_days(5)).tell(supervisor)))  # 由督办员立督办件

    with regulation(23):
        may_object = property(lambda case: case.unit not in case.objected_by)

        @Act("提出异议", routed >> routing_disputed, by=caseworker, tells=dispatcher)
        def object(case, reason, proposed_org=unit("建议去向", optional=True)):
            case.must(len(reason) >= 20, "异议理由至少20字。")
            case.must(case.may_object, "同一单位不得再次提出异议。")
            case.objected_by = (*case.objected_by, case.unit)

        objecting = Window("D3", "异议期限", working_days(5).since(reached_on), runs_in=routed, when=may_object,
            closes=object, late_code="E_OBJECTION_LATE", ladder=on_working_day(3).tell(caseworker))

        def decided_by_the_sender(case):
            case.must(case.actor.unit == case.sender, "只有原转送单位才能决定。")

        @Act("同意退回", routing_disputed >> registered, by=dispatcher, tells=(caseworker, petitioner))
        def uphold_objection(case, reason):
            case.decided_by_the_sender()
            case.unit, case.feedback_due_on = case.sender, None

    with regulation("23、24"):
        @Act("驳回异议", routing_disputed >> routed, by=(dispatcher, conference), tells=caseworker)
        def reject_objection(case, reason):
            if case.actor.role == "dispatcher":
                case.decided_by_the_sender()

    # 三、首次决定：受理、履职、研究、引导、移送、不予受理

    with regulation(23):
        is_direct = property(lambda case: not (case.at_letters_office or case.is_returned or case.is_sealed))
        must_inform = property(lambda case: case.is_direct and not case.address_unknown)

        late_informing = (overdue.tell(caseworker, dispatcher), overdue.do("auto_deem_accepted"),
            after(working_days(1)).tell(unit_head), after(working_days(3)).tell(supervisor))
        notice = Deadline("D1", "告知期限", days(15).since(received_on), runs_in=registered, when=must_inform,
            ladder=(on_day(8, 12).tell(caseworker), late_informing))
        sent_notice = Deadline("D4", "受转告知期限", days(15).since(reached_on),
            runs_in=(routed, routing_disputed), ladder=(on_day(8, 12).tell(caseworker), late_informing))

        def by_an_organ(case):
            at = case.level_of(case.actor.unit)
            case.must(at != "community", "社区可以登记、转送，不能受理或者答复，请转送街道。", "E_NOT_ORGAN")
            case.impartially()

        def impartially(case):
            case.must(case.actor.person not in case.interested, "与本事项有利害关系的，须回避。", "E_RECUSAL")

        def taken_on(case):
            case.by_an_organ()
            case.must(case.caseworker_ not in case.interested, "承办人与本事项有利害关系，须另行指定。", "E_RECUSAL")
            case.must(case.accepted_on >= case.received_on, "受理日不得早于收到日。", "E_DATE_ORDER")
            case.handling_organ, case.caseworker_ = case.unit, case.caseworker_ or case.actor.person

        @Act("受理", (registered, routed) >> accepted, by=caseworker, issues=acceptance_notice)
        def accept(case, route_, accepted_on, caseworker_):
            case.must(case.type_ in ("", "request"), "只有申诉求决事项按信访程序受理。")
            case.must(route_ in (0, 6), "只有第六类途径的事项适用信访程序。")
            case.taken_on()
            case.type_, case.route_ = "request", 6

    with ours("不得以拖延决定赢得时间：期满未告知，视为已经受理"):
        @Act("视为受理", (registered, routed) >> accepted, issues=acceptance_notice,
            tells=(supervisor, caseworker, dispatcher))
        def auto_deem_accepted(case):
            case.must(case.deemed_acceptance, "本地未启用视为受理。")
            case.must(case.type_ in ("", "request") and case.route_ in (0, 6), "只有申诉求决事项按信访程序受理。")
            case.unit = case.above(case.unit) if case.level_of(case.unit) == "community" else case.unit
            case.type_, case.route_, case.deemed = "request", 6, True
            case.accepted_on = (case.sent_notice or case.notice).due_on
            case.handling_organ = case.unit

    with simple_rules("第4、5条"):
        may_be_simple = property(lambda case: case.simple_wanted and not case.is_sealed)

        @Act("简易受理", (registered, routed) >> simple_handling, by=caseworker, issues=acceptance_notice)
        def accept_simple(case, accepted_on, caseworker_, criteria=choices("简易办理条件", clear="事实清楚",
                one_duty="责任明确", little_dispute="争议不大", first_time="初次提出", at_least=1)):
            case.must(set(criteria) >= SIMPLE, "须同时符合简易办理的全部条件。")
            case.must(not case.joint and not case.feedback_due_on, "多人事项和上级交办事项不适用简易办理。")
            case.must(case.route_ in (0, 6), "应循其他法定途径的，不适用简易办理。")
            case.taken_on()

        simple_acceptance = Deadline("D8a", "简易受理期限", working_days(3).since(received_on), runs_in=registered,
            when=may_be_simple, ladder=(on_working_day(2).tell(caseworker), overdue.tell(caseworker)))

        @Act("当即答复", registered >> closed_answered, by=(window_clerk, caseworker), tells=petitioner)
        def answer_at_once(case, said=text("答复内容", long=True)):
            case.must(case.type_ == "query", "只有咨询可以当即答复。")
            case.may_be_rated()

    with regulation("31(4)(5)"):
        @Act("依法履职", (registered, routed) >> lawful_duty, by=caseworker, issues=route_notice)
        def perform_duty(case, route_, legal_basis, law_due_on):
            case.must(route_ in (4, 5), "只有第四、五类途径由本单位依法履职。")
            case.must(law_due_on > case.today, "法定期限须在今天以后。", "E_DATE_ORDER")
            case.by_an_organ()
            case.handling_organ, case.caseworker_ = case.unit, case.caseworker_ or case.actor.person

    with regulation(30):
        @Act("研究建议", (registered, routed) >> suggestion_study, by=caseworker, tells=petitioner)
        def study(case):
            case.must(case.type_ == "suggestion", "只有建议意见才转入研究。")
            case.by_an_organ()
            case.handling_organ, case.caseworker_ = case.unit, case.caseworker_ or case.actor.person

    with regulation("30、46(5)"):
        @Act("移送检举控告", registered >> forwarded_sealed, by=sealed_handler, tells=petitioner)
        def forward_accusation(case, to_org):
            case.must(case.is_sealed, "只有检举控告才移送。")
            case.must(not case.answers_to(to_org, case.subject_org), "不得转给被反映的单位。", "E_ACCUSED_TARGET")

    with ours("检举控告只经专办员之手，期限也只提醒专办员"):
        forwarding = Deadline("D1S", "检举控告移送期限", days(15).since(received_on), runs_in=registered,
            when=is_sealed, ladder=(on_day(8, 12).tell(sealed_handler), overdue.tell(sealed_handler),
            after(working_days(1), working_days(3)).tell(sealed_handler)))

    with regulation(31):
        @Act("告知法定途径", (registered, routed, accepted) >> guided_out, by=caseworker, issues=route_notice,
            decides=True)
        def guide_out(case, route_, legal_basis, body=text("有权机关及地址"),
                time_limit_warning=text("该途径的时限提示", at_most=1000, optional=True),
                bring=text("须带材料", optional=True)):
            case.must(1 <= route_ <= 5, "第六类途径的事项不得引导出去，非本单位职权的应当转送。")
            case.must(time_limit_warning, "须写明该途径的时限。", "E_NO_TIME_WARNING")
            case.by_an_organ()

    with regulation("19、36"):
        @Act("不予受理", (registered, routed) >> not_accepted, by=in_turn(caseworker, unit_head),
            issues=refusal_notice, decides=True)
        def refuse(case, ref_case, difference_check=text("与前案事实、理由的逐项核对", at_most=5000, long=True),
                reason_=choice("不予受理理由", N1="下级机关正在办理同一事项", N2="复核后以同一事实和理由重提"),
                new_facts=yes_no("提出了新的事实或理由")):
            case.must(ref_case and not ref_case.is_sealed, "未找到关联案件。")
            case.must(not new_facts, "有新的事实或理由的，应当登记并办理，不得不予受理。")
            case.must(reason_ != "N1" or not ref_case.is_closed, "关联案件已经办结，应当受理。")
            case.must(reason_ != "N2" or ref_case.state_is("concluded"), "关联案件未经复核终结，应当受理。")
            case.by_an_organ()

    # 四、办理：延期、听证、和解、答复

    with regulation(34):
        def may_be_extended(case):
            case.must(not case.redo_due_on, "责令重新办理的，不得延期。")

        @Act("申请延期", accepted >> same, by=caseworker, tells=unit_head)
        def request_extension(case, days_, reason):
            case.may_be_extended()
            case.extension_reason, case.extension_pending = reason, True

        @Act("批准延期", accepted >> same, by=unit_head, issues=extension_notice)
        def approve_extension(case):
            case.must(case.extension_pending, "承办人尚未申请延期。")
            case.may_be_extended()
            case.extension_days, case.extension_pending = case.extension_days + case.days_, False

        @Act("不批准延期", accepted >> same, by=unit_head, tells=caseworker)
        def deny_extension(case, reason):
            case.must(case.extension_pending, "承办人尚未申请延期。")
            case.extension_pending = False

        late_handling = (overdue.tell(caseworker, unit_head), after(working_days(1)).tell(supervisor),
            after(working_days(3)).tell(street_leader), after(working_days(5)).issue(urging_letter),
            after(working_days(10)).tell(district_office))
        handling = Deadline("D6", "办理期限", days(60).since(accepted_on), runs_in=(accepted, hearing),
            instead=until(redo_due_on), pause=paused_in(hearing, only_if=hearing_pauses_handling),
            extension=Extension(approve_extension, days(days_), asked_by=request_extension, at_most=days(30),
            times=extension_once, at_most_code="E_EXT_MAX30"),
            ladder=(on_day(40, 50, 57).tell(caseworker), late_handling))

    with regulation("31(6)"):
        def chaired_by(case, chair):
            case.must(chair not in case.caseworker and chair != case.caseworker_, "听证主持人不得是本案承办人。")
            case.must(chair not in case.interested, "听证主持人与本事项有利害关系，须回避。", "E_RECUSAL")

        @Act("启动听证", accepted >> hearing, by=unit_head, issues=hearing_notice, tells=hearing_chair)
        def open_hearing(case, hearing_on, chair):
            notice = (hearing_on - case.today).days >= case.hearing_notice_days
            case.must(notice, "听证须提前{n}日告知信访人。", n=case.hearing_notice_days)
            case.chaired_by(chair)

        def closed_by_the_chair(case):
            case.must(not case.chair or case.actor.person == case.chair, "须由本次听证的主持人结束听证。")

        @Act("听证结束", hearing >> accepted, by=hearing_chair, tells=caseworker)
        def close_hearing(case, record, closed_on):
            case.closed_by_the_chair()

    with regulation(33):
        @Act("调解和解", (accepted, simple_handling, hearing) >> closed_settled, by=caseworker,
            issues=settlement_agreement)
        def settle(case, implement_due_on, agreement=file("协议书"), checked=choices("协议核对",
                both_signed="双方已签字", lawful="不违反法律强制性规定", voluntary="信访人已签自愿声明", at_least=1)):
            case.must(len(checked) == 3, "协议须双方签字、合法、出于信访人自愿，逐项核对。")
            case.impartially()
            case.may_be_rated()

    with regulation(32):
        def gives_an_opinion(case, already_done):
            case.by_an_organ()
            case.must(case.remedy_named, "意见书须载明向谁、在何处、何时前申请复查。")
            follow_up = case.implement_due_on or already_done
            case.must(case.outcome != "support" or follow_up, "支持诉求的，须定落实期限，已经落实的附凭证。")
            case.handled_as, case.reviewed = case.outcome, False
            case.is_answered()

        def is_answered(case):
            case.answers += 1
            case.served_on = case.proof = case.rateable_on = case.letters_score = case.handling_score = None
            case.grounds = case.late_reason = case.asked_late = None

        @Act("出具处理意见", accepted >> replied, by=unit_head, issues=handling_opinion, decides=True)
        def reply(case, outcome, opinion, legal_basis, remedy_named, signed_on, facts_found, decision,
                implement_due_on, execution_proof, talked=yes_no("已当面或电话沟通"),
                new_grounds=yes_no("重新办理另有事实或理由")):
            case.must(outcome != "not_support" or talked, "不予支持的，须先与信访人沟通或提出沟通。")
            repeated = outcome == case.overturned and not new_grounds
            case.must(not repeated, "重新办理不得以同一事实和理由作出同一结论。")
            case.gives_an_opinion(execution_proof)

    with simple_rules("时限"):
        @Act("简易答复", simple_handling >> replied, by=(caseworker, unit_head), issues=handling_opinion, decides=True)
        def reply_simple(case, outcome, opinion, legal_basis, remedy_named, signed_on, facts_found, decision,
                implement_due_on, execution_proof):
            case.must(outcome != "not_support", "不予支持的，须转普通程序。", "E_SIMPLE_NOT_SUPPORT")
            case.gives_an_opinion(execution_proof)

        @Act("转普通程序", simple_handling >> accepted, by=(caseworker, unit_head), tells=(petitioner, caseworker),
            clock_may=True)
        def convert_to_ordinary(case, reason):
            case.type_, case.route_ = case.type_ or "request", 6

        simple = Deadline("D8", "简易办理期限", working_days(10).since(accepted_on), runs_in=simple_handling,
            ladder=(on_working_day(6, 8).tell(caseworker), overdue.tell(caseworker), overdue.do(convert_to_ordinary),
            after(working_days(1)).tell(unit_head)))

    with regulation("30、31"):
        @Act("答复", (lawful_duty, suggestion_study) >> closed_answered, by=unit_head, tells=petitioner, decides=True)
        def answer(case, signed_on, answer_=file("书面答复"),
                remedy=text("该法的救济途径", at_most=1000, optional=True), adopted=yes_no("建议已采纳")):
            case.must(remedy or not case.lawful_duty, "依法履职的答复，须载明该法的救济途径和期限。")
            case.by_an_organ()
            case.answers += 1
            case.may_be_rated()

    with regulation("31(4)(5)"):
        other_law = Deadline("D9", "其他法律规定的期限", until(law_due_on), runs_in=lawful_duty,
            ladder=(before(working_days(10), working_days(3)).tell(caseworker), late_handling))

    with ours("条例未定建议的研究期限，比照办理期限"):
        @Act("延长研究期限", suggestion_study >> same, by=unit_head, tells=petitioner)
        def extend_study(case, days_, reason): ...

        studying = Deadline("D10", "建议研究期限", days(60), runs_in=suggestion_study,
            extension=Extension(extend_study, days(days_), at_most=days(30), times=1, at_most_code="E_EXT_MAX30"),
            ladder=(on_day(40).tell(caseworker), overdue.tell(caseworker), after(working_days(5)).tell(unit_head)))

    # 五、送达、落实、评价

    with ours("没有送达凭证，救济期限不开始；邮寄和公告须有凭证"):
        needs_proof = property(lambda case: case.method in ("post", "notice"))
        is_served = property(lambda case: bool(case.served_on and (case.proof or not case.needs_proof)))

        is_unproved = property(lambda case: bool(case.served_on and not case.is_served))

        @Act("送达登记", (replied, review_replied, concluded) >> same, by=(window_clerk, caseworker),
            issues=service_record)
        def record_service(case, served_on, proof, method=choice("送达方式", hand="当面", post="邮寄", notice="公告",
                **BY_NET, optional=True), identity_disputed=yes_no("当面送达时身份有争议"),
                id_no=id_number("证件号码", optional=True, privacy="sensitive")):
            case.must(served_on >= case.signed_on, "送达日不得早于签发日。", "E_DATE_ORDER")
            needs_id = identity_disputed and method in ("", "hand")
            case.must(needs_id or not id_no, "只有当面送达且身份有争议的，才登记证件号码。")
            case.rateable_on = served_on if case.is_served else None

        waits_for_service = (replied, review_replied, concluded)
        service = Deadline("D7", "送达期限", days(5), runs_in=waits_for_service, ends=record_service,
            ladder=(on_day(3).tell(window_clerk, caseworker), overdue.tell(caseworker),
            after(working_days(3)).tell(unit_head)))
        proving_service = Reminder("D7a", "送达待证实", days(15).since(served_on), runs_in=waits_for_service,
            when=is_unproved, ladder=overdue.tell(supervisor))

        @Act("期满自动办结", (replied, review_replied) >> closed_no_review, tells=petitioner, clock_may=True)
        def auto_close_window(case): ...

    with regulation(32):
        has_to_be_carried_out = property(lambda case: bool(case.implement_due_on and not case.executed_on))

        answered_states = (replied, under_review, review_replied, under_reexam, reexam_hearing, closed_no_review,
            closed_settled, concluded)

        @Act("落实登记", answered_states >> same, by=(caseworker, unit_head), tells=petitioner)
        def record_execution(case, executed_on, execution_proof):
            case.must(case.implement_due_on, "本案没有须落实的事项。")
            case.must(execution_proof, "须附落实凭证。")

        @Act("延长落实期限", answered_states >> same, by=unit_head, tells=petitioner)
        def postpone_execution(case, postponed_to, reason):
            case.must(postponed_to > case.implement_due_on, "改定的期限须晚于原期限。", "E_DATE_ORDER")

        execution = Deadline("D16", "支持事项落实期限", until(implement_due_on), runs_in=answered_states,
            ends=record_execution, when=has_to_be_carried_out,
            extension=Extension(postpone_execution, until(postponed_to), times=1), ladder=(before(working_days(10),
            working_days(3)).tell(caseworker), overdue.tell(caseworker), after(working_days(1)).tell(unit_head),
            after(working_days(5)).tell(supervisor)))  # 由督办员立督办件

    with local("满意度评价：信访人对信访部门和办理机关分别评价（国信发〔2022〕11号）"):
        def may_be_rated(case):
            case.rateable_on = case.today

        can_be_rated = property(lambda case: not (case.letters_score and case.handling_score))

        rated_states = (replied, review_replied, closed_no_review, closed_settled, closed_answered, concluded)

        @Act("评价", rated_states >> same, by=their_side)
        def rate(case, score=choice("评价", satisfied="满意", basic="基本满意", not_="不满意"),
                rated_office=choice("评价对象", letters_office="信访部门", handling="办理机关", optional=True),
                comment=text("意见", long=True, at_most=2000, optional=True)):
            case.must(case.rateable_on, "答复尚未送达，不能评价。")
            of_letters_office = rated_office == "letters_office"
            case.must(not (case.letters_score if of_letters_office else case.handling_score), "对该单位已经评价过。")
            if of_letters_office:
                case.letters_score = score
            else:
                case.handling_score = score

        rating_window = Window("D15", "评价期限", days(30).since(rateable_on), when=can_be_rated, closes=rate,
            ladder=on_day(7).tell(petitioner))

    # 六、复查

    with regulation(35):
        def asked_for_review(case, over):
            window = case.review_window or case.reexam_window
            case.asked_late = bool(case.closed_no_review or (window and window.is_over))
            case.must(not case.asked_late or case.late_reason, "期限已过，申请须说明理由，由上一级机关决定。")
            case.must(over, "上一级机关不在本系统内，请告知信访人直接向其提出。")

        review_window = Window("D11", "申请复查期限", days(30).since(served_on), runs_in=replied, when=is_served,
            ladder=(before(days(5)).tell(petitioner), overdue.do(auto_close_window)))

        @Act("申请复查", (replied, closed_no_review) >> under_review, by=their_side, via=window_clerk,
            tells=(reviewer, petitioner))
        def request_review(case, grounds, late_reason):
            case.must(not case.reviewed, "已经复查，不服的申请复核。")
            case.asked_for_review(case.above(case.handling_organ))

        def decided_by_its_organ(case):
            organ = "reviewer" if case.under_review else "reexaminer"
            case.must(case.actor.role == organ, "复查由复查机关决定，复核由复核机关决定。")
            case.impartially()

        @Act("复查答复", under_review >> review_replied, by=reviewer, issues=review_opinion, decides=True)
        def review_reply(case, opinion, decision, implement_due_on,
                outcome_=choice("复查复核结论", uphold="维持", change="变更")):
            case.impartially()
            case.is_answered()
            case.signed_on, case.reviewed = case.today, True

        review = Deadline("D12", "复查期限", days(30), runs_in=under_review,
            pause=paused_between("open_review_hearing", "close_review_hearing", whole_days=True), ladder=(on_day(20,
            27).tell(reviewer), overdue.tell(reviewer), after(working_days(1)).tell(review_head),
            after(working_days(3)).tell(city_office)))

    with ours("逾期申请有无正当理由由上一级机关决定，原办理机关不得自行拒绝"):
        @Act("不予复查", (under_review, under_reexam) >> closed_no_review, by=(reviewer, reexaminer),
            issues=review_refusal, decides=True)
        def refuse_review(case, reason):
            case.must(case.asked_late, "按期提出的申请，不得不予复查。")
            case.decided_by_its_organ()
            case.ordered_by, case.grounds, case.late_reason, case.asked_late = case.actor.unit, None, None, None

    with regulation("35、36"):
        @Act("责令重新办理", (under_review, under_reexam) >> accepted, by=(reviewer, reexaminer),
            issues=rehandling_order, tells=caseworker, decides=True)
        def order_rehandle(case, redo_due_on, decision):
            case.must(0 < (redo_due_on - case.today).days <= 60, "重办期限须在60日以内。")
            case.decided_by_its_organ()
            case.overturned, case.ordered_by, case.reviewed = case.handled_as, case.actor.unit, False
            case.served_on = case.proof = case.rateable_on = None
            case.implement_due_on = case.executed_on = case.execution_proof = None

    with local("部分地方规定复查可以听证，听证时间不计入复查期限"):
        @Act("复查听证", under_review >> same, by=reviewer, issues=hearing_notice, tells=hearing_chair)
        def open_review_hearing(case, chair):
            case.must(case.hearing_pauses_review, "本地未规定复查听证。")
            case.chaired_by(chair)
            case.hearing_on = case.today

        @Act("复查听证结束", under_review >> same, by=hearing_chair, tells=reviewer)
        def close_review_hearing(case, record, closed_on):
            case.must(case.open_review_hearing.times > case.close_review_hearing.times, "复查没有在听证。")
            case.closed_by_the_chair()

    # 七、复核

    with regulation(36):
        reexam_window = Window("D13", "申请复核期限", days(30).since(served_on), runs_in=review_replied,
            when=is_served, ladder=(before(days(5)).tell(petitioner), overdue.do(auto_close_window)))

        @Act("申请复核", (review_replied, closed_no_review) >> under_reexam, by=their_side, via=window_clerk,
            tells=(reexaminer, petitioner))
        def request_reexam(case, grounds, late_reason):
            case.must(case.reviewed, "未经复查，不能申请复核。")
            case.asked_for_review(case.above(case.above(case.handling_organ)))

        @Act("复核听证", under_reexam >> reexam_hearing, by=reexaminer, issues=hearing_notice, tells=hearing_chair)
        def open_reexam_hearing(case, chair):
            case.chaired_by(chair)
            case.hearing_on = case.today

        @Act("复核听证结束", reexam_hearing >> under_reexam, by=hearing_chair, tells=reexaminer)
        def close_reexam_hearing(case, record, closed_on):
            case.closed_by_the_chair()

        @Act("复核答复", under_reexam >> concluded, by=reexaminer, issues=reexam_opinion, decides=True)
        def reexam_reply(case, outcome_, opinion, decision, implement_due_on):
            case.impartially()
            case.is_answered()
            case.signed_on = case.today

        reexam = Deadline("D14", "复核期限", days(30), runs_in=(under_reexam, reexam_hearing),
            pause=paused_in(reexam_hearing, whole_days=True), ladder=(on_day(20, 27).tell(reexaminer),
            overdue.tell(reexaminer), after(working_days(1)).tell(reexam_head),
            after(working_days(3)).tell(city_office)))

    # 八、并案、撤回、回避、承受

    with ours("同一事项并案办理，后案的查询码看到前案进展，期限照算"):
        @Act("并案", (registered, routed, accepted) >> merged, by=(dispatcher, caseworker), tells=petitioner)
        def merge(case, into_case, same_matter_reason=text("同一事项说明", at_most=1000)):
            case.must(into_case and not into_case.is_sealed, "未找到并入的案件。")
            case.must(into_case.no != case.no, "不能并入本案自己。")
            case.must(not into_case.is_closed and not into_case.merged, "只能并入正在办理的案件。")

        @Act("撤销并案", merged >> back, by=(supervisor, *their_side), via=window_clerk, tells=(petitioner, caseworker))
        def unmerge(case, reason): ...

        @Act("转告主案答复", merged >> same, tells=petitioner)
        def pass_on_reply(case):
            lead = case.into_case
            case.must(lead and lead.answers > case.answers_passed_on, "主案没有新的答复。")
            case.answers_passed_on = lead.answers if lead else 0

        @Act("主案中止，恢复办理", merged >> back, tells=(petitioner, caseworker))
        def go_on_alone(case):
            gone = case.into_case.state_is("withdrawn", "closed_settled", "not_accepted")
            case.must(gone, "主案仍在办理或已经答复。")

    with ours("撤回须出于自愿，由承办人以外的人回访核实；不得要求或记载“不再信访”的承诺"):
        before_answer = (registered, routed, routing_disputed, accepted, simple_handling, lawful_duty,
            suggestion_study, hearing, under_review, under_reexam)

        @Act("撤回", before_answer >> either(withdrawn, same), by=in_turn(their_side, supervisor),
            via=(window_clerk, caseworker), tells=(petitioner, caseworker))
        def withdraw(case, statement=file("撤回声明"), leaves_alone=yes_no("仅本人退出联名"), *,
                callback_on=day("回访日", of_act=True), free_will=yes_no("信访人答复：出于自愿", optional=False),
                promised=yes_no("信访人答复：有人承诺给付")):
            case.must(not leaves_alone or case.co_signers_count > 1, "本案没有其他联名人，应撤回整个事项。")
            checks_own = case.actor.role == "supervisor" and case.actor.person == case.caseworker_
            case.must(not checks_own, "撤回须由承办人以外的人回访核实。", "Apart")
            case.must(not promised, "附有给付承诺的，应签调解(和解)协议，不作撤回。")
            case.forced_withdrawal = not free_will
            if not free_will:
                case.tell("auditor", "unit_head")
            elif leaves_alone:
                case.co_signers_count -= 1
            return case.withdrawn if free_will and not leaves_alone else same

        heirless = (registered, routed, accepted, simple_handling, lawful_duty, suggestion_study, hearing)

        @Act("承受", still_open >> same, by=window_clerk, tells=caseworker)
        def succeed(case, petitioner_name, petitioner_contact, address, relation=text("与原信访人的关系")):
            case.can_be_reached()

        @Act("无人承受办结", heirless >> closed_answered, by=unit_head, decides=True)
        def close_without_successor(case, reason, public_interest_check=text("公共利益核查", long=True, at_most=2000)):
            case.impartially()

    with regulation(28):
        @Act("申报回避", still_open >> same, tells=unit_head,
            by=(window_clerk, dispatcher, caseworker, unit_head, hearing_chair, reviewer, reexaminer))
        def disclose_interest(case, reason):
            case.has_interest(case.actor.person)

        @Act("申请回避", still_open >> same, by=their_side, via=window_clerk, tells=unit_head)
        def request_recusal(case, recusal_of, reason): ...

        @Act("决定回避", still_open >> same, by=(unit_head, supervisor), tells=(petitioner, caseworker), decides=True)
        def decide_recusal(case, reason, granted=yes_no("同意回避", optional=False)):
            case.must(case.recusal_of, "没有待决定的回避申请。")
            case.must(case.recusal_of != case.actor.person, "本人的回避须由他人决定。")
            if granted:
                case.has_interest(case.recusal_of)
            case.recusal_of = None

        def has_interest(case, who):
            case.interested = (*case.interested, who)
            case.caseworker_ = None if case.caseworker_ == who else case.caseworker_

        @Act("指定承办人", (*heirless, under_review) >> same, by=unit_head, tells=caseworker)
        def assign_caseworker(case, caseworker_):
            case.must(caseworker_, "请指定承办人。")
            case.must(caseworker_ not in case.interested, "承办人与本事项有利害关系，须另行指定。", "E_RECUSAL")

    # 九、度量：单位做得怎样，不看人

    is_changed = Derived("复查改变了原处理意见", lambda case: case.outcome_ == "change")
    is_satisfied = Derived("对办理表示满意", lambda case: case.handling_score == "satisfied")
    informed_in_time = Measure("按期告知率", of=(notice, sent_notice), among=(notice, sent_notice))
    handled_in_time = Measure("按期办结率", of=(handling, simple), among=(handling, simple))
    extended_share = Measure("延期率", of=approve_extension, among=(accept, auto_deem_accepted, convert_to_ordinary))
    days_to_reply = Median("登记到送达的天数", begin=register, until=record_service, by=(type_, route_))
    deemed_share = Measure("视为受理", of=auto_deem_accepted, among=register)
    reversed_share = Measure("复查改变率", of=(is_changed, order_rehandle), among=(review_reply, order_rehandle))
    executed_in_time = Measure("支持事项落实率", of=execution, among=execution)
    satisfied = Measure("满意率", of=is_satisfied, among=rate, about="office")
    rating_coverage = Measure("评价覆盖率", of=rate, among=record_service, about="office")
    withdrawn_share = Measure("撤回率", of=withdraw, among=register, about="office")
    forced_share = Measure("回访未通过率", of=forced_withdrawal, among=withdraw, about="office")
    wrongly_routed = Measure("错误转送率", of=uphold_objection, among=(route, assign))

"""信访事项办理：谁该答复、何时答复、不服如何复查复核。案件记事不记人。"""

from workflow.fields import (
    choice,
    choices,
    day,
    file,
    id_number,
    names,
    number,
    people,
    person,
    phone,
    text,
    unit,
    yes_no,
)
from workflow.parts import (
    Act,
    Apart,
    Backdating,
    Deadline,
    Document,
    Extension,
    Law,
    Link,
    Measure,
    Procedure,
    Role,
    Seal,
    Setting,
    State,
    Window,
    above,
    after,
    anywhere,
    back,
    before,
    either,
    here,
    in_turn,
    new,
    on_day,
    on_working_day,
    ours,
    overdue,
    paused_in,
    same,
    still_open,
    upward,
)  # fmt: skip
from workflow.terms import days, later_of, until, working_days

regulation = Law("信访工作条例", since="2022-05-01")
simple_rules = Law("信访事项简易办理办法（国信办发〔2022〕17号）", since="2022-07-17")
rating_rules = Law("信访事项满意度评价办法（国信发〔2022〕11号）", since="2022-06-09")


class Petition(Procedure):
    label = "信访事项"
    number_prefix = "XF"

    # 谁

    petitioner = Role("信访人", outside=True)
    import_12345 = Role("12345转来", outside=True)
    window_clerk = Role("登记接访员", of=(here, "received_at", upward))
    dispatcher = Role("信访办转办员", of=(upward, "sender"))
    caseworker = Role("承办人")
    unit_head = Role("机关(单位)负责人")
    hearing_chair = Role("听证主持人", of=(here, above(above("handling_organ"))))
    reviewer = Role("复查机关承办人", of=above("handling_organ"))
    review_head = Role("复查机关负责人", of=above("handling_organ"))
    reexaminer = Role("复核机关承办人", of=above(above("handling_organ")))
    reexam_head = Role("复核机关负责人", of=above(above("handling_organ")))
    sealed_handler = Role("检举控告专办员", of=upward)
    supervisor = Role("督办员", of=upward)
    auditor = Role("审计监督员", of=upward)
    sender_head = Role("转交单位负责人", of=("sender", here))
    letters_head = Role("信访部门负责人", of=upward)
    street_leader = Role("街道分管领导", of=upward)
    district_office = Role("区信访局", of=above("handling_organ"))
    city_office = Role("市信访局", of=above(above("handling_organ")))
    apart = Apart("同一案中不得兼任承办、听证、复查、复核。", caseworker, hearing_chair, reviewer, reexaminer)

    # 走到哪

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

    # 卷宗：来人来件

    channel = choice("渠道", web="网络", letter="来信", phone="电话", fax="传真", visit="来访", hotline="12345")
    content = text("诉求内容", at_least=5, at_most=10_000, long=True, privacy="personal")
    petitioner_name = text("姓名", at_most=50, optional=True, privacy="personal")
    petitioner_contact = phone("联系电话", optional=True, privacy="personal")
    address = text("住址", optional=True, privacy="personal")
    id_no = id_number("证件号码", optional=True, privacy="sensitive", hint="仅在须当面交付而身份有争议时填写")
    accessible_needs = choices(
        "无障碍需求", large_print="大字", sign="手语", home_visit="上门", language="少数民族语言", optional=True
    )
    address_unknown = yes_no("姓名或地址不清，无法告知")
    joint = yes_no("多人或联名")
    representatives = names("代表", optional=True, privacy="personal")
    co_signers_count = number("联名人数", at_least=2, optional=True)
    attachments = file("材料", optional=True)
    subject_org = unit("被反映单位", optional=True)
    urgent = text("紧急情形", optional=True, hint="仅指危及生命、健康、财产或公共安全")
    type_ = choice(
        "类别", suggestion="建议意见", accusation="检举控告", request="申诉求决", query="咨询", optional=True
    )
    received_on = day("收到日", of_act=True)
    received_at = unit("收件单位", optional=True)
    at_letters_office = yes_no("由信访部门收件")
    simple_wanted = yes_no("拟简易办理")
    petitioner_person = person("信访人（本系统内）", optional=True, privacy="personal")
    interested = people("应回避的工作人员", optional=True)
    parties = (petitioner_person,)

    # 卷宗：去向与办理

    route_ = number("分类处理途径", at_least=1, at_most=6, optional=True)
    to_org, sender = unit("去向单位"), unit("转出单位", optional=True)
    reached_on, feedback_due_on = day("送达受转单位日", of_act=True), day("反馈期限")
    reason = text("理由", at_most=2000)
    objected_by = names("曾提异议的单位", optional=True)
    handling_organ, caseworker_ = unit("办理机关", optional=True), person("承办人", of=caseworker, optional=True)
    accepted_on, deemed = day("受理日", of_act=True), yes_no("视为受理")
    legal_basis, law_due_on = text("法律依据", at_most=2000), day("法定期限")
    days_ = number("申请延长天数", at_least=1)
    record, agreement = file("笔录"), file("协议书")
    outcome = choice("处理意见", support="支持", explain="解释", not_support="不予支持")
    handled_as, overturned = text("已作处理意见", optional=True), text("被责令重办的处理意见", optional=True)
    opinion, remedy_named = file("意见书"), yes_no("已载明向谁、何时申请复查")
    implement_due_on, executed_on = day("落实期限", optional=True), day("落实日", of_act=True)
    served_on, proof = day("送达日", of_act=True), file("送达凭证", optional=True)
    method = choice("送达方式", hand="当面", e_delivery="电子送达", post="邮寄", notice="公告", optional=True)
    grounds, late_reason = text("申请理由", at_most=2000, optional=True), text("逾期理由", at_most=2000, optional=True)
    asked_late, after_review = yes_no("逾期申请"), yes_no("复查后期满")
    redo_due_on = day("重办期限")
    hearing_on, closed_on = day("听证日"), day("听证结束日", of_act=True)
    rateable_on, rated_offices = day("可评价之日", optional=True), names("已评价的机关", optional=True)
    into_case, ref_case = Link("并入事项", "petition"), Link("关联事项", "petition")
    passed_on = yes_no("并案答复已转告")

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
    settlement_agreement = Document("调解(和解)协议书", to=petitioner)
    review_opinion = Document("复查意见书", to=(petitioner, unit_head))
    reexam_opinion = Document("复核意见书", to=(petitioner, unit_head))
    completion_report = Document("办结报告", to=dispatcher)
    service_record = Document("送达回证", to=window_clerk)
    urging_letter = Document("督办函", to=unit_head)

    # 本地可定，只许对自己更严、对群众更宽

    deemed_acceptance = Setting("逾期未告知视为受理", True)
    extension_once = Setting("只能延期一次", True)
    hearing_pauses_handling = Setting("听证期间中止办理期限", False)
    hearing_notice_days = Setting("听证提前告知天数", 7, at_least=7)
    backdating = Backdating(working_days(1), beyond=supervisor)

    @property
    def is_sealed(self):
        return self.type_ == "accusation"

    seal = Seal(when="is_sealed", open_to=sealed_handler, hidden_from=subject_org)

    # 一、登记

    with regulation("17、19、20、22、23"):

        @Act("登记", new >> registered, by=(window_clerk, petitioner, import_12345), issues=receipt)
        def register(
            case, channel, content, received_on, type_, petitioner_name, petitioner_contact, address, address_unknown,
            joint, representatives, co_signers_count, accessible_needs, attachments, subject_org, urgent,
            at_letters_office, simple_wanted,
        ):  # fmt: skip
            if channel == "visit":
                case.must(len(representatives) <= 5, "代表人数不得超过5人，请推选。", "E_REPS_MAX5")
                case.must(representatives or not joint, "多人来访须推选代表。")
            case.received_at = case.unit
            if case.actor.role == "petitioner":
                case.petitioner_person = case.actor.person

        @Act("补录", registered >> same, by=window_clerk)
        def complete_record(
            case, type_, petitioner_name, petitioner_contact, address, address_unknown, subject_org, simple_wanted,
            accessible_needs, id_no, changed_wording=text("改动的诉求内容", at_least=5, at_most=10_000, long=True, optional=True),
            read_back=yes_no("已向信访人宣读并经其同意"),
        ):  # fmt: skip
            case.must(read_back or not changed_wording, "改动诉求内容，须经信访人同意。")
            if changed_wording:
                case.content = changed_wording

        @Act("分案", registered >> same, by=window_clerk, tells=petitioner)
        def split(
            case, other_content=text("另案内容", at_least=5, at_most=10_000, long=True),
            other_type=choice("另案类别", suggestion="建议意见", accusation="检举控告", request="申诉求决", query="咨询"),
            other_subject_org=unit("另案被反映单位", optional=True),
        ):  # fmt: skip
            case.open(
                "petition.register", channel=case.channel, content=other_content, type=other_type,
                received_on=case.received_on, subject_org=other_subject_org, petitioner_name=case.petitioner_name,
                petitioner_contact=case.petitioner_contact, address=case.address, address_unknown=case.address_unknown,
                at_letters_office=case.at_letters_office,
            )  # fmt: skip

    with regulation(28):

        @Act("申请回避", still_open >> same, by=(petitioner, caseworker, unit_head), via=window_clerk, tells=unit_head)
        def request_recusal(case, interested_persons=people("应回避的工作人员", at_least=1), relation=text("利害关系")):
            case.interested = (*case.interested, *interested_persons)

        @Act("指定承办人", (accepted, simple_handling, lawful_duty, suggestion_study) >> same, by=unit_head)
        def assign_caseworker(case, caseworker_):
            case.must(caseworker_ not in case.interested, "承办人与本事项有利害关系，须回避。", "E_RECUSAL")

        def steps_aside_if_interested(case):
            case.must(case.actor.person not in case.interested, "您与本事项有利害关系，须回避。", "E_RECUSAL")

    # 二、转送、交办与异议

    with regulation(22):

        def may_be_sent(case):
            case.must(case.to_org != case.subject_org, "不得转给被反映的单位。", "E_ACCUSED_TARGET")
            case.must(case.to_org != case.unit, "本单位已在办，无须转送。")
            case.sender = case.unit
            case.unit = case.to_org

        @Act("转送", registered >> routed, by=dispatcher, issues=(routing_letter, destination_notice))
        def route(case, to_org, reached_on, note=text("附言", optional=True)):
            case.may_be_sent()

        @Act("交办", registered >> routed, by=(dispatcher, unit_head), issues=(routing_letter, destination_notice))
        def assign(case, to_org, reached_on, feedback_due_on, reason):
            case.must(feedback_due_on > case.today, "反馈期限须在今天以后。")
            case.may_be_sent()

        @property
        def awaits_routing(self):
            return self.at_letters_office and not self.objected_by and not self.is_sealed

        routing = Deadline(
            "D2", "转送期限", days(15).since(received_on), runs_in=registered, when=awaits_routing,
            ladder=(on_day(5, 10).tell(dispatcher), overdue.tell(dispatcher), after(working_days(1)).tell(letters_head),
                    after(working_days(3)).tell(supervisor)),
        )  # fmt: skip

        feedback = Deadline(
            "D5", "交办反馈期限", until(feedback_due_on), starts=assign, ends="file_completion_report",
            ladder=(before(working_days(5), working_days(2)).tell(caseworker), overdue.tell(caseworker),
                    after(working_days(1)).tell(unit_head), after(working_days(3)).tell(sender_head),
                    after(working_days(5)).tell(supervisor)),  # 督办程序（directive）另立后由此转入
        )  # fmt: skip

        @Act("报送办结报告", anywhere >> same, by=caseworker, issues=completion_report)
        def file_completion_report(case, report=file("办结报告")):
            case.must(case.assign, "本事项不是交办事项。")

        @Act("调整反馈期限", still_open >> same, by=dispatcher, tells=caseworker)
        def move_feedback_date(case, feedback_due_on, reason):
            case.must(case.feedback, "交办反馈期限没有在计。")
            case.must(not case.move_feedback_date, "反馈期限只能调整一次。")

    with ours("异议成立退回后，留给转送单位重新转送的时间；不因退回而多于原期限与三个工作日中较长者"):

        @property
        def was_sent_back(self):
            return bool(self.objected_by) and not self.is_sealed

        rerouting = Deadline(
            "D2b", "退回后再转送期限", later_of(days(15).since(received_on), working_days(3)), runs_in=registered,
            when=was_sent_back,
            ladder=(before(working_days(1)).tell(dispatcher), overdue.tell(dispatcher),
                    after(working_days(1)).tell(letters_head), after(working_days(3)).tell(supervisor)),
        )  # fmt: skip

    with regulation(23):

        @Act("提出异议", routed >> routing_disputed, by=caseworker, tells=(dispatcher, sender_head))
        def object(
            case, objection=text("异议理由", at_least=20, at_most=2000), proposed_org=unit("建议单位", optional=True)
        ):
            case.must(case.unit not in case.objected_by, "同一单位不得再次提出异议。")
            case.objected_by = (*case.objected_by, case.unit)

        @Act("同意退回", routing_disputed >> registered, by=dispatcher, tells=petitioner)
        def uphold_objection(case, reason):
            case.unit = case.sender

        @Act("驳回异议", routing_disputed >> routed, by=dispatcher, tells=caseworker)
        def reject_objection(case, reason): ...

        objecting = Window(
            "D3", "异议期限", working_days(5).since(reached_on), runs_in=routed, closes=object,
            late_code="E_OBJECTION_LATE", ladder=on_working_day(3).tell(caseworker),
        )  # fmt: skip

    # 三、首次决定

    with regulation(23):

        def is_an_organ(case):
            case.must(
                case.level_of(case.unit) != "community", "社区可以登记、转送和协助调解，不能受理或者出具意见，请转送街道。",
                "E_NOT_ORGAN",
            )  # fmt: skip

        def is_taken_up(case):
            case.is_an_organ()
            case.steps_aside_if_interested()
            case.must(case.caseworker_ not in case.interested, "承办人与本事项有利害关系，须回避。", "E_RECUSAL")
            case.must(case.accepted_on >= case.received_on, "受理日不得早于收到日。", "E_DATE_ORDER")
            case.handling_organ, case.caseworker_ = case.unit, case.caseworker_ or case.actor.person

        @Act("受理", (registered, routed) >> accepted, by=caseworker, issues=acceptance_notice)
        def accept(case, route_, accepted_on, caseworker_):
            case.must(case.type_ in ("", "request"), "只有申诉求决事项按信访程序受理。")
            case.must(route_ in (0, 6), "只有第六类途径的事项适用信访程序。")
            case.is_taken_up()
            case.type_, case.route_ = "request", 6

        @Act("视为受理", (registered, routed) >> accepted, issues=acceptance_notice, tells=supervisor)
        def auto_deem_accepted(case):
            case.must(case.deemed_acceptance, "本地未启用视为受理。")
            case.must(case.type_ in ("", "request"), "只有申诉求决事项按信访程序受理。")
            case.must(case.route_ in (0, 6), "只有第六类途径的事项适用信访程序。")
            case.is_an_organ()
            case.deemed, case.accepted_on, case.handling_organ = True, case.today, case.unit
            case.type_, case.route_ = "request", 6

        @property
        def is_to_be_told(self):
            return not (self.address_unknown or self.at_letters_office or self.is_sealed)

        notice = Deadline(
            "D1", "告知期限", days(15).since(received_on), runs_in=registered, when=is_to_be_told,
            ladder=(on_day(8, 12).tell(caseworker), overdue.tell(caseworker, dispatcher), overdue.do(auto_deem_accepted),
                    after(working_days(1)).tell(unit_head), after(working_days(3)).tell(supervisor)),
        )  # fmt: skip

        sent_notice = Deadline(
            "D4", "受转告知期限", days(15).since(reached_on), runs_in=(routed, routing_disputed),
            ladder=(on_day(8, 12).tell(caseworker), overdue.tell(caseworker, dispatcher, sender_head),
                    overdue.do(auto_deem_accepted), after(working_days(1)).tell(unit_head),
                    after(working_days(3)).tell(supervisor)),
        )  # fmt: skip

    with simple_rules("4、5"):

        @Act("简易受理", (registered, routed) >> simple_handling, by=caseworker, issues=acceptance_notice)
        def accept_simple(
            case, accepted_on, caseworker_, notify_by=choice("告知方式", phone="电话", sms="短信", web="网络", paper="纸质", optional=True),
            criteria=choices("简易办理条件", clear="事实清楚", one_duty="责任明确", little_dispute="争议不大", first_time="初次信访"),
        ):  # fmt: skip
            case.must(len(criteria) == 4, "须同时符合简易办理的全部条件。")
            case.must(not case.assign, "上级交办的事项不适用简易办理。")
            case.must(not case.joint, "多人共同事项不适用简易办理。")
            case.must(case.type_ != "accusation", "检举控告不适用简易办理。")
            case.is_taken_up()

        simple_acceptance = Deadline(
            "D8a", "简易受理期限", working_days(3).since(received_on), runs_in=registered, when=simple_wanted,
            ladder=(on_working_day(2).tell(caseworker), overdue.tell(caseworker)),
        )  # fmt: skip

    with regulation("31(4)(5)"):

        @Act("依法履职", (registered, routed) >> lawful_duty, by=caseworker, issues=route_notice)
        def perform_duty(case, route_, legal_basis, law_due_on):
            case.is_an_organ()
            case.steps_aside_if_interested()
            case.must(route_ in (4, 5), "只有第四、五类途径由本单位依法履职。")
            case.handling_organ, case.caseworker_ = case.unit, case.actor.person

        other_law = Deadline(
            "D9", "其他法律规定的期限", until(law_due_on), runs_in=lawful_duty,
            ladder=(before(working_days(10), working_days(3)).tell(caseworker), overdue.tell(caseworker, unit_head),
                    after(working_days(1)).tell(supervisor), after(working_days(3)).tell(street_leader),
                    after(working_days(5)).issue(urging_letter), after(working_days(10)).tell(district_office)),
        )  # fmt: skip

    with regulation(30):

        @Act("研究建议", (registered, routed) >> suggestion_study, by=caseworker, tells=petitioner)
        def study(case):
            case.must(case.type_ == "suggestion", "只有建议意见才转入研究。")
            case.is_an_organ()
            case.handling_organ, case.caseworker_ = case.unit, case.actor.person

        @Act("移送检举控告", registered >> forwarded_sealed, by=sealed_handler, tells=petitioner)
        def forward_accusation(case, to_org):
            case.must(case.type_ == "accusation", "只有检举控告才移送。")
            case.must(to_org != case.subject_org, "不得移送给被反映的单位。", "E_ACCUSED_TARGET")

    with ours("检举控告自收到起十五日内移送；只提醒专办员，被反映单位无从得知"):
        forwarding = Deadline(
            "D1S", "检举控告移送期限", days(15).since(received_on), runs_in=registered, when="is_sealed",
            ladder=(on_day(8, 12).tell(sealed_handler), overdue.tell(sealed_handler)),
        )  # fmt: skip

    with regulation("19、36"):

        @Act(
            "不予受理",
            (registered, routed) >> not_accepted,
            by=in_turn(caseworker, unit_head),
            issues=refusal_notice,
            decides=True,
        )
        def refuse(
            case, ref_case, reason_=choice("不予受理理由", N1="下级机关正在办理同一事项", N2="终结后以同一事实和理由重提"),
            difference_check=text("有无新事实新理由的核对", at_least=5, at_most=2000),
            new_facts=yes_no("有新的事实或者理由"),
        ):  # fmt: skip
            case.must(ref_case, "须指明关联的事项。")
            case.must(reason_ != "N1" or not ref_case.is_closed, "关联事项已经办结，不能以正在办理为由不予受理。")
            case.must(reason_ != "N2" or ref_case.concluded, "关联事项没有程序终结。")
            case.must(not new_facts, "有新的事实或者理由的，应当受理。")
            case.is_an_organ()

    with regulation(31):

        @Act(
            "告知法定途径",
            (registered, routed, accepted) >> guided_out,
            by=caseworker,
            issues=route_notice,
            decides=True,
        )
        def guide_out(
            case, route_, legal_basis, body=text("受理机关、地址和所需材料", at_most=2000),
            time_warning=text("该途径的时限提示", at_most=2000, optional=True),
        ):  # fmt: skip
            case.must(1 <= route_ <= 5, "第六类途径不得引导出去。")
            case.must(time_warning, "须写明该途径的时限正在计算及其长短。", "E_NO_TIME_WARNING")
            case.is_an_organ()

    # 四、办理

    with regulation(34):

        @Act("申请延期", accepted >> same, by=caseworker, tells=unit_head)
        def request_extension(case, days_, reason):
            case.must(not case.redo_due_on, "责令重新办理的，不得延期。")

        @Act("批准延期", accepted >> same, by=unit_head, issues=extension_notice)
        def approve_extension(case):
            case.must(case.days_, "承办人尚未申请延期。")

        @Act("不批准延期", accepted >> same, by=unit_head, tells=caseworker)
        def deny_extension(case, reason):
            case.must(case.days_, "承办人尚未申请延期。")
            case.days_ = 0

        handling = Deadline(
            "D6", "办理期限", days(60).since(accepted_on), runs_in=(accepted, hearing), instead=until(redo_due_on),
            pause=paused_in(hearing, only_if=hearing_pauses_handling),
            extension=Extension(approve_extension, days(days_), asked_by=request_extension, at_most=days(30),
                                times=extension_once, at_most_code="E_EXT_MAX30"),
            ladder=(on_day(40, 50, 57).tell(caseworker), overdue.tell(caseworker, unit_head),
                    after(working_days(1)).tell(supervisor), after(working_days(3)).tell(street_leader),
                    after(working_days(5)).issue(urging_letter), after(working_days(10)).tell(district_office)),
        )  # fmt: skip

    with regulation(31):

        @Act("启动听证", accepted >> hearing, by=unit_head, issues=hearing_notice)
        def open_hearing(case, hearing_on, chair=person("主持人", of=hearing_chair)):
            case.must(chair not in {*case.caseworker, case.caseworker_}, "听证主持人不得是承办人。")
            case.must(
                (hearing_on - case.today).days >= case.hearing_notice_days, "听证须至少提前{n}日告知信访人。",
                n=case.hearing_notice_days,
            )  # fmt: skip

        @Act("听证结束", hearing >> accepted, by=hearing_chair)
        def close_hearing(case, closed_on, record): ...

    with regulation(33):

        @Act(
            "调解和解",
            (accepted, simple_handling, hearing) >> closed_settled,
            by=caseworker,
            issues=settlement_agreement,
        )
        def settle(
            case,
            agreement,
            implement_due_on,
            voluntary=yes_no("信访人签名确认出于自愿"),
            lawful=yes_no("不违反强制性规定"),
        ):
            case.must(voluntary, "须出于信访人自愿。")
            case.must(lawful, "不得违反法律的强制性规定。")
            case.rateable_on = case.today

    with regulation(32):

        def gives_an_opinion(case):
            case.steps_aside_if_interested()
            case.must(case.remedy_named, "意见书须载明向谁、何时申请复查。")
            case.must(
                case.outcome != "support" or case.implement_due_on or case.done_already,
                "支持诉求的，须定落实期限或者附已落实的证明。",
            )
            case.handled_as = case.outcome
            case.awaits_service()

        def awaits_service(case):
            case.served_on, case.proof, case.method, case.rated_offices = None, None, None, None

        @Act("出具处理意见", accepted >> replied, by=unit_head, issues=handling_opinion, decides=True)
        def reply(
            case, outcome, opinion, legal_basis, remedy_named, implement_due_on, talked=yes_no("已与信访人当面或者电话沟通"),
            done_already=file("已落实的证明", optional=True), new_grounds=yes_no("有新的事实或者理由"),
        ):  # fmt: skip
            case.must(outcome != "not_support" or talked, "不予支持的，须先与信访人沟通。")
            case.must(outcome != case.overturned or new_grounds, "重新办理不得以同一事实和理由作出同一处理意见。")
            case.gives_an_opinion()

        execution = Deadline(
            "D16", "支持事项落实期限", until(implement_due_on), starts=(reply, "reply_simple", settle), ends="record_execution",
            ladder=(before(working_days(10), working_days(3)).tell(caseworker), overdue.tell(caseworker),
                    after(working_days(1)).tell(unit_head),
                    after(working_days(5)).tell(supervisor)),  # 督办程序（directive）另立后由此转入
        )  # fmt: skip

        @Act("落实登记", anywhere >> same, by=(caseworker, unit_head), tells=petitioner)
        def record_execution(case, executed_on, execution_proof=file("落实的证明")):
            case.must(case.execution, "没有待落实的事项。")

        @Act("延长落实期限", anywhere >> same, by=unit_head, tells=petitioner)
        def postpone_execution(case, implement_due_on, reason):
            case.must(case.execution, "没有待落实的事项。")
            case.must(not case.postpone_execution, "落实期限只能延长一次。")
            case.must(implement_due_on, "须写明新的落实期限。")

    with simple_rules("时限"):

        @Act("简易答复", simple_handling >> replied, by=(caseworker, unit_head), issues=handling_opinion, decides=True)
        def reply_simple(case, outcome, opinion, legal_basis, remedy_named, implement_due_on, done_already):
            case.must(outcome != "not_support", "不予支持的，须转普通程序。", "E_SIMPLE_NOT_SUPPORT")
            case.gives_an_opinion()

        @Act("转普通程序", simple_handling >> accepted, by=(caseworker, unit_head), tells=petitioner)
        def convert_to_ordinary(case, reason):
            case.route_ = 6

        simple = Deadline(
            "D8", "简易办理期限", working_days(10).since(accepted_on), runs_in=simple_handling,
            ladder=(on_working_day(6, 8).tell(caseworker), overdue.tell(caseworker), overdue.do(convert_to_ordinary),
                    after(working_days(1)).tell(unit_head)),
        )  # fmt: skip

    with ours("建议意见的研究期限，参照信访事项办理期限"):

        @Act("延长研究期限", suggestion_study >> same, by=unit_head, tells=petitioner)
        def extend_study(case, days_, reason): ...

        studying = Deadline(
            "D10", "建议研究期限", days(60), runs_in=suggestion_study,
            extension=Extension(extend_study, days(days_), at_most=days(30), at_most_code="E_EXT_MAX30"),
            ladder=(on_day(40).tell(caseworker), overdue.tell(caseworker), after(working_days(5)).tell(unit_head)),
        )  # fmt: skip

    with regulation("30、31"):

        @Act("答复", (lawful_duty, suggestion_study) >> closed_answered, by=unit_head, tells=petitioner, decides=True)
        def answer(
            case, answer_file=file("书面答复"), lawful_remedy=text("该法律规定的救济途径", at_most=2000, optional=True)
        ):
            case.must(case.suggestion_study or lawful_remedy, "第四、五类途径的答复，须载明该法律规定的救济途径。")
            case.rateable_on = case.today

    with ours("信访人死亡或者组织终止而无人承继的，不作撤回处理"):

        @Act(
            "无人承继办结",
            (registered, routed, accepted, simple_handling) >> closed_answered,
            by=unit_head,
            decides=True,
        )
        def close_without_successor(case, reason, public_interest=yes_no("已核查不涉及公共利益")):
            case.must(public_interest, "须先核查是否涉及公共利益。")

    # 五、送达、评价与期满

    with ours("送达是复查期限的起点；没有凭证，期限不起算，案件不会自行办结"):

        @Act(
            "送达登记",
            (replied, review_replied, concluded) >> same,
            by=(window_clerk, caseworker),
            issues=service_record,
        )
        def record_service(case, served_on, method, proof):
            case.rateable_on = served_on if case.is_served else None

        @property
        def is_served(self):
            return bool(self.served_on) and bool(self.method != "post" or self.proof)

        @property
        def is_unserved(self):
            return not self.is_served

        service = Deadline(
            "D7", "送达期限", days(5), runs_in=(replied, review_replied, concluded), when=is_unserved,
            ladder=(on_day(3).tell(caseworker), overdue.tell(caseworker), after(working_days(3)).tell(unit_head),
                    on_day(15).tell(supervisor)),
        )  # fmt: skip

    with regulation(35):

        @Act("期满自动办结", (replied, review_replied) >> closed_no_review, tells=petitioner)
        def auto_close_window(case):
            case.after_review = bool(case.review_replied)

        review_window = Window(
            "D11", "申请复查期限", days(30).since(served_on), runs_in=replied, when=is_served,
            ladder=(before(days(5)).tell(petitioner), overdue.do(auto_close_window)),
        )  # fmt: skip

    with regulation(36):
        reexam_window = Window(
            "D13", "申请复核期限", days(30).since(served_on), runs_in=review_replied, when=is_served,
            ladder=(before(days(5)).tell(petitioner), overdue.do(auto_close_window)),
        )  # fmt: skip

    with rating_rules("1、2、3"):

        @Act(
            "评价", (replied, review_replied, closed_no_review, closed_settled, closed_answered, concluded) >> same,
            by=petitioner, via=window_clerk,
        )  # fmt: skip
        def rate(
            case, rating=choice("评价", satisfied="满意", basic="基本满意", not_="不满意"),
            rated_office=choice("评价对象", handling="办理机关", letters_office="信访部门", optional=True),
            comment=text("意见", at_most=2000, optional=True),
        ):  # fmt: skip
            case.must(case.rating_window, "评价期没有开始或者已经结束。")
            case.must((rated_office or "handling") not in case.rated_offices, "对同一机关的同一答复只评价一次。")
            case.rated_offices = (*case.rated_offices, rated_office or "handling")

        @property
        def may_be_rated(self):
            return len(self.rated_offices) < 2

        rating_window = Window(
            "D15", "评价期限", days(30).since(rateable_on), when=may_be_rated, closes=rate, ladder=on_day(7).tell(petitioner),
        )  # fmt: skip

    # 六、复查

    with regulation(35):

        @Act(
            "申请复查",
            (replied, closed_no_review) >> under_review,
            by=petitioner,
            via=window_clerk,
            tells=(reviewer, unit_head),
        )
        def request_review(case, grounds, late_reason):
            case.must(not case.after_review, "已经复查的，应当申请复核。")
            case.asked_late = bool(case.closed_no_review) or case.review_window.is_over
            case.must(not case.asked_late or late_reason, "逾期申请须说明理由，由复查机关决定。")

        @Act("不予复查", under_review >> closed_no_review, by=reviewer, issues=refusal_notice, decides=True)
        def refuse_review(case, reason):
            case.must(case.asked_late, "只有逾期且无正当理由的，才可不予复查。")

        @Act("复查答复", under_review >> review_replied, by=reviewer, issues=review_opinion, decides=True)
        def review_reply(case, opinion, outcome_=choice("复查复核结论", uphold="维持", change="变更")):
            case.awaits_service()

        review = Deadline(
            "D12", "复查期限", days(30), runs_in=under_review,
            ladder=(on_day(20, 27).tell(reviewer), overdue.tell(reviewer), after(working_days(1)).tell(review_head),
                    after(working_days(3)).tell(city_office)),
        )  # fmt: skip

    with regulation("35、36"):

        @Act(
            "责令重新办理",
            (under_review, under_reexam) >> accepted,
            by=(reviewer, reexaminer),
            tells=(unit_head, petitioner),
            decides=True,
        )
        def order_rehandle(case, redo_due_on):
            case.must(
                case.actor.role == ("reviewer" if case.under_review else "reexaminer"),
                "须由正在复查或者复核的机关责令。",
            )
            case.must(redo_due_on > case.today, "重办期限须在今天以后。")
            case.must((redo_due_on - case.today).days <= 60, "重办期限不得超过60日。")
            case.overturned, case.implement_due_on = case.handled_as, None

    # 七、复核

    with regulation(36):

        @Act(
            "申请复核",
            (review_replied, closed_no_review) >> under_reexam,
            by=petitioner,
            via=window_clerk,
            tells=(reexaminer, reviewer),
        )
        def request_reexam(case, grounds, late_reason):
            case.must(case.review_reply, "未经复查，不能申请复核。")
            case.must(case.review_replied or case.after_review, "未经复查答复，不能申请复核。")
            case.asked_late = bool(case.closed_no_review) or case.reexam_window.is_over
            case.must(not case.asked_late or late_reason, "逾期申请须说明理由，由复核机关决定。")

        @Act("复核听证", under_reexam >> reexam_hearing, by=reexaminer, issues=hearing_notice)
        def open_reexam_hearing(case, hearing_on): ...

        @Act("复核听证结束", reexam_hearing >> under_reexam, by=hearing_chair)
        def close_reexam_hearing(case, closed_on, record): ...

        @Act("复核答复", under_reexam >> concluded, by=reexaminer, issues=reexam_opinion, decides=True)
        def reexam_reply(case, outcome_, opinion):
            case.awaits_service()

        reexam = Deadline(
            "D14", "复核期限", days(30), runs_in=(under_reexam, reexam_hearing), pause=paused_in(reexam_hearing, whole_days=True),
            ladder=(on_day(20, 27).tell(reexaminer), overdue.tell(reexaminer), after(working_days(1)).tell(reexam_head),
                    after(working_days(3)).tell(city_office)),
        )  # fmt: skip

    # 八、并案与撤回

    with ours("同一事项重复提出的并案办理；后来者保有自己的查询码，随时可以要求分开"):

        @Act("并案", (registered, routed, accepted) >> merged, by=(dispatcher, caseworker), tells=petitioner)
        def merge(case, into_case, same_matter_reason=text("同一事项的说明", at_least=5, at_most=2000)):
            case.must(into_case, "未找到要并入的事项。")
            case.must(into_case.no != case.no, "不能并入自己。")
            case.must(not into_case.is_closed, "要并入的事项已经办结。")
            case.must(not into_case.merged, "要并入的事项自己已经并案。")

        @Act("转告并案答复", merged >> same, tells=petitioner)
        def pass_on_reply(case):
            case.must(not case.passed_on, "已经转告。")
            case.must(case.into_case.handled_as or case.into_case.closed_answered, "并入的事项尚未答复。")
            case.passed_on = True

        @Act("撤销并案", merged >> back, by=(supervisor, petitioner), via=window_clerk, tells=petitioner)
        def unmerge(case, reason):
            case.passed_on = False

    with ours("条例没有规定撤回；一般做法是自愿，并由承办人以外的人回访核实"):

        @Act(
            "撤回",
            (registered, routed, routing_disputed, accepted, simple_handling, lawful_duty, suggestion_study, hearing,
             under_review, under_reexam) >> either(withdrawn, same),
            by=in_turn(petitioner, supervisor), via=window_clerk,
        )  # fmt: skip
        def withdraw(
            case, statement=file("撤回声明"), leaves_alone=yes_no("只撤回本人的联名"), *,
            callback_on=day("回访日", of_act=True), free_will=yes_no("回访确认出于自愿", optional=False),
        ):  # fmt: skip
            case.must(not leaves_alone or case.co_signers_count >= 2, "本事项没有联名人，不能只撤回本人的联名。")
            case.must(
                case.actor.person not in {*case.caseworker, case.caseworker_},
                "撤回须由承办人以外的人回访核实。",
                "Apart",
            )
            if not free_will:
                case.tell("auditor", "unit_head")
                return same
            if leaves_alone:
                case.co_signers_count -= 1
                return same
            return case.withdrawn

    # 九、对机关的度量

    timely_notice = Measure("按期告知率", of=notice, among=register, about="office")
    timely_completion = Measure("按期办结率", of=handling, among=accept, about="office")
    extension_share = Measure("延期率", of=approve_extension, among=accept, about="office")
    deemed_acceptances = Measure("视为受理件数", of=auto_deem_accepted, among=register, about="office")
    reversal_rate = Measure("复查改变率", of=order_rehandle, among=review_reply, about="office")
    execution_rate = Measure("支持事项落实率", of=execution, among=reply, about="office")
    wrong_routing = Measure("转送错误率", of=uphold_objection, among=route, about="office")

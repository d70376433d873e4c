"""Every state in a sentence for residents: what it means, and what comes next."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from workflow.words.where import State


@dataclass(frozen=True)
class Plain:
    headline: LazyString | str
    text: LazyString | str = ""


PLAIN: dict[str, Plain] = {
    "petition.registered": Plain(_("已经收到，正在决定由谁办"), _("15日内告诉您是否受理、由谁办。")),
    "petition.routed": Plain(_("已经转给负责的单位，等它答复是否受理"), _("负责的单位收到后15日内告诉您。")),
    "petition.routing_disputed": Plain(_("两个单位对由谁办有不同意见，正在协调"), _("时间照常计算，不会因此拖长。")),
    "petition.accepted": Plain(_("正在办理，还没有答复"), _("正在查清事实、写处理意见书。")),
    "petition.simple_handling": Plain(_("正在按简易程序办理"), _("事情清楚，争议不大，10个工作日内答复。")),
    "petition.lawful_duty": Plain(_("正在按有关法律的程序办理"), _("办完后书面答复您。")),
    "petition.suggestion_study": Plain(_("您的建议正在研究"), _("研究后告诉您是否采纳和理由。")),
    "petition.hearing": Plain(_("正在听证"), _("听证结束后继续办理并书面答复。")),
    "petition.replied": Plain(_("已经答复"), _("不满意的，收到之日起30日内可以申请复查。")),
    "petition.under_review": Plain(_("正在复查"), _("上一级机关在复查，30日内答复。")),
    "petition.review_replied": Plain(_("复查已经答复"), _("仍不满意的，收到之日起30日内可以申请复核。")),
    "petition.under_reexam": Plain(_("正在复核"), _("再上一级机关在复核，30日内答复。")),
    "petition.reexam_hearing": Plain(_("复核正在听证"), _("听证的时间不计入期限。")),
    "petition.closed_no_review": Plain(
        _("已经办结"), _("期限内没有申请复查或者复核。有正当理由的，还可以说明理由再申请。")
    ),
    "petition.closed_settled": Plain(_("已经和解，办结"), _("双方签了协议。协议没有落实的，请告诉我们。")),
    "petition.closed_answered": Plain(_("已经答复，办结"), _("答复里写明了还可以走的途径。")),
    "petition.concluded": Plain(_("复核已经答复，信访程序到此为止"), _("我们仍会帮您了解别的办法。")),
    "petition.guided_out": Plain(_("这件事要走别的法定途径"), _("告知书写明了找哪个机关、带什么材料、多少天内去。")),
    "petition.forwarded_sealed": Plain(_("已经移送有权处理的机关"), _("为了保护您，这里不显示内容。")),
    "petition.not_accepted": Plain(_("不予受理"), _("告知书写明了理由，以及有新情况时怎么办。")),
    "petition.merged": Plain(_("已经并入另一件同样的事一起办"), _("答复也会送给您。")),
    "petition.withdrawn": Plain(_("您已经撤回"), _("以后仍可以再提。")),
    "mediation.registered": Plain(_("已经登记，还没有问对方"), _("一个工作日内审查，能调解的就征询各方意愿。")),
    "mediation.asking_consent": Plain(_("正在征询各方是否愿意调解"), _("全凭自愿，不收费；到期没答复的，视为不愿意。")),
    "mediation.accepted": Plain(_("各方都愿意，已经受理"), _("就要定下调解员。对调解员有意见的可以申请回避。")),
    "mediation.in_mediation": Plain(_("正在调解"), _("一般一个月内有结果。您随时可以终止，不用说明理由。")),
    "mediation.recusal_pending": Plain(_("正在决定调解员是否回避"), _("两个工作日内决定，其间不开调解会。")),
    "mediation.referred_up": Plain(_("本级没有调成，等各方再次同意"), _("各方都同意，才由上一级继续调解。")),
    "mediation.at_court_link": Plain(_("已经转给法院诉前调解"), _("由法院办理，时间由法院安排。")),
    "mediation.awaiting_signature": Plain(_("协议书已经拟好，等各方签名"), _("没有签齐的协议书没有效力。")),
    "mediation.effective": Plain(_("协议已经生效"), _("各方应当履行。30日内可以共同申请司法确认。")),
    "mediation.confirmation_filed": Plain(_("已经共同申请司法确认"), _("等法院裁定。")),
    "mediation.performing": Plain(_("正在履行协议"), _("没有履行的会催促，仍可以就协议起诉。")),
    "mediation.closed_fulfilled": Plain(_("协议已经履行完毕"), _("又有反复的，请告诉我们。")),
    "mediation.closed_unperformed": Plain(_("协议没有履行，已经结案"), _("提示书写明了怎样起诉或者申请执行。")),
    "mediation.terminated": Plain(_("调解已经终止"), _("通知书写明了还可以走的途径。日后都愿意，可以再申请。")),
    "mediation.not_accepted": Plain(_("没有受理"), _("告知书写明了理由和可以走的途径。")),
}


def of(procedure: str, state: State) -> Plain:
    """A state nobody has put into plain words speaks by its label."""
    return PLAIN.get(f"{procedure}.{state.id}", Plain(state.label))

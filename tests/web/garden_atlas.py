"""The states and acts of the petition as a drawing sees them, enough to look at the picture."""

from web.views.atlas import Atlas, Move, State, Term

STATES = (
    ("registered", "已登记", "start"), ("routed", "已转送/交办", ""), ("routing_disputed", "异议待核", ""),
    ("accepted", "已受理办理中", ""), ("simple_handling", "简易办理中", ""), ("lawful_duty", "依法履职中", ""),
    ("suggestion_study", "建议研究中", ""), ("hearing", "听证中", ""), ("replied", "已答复", ""),
    ("under_review", "复查中", ""), ("review_replied", "复查已答复", ""), ("under_reexam", "复核中", ""),
    ("reexam_hearing", "复核听证中", ""), ("closed_no_review", "期满办结", "final"),
    ("closed_settled", "调解和解办结", "final"), ("closed_answered", "答复办结", "final"),
    ("concluded", "程序终结", "final"), ("guided_out", "已引导法定途径", "final"),
    ("forwarded_sealed", "检举控告已移送", "final"), ("not_accepted", "不予受理", "final"), ("merged", "已并案", ""),
    ("withdrawn", "已撤回", "final"),
)  # fmt: skip

MOVES = (
    ("register", "登记", "", "registered"), ("route", "转送", "registered", "routed"),
    ("object", "提出异议", "routed", "routing_disputed"), ("uphold_objection", "同意退回", "routing_disputed", "registered"),
    ("reject_objection", "驳回异议", "routing_disputed", "routed"), ("accept", "受理", "registered routed", "accepted"),
    ("accept_simple", "简易受理", "registered routed", "simple_handling"),
    ("convert_to_ordinary", "转普通程序", "simple_handling", "accepted"),
    ("perform_duty", "依法履职", "registered routed", "lawful_duty"), ("study", "研究建议", "registered routed", "suggestion_study"),
    ("guide_out", "告知法定途径", "registered routed accepted", "guided_out"),
    ("forward_accusation", "移送检举控告", "registered", "forwarded_sealed"), ("refuse", "不予受理", "registered routed", "not_accepted"),
    ("open_hearing", "启动听证", "accepted", "hearing"), ("close_hearing", "听证结束", "hearing", "accepted"),
    ("settle", "调解和解", "accepted simple_handling hearing", "closed_settled"), ("reply", "出具处理意见", "accepted", "replied"),
    ("reply_simple", "简易答复", "simple_handling", "replied"), ("answer", "答复", "lawful_duty suggestion_study", "closed_answered"),
    ("request_review", "申请复查", "replied closed_no_review", "under_review"), ("refuse_review", "不予复查", "under_review", "closed_no_review"),
    ("review_reply", "复查答复", "under_review", "review_replied"), ("order_rehandle", "责令重新办理", "under_review under_reexam", "accepted"),
    ("request_reexam", "申请复核", "review_replied", "under_reexam"), ("open_reexam_hearing", "复核听证", "under_reexam", "reexam_hearing"),
    ("close_reexam_hearing", "复核听证结束", "reexam_hearing", "under_reexam"), ("reexam_reply", "复核答复", "under_reexam", "concluded"),
    ("merge", "并案", "registered routed accepted", "merged"), ("unmerge", "撤销并案", "merged", "registered"),
    ("withdraw", "撤回", "registered routed routing_disputed accepted simple_handling lawful_duty hearing", "withdrawn"),
    ("auto_close_window", "期满自动办结", "replied review_replied", "closed_no_review"),
)  # fmt: skip

ATLAS = Atlas(
    "petition",
    "信访事项",
    tuple(State(*each) for each in STATES),
    tuple(
        Move(id, label, tuple(a.split()), (b,), ("承办人",), "《信访工作条例》第31条", (), ("受理告知书",))
        for id, label, a, b in MOVES
    ),
    (Term("handling", "办理期限", "机关的期限", "60日", "《信访工作条例》第34条", ("accepted", "hearing")),),
)

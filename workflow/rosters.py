"""Rosters that no procedure owns: who is a member where, what is known of each Party organisation, who may not be
proposed for an award.

They are registers: dated entries, the last one in force is the card. Acts write them, or they are loaded from outside.
"""

from workflow.fields import choice, day, number, person, text, unit, yes_no
from workflow.words.outside import Register

members = Register(
    "党员名册",
    id="members",
    branch=unit("所在支部"),
    standing=choice("身份", full="正式党员", probationary="预备党员"),
    restricted=yes_no("留党察看，权利尚未恢复"),
    joined_on=day("入党日"),
)
organisations = Register(
    "党组织名册",
    id="organisations",
    parent=unit("上级党组织"),
    street=unit("所属街道"),
    secretary=person("书记"),
    founded_on=day("成立日"),
    has_committee=yes_no("设支委会"),
    approves=yes_no("有预备党员审批权"),
    enterprise=yes_no("企业支部"),
    employees=number("非党员职工数"),
    households=number("辖区户数"),
)
award_bars = Register(
    "评优限制", id="award_bars", branch=unit("定为差的支部"), year=number("定级年度"), reason=text("事由")
)

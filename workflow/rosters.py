"""Rosters that no procedure owns: who is a member where, and what is known of each Party organisation.

Both are registers: dated entries, the last one in force is the card. Acts write them, or they are loaded from outside.
"""

from workflow.fields import choice, day, number, unit, yes_no
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
    founded_on=day("成立日"),
    has_committee=yes_no("设支委会"),
    approves=yes_no("有预备党员审批权"),
    enterprise=yes_no("企业支部"),
    households=number("辖区户数"),
)

"""The units of the town, what its Party branches are like, and who lives there."""

from __future__ import annotations

from workflow.snapshot import Level

LEVELS = ("city", "district", "street", "community", "branch")
Staff = dict[str, tuple[tuple[str, str, str], ...]]
"""By unit: name, login, roles. The login is the name in letters, the roles those of the procedures."""

# code, name, level, code of the unit above, telephone
UNITS: tuple[tuple[str, str, Level, str, str], ...] = (
    ("YZ", "云州市", "city", "", "0000-555 1001"),
    ("QQ", "青桥区", "district", "YZ", "0000-555 1200"),
    ("LA", "柳岸街道", "street", "QQ", "0000-555 1180"),
    ("SQ", "石桥街道", "street", "QQ", "0000-555 1280"),
    ("BH", "滨河街道", "street", "QQ", "0000-555 1380"),
    ("LALA", "柳岸社区", "community", "LA", "0000-555 1181"),
    ("LAGH", "桂花巷社区", "community", "LA", "0000-555 1182"),
    ("LABT", "北塘社区", "community", "LA", "0000-555 1183"),
    ("SQDC", "东仓社区", "community", "SQ", "0000-555 1281"),
    ("SQWT", "梧桐里社区", "community", "SQ", "0000-555 1282"),
    ("SQXD", "新渡社区", "community", "SQ", "0000-555 1283"),
    ("BHYT", "雁滩社区", "community", "BH", "0000-555 1381"),
    ("BHLH", "芦花社区", "community", "BH", "0000-555 1382"),
    ("LALA1", "柳岸社区第一党支部", "branch", "LALA", ""),
    ("LALA2", "柳岸社区第二党支部", "branch", "LALA", ""),
    ("LAGH1", "桂花巷社区第一党支部", "branch", "LAGH", ""),
    ("LAGH2", "桂花巷社区第二党支部", "branch", "LAGH", ""),
    ("LABT1", "北塘社区党支部", "branch", "LABT", ""),
    ("LABT2", "北塘织造厂党支部", "branch", "LABT", ""),
    ("SQDC1", "东仓社区党支部", "branch", "SQDC", ""),
    ("SQWT1", "梧桐里社区党支部", "branch", "SQWT", ""),
    ("SQXD1", "新渡社区党支部", "branch", "SQXD", ""),
    ("SQXD2", "新渡物流园党支部", "branch", "SQXD", ""),
    ("BHYT1", "雁滩社区党支部", "branch", "BHYT", ""),
    ("BHLH1", "芦花社区党支部", "branch", "BHLH", ""),
    ("BHLH2", "芦花船厂党支部", "branch", "BHLH", ""),
)
# Code of the branch, its full members, whether it has a committee, households of its area.
BRANCHES = (
    ("LALA1", 16, True, 820), ("LALA2", 7, True, 610), ("LAGH1", 23, True, 940), ("LAGH2", 5, False, 380),
    ("LABT1", 15, True, 760), ("LABT2", 9, True, 0), ("SQDC1", 12, True, 690), ("SQWT1", 31, True, 1020),
    ("SQXD1", 3, False, 240), ("SQXD2", 3, False, 0), ("BHYT1", 6, True, 320), ("BHLH1", 4, False, 280),
    ("BHLH2", 3, False, 0),
)  # fmt: skip
# Branches younger than the others: founded so many days before the town is built.
YOUNG = {"SQXD2": 120}
# Residents without a post, whom cases are about.
RESIDENTS: tuple[str, ...] = (
    "林知夏", "沈星河", "顾念安", "江辞雪", "陆清秋", "许慕言", "宋晚舟", "叶疏桐",
    "苏陌白", "程以安", "温庭月", "简繁星", "裴明澈", "傅南乔", "谢长宁", "秦若水",
    "乔安然", "向晚晴", "钟意深", "孟浮生", "季青临", "莫听雨", "严寒松", "卫长风",
    "尹清和", "闻书遥", "易安澜", "岑望舒", "褚晏清", "凌霜序",
    "祝长庚", "沐云笺", "霍识微",
)  # fmt: skip

"""支部分类定级的评分表、权重、等次线和五星。"""

from decimal import Decimal
from fractions import Fraction
from typing import Any

VERSION = "七类百分制"
SHEET = {
    "leader": ("班子和带头人", 15),
    "ideas": ("工作思路", 10),
    "systems": ("制度建设", 15),
    "premises": ("活动阵地", 10),
    "safeguards": ("保障机制", 10),
    "results": ("工作业绩", 20),
    "masses": ("服务群众", 20),
}
INDICATORS: dict[str, Any] = {name: words for name, (words, _) in SHEET.items()}
EVIDENCED, EXPLAINED, WEAK = Decimal("0.8"), Decimal("0.2"), Decimal("0.6")  # of an indicator's full mark

# Working days of each stage, and how long a self-assessment may be late before others go on without it.
SELF, SELF_AGAIN, GRACE, APPRAISAL, REVIEW, VERDICT = 15, 5, 10, 15, 10, 15
TO_THE_VERDICT = SELF + APPRAISAL + REVIEW + VERDICT
MONTHS_TO_RECTIFY = {"poor": 6, "average": 3}

WEIGHTS = {
    "self": Decimal("0.10"),
    "members": Decimal("0.20"),
    "residents": Decimal("0.20"),
    "community": Decimal("0.20"),
    "street": Decimal("0.30"),
}


def weights_without(*absent: str) -> dict[str, Decimal]:
    """Where the forms of members or residents are too few, their weight goes to the community."""
    moved = sum((WEIGHTS[who] for who in absent), Decimal(0))
    kept = {who: weight for who, weight in WEIGHTS.items() if who not in absent}
    return kept | {"community": WEIGHTS["community"] + moved}


RATERS: dict[str, Any] = {"members": "党员", "residents": "群众"}
QUORUMS = {"two_thirds": Fraction(2, 3), "four_fifths": Fraction(4, 5)}  # of the members able to take part
ANSWERS = {"satisfied": "满意", "basic": "基本满意", "unsatisfied": "不满意", "unknown": "不了解"}
WORTH = {"satisfied": 100, "basic": 80, "unsatisfied": 30}
# Of employees at least so many forms and so many in a hundred; of households; and forms that say something.
LEAST_OF_EMPLOYEES, PERCENT_OF_EMPLOYEES, PERCENT_OF_HOUSEHOLDS, LEAST_COUNTED = 10, 30, 5, 10
MISSED_MEETINGS, ON_TIME, INFLATED = 3, 60, 15

GRADES = ("poor", "average", "fairly_good", "good")
WITHIN_A_STEP = {grade: GRADES[max(at - 1, 0) : at + 2] for at, grade in enumerate(GRADES)}
GRADE_WORDS: dict[str, Any] = {"good": "好", "fairly_good": "较好", "average": "一般", "poor": "差"}
BANDS = (("good", 90), ("fairly_good", 80), ("average", 60), ("poor", 0))

VETOES: dict[str, Any] = {"falsified": "发展党员弄虚作假", "disciplined": "书记年内受党纪处分", "refused": "拒绝参评"}
STARS: dict[str, Any] = {
    "party": "支部过硬星",
    "industry": "产业兴旺星",
    "ecology": "生态宜居星",
    "order": "平安法治星",
    "culture": "文明幸福星",
}
STAR_LINE = 85

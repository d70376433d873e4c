"""Two years of branch ratings in two streets, the first in a third: the last ones ended, this year's in every state."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from models.plots.telling import Ahead, Plot, Turn, turn

LAST_YEAR, THIS_YEAR = -460, {"LA": -60, "SQ": -12, "BH": -62}
FIRST_TIME, PLACED = "BH", {"LA": -5, "BH": -40}
SHEET = ("leader", "ideas", "systems", "premises", "safeguards", "results", "masses")
# A long holiday moves days to the working day before it. The turns of one branch keep their order; places come ten
# days or more after the last marks, which no holiday lasts.
# Marks an indicator, as the branch, the community and the street give them.
STRONG = (14, 9, 14, 9, 9, 18, 19)
SOUND = (12, 8, 12, 8, 8, 16, 16)
FAIR = (11, 7, 11, 7, 7, 14, 14)
POOR = (9, 5, 8, 5, 6, 11, 11)
WEAK = (("leader", "书记不在村社办公"), ("ideas", "全年没有工作计划"), ("systems", "会议台账不全"),
        ("premises", "活动室被占用"), ("results", "承诺事项没有兑现"), ("masses", "走访没有记录"))  # fmt: skip


def marks(numbers: Sequence[int]) -> dict[str, int]:
    return dict(zip(SHEET, numbers, strict=True))


def assessed(day: int, own: Sequence[int]) -> Turn:
    shown = [{"indicator": name, "what": "台账和照片"} for name in SHEET]
    return turn(
        day, "branch_secretary", "submit_self", self_scores=marks(own), minutes="支部党员大会记录", evidence=shown
    )


def appraised(day: int, members: int, residents: dict[str, Any]) -> tuple[Turn, ...]:
    """Codes are given out, forms come in, the appraisal is closed."""
    return (
        turn(day, "party_worker", "issue_codes", copies=sum(residents.values()) + 4),
        turn(day + 1, "member", "member_forms", satisfied=members),
        turn(day + 1, "resident", "resident_forms", **residents),
        turn(day + 2, "party_worker", "close_appraisal"),
        turn(day + 2, "party_worker", "record_year_facts", missed_meetings=0, on_time_rate=92, ledger="组织生活台账"),
    )


def scored(day: int, given: Sequence[int]) -> tuple[Turn, ...]:
    reasons = [{"indicator": name, "why": "实地查看与台账不符"} for name in SHEET] if given is POOR else []
    seen: dict[str, Any] = {"community_scores": marks(given), "site_visit_on": Ahead(day - 10), "differences": reasons}
    return (
        turn(day, "community_committee", "submit_community", **seen),
        turn(day + 2, "party_committee", "score", street_scores=marks(given)),
    )


def verdict(day: int, grade: str) -> Turn:
    return turn(day, "party_committee", "decide_verdict", grade=grade, verdict_minutes="党工委会议纪要")


def graded(
    day: int, members: int, given: tuple[Sequence[int], Sequence[int]], grade: str, happy: int = 52, of: int = 54
) -> tuple[Turn, ...]:
    """From the self-assessment on that day to the verdict ten days later; `given` by the branch and by the others."""
    own, others = given
    forms = appraised(day + 1, members, {"satisfied": happy, "unsatisfied": of - happy})
    return (assessed(day, own), *forms, *scored(day + 6, others), verdict(day + 10, grade))


def planned(day: int, committee: str, *, due: int) -> tuple[Turn, ...]:
    """A plan for every weak indicator, approved the day after."""
    items: list[dict[str, Any]] = [
        {"indicator": name, "problem": problem, "measure": "逐项整改到位", "owner": "支部书记", "due_on": Ahead(due)}
        for name, problem in WEAK
    ]
    return (turn(day, "branch_secretary", "submit_plan", items=items), turn(day + 1, committee, "approve_plan"))


def closed(day: int) -> tuple[Turn, ...]:
    return tuple(
        turn(day, "community_committee", "close_item", item=number, proof="整改佐证")
        for number in range(1, len(WEAK) + 1)
    )


def asked_for_recheck(day: int) -> tuple[Turn, ...]:
    return (*closed(day - 1), turn(day, "branch_secretary", "apply_recheck", report="整改报告"))


def failed(day: int, committee: str) -> Turn:
    return turn(day, committee, "fail_recheck", reason="多数事项没有完成", recheck_scores=marks(POOR))


def talked(day: int) -> Turn:
    return turn(day, "party_committee", "record_talk", talk_minutes="约谈记录", talked_name="支部书记")


def ended_last_year() -> Iterator[tuple[str, tuple[Turn, ...]]]:
    """By branch; what began on the first day has long been confirmed."""
    day, street = LAST_YEAR + 2, "party_committee"
    for code, members in (("LALA2", 7), ("LAGH1", 23), ("LABT1", 15), ("LABT2", 9)):
        yield code, graded(day, members, (SOUND, SOUND), "fairly_good")
    yield "LAGH2", (turn(day, street, "exempt", ground="merging", reason="拟与第一党支部合并"),)
    again = turn(day + 80, street, "second_round", rectify_until=Ahead(day + 130))
    yield "LALA1", (
        *graded(day, 16, (SOUND, FAIR), "average", happy=46), *planned(day + 40, "community_committee", due=day + 80),
        *asked_for_recheck(day + 60), failed(day + 70, "community_committee"), again,
        *asked_for_recheck(day + 100), failed(day + 110, "community_committee"), turn(day + 120, street, "carry_over"),
    )  # fmt: skip
    yield "SQDC1", (*graded(day, 12, (STRONG, STRONG), "good")[:-1], verdict(day + 34, "good"))
    yield "SQWT1", (
        *graded(day, 31, (SOUND, POOR), "poor", happy=20), talked(day + 40), *planned(day + 40, street, due=day + 90),
        *asked_for_recheck(day + 60),
        turn(day + 70, street, "pass_recheck", recheck_scores=marks(FAIR), recheck_satisfaction="82"),
    )  # fmt: skip
    yield "SQXD1", (
        *graded(day, 3, (SOUND, POOR), "poor", happy=20), talked(day + 40), *planned(day + 40, street, due=day + 90),
        *asked_for_recheck(day + 60), failed(day + 70, street),
    )  # fmt: skip


def under_way() -> Iterator[tuple[str, tuple[Turn, ...]]]:
    community = "community_committee"
    day = THIS_YEAR["LA"] + 1
    yield "LALA1", (assessed(day, SOUND), *appraised(day + 1, 16, {"satisfied": 43}), *scored(day + 30, STRONG))
    yield "LALA2", (
        *graded(day, 7, (SOUND, FAIR), "average", happy=46), *planned(day + 40, community, due=20), *closed(-4)[:3],
    )  # fmt: skip
    yield "LAGH1", graded(-31, 23, (SOUND, POOR), "poor", happy=24)
    objection = {"objector": "一名居民", "reach": "13800002468", "objection": "公示的等次与平时走访的情况不符"}
    yield "LAGH2", (
        *graded(-25, 5, (SOUND, FAIR), "average", happy=46)[:-1], verdict(-6, "average"),
        turn(-2, "resident", "raise_objection", "party_worker", **objection),
    )  # fmt: skip
    yield "LABT1", (*graded(-24, 15, (SOUND, SOUND), "fairly_good")[:-1], verdict(-3, "fairly_good"))
    yield "LABT2", (
        *graded(day, 9, (SOUND, FAIR), "average", happy=46), *planned(day + 40, community, due=10),
        *asked_for_recheck(-12),
    )  # fmt: skip
    yield "SQWT1", (assessed(-9, SOUND), turn(-8, "party_worker", "issue_codes", copies=60))
    yield "SQXD1", (assessed(-10, FAIR), *appraised(-8, 3, {"satisfied": 22, "basic": 3}))


def all_confirmed() -> Iterator[tuple[str, tuple[Turn, ...]]]:
    """Of a street whose round has nothing left to do but its report."""
    day = THIS_YEAR["BH"] + 2
    good = graded(day, 6, (STRONG, STRONG), "good", happy=20, of=20)
    yield "BHYT1", (*good[:-1], verdict(PLACED["BH"] + 11, "good"))
    for code, members in (("BHLH1", 4), ("BHLH2", 3)):
        yield code, graded(day, members, (SOUND, SOUND), "fairly_good", happy=20, of=20)


def rounds() -> Iterator[Plot]:
    for street, day in THIS_YEAR.items():
        if street != FIRST_TIME:
            before = (launched(LAST_YEAR), places_fixed(LAST_YEAR + 22), reported(LAST_YEAR + 70))
            yield Plot(f"round {street} before", street, before, "rating_round")
        placed = (places_fixed(PLACED[street]),) if street in PLACED else ()
        yield Plot(f"round {street}", street, (launched(day), *placed), "rating_round")


def launched(day: int) -> Turn:
    return turn(day, "party_committee", "launch")


def places_fixed(day: int) -> Turn:
    return turn(day, "party_committee", "fix_places", minutes="党工委会议纪要")


def reported(day: int) -> Turn:
    return turn(day, "party_committee", "report_up")


def ratings() -> Iterator[Plot]:
    """The rounds, and what became of the branches they opened a rating for."""
    yield from rounds()
    for code, turns in ended_last_year():
        yield Plot(f"{code} before", code, turns, "branch_rating", opened_by=f"round {code[:2]} before")
    for code, turns in (*under_way(), *all_confirmed()):
        yield Plot(f"{code} rated", code, turns, "branch_rating", opened_by=f"round {code[:2]}")

"""Party members in the making: one path from the application to the archive, left off where each case stands today."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from models.plots.telling import Ahead, Held, Named, Plot, Turn, turn
from models.town import BRANCHES, RESIDENTS, STAFF
from workflow.identity import check_sign

UNITS = ("LALA1", "LAGH1", "LABT1", "SQDC1", "SQWT1", "LALA2", "LABT2")
NOWHERE = "990101"  # no place has this number, so that no living person has these identities
HEARD = ["group", "contacts", "members", "masses"]
TELLERS = ["监票人", "计票人"]
ROLL = {code: count for code, count, _, _ in BRANCHES}

# Days after the person was confirmed as an activist.
STEPS = {
    "file": -60, "talk": -45, "recommend": -30, "confirm": 0, "exam_1": 170, "exam_2": 350, "notice": 380,
    "propose": 410, "accept": 418, "introduce": 425, "review": 430, "train": 440, "submit": 455, "pass": 465,
    "vote": 480, "receive": 486, "committee_talk": 495, "approve": 510, "group": 520, "oath": 525,
    "probation_exam": 650, "apply": 825, "convert": 855, "confirm_conversion": 880,
}  # fmt: skip


def members_of(unit: str) -> tuple[Named, Named]:
    """Two members who have a post in the branch."""
    *_, first, second = (Named(name) for name, _, _ in STAFF[unit])
    return first, second


def identity(number: int) -> str:
    """Invented, born in the nineties, with a check sign that holds."""
    digits = f"{NOWHERE}{1990 + number % 9}{1 + number % 12:02}{1 + number % 28:02}{100 + number:03}"
    return digits + check_sign(digits)


def filing(day: int, person: str, number: int) -> tuple[Turn, ...]:
    form: dict[str, Any] = {"person_id": Named(person), "name": person, "id_no": identity(number), "scan": "入党申请书"}
    return (turn(day, "applicant", "file_application", via="party_worker", **form),)


def exam(day: int, by: Named, number: int) -> tuple[Turn, ...]:
    """Written by one who knows the person, signed by the secretary."""
    seen = {"period_no": number, "result": "good", "minutes": "思想稳定，积极参加支部活动和志愿服务"}
    return Turn(day, by, "record_exam", seen), turn(day, "branch_secretary", "record_exam")


def vote(day: int, unit: str, act: str, **form: Any) -> tuple[Turn, ...]:
    """All but one attend and are in favour."""
    present = ROLL[unit] - 1
    counted = {"present": present, "ballots_issued": present, "ballots_returned": present, "for": present}
    ballot = counted | {"against": 0, "abstain": 0, "invalid": 0}
    return (turn(day, "branch_meeting", act, vote=ballot, tellers=TELLERS, **form),)


def step(name: str, day: int, unit: str, person: str, number: int) -> tuple[Turn, ...]:
    first, second = members_of(unit)
    talker, worker = Held("branch_secretary"), "branch_committee"
    one: dict[str, Turn] = {
        "talk": turn(day, "branch_secretary", "record_talk", talker=talker, minutes="了解入党动机和家庭情况"),
        "recommend": Turn(day, first, "recommend", {"kind": "member"}),
        "confirm": turn(day, worker, "confirm_activist", minutes="支委会一致同意", contacts=[first, second]),
        "notice": turn(day, worker, "open_target_notice", opinions=HEARD, posted_text=f"拟将{person}同志列为发展对象",
                       places=["党群服务中心公示栏"]),
        "propose": turn(day, worker, "propose_target", minutes="公示无异议，同意列为发展对象"),
        "accept": turn(day, "party_committee", "accept_target"),
        "introduce": turn(day, worker, "assign_introducers", introducers=[first, second]),
        "review": turn(day, worker, "record_political_review", conclusion="passed", review_docs="政治审查材料"),
        "train": turn(day, "party_committee", "record_training", days=3, certificate="结业证明"),
        "submit": turn(day, worker, "submit_pre_review"),
        "pass": turn(day, "party_committee", "pass_pre_review", letter="预审意见", admission_form_no=f"柳{number:03}"),
        "receive": turn(day, "organiser", "receive_resolution"),
        "committee_talk": turn(day, "organiser", "committee_talk", talker=Held("organiser"), view="动机端正，同意"),
        "approve": turn(day, "party_committee", "approve_admission", minutes="一致同意", collective=True),
        "group": turn(day, "branch_secretary", "assign_group", group="第一党小组"),
        "oath": turn(day, "branch_secretary", "record_oath", place="街道党群服务中心"),
        "apply": turn(day, "applicant", "file_conversion_application", via="party_worker", scan="转正申请书"),
        "confirm_conversion": turn(day, "party_committee", "approve_conversion", minutes="一致同意", collective=True),
    }  # fmt: skip
    return (one[name],) if name in one else several(name, day, unit, person, number)


def several(name: str, day: int, unit: str, person: str, number: int) -> tuple[Turn, ...]:
    first, _ = members_of(unit)
    match name:
        case "file":
            return filing(day, person, number)
        case "exam_1" | "exam_2" | "probation_exam":
            return exam(day, first, 2 if name == "exam_2" else 1)
        case "vote":
            return vote(day, unit, "record_admission_vote")
        case _:
            return vote(day, unit, "record_conversion_vote", resolution_kind="convert")


def path(anchor: int, until: str, place: tuple[str, str, int]) -> tuple[Turn, ...]:
    """The steps up to and with `until` of somebody confirmed that day; days are counted from today."""
    names = list(STEPS)
    done = names[: names.index(until) + 1]
    return tuple(each for name in done for each in step(name, anchor + STEPS[name], *place))


def lives() -> Iterator[tuple[int, str, tuple[Turn, ...]]]:
    """When the person was confirmed, how far the common path was walked, and what happened then."""
    yield from ((anchor, "file", ()) for anchor in (50, 33, 28))
    yield from ((anchor, "talk", ()) for anchor in (25, 5))
    yield from ((anchor, "confirm", ()) for anchor in (-20, -178, -190))
    yield -360, "exam_1", ()
    yield -383, "notice", ()
    yield from ((anchor, "propose", ()) for anchor in (-414, -437))
    yield -448, "train", ()
    yield from ((anchor, "submit", ()) for anchor in (-460, -487))
    yield -472, "pass", ()
    yield from ((anchor, "committee_talk", ()) for anchor in (-497, -566))
    yield from ((anchor, "oath", ()) for anchor in (-530,))
    yield from ((anchor, "apply", ()) for anchor in (-840, -852))
    yield -860, "convert", ()
    yield -895, "confirm_conversion", ()
    yield from ((anchor, "file", ()) for anchor in (37, 31, 25))  # whose talk is due about now


def turns_of_fate() -> Iterator[tuple[int, str, tuple[Turn, ...]]]:
    """Ways that leave the common path."""
    move: dict[str, Any] = {"to_branch": "LALA2", "files": ["入党申请书", "培养考察登记表"]}
    yield -100, "confirm", (turn(-8, "party_worker", "start_transfer", **move),)
    yield -120, "confirm", (turn(-30, "party_committee", "suspend", ground="illness"),)
    yield -90, "confirm", (turn(-5, "applicant", "withdraw", via="party_worker", scan="撤回声明"),)
    ended: dict[str, Any] = {"reason": "已随子女出国定居", "minutes": "支委会决定", "end_ground": "emigrated"}
    yield -110, "confirm", (turn(-6, "branch_committee", "terminate", **ended),)
    kept: dict[str, Any] = {"until": Ahead(40), "reason": "转入不久，支部还不了解"}
    yield -863, "oath", (
        turn(-180, "party_worker", "start_transfer", **move), turn(-160, "branch_secretary", "finish_transfer"),
        turn(-2, "party_committee", "defer_conversion", **kept),
    )  # fmt: skip
    cancelled = vote(-14, "LAGH1", "record_conversion_vote", resolution_kind="cancel")
    yield (
        -870,
        "oath",
        (*cancelled, turn(-5, "party_committee", "approve_conversion", minutes="一致同意", collective=True)),
    )
    voided = {"reason": "档案中入党志愿书系补造", "void_ground": "fraud", "decision": "不予承认的决定"}
    yield -925, "confirm_conversion", (turn(-24, "org_department", "void_recruitment", **voided),)


def recruitments() -> Iterator[Plot]:
    """Everybody with his branch; branches take turns, but for those whose way is their own."""
    common = [(UNITS[n % len(UNITS)], each) for n, each in enumerate(lives())]
    own = [("LAGH1", each) for each in turns_of_fate()]
    for number, (person, (unit, (anchor, until, more))) in enumerate(zip(RESIDENTS, common + own, strict=True)):
        place = (unit, person, number)
        yield Plot(f"recruitment{number}", unit, (*path(anchor, until, place), *more), "recruitment")

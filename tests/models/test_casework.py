from __future__ import annotations

from datetime import date

from sqlalchemy import select

from models import audit, casework, tracking
from models.tables import Clock, Document, Event, IdempotencyKey, Notice, TrackingCode
from tests.models.office import NOISE, Office, refused
from workflow.procedures.petition import Petition
from workflow.snapshot import Actor


def test_a_petition_is_opened_accepted_and_on_record(office: Office) -> None:
    opened = office.register()
    assert opened.no == "XF-LA-2025-000001"
    done = office.at("2025-09-05T10:00").act("chenliqiu", opened.no, "accept", route=6)
    assert (done.state, done.version, done.seq) == ("accepted", 2, 2)
    case = office.case(opened.no)
    assert (case.due_code, f"{case.due_at:%F}", case.caseworker_id) == ("D6", "2025-11-04", office.id_of("chenliqiu"))
    assert audit.verify(office.session, opened.no) == []


def test_a_case_carries_every_level_above_its_unit(office: Office) -> None:
    case = office.case(office.register("yezhiqiu").no)
    assert (case.city_id, case.district_id, case.street_id, case.community_id) == ("YZ", "QQ", "LA", "LAGH")


def test_a_stale_version_is_refused_with_who_changed_it_and_when(office: Office) -> None:
    no = office.register().no
    office.at("2025-09-05T10:00").act("chenliqiu", no, "accept", route=6)
    with refused("StaleCase") as found:
        office.act("chenliqiu", no, "accept", route=6, version=1)
    assert found.value.refusals[0].message == "该事项已被陈立秋于09-05 10:00更新，请核对后重新提交。"


def test_the_same_key_brings_the_same_answer(office: Office) -> None:
    no = office.register().no
    first = office.act("chenliqiu", no, "accept", route=6, key="k1", version=1)
    again = office.act("chenliqiu", no, "accept", route=6, key="k1", version=1)
    assert (again.replayed, again.seq, again.documents) == (True, first.seq, first.documents)
    assert office.case(no).seq == 2


def test_the_same_key_for_another_request_is_refused(office: Office) -> None:
    no = office.register().no
    office.act("chenliqiu", no, "accept", route=6, key="k1")
    with refused("KeyReused"):
        office.act("chenliqiu", no, "accept", route=5, key="k1")


def test_two_people_may_use_the_same_key(office: Office) -> None:
    office.register(key="k1")
    office.register("wupeilan", key="k1")
    assert len(list(office.session.scalars(select(IdempotencyKey.key)))) == 2


def test_opening_twice_with_one_key_opens_once_and_tells_the_code_again(office: Office) -> None:
    first, again = office.register(key="k1"), office.register(key="k1")
    assert (again.no, again.tracking_code, again.replayed) == (first.no, first.tracking_code, True)
    assert office.register(key="k2").no != first.no


def test_a_refused_act_leaves_nothing_behind(office: Office) -> None:
    no = office.register().no
    with refused("NotAllowed"):
        office.act("zhouxiaoman", no, "accept", route=6)
    assert office.case(no).seq == 1
    assert len(list(office.session.scalars(select(Event.seq)))) == 1


def test_somebody_elses_case_does_not_exist(office: Office) -> None:
    no = office.register().no
    with refused("NotFound"):
        office.act("zhengheguang", no, "accept", route=6)
    with refused("NotFound"):
        office.act("chenliqiu", "XF-LA-2025-999999", "accept", route=6, version=1)


def test_a_person_nobody_knows_is_refused_as_data(office: Office) -> None:
    no = office.register().no
    with refused("InvalidData") as found:
        office.act("chenliqiu", no, "accept", route=6, caseworker="987654")
    assert found.value.refusals[0].field == "caseworker"


def test_documents_and_notices_are_written_with_the_act_that_causes_them(office: Office) -> None:
    no = office.register().no
    office.act("chenliqiu", no, "accept", route=6)
    assert list(office.session.scalars(select(Document.label).order_by(Document.seq))) == ["收件凭证", "受理告知书"]
    pages = select(Notice.what).where(Notice.channel == "page", Notice.person_id.is_(None)).order_by(Notice.seq)
    assert list(office.session.scalars(pages)) == ["receipt", "acceptance_notice"]


def test_the_code_stands_nowhere_but_in_the_answer(office: Office) -> None:
    opened = office.register()
    kept = office.session.scalars(select(TrackingCode)).one()
    secret = office.session.info["secret"]
    assert kept.code_hash == tracking.hash_of_code(secret, opened.tracking_code)
    assert (kept.second_kind, opened.pin) == ("phone", "")
    assert kept.second_hash == tracking.hash_of_second(secret, opened.tracking_code, "5678")
    texts = list(office.session.scalars(select(Document.text)))
    assert not any(opened.tracking_code in text for text in texts)
    assert any("〔查询码〕" in text for text in texts)


def test_somebody_without_a_phone_is_given_a_pin(office: Office) -> None:
    opened = office.register(petitioner_contact="")
    assert len(opened.pin) == 6
    assert office.session.scalars(select(TrackingCode.second_kind)).one() == "pin"


def test_numbers_count_by_unit_and_by_the_year_of_receipt(office: Office) -> None:
    office.at("2026-01-02T09:00")
    numbers = [office.register().no, office.register(received_on="2025-12-31").no, office.register("wupeilan").no]
    assert numbers == ["XF-LA-2026-000001", "XF-LA-2025-000001", "XF-SQ-2026-000001"]


def test_an_unknown_unit_opens_nothing(office: Office) -> None:
    actor = office.actor("zhouxiaoman")
    with refused("InvalidData"):
        casework.open_case(office.session, Petition, "register", {}, actor=actor, unit="nowhere")


def test_a_clerk_records_what_a_resident_does(office: Office) -> None:
    no = office.register().no
    office.act("chenliqiu", no, "accept", route=6)
    resident = Actor("", "petitioner", name="信访人")
    office.put_on_file(no, "withdraw", {"statement": "file"}, actor=resident, via=office.actor("zhouxiaoman"))
    event = office.session.scalars(select(Event).where(Event.seq == 3)).one()
    assert (event.role, event.recorded_role, event.outcome) == ("petitioner", "window_clerk", "signed")


def test_a_clock_that_has_ended_stays_on_record(office: Office) -> None:
    no = office.register().no
    office.act("chenliqiu", no, "accept", route=6)
    statuses = dict(office.session.execute(select(Clock.code, Clock.status)).all())  # type: ignore[arg-type]
    assert (statuses["D1"], statuses["D6"]) == ("ended", "running")


def test_the_list_title_is_one_line(office: Office) -> None:
    assert office.case(office.register(content="一" * 80 + "\n二").no).title == "一" * 59 + "…"
    assert office.case(office.register().no).title == NOISE.rstrip("。")


def test_an_opening_dated_too_far_back_leaves_nothing_behind(office: Office) -> None:
    clerk = office.actor("zhouxiaoman", "window_clerk")
    form = {"channel": "letter", "content": NOISE}
    with refused("E_BACKDATED"):
        casework.open_case(
            office.session, Petition, "register", form, actor=clerk, unit="LA", key="k1", on=date(2025, 8, 20)
        )
    office.session.rollback()
    office.at("2025-09-01T09:00")
    assert office.session.scalar(select(Event.id)) is None
    assert office.register(received_on="2025-08-20", key="k1").no == "XF-LA-2025-000001"

"""What a case waits for, and a term that stands still, as the pages tell them."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

import pytest
from flask import Flask
from flask_babel import force_locale
from sqlalchemy import delete, select, text

from models.db import db
from models.reading.inbox import Message
from models.tables import Case, Setting
from tests.web.counter import PETITION, Desk
from tests.web.test_counter import accepted
from web import messages, watching
from workflow.calendar import SHANGHAI
from workflow.registry import PROCEDURES
from workflow.snapshot import Actor

Sit = Callable[..., Desk]
OPINION = {"outcome": "explain", "legal_basis": "《信访工作条例》第三十二条", "remedy_named": "true", "talked": "true"}


@pytest.fixture
def filed(sit: Sit) -> str:
    answer = sit("fang").fill("/cases/new/petition/register", **PETITION)
    return re.search(r"XF-LAJD-\d{4}-\d{6}", answer.text)[0]


@pytest.fixture
def hearings_pause(street: Flask) -> Iterator[None]:
    own = {"unit_id": "LAJD", "procedure": "petition", "key": "hearing_pauses_handling"}
    with street.app_context():
        db.session.add(Setting(**own, value=True, from_day=date(2020, 1, 1)))
        db.session.commit()
    yield
    with street.app_context():
        db.session.execute(delete(Setting).where(Setting.key == own["key"]))
        db.session.commit()


def test_after_the_answer_the_case_waits_for_its_service(sit: Sit, filed: str) -> None:
    accepted(sit, filed)
    head = sit("zhao")
    head.get(f"/cases/{filed}/do/reply")
    lines = {**OPINION, "opinion": (io.BytesIO(b"%PDF-1.7"), "意见书.pdf")}
    assert head.post(f"/cases/{filed}/do/reply", lines, content_type="multipart/form-data").status_code == 200
    assert f'href="/cases/{filed}/do/record_service">送达登记</a>' in sit("fang").get("/").text
    assert re.search('id="h-next">送达登记', sit("zhao").get(f"/cases/{filed}").text)


def test_who_may_not_act_reads_on_the_desk_whom_the_case_waits_for(sit: Sit, filed: str) -> None:
    accepted(sit, filed)
    row = re.search(f'<li class="lb-row"(?:(?!</li>).)*{filed}.*?</li>', sit("lin").get("/").text, re.DOTALL)[0]
    assert "等机关(单位)负责人" in row
    assert "lb-btn" not in row


@pytest.mark.usefixtures("hearings_pause")
def test_a_term_that_stands_still_is_told_up_to_today_and_no_further(sit: Sit, filed: str) -> None:
    accepted(sit, filed)
    head = sit("zhao")
    chair = re.search(r'value="(\d+)"[^>]*> ?顾文涛', head.get(f"/cases/{filed}/do/open_hearing").text)[1]
    on = (datetime.now(SHANGHAI).date() + timedelta(days=10)).isoformat()
    answer = head.post(f"/cases/{filed}/do/open_hearing", {"hearing_on": on, "chair": chair})
    assert answer.status_code == 200, answer.text
    text = sit("lin").get(f"/cases/{filed}").text
    assert "中止计时，剩" in text
    assert "恢复后顺延" in text
    handling = text[text.index("如何计算：办理期限") : text.index("已结束的期限")]
    assert handling.count("d-stop") == 1
    assert "d-due" not in handling


def test_what_is_still_open_beyond_its_day_counts_as_not_in_time(street: Flask, sit: Sit, filed: str) -> None:
    late = "UPDATE clocks SET due_on = due_on - 40, due_at = due_at - interval '40 days' WHERE case_id = :id"
    head = Actor("", "supervisor", "QQ")
    with street.app_context():
        good, whole = watching.kept(head).get("petition", (0, 0))
        case = db.session.scalar(select(Case.id).where(Case.no == filed))
        moved = db.session.execute(text(late), {"id": case}).rowcount
        assert watching.kept(head)["petition"] == (good, whole + moved)
        db.session.rollback()


def test_a_reminder_is_told_in_the_language_of_its_reader(desk: Flask) -> None:
    due_at = datetime(2026, 4, 20, 23, 59, tzinfo=SHANGHAI)
    sent = Message(
        1, "XF-1", "", "petition", "caseworker", "warn", "办理期限将于4月20日到期", "D6", due_at, due_at, None
    )
    law = PROCEDURES["petition"]
    assert messages.title(law, sent) == sent.title
    with force_locale("en"):
        assert messages.title(law, sent) == "Handling deadline is due on 20 Apr"

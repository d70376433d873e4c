"""The almanac is what the State Council published, and says where it is only foreseen."""

from datetime import date, timedelta

import chinese_calendar
import holidays
import pytest

from models.almanac import FORESEEN, UnreadableNotice, almanac, arranged, read_notice
from workflow.calendar import Day

FIRST, LAST = date(2010, 1, 1), date(2026, 12, 31)
EVERY_DAY = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]


def test_both_sources_agree_on_every_published_day():
    days, other = almanac(2010, 2026), holidays.country_holidays("CN", years=range(2010, 2027))
    assert len(EVERY_DAY) == len(days) == 6209
    assert [on for on in EVERY_DAY if (days[on].kind != "rest") != other.is_working_day(on)] == []
    assert [on for on in EVERY_DAY if (days[on].kind != "rest") != chinese_calendar.is_workday(on)] == []


@pytest.mark.parametrize(("year", "number"), [(2024, 8), (2025, 5), (2026, 6)])
def test_a_year_has_its_make_up_days(year, number):
    assert sum(day.kind == "make_up" for day in almanac(year, year).values()) == number


def test_the_make_up_days_of_2026_are_those_of_the_notice():
    made_up = [f"{on:%m-%d}" for on, day in almanac(2026, 2026).items() if day.kind == "make_up"]
    assert made_up == ["01-04", "02-14", "02-28", "05-09", "09-20", "10-10"]


def test_holidays_have_their_chinese_names():
    days = almanac(2026, 2026)
    assert days[date(2026, 2, 17)] == Day("rest", "春节", "chinesecalendar 1.11.0")
    assert days[date(2026, 2, 14)] == Day("make_up", "春节", "chinesecalendar 1.11.0")
    assert days[date(2026, 3, 7)] == Day("rest", "", "chinesecalendar 1.11.0")


def test_an_unpublished_year_is_foreseen_from_the_statute_without_make_up_days():
    days = almanac(2027, 2027)
    assert len(days) == 365
    assert not any(day.confirmed or day.kind == "make_up" for day in days.values())
    assert {day.source for day in days.values()} == {FORESEEN}
    assert days[date(2027, 2, 9)].kind == "rest"


def test_the_almanac_begins_in_2004_and_goes_as_far_as_asked():
    days = almanac(2004, 2030)
    assert (min(days), max(days)) == (date(2004, 1, 1), date(2030, 12, 31))


# A notice


@pytest.mark.parametrize(
    "text",
    [
        "日期,类型,名称\n2027-02-05,休,春节\n2027-02-14,班,春节\n",
        "\ufeff2027年2月5日，休，春节\r\n\r\n2027/2/14\t班\t春节",
        '[["2027-02-05", "休", "春节"], {"date": "2027-02-14", "kind": "班", "name": "春节"}]',
    ],
)
def test_a_notice_may_be_pasted_in_several_forms(text):
    days = read_notice(text)
    assert {on: (day.kind, day.name, day.confirmed) for on, day in days.items()} == {
        date(2027, 2, 5): ("rest", "春节", True),
        date(2027, 2, 14): ("make_up", "春节", True),
    }


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "通知中没有一行日期。"),
        ("[", "通知不是完整的列表，请检查括号和引号。"),
        ("[" * 100_000, "通知不是完整的列表，请检查括号和引号。"),
        ("[3]", "第1行的日期“3”不存在。"),
        ("2027-02-30,休,春节", "第1行的日期“2027-02-30”不存在。"),
        ("2027-02-05,休,春节\n2027-02-06,放,春节", "第2行须写明“休”或“班”，现为“放”。"),
        ("2027-02-05,休,春节\n2027-02-05,休,春节", "第2行的日期2027-02-05重复。"),
        ("2027-02-05,休", "第1行没有写明节日名称。"),
        ("2027-02-08,班,春节", "第1行：2027-02-08不是周六或周日，不能补班。"),
    ],
)
def test_a_faulty_notice_is_refused_by_line(text, sentence):
    with pytest.raises(UnreadableNotice) as refused:
        read_notice(text)
    assert list(refused.value.problems) == [sentence]


def test_every_faulty_line_is_told():
    with pytest.raises(UnreadableNotice) as refused:
        read_notice("x,休,春节\n2027-02-05,休,春节\n2027-02-06,?,春节")
    assert len(refused.value.problems) == 2


def test_what_was_foreseen_but_not_arranged_is_an_ordinary_day():
    days = arranged(2027, read_notice("2027-02-05,休,春节"))
    assert len(days) == 365
    assert all(day.confirmed for day in days.values())
    assert days[date(2027, 2, 9)].kind == "working"
    assert days[date(2027, 2, 6)].kind == "rest"

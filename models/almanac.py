"""China's days as published by the State Council, as the statute foresees them beyond, and as a notice tells them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from importlib.metadata import version
from typing import Any

import chinese_calendar
import holidays

from workflow.calendar import SATURDAY, Day, DayKind
from workflow.sentences import Sentence, quoted

PUBLISHED = f"chinesecalendar {version('chinesecalendar')}"
FORESEEN = "暂按法定节假日推算，待国务院通知"
NOTICE = "国务院办公厅节假日安排通知"
FIRST_YEAR, LAST_YEAR = min(chinese_calendar.holidays).year, max(chinese_calendar.holidays).year
NAMES = {holiday.value: holiday.chinese for holiday in chinese_calendar.Holiday}
KINDS: dict[str, DayKind] = {"休": "rest", "班": "make_up"}


def almanac(first_year: int, last_year: int) -> dict[date, Day]:
    """Every day of the years: confirmed where an arrangement has been published, from the statute alone beyond."""
    return {on: day for year in range(first_year, last_year + 1) for on, day in year_of(year).items()}


@cache
def year_of(year: int) -> Mapping[date, Day]:
    told = published if FIRST_YEAR <= year <= LAST_YEAR else foreseen
    return {on: told(on) for on in days_of(year)}


def days_of(year: int) -> Iterator[date]:
    first = date(year, 1, 1)
    return (first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days))


def published(on: date) -> Day:
    if name := chinese_calendar.workdays.get(on):
        return Day("make_up", NAMES[name], PUBLISHED)
    name = chinese_calendar.holidays.get(on, "")
    return Day("rest" if name or on.weekday() >= SATURDAY else "working", NAMES.get(name, ""), PUBLISHED)


def foreseen(on: date) -> Day:
    name = statutory(on.year).get(on, "")
    return Day("rest" if name or on.weekday() >= SATURDAY else "working", name, FORESEEN, confirmed=False)


@cache
def statutory(year: int) -> Mapping[date, str]:
    """The thirteen days and their substitutes for weekends; no exchanged days, which only a notice can make."""
    return dict(holidays.country_holidays("CN", years=year, language="zh_CN"))


def year_told(notice: Mapping[date, Day]) -> int:
    """The year a notice arranges: its latest; only days of the December before may stand beside it, else unreadable."""
    year = max(notice).year
    strange = sorted(on for on in notice if on.year != year and (on.year, on.month) != (year - 1, 12))
    if strange:
        given = strange[0].isoformat()
        raise UnreadableNotice(Sentence("{given}不在{year}年之内，一次只能载入一年的通知。", year=year, given=given))
    return year


def forgotten(year: int, notice: Mapping[date, Day]) -> tuple[str, ...]:
    """Holidays of the statute that would be worked: a notice that leaves them out has not been copied whole."""
    days, own = arranged(year, notice), sorted(statutory(year).items())
    worked = (name for on, name in own if "（" not in name and days[on].kind != "rest")  # substitutes have a bracket
    return tuple(dict.fromkeys(worked))


def arranged(year: int, notice: Mapping[date, Day]) -> dict[date, Day]:
    """The whole year as confirmed by its notice: what it does not tell is an ordinary day."""
    plain = {on: Day("rest" if on.weekday() >= SATURDAY else "working", "", NOTICE) for on in days_of(year)}
    return {**plain, **notice}


class UnreadableNotice(ValueError):
    """Nothing of the notice is taken over; `problems` names every line that is wrong."""

    def __init__(self, *problems: Sentence) -> None:
        super().__init__("；".join(problems))
        self.problems = problems


def read_notice(text: str) -> dict[date, Day]:
    """Rows of date, 休 or 班, and name, as JSON or CSV; raises UnreadableNotice."""
    days: dict[date, Day] = {}
    problems: list[Sentence] = []
    for line, row in rows_of(text.strip().removeprefix("\ufeff")):
        told = read_row(line, row, days)
        if isinstance(told, Sentence):
            problems.append(told)
        else:
            days[told[0]] = told[1]
    if problems or not days:
        raise UnreadableNotice(*problems or [Sentence("通知中没有一行日期。")])
    return days


def text_of(raw: bytes) -> str:
    """A file as it was sent: UTF-8, or GB 18030 as spreadsheets here save it; raises UnreadableNotice."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableNotice(Sentence("文件不是文本，请另存为CSV后再传。"))


def rows_of(text: str) -> Iterator[tuple[int, list[str]]]:
    if text.startswith("["):
        yield from enumerate(json_rows(text), 1)
        return
    for line, written in enumerate(text.splitlines(), 1):
        row = [cell.strip(' "') for cell in re.split("[,，\t]", written)]
        if any(row) and not (line == 1 and row[0] in {"日期", "date"}):
            yield line, row


def json_rows(text: str) -> Iterator[list[str]]:
    try:
        rows = json.loads(text)
    except (ValueError, RecursionError):
        raise UnreadableNotice(Sentence("通知不是完整的列表，请检查括号和引号。")) from None
    return (cells_of(row) for row in rows)


def cells_of(row: Any) -> list[str]:
    cells = [row.get(key, "") for key in ("date", "kind", "name")] if isinstance(row, dict) else row
    return [str(cell).strip() for cell in cells] if isinstance(cells, list) else [str(cells)]


def read_row(line: int, row: list[str], before: Mapping[date, Day]) -> tuple[date, Day] | Sentence:
    given, kind, name = (*row, "", "", "")[:3]
    on = day_written(given)
    if on is None:
        return Sentence("第{line}行的日期“{given}”不存在。", line=line, given=quoted(given))
    if kind not in KINDS:
        return Sentence("第{line}行须写明“休”或“班”，现为“{given}”。", line=line, given=quoted(kind))
    if on in before:
        return Sentence("第{line}行的日期{given}重复。", line=line, given=on.isoformat())
    return weighed(line, on, kind, name)


def weighed(line: int, on: date, kind: str, name: str) -> tuple[date, Day] | Sentence:
    """Only a Saturday or Sunday can be worked in exchange, and a holiday has a name."""
    if kind == "班" and on.weekday() < SATURDAY:
        return Sentence("第{line}行：{given}不是周六或周日，不能补班。", line=line, given=on.isoformat())
    if not name:
        return Sentence("第{line}行没有写明节日名称。", line=line)
    return on, Day(KINDS[kind], name, NOTICE)


def day_written(given: str) -> date | None:
    """2027-02-05, 2027/2/5 or 2027年2月5日."""
    parts = re.fullmatch(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?", given)
    try:
        return date(*map(int, parts.groups())) if parts else None
    except ValueError:
        return None

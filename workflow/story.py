"""A story as it is written: who the people are, what they do on which date, what is expected."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from workflow.calendar import SHANGHAI
from workflow.questions import Entry
from workflow.snapshot import Actor, CaseSnapshot, Unit
from workflow.words.outside import REGISTERS
from workflow.words.procedure import Procedure

TREE = {
    "city": Unit("city", "云州市", "city"),
    "district": Unit("district", "青桥区", "district", "city"),
    "street": Unit("street", "柳岸街道", "street", "district"),
    "community": Unit("community", "桂花巷社区", "community", "street"),
    "branch": Unit("branch", "桂花巷社区第一党支部", "branch", "community"),
}
KEYS = {"procedure", "title", "settings", "units", "people", "facts", "steps", "expect"}
STEP_KEYS = {"at", "by", "do", "with", "case", "dated", "via", "procedure"}
EXPECT_KEYS = {"after", "case", "state", "deadlines", "stopped", "refused", "data", "documents", "told"}
EXPECT_KEYS |= {"measures", "says", "entries"}
ENTRY_KEYS = {"register", "about", "in_force"}  # what a story expects of a register on the day of the step


class UnreadableStory(Exception):
    """Says where and why, in both languages."""


@dataclass(frozen=True)
class Step:
    """`do` is empty where nothing but time happens; `dated` is the day of the act where it differs from `at`.

    `do` may also name a poll; `form` then says how many forms came back with each answer. `procedure` is that of the
    case where the step opens one.
    """

    at: datetime
    by: str
    do: str
    form: Mapping[str, Any]
    case: str
    dated: date | None
    via: str
    procedure: str = ""


@dataclass(frozen=True)
class Story:
    procedure: str
    title: str
    settings: Mapping[str, Any]
    units: Mapping[str, Unit]
    people: Mapping[str, Actor]
    steps: tuple[Step, ...]
    expect: tuple[Mapping[str, Any], ...]
    entries: tuple[Entry, ...] = ()

    def actor(self, name: str) -> Actor:
        """Somebody of the story, or the bare role of that name."""
        return self.people.get(name, Actor(name, name))

    def unopened(self, step: Step, procedures: Mapping[str, type[Procedure]]) -> CaseSnapshot:
        """The case before the step that opens it: at the unit of whoever enters it, else where such cases open."""
        procedure = procedures[step.procedure or self.procedure]
        stands = self.actor(step.via or step.by).unit or opening_unit(procedure, self.units)
        return CaseSnapshot(step.case, procedure.id, unit=stands)

    def expected_after(self, n: int, last: int) -> Iterator[Mapping[str, Any]]:
        return (each for each in self.expect if each.get("after", last) == n)


def opening_unit(procedure: type[Procedure], units: Mapping[str, Unit]) -> str:
    """The first street, or where no cases of this procedure open at one, the first unit of another of its levels."""
    levels = sorted(procedure.levels, key=lambda level: level != "street")
    found = [unit.id for level in levels for unit in units.values() if unit.level == level]
    return next(iter(found or units))


# Reading


def read_story(raw: Any, procedures: Mapping[str, type[Procedure]]) -> Story:
    """Takes what YAML or JSON gave; raises `UnreadableStory` for unknown keys, names and procedures."""
    demand(isinstance(raw, dict), "story", "不是一个对象 / is not a mapping")
    known(raw, KEYS, "story")
    named = raw.get("procedure")
    demand(named in procedures, "procedure", f"没有“{named}”这个程序 / is not a procedure")
    procedure = procedures[raw["procedure"]]
    all_roles = {role for each in procedures.values() for role in each.roles}
    units = {**TREE, **{name: read_unit(name, body) for name, body in (raw.get("units") or {}).items()}}
    people = {name: read_person(name, body, all_roles, units) for name, body in (raw.get("people") or {}).items()}
    demand(bool(raw.get("steps")), "steps", "至少要有一步 / needs at least one step")
    steps = tuple(read_step(n, body, people, procedure, procedures) for n, body in enumerate(raw["steps"], 1))
    expect = tuple(raw.get("expect") or ())
    for each in expect:
        known(each, EXPECT_KEYS, "expect")
        for entry in each.get("entries") or ():
            known(entry, ENTRY_KEYS, "expect.entries")
            demand(len(entry) == len(ENTRY_KEYS), "expect.entries", "缺项 / is not complete")
            demand(entry["register"] in REGISTERS, "expect.entries", "没有这个名册 / names no register")
    settings = raw.get("settings") or {}
    for name, value in settings.items():
        lawful = is_lawful(procedure, name, value)
        demand(lawful, f"settings.{name}", "不合法或不存在 / is unknown or not on the lawful side")
    entries = read_facts(raw.get("facts") or {})
    return Story(procedure.id, str(raw.get("title", "")), settings, units, people, steps, expect, entries)


def demand(holds: bool, where: str, why: str) -> None:
    if not holds:
        raise UnreadableStory(f"{where}: {why}")


def known(body: Mapping[str, Any], keys: set[str], where: str) -> None:
    demand(isinstance(body, dict), where, "不是一个对象 / is not a mapping")
    extra = sorted(set(map(str, body)) - keys)
    demand(not extra, where, f"没有“{'、'.join(extra)}”这些项 / has unknown keys")


def read_unit(name: str, body: Any) -> Unit:
    known(body, {"level", "parent", "name"}, f"units.{name}")
    return Unit(name, str(body.get("name", name)), body["level"], str(body.get("parent", "")))


def read_person(name: str, body: Any, roles: set[str], units: Mapping[str, Unit]) -> Actor:
    where = f"people.{name}"
    known(body, {"role", "unit", "name"}, where)
    demand(body.get("role") in roles, where, f"没有“{body.get('role')}”这个岗位 / names no role")
    demand(body.get("unit", "street") in units, where, "所在单位不存在 / stands in no unit")
    return Actor(name, body["role"], str(body.get("unit", "")), str(body.get("name", name)))


def read_step(
    n: int, body: Any, people: Mapping[str, Actor], main: type[Procedure], procedures: Mapping[str, type[Procedure]]
) -> Step:
    where = f"steps[{n}]"
    known(body, STEP_KEYS, where)
    demand("at" in body, where, "没有时间 / has no time")
    by, do, case = str(body.get("by", "")), str(body.get("do", "")), str(body.get("case", "main"))
    opens = body.get("procedure", main.id)
    demand(opens in procedures, where, f"没有“{opens}”这个程序 / names no procedure")
    # A case that has opened by itself may be of any procedure; what its acts are is asked when the step is played.
    near = [procedures[opens]] if case == "main" else list(procedures.values())
    roles = {role for each in near for role in each.roles}
    triggers = {trigger for each in near for trigger in (*each.acts, *each.polls)}
    demand(not do or by in {*people, *roles}, where, f"“{by}”不是已列出的人或岗位 / is nobody in the story")
    demand(not do or do.rstrip("_") in triggers, where, f"没有“{do}”这一步 / is no act of the procedure")
    return Step(
        moment(body["at"], where), by, do.rstrip("_"), body.get("with") or {}, case, body.get("dated"),
        str(body.get("via", "")), opens,
    )  # fmt: skip


def read_facts(body: Any) -> tuple[Entry, ...]:
    """What registers and rosters said before the story began; `count` stands for so many persons alike."""
    known(body, {"entries"}, "facts")
    return tuple(entry for n, each in enumerate(body.get("entries") or (), 1) for entry in read_entry(n, each))


def read_entry(n: int, body: Any) -> Iterator[Entry]:
    where = f"facts.entries[{n}]"
    register = REGISTERS.get(str(body.get("register"))) if isinstance(body, dict) else None
    if register is None:
        raise UnreadableStory(f"{where}: 没有这个名册 / names no register")
    known(body, {"register", "about", "since", "until", "key", "amount", "count", *register.columns}, where)
    demand("about" in body, where, "没有写明是谁的 / says about whom")
    values = {field.id: field.from_json(plain(body[name])) for name, field in register.columns.items() if name in body}
    for about in several_alike(str(body["about"]), body.get("count")):
        yield Entry(
            register.name, about, body.get("since", date(2000, 1, 1)), body.get("until"), "enter",
            str(body.get("key", "")), body.get("amount", 0), values,
        )  # fmt: skip


def several_alike(about: str, count: int | None) -> list[str]:
    return [about] if count is None else [f"{about}_{number}" for number in range(1, count + 1)]


def plain(value: Any) -> Any:
    """YAML reads a day as a day; a column takes it as it is written."""
    return value.isoformat() if isinstance(value, date) else value


def moment(at: Any, where: str) -> datetime:
    """A moment; Shanghai's unless it says otherwise, and 09:00 where only a day is given."""
    try:
        at = datetime.fromisoformat(at) if isinstance(at, str) else at
    except ValueError as error:
        raise UnreadableStory(f"{where}: “{at}”不是时间 / is no moment") from error
    if isinstance(at, date) and not isinstance(at, datetime):
        at = datetime.combine(at, time(9))
    if not isinstance(at, datetime):
        raise UnreadableStory(f"{where}: “{at}”不是时间 / is no moment")
    return at.astimezone(SHANGHAI) if at.tzinfo else at.replace(tzinfo=SHANGHAI)


def is_lawful(procedure: type[Procedure], name: str, value: Any) -> bool:
    """A local length may only bind the office tighter, or give the person more time."""
    if name in procedure.settings:
        return procedure.settings[name].allows(value)
    clocks = [clock for clock in procedure.all_clocks() if clock.code == name and clock.span]
    return bool(clocks) and type(value) is int and all(
        value <= clock.span.count if clock.binds_office else value >= clock.span.count for clock in clocks if clock.span
    )  # fmt: skip

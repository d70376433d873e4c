"""What a story expects after a step, held against what happened."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from marshmallow import ValidationError

from workflow.fields import Field
from workflow.questions import Asked, EntriesAsked
from workflow.refusals import GUARDS_FAILED, KINDS
from workflow.snapshot import CaseSnapshot, RunningClock
from workflow.words.naming import several
from workflow.words.procedure import Procedure

Written = Mapping[str, str]  # figures by the id of the measure, as `measuring.written` writes them


def shown(procedure: type[Procedure], case: CaseSnapshot, at: datetime) -> dict[str, Any]:
    """All clocks of the case that run or are paused, by the code of the specification."""
    found = {}
    for row in case.clocks:
        status = status_at(procedure, case, row, at)
        if status:
            due = {"due_on": row.due_on.isoformat(), "due_at": row.due_at.isoformat()}
            found[row.code] = due | {"status": status, "provisional": row.provisional}
    return found


def status_at(procedure: type[Procedure], case: CaseSnapshot, row: RunningClock, at: datetime) -> str:
    """running, paused or overdue; nothing where the clock has ended or its window has lapsed."""
    if row.status != "running":
        return "paused" if row.status == "paused" else ""
    if at <= row.due_at or procedure.states[case.state].silent:
        return "running"
    return "overdue" if procedure.clock(row.id, row.text).overdue_after else ""


def compare(
    expected: Mapping[str, Any], n: int, cases: Mapping[str, CaseSnapshot], answers: list[dict[str, Any]],
    procedure_of: Callable[[str], type[Procedure]], at: datetime, figures: Callable[[type[Procedure]], Written],
) -> Iterator[str]:  # fmt: skip
    """What does not hold after step `n`; `answers` are those since the step before it, the clock's included.

    `figures` gives all figures of a procedure by then, and is asked only where one is expected.
    """
    name = str(expected.get("case", "main"))
    recent = [step for step in answers if step["case"] == name]
    case = cases.get(name)
    found = {
        "state": case.state if case else "",
        "refused": {name for step in recent for each in step.get("refusals", []) for name in spellings(each["code"])},
        "says": [each["message"] for step in recent for each in step.get("refusals", [])],
        "documents": {label for step in recent for label in step.get("documents", [])},
        "told": {told["role"] for step in recent for told in step.get("told", [])},
    }
    running = shown(procedure_of(name), case, at) if case else {}
    yield from different(expected, n, found, running)
    yield from wrong_data(expected, n, procedure_of(name).fields if case else {}, case.data if case else {})
    yield from wanting(expected, n, found)
    if expected.get("measures"):
        yield from wrong_figures(expected["measures"], n, figures(procedure_of(name)))


def spellings(code: str) -> set[str]:
    return {code, KINDS.get(code, GUARDS_FAILED).name}


def different(
    expected: Mapping[str, Any], n: int, found: Mapping[str, Any], running: Mapping[str, Any]
) -> Iterator[str]:  # fmt: skip
    if "state" in expected and expected["state"] != found["state"]:
        yield f"第{n}步 state：应为 {expected['state']}，实为 {found['state']}"
    yield from (f"第{n}步 {line}" for line in wrong_clocks(expected, running))


def wanting(expected: Mapping[str, Any], n: int, found: Mapping[str, Any]) -> Iterator[str]:
    for key in ("documents", "told"):
        for each in set(expected.get(key) or ()) - found[key]:
            yield f"第{n}步 {key}：没有 {each}，有 {sorted(found[key])}"
    if "refused" in expected and expected["refused"] not in found["refused"]:
        yield f"第{n}步 refused：应为 {expected['refused']}，实为 {sorted(found['refused']) or '未被拒绝'}"
    for said in several(expected.get("says") or ()):
        if not any(message.startswith(said) for message in found["says"]):
            yield f"第{n}步 says：没有“{said}”，有 {found['says']}"


def wrong_entries(
    expected: Mapping[str, Any], n: int, world: Mapping[Asked, Any], names: Mapping[str, str], on: date
) -> Iterator[str]:  # fmt: skip
    """What should stand in a register on that day and does not, or the other way round; `names` as the world knows
    them."""
    for each in expected.get("entries") or ():
        about = names.get(each["about"], each["about"])
        if bool(world[EntriesAsked(each["register"], about, on)]) != each["in_force"]:
            yield f"第{n}步 entries：{each['register']} {each['about']} {'没有' if each['in_force'] else '仍有'}记载"


def wrong_figures(expected: Mapping[str, Any], n: int, written: Written) -> Iterator[str]:
    for name, figure in expected.items():
        if str(figure) != written.get(name):
            yield f"第{n}步 measures.{name}：应为 {figure}，实为 {written.get(name)}"


def wrong_clocks(expected: Mapping[str, Any], running: Mapping[str, Any]) -> Iterator[str]:
    for code, day in (expected.get("deadlines") or {}).items():
        actual = running.get(code, {}).get("due_on")
        if actual != str(day):
            yield f"deadlines.{code}：应为 {day}，实为 {actual}"
    for code in expected.get("stopped") or ():
        if code in running:
            yield f"stopped：{code} 仍在计（{running[code]['due_on']}）"


def wrong_data(
    expected: Mapping[str, Any], n: int, fields: Mapping[str, Field], data: Mapping[str, Any]
) -> Iterator[str]:  # fmt: skip
    """What is expected is read as a form would read it."""
    for name, value in (expected.get("data") or {}).items():
        field = fields.get(name)
        if field is None or data.get(name, field.empty) != as_read(field, value):
            yield f"第{n}步 data.{name}：应为 {value}，实为 {data.get(name)}"


def as_read(field: Field, written: Any) -> Any:
    try:
        return field.check.deserialize(written)
    except ValidationError:
        return field.empty if field.check.is_blank(written) else written

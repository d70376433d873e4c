"""What is said of the rows of a table: a clock for each, a resident in each."""

from __future__ import annotations

from typing import Any

from workflow.field import PERSONS, Field
from workflow.proving.contradiction import Found, at, coded, on_line, perhaps
from workflow.terms import Until
from workflow.words.naming import id_of, several
from workflow.words.procedure import Procedure
from workflow.words.when import Recurring


def what_is_numbered_is_met_by_its_number(procedure: type[Procedure]) -> Found:
    for clock in procedure.all_clocks():
        if isinstance(clock, Recurring) or not (clock.each or clock.met_by or clock.number):
            continue
        if not is_table(procedure, clock.each):
            yield at(
                procedure, clock, f"{coded(clock)} runs for each row of {clock.each}, which is no table of the file"
            )
        elif not isinstance(clock.term, Until) or clock.term.field not in days_of(clock.each):
            yield at(procedure, clock, f"{coded(clock)} names no day in the rows of {clock.each.id}")
        asked = {field.id for act in procedure.acts.get(id_of(clock.met_by or ""), ()) for field in act.asks}
        if getattr(clock.number, "kind", "") != "number" or clock.number.id not in asked:
            yield at(procedure, clock, f"{coded(clock)} is met by no act that carries the number of its row")


def is_table(procedure: type[Procedure], field: Any) -> bool:
    return isinstance(field, Field) and field.kind == "rows" and procedure.fields.get(field.id) is field


def days_of(table: Field) -> set[str]:
    return {part.id for part in table.parts if part.kind == "day"}


def each_resident_has_his_row(procedure: type[Procedure]) -> Found:
    for role in procedure.roles.values():
        if role.named and kind_of(procedure, role.named) not in PERSONS:
            line = id_of(role.named)
            guess = "" if line in procedure.fields else perhaps(line, procedure.fields)
            yield at(procedure, role, f"{role.id} is named in {line}, which names nobody{guess}")
        if role.among is None:
            continue
        if not role.outside:
            yield at(procedure, role, f"{role.id} is an office, and a row of a table holds no post")
        columns = {part.id for part in role.among.table.parts} if is_table(procedure, role.among.table) else set()
        for wanted in {role.among.name, role.among.phone} - columns:
            yield at(procedure, role, f"{role.id} is found by {wanted}, which is no column of {role.among.table}")


def kind_of(procedure: type[Procedure], field: Any) -> str:
    found = procedure.fields.get(id_of(field))
    return found.kind if found else ""


def codes_are_given_by_the_office(procedure: type[Procedure]) -> Found:
    for each in several(procedure.codes_by):
        if id_of(each) not in procedure.roles or procedure.roles[id_of(each)].outside:
            yield on_line(procedure, "codes_by", f"{each} of codes_by is no role of the office")

"""The file of a case: roles and their offices, settings, documents, lines; nothing is declared for nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from workflow.fields import Field
from workflow.proving.bodies import filled, read
from workflow.proving.contradiction import Found, at, attribute_of, on_line
from workflow.wording import has_wording, read_by_wordings
from workflow.words.naming import id_of, several
from workflow.words.procedure import Procedure
from workflow.words.what import Setting
from workflow.words.who import Above, Role


def every_office_is_known(procedure: type[Procedure]) -> Found:
    for role in procedure.roles.values():
        for named in several(role.of):
            place = bottom_of(named)
            if isinstance(place, str) and not isinstance(vars(procedure).get(place), Field):
                yield at(procedure, role, f"{role.id} stands at {place}, which is no line of the file")


def bottom_of(place: Any) -> Any:
    return bottom_of(place.unit) if isinstance(place, Above) else place


def every_setting_is_lawful(procedure: type[Procedure]) -> Found:
    for setting in procedure.settings.values():
        if not setting.allows(setting.default):
            yield at(procedure, setting, f"the default of {setting.id} is not on the lawful side")


def every_document_has_its_wording(procedure: type[Procedure]) -> Found:
    for document in procedure.documents.values():
        if not has_wording(procedure, document):
            yield at(procedure, document, f"documents/{procedure.id}/{document.id}.txt is missing")


def a_procedure_has_its_name(procedure: type[Procedure]) -> Found:
    for name in ("label", "number_prefix"):
        if not getattr(procedure, name):
            yield on_line(procedure, name, f"{procedure.__name__} says no {name}")


def nothing_is_declared_for_nothing(procedure: type[Procedure]) -> Found:
    """Roles that do and hear nothing, papers never issued, settings never asked, lines never filled."""
    said = read(procedure) | read_by_wordings(procedure) | {id_of(each) for each in named(procedure)}
    for role in procedure.roles.values():
        if role.id not in said and attribute_of(procedure, role) not in said:
            yield at(procedure, role, f"{role.id} does nothing and hears nothing")
    for document in procedure.documents.values():
        if document.id not in said:
            yield at(procedure, document, f"{document.id} is never issued")
    for setting in procedure.settings.values():
        if setting.id not in said:
            yield at(procedure, setting, f"{setting.id} is never asked")
    known = filled(procedure) | set(procedure.outside)
    for field in procedure.fields.values():
        if field.id not in known:
            yield at(procedure, field, f"{field.id} is a line that nothing ever fills")


def named(procedure: type[Procedure]) -> Iterator[Any]:
    """Every word that another word of the procedure names."""
    for act in procedure.all_acts():
        yield from (
            *(who for hand in act.hands for who in hand),
            *several(act.via),
            *several(act.tells),
            *several(act.issues),
        )
    for clock in procedure.all_clocks():
        for rung in clock.rungs:
            yield from (*rung.tell, *several(rung.document or ()))
        yield from ([clock.when] if isinstance(clock.when, Setting) else [])
        yield from ([clock.pause.only_if] if clock.pause and clock.pause.only_if else [])
        yield from ([clock.extension.times] if clock.extension and isinstance(clock.extension.times, Setting) else [])
        spans = [clock.span, clock.extension.at_most if clock.extension else None]
        yield from (word for span in spans if span for word in span.settings)
    for document in procedure.documents.values():
        yield from document.readers
    for field in procedure.fields.values():
        yield from (role for role in several(field.of or ()) if isinstance(role, Role))
    for apart in procedure.aparts:
        yield from apart.roles
    for poll in procedure.polls.values():
        yield from several(poll.by)
    yield from several(procedure.seal.open_to) if procedure.seal else ()
    yield from several(procedure.codes_by)
    yield from [procedure.backdating.beyond] if procedure.backdating.beyond else []


def what_is_shown_is_a_secret(procedure: type[Procedure]) -> Found:
    for act in procedure.all_acts():
        for field in several(act.reveals):
            kept = getattr(field, "privacy", "") == "secret" or getattr(field, "seen_by", ())
            if not kept or procedure.fields.get(field.id) is not field:
                yield at(procedure, act, f"{act.id} reveals {field}, which is no secret line of the file")


def parties_and_seal_are_on_file(procedure: type[Procedure]) -> Found:
    for party in several(procedure.parties):
        if not isinstance(party, Field) or party.id not in procedure.fields:
            yield on_line(procedure, "parties", f"{party} of parties is no line of the file")
    seal = procedure.seal
    if seal and isinstance(seal.when, str) and seal.when not in vars(procedure):
        yield on_line(procedure, "seal", f"the seal asks {seal.when}, which is nothing here")
    for apart in procedure.aparts:
        if len({role.id for role in apart.roles}) < 2:
            yield at(procedure, apart, "one role alone cannot be kept apart")


def lines_are_shown_to_roles(procedure: type[Procedure]) -> Found:
    """Or nobody would see them; a column of a table may not be named `seen_by`, which is a word of tables."""
    for field in procedure.fields.values():
        for each in several(field.seen_by):
            if each not in procedure.roles.values():
                yield at(procedure, field, f"{field.id} is seen by {each}, who is no role")

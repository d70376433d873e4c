"""What a procedure says of itself and of its lines: seal, levels, titles and limits name what there is."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any, get_args

from workflow.fields import Field
from workflow.proving.contradiction import Found, at, on_line, perhaps
from workflow.proving.fitting import ROLE, unknown
from workflow.snapshot import Level
from workflow.words.naming import several
from workflow.words.outside import Card, Entries, Roster
from workflow.words.procedure import Procedure
from workflow.words.who import OfLevel, Role

LEVELS = get_args(Level)


def is_line(procedure: type[Procedure], word: Any) -> bool:
    return isinstance(word, Field) and procedure.fields.get(word.id) is word


def levels_are_known(procedure: type[Procedure]) -> Found:
    if isinstance(procedure.levels, str):
        yield on_line(procedure, "levels", f"levels is one text; write levels = (“{procedure.levels}”,)")
        return
    for level in procedure.levels:
        if level not in LEVELS:
            yield on_line(procedure, "levels", f"{level} of levels is no level of units{perhaps(level, LEVELS)}")
    for role in procedure.roles.values():
        for place in several(role.of):
            if isinstance(place, OfLevel) and place.level not in LEVELS:
                why = f"{role.id} stands at {place.level}, which is no level of units{perhaps(place.level, LEVELS)}"
                yield at(procedure, role, why)


def what_it_says_of_itself_is_on_file(procedure: type[Procedure]) -> Found:
    said: list[tuple[str, Any]] = [("titled", procedure.titled), ("once", procedure.once and procedure.once.fields)]
    said += [("seal", procedure.seal and procedure.seal.hidden_from), ("backdating", procedure.backdating.reason)]
    for name, words in said:
        for word in several(words or ()):
            if not is_line(procedure, word):
                yield on_line(procedure, name, f"{name} names {word}, which is no line of the file")


def seal_and_signature_are_of_roles(procedure: type[Procedure]) -> Found:
    said = [("seal", procedure.seal and procedure.seal.open_to), ("backdating", procedure.backdating.beyond)]
    for name, roles in said:
        for role in several(roles or ()):
            for found in unknown(procedure, Role(""), f"{name} names", role, ROLE):
                yield on_line(procedure, name, found.sentence)


def ids_and_labels_are_told_apart(procedure: type[Procedure]) -> Found:
    """One post may be two roles at different offices, never at one; and each word has its label."""
    roles = [word for word in vars(procedure).values() if isinstance(word, Role)]
    for one, other in combinations(roles, 2):
        if one.id == other.id and one.of == other.of:
            yield at(procedure, other, f"{other.id} is the id of two roles at one office")
    words: list[Any] = [*procedure.states.values(), *roles, *procedure.fields.values(), *procedure.all_acts()]
    for word in words:
        if not word.label.strip():
            yield at(procedure, word, f"{word.id} has no label")


def lines_can_be_filled_in(procedure: type[Procedure]) -> Found:
    for field in procedure.fields.values():
        for line in (field, *field.parts):
            if line.kind in ("choice", "choices") and not line.options:
                yield at(procedure, field, f"{line.id} is a choice without options")
            if line.at_least is not None and line.at_most is not None and line.at_least > line.at_most:
                why = f"{line.id} may be nothing: at least {line.at_least} and at most {line.at_most}"
                yield at(procedure, field, why)


def questions_ask_of_lines(procedure: type[Procedure]) -> Found:
    """Whom a card is about, what a roster has in common: lines of the file, and columns of the register."""
    for word in procedure.outside.values():
        for asked in asked_by(word):
            if not is_line(procedure, asked):
                guess = perhaps(asked, procedure.fields) if isinstance(asked, str) else ""
                yield at(procedure, word, f"{word.id} asks about {asked}, which is no line of the file{guess}")
        if isinstance(word, Roster) and word.column not in {each.id for each in word.register.columns.values()}:
            guess = perhaps(word.column, word.register.columns)
            yield at(procedure, word, f"{word.id}: {word.register.label} has no column {word.column}{guess}")


def asked_by(word: Any) -> Iterator[Any]:
    if isinstance(word, Card | Entries | Roster):
        about = word.of if isinstance(word, Card) else word.about if isinstance(word, Entries) else word.same
        yield from (each for each in (about, word.on) if each is not None)

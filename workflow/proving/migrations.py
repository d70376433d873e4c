"""A migration: whatever a case may have or stand in has its place in the new version, and nobody loses by it."""

from __future__ import annotations

from collections.abc import Callable

from workflow.proving.contradiction import Found
from workflow.proving.ways import clocks, lines, names, people, promises
from workflow.words.chapter import InvalidProcedure
from workflow.words.migration import Way


def prove_way(way: Way) -> Way:
    """Gives it back; raises `InvalidProcedure` with everything that is wrong with it, each at its file and line."""
    if found := list(wrongs(way)):
        raise InvalidProcedure("\n".join(map(str, found)))
    return way


def wrongs(way: Way) -> Found:
    for proof in PROOFS:
        yield from proof(way)


PROOFS: tuple[Callable[[Way], Found], ...] = (
    names.every_name_is_known,
    names.names_keep_their_meaning,
    names.versions_differ,
    names.every_state_has_its_place,
    names.every_act_has_its_place,
    names.looking_stays_looking,
    people.every_role_has_its_place,
    people.whoever_joins_is_said,
    people.residents_stay_who_they_are,
    people.what_is_sealed_stays_sealed,
    people.parties_stay_parties,
    people.who_was_kept_apart_still_is,
    people.who_did_the_one_does_not_do_the_other,
    lines.every_line_has_its_place,
    lines.no_secret_is_shown_to_more,
    lines.every_poll_has_its_place,
    lines.registers_keep_their_columns,
    clocks.every_clock_has_its_place,
    clocks.clocks_stay_what_they_are,
    clocks.no_state_loses_its_clocks,
    promises.nobody_loses_what_was_promised,
    promises.nothing_is_opened_sooner,
    promises.nothing_more_is_closed,
)

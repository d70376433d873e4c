"""A migration: whatever a case may have or stand in has its place in the new version, and nobody loses by it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from workflow.field import Field
from workflow.words.chapter import InvalidProcedure
from workflow.words.migration import Kind, Way
from workflow.words.naming import id_of, several
from workflow.words.outside import Register
from workflow.words.procedure import Procedure
from workflow.words.when import Clock, Earliest, Pause, Recurring, Window

Found = Iterator[str]
PRIVACY = ("public", "internal", "personal", "sensitive", "secret")


def prove_way(way: Way) -> Way:
    """Gives it back; raises `InvalidProcedure` with everything that is wrong with it."""
    if found := [f"{way.old.id} {way.old.version} → {way.new.version}: {each}" for each in wrongs(way)]:
        raise InvalidProcedure("\n".join(found))
    return way


def wrongs(way: Way) -> Found:
    for proof in PROOFS:
        yield from proof(way)


# Names


def every_name_is_known(way: Way) -> Found:
    to, old, new = way.migration, way.old, way.new
    clocks = {name: fate.clock for name, fate in to.clocks.items()}
    told = (
        ("state", to.states, old.states, new.states), ("clock", clocks, old.clocks, new.clocks),
        ("line", to.lines, old.fields, new.fields), ("role", to.roles, old.roles, new.roles),
        ("act", to.acts, old.acts, new.acts),
    )  # fmt: skip
    for kind, names, before, after in told:
        yield from (f"{name} is no {kind} of version {old.version}" for name in names if name not in before)
        aims = (aim for aim in names.values() if aim and aim not in after)
        yield from (f"{aim} is no {kind} of version {new.version}" for aim in aims)


def versions_differ(way: Way) -> Found:
    if way.old.version == way.new.version:
        yield "leads nowhere"


# States


def every_state_has_its_place(way: Way) -> Found:
    for state in way.old.states.values():
        aim = way.new.states.get(way.migration.state(state.id))
        if aim is None:
            yield f"a case may stand in {state.id}, which has no place in the new version"
            continue
        for mark in ("final", "detour"):
            if getattr(state, mark) != getattr(aim, mark):
                yield f"{state.id} and {aim.id} are not both {mark}"
        if aim.id in decided(way.new, all) and state.id not in decided(way.old, any):
            yield f"{aim.id} is reached by a decision alone, and nobody has decided in {state.id}"


def decided(procedure: type[Procedure], how: Callable[[Iterator[bool]], bool]) -> set[str]:
    """States to which some (`any`) or all acts that lead there, and do not only lead back, are decisions."""
    leading = {
        state: [act for act in procedure.all_acts() if state in map(id_of, act.arrow.targets)]
        for state in procedure.states
    }
    return {state for state, acts in leading.items() if acts and how(act.decides for act in acts)}


# Who, and what is on file


def every_role_has_its_place(way: Way) -> Found:
    """Or whoever acted in it before would no longer be kept apart."""
    for role in way.old.roles.values():
        aim = way.new.roles.get(way.migration.role(role.id))
        if aim is None:
            yield f"whoever acted as {role.id} has no role in the new version"
        elif aim.outside != role.outside:
            yield f"{role.id} and {aim.id} are not both outside"


def looking_stays_looking(way: Way) -> Found:
    """Or whoever has only looked would count as somebody who worked on the case, and see all of it."""
    for name, texts in way.old.acts.items():
        for aim in way.new.acts.get(way.migration.act(name), ()):
            if bool(aim.reveals) != bool(texts[0].reveals):
                yield f"{name} and {aim.id} are not both acts that only show"


def every_line_has_its_place(way: Way) -> Found:
    for field in way.old.fields.values():
        name = way.migration.line(field.id)
        aim = way.new.fields.get(name)
        if name and aim is None:
            yield f"what stands in {field.id} has no place in the new version; say left_out"
        elif aim is not None:
            yield from unlike(way, field, aim)
    yield from (f"several lines become {name}" for name in shared(map(way.migration.line, way.old.fields)))


def unlike(way: Way, field: Field, aim: Field) -> Found:
    if field.kind != aim.kind or [(p.id, p.kind) for p in field.parts] != [(p.id, p.kind) for p in aim.parts]:
        yield f"{field.id} is {field.kind} and {aim.id} {aim.kind}, or of other parts"
    if gone := sorted(field.options.keys() - aim.options.keys()):
        yield f"{aim.id} has no option {gone[0]}"
    if PRIVACY.index(aim.privacy) < PRIVACY.index(field.privacy) or is_shown_to_more(way, field, aim):
        yield f"{aim.id} is open to more people than {field.id}"


def is_shown_to_more(way: Way, field: Field, aim: Field) -> bool:
    """Whether a role sees the line that did not; said of none, all see it."""
    before = {way.migration.role(role.id) for role in several(field.seen_by)}
    after = {role.id for role in several(aim.seen_by)}
    return bool(before) and not (after and after <= before)


def shared(names: Iterator[str]) -> list[str]:
    return [name for name, times in Counter(filter(None, names)).items() if times > 1]


def what_is_sealed_stays_sealed(way: Way) -> Found:
    if way.old.seal and not way.new.seal:
        yield "the new version seals nothing"


def every_poll_has_its_place(way: Way) -> Found:
    """Codes that are out already still open their form, and every answer can still be given."""
    for name, poll in way.old.polls.items():
        aim = way.new.polls.get(name)
        if aim is None:
            yield f"codes of {name} may be out, and it has no place in the new version"
            continue
        if gone := sorted(poll.options.keys() - aim.options.keys()):
            yield f"{name} has no answer {gone[0]} in the new version"
        if {way.migration.state(id_of(state)) for state in several(poll.open_in)} - set(
            map(id_of, several(aim.open_in))
        ):
            yield f"{name} is not open everywhere where it was"


def registers_keep_their_columns(way: Way) -> Found:
    for name, register in way.old.registers.items():
        if name in way.new.registers and columns(register) != columns(way.new.registers[name]):
            yield f"{name} has other columns; entries outlive the cases that wrote them"


def columns(register: Register) -> set[tuple[str, str]]:
    return {(each.id, each.kind) for each in register.columns.values()}


# Clocks


def every_clock_has_its_place(way: Way) -> Found:
    """A name keeps its meaning: what is given up or renamed leaves a name that no other clock may take."""
    for name in way.old.clocks:
        fate = way.migration.fate(name)
        if fate.kind != "given_up" and fate.clock not in way.new.clocks:
            yield f"{name} may be running, and has no place in the new version"
        if fate.clock != name and name in way.new.clocks:
            yield f"{name} would be the name of another clock"
        if fate.clock != name and fate.clock in way.old.clocks:
            yield f"{name} takes the name of another clock, {fate.clock}"
    aims = (way.migration.fate(name).clock for name in way.old.clocks)
    yield from (f"several clocks become {name}" for name in shared(aims))


def clocks_stay_what_they_are(way: Way) -> Found:
    for clock, aim, kind in led(way):
        if type(clock) is not type(aim):
            yield f"{clock.id} is a {type(clock).__name__}, {aim.id} a {type(aim).__name__}"
        if (clock.each is None) != (aim.each is None):
            yield f"{clock.id} and {aim.id} are not both one a row"
        if not runs_there(way, clock, aim):
            yield f"{aim.id} does not run everywhere where {clock.id} does"
        if clock.pause and not pauses_alike(way, clock.pause, aim.pause):
            yield f"{clock.id} may be paused where {aim.id} cannot"
        if kind == "anew" and isinstance(clock, Recurring):
            yield f"{clock.id} recurs from its anchor and cannot start anew"
        if kind == "converted" and (clock.pause or clock.extension) and "hours" in (unit(clock), unit(aim)):
            yield f"{clock.id} may have been paused or extended, which hours do not tell: it cannot be converted"


def led(way: Way) -> Iterator[tuple[Clock, Clock, Kind]]:
    """Every text of every clock that goes on, with every text it may go on as."""
    for name, texts in way.old.clocks.items():
        fate = way.migration.fate(name)
        for clock in texts:
            yield from ((clock, aim, fate.kind) for aim in way.new.clocks.get(fate.clock, ()))


def runs_there(way: Way, clock: Clock, aim: Clock) -> bool:
    places = clock.places or frozenset(way.old.states)
    return not aim.places or {way.migration.state(place) for place in places} <= aim.places


def pauses_alike(way: Way, pause: Pause, aim: Pause | None) -> bool:
    if aim is None or (bool(pause.between), bool(pause.holds)) != (bool(aim.between), bool(aim.holds)):
        return False
    if pause.between and aim.between:
        return [way.migration.act(id_of(act)) for act in pause.between] == [id_of(act) for act in aim.between]
    return {way.migration.state(id_of(state)) for state in pause.states} <= {id_of(state) for state in aim.states}


def unit(clock: Clock) -> str:
    return clock.span.unit if clock.span else ""


def nobody_loses_what_was_promised(way: Way) -> Found:
    """A window is not closed and a waiting time not cut short by a change of rules: people were told of them."""
    for name, texts in way.old.clocks.items():
        if any(isinstance(clock, Window | Earliest) for clock in texts) and not way.migration.fate(name).clock:
            yield f"{name} was promised to people and cannot be given up"
    for clock, aim, kind in led(way):
        if kind == "converted" and isinstance(clock, Window | Earliest) and is_shorter(aim, clock):
            yield f"{aim.id} is shorter than {clock.id}, of which people were told"


def is_shorter(aim: Clock, clock: Clock) -> bool:
    """As far as it can be said beforehand; what cannot, is held to when the day is worked out."""
    new, old = aim.span, clock.span
    known = new and old and new.unit == old.unit and isinstance(new.count, int) and isinstance(old.count, int)
    return bool(known and new and old and new.count < old.count)


PROOFS: tuple[Callable[[Way], Found], ...] = (
    every_name_is_known, versions_differ, every_state_has_its_place, every_role_has_its_place, looking_stays_looking,
    every_line_has_its_place, what_is_sealed_stays_sealed, every_poll_has_its_place, registers_keep_their_columns,
    every_clock_has_its_place, clocks_stay_what_they_are, nobody_loses_what_was_promised,
)  # fmt: skip

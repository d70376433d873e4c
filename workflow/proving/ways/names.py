"""Every state and every act has its place in the new version, and every name keeps its meaning."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import NamedTuple

from workflow.proving.contradiction import Found
from workflow.proving.ways.wrong import wrong
from workflow.words.migration import Way
from workflow.words.naming import id_of
from workflow.words.procedure import Procedure


class Part(NamedTuple):
    """What a migration says of one kind of words, and which of them there are."""

    part: str
    kind: str
    names: Mapping[str, str]
    before: Collection[str]
    after: Collection[str]


def parts(way: Way) -> tuple[Part, ...]:
    to, old, new = way.migration, way.old, way.new
    clocks = {name: fate.clock for name, fate in to.clocks.items()}
    return (
        Part("states", "state", to.states, old.states, new.states),
        Part("clocks", "clock", clocks, old.clocks, new.clocks),
        Part("lines", "line", to.lines, old.fields, new.fields),
        Part("roles", "role", to.roles, old.roles, new.roles),
        Part("acts", "act", to.acts, old.acts, new.acts),
    )


def every_name_is_known(way: Way) -> Found:
    for part, kind, names, before, after in parts(way):
        for name, aim in names.items():
            if name not in before:
                yield wrong(way, part, name, f"{name} is no {kind} of version {way.old.version}")
            if aim and aim not in after:
                yield wrong(way, part, name, f"{aim} is no {kind} of version {way.new.version}")


def names_keep_their_meaning(way: Way) -> Found:
    """What is given up or renamed leaves a name that nothing else may take; a line may be asked anew."""
    for part, kind, names, _, after in parts(way):
        taken = (name for name, aim in names.items() if kind != "line" and aim != name and name in after)
        yield from (wrong(way, part, name, f"{name} would be the name of another {kind}") for name in taken)


def versions_differ(way: Way) -> Found:
    if way.old.version == way.new.version:
        yield wrong(way, "", "", "leads nowhere")


# States


def every_state_has_its_place(way: Way) -> Found:
    for state in way.old.states.values():
        aim = way.new.states.get(way.migration.state(state.id))
        if aim is None:
            sentence = f"a case may stand in {state.id}, which has no place in the new version"
            yield wrong(way, "states", state.id, sentence)
            continue
        for mark in ("final", "detour"):
            if getattr(state, mark) != getattr(aim, mark):
                yield wrong(way, "states", state.id, f"{state.id} and {aim.id} are not both {mark}")
        if aim.id in decided(way.new, all) and state.id not in decided(way.old, any):
            sentence = f"{aim.id} is reached by a decision alone, and nobody has decided in {state.id}"
            yield wrong(way, "states", state.id, sentence)


def decided(procedure: type[Procedure], how: Callable[[Iterator[bool]], bool]) -> set[str]:
    """States to which some (`any`) or all acts that lead there, and do not only lead back, are decisions."""
    leading = {
        state: [act for act in procedure.all_acts() if state in map(id_of, act.arrow.targets)]
        for state in procedure.states
    }
    return {state for state, acts in leading.items() if acts and how(act.decides for act in acts)}


# Acts


def every_act_has_its_place(way: Way) -> Found:
    """Or whoever did it would no longer be known to have done it."""
    for name in way.old.acts:
        if name not in way.migration.acts and name not in way.new.acts:
            sentence = f"who did {name} is remembered, and it has no place in the new version; say left_out"
            yield wrong(way, "acts", name, sentence)


def looking_stays_looking(way: Way) -> Found:
    """Or whoever has only looked would count as somebody who worked on the case, and see all of it."""
    for name, texts in way.old.acts.items():
        for aim in way.new.acts.get(way.migration.act(name), ()):
            if bool(aim.reveals) != bool(texts[0].reveals):
                yield wrong(way, "acts", name, f"{name} and {aim.id} are not both acts that only show")

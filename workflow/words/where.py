"""Where a case stands, and the arrows from state to state."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, overload

from workflow.words.naming import Word


class Target(Word):
    """Whatever may stand on the right of `>>`."""

    def __rrshift__(self, sources: Any) -> Arrow:
        return Arrow(tuple(sources), (self,))


@dataclass(eq=False, repr=False)
class State(Target):
    """`waiting`: somebody else's turn; `final`: the office owes nothing more, `reopens`: yet a way leads out.

    `detour`: the case stands in two places and comes back; `silent`: its ladders rest meanwhile.
    """

    label: str
    waiting: bool = False
    final: bool = False
    reopens: bool = False
    detour: bool = False
    silent: bool = False
    id: str = field(default="", init=False)

    def __rshift__(self, target: Target | Either) -> Arrow:
        if not isinstance(target, Target | Either):
            raise TypeError(f"{self.label} >> {target}: an arrow ends in a state, or in either(one, other)")
        return (self,) >> target if isinstance(target, Target) else Arrow((self,), target.targets)

    @overload
    def __get__(self, case: None, owner: type) -> State: ...
    @overload
    def __get__(self, case: Any, owner: type) -> Here: ...
    def __get__(self, case: Any, owner: type) -> State | Here:
        return self if case is None else Here(self, case.stands_in(self))


@dataclass(frozen=True)
class Here:
    """A state read from a case: true where the case stands in it; a body returns it as its target."""

    state: Target
    stands: bool

    def __bool__(self) -> bool:
        return self.stands


class Whither(Target):
    def __init__(self, id: str, label: str) -> None:
        self.id, self.label = id, label


same = Whither("same", "原状态")
back = Whither("back", "绕行前的状态")


class Whence(Target):
    """A source that is worked out: a case not yet opened, every state, every state that is not final."""

    def __init__(self, id: str, label: str) -> None:
        self.id, self.label = id, label

    def __rshift__(self, target: Target | Either) -> Arrow:
        return Arrow((self,), (target,) if isinstance(target, Target) else target.targets)


new, anywhere, still_open = Whence("new", "未登记"), Whence("anywhere", "任一状态"), Whence("still_open", "未办结")


@dataclass(frozen=True)
class Either:
    """One trigger, several ends: the body returns which."""

    targets: tuple[Target, ...]

    def __rrshift__(self, sources: Any) -> Arrow:
        return Arrow(tuple(sources), self.targets)


def either(*targets: Target) -> Either:
    return Either(targets)


@dataclass(frozen=True)
class Arrow:
    sources: tuple[Target, ...]
    targets: tuple[Target, ...]

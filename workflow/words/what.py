"""What is on file and what comes of an act: documents, settings, links to other cases, what is worked out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from workflow.field import Field
from workflow.words.naming import Word, several


@dataclass(eq=False, repr=False)
class Document(Word):
    """An official paper; its wording stands in `documents/<procedure>/<id>.txt`.

    `only`: the name of a property that gives the ids of the residents it is for, where not all may read it.
    """

    label: str
    to: Any = ()
    only: str = ""
    id: str = field(default="", init=False)

    @property
    def readers(self) -> tuple[Any, ...]:
        return several(self.to)


@dataclass(eq=False, repr=False)
class Setting(Word):
    """What an office may decide for itself between lawful bounds, or by one of several words."""

    label: str
    default: Any
    at_least: Any = None
    at_most: Any = None
    one_of: tuple[str, ...] = ()
    id: str = field(default="", init=False)

    def __get__(self, case: Any, owner: type) -> Any:
        return self if case is None else case.facts.settings.get(self.id, self.default)

    def allows(self, value: Any) -> bool:
        """Whether the value is of the default's kind and within the bounds."""
        if type(value) is not type(self.default) or (self.one_of and value not in self.one_of):
            return False
        return (self.at_least is None or value >= self.at_least) and (self.at_most is None or value <= self.at_most)


class Link(Field):
    """Another case, named by its number; read from a case it is that case, or something false."""

    def __init__(self, label: str, procedure: str, *, optional: bool = False) -> None:
        super().__init__("case", label, optional=optional, of=procedure)

    def __get__(self, case: Any, owner: type) -> Any:
        return self if case is None else case.linked_by(self)


@dataclass(eq=False, repr=False)
class Derived(Word):
    """What a case works out from its file and never stores, with the name under which figures tell of it."""

    label: str
    work_out: Callable[[Any], Any]
    id: str = field(default="", init=False)

    def __get__(self, case: Any, owner: type) -> Any:
        return self if case is None else self.work_out(case)

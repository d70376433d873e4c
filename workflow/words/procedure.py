"""A procedure is a class body; an instance of it is one case as an act would leave it."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterator
from datetime import date
from typing import Any, ClassVar, TypeVar

from workflow.fields import Field
from workflow.snapshot import Level
from workflow.words.acts import Act, Line
from workflow.words.case import Case
from workflow.words.chapter import Chapters, InvalidProcedure
from workflow.words.measures import Counting
from workflow.words.naming import id_of
from workflow.words.outside import Cases, Once, Outside, Poll, Register
from workflow.words.series import Series
from workflow.words.what import Document, Setting
from workflow.words.when import Clock
from workflow.words.where import State
from workflow.words.who import Apart, Backdating, Role, Seal

T = TypeVar("T")


# What a procedure says of itself; every other name of the base is taken.
SAID = {"label", "number_prefix", "version", "parties", "seal", "backdating", "once", "levels", "titled", "codes_by"}


def reserved(bases: tuple[type, ...]) -> set[str]:
    """Names that every procedure and every case already have."""
    return {name for base in bases for name in dir(base) if not name.startswith("__")} - SAID


class Reading(type):
    """Reads the class body through `Chapters` and sorts its words by kind."""

    @classmethod
    def __prepare__(cls, name: str, bases: tuple[type, ...], /, **_: Any) -> Chapters:
        return Chapters()

    def __new__(mcs, name: str, bases: tuple[type, ...], body: Chapters, /) -> Reading:
        for word in sorted(body.keys() & reserved(bases)):
            raise InvalidProcedure(f"{name}, line {body.lines[word]}: {word} is a word of every case; write {word}_")
        cls = super().__new__(mcs, name, bases, dict(body))
        if bases != (Case,):
            cls.read_body(body)  # type: ignore[attr-defined]
        return cls


class Procedure(Case, metaclass=Reading):
    """`id` is the class's name in snake case; the other lists are in the order of the file.

    `levels` are those of the units where its cases open, `titled` the line whose first sentence is their title,
    `codes_by` the roles that give a new tracking code to a resident who has lost his.

    `fired` are the acts that a ladder or a series does, `unasked` those that nobody does and neither of them.
    """

    id: ClassVar[str] = ""
    label: ClassVar[str] = ""
    number_prefix: ClassVar[str] = ""
    version: ClassVar[str] = "1"
    parties: ClassVar[Any] = ()
    seal: ClassVar[Seal | None] = None
    backdating: ClassVar[Backdating] = Backdating()
    once: ClassVar[Once | None] = None
    titled: ClassVar[Field | None] = None
    codes_by: ClassVar[Any] = ()
    levels: ClassVar[tuple[Level, ...]] = ("city", "district", "street", "community")
    by_version: ClassVar[dict[tuple[str, str], type[Procedure]]] = {}

    file: ClassVar[str]
    lines: ClassVar[dict[str, int]]
    states: ClassVar[dict[str, State]]
    acts: ClassVar[dict[str, tuple[Act, ...]]]
    clocks: ClassVar[dict[str, tuple[Clock, ...]]]
    fields: ClassVar[dict[str, Field]]
    roles: ClassVar[dict[str, Role]]
    documents: ClassVar[dict[str, Document]]
    settings: ClassVar[dict[str, Setting]]
    measures: ClassVar[dict[str, Counting]]
    aparts: ClassVar[tuple[Apart, ...]]
    registers: ClassVar[dict[str, Register]]
    outside: ClassVar[dict[str, Outside]]
    polls: ClassVar[dict[str, Poll]]
    series: ClassVar[dict[str, Series]]
    fired: ClassVar[frozenset[str]]
    unasked: ClassVar[tuple[Act, ...]]

    @classmethod
    def read_body(cls, body: Chapters) -> None:
        """Fills the lists; `body` is what stood in the class, its second texts and line numbers."""
        cls.id = "".join("_" * (n > 0 and c.isupper()) + c.lower() for n, c in enumerate(cls.__name__))
        cls.file, cls.lines = str(sys.modules[cls.__module__].__file__), body.lines
        cls.acts = {name.rstrip("_"): tuple(texts) for name, texts in body.texts.items() if isinstance(texts[0], Act)}
        cls.clocks = {name.rstrip("_"): tuple(each) for name, each in body.texts.items() if isinstance(each[0], Clock)}
        cls.name_texts()
        cls.states, cls.fields, cls.roles = cls.words(State), cls.words(Field), cls.words(Role)
        cls.documents, cls.settings, cls.measures = cls.words(Document), cls.words(Setting), cls.words(Counting)
        cls.aparts = tuple(cls.words(Apart).values())
        cls.registers, cls.outside, cls.polls = cls.words(Register), cls.words(Outside), cls.words(Poll)
        for register in cls.registers.values():
            register.belong_to(cls.id)
        cls.by_version[cls.id, cls.version] = cls
        cls.series = cls.words(Series)
        by_ladders = (rung.act for clock in cls.all_clocks() for rung in clock.rungs if rung.act)
        cls.fired = frozenset(map(id_of, (*by_ladders, *(each.act for each in cls.series.values()))))
        cls.unasked = tuple(act for act in cls.all_acts() if not act.by and act.id not in cls.fired)

    @classmethod
    def name_texts(cls) -> None:
        for name, texts in (*cls.acts.items(), *cls.clocks.items()):
            for text in texts:
                text.id = name
        for act in cls.all_acts():
            act.procedure, act.version = cls.id, cls.version
            act.form = tuple(cls.read_form(act))

    @classmethod
    def read_form(cls, act: Act) -> Iterator[Line]:
        for parameter in act.parameters():
            declared = isinstance(parameter.default, Field)
            name, default = parameter.name, parameter.default
            field = cls.declare(act, name, default) if declared else cls.line_asked(act, name)
            own = declared or field.afresh
            yield Line(parameter.name, field, int(parameter.kind is parameter.KEYWORD_ONLY), own)
        if cls.backdating.reason:
            yield Line("", cls.backdating.reason, 0, True)

    @classmethod
    def declare(cls, act: Act, name: str, field: Field) -> Field:
        if name in vars(cls):
            raise InvalidProcedure(f"{cls.where(act)}: {name} is used twice")
        if name in reserved(cls.__bases__):
            raise InvalidProcedure(f"{cls.where(act)}: {name} is a word of every case; write {name}_")
        field.__set_name__(cls, name)
        setattr(cls, name, field)
        return field

    @classmethod
    def line_asked(cls, act: Act, name: str) -> Field:
        try:
            return cls.field_named(name)
        except KeyError as error:
            why = f"{name} is asked by {act.id} but is no line of the file"
            raise InvalidProcedure(f"{cls.where(act)}: {why}") from error

    @classmethod
    def field_named(cls, name: str) -> Field:
        """The line of the file of that name, with or without its underscore; KeyError where there is none."""
        found = vars(cls).get(name, vars(cls).get(name + "_"))
        if not isinstance(found, Field):
            raise KeyError(name)
        return found

    @classmethod
    def where(cls, act: Act) -> str:
        return f"{act.body.__code__.co_filename}:{act.body.__code__.co_firstlineno}"

    @classmethod
    def words(cls, kind: type[T]) -> dict[str, T]:
        """By id, in the order of the file; where two forms ask the same line with other options, the first."""
        found: dict[str, T] = {}
        for word in vars(cls).values():
            if isinstance(word, kind):
                found.setdefault(getattr(word, "id", ""), word)
        return found

    @classmethod
    def heeds(cls, procedure: str, acts: Collection[str]) -> bool:
        """Whether something may follow here by itself from such acts on cases of the other that name one of these."""
        return bool(cls.unasked) and any(word.heeds(procedure, acts) for word in cls.words(Cases).values())

    @classmethod
    def all_acts(cls) -> Iterator[Act]:
        return (act for texts in cls.acts.values() for act in texts)

    @classmethod
    def all_clocks(cls) -> Iterator[Clock]:
        return (clock for texts in cls.clocks.values() for clock in texts)

    @classmethod
    def act(cls, trigger: str, on: date) -> Act | None:
        """The text of that act in force on that day."""
        return next((act for act in cls.acts.get(trigger, ()) if act.is_in_force(on)), None)

    @classmethod
    def clock(cls, name: str, text: int = 0) -> Clock:
        return cls.clocks[name][text]

    @classmethod
    def clock_coded(cls, code: str) -> Clock | None:
        """The clock shown under that code, or under it with a number behind: `M7-2` for the second of several."""
        whole, _, number = code.rpartition("-")
        codes = (code, whole) if number.isdecimal() else (code,)
        return next((clock for clock in cls.all_clocks() if clock.code in codes), None)

    @classmethod
    def acts_on(cls, on: date) -> Iterator[Act]:
        return (act for texts in cls.acts.values() for act in texts if act.is_in_force(on))

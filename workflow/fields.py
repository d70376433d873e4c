"""The words for what is filled in: one a kind of field, and the form that a tuple of fields makes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, TypedDict, Unpack

from marshmallow import Schema

from workflow.composite import MOST_ROWS, Scores
from workflow.field import Field, Kind, Privacy
from workflow.numbers import Fen
from workflow.schema import Form
from workflow.sentences import Sentence
from workflow.unset import NO_DAY, NoDay

__all__ = ["NO_DAY", "Fen", "Field", "Form", "Kind", "NoDay", "Privacy", "Sentence", "schema"]


class Common(TypedDict, total=False):
    """What every field may be told besides its own."""

    id: str
    optional: bool
    privacy: Privacy
    seen_by: Any
    hint: str
    afresh: bool


def text(
    label: str, at_least: int = 1, at_most: int | None = None, long: bool = False, **common: Unpack[Common]
) -> Field:
    """In one line, at most 200 signs unless told otherwise; `long` in several lines, at most 10,000."""
    most = at_most or (10_000 if long else 200)
    return Field("long_text" if long else "text", label, at_least=at_least, at_most=most, **common)


def number(label: str, at_least: int | None = None, at_most: int | None = None, **common: Unpack[Common]) -> Field:
    return Field("number", label, at_least=at_least, at_most=at_most, **common)


def decimal(
    label: str, at_least: int | None = None, at_most: int | None = None, places: int = 2, **common: Unpack[Common]
) -> Field:
    """An exact number with at most so many decimals, a `Decimal`."""
    return Field("decimal", label, at_least=at_least, at_most=at_most, places=places, **common)


def money(label: str, at_least: int = 0, at_most: int | None = None, **common: Unpack[Common]) -> Field:
    """Whole fen, its bounds too; pages read and show yuan. `Fen(amount)` stands in a sentence in yuan."""
    return Field("money", label, at_least=at_least, at_most=at_most, **common)


def day(label: str, of_act: bool = False, **common: Unpack[Common]) -> Field:
    """With `of_act`, the day of the act where none is given."""
    return Field("day", label, of_act=of_act, **common)


def yes_no(label: str, **common: Unpack[Common]) -> Field:
    """What is not ticked is a no; with `optional=False` it has to be answered either way."""
    common.setdefault("optional", True)
    return Field("yes_no", label, **common)


def choice(
    label: str, /, *, optional: bool = False, privacy: Privacy = "internal", hint: str = "", seen_by: Any = (),
    afresh: bool = False, **options: str,
) -> Field:  # fmt: skip
    """One of `options`, each written value="words"; a value that is a word of Python takes an underscore behind."""
    return Field("choice", label, options=options, optional=optional, privacy=privacy, hint=hint, seen_by=seen_by,
                 afresh=afresh)  # fmt: skip


def choices(
    label: str,
    /,
    *,
    at_least: int = 0,
    optional: bool = False,
    privacy: Privacy = "internal",
    hint: str = "",
    **options: str,
) -> Field:
    return Field("choices", label, options=options, at_least=at_least, optional=optional, privacy=privacy, hint=hint)


def person(label: str, of: Any = None, else_called: Any = None, **common: Unpack[Common]) -> Field:
    """Somebody by his id; `of` is the role he has to hold, if any.

    `else_called`: the line with the name of somebody who is not in the system yet, and is added where nobody is chosen.
    """
    return Field("person", label, of=of, else_called=else_called, **common)


def people(
    label: str, of: Any = None, at_least: int = 0, at_most: int | None = None, **common: Unpack[Common]
) -> Field:
    """Several by their ids; `of` is the role they have to hold, or the roles."""
    return Field("people", label, of=of, at_least=at_least, at_most=at_most, **common)


def unit(label: str, **common: Unpack[Common]) -> Field:
    return Field("unit", label, **common)


def units(label: str, at_least: int = 0, at_most: int | None = None, **common: Unpack[Common]) -> Field:
    return Field("units", label, at_least=at_least, at_most=at_most, **common)


def names(label: str, at_least: int = 0, at_most: int | None = None, **common: Unpack[Common]) -> Field:
    """Words as they are written: of people without an account here, of places, of things."""
    return Field("names", label, at_least=at_least, at_most=at_most, **common)


def file(label: str, **common: Unpack[Common]) -> Field:
    """The id of a file that has been handed in already."""
    return Field("file", label, **common)


def phone(label: str, **common: Unpack[Common]) -> Field:
    return Field("phone", label, **common)


def contact(label: str, **common: Unpack[Common]) -> Field:
    """A telephone number or an e-mail address, whichever the person has."""
    return Field("contact", label, **common)


def id_number(label: str, **common: Unpack[Common]) -> Field:
    return Field("id_number", label, **common)


def scores(
    label: str,
    sheet: Mapping[str, tuple[str, int]] | None = None,
    /,
    *,
    optional: bool = False,
    privacy: Privacy = "internal",
    hint: str = "",
    **indicators: tuple[str, int],
) -> Field:
    """Each indicator written id=("words", full mark), or all of them given as a mapping; the whole has a `total`."""
    marks = {**(sheet or {}), **indicators}
    parts = [Field("score", words, id=id_.removesuffix("_"), at_least=0, at_most=most, places=1, privacy=privacy)
             for id_, (words, most) in marks.items()]  # fmt: skip
    return Field("scores", label, parts=made_of(parts), optional=optional, privacy=privacy, hint=hint)


def ballot(label: str, grounds: tuple[str, ...] = (), **common: Unpack[Common]) -> Field:
    """The totals of one secret ballot about one person, which know quorum and majority (`workflow.ballots`).

    `grounds`: the only ones on which somebody need not attend, where the rule names them.
    """
    groups, hint = dict(zip(grounds, grounds, strict=True)), "；".join(("一行一人", *grounds))
    parts = (replace(part, options=groups, hint=hint) if part.kind == "grounds" else part for part in BALLOT)
    return Field("ballot", label, parts=tuple(parts), **common)


def rows(
    label: str,
    /,
    *,
    at_least: int = 0,
    at_most: int = MOST_ROWS,
    optional: bool = False,
    privacy: Privacy = "internal",
    seen_by: Any = (),
    hint: str = "",
    **columns: Field,
) -> Field:
    """A record a row; each column is a field of one value, and reads as an attribute of its row."""
    for name, column in columns.items():
        column.__set_name__(Field, name)
    parts = made_of(columns.values())
    return Field("rows", label, parts=parts, at_least=at_least, at_most=min(at_most, MOST_ROWS), optional=optional,
                 privacy=privacy, seen_by=seen_by, hint=hint)  # fmt: skip


def made_of(parts: Iterable[Field]) -> tuple[Field, ...]:
    """The parts, if their names can be read and their values be written in one cell."""
    for part in parts:
        if part.id in dir(Scores):
            raise ValueError(f"{part.id} is a word of every row: give it another name")
        if part.parts or part.of_act or part.kind in ("case", "file"):
            raise ValueError(f"{part.id} cannot be a part of another field")
    return tuple(parts)


def count(id_: str, label: str, optional: bool = False) -> Field:
    return Field("number", label, id=id_, at_least=0, optional=optional)


BALLOT = (
    count("present", "到会有表决权人数"),
    count("ballots_issued", "发出票数"),
    count("ballots_returned", "收回票数"),
    count("for", "赞成"),
    count("against", "反对"),
    count("abstain", "弃权"),
    count("invalid", "无效"),
    count("written_for", "书面意见赞成", optional=True),
    count("written_against", "书面意见反对", optional=True),
    count("written_abstain", "书面意见弃权", optional=True),
    count("excluded", "不计入应到会人数", optional=True),
    Field("grounds", "不计入的理由", id="excluded_grounds", optional=True, hint="一行一人"),
    count("proxies", "委托他人代投", optional=True),
    Field("yes_no", "公开表决", id="open_voting", optional=True),
    count("persons", "一次表决人数", optional=True),
)


def schema(fields: tuple[Field, ...]) -> Schema:
    """Loads a form to {id: value}, leaving out what was left blank; one ValidationError tells all that is wrong."""
    return Form.from_dict({field.id: field.check for field in fields})()

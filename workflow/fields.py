"""The words for what is filled in: one a kind of field, and the form that a tuple of fields makes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NoReturn, TypedDict, Unpack

from marshmallow import RAISE, Schema, ValidationError, pre_load

from workflow.checks import is_blank
from workflow.field import EMPTY, Field, Kind, Privacy
from workflow.sentences import Sentence, quoted
from workflow.unset import NO_DAY, NoDay

__all__ = ["EMPTY", "NO_DAY", "Field", "Kind", "NoDay", "Privacy", "Sentence", "schema"]


class Common(TypedDict, total=False):
    """What every field may be told besides its own."""

    id: str
    optional: bool
    privacy: Privacy
    hint: str


def text(
    label: str, at_least: int = 1, at_most: int | None = None, long: bool = False, **common: Unpack[Common]
) -> Field:
    """In one line, at most 200 signs unless told otherwise; `long` in several lines, at most 10,000."""
    most = at_most or (10_000 if long else 200)
    return Field("long_text" if long else "text", label, at_least=at_least, at_most=most, **common)


def number(label: str, at_least: int | None = None, at_most: int | None = None, **common: Unpack[Common]) -> Field:
    """A whole number; money is counted in fen."""
    return Field("number", label, at_least=at_least, at_most=at_most, **common)


def day(label: str, of_act: bool = False, **common: Unpack[Common]) -> Field:
    """With `of_act`, the day of the act where none is given."""
    return Field("day", label, of_act=of_act, **common)


def yes_no(label: str, **common: Unpack[Common]) -> Field:
    """What is not ticked is a no; with `optional=False` it has to be answered either way."""
    common.setdefault("optional", True)
    return Field("yes_no", label, **common)


def choice(
    label: str, /, *, optional: bool = False, privacy: Privacy = "internal", hint: str = "", **options: str
) -> Field:
    """One of `options`, each written value="words"; a value that is a word of Python takes an underscore behind."""
    return Field("choice", label, options=options, optional=optional, privacy=privacy, hint=hint)


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


def person(label: str, of: Any = None, **common: Unpack[Common]) -> Field:
    """Somebody by his id; `of` is the role he has to hold, if any."""
    return Field("person", label, of=of, **common)


def people(label: str, at_least: int = 0, at_most: int | None = None, **common: Unpack[Common]) -> Field:
    return Field("people", label, at_least=at_least, at_most=at_most, **common)


def unit(label: str, **common: Unpack[Common]) -> Field:
    return Field("unit", label, **common)


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


class Form(Schema):
    """Blank counts as absent; a name may be written with the underscore that Python asks for."""

    class Meta:
        unknown = RAISE
        register = False

    @pre_load
    def filled_in(self, data: Any, **_: Any) -> Any:
        if not isinstance(data, Mapping):
            return data
        return {self.plain_name(name, data): value for name, value in data.items() if not self.absent(name, value)}

    def plain_name(self, name: Any, data: Mapping[Any, Any]) -> Any:
        plain = name.removesuffix("_") if isinstance(name, str) else name
        return plain if name not in self.fields and plain in self.fields and plain not in data else name

    def absent(self, name: Any, value: Any) -> bool:
        return is_blank(value) and (name in self.fields or str(name).removesuffix("_") in self.fields)

    def handle_error(self, error: ValidationError, data: Any, **_: Any) -> NoReturn:
        told = error.messages_dict
        for name in told.keys() - self.fields.keys():
            told[name] = [Sentence("没有“{name}”一栏。", name=quoted(name))]
        if not isinstance(data, Mapping):
            told = {"_schema": [Sentence("请按表单各栏填写。")]}
        raise ValidationError(told, data=data, valid_data=error.valid_data)


def schema(fields: tuple[Field, ...]) -> Schema:
    """Loads a form to {id: value}, leaving out what was left blank; one ValidationError tells all that is wrong."""
    return Form.from_dict({field.id: field.check for field in fields})()

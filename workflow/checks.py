"""What may be filled in: one check a kind of field, each refusing in Chinese sentences of its own."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, ClassVar

import marshmallow
from marshmallow import ValidationError

from workflow.sentences import Listed, Sentence, quoted
from workflow.unset import NO_DAY

ODD_IN_LINES = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
ODD_IN_A_LINE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
LINE_END = re.compile("\r\n?")
YES, NO = {"true", "on", "1", "yes", "是"}, {"false", "off", "0", "no", "否"}
FIRST_YEAR, LAST_YEAR = 1900, 2200


class Check(marshmallow.fields.Field[Any]):
    """One line of text, and what all checks share: every refusal is a `Sentence`, blank counts as not filled in.

    `unset` is what a line of that kind reads as until it is filled in; `parts` are the checks it is made of.
    """

    unset: ClassVar[Any] = ""
    is_several: ClassVar[bool] = False
    sentences: ClassVar[dict[str, str]] = {
        "required": "请填写{label}。",
        "null": "请填写{label}。",
        "validator_failed": "{label}无法识别。",
        "type": "{label}须填写文字。",
        "character": "第{n}个字符无法识别，请删除后重试。",
        "too_short": "{label}至少{min}字，现有{actual}字。",
        "too_long": "{label}最多{max}字，现有{actual}字。",
    }

    def __init__(
        self,
        label: str,
        *,
        required: bool = True,
        at_least: int | None = None,
        at_most: int | None = None,
        options: Mapping[str, str] | None = None,
        places: int = 0,
        parts: Mapping[str, Check] | None = None,
    ) -> None:
        super().__init__(required=required)
        self.label, self.at_least, self.at_most, self.options = label, at_least, at_most, options or {}
        self.places, self.parts = places, parts or {}

    def __init_subclass__(cls) -> None:
        kinds = (vars(kind).get("sentences", {}) for kind in reversed(cls.__mro__))
        cls.sentences = {key: sentence for own in kinds for key, sentence in own.items()}

    def make_error(self, key: str, **values: Any) -> ValidationError:
        if self.options:
            values["options"] = Listed(self.options.values())
        return ValidationError(Sentence(self.sentences[key], label=self.label, **values))

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> Any:
        return self.read(value)

    def read(self, value: Any) -> Any:
        return self.measured(self.line(value))

    @property
    def empty(self) -> Any:
        return self.unset

    def is_blank(self, value: Any) -> bool:
        return is_blank(value)

    def kept(self, value: Any) -> Any:
        """The value as the file keeps it, where the law writes it without asking."""
        return value

    def to_json(self, value: Any) -> Any:
        return value

    def from_json(self, value: Any) -> Any:
        return value

    def line(self, value: Any) -> str:
        return self.plain(value, ODD_IN_A_LINE)

    def plain(self, value: Any, odd: re.Pattern[str]) -> str:
        """Composed (NFC), without blanks at its ends, never empty."""
        if not isinstance(value, str):
            raise self.make_error("type")
        text = LINE_END.sub("\n", value)
        core = text.strip()
        if found := odd.search(core):
            raise self.make_error("character", n=len(text) - len(text.lstrip()) + found.start() + 1)
        if is_blank(core):
            raise self.make_error("required")
        return unicodedata.normalize("NFC", core)

    def folded(self, value: Any) -> str:
        """Full-width letters and digits made ordinary ones."""
        return unicodedata.normalize("NFKC", self.line(value)).strip()

    def chosen(self, value: Any) -> str:
        given = self.line(value)
        for option in (given, given.removesuffix("_")):
            if option in self.options:
                return option
        raise self.make_error("choice")

    def measured(self, text: str) -> str:
        if self.at_least is not None and len(text) < self.at_least:
            raise self.make_error("too_short", min=self.at_least, actual=len(text))
        if self.at_most is not None and len(text) > self.at_most:
            raise self.make_error("too_long", max=self.at_most, actual=len(text))
        return text


class Lines(Check):
    def read(self, value: Any) -> str:
        return self.measured(self.plain(value, ODD_IN_LINES))


class Named(Check):
    """The id of somebody or something chosen elsewhere."""

    sentences: ClassVar[dict[str, str]] = {"required": "请选择{label}。", "null": "请选择{label}。"}


class Upload(Check):
    sentences: ClassVar[dict[str, str]] = {"required": "请上传{label}。", "null": "请上传{label}。"}


class OnDay(Check):
    unset = NO_DAY
    sentences: ClassVar[dict[str, str]] = {
        "type": "{label}须写作年-月-日，例如2026-01-05。",
        "no_such_day": "日期{input}不存在。",
        "implausible": "日期{input}不合常理，应在{first}年至{last}年之间。",
    }

    def read(self, value: Any) -> date:
        on = value if isinstance(value, date) and not isinstance(value, datetime) else self.parsed(self.folded(value))
        if not FIRST_YEAR <= on.year <= LAST_YEAR:
            raise self.make_error("implausible", input=on.isoformat(), first=FIRST_YEAR, last=LAST_YEAR)
        return on

    def to_json(self, value: Any) -> str | None:
        return value.isoformat() if value else None

    def from_json(self, value: str) -> date:
        return date.fromisoformat(value)

    def parsed(self, text: str) -> date:
        parts = re.fullmatch("([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})", text)
        try:
            return date(*map(int, parts.groups() if parts else ()))
        except (TypeError, ValueError):
            raise self.make_error("no_such_day", input=quoted(text)) from None


class YesNo(Check):
    unset = False
    sentences: ClassVar[dict[str, str]] = {
        "required": "请选择{label}。",
        "null": "请选择{label}。",
        "type": "{label}须选择是或否。",
    }

    def read(self, value: Any) -> bool:
        word = self.folded(str(value) if value in (True, False) else value).casefold()
        if word not in YES | NO:
            raise self.make_error("type")
        return word in YES


class Choice(Named):
    sentences: ClassVar[dict[str, str]] = {
        "type": "{label}须为以下之一：{options}。",
        "choice": "{label}须为以下之一：{options}。",
    }

    def read(self, value: Any) -> str:
        return self.chosen(value)


def is_blank(value: Any) -> bool:
    """Nothing, an empty list, or text in which there is nothing to see."""
    if isinstance(value, str):
        return all(sign.isspace() or unicodedata.category(sign) == "Cf" for sign in value)
    return value is None or value in ([], ())

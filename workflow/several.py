"""Fields that hold several values: choices, persons, names; and how a form's one line of text becomes a list."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, ClassVar

from workflow.checks import Check, is_blank

BETWEEN_ITEMS = re.compile("[\r\n、,，]")


class Several(Check):
    """A list, or one text with its items on lines or between commas; each item once, in the order given."""

    sentences: ClassVar[dict[str, str]] = {
        "type": "{label}须逐项填写。",
        "too_few": "{label}至少{min}项，现有{actual}项。",
        "too_many": "{label}最多{max}项，现有{actual}项。",
    }
    unset, is_several = (), True
    longest = 100

    def read(self, value: Any) -> tuple[str, ...]:
        items = self.distinct(self.item(item) for item in self.items(value) if not is_blank(item))
        if not items and self.at_least:
            raise self.make_error("required")
        if len(items) < (self.at_least or 0):
            raise self.make_error("too_few", min=self.at_least, actual=len(items))
        if self.at_most is not None and len(items) > self.at_most:
            raise self.make_error("too_many", max=self.at_most, actual=len(items))
        return items

    def distinct(self, items: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(items))

    def items(self, value: Any) -> list[Any]:
        if isinstance(value, str):
            return BETWEEN_ITEMS.split(value)
        if not isinstance(value, list | tuple):
            raise self.make_error("type")
        return list(value)

    def item(self, item: Any) -> str:
        text = self.line(item)
        if len(text) > self.longest:
            raise self.make_error("item_too_long", max=self.longest, actual=len(text))
        return text

    def to_json(self, value: Any) -> list[str]:
        return list(value)

    def from_json(self, value: list[str]) -> tuple[str, ...]:
        return tuple(value)


class Names(Several):
    sentences: ClassVar[dict[str, str]] = {"item_too_long": "{label}每项最多{max}字，有一项为{actual}字。"}


class Grounds(Names):
    """One for each person, so that two may be the same; one of the options where there are any."""

    sentences: ClassVar[dict[str, str]] = {"choice": "{label}须从以下各项中选择：{options}。"}

    def distinct(self, items: Iterable[str]) -> tuple[str, ...]:
        return tuple(items)

    def item(self, item: Any) -> str:
        return self.chosen(item) if self.options else super().item(item)


class People(Several):
    sentences: ClassVar[dict[str, str]] = {
        "required": "请选择{label}。",
        "null": "请选择{label}。",
        "type": "{label}须逐人选择。",
        "item_too_long": "{label}中有一人无法识别，请重新选择。",
        "too_few": "{label}至少{min}人，现有{actual}人。",
        "too_many": "{label}最多{max}人，现有{actual}人。",
    }
    longest = 64


class Units(Several):
    sentences: ClassVar[dict[str, str]] = {
        "required": "请选择{label}。",
        "null": "请选择{label}。",
        "type": "{label}须逐个单位选择。",
        "item_too_long": "{label}中有一个单位无法识别，请重新选择。",
        "too_few": "{label}至少{min}个单位，现有{actual}个。",
        "too_many": "{label}最多{max}个单位，现有{actual}个。",
    }
    longest = 64


class Choices(Several):
    sentences: ClassVar[dict[str, str]] = {
        "required": "请选择{label}。",
        "null": "请选择{label}。",
        "type": "{label}须从以下各项中选择：{options}。",
        "choice": "{label}须从以下各项中选择：{options}。",
    }

    def item(self, item: Any) -> str:
        return self.chosen(item)

"""Telephone and identity numbers of mainland China."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, ClassVar

from workflow.checks import Check
from workflow.unset import NO_DAY

BETWEEN_DIGITS = re.compile("[\\s()-]|[\u2010-\u2015\u2212]")
ABROAD = re.compile("^(?:\\+|00)86")
MOBILE = re.compile("1[3-9][0-9]{9}")
LANDLINE = re.compile("0[0-9]{2,3}[0-9]{7,8}|[2-9][0-9]{6,7}")
MAIL = re.compile("[^@\\s]{1,64}@[^@\\s.]+(?:\\.[^@\\s.]+)+")
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_SIGNS = "10X98765432"


class Phone(Check):
    """Kept as its digits alone, without the country's code."""

    sentences: ClassVar[dict[str, str]] = {
        "type": "{label}须填写电话号码。",
        "invalid": "{label}无法识别，请填写手机号码，或带区号的固定电话号码。",
    }

    def read(self, value: Any) -> str:
        given = BETWEEN_DIGITS.sub("", self.folded(value))
        number = ABROAD.sub("", given)
        if MOBILE.fullmatch(number):
            return number
        if number != given and not number.startswith("0"):
            number = f"0{number}"
        if not LANDLINE.fullmatch(number):
            raise self.make_error("invalid")
        return number


class Contact(Phone):
    """A telephone number, or an e-mail address; tells by the sign between name and host which of them it is."""

    sentences: ClassVar[dict[str, str]] = {
        "type": "{label}须填写电话号码或电子邮箱。",
        "invalid": "{label}无法识别，请填写手机号码、带区号的固定电话号码或电子邮箱。",
    }

    def read(self, value: Any) -> str:
        given = self.folded(value)
        return given if MAIL.fullmatch(given) else super().read(value)


class IdNumber(Check):
    """Eighteen digits whose last proves the others (GB 11643); no refusal repeats what was typed."""

    sentences: ClassVar[dict[str, str]] = {
        "type": "{label}须填写身份证号码。",
        "length": "身份证号码应为18位。",
        "old": "15位身份证号码已停用，请填写18位号码。",
        "checksum": "身份证号校验位不正确。",
    }

    def read(self, value: Any) -> str:
        number = re.sub("\\s", "", self.folded(value)).upper()
        if re.fullmatch("[0-9]{15}", number):
            raise self.make_error("old")
        if not re.fullmatch("[0-9]{17}[0-9X]", number):
            raise self.make_error("length")
        if number[-1] != check_sign(number):
            raise self.make_error("checksum")
        return number


def born_on(number: str) -> Any:
    """The day of birth that an identity number tells; unset where the calendar has no such day."""
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return NO_DAY


def check_sign(number: str) -> str:
    """The eighteenth sign that the first seventeen digits call for."""
    return CHECK_SIGNS[sum(int(digit) * weight for digit, weight in zip(number[:17], WEIGHTS, strict=True)) % 11]

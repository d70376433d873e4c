"""Headers of an act: which version was seen, and under which key it is asked."""

from __future__ import annotations

import re
from typing import Any

from flask import request

from web.problems import N_, Problem, Wrong, fault

VERSION = re.compile('"?([0-9]{1,18})"?')
KEY = re.compile("[!-~]{1,200}")
NO_VERSION = N_("请写明看到的版本：version 或者 If-Match。")
NO_KEY = N_("Idempotency-Key须为1至200个可见的英文字符。")
NEVER = -1  # a version no case ever had


def key() -> str:
    """Empty where none was sent."""
    given = request.headers.get("Idempotency-Key", "")
    if given and not KEY.fullmatch(given):
        raise Problem(fault("invalid-data", NO_KEY, errors=(Wrong("", "invalid-value", NO_KEY),)))
    return given


def by_header() -> bool:
    return "If-Match" in request.headers


def version(sent: dict[str, Any]) -> int:
    """The header wins; what is no version in it matches nothing."""
    if by_header():
        given = VERSION.fullmatch(request.headers["If-Match"].strip())
        return int(given[1]) if given else NEVER
    if "version" not in sent:
        raise Problem(fault("required", NO_VERSION, errors=(Wrong("/version", "required", NO_VERSION),)))
    found: int = sent["version"]
    return found

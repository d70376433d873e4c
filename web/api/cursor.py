"""Where a page of a list ended, as one word that nobody has to understand."""

from __future__ import annotations

import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from contextlib import suppress
from datetime import datetime

from web.problems import N_, Problem, Wrong, fault

MOMENT = re.compile(r"infinity|[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?\+00")
LARGEST = 2**63 - 1


def written(key: str, id_: int) -> str:
    return urlsafe_b64encode(json.dumps([key, id_]).encode()).decode()


def read(word: str) -> tuple[str, int] | None:
    """Raises 422 where the word was not made here."""
    if not word:
        return None
    with suppress(ValueError, TypeError):
        key, id_ = json.loads(urlsafe_b64decode(word.encode("ascii")))
        if is_moment(key) and type(id_) is int and 0 < id_ <= LARGEST:
            return key, id_
    told = N_("上一页的末尾无法识别，请从第一页重新查找。")
    raise Problem(fault("out-of-range", told, errors=(Wrong("/after", "out-of-range", told),)))


def is_moment(key: str) -> bool:
    """As PostgreSQL writes one in UTC; raises ValueError for a day that never was."""
    return bool(MOMENT.fullmatch(key)) and (key == "infinity" or bool(datetime.fromisoformat(key)))

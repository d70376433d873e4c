"""An act before it is done: what was answered, what it will come to, and every document as it will be issued."""

from __future__ import annotations

from dataclasses import dataclass

from web.views.case import Fact
from web.views.document import Sheet
from web.views.done import Result


@dataclass(frozen=True)
class Check:
    """`hidden` are the answers as they were sent, by name, to be sent again."""

    title: str
    action: str
    result: Result
    answers: tuple[Fact, ...]
    sheets: tuple[Sheet, ...]
    hidden: tuple[tuple[str, str], ...]

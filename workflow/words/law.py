"""Laws with their time in force, and the blocks that give every act and clock its article."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from types import TracebackType

BLOCKS: list[Source] = []


@dataclass(frozen=True)
class Source:
    """`with regulation(34):` — what is written inside rests on that article and lives as long as it is in force."""

    text: str
    kind: str = "law"
    since: date = date.min
    until: date = date.max

    def __enter__(self) -> Source:
        BLOCKS.append(self)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        BLOCKS.pop()

    def is_in_force(self, on: date) -> bool:
        return self.since <= on < self.until

    def __str__(self) -> str:
        return self.text


class Law:
    """A text with the day it came into force and, where it was repealed, the first day it no longer applies."""

    def __init__(self, name: str, since: str = "", until: str = "") -> None:
        self.name = name
        self.since = date.fromisoformat(since) if since else date.min
        self.until = date.fromisoformat(until) if until else date.max

    def __call__(self, article: int | str) -> Source:
        where = f"第{article}条" if str(article)[:1].isdigit() else str(article)
        return Source(f"《{self.name}》{where}", "law", self.since, self.until)


def ours(why: str) -> Source:
    """A rule of this system's own design, in no text of law; says why it is there."""
    return Source(why, "ours")


def local(name: str) -> Source:
    """Local practice, in no national text."""
    return Source(name, "local")


def source_here() -> Source | None:
    """The article of the innermost block that is open while a class body is read."""
    return BLOCKS[-1] if BLOCKS else None

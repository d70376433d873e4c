"""The namespace in which the body of a procedure is read: it remembers lines and refuses a name used twice."""

from __future__ import annotations

import sys
from typing import Any

from workflow.words.acts import Act
from workflow.words.naming import Word
from workflow.words.when import Clock


class InvalidProcedure(Exception):
    """The definition contradicts itself; says where and how."""


class Chapters(dict[str, Any]):
    """Keeps a second act or clock of one name, written under another law, as another text of it."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: dict[str, list[Any]] = {}
        self.lines: dict[str, int] = {}

    def __setitem__(self, name: str, value: Any) -> None:
        frame = sys._getframe(1)
        if not name.startswith("__"):
            where = f"{frame.f_code.co_filename}:{frame.f_lineno}"
            if hides_a_word(frame.f_globals.get(name)):
                raise InvalidProcedure(f"{where}: {name} hides an imported word; write {name}_")
            if name in self and not is_another_text(self[name], value):
                raise InvalidProcedure(f"{where}: {name} is used twice")
            self.lines.setdefault(name, frame.f_lineno)
        if isinstance(value, Act | Clock):
            self.texts.setdefault(name, []).append(value)
            value.line = frame.f_lineno
            if name in self:
                return
        super().__setitem__(name, value)


def hides_a_word(imported: Any) -> bool:
    module = getattr(imported, "__module__", "") or ""
    return isinstance(imported, Word) or module.startswith("workflow.")


def is_another_text(first: Any, second: Any) -> bool:
    return any(isinstance(first, kind) and isinstance(second, kind) for kind in (Act, Clock))

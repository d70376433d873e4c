"""A word takes its id from the name it is given in the class body, so that no name is typed twice."""

from __future__ import annotations

from typing import Any


class Word:
    """`return_` stands for `return`: the id loses the underscore that Python demands. One that says its id keeps it."""

    id: str = ""
    line = 0  # of the file, where one name has several texts
    label: str

    def __set_name__(self, owner: type, name: str) -> None:
        self.id = self.id or name.rstrip("_")

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.id or self.label})"


def several(one_or_many: Any) -> tuple[Any, ...]:
    """One and many are written alike: `by=clerk`, `by=(clerk, head)`."""
    return tuple(one_or_many) if isinstance(one_or_many, tuple | list) else (one_or_many,)


def id_of(word_or_id: Any) -> str:
    """What stands further down in a file is named by its id; elsewhere the word itself is."""
    return word_or_id if isinstance(word_or_id, str) else str(word_or_id.id)

"""What others have done to a case while somebody filled in a form about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from web.views.case import Entry, Fact


@dataclass(frozen=True)
class Change:
    """One line of the file; empty before, or emptied since, where there is no fact."""

    label: str
    before: Fact | None
    after: Fact | None


@dataclass(frozen=True)
class Meanwhile:
    """`said` names who and when; `was` and `now` are states, alike where it stays. `open`: it can still be done.

    `kept` is what was typed, with the lines nobody had touched as they are now.
    """

    said: str
    acts: tuple[Entry, ...]
    was: str
    now: str
    changes: tuple[Change, ...]
    open: bool
    kept: Mapping[str, Any]

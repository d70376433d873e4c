"""The words a procedure is written in."""

from workflow.words.acts import Act
from workflow.words.chapter import InvalidProcedure
from workflow.words.law import Law, Source, local, ours
from workflow.words.measures import Mean, Measure, Median, Without
from workflow.words.outside import Card, Cases, Census, Entries, Poll, Posts, Register, Roster, one_open_per, one_per
from workflow.words.procedure import Procedure
from workflow.words.series import Series
from workflow.words.what import Derived, Document, Link, Setting
from workflow.words.when import (
    Clock,
    Deadline,
    Earliest,
    Extension,
    Posting,
    Recurring,
    Reminder,
    Window,
    after,
    at_once,
    before,
    on_day,
    on_the_day,
    on_working_day,
    overdue,
    paused_between,
    paused_in,
    paused_while,
)  # fmt: skip
from workflow.words.where import State, anywhere, back, either, new, same, still_open
from workflow.words.who import Apart, Backdating, Role, Seal, Turn, above, each_of, here, in_turn, nowhere, the, upward

__all__ = [
    "Act", "Apart", "Backdating", "Card", "Cases", "Census", "Clock", "Deadline", "Derived", "Document", "Earliest",
    "Entries", "Extension", "InvalidProcedure", "Law", "Link", "Mean", "Measure", "Median", "Poll", "Posting",
    "Posts", "Procedure", "Recurring", "Register", "Reminder", "Role", "Roster", "Seal", "Series", "Setting",
    "Source", "State", "Turn", "Window", "Without", "above", "after", "anywhere", "at_once", "back", "before",
    "each_of", "either", "here", "in_turn", "local", "new", "nowhere", "on_day", "on_the_day", "on_working_day",
    "one_open_per", "one_per", "ours", "overdue", "paused_between", "paused_in", "paused_while", "same",
    "still_open", "the", "upward",
]  # fmt: skip

"""Terms: every length is a number or holds one, every day is on file or that of an act."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from workflow.fields import Field
from workflow.proving.contradiction import Found, at, coded, perhaps
from workflow.terms import LaterOf, Since, Span, Until
from workflow.words.acts import Act
from workflow.words.naming import Word
from workflow.words.procedure import Procedure
from workflow.words.what import Setting
from workflow.words.when import Clock

Wrong = Iterator[tuple[str, str]]  # what is said of it, and what its text says


def every_term_can_be_counted(procedure: type[Procedure]) -> Found:
    for clock in procedure.all_clocks():
        for term in terms_of(clock):
            for why, said in wrong_with(procedure, clock, term):
                yield at(procedure, clock, f"{coded(clock)} {why}", said)
        for why, said in wrong_condition(procedure, clock):
            yield at(procedure, clock, f"{coded(clock)} {why}", said)


def terms_of(clock: Clock) -> Iterator[Any]:
    """Every term, the parts of terms made of others among them."""
    extension = (clock.extension.term, clock.extension.at_most) if clock.extension else ()
    todo = [clock.term, clock.instead, *extension, *(span for rung in clock.rungs for span in rung.moment.spans)]
    for term in todo:
        todo += term.terms if isinstance(term, LaterOf) else [term.span] if isinstance(term, Since) else ()
        todo += [other for _, other in term.local[1]] if isinstance(term, Span) and term.local else []
    return (term for term in todo if term is not None)


def wrong_with(procedure: type[Procedure], clock: Clock, term: Any) -> Wrong:
    if isinstance(term, Span):
        yield from wrong_count(procedure, term)
    elif isinstance(term, Since):
        yield from wrong_anchor(procedure, term.anchor)
    elif isinstance(term, Until):
        yield from () if clock.each is not None else wrong_day(procedure, term.field)
    elif not isinstance(term, LaterOf):
        yield f"counts {term!r}, which is no term; write days(15)", ""


def wrong_count(procedure: type[Procedure], span: Span) -> Wrong:
    count = span.count
    if isinstance(count, Field | Setting):
        if not holds_a_number(count):
            yield f"counts {count.id}, which holds no number", count.id
        if vars(procedure).get(count.id, vars(procedure).get(f"{count.id}_")) is not count:
            yield f"counts {count}, which is neither a line nor a setting of this procedure", count.id
    elif type(count) is not int or count < 0:
        yield f"counts {count!r}, which is no whole number", ""
    if span.local:
        yield from unknown_lengths(*span.local)


def holds_a_number(word: Field | Setting) -> bool:
    return word.kind == "number" if isinstance(word, Field) else type(word.default) is int


def unknown_lengths(setting: Any, others: tuple[tuple[str, Span], ...]) -> Wrong:
    """Of a length that a setting chooses among several."""
    for word, _ in others:
        if isinstance(setting, Setting) and word not in setting.one_of:
            yield f"has a length for “{word}”, which is no word of {setting.id}", word


def wrong_anchor(procedure: type[Procedure], anchor: Any) -> Wrong:
    if isinstance(anchor, Act) or (isinstance(anchor, str) and anchor in procedure.acts):
        return
    line = line_called(procedure, anchor) if isinstance(anchor, str) else anchor
    if isinstance(anchor, str) and line is None:
        guess = perhaps(anchor, {*procedure.acts, *procedure.fields})
        yield f"counts from {anchor}, which is neither an act nor a line of this procedure{guess}", anchor
    elif not is_day(procedure, line):
        yield f"counts from {anchor}, which is no day", getattr(anchor, "id", anchor)


def line_called(procedure: type[Procedure], name: str) -> Any:
    return vars(procedure).get(name, vars(procedure).get(f"{name}_"))


def is_day(procedure: type[Procedure], word: Any) -> bool:
    return isinstance(word, Field) and word.kind == "day" and procedure.fields.get(word.id) is word


def wrong_day(procedure: type[Procedure], field: Any) -> Wrong:
    if isinstance(field, str):
        yield f"runs until “{field}” by its id; name the day itself: {field}{perhaps(field, procedure.fields)}", field
    elif not is_day(procedure, field):
        yield f"runs until {field}, which is no day of this procedure", getattr(field, "id", "")


# On what it hangs whether a clock runs


def wrong_condition(procedure: type[Procedure], clock: Clock) -> Wrong:
    when = vars(procedure).get(clock.when) if isinstance(clock.when, str) else clock.when
    if isinstance(clock.when, str) and when is None:
        guess = perhaps(clock.when, vars(procedure))
        yield f"runs when {clock.when}, which is nothing here{guess}", clock.when
    elif isinstance(clock.when, str) and callable(when):
        yield f"runs when {clock.when}, a function, which is always true; make it a property", clock.when
    elif not (when is None or callable(when) or isinstance(when, Word | Field | property)):
        yield f"runs when {when!r}, which cannot be asked", "when"
    elif isinstance(when, Word) and not isinstance(clock.when, str | Setting):
        yield f"runs when {when}, which cannot be asked; name it by its id, “{when.id}”", when.id


# Settings


def every_setting_can_be_compared(procedure: type[Procedure]) -> Found:
    for setting in procedure.settings.values():
        bounds: list[Any] = [bound for bound in (setting.at_least, setting.at_most) if bound is not None]
        if any(type(bound) is not type(setting.default) for bound in bounds):
            kind = type(setting.default).__name__
            yield at(procedure, setting, f"{setting.id} has bounds, and its default is {setting.default!r}, a {kind}")
        if len(bounds) == 2 and bounds[0] > bounds[1]:
            yield at(
                procedure, setting, f"{setting.id} has bounds that leave nothing between {bounds[0]} and {bounds[1]}"
            )

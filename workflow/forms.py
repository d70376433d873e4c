"""The form of an act: checked, written into the case, read back by the names of its body's parameters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from marshmallow import Schema, ValidationError

from workflow.calendar import today
from workflow.checks import is_blank
from workflow.fields import schema
from workflow.refusals import Refusal, refusal
from workflow.snapshot import CLOCK
from workflow.words.acts import Act, Line
from workflow.words.case import BLANK
from workflow.words.procedure import Procedure


def lines(act: Act, hand: int) -> tuple[Line, ...]:
    """What this hand is asked; a hand beyond the form's own (a countersignature) is asked nothing."""
    return tuple(line for line in act.form if line.hand == hand)


def newcomers(act: Act, form: Mapping[str, Any]) -> dict[str, str]:
    """Persons to be added before the law is asked: for each line in which nobody is chosen, the name."""
    fields = [line.field for line in act.form if line.field.else_called and is_blank(form.get(line.field.id))]
    names = {field.id: form.get(field.else_called.id) for field in fields}
    return {name: called.strip() for name, called in names.items() if isinstance(called, str) and not is_blank(called)}


@cache
def form_of(act: Act, hand: int) -> Schema:
    return schema(tuple(line.field for line in lines(act, hand)))


def fill_in(act: Act, hand: int, case: Procedure, form: Mapping[str, Any]) -> dict[str, Any]:
    """Writes the form into the case and returns what was given; what is wrong stays blank and is refused.

    A line of the file that is left out keeps its value; a line of this form alone is emptied.
    """
    try:
        given, wrong = dict(form_of(act, hand).load(dict(form))), {}
    except ValidationError as error:
        given, wrong = dict(error.valid_data or {}), dict(error.messages_dict)
    if case.actor == CLOCK and not form:  # what opens by the clock brings its form, what the clock does has none
        given, wrong = {}, {}
    case.refusals += [refusal for name, messages in wrong.items() for refusal in refused(name, messages)]
    given |= days_of_act(act, hand, case, given.keys() | wrong.keys())
    case.data |= {line.field.id: line.field.empty for line in lines(act, hand) if line.of_form} | given
    case.data |= {line.field.id: BLANK for line in lines(act, hand) if line.field.id in wrong}
    case.refusals += list(in_the_future(act, hand, case, given))
    return given


def days_of_act(act: Act, hand: int, case: Procedure, named: set[str]) -> dict[str, Any]:
    fields = [line.field for line in lines(act, hand)]
    return {field.id: case.today for field in fields if field.of_act and field.id not in named}


def in_the_future(act: Act, hand: int, case: Procedure, given: Mapping[str, Any]) -> Iterator[Refusal]:
    for line in lines(act, hand):
        if line.field.of_act and given.get(line.field.id) and given[line.field.id] > today(case.now):
            yield Refusal("E_FUTURE_DATE", "{field}不能晚于今天。", {"field": line.field.label}, line.field.id)


def refused(name: str, messages: Any, path: tuple[int | str, ...] = ()) -> Iterator[Refusal]:
    if isinstance(messages, dict):
        for step, beneath in messages.items():
            yield from refused(name, beneath, (*path, step))
        return
    yield from (refusal("InvalidData", sentence, {}, name, path) for sentence in messages)


def blank(act: Act, hand: int, case: Procedure) -> None:
    """Nobody has filled in these lines yet; whoever looks at one stops there."""
    case.data |= {line.field.id: BLANK for line in lines(act, hand)}


def arguments(act: Act, case: Procedure) -> tuple[list[Any], dict[str, Any]]:
    """The lines of the form as the body's parameters: those of the first hand by place, of the second by name."""
    asked = [line for line in act.form if line.parameter]
    values = {line.parameter: line_value(line, case) for line in asked}
    first = [values[line.parameter] for line in asked if line.hand == 0]
    return first, {line.parameter: values[line.parameter] for line in asked if line.hand}


def line_value(line: Line, case: Procedure) -> Any:
    return getattr(case, line.parameter) if hasattr(type(case), line.parameter) else case.read(line.field)

"""What the bodies say by themselves: known names, options that there are, sentences that can be translated."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from workflow.fields import Field
from workflow.machine import targets
from workflow.proving.bodies import Body, bodies, body_of, calls, holes, is_chinese, of_case, strings
from workflow.proving.contradiction import Contradiction, Found
from workflow.words.case import Case
from workflow.words.outside import Card, Entries, Poll, Register, Roster
from workflow.words.procedure import Procedure

OF_EVERY_CASE = {"actor", "recorder", "today", "now", "unit", "data", "snapshot", "facts", *vars(Case)}
PRIVATE = {"refusals", "openings", "tellings", "entries_made", "handed_out", "papers_issued", "codes_given"}
OF_A_LINE = {"about", "since", "amount", "total", "entry"}
CLOCKS_OF_THE_MACHINE = {"today", "now", "utcnow", "time"}

Said = Iterator[tuple[ast.AST, str]]


def words_of(procedure: type[Procedure]) -> set[str]:
    return {*vars(procedure), *OF_EVERY_CASE} - PRIVATE


def what_bodies_say(procedure: type[Procedure]) -> Found:
    """Every name, every choice compared, every sentence: each fault at its own line."""
    for body in bodies(procedure):
        for proof in SAYINGS:
            for node, sentence in proof(procedure, body):
                yield Contradiction(procedure.file, body.line(node), sentence)


def names_are_known(procedure: type[Procedure], body: Body) -> Said:
    known = words_of(procedure)
    for node in body.walk():
        name = of_case(node)
        if name and name not in known:
            yield node, f"case.{name} is not a word of this procedure"
        elif name and isinstance(node.ctx, ast.Store) and name != "unit" and not is_field(procedure, name):  # type: ignore[attr-defined]
            yield node, f"case.{name} is not a line of the file and cannot be written"


def is_field(procedure: type[Procedure], name: str) -> bool:
    return isinstance(vars(procedure).get(name), Field)


def choices_are_options(procedure: type[Procedure], body: Body) -> Said:
    for node in body.walk():
        if not isinstance(node, ast.Compare):
            continue
        field = field_of(procedure, node.left, body)
        if field and any(isinstance(operator, ast.Is | ast.IsNot) for operator in node.ops):
            yield node, f"`is` on {field.id} does not wait for the form"
        if field and field.options:
            for text in (each for given in node.comparators for each in strings(given)):
                if text and text not in field.options:
                    yield node, f"“{text}” is no option of {field.id}"


def field_of(procedure: type[Procedure], node: ast.AST, body: Body) -> Field | None:
    name = of_case(node) or (node.id if isinstance(node, ast.Name) and node.id in body.names else "")
    found = vars(procedure).get(name, vars(procedure).get(name + "_")) if name else None
    return found if isinstance(found, Field) else None


def kinds_are_not_asked(_: type[Procedure], body: Body) -> Said:
    for node in body.walk():
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "isinstance":
            yield node, "isinstance on a line of the form does not wait for the form"


def sentences_can_be_told(_: type[Procedure], body: Body) -> Said:
    """A sentence is one Chinese template, and what its holes ask for is given."""
    for call in calls(body, "must"):
        sentence = call.args[1] if len(call.args) > 1 else None
        if isinstance(sentence, ast.JoinedStr):
            yield call, "a sentence put together cannot be translated; write a hole and give its value"
        if not (isinstance(sentence, ast.Constant) and isinstance(sentence.value, str)):
            continue
        given = {keyword.arg for keyword in call.keywords if keyword.arg and keyword.arg != "code"}
        if not is_chinese(sentence.value):
            yield call, f"“{sentence.value}” is not told in Chinese"
        for hole in sorted(holes(sentence.value) ^ given):
            yield call, f"“{sentence.value}”: {hole} is {'not given' if hole not in given else 'given and not told'}"


def roles_and_states_are_known(procedure: type[Procedure], body: Body) -> Said:
    named = (("tell", procedure.roles, "role"), ("give_code", procedure.roles, "role"),
             ("issue", procedure.documents, "document"), ("state_is", procedure.states, "state"))  # fmt: skip
    for word, known, kind in named:
        for call in calls(body, word):
            for text in (each for argument in call.args for each in strings(argument)):
                if text not in known:
                    yield call, f"{text} is no {kind} of this procedure"
    for node in body.walk():
        if isinstance(node, ast.Compare) and is_role_of_actor(node.left):
            for text in (each for given in node.comparators for each in strings(given)):
                if text not in procedure.roles:
                    yield node, f"{text} is no role of this procedure"


def is_role_of_actor(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and node.attr == "role" and of_case(node.value) == "actor"


def answers_are_there(procedure: type[Procedure], body: Body) -> Said:
    """What is read of a card is a column of its register; what is counted of a poll is one of its answers."""
    for node in body.walk():
        if isinstance(node, ast.Attribute) and (word := vars(procedure).get(of_case(node.value))):
            if isinstance(word, Card) and not has_column(word.register, node.attr):
                yield node, f"{word.label} has no column {node.attr}"
            if isinstance(word, Entries | Roster) and node.attr not in OF_A_LINE:
                yield node, f"{word.label} is several lines and has no {node.attr}"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "of":
            poll = vars(procedure).get(of_case(node.func.value))
            for text in (each for argument in node.args for each in strings(argument)):
                if isinstance(poll, Poll) and text not in poll.options:
                    yield node, f"“{text}” is no answer of {poll.label}"


def has_column(register: Register, name: str) -> bool:
    return bool({name, name + "_", name.rstrip("_")} & register.columns.keys()) or name in OF_A_LINE


def time_is_an_argument(_: type[Procedure], body: Body) -> Said:
    for node in body.walk():
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
        ):
            name, word = node.func.value.id, node.func.attr
            if name != "case" and word in CLOCKS_OF_THE_MACHINE:
                yield node, f"{name}.{word}() reads the clock of the machine; time is case.today"


def a_body_returns_one_of_its_ends(procedure: type[Procedure], body: Body) -> Said:
    act = next((each for each in procedure.all_acts() if body_of(procedure, each.body) is body), None)
    if act is None:
        return
    ends, returned = set(targets(procedure, act)), [node for node in body.walk() if isinstance(node, ast.Return)]
    for node in returned:
        for named in filter(None, map(of_case, ast.walk(node))):
            if named.rstrip("_") in procedure.states and named.rstrip("_") not in ends:
                yield node, f"{act.id} returns {named}, which is none of its ends"
    if len(act.arrow.targets) > 1 and not any(node.value for node in returned):
        yield body.function, f"{act.id} has several ends and never says which"


SAYINGS = (
    names_are_known, choices_are_options, kinds_are_not_asked, sentences_can_be_told, roles_and_states_are_known,
    answers_are_there, time_is_an_argument, a_body_returns_one_of_its_ends,
)  # fmt: skip

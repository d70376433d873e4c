"""What the bodies say by themselves: known names, options that there are, sentences that can be translated."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from workflow.fields import Field
from workflow.machine import targets
from workflow.proving.answers import Said, answers_are_there, entries_fill_columns, globals_of, polls_have_the_answers
from workflow.proving.bodies import Body, bodies, body_of, calls, holes, is_chinese, of_case, strings
from workflow.proving.contradiction import Contradiction, Found, perhaps
from workflow.words.case import Case
from workflow.words.procedure import Procedure

OF_EVERY_CASE = {"actor", "recorder", "today", "now", "unit", "data", "snapshot", "facts", *vars(Case)}
PRIVATE = {"refusals", "openings", "tellings", "entries_made", "handed_out", "papers_issued", "codes_given"}
CLOCKS_OF_THE_MACHINE = {"today", "now", "utcnow", "time"}


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
            yield node, f"case.{name} is not a word of this procedure{perhaps(name, known)}"
        elif name and isinstance(node.ctx, ast.Store) and name != "unit" and not is_field(procedure, name):  # type: ignore[attr-defined]
            yield node, f"case.{name} is not a line of the file and cannot be written"


def is_field(procedure: type[Procedure], name: str) -> bool:
    return isinstance(vars(procedure).get(name), Field)


def nothing_is_asked_by_is(procedure: type[Procedure], body: Body) -> Said:
    for node in body.walk():
        field = field_of(procedure, node.left, body) if isinstance(node, ast.Compare) else None
        if field and any(isinstance(each, ast.Is | ast.IsNot) for each in node.ops):  # type: ignore[attr-defined]
            yield node, f"`is` on {field.id} does not wait for the form"


def choices_are_options(procedure: type[Procedure], body: Body) -> Said:
    """Compared, matched or written: on either side."""
    for node in body.walk():
        for asked, texts in (*compared(node), *matched(node), *assigned(node)):
            field = field_of(procedure, asked, body)
            for text in texts if field and field.options else ():
                if field and text and text not in field.options:
                    yield node, f"“{text}” is no option of {field.id}{perhaps(text, field.options)}"


Texts = Iterator[tuple[ast.AST, list[str]]]


def compared(node: ast.AST) -> Texts:
    if isinstance(node, ast.Compare):
        yield node.left, [text for given in node.comparators for text in strings(given)]
        yield from ((given, plain(node.left)) for given in node.comparators)


def matched(node: ast.AST) -> Texts:
    if isinstance(node, ast.Match):
        yield node.subject, [text for case in node.cases for text in strings(case.pattern)]


def assigned(node: ast.AST) -> Texts:
    if isinstance(node, ast.Assign):
        for target in node.targets:
            several_ = isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple)
            pairs = zip(target.elts, node.value.elts, strict=False) if several_ else [(target, node.value)]  # type: ignore[attr-defined]
            yield from ((each, plain(value)) for each, value in pairs)


def plain(node: ast.AST) -> list[str]:
    """The texts it may be; what it is asked under is none of them."""
    if isinstance(node, ast.IfExp):
        return [*plain(node.body), *plain(node.orelse)]
    return [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) else []


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
        sentence = sentence_of(call)
        if sentence is None:
            yield call, "case.must says no sentence: what is to be told where it does not hold?"
        if call.args and (plain(call.args[0]) or isinstance(call.args[0], ast.JoinedStr)):
            yield call, "case.must asks what always holds: the condition stands first, then the sentence"
        if isinstance(sentence, ast.JoinedStr):
            yield call, "a sentence put together cannot be translated; write a hole and give its value"
        if not (isinstance(sentence, ast.Constant) and isinstance(sentence.value, str)):
            continue
        given = {keyword.arg for keyword in call.keywords if keyword.arg not in ("code", "sentence", "holds")}
        if not is_chinese(sentence.value):
            yield call, f"“{sentence.value}” is not told in Chinese"
        for hole in sorted(holes(sentence.value) ^ {each for each in given if each}) if None not in given else ():
            yield call, f"“{sentence.value}”: {hole} is {'not given' if hole not in given else 'given and not told'}"


def sentence_of(call: ast.Call) -> ast.expr | None:
    named = (keyword.value for keyword in call.keywords if keyword.arg == "sentence")
    return call.args[1] if len(call.args) > 1 else next(named, None)


def roles_and_states_are_known(procedure: type[Procedure], body: Body) -> Said:
    named = (("tell", procedure.roles, "role"), ("give_code", procedure.roles, "role"),
             ("issue", procedure.documents, "document"), ("state_is", procedure.states, "state"))  # fmt: skip
    for word, known, kind in named:
        for call in calls(body, word):
            for text in (each for argument in call.args for each in strings(argument)):
                if text not in known:
                    yield call, f"{text} is no {kind} of this procedure{perhaps(text, known)}"
    for node in body.walk():
        if isinstance(node, ast.Compare) and is_role_of_actor(node.left):
            for text in (each for given in node.comparators for each in strings(given)):
                if text not in procedure.roles:
                    yield node, f"{text} is no role of this procedure"


def ids_are_given_where_ids_are_asked(procedure: type[Procedure], body: Body) -> Said:
    for word, known in (("tell", procedure.roles), ("give_code", procedure.roles), ("issue", procedure.documents)):
        for call in calls(body, word):
            for name in {of_case(argument) for argument in call.args} & known.keys():
                yield call, f"case.{word} asks for ids; write case.{word}(“{name}”)"


def is_role_of_actor(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and node.attr == "role" and of_case(node.value) == "actor"


def time_is_an_argument(procedure: type[Procedure], body: Body) -> Said:
    brought = dict(brought_in(body))
    for node in body.walk():
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            root, word = root_of(node.func.value), node.func.attr
            known = globals_of(procedure).get(root)
            module = brought.get(root) or getattr(known, "__module__", None) or getattr(known, "__name__", "")
            if word in CLOCKS_OF_THE_MACHINE and root not in body.names and module in ("datetime", "time"):
                said = ast.unparse(node.func)
                yield node, f"{said}() reads the clock of the machine; time is case.today, or case.now"


def brought_in(body: Body) -> Iterator[tuple[str, str]]:
    """Names that the body imports itself, with their modules."""
    for node in body.walk():
        if isinstance(node, ast.Import | ast.ImportFrom):
            for each in node.names:
                yield each.asname or each.name, getattr(node, "module", None) or each.name


def root_of(node: ast.AST) -> str:
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def a_body_returns_one_of_its_ends(procedure: type[Procedure], body: Body) -> Said:
    act = next((each for each in procedure.all_acts() if body_of(procedure, each.body) is body), None)
    if act is None:
        return
    ends, returned = set(targets(procedure, act)), [node for node in body.walk() if isinstance(node, ast.Return)]
    for node in returned:
        for text in plain(node.value) if node.value else ():
            yield node, f"{act.id} returns “{text}”; an end is read from the case: case.{text}"
        for named in filter(None, map(of_case, ast.walk(node))):
            if named.rstrip("_") in procedure.states and named.rstrip("_") not in ends:
                yield node, f"{act.id} returns {named}, which is none of its ends"
    if len(act.arrow.targets) > 1 and not any(node.value for node in returned):
        yield body.function, f"{act.id} has several ends and never says which"


SAYINGS = (
    names_are_known, nothing_is_asked_by_is, choices_are_options, kinds_are_not_asked, sentences_can_be_told,
    roles_and_states_are_known, ids_are_given_where_ids_are_asked, answers_are_there, polls_have_the_answers,
    entries_fill_columns, time_is_an_argument, a_body_returns_one_of_its_ends,
)  # fmt: skip

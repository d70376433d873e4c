"""Acts by themselves: none goes round for ever, alone or with others."""

from __future__ import annotations

import ast

from workflow.machine import sources, targets
from workflow.proving.bodies import bodies_of, body_of, calls, helpers_of, of_case
from workflow.proving.contradiction import Found, at
from workflow.words.acts import Act
from workflow.words.procedure import Procedure
from workflow.words.where import same


def nothing_goes_round_by_itself(procedure: type[Procedure]) -> Found:
    for act in procedure.unasked:
        if same.id in targets(procedure, act) and not changes_what_it_asks(procedure, act):
            sentence = f"{act.id} happens by itself and changes nothing its conditions ask: it would go round for ever"
            yield at(procedure, act, sentence)
        for target in targets(procedure, act):
            if target in leads_back(procedure, act, target):
                yield at(procedure, act, f"{act.id} can go round for ever through {target}")


def changes_what_it_asks(procedure: type[Procedure], act: Act) -> bool:
    """Whether it writes a line that it asks, or asks whether it was done, or tells something to the world outside."""
    read, stored = names_in(procedure, act, ast.Load), names_in(procedure, act, ast.Store)
    outward = {"enter", "end", "open"} & read and set(procedure.outside) & read
    return bool((stored | {act.id}) & (asked_by(procedure, act) or read) or outward)


def names_in(procedure: type[Procedure], act: Act, context: type[ast.expr_context]) -> set[str]:
    nodes = (node for body in bodies_of(procedure, act) for node in body.walk() if isinstance(node, ast.Attribute))
    return {of_case(node).rstrip("_") for node in nodes if isinstance(node.ctx, context)} - {""}


def asked_by(procedure: type[Procedure], act: Act) -> set[str]:
    """Names that its conditions read; none where they cannot be told from the rest of its body."""
    body, helpers = body_of(procedure, act.body), helpers_of(procedure)
    asked = [call.args[0] for call in calls(body, "must") if call.args] if body else []
    found = {of_case(node) for condition in asked for node in ast.walk(condition)} - {""}
    plain = all(node.id == "case" for each in asked for node in ast.walk(each) if isinstance(node, ast.Name))
    return {name.rstrip("_") for name in found} if plain and not found & helpers.keys() else set()


def leads_back(procedure: type[Procedure], act: Act, target: str) -> set[str]:
    """States reached from `target` by acts by themselves alone, if they lead back to where `act` begins."""
    by_itself = [each for each in procedure.unasked if not exclude_each_other(procedure, act, each)]
    seen, todo = set[str](), [target]
    while todo:
        state = todo.pop()
        for each in by_itself:
            if state in sources(procedure, each):
                fresh = set(targets(procedure, each)) - seen - {same.id}
                seen |= fresh
                todo += fresh
    return {target} if seen & set(sources(procedure, act)) else set()


def exclude_each_other(procedure: type[Procedure], one: Act, other: Act) -> bool:
    """Whether the one asks what the other denies, and nothing that happens by itself changes it."""
    written = {name for act in procedure.unasked for name in names_in(procedure, act, ast.Store)}
    first, second = conditions(procedure, one), conditions(procedure, other)
    opposed = [asked for asked in first if denied(asked) in second]
    return any(not written & names_of(asked) and names_of(asked) & procedure.fields.keys() for asked in opposed)


def conditions(procedure: type[Procedure], act: Act) -> set[str]:
    body = body_of(procedure, act.body)
    return {ast.unparse(call.args[0]) for call in calls(body, "must") if call.args} if body else set()


def denied(condition: str) -> str:
    node = ast.parse(condition, mode="eval").body
    is_denial = isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not)
    return ast.unparse(node.operand if is_denial else ast.UnaryOp(ast.Not(), node))  # type: ignore[attr-defined]


def names_of(condition: str) -> set[str]:
    return {of_case(node).rstrip("_") for node in ast.walk(ast.parse(condition, mode="eval"))} - {""}

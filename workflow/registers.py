"""What speaks against an act from outside its case: a case that is there already, a count that would fall too low."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from workflow.question import Question
from workflow.questions import EntriesAsked, OnceAsked
from workflow.refusals import Refusal
from workflow.words.case import Blank
from workflow.words.outside import REGISTERS
from workflow.words.procedure import Procedure


def already_there(question: Question, case: Procedure) -> Iterator[Refusal]:
    """At most one case a key, where the procedure says so; asked when a case opens and when its key changes."""
    once, before = question.procedure.once, question.snapshot
    if once is None or any(isinstance(case.read(each), Blank) for each in once.fields):
        return
    key = once.key(case.read)
    known = bool(before.state) and not question.case().is_closed
    if not key or (known and key == once.key(question.case().read)):
        return
    if found := case.answer_to(OnceAsked(question.procedure.id, key, before.id)):
        labels = "、".join(each.label for each in once.fields)
        if once.hidden:
            yield Refusal(once.code, "同一{fields}已有一件在办。", {"fields": labels})
        else:
            yield Refusal(once.code, "同一{fields}已有一件：{no}。", {"fields": labels, "no": found})


def below_the_floor(case: Procedure) -> Iterator[Refusal]:
    """What a register counts may not fall below its floor."""
    sums: Counter[tuple[str, str]] = Counter()
    for entry in (each for each in case.entries_made if not {type(each.about), type(each.amount)} & {Blank}):
        sums[entry.register, entry.about] += entry.amount
    for (name, about), amount in sums.items():
        register = REGISTERS[name]
        if register.floor is not None and amount < 0:
            left = sum(each.amount for each in case.answer_to(EntriesAsked(name, about, case.today)))
            if left + amount < register.floor:
                values = {"register": register.label, "left": left, "amount": -amount}
                yield Refusal("E_FLOOR", "{register}现有{left}，不足{amount}。", values)

"""The check page before an act that issues documents: decided like the act itself, and nothing written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from flask import request

from web import casefile
from web.asking import Asking
from web.casefile import CaseFile
from web.showing import done
from web.showing.case import Desk
from web.showing.facts import fact
from web.views.case import Fact
from web.views.check import Check
from web.views.document import sheet
from workflow.decision import Decision

OURS = ("csrf_token", "preview", "edit", "draft", "drop")


def check(seen: CaseFile, asking: Asking, sent: dict[str, Any]) -> Check:
    """Raises Refused for whatever the act itself would be refused for."""
    found = casefile.preview(seen, asking, sent)
    result = done.foreseen(seen.law, found, Desk(seen.stood.now, seen.organisation.calendar))
    sheets = tuple(sheet(paper.label, paper.text) for paper in found.documents)
    return Check(result.act, request.path, result, tuple(answers(seen, found)), sheets, tuple(hidden(asking, sent)))


def answers(seen: CaseFile, found: Decision) -> Iterator[Fact]:
    """What was answered, in the order of the file."""
    for name, each in seen.law.fields.items():
        value = found.form.get(name)
        if value and (told := fact(seen.law, each, value, seen.reader)):
            yield told


def hidden(asking: Asking, sent: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Everything as it was sent; a file by the id under which it has been kept."""
    files = {each.id for each in asking.fields if each.kind == "file"}
    yield from ((name, value) for name, value in request.form.items(multi=True) if name not in files.union(OURS))
    yield from ((name, str(sent[name])) for name in sorted(files) if sent.get(name))

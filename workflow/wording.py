"""Renders the official wording of a document; the text is final when its act is done."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from pathlib import Path

from jinja2 import FileSystemLoader, StrictUndefined, Template
from jinja2.sandbox import ImmutableSandboxedEnvironment

from workflow.numbers import Fen
from workflow.words.procedure import Procedure
from workflow.words.what import Document

OF_CASE = re.compile(r"\bcase\.(\w+)")
WORDINGS = Path(__file__).parent / "documents"
TRACKING_CODE = "〔查询码〕"  # stands in every stored receipt: the code is shown once and kept only as a keyed hash


def chinese_day(on: date) -> str:
    """2026年2月14日; an unset day is left to be filled in by hand."""
    return f"{on.year}年{on.month}月{on.day}日" if on else "　　年　　月　　日"


def in_yuan(fen: int) -> str:
    """2,000.00元."""
    return f"{Fen(fen)}元"


@cache
def wordings() -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(WORDINGS), undefined=StrictUndefined, autoescape=False, trim_blocks=True,
        lstrip_blocks=True, keep_trailing_newline=False,
    )  # fmt: skip
    environment.filters |= {"day": chinese_day, "yuan": in_yuan}
    return environment


@cache
def template(procedure: type[Procedure], document: str) -> Template:
    return wordings().get_template(place(procedure, document))


def place(procedure: type[Procedure], document: str) -> str:
    """In a folder of that version, where an earlier one said it otherwise."""
    own = f"{procedure.id}_{procedure.version}/{document}.txt"
    return own if (WORDINGS / own).exists() else f"{procedure.id}/{document}.txt"


def has_wording(procedure: type[Procedure], document: Document) -> bool:
    return (WORDINGS / place(procedure, document.id)).exists()


def read_by_wordings(procedure: type[Procedure]) -> set[str]:
    """Names that the papers read from the case."""
    return {name for document in procedure.documents for name in read_by_wording(procedure, document)}


@cache
def read_by_wording(procedure: type[Procedure], document: str) -> frozenset[str]:
    paper = WORDINGS / place(procedure, document)
    return frozenset(OF_CASE.findall(paper.read_text(encoding="utf-8"))) if paper.exists() else frozenset()


def worded(document: Document, case: Procedure) -> str:
    """The text as the issuing unit signs it, on the day of the act; `case` stands as the act has left it."""
    units = case.facts.units
    unit = units[case.unit].name if case.unit in units else case.unit
    over = case.above(case.unit)
    return template(type(case), document.id).render(
        case=case, unit=unit, above=units[over].name if over in units else "上一级机关", on=case.today,
        number=case.no, tracking_code=TRACKING_CODE,
    )  # fmt: skip

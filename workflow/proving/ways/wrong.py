"""What is wrong with a migration: at the line of the mapping that says so."""

from __future__ import annotations

import ast
import linecache
from collections.abc import Iterator
from functools import cache

from workflow.proving.contradiction import Contradiction
from workflow.words.migration import Way

Said = tuple[str, str]  # part of the migration, and a name in it; without a name, the part itself


def wrong(way: Way, part: str, name: str, sentence: str) -> Contradiction:
    """Where neither the name nor its part is written, at the first line of the migration."""
    to = way.migration
    lines = lines_of(to.file, to.first_line)
    line = lines.get((part, name), lines.get((part, ""), to.first_line))
    return Contradiction(to.file, line, f"{way.old.id} {way.old.version} → {way.new.version}: {sentence}")


@cache
def lines_of(file: str, line: int) -> dict[Said, int]:
    """Of the migration that is written there; nothing where the file cannot be read any more."""
    written = ast.walk(ast.parse("".join(linecache.getlines(file))))
    calls = (node for node in written if isinstance(node, ast.Call) and is_migration(node, line))
    return {said: at for call in calls for said, at in lines_said(call)}


def is_migration(call: ast.Call, line: int) -> bool:
    return getattr(call.func, "id", "") == "Migration" and call.lineno <= line <= (call.end_lineno or line)


def lines_said(call: ast.Call) -> Iterator[tuple[Said, int]]:
    for said in call.keywords:
        yield (str(said.arg), ""), said.lineno
        names = (key for key in getattr(said.value, "keys", ()) if isinstance(key, ast.Constant))
        yield from (((str(said.arg), str(key.value)), key.lineno) for key in names)

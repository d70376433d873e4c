"""A whole procedure on one page: its diagram, and a table of what may happen, by whom, under which article."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class State:
    id: str
    label: str
    kind: str = ""


@dataclass(frozen=True)
class Move:
    """An act between states. Without `sources` it opens a case, without `targets` the case stays where it is.

    `returns`: it ends a detour, wherever that began.
    """

    id: str
    label: str
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    by: tuple[str, ...] = ()
    basis: str = ""
    form: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    returns: bool = False


@dataclass(frozen=True)
class Term:
    code: str
    label: str
    kind: str
    length: str
    basis: str = ""
    runs_in: tuple[str, ...] = ()


@dataclass(frozen=True)
class Atlas:
    id: str
    label: str
    states: tuple[State, ...]
    moves: tuple[Move, ...]
    terms: tuple[Term, ...]
    papers: tuple[tuple[str, str], ...] = ()

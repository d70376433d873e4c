"""What has happened in the invented town: plots of every procedure, played through the one road."""

from collections.abc import Callable, Iterator
from itertools import chain

from models.plots.branch_rating import ratings
from models.plots.mediation import quarrels
from models.plots.petition import petitions
from models.plots.recruitment import recruitments
from models.plots.telling import Plot

TELLERS: tuple[Callable[[], Iterator[Plot]], ...] = (petitions, recruitments, quarrels, ratings)


def town_life() -> Iterator[Plot]:
    return chain.from_iterable(tell() for tell in TELLERS)

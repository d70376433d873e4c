"""A few processes that begin at the same instant, kept from one round to the next so that all is warm."""

from __future__ import annotations

import gc
import multiprocessing
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

from bench.ground import Ground

LARGEST = 4
Work = Callable[[Ground], Any]
shared: dict[str, Any] = {}  # in each process of the crew: barriers by size, and the bell that ends a round


@dataclass(frozen=True)
class Shift:
    """What one of the crew did, and between which moments of a clock they all share."""

    began: float
    ended: float
    done: Any


class Crew:
    def __init__(self, pool: Any, bell: Any, ground: Ground) -> None:
        self.pool, self.bell, self.ground = pool, bell, ground

    def work(self, *works: Work) -> list[Shift]:
        """All of them at once, each in a process of its own."""
        self.bell.clear()
        found: list[Shift] = self.pool.map(partial(shift, self.ground, len(works)), works, chunksize=1)
        return found


@contextmanager
def crew(ground: Ground) -> Iterator[Crew]:
    context = multiprocessing.get_context("spawn")
    barriers, bell = {size: context.Barrier(size) for size in range(1, LARGEST + 1)}, context.Event()
    with context.Pool(LARGEST, enlist, (barriers, bell)) as pool:
        yield Crew(pool, bell, ground)


def enlist(barriers: Any, bell: Any) -> None:
    """As `linban up` starts them: each in a session of its own, among which Linux shares out a busy processor.

    PostgreSQL gives one to each of its backends.
    """
    os.setsid()
    gc.freeze()
    shared.update(barriers=barriers, bell=bell)


def shift(ground: Ground, size: int, work: Work) -> Shift:
    shared["barriers"][size].wait()
    began = time.monotonic()
    done = work(ground)
    return Shift(began, time.monotonic(), done)


def seconds(shifts: Sequence[Shift]) -> float:
    return max(each.ended for each in shifts) - min(each.began for each in shifts)

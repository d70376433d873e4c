"""Workers and tickers as processes of their own, to be killed without warning and started again."""

from __future__ import annotations

import multiprocessing
import os
import runpy
from collections.abc import Mapping
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from random import Random

from tests.jobs.town import Town

NAME = "crew"  # by which their connections are told from those of the test
WORKER, TICKER = "jobs.worker", "jobs.clock"
OURS = f"application_name LIKE '{NAME} %'"
READY = multiprocessing.get_context("forkserver")  # what they import is loaded once, so that a start is quick
READY.set_forkserver_preload([__name__, "jobs.deadlines", "jobs.notices", "jobs.queue", "rq"])


class Crew:
    """So many of each; `log` is what all of them said."""

    def __init__(self, log: Path) -> None:
        self.log = log
        self.running: dict[str, ForkServerProcess] = {}
        self.started = 0

    def man(self) -> None:
        """Two workers and a ticker."""
        for module in (WORKER, WORKER, TICKER):
            self.start(module)

    def start(self, module: str) -> None:
        self.started += 1
        name = f"{NAME} {module} {self.started}"
        env = {**os.environ, "PGAPPNAME": name, "PYTHONUNBUFFERED": "1"}
        self.running[name] = READY.Process(target=live, args=(module, env, self.log), daemon=True)
        self.running[name].start()

    def at_work(self, town: Town) -> list[str]:
        """Those in the middle of a transaction."""
        question = f"SELECT application_name FROM pg_stat_activity WHERE {OURS} AND state <> 'idle'"
        return sorted(name for (name,) in town.rows(question) if name in self.running)

    def kill(self, random: Random, module: str, *, rather: list[str]) -> None:
        """One of them dies in the middle of whatever it does, and another takes its place."""
        of_module = [name for name in self.running if module in name]
        self.end(random.choice([name for name in of_module if name in rather] or of_module))
        self.start(module)

    def end(self, name: str) -> None:
        process = self.running.pop(name)
        process.kill()
        process.join()

    def revive(self) -> int:
        """As their supervisor does: one that has ended by itself is started again; how many that were."""
        ended = [name for name, process in self.running.items() if not process.is_alive()]
        for name in ended:
            self.end(name)
            self.start(name.split()[1])
        return len(ended)

    def stop(self) -> None:
        """All of them at once, and without warning."""
        for process in self.running.values():
            process.kill()
        for name in list(self.running):
            self.end(name)


def live(module: str, env: Mapping[str, str], log: Path) -> None:
    """As `python -m` would, saying everything into the log."""
    os.environ.update(env)
    with log.open("ab") as said:
        os.dup2(said.fileno(), 1)
        os.dup2(said.fileno(), 2)
    runpy.run_module(module, run_name="__main__")

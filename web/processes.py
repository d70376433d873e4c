"""The processes of a running Linban: started in order, restarted when they die, stopped in the opposite order."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil

LONGEST_PAUSE = 30.0  # seconds between two starts of a child that keeps dying
GOOD_RUN = 60.0  # seconds after which a child counts as well again
GRACE = 30.0  # seconds to end in peace
PATIENCE = 60.0  # seconds to answer after a start
LOG_LIMIT = 10_000_000  # bytes, then the log is put aside once
ENDS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class NotStarted(Exception):
    """A server did not come up; says in both languages what to do."""


class Interrupted(BaseException):
    """Somebody asked for the end while the house was still being opened; nothing may catch it as an error."""


@dataclass(frozen=True)
class Account:
    """As whom a server runs where Linban itself is run by root."""

    uid: int
    gid: int


def options(whom: Account | None) -> dict[str, object]:
    """For `subprocess`: that account, and nothing of root's groups."""
    return {"user": whom.uid, "group": whom.gid, "extra_groups": []} if whom else {}


@dataclass
class Child:
    """One process in a session of its own, so that Ctrl-C reaches it only through its supervisor.

    `answers` tells whether it does its work yet; `fds` are open sockets that it inherits.
    """

    name: str
    argv: Sequence[str]
    env: Mapping[str, str]
    log: Path
    account: Account | None = None
    stop_with: signal.Signals = signal.SIGTERM
    answers: Callable[[], bool] = field(default=lambda: True)
    fds: tuple[int, ...] = ()
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    pause: float = 1.0

    def start(self) -> None:
        put_aside(self.log)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                list(self.argv), env=dict(self.env), stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                start_new_session=True, cwd="/" if self.account else None, pass_fds=self.fds, **options(self.account),
            )  # type: ignore[call-overload]  # fmt: skip
        self.started_at = time.monotonic()

    def wait_until_it_answers(self) -> None:
        """Raises `NotStarted` with the end of its log when it dies first, or is silent for a minute."""
        while not self.answers():
            if self.has_died or time.monotonic() > self.started_at + PATIENCE:
                raise NotStarted(f"{self.name} 没有启动，见 {self.log} · did not start:\n{last_words(self.log)}")
            time.sleep(0.05)

    @property
    def has_died(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def stop(self) -> None:
        """Asks it to end; kills it after half a minute, and whatever it has left behind."""
        if self.process is None or self.has_died:
            return
        below = psutil.Process(self.process.pid).children(recursive=True)
        self.process.send_signal(self.stop_with)
        try:
            self.process.wait(GRACE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        for process in psutil.wait_procs(below, timeout=2)[1]:
            with suppress(psutil.NoSuchProcess):
                process.kill()


def put_aside(log: Path) -> None:
    if log.exists() and log.stat().st_size > LOG_LIMIT:
        log.replace(log.with_suffix(".log.1"))


def last_words(log: Path) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-6:])


@dataclass
class Supervisor:
    """Keeps its children running until it is told to stop; `say` takes a sentence in both languages."""

    home: Path
    say: Callable[[str], None]
    children: list[Child] = field(default_factory=list)
    ending: bool = False
    undisturbed: bool = True  # a signal waits until the hands are free

    @property
    def register(self) -> Path:
        return self.home / "children.json"

    def listen(self) -> None:
        """From here on a signal interrupts the opening, and ends the watch."""
        self.undisturbed = False
        for each in ENDS:
            signal.signal(each, self.end)

    def end(self, *_: object) -> None:
        self.ending = True
        if not self.undisturbed:
            raise Interrupted

    def add(self, *children: Child) -> None:
        """Starts them together, then waits until each answers."""
        for child in children:
            self.start(child)
        for child in children:
            child.wait_until_it_answers()

    def start(self, child: Child) -> None:
        """A child is never born without being written down."""
        before, self.undisturbed = self.undisturbed, True
        child.start()
        if child not in self.children:
            self.children.append(child)
        self.write_down()
        self.undisturbed = before
        if self.ending and not before:
            raise Interrupted

    def write_down(self) -> None:
        """Who was started, so that the next start can end those that a killed supervisor left behind."""
        known = [[child.process.pid, created(child.process.pid)] for child in self.children if child.process]
        self.register.write_text(json.dumps(known))

    def watch(self) -> None:
        """Returns when a signal asks for the end."""
        self.undisturbed = True
        while not self.ending:
            time.sleep(0.3)
            for child in self.children:
                if child.has_died and not self.ending:
                    self.revive(child)

    def revive(self, child: Child) -> None:
        """Starts it again, each time a little later; one that lived for a minute begins anew."""
        lived = time.monotonic() - child.started_at
        if lived < child.pause:
            return
        child.pause = 1.0 if lived > GOOD_RUN else min(child.pause * 2, LONGEST_PAUSE)
        self.say(f"{child.name} 意外退出，正在重新启动（见 {child.log}） · {child.name} died and is started again")
        self.start(child)

    def stop(self) -> None:
        """In the opposite order; asked once more, it goes on stopping in order."""
        self.undisturbed = True
        for child in reversed(self.children):
            child.stop()
        self.register.unlink(missing_ok=True)


def created(pid: int) -> float:
    try:
        return float(psutil.Process(pid).create_time())
    except psutil.NoSuchProcess:
        return 0.0  # gone already


def end_leftovers(home: Path) -> int:
    """Ends what a supervisor that was killed had started, the last first; gives how many there were."""
    register = home / "children.json"
    known = json.loads(register.read_text()) if register.exists() else []
    left = [process for pid, at in reversed(known) if (process := same_process(pid, at))]
    for process in left:
        with suppress(psutil.NoSuchProcess):
            process.send_signal(signal.SIGINT if process.name() == "postgres" else signal.SIGTERM)
        wait_for_the_end(process)
    register.unlink(missing_ok=True)
    return len(left)


def wait_for_the_end(process: psutil.Process) -> None:
    """A dead process that nobody reaps counts as ended."""
    give_up = time.monotonic() + GRACE
    while same_process(process.pid, process.create_time()):
        if time.monotonic() > give_up:
            process.kill()
        time.sleep(0.05)


def same_process(pid: int, at: float) -> psutil.Process | None:
    """The process of that id, unless the id has been given to another since."""
    try:
        process = psutil.Process(pid)
        alive = abs(process.create_time() - at) < 1 and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return None
    return process if alive else None


def environment(**more: str) -> dict[str, str]:
    return {**os.environ, **more}

"""The processes of a running Linban: started in order, restarted when they die, stopped in the opposite order."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from web.embedded import Account, options

LONGEST_PAUSE = 30.0  # seconds between two starts of a child that keeps dying
GRACE = 30.0  # seconds to end in peace


@dataclass
class Child:
    """One process in a session of its own, so that Ctrl-C reaches it only through its supervisor."""

    name: str
    argv: Sequence[str]
    env: Mapping[str, str]
    log: Path
    account: Account | None = None
    stop_with: signal.Signals = signal.SIGTERM
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    pause: float = 1.0

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                list(self.argv), env=dict(self.env), stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                start_new_session=True, cwd="/" if self.account else None, **options(self.account),
            )  # type: ignore[call-overload]  # fmt: skip
        self.started_at = time.monotonic()

    @property
    def has_died(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def stop(self) -> None:
        """Asks it to end; kills it after half a minute."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.send_signal(self.stop_with)
        try:
            self.process.wait(GRACE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


@dataclass
class Supervisor:
    """Keeps its children running until it is told to stop; `say` takes a sentence in both languages."""

    home: Path
    say: Callable[[str], None]
    children: list[Child] = field(default_factory=list)
    stopping: bool = False

    @property
    def register(self) -> Path:
        return self.home / "children.json"

    def add(self, child: Child) -> None:
        child.start()
        self.children.append(child)
        self.write_down()

    def write_down(self) -> None:
        """Who was started, so that the next start can end those that a killed supervisor left behind."""
        known = [[child.process.pid, created(child.process.pid)] for child in self.children if child.process]
        self.register.write_text(json.dumps(known))

    def watch(self) -> None:
        """Returns when a signal asks for the end."""
        for each in (signal.SIGINT, signal.SIGTERM):
            signal.signal(each, self.end)
        while not self.stopping:
            time.sleep(0.3)
            for child in self.children:
                if child.has_died and not self.stopping:
                    self.revive(child)

    def end(self, *_: object) -> None:
        self.stopping = True

    def revive(self, child: Child) -> None:
        """Starts it again, each time a little later; one that lived for a minute begins anew."""
        lived = time.monotonic() - child.started_at
        if lived < child.pause:
            return
        child.pause = 1.0 if lived > 60 else min(child.pause * 2, LONGEST_PAUSE)
        self.say(f"{child.name} 意外退出，正在重新启动（见 {child.log}） · {child.name} died and is started again")
        child.start()
        self.write_down()

    def stop(self) -> None:
        for child in reversed(self.children):
            child.stop()
        self.register.unlink(missing_ok=True)


def created(pid: int) -> float:
    return float(psutil.Process(pid).create_time())


def end_leftovers(home: Path) -> int:
    """Ends what a supervisor that was killed had started, the last first; gives how many there were."""
    register = home / "children.json"
    known = json.loads(register.read_text()) if register.exists() else []
    left = [process for pid, at in reversed(known) if (process := same_process(pid, at))]
    for process in left:
        process.send_signal(signal.SIGINT if process.name() == "postgres" else signal.SIGTERM)
        psutil.wait_procs([process], timeout=GRACE)
    register.unlink(missing_ok=True)
    return len(left)


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

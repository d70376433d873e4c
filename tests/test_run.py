"""Linban as a street office meets it: one command, real processes, whatever the machine is like."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import click
import psutil
import pytest
from redis import Redis

import run
from web.commands.up import say
from web.door import FIRST_PORT
from web.embedded import queue_url
from web.servers import short_folder

READY = re.compile(r"Linban is ready: (\S+).*stop: Ctrl-C", re.DOTALL)
PATIENCE = 120  # seconds; a machine under load starts slowly
OWN = ("DATABASE_URL", "REDIS_URL", "LINBAN_SCHEMA", "LINBAN_QUEUE", "LINBAN_SECRET_KEY")
pytestmark = pytest.mark.xdist_group("house")  # one house serves most of these tests


class House:
    """`python3 run.py` on a data folder, with the packages of the tests."""

    def __init__(self, home: Path, **more: str) -> None:
        self.home = home
        kept = {name: value for name, value in os.environ.items() if name not in OWN}
        self.env = {**kept, "LINBAN_DATA": str(home), "LINBAN_PYTHON": sys.executable, "LINBAN_WORKERS": "1", **more}
        self.told = home.parent / f"told-{time.monotonic_ns()}"
        with self.told.open("wb") as file:
            self.process = subprocess.Popen(
                [sys.executable, run.__file__], env=self.env, stdout=file, stderr=file, start_new_session=True
            )

    @property
    def said(self) -> str:
        return self.told.read_text()

    @property
    def address(self) -> str:
        """Waits until it is told."""
        end = time.monotonic() + PATIENCE
        while not (found := READY.search(self.said)):
            assert self.process.poll() is None, self.said
            assert time.monotonic() < end, self.said
            time.sleep(0.1)
        return found[1]

    def again(self) -> subprocess.CompletedProcess[str]:
        argv = [sys.executable, run.__file__, "up"]
        return subprocess.run(argv, env=self.env, capture_output=True, text=True, timeout=PATIENCE, check=False)

    def ask_to_end(self, sign: signal.Signals) -> int:
        self.process.send_signal(sign)
        return self.process.wait(PATIENCE)

    def processes(self) -> list[psutil.Process]:
        return [each for each in psutil.process_iter() if belongs(each, self.home)]


def belongs(process: psutil.Process, home: Path) -> bool:
    with suppress(psutil.Error):
        if process.status() != psutil.STATUS_ZOMBIE:
            return process.environ().get("LINBAN_DATA") == str(home) or process.cwd().startswith(str(home))
    return False


@contextmanager
def first_port_taken() -> Iterator[None]:
    """By us, unless it is by somebody else already."""
    with suppress(OSError), closing(socket.create_server(("127.0.0.1", FIRST_PORT))):
        yield
        return
    yield


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    """In a folder with a space and Chinese in its name, with the first port taken."""
    with short_folder("街道 办") as home, first_port_taken():
        found = House(home)
        try:
            assert found.address
            yield found
        finally:
            found.process.send_signal(signal.SIGINT)
            found.process.wait(PATIENCE)


def status(address: str) -> int:
    try:
        with urlopen(address, timeout=PATIENCE) as answer:
            return int(answer.status)
    except HTTPError as error:
        with error:
            return error.code


def test_a_taken_port_is_told_and_the_next_one_answers(house: House) -> None:
    assert f"port {FIRST_PORT} is taken" in house.said
    assert not house.address.endswith(f":{FIRST_PORT}")
    assert status(house.address) == 200


def test_the_accounts_of_the_sample_town_are_told(house: House) -> None:
    assert "chenliqiu" in house.said
    assert "demo password" in house.said


def test_started_twice_the_second_names_the_address_and_ends(house: House) -> None:
    second = house.again()
    assert second.returncode == 0
    assert f"Linban is already running at {house.address}" in second.stdout
    assert status(house.address) == 200


def test_the_queue_is_kept_on_disk_drops_nothing_and_has_no_port(house: House) -> None:
    with Redis.from_url(queue_url(house.home)) as server:
        assert server.config_get("appendonly") == {"appendonly": "yes"}
        assert server.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}
        assert server.config_get("port") == {"port": "0"}


def test_what_a_house_keeps_is_closed_to_other_accounts(house: House) -> None:
    assert (house.home / "secret.key").stat().st_mode & 0o777 == 0o600
    for kept in ("postgres", "valkey", "sockets"):
        assert (house.home / kept).stat().st_mode & 0o077 == 0


def test_a_child_that_dies_is_started_again_at_the_same_address(house: House) -> None:
    worker = next(each for each in house.processes() if "jobs.worker" in each.cmdline())
    master = next(
        each for each in house.processes() if "gunicorn" in each.cmdline() and each.ppid() == house.process.pid
    )
    worker.kill()
    master.kill()
    end = time.monotonic() + PATIENCE
    while not all(f"{name} died and is started again" in house.said for name in ("worker1", "gunicorn")):
        assert time.monotonic() < end, house.said
        time.sleep(0.1)
    assert status(house.address) == 200


def test_killed_without_warning_the_next_start_clears_up_and_the_end_leaves_nothing() -> None:
    with short_folder("d") as home:
        first = House(home, LINBAN_DEMO="0")
        assert first.address
        first.process.kill()
        first.process.wait()
        assert first.processes()
        second = House(home, LINBAN_DEMO="0")
        assert second.address
        assert re.search(r"ended [5-9] processes left from last time", second.said)
        assert second.ask_to_end(signal.SIGTERM) == 0
        assert "nothing is lost" in second.said
        assert second.processes() == []


def test_asked_to_end_while_it_is_opening_it_leaves_nothing() -> None:
    with short_folder("d") as home:
        opening = House(home)
        end = time.monotonic() + PATIENCE
        while not (home / "postgres" / "postmaster.pid").exists():
            assert time.monotonic() < end, opening.said
            time.sleep(0.02)
        assert opening.ask_to_end(signal.SIGTERM) == 0
        assert opening.processes() == []


# What run.py says before anything is installed


def test_the_pins_name_no_registry_and_carry_hashes() -> None:
    lock = run.LOCK.read_text()
    assert "://" not in lock
    assert run._pin_of("uv").count("--hash=sha256:") > 1
    pins = [line for line in lock.splitlines() if line and line[0].isalnum()]
    assert all(line.endswith("\\") for line in pins)


def test_without_venv_one_line_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run.importlib.util, "find_spec", lambda _: None)
    with pytest.raises(SystemExit) as ended:
        run._need_venv()
    assert ended.value.code == 1
    assert capsys.readouterr().out.splitlines() == [
        "缺少 python3-venv，请先运行：apt install python3-venv · missing python3-venv: apt install python3-venv"
    ]


def test_an_old_python_without_a_newer_one_is_told_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run.sys, "version_info", (3, 9))
    monkeypatch.setattr(run.shutil, "which", lambda _: None)
    with pytest.raises(SystemExit):
        run._need_python()
    [line] = capsys.readouterr().out.splitlines()
    assert line.startswith("需要 Python 3.11 或更高版本 · Python 3.11 or newer is needed")


def test_the_mirror_set_for_pip_serves_uv_too(monkeypatch: pytest.MonkeyPatch) -> None:
    told = "global.index-url='https://mirror.example/simple'\ninstall.cert='/etc/ca.pem'\n"
    monkeypatch.setattr(run.subprocess, "check_output", lambda *_, **__: told)
    monkeypatch.delenv("UV_DEFAULT_INDEX", raising=False)
    assert run._mirrors("python")["UV_DEFAULT_INDEX"] == "https://mirror.example/simple"
    monkeypatch.setenv("UV_DEFAULT_INDEX", "https://own.example/simple")
    assert run._mirrors("python")["UV_DEFAULT_INDEX"] == "https://own.example/simple"


def test_a_terminal_that_is_gone_stops_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(_: str) -> None:
        raise BrokenPipeError

    monkeypatch.setattr(click, "echo", gone)
    say("正在停止 … · stopping …")

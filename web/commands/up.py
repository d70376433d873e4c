"""linban up: everything a street office needs, from one command."""

from __future__ import annotations

import fcntl
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from signal import SIGINT

import click

from models import db, seed
from web.demo import demo_accounts, demo_password
from web.embedded import CHECKOUT, NotStarted, data_home, postgres, valkey, wait_for_postgres
from web.processes import Child, Supervisor, end_leftovers, environment
from web.settings import secret_beside

FIRST_PORT = 8000
WORKERS = 2
WEB = ("-k", "gthread", "--workers", "2", "--threads", "4", "--graceful-timeout", "25", "wsgi:app")


@click.command()
@click.option("--port", default=FIRST_PORT, show_default=True, help="首选端口 / the port to try first")
def up(port: int) -> None:
    """启动邻办 / Start Linban: database, queue, pages, clockwork."""
    home = data_home()
    home.mkdir(parents=True, exist_ok=True)
    with alone(home):
        supervisor = Supervisor(home, say)
        try:
            start(supervisor, port)
            supervisor.watch()
            say("正在停止 … · stopping …")
        except NotStarted as error:
            say(str(error))
            sys.exit(1)
        finally:
            supervisor.stop()
        say("已全部停止，数据都在 · stopped; nothing is lost")


def say(sentence: str) -> None:
    click.echo(sentence)
    sys.stdout.flush()


@contextmanager
def alone(home: Path) -> Iterator[None]:
    """One Linban on one folder: a second one says where the first answers, and ends."""
    with (home / "lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            address = (home / "address").read_text() if (home / "address").exists() else ""
            say(f"邻办已经在运行：{address} · Linban is already running at {address}")
            sys.exit(0)
        yield


def start(supervisor: Supervisor, port: int) -> None:
    home = supervisor.home
    if left := end_leftovers(home):
        say(f"已结束上次遗留的 {left} 个进程 · ended {left} processes left from last time")
    if os.geteuid() == 0:
        say("以 root 运行：数据库改用普通账户 · running as root: the database runs as an ordinary account")
    database, queue = database_url(supervisor), queue_url(supervisor)
    env = environment(
        DATABASE_URL=database, REDIS_URL=queue, LINBAN_DATA=str(home), LINBAN_DEMO=os.environ.get("LINBAN_DEMO", "1"),
        PYTHONUNBUFFERED="1",
    )  # fmt: skip
    prepare(database, home)
    open_the_counter(supervisor, env, free_port(port))
    for number in range(1, WORKERS + 1):
        supervisor.add(module("worker", number, env, home))
    supervisor.add(module("clock", 0, env, home))
    welcome(home, database)


def database_url(supervisor: Supervisor) -> str:
    """The one named by the surroundings, else the embedded one, started and answering."""
    named = os.environ.get("DATABASE_URL", "")
    if named:
        return named.replace("postgresql://", "postgresql+psycopg://", 1)
    say("启动数据库 … · starting PostgreSQL …")
    program = postgres(supervisor.home)
    supervisor.add(Child(program.name, program.argv, environment(), program.log, program.account, SIGINT))
    wait_for_postgres(program.url)
    return program.url


def queue_url(supervisor: Supervisor) -> str:
    if named := os.environ.get("REDIS_URL"):
        return named
    program = valkey(supervisor.home)
    supervisor.add(Child(program.name, program.argv, environment(), program.log, program.account))
    return program.url


def prepare(database: str, home: Path) -> None:
    """Brings the tables up to date, and on the first start builds the sample town."""
    say("更新数据表 … · updating the tables …")
    db.upgrade(database)
    say("第一次启动会建一座示例小城，约需半分钟 … · the first start builds a sample town, about half a minute …")
    seed.seed_if_empty(db.sessions(database, secret=secret_beside(home)), say)


def free_port(first: int) -> int:
    """The first port from there on that nobody listens on; says so where it is another."""
    for port in range(first, first + 50):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                if port != first:
                    say(f"端口 {first} 已被占用，改用 {port} · port {first} is taken, using {port}")
                return port
    raise NotStarted(
        f"端口 {first} 起五十个都被占用，请用 --port 另选 · no free port from {first} on: choose with --port"
    )


def open_the_counter(supervisor: Supervisor, env: dict[str, str], port: int) -> None:
    argv = (sys.executable, "-m", "gunicorn", "--chdir", str(CHECKOUT), "-b", f"127.0.0.1:{port}", *WEB)
    supervisor.add(Child("gunicorn", argv, env, supervisor.home / "web.log"))
    (supervisor.home / "address").write_text(f"http://127.0.0.1:{port}")


def module(name: str, number: int, env: dict[str, str], home: Path) -> Child:
    log = home / f"{name}{number or ''}.log"
    return Child(f"{name}{number or ''}", (sys.executable, "-m", f"jobs.{name}"), env, log)


def welcome(home: Path, database: str) -> None:
    say(f"\n邻办已就绪 · Linban is ready: {(home / 'address').read_text()}")
    with db.transaction(db.sessions(database, secret=secret_beside(home))) as session:
        for account in demo_accounts(session):
            say(f"  {account.login:<16}{account.name}　{account.post}")
    say(f"演示密码 · demo password: {demo_password()}　　停止 · stop: Ctrl-C\n")

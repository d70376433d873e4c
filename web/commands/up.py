"""linban up: everything a street office needs, from one command."""

from __future__ import annotations

import fcntl
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

import click

from models import db, seed
from models.definitions import remember
from models.stranded import stranded
from web import embedded
from web.demo import DEMO_PASSWORD, demo_accounts
from web.door import address, doorway, replies
from web.embedded import CHECKOUT
from web.processes import Child, Interrupted, NotStarted, Supervisor, end_leftovers, environment
from web.settings import secret_beside
from workflow.registry import definitions

GUNICORN = ("-k", "gthread", "--workers", "2", "--threads", "4", "--graceful-timeout", "25", "--no-control-socket")
STRANDED = "不能启动：有案件缺少其程序版本，请装回旧版定义 · not started: cases lack their version of a procedure"


@click.command()
@click.option(
    "--host", default="127.0.0.1", envvar="LINBAN_HOST", show_default=True, help="网址 / address to listen at"
)
@click.option(
    "--port", type=int, envvar="LINBAN_PORT", help="端口，缺省 8000 起第一个空的 / default: first free from 8000"
)
@click.option("--workers", default=2, envvar="LINBAN_WORKERS", show_default=True, help="后台进程数 / workers")
def up(host: str, port: int | None, workers: int) -> None:
    """启动邻办 / Start Linban: database, queue, pages, clockwork."""
    try:
        home = settle()
        with alone(home):
            run(home, host, port, workers)
    except NotStarted as error:
        say(str(error))
        sys.exit(1)


def say(sentence: str) -> None:
    """A terminal that is gone stops nothing, the orderly end least of all."""
    with suppress(OSError):
        click.echo(sentence)
        sys.stdout.flush()


def settle() -> Path:
    """The data folder; what root must know is said."""
    home = embedded.data_home()
    if os.geteuid() == 0:
        say(f"以 root 运行：数据在 {home}，服务改用普通账户 · running as root: servers as another account")
    embedded.furnish(home)
    return home


@contextmanager
def alone(home: Path) -> Iterator[None]:
    """One Linban on one folder: a second one says where the first answers, and ends."""
    with (home / "lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            address = (home / "address").read_text() if (home / "address").exists() else "（正在启动 · starting）"
            say(f"邻办已经在运行：{address} · Linban is already running at {address}")
            sys.exit(0)
        (home / "address").unlink(missing_ok=True)
        yield


def run(home: Path, host: str, port: int | None, workers: int) -> None:
    supervisor = Supervisor(home, say)
    supervisor.listen()
    try:
        with suppress(Interrupted), doorway(host, port, say) as door:
            start(supervisor, door, workers)
            supervisor.watch()
    finally:
        say("正在停止 … · stopping …")
        supervisor.stop()
        (home / "address").unlink(missing_ok=True)
    say("已全部停止，数据都在 · stopped; nothing is lost")


def start(supervisor: Supervisor, door: socket.socket, workers: int) -> None:
    """Database and queue, then the tables, then pages and clockwork; says the address when it answers."""
    home = supervisor.home
    if left := end_leftovers(home):
        say(f"已结束上次遗留的 {left} 个进程 · ended {left} processes left from last time")
    database, queue = servers(supervisor)
    demo = os.environ.get("LINBAN_DEMO", "0" if os.environ.get("DATABASE_URL") else "1")
    env = environment(
        DATABASE_URL=database, REDIS_URL=queue, LINBAN_DATA=str(home), LINBAN_DEMO=demo, PYTHONUNBUFFERED="1"
    )
    prepare(database, home, demo == "1")
    say("启动网页与时钟 … · starting pages and clockwork …")
    supervisor.add(counter(door, env, home))
    supervisor.add(*(module("worker", number, env, home) for number in range(1, workers + 1)))
    supervisor.add(module("clock", 0, env, home))
    welcome(home, database, address(door), demo == "1")


# The servers


def servers(supervisor: Supervisor) -> tuple[str, str]:
    """URLs of database and queue: those named by the surroundings, else the embedded ones, answering."""
    home, own = supervisor.home, []
    database, queue = os.environ.get("DATABASE_URL", ""), os.environ.get("REDIS_URL", "")
    if not database:
        say("启动数据库，首次约需几秒 … · starting PostgreSQL, some seconds the first time …")
        own.append(embedded.postgres(home))
    if not queue:
        own.append(embedded.valkey(home))
    supervisor.add(*own)
    database = named_database(embedded.with_driver(database)) or embedded.database_url(home)
    return database, named_queue(queue) or embedded.queue_url(home)


def named_database(url: str) -> str:
    if url and not embedded.accepts(url):
        raise NotStarted("DATABASE_URL 指的数据库连不上 · the database of DATABASE_URL does not answer")
    return url


def named_queue(url: str) -> str:
    """The queue only rings: without it the clock does the work itself, later."""
    if url and not embedded.pings(url):
        say("REDIS_URL 连不上，期限照办但会慢些 · REDIS_URL does not answer: deadlines are kept, only later")
    elif url and embedded.may_lose_tickets(url):
        say("请把 maxmemory-policy 设为 noeviction · set maxmemory-policy to noeviction on the server of REDIS_URL")
    return url


def prepare(database: str, home: Path, demo: bool) -> None:
    """Brings the tables up to date, and in a demonstration builds the sample town in an empty record."""
    say("更新数据表 … · updating the tables …")
    db.upgrade(database)
    sessions = db.sessions(database, secret=secret_beside(home))
    nobody_stranded(sessions)
    with db.transaction(sessions) as session:
        remember(session, definitions())
    if demo:
        seed.seed_if_empty(sessions, say)


def nobody_stranded(sessions: db.Sessions) -> None:
    """A program that lacks what a case stands under does not start: its page, its acts and its clocks would fail."""
    with db.transaction(sessions) as session:
        found = list(stranded(session, definitions()))
    if found:
        raise NotStarted("\n".join((STRANDED, *found)))


def counter(door: socket.socket, env: dict[str, str], home: Path) -> Child:
    argv = (sys.executable, "-m", "gunicorn", "--chdir", str(CHECKOUT), "-b", f"fd://{door.fileno()}", *GUNICORN)
    answers = partial(replies, *door.getsockname()[:2])
    return Child("gunicorn", (*argv, "wsgi:app"), env, home / "web.log", answers=answers, fds=(door.fileno(),))


def module(name: str, number: int, env: dict[str, str], home: Path) -> Child:
    log = home / f"{name}{number or ''}.log"
    return Child(f"{name}{number or ''}", (sys.executable, "-m", f"jobs.{name}"), env, log)


def welcome(home: Path, database: str, where: str, demo: bool) -> None:
    (home / "address").write_text(where)
    say(f"\n邻办已就绪 · Linban is ready: {where}")
    if demo:
        with db.transaction(db.sessions(database, secret=secret_beside(home))) as session:
            for account in demo_accounts(session):
                say(f"  {account.login:<16}{account.name}　{account.post}，{account.unit}")
        say(f"演示密码 · demo password: {DEMO_PASSWORD}")
    else:
        say("空库请用 linban account begin 建第一个账号 · linban account begin makes the first account")
    say("停止 · stop: Ctrl-C\n")

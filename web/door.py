"""Where the pages are found: the listening socket, and whether anybody answers there."""

from __future__ import annotations

import socket
from collections.abc import Callable
from http.client import HTTPConnection, HTTPException

from web.processes import NotStarted

FIRST_PORT = 8000
PORTS = 50
BACKLOG = 256


def doorway(host: str, port: int | None, say: Callable[[str], None]) -> socket.socket:
    """The listening socket itself, so that nobody can take the port in between; it outlives a restart of the pages."""
    for number in [port] if port else range(FIRST_PORT, FIRST_PORT + PORTS):
        try:
            door = socket.create_server((host, number), backlog=BACKLOG)
        except OSError:
            continue
        if port is None and number != FIRST_PORT:
            say(f"端口 {FIRST_PORT} 已被占用，改用 {number} · port {FIRST_PORT} is taken, using {number}")
        return door
    taken = port or f"{FIRST_PORT}-{FIRST_PORT + PORTS - 1}"
    raise NotStarted(
        f"{host} 端口 {taken} 不能用，请用 --port 另选 · cannot listen at {host}:{taken}: choose with --port"
    )


def replies(host: str, port: int) -> bool:
    """Whether a page is answered, be it with a redirection to the login."""
    connection = HTTPConnection(host, port, timeout=2)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status < 500
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def address(door: socket.socket) -> str:
    host, port = door.getsockname()[:2]
    return f"http://{host}:{port}"

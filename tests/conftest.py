"""What every room's tests may ask for: real servers, started once for the whole run."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from web.servers import servers


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What is measured of the law is what tests reach without a server: it is pure, and measuring takes half the speed.

    Tests that empty the queue follow one another in one process, should the servers be shared.
    """
    for item in items:
        asked = getattr(item, "fixturenames", ())
        if "server_urls" in asked:
            item.add_marker(pytest.mark.no_cover)
        if "server" in asked:
            item.add_marker(pytest.mark.xdist_group("queue"))


@pytest.fixture(scope="session")
def server_urls() -> Iterator[tuple[str, str]]:
    """PostgreSQL and Valkey; in the environment too, for the processes that read it."""
    with servers() as (database, queue):
        os.environ["DATABASE_URL"], os.environ["REDIS_URL"] = database, queue
        yield database, queue


@pytest.fixture(scope="session")
def database_url(server_urls: tuple[str, str]) -> str:
    return server_urls[0]

"""Whoever rings goes on at once, whether anybody hears it or not."""

from __future__ import annotations

import socket
import time

import pytest

from jobs import queue


def test_without_a_server_ringing_is_quick_and_harmless(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REDIS_URL", "unix:///nowhere/valkey.sock")
    began = time.monotonic()
    assert not queue.ring()
    assert time.monotonic() - began < 1


def test_a_server_that_hears_and_does_not_answer_holds_nobody_up(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        monkeypatch.setenv("REDIS_URL", f"redis://127.0.0.1:{deaf.getsockname()[1]}")
        began = time.monotonic()
        assert not queue.ring()
        assert time.monotonic() - began < 5


def test_where_no_server_is_named_nobody_is_held_up_either(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("REDIS_URL", raising=False)
    assert not queue.ring()

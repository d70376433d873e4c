"""What the surroundings say: every setting, its default, and the secret key kept beside the data."""

from __future__ import annotations

import os
import secrets
from datetime import timedelta
from pathlib import Path
from typing import Any

from environs import Env


def read() -> dict[str, Any]:
    """Settings from the environment; nothing here is needed to show a public page but the secret."""
    env = Env()
    data = Path(env.str("LINBAN_DATA", ".data"))
    return {
        "DATA": data,
        "DATABASE_URL": env.str("DATABASE_URL", ""),
        "SCHEMA": env.str("LINBAN_SCHEMA", ""),
        "REDIS_URL": env.str("REDIS_URL", ""),
        "DEMO": env.bool("LINBAN_DEMO", False),
        "PUBLIC_ADDRESS": env.str("LINBAN_PUBLIC_ADDRESS", ""),
        "SECRET_KEY": env.str("LINBAN_SECRET_KEY", "") or secret_beside(data),
        **cookies(env.bool("LINBAN_HTTPS", False)),
        "MAX_CONTENT_LENGTH": 21 * 1024 * 1024,
        "MAX_FORM_MEMORY_SIZE": 1024 * 1024,
        "MAX_FORM_PARTS": 500,
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_CHECK_DEFAULT": False,
        "API_WRITES": env.int("LINBAN_API_WRITES", 120),  # a minute and person
        "IDLE": timedelta(minutes=30),
        "LONGEST": timedelta(hours=8),
    }


def cookies(https: bool) -> dict[str, Any]:
    """The `__Host-` prefix binds the cookie to this very host, which browsers honour over https only."""
    return {
        "HTTPS": https,
        "SESSION_COOKIE_NAME": "__Host-linban" if https else "linban",
        "SESSION_COOKIE_SECURE": https,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
    }


def secret_beside(data: Path) -> str:
    """The key in `secret.key`, made on first need and readable by its owner alone."""
    data.mkdir(parents=True, exist_ok=True)
    place = data / "secret.key"
    try:
        made = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return place.read_text()
    with os.fdopen(made, "w") as file:
        file.write(key := secrets.token_urlsafe(48))
    return key

"""All pages, one blueprint a file."""

from __future__ import annotations

from flask import Flask

from web.pages import (
    board,
    calendar,
    cases,
    codes,
    desk,
    documents,
    filing,
    forms,
    inbox,
    keys,
    procedures,
    session,
    stats,
    track,
)

ALL = (session, desk, cases, codes, documents, board, stats, inbox, calendar, procedures, track, filing, forms, keys)


def bind(app: Flask) -> None:
    for part in ALL:
        app.register_blueprint(part.pages)

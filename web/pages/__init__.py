"""All pages, one blueprint a file."""

from __future__ import annotations

from flask import Flask

from web.pages import board, calendar, cases, desk, documents, filing, forms, inbox, procedures, session, track

ALL = (session, desk, cases, documents, board, inbox, calendar, procedures, track, filing, forms)


def bind(app: Flask) -> None:
    for part in ALL:
        app.register_blueprint(part.pages)

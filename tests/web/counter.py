"""The whole counter over a real record, and its people at their desks."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from models import db
from tests.web import town
from tests.web.markup import Page
from web.app import create_app

PETITION = {
    "channel": "visit",
    "content": "桂花巷37号院地下室反复积水，请求明确维修责任。",
    "type": "request",
    "petitioner_name": "周素珍",
    "petitioner_contact": "13800001234",
    "address": "桂花巷37号院",
}


def make(url: str, schema: str, home: Path) -> Flask:
    """Commits for real, in the schema alone."""
    return create_app(
        {
            "TESTING": False,
            "DATA": home,
            "SECRET_KEY": "opens nothing",
            "SQLALCHEMY_DATABASE_URI": url,
            "SQLALCHEMY_ENGINE_OPTIONS": db.pool_options(schema),
        }
    )


@dataclass
class Desk:
    """A browser without pictures: keeps cookies, finds the token of the last page, checks every page it is shown."""

    client: FlaskClient
    seen: TestResponse | None = field(default=None)

    def get(self, path: str, **more: object) -> TestResponse:
        return self._look(self.client.get(path, **more))

    def post(self, path: str, data: dict[str, object] | None = None, **more: object) -> TestResponse:
        """Sends the token and the hidden lines of the page seen last, like a form does."""
        hidden = self.hidden()
        return self._look(self.client.post(path, data={**hidden, **(data or {})}, **more))

    def hidden(self) -> dict[str, str]:
        text = self.seen.text if self.seen else ""
        return {
            name: found[-1]
            for name in ("csrf_token", "version", "key", "unit")
            if (found := re.findall(rf'name="{name}" value="([^"]*)"', text))
        }

    def sign_in(self, login: str, password: str = town.PASSWORD) -> Desk:
        self.get("/login")
        self.post("/login", {"login": login, "password": password})
        return self

    def fill(self, path: str, **lines: object) -> TestResponse:
        """Opens a form and sends it."""
        self.get(path)
        return self.post(path, lines)

    def _look(self, answer: TestResponse) -> TestResponse:
        if answer.mimetype == "text/html" and answer.status_code not in (301, 302, 303):
            assert Page(answer.text).faults == [], answer.request.path
            self.seen = answer
        return answer

"""The pages without a record: the same templates, filters and headers, the samples in them, a clock that stands."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from flask import Flask, request
from flask.testing import FlaskClient
from flask_login import LoginManager, UserMixin
from playwright.sync_api import Browser, Page

from models.db import db
from tests.web import browser, counter, gallery, samples, town
from tests.web.programs import Town
from tests.web.programs import town as town_of_programs
from tests.web.routes import ROUTES
from web import catalogues, errors, languages, rendering, security, words

PUBLIC = {"login", "ask", "track", "file", "fault-404", "fault-500"}


@dataclass(frozen=True)
class Post:
    id: int
    label: str
    unit_name: str
    chosen: bool = False


class Lin(UserMixin):
    """林晓芸, caseworker of the street, who is also a clerk of a community."""

    id, person, name, unit_name, post_label, unread, watches = "1", "lin", "林晓芸", "柳岸街道", "承办人", 3, True
    posts = (Post(1, "承办人", "柳岸街道信访办", True), Post(2, "登记接访员", "桂花巷社区"))


def make_gallery() -> Flask:
    catalogues.compile_all()
    app = Flask("web")
    app.config.update(
        TESTING=True, SECRET_KEY="gallery", HTTPS=False, WTF_CSRF_CHECK_DEFAULT=False, SESSION_COOKIE_NAME="linban"
    )
    app.extensions["linban.clock"] = lambda: samples.NOW
    app.extensions["linban.calendar"] = lambda: samples.DAYS
    LoginManager(app).request_loader(lambda asked: None if asked.path.rsplit("/")[-1] in PUBLIC else Lin())
    for part in (languages, rendering, words, security, errors):
        part.bind(app)
    for endpoint, (rule, method, _who) in ROUTES.items():
        app.add_url_rule(rule, endpoint, lambda **_: "", methods=[method])
    gallery.hang(app)
    return app


@pytest.fixture(scope="session")
def gallery_app() -> Flask:
    return make_gallery()


@pytest.fixture
def visit(gallery_app: Flask) -> Iterator[FlaskClient]:
    with gallery_app.test_client() as client:
        yield client


@pytest.fixture
def desk(gallery_app: Flask) -> Iterator[Flask]:
    """Inside a request, in Chinese."""
    with gallery_app.test_request_context("/"):
        assert request.path == "/"
        yield gallery_app


@pytest.fixture(scope="session")
def street(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The counter of the small town, whose cases stay from test to test."""
    name = f"counter_{os.getpid()}"
    with town.schema(database_url, name):
        app = counter.make(database_url, name, tmp_path_factory.mktemp("data"))
        yield app
        with app.app_context():
            db.engine.dispose()


@pytest.fixture
def sit(street: Flask) -> Callable[..., counter.Desk]:
    """Somebody at a desk, signed in where a login is named."""

    def seated(login: str = "") -> counter.Desk:
        desk = counter.Desk(street.test_client())
        return desk.sign_in(login) if login else desk

    return seated


@pytest.fixture
def filed(sit: Callable[..., counter.Desk]) -> str:
    """The number of a petition that has just been taken in at the counter."""
    answer = sit("fang").fill("/cases/new/petition/register", **counter.PETITION)
    assert answer.status_code == 201, answer.text
    return re.search(r"XF-LAJD-\d{4}-\d{6}", answer.text)[0]


@pytest.fixture(scope="session")
def address(street: Flask) -> Iterator[str]:
    with browser.served(street) as found:
        yield found


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with browser.opened() as found:
        yield found


@pytest.fixture
def sheet(chromium: Browser, address: str) -> Iterator[Page]:
    with browser.window(chromium, address) as page:
        yield page


@pytest.fixture(scope="session")
def programs(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """The town over the network; its cases stay from test to test."""
    with town_of_programs(database_url, tmp_path_factory.mktemp("data")) as found:
        yield found

"""Coming and going: login, logout, the post one acts in, language, light and letter size."""

from __future__ import annotations

import unicodedata
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, Response, abort, current_app, make_response, redirect, request, session, url_for
from flask_login import current_user, login_user, logout_user
from werkzeug.wrappers import Response as Answer

from models.db import db
from web import days, identity, sessions
from web.demo import DEMO_PASSWORD, demo_accounts
from web.identity import staff_only
from web.languages import COOKIE, LANGUAGES
from web.languages import gettext as _
from web.rendering import page
from web.tries import Door
from web.views.form import Form, Line
from web.words import THEMES

pages = Blueprint("session", __name__)
YEAR = 365 * 24 * 3600


@pages.get("/login")
def door() -> Any:
    if current_user.is_authenticated:
        return redirect(url_for("desk.show"), 303)
    return form()


def form(trouble: str = "", login: str = "") -> str:
    drawn = Form(
        url_for("session.enter"), "", (Line("login", "", "text", login),), troubles=(trouble,) if trouble else ()
    )
    demo = demo_accounts(db.session()) if current_app.config["DEMO"] else ()
    return page("login.html", form=drawn, demo=demo, demo_password=DEMO_PASSWORD, onward=session.get("onward", ""))


@pages.post("/login")
def enter() -> Any:
    """401 and 429 look alike for a login that exists and for one that does not."""
    login = unicodedata.normalize("NFKC", request.form.get("login", "")).strip().lower()[:200]
    tried = Door("login", login, request.remote_addr or "")
    at = db.session()
    if minutes := tried.minutes_shut(at, days.now()):
        return shut(minutes, login)
    account = identity.account_for(at, login, request.form.get("password", "")[:1000])
    tried.note(at, succeeded=account is not None)
    if account is None:
        return make_response(form(_("用户名或密码不正确。"), login), 401)
    return welcome(account.person_id)


def shut(minutes: int, login: str) -> Response:
    answer = make_response(form(_("尝试次数过多，请 %(n)s 分钟后再试。", n=minutes), login), 429)
    answer.headers["Retry-After"] = str(60 * minutes)
    return answer


def welcome(person: int) -> Answer:
    """A new word, nothing carried over from before."""
    onward = local(session.get("onward", "") or request.form.get("next", ""))
    posts = identity.held(db.session(), person, days.today())
    begin(person, posts[0].id if posts else 0)
    return redirect(onward or url_for("desk.show"), 303)


def begin(person: int, post: int) -> None:
    session.clear()
    word = sessions.begin(db.session(), person, post, days.now())
    db.session.flush()
    login_user(identity.Visitor(str(person), "", word, ()))


@pages.post("/logout")
def leave() -> Answer:
    if current_user.is_authenticated:
        sessions.end(db.session(), current_user.word)
        logout_user()
    session.clear()
    return redirect(url_for("session.door"), 303)


@pages.post("/post")
@staff_only
def take_post() -> Answer:
    """Acting in another post is a new session: the old word is worth nothing afterwards."""
    wanted = request.form.get("post", "")
    post = next((post for post in current_user.posts if str(post.id) == wanted), None)
    if post is None:
        abort(403)
    person = int(current_user.person)
    sessions.end(db.session(), current_user.word)
    begin(person, post.id)
    return redirect(url_for("desk.show"), 303)


@pages.post("/language/<code>")
def speak(code: str) -> Answer:
    return remembered(COOKIE, code, tuple(LANGUAGES))


@pages.post("/theme/<name>")
def dress(name: str) -> Answer:
    return remembered("linban_theme", name, THEMES)


@pages.post("/size/<name>")
def enlarge(name: str) -> Answer:
    return remembered("linban_size", name, ("normal", "large"))


def remembered(cookie: str, value: str, allowed: tuple[str, ...]) -> Answer:
    if value not in allowed:
        abort(404)
    answer = redirect(came_from(), 303)
    https = current_app.config["HTTPS"]
    answer.set_cookie(cookie, value, max_age=YEAR, samesite="Lax", secure=https, httponly=True)
    return answer


def came_from() -> str:
    """The page before, if it is one of ours and can be asked for again."""
    before = urlsplit(request.referrer or "")
    return local(before.path + (f"?{before.query}" if before.query else "")) or url_for("track.ask")


def local(place: str) -> str:
    """The path, where it leads nowhere but here."""
    inside = place.startswith("/") and not place.startswith(("//", "/\\"))
    return place if inside and "\\" not in place else ""

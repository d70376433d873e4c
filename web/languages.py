"""Chinese is the language of the law and the default; English is a choice kept in a cookie."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import flask_babel
from flask import Flask, has_request_context, request
from flask_babel import Babel, Domain, get_locale

from web import english
from web.catalogues import compile_all
from workflow.refusals import Refusal
from workflow.sentences import Sentence

COOKIE = "linban_language"
LANGUAGES = {"zh": "中文", "en": "English"}
PROCEDURES = Domain(domain="procedures")


def chosen() -> str:
    """The language of this request; anything unknown in the cookie reads as Chinese."""
    wanted = request.cookies.get(COOKIE, "") if has_request_context() else ""
    return wanted if wanted in LANGUAGES else "zh"


def bind(app: Flask) -> None:
    app.config.setdefault("BABEL_DEFAULT_LOCALE", "zh")
    Babel(app, locale_selector=chosen, default_timezone="Asia/Shanghai")
    app.jinja_env.globals.update(get_locale=get_locale, t=t, term=term, languages=LANGUAGES)


@contextmanager
def outside_of_a_page() -> Iterator[None]:
    """For a command that says what a page says."""
    compile_all()
    app = Flask("web")
    bind(app)
    with app.app_context():
        yield


def gettext(text: str, **values: Any) -> str:
    """The interface's own words; the Chinese text is the key."""
    return str(flask_babel.gettext(text, **values))


def ngettext(one: str, many: str, num: int, **values: Any) -> str:
    return str(flask_babel.ngettext(one, many, num, **values))


def is_english() -> bool:
    return str(get_locale()) == "en"


def t(label: str, context: str = "") -> str:
    """A word of a procedure (`petition.accept`); without an entry under its own name, under none, else as it is.

    A length of time, which may be any number, needs no entry.
    """
    if not label or not is_english():
        return label
    found = str(PROCEDURES.pgettext(context, label) if context else label)
    found = found if found != label else str(PROCEDURES.gettext(label))
    return found if found != label else english.length(label)


def term(label: str, context: str = "") -> str:
    """A term of the law: in English the Chinese one stands behind it in brackets."""
    said = t(label, context)
    return said if said == label else f"{said} ({label})"


def said(told: str, context: str = "") -> str:
    """A sentence that remembers its template, in the reader's language; any other text as it is."""
    if not isinstance(told, Sentence) or not is_english():
        return told
    template = t(told.template, context)
    template = gettext(told.template) if template == told.template else template
    return template.format(**{name: _told(value, context) for name, value in told.values.items()})


def sentence(refusal: Refusal, procedure: str = "") -> str:
    """A refusal told in the reader's language; its template is the key, looked up as a word of the procedure."""
    values = {name: _told(value, procedure) for name, value in refusal.values.items()}
    template = t(refusal.sentence, procedure)
    if template == refusal.sentence:
        template = gettext(refusal.sentence) if is_english() else template
    return template.format(**values)


def _told(value: Any, context: str) -> Any:
    if isinstance(value, Sentence):
        return said(value, context)
    return english.told(value, word) if is_english() else value


def word(text: str) -> str:
    """A word of a procedure, else one of the interface's own."""
    found = t(text)
    return gettext(text) if found == text and text else found

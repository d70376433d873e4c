"""The same acts over the network, for programs: JSON in and out, a bearer token for every person."""

from __future__ import annotations

from flask import Flask

from web.api import acting, bearer, cases, figures, page, procedures  # noqa: F401 - they hang their views on the blueprint
from web.api.document import Document
from web.api.routes import api


def bind(app: Flask) -> None:
    """After the languages, whose words stand in the document."""
    app.before_request(bearer.check)
    with app.app_context():
        document = Document(app)
        document.register_blueprint(api)
        document.add_forms()
    page.bind(app, document)

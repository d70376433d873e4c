"""The interface described by itself: OpenAPI 3.1 from the routes, the schemas and the forms of the procedures."""

from __future__ import annotations

import http
from typing import Any

from flask import Flask
from flask_smorest import Api

from web.api import answers, components

TITLE, VERSION, OPENAPI = "邻办 Linban", "1", "3.1.0"
ABOUT = (
    "同网页上一样的办理，供程序使用。密钥代表一个人的一个岗位。错误一律为 application/problem+json，中英文并列。\n\n"
    "The same acts as on the pages, for programs. A token speaks for one person in one post; every error is "
    "application/problem+json in Chinese and English."
)


class Document(Api):
    """flask-smorest's own, but for errors: those are answered in one place for pages and programs."""

    ERROR_SCHEMA = answers.Problem

    def __init__(self, app: Flask) -> None:
        app.config |= {
            "API_TITLE": TITLE,
            "API_VERSION": VERSION,
            "OPENAPI_VERSION": OPENAPI,
            "OPENAPI_URL_PREFIX": "/api/v1",
        }
        about: dict[str, Any] = {"info": {"description": ABOUT}, "security": [{"token": []}]}
        super().__init__(app, spec_kwargs=about)
        self.spec.components.security_scheme("token", {"type": "http", "scheme": "bearer"})

    def _register_error_handlers(self) -> None:
        """None of its own."""

    def _register_responses(self) -> None:
        content = {"application/problem+json": {"schema": self.ERROR_SCHEMA}}
        for name in (*(status.name for status in http.HTTPStatus), self.DEFAULT_ERROR_RESPONSE_NAME):
            told = {"description": "未能办理 / Refused", "content": content}
            self.spec.components.response(name, told, lazy=True)

    def add_forms(self) -> None:
        """One named component for every hand of every act."""
        for name, schema in components.forms():
            self.spec.components.schema(name, schema)

"""The document as a page to read: drawn on the server, without a script and without anything from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import Flask

from web.api.document import Document
from web.rendering import page

METHODS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True)
class Route:
    method: str
    path: str
    summary: str
    parameters: tuple[dict[str, Any], ...]
    body: str
    answers: dict[str, str]


def bind(app: Flask, document: Document) -> None:
    def docs() -> str:
        spec = document.spec.to_dict()
        forms = {name: each for name, each in spec["components"]["schemas"].items() if "." in name}
        return page("api.html", info=spec["info"], routes=tuple(routes(spec)), forms=forms)

    app.add_url_rule("/api/v1/docs", "api-page.docs", docs)


def routes(spec: dict[str, Any]) -> Iterator[Route]:
    for path, operations in spec["paths"].items():
        common = operations.get("parameters", [])
        for method in METHODS:
            if each := operations.get(method):
                yield route(method, path, each, common)


def route(method: str, path: str, operation: dict[str, Any], common: list[dict[str, Any]]) -> Route:
    parameters = [each for each in (*common, *operation.get("parameters", [])) if "name" in each]
    answers = {code: referred(each) for code, each in operation["responses"].items() if code.isdigit()}
    summary = operation.get("summary", "")
    return Route(method.upper(), path, summary, tuple(parameters), referred(operation.get("requestBody", {})), answers)


def referred(described: dict[str, Any]) -> str:
    """The name of the component behind a body."""
    content = described.get("content", {}).get("application/json", {})
    return str(content.get("schema", {}).get("$ref", "")).rsplit("/", 1)[-1]

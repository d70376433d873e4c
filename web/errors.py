"""Every refusal and failure as one page or one problem; never a stack, never another person's data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import structlog
from flask import Flask, Response, g, jsonify, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, InterfaceError, OperationalError
from werkzeug.exceptions import HTTPException

from web.languages import gettext as _
from web.languages import sentence
from workflow.refusals import Refused

log = structlog.get_logger("web")
PROBLEMS = "https://linban.example/problems/"
MISSING = "未找到该事项，或您无权查看。"


@dataclass(frozen=True)
class Fault:
    """What is answered instead of what was asked. `trace` is the number to read out on the telephone."""

    status: int
    slug: str
    title: str
    detail: str
    errors: tuple[dict[str, Any], ...] = ()
    trace: str = ""
    headers: dict[str, str] = field(default_factory=dict)


def bind(app: Flask) -> None:
    app.register_error_handler(Refused, refused)
    app.register_error_handler(CSRFError, lambda _error: answer(csrf_fault()))
    app.register_error_handler(OperationalError, unavailable)
    app.register_error_handler(InterfaceError, unavailable)
    app.register_error_handler(DataError, lambda _error: answer(unreadable()))
    app.register_error_handler(HTTPException, plain)
    app.register_error_handler(Exception, crashed)


def wants_problem() -> bool:
    """Under /api always; elsewhere where the client prefers JSON to a page."""
    accepted = request.accept_mimetypes
    prefers = accepted.best_match(("text/html", "application/problem+json", "application/json"), "text/html")
    return request.path.startswith("/api") or prefers != "text/html"


def answer(fault: Fault) -> Response:
    response = problem(fault) if wants_problem() else Response(render_template("fault.html", fault=fault))
    response.status_code = fault.status
    response.headers.update(fault.headers)
    return response


def problem(fault: Fault) -> Response:
    """RFC 9457."""
    body: dict[str, Any] = {
        "type": PROBLEMS + fault.slug,
        "title": fault.title,
        "status": fault.status,
        "detail": fault.detail,
        "instance": f"urn:uuid:{g.get('request_id', '')}",
        "code": fault.slug,
    }
    body |= {"errors": list(fault.errors)} if fault.errors else {}
    body |= {"trace_id": fault.trace} if fault.trace else {}
    response = jsonify(body)
    response.mimetype = "application/problem+json"
    return response


def refused(error: Refused) -> Response:
    return answer(fault_of(error))


def fault_of(error: Refused) -> Fault:
    first = error.refusals[0]
    if first.code == "NotFound":
        return missing()
    told = tuple({"code": r.code, "pointer": f"/{r.field}", "message": sentence(r)} for r in error.refusals)
    title = {403: _("您不能办这一步"), 409: _("情况有变")}.get(first.kind.status, _("现在不能办"))
    return Fault(first.kind.status, first.kind.slug, title, sentence(first), told if len(told) > 1 else ())


def missing() -> Fault:
    """The same answer for what does not exist and for what this reader may not see."""
    return Fault(404, "not-found", _("没有找到"), _("未找到该事项，或您无权查看。"))


def csrf_fault() -> Fault:
    return Fault(403, "csrf", _("页面已过期"), _("页面已过期，请刷新后重试。"))


def unreadable() -> Fault:
    return Fault(422, "invalid-data", _("现在不能办"), _("填写的内容无法识别，请检查后重试。"))


def plain(error: HTTPException) -> Response:
    if error.code == 404:
        return answer(missing())
    if error.code is not None and error.code < 400:
        return error.get_response()  # type: ignore[return-value]
    told = {
        400: ("malformed-request", _("请求格式错误"), _("请求格式错误，请回到上一页重试。")),
        401: ("login-required", _("请先登录"), _("请先登录。")),
        403: ("action-not-permitted", _("您不能办这一步"), _("您的岗位不能办理此操作。")),
        405: ("method-not-allowed", _("不能这样操作"), _("这个地址不能这样操作。")),
        413: ("too-large", _("内容太大"), _("内容太大：文件最大20MB，文字最多1万字。")),
        415: ("unsupported-media-type", _("不支持的格式"), _("不支持的格式。")),
        422: ("invalid-data", _("现在不能办"), _("填写的内容无法识别，请检查后重试。")),
        429: ("too-many-attempts", _("请稍后再试"), _("尝试次数过多，请稍后再试。")),
    }
    fallback = ("http-error", _("现在不能办"), _("请求没有完成，请稍后重试。"))
    headers = {name: value for name, value in error.get_headers() if name in ("Allow", "Retry-After")}
    return answer(Fault(error.code or 500, *told.get(error.code or 500, fallback), headers=headers))


def unavailable(error: Exception) -> Response:
    log.error("record unavailable", error=type(error).__name__, request_id=g.get("request_id", ""))
    detail = _("系统繁忙，您的内容未保存，请稍后重试。")
    return answer(Fault(503, "temporarily-unavailable", _("系统繁忙"), detail, headers={"Retry-After": "5"}))


def crashed(error: Exception) -> Response:
    trace = str(g.get("request_id", ""))[:8]
    log.error("crashed", exc_info=error, request_id=g.get("request_id", ""))
    return answer(Fault(500, "internal", _("系统出错了"), _("您的内容未保存，请稍后重试。"), trace=trace))
